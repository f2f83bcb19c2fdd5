/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_remove.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/record_edit_parts.h"

/* Tables whose rows are parts of another's: they go with it. An agenda goes with its meeting, but
 * an item that is removed by itself takes nothing along. */
static const struct {
	const char *table, *column;
	const char *root; /* only when this is what is removed; NULL: always */
} part_columns[] = {
	{"membership", "organization", NULL},	  {"person", "organization", NULL},
	{"commitment_party", "commitment", NULL}, {"followup_responsible", "followup", NULL},
	{"followup_note", "followup", NULL},	  {"ballot", "entry", NULL},
	{"attendance", "meeting", "meeting"},
	{"agenda_item", "meeting", "meeting"},	  {"agenda_item", "parent", "meeting"},
	{"entry", "meeting", "meeting"},	  {"entry", "agenda_item", "meeting"},
};

/* Rows in words; the last is for a table that is not named. */
static const struct {
	const char *table, *one, *many;
} row_words[] = {
	{"membership", NN_("%lld membresía", "%lld membresías")},
	{"person", NN_("%lld persona", "%lld personas")},
	{"commitment", NN_("%lld compromiso", "%lld compromisos")},
	{"commitment_party", NN_("%lld institución con parte", "%lld instituciones con parte")},
	{"milestone", NN_("%lld hito", "%lld hitos")},
	{"meeting", NN_("%lld reunión", "%lld reuniones")},
	{"attendance", NN_("%lld asistencia", "%lld asistencias")},
	{"agenda_item", NN_("%lld punto", "%lld puntos")},
	{"entry", NN_("%lld resolución", "%lld resoluciones")},
	{"ballot", NN_("%lld voto", "%lld votos")},
	{"progress", NN_("%lld avance", "%lld avances")},
	{"blocker", NN_("%lld bloqueo", "%lld bloqueos")},
	{"followup", NN_("%lld acción", "%lld acciones")},
	{"followup_responsible", NN_("%lld responsable", "%lld responsables")},
	{"followup_note", NN_("%lld nota", "%lld notas")},
	{"indicator", NN_("%lld indicador", "%lld indicadores")},
	{"measurement", NN_("%lld valor de indicador", "%lld valores de indicador")},
	{"document", NN_("%lld documento", "%lld documentos")},
	{"seal", NN_("%lld sello", "%lld sellos")},
	{NULL, NN_("%lld registro", "%lld registros")},
};

struct row_name {
	char *table; /* owned */
	int64_t key;
};

typedef VECTOR(struct row_name) row_names;

/* What goes, in the order it has to, and what refers to it and is in the way. */
struct removal {
	struct store *store;
	const struct editable_kind *kind;
	row_names seen, going, staying;
};

static void add_name(row_names *list, const char *table, int64_t key)
{
	vector_push(list, ((struct row_name){mem_strdup(table), key}));
}

static bool has_name(const row_names *list, const char *table, int64_t key)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].key == key && strcmp(list->items[i].table, table) == 0)
			return true;
	return false;
}

static void release_names(row_names *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i].table);
	vector_release(list);
}

static void removal_release(struct removal *removal)
{
	release_names(&removal->seen);
	release_names(&removal->going);
	release_names(&removal->staying);
}

/* ---- what goes and what stays */

static bool is_part(const struct removal *removal, const struct table_reference *reference)
{
	for (size_t i = 0; i < ARRAY_COUNT(part_columns); i++)
		if (strcmp(part_columns[i].table, reference->table) == 0 &&
		    strcmp(part_columns[i].column, reference->column) == 0)
			return !part_columns[i].root ||
			       strcmp(part_columns[i].root, removal->kind->table) == 0;
	return false;
}

/* A row that is but a part of a record stays as that record does: people know no other name for
 * it. */
static void add_staying(struct removal *removal, const char *table, const struct stored_row *row)
{
	for (size_t i = 0; i < ARRAY_COUNT(part_columns); i++)
		if (!part_columns[i].root && strcmp(part_columns[i].table, table) == 0) {
			add_name(&removal->staying, part_columns[i].column,
				 row_value(row, part_columns[i].column).integer);
			return;
		}
	add_name(&removal->staying, table, row->key);
}

static enum rc add_measurements(struct removal *removal, int64_t indicator, struct error *err)
{
	row_list rows = {0};
	enum rc rc = store_rows(removal->store, "measurement", "indicator",
				value_integer(indicator), &rows, err);
	for (size_t i = 0; i < rows.count; i++)
		add_name(&removal->staying, "measurement", rows.items[i].key);
	row_list_release(&rows);
	return rc;
}

static enum rc collect(struct removal *removal, const char *table, int64_t key, struct error *err);

static enum rc collect_rows(struct removal *removal, const struct table_reference *reference,
			    int64_t key, struct error *err)
{
	row_list rows = {0};
	bool goes = is_part(removal, reference);
	enum rc rc = store_rows(removal->store, reference->table, reference->column,
				value_integer(key), &rows, err);
	for (size_t i = 0; i < rows.count && rc == RC_OK; i++) {
		if (goes)
			rc = collect(removal, reference->table, rows.items[i].key, err);
		else if (strcmp(reference->table, "indicator") == 0)
			rc = add_measurements(removal, rows.items[i].key, err);
		else
			add_staying(removal, reference->table, &rows.items[i]);
	}
	row_list_release(&rows);
	return rc;
}

/* The row after all that are parts of it. */
static enum rc collect(struct removal *removal, const char *table, int64_t key, struct error *err)
{
	reference_list references = {0};
	if (has_name(&removal->seen, table, key))
		return RC_OK;
	add_name(&removal->seen, table, key);
	enum rc rc = store_references_to(removal->store, table, &references, err);
	for (size_t i = 0; i < references.count && rc == RC_OK; i++)
		rc = collect_rows(removal, &references.items[i], key, err);
	reference_list_release(&references);
	if (rc == RC_OK)
		add_name(&removal->going, table, key);
	return rc;
}

/* An indicator nothing measures any more would be seen nowhere. */
static enum rc collect_indicator(struct removal *removal, int64_t key, struct error *err)
{
	struct stored_row row = {0};
	row_list rows = {0};
	if (removal->kind->kind != RECORD_INDICATOR)
		return RC_OK;
	enum rc rc = store_row(removal->store, "measurement", key, &row, err);
	if (rc != RC_OK)
		return rc;
	int64_t indicator = row_value(&row, "indicator").integer;
	rc = store_rows(removal->store, "measurement", "indicator", value_integer(indicator), &rows,
			err);
	if (rc == RC_OK && rows.count == 1)
		add_name(&removal->going, "indicator", indicator);
	row_list_release(&rows);
	row_release(&row);
	return rc;
}

static int compare_names(const void *a, const void *b)
{
	const struct row_name *first = a, *second = b;
	int tables = strcmp(first->table, second->table);
	if (tables)
		return tables;
	return first->key < second->key ? -1 : first->key > second->key;
}

/* A row may refer to several of those that go, and go itself. */
static void tidy_staying(struct removal *removal)
{
	row_names *list = &removal->staying;
	size_t kept = 0;
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_names);
	for (size_t i = 0; i < list->count; i++) {
		struct row_name *name = &list->items[i];
		if ((kept && compare_names(&list->items[kept - 1], name) == 0) ||
		    has_name(&removal->going, name->table, name->key))
			free(name->table);
		else
			list->items[kept++] = *name;
	}
	list->count = kept;
}

static enum rc unknown_kind(enum record_kind_id kind, struct error *err)
{
	return error_set(err, RC_USAGE, _("«%s» no se quita así"), record_kinds[kind].name);
}

static enum rc removal_begin(struct removal *removal, int64_t key, struct error *err)
{
	struct stored_row row = {0};
	enum rc rc = store_row(removal->store, removal->kind->table, key, &row, err);
	if (rc == RC_OK)
		rc = record_sealed_check(removal->store, removal->kind, &row, err);
	row_release(&row);
	if (rc == RC_OK)
		rc = collect(removal, removal->kind->table, key, err);
	if (rc == RC_OK)
		rc = collect_indicator(removal, key, err);
	if (rc == RC_OK)
		tidy_staying(removal);
	return rc;
}

/* ---- in words */

static const char *counted(const char *table, int64_t count)
{
	size_t i = 0;
	while (row_words[i].table && strcmp(row_words[i].table, table) != 0)
		i++;
	return ngettext(row_words[i].one, row_words[i].many, (unsigned long)count);
}

static const struct editable_kind *kind_of_table(const char *table)
{
	const struct editable_kind *kind;
	for (size_t i = 0; (kind = editable_kind_at(i)) != NULL; i++)
		if (strcmp(kind->table, table) == 0)
			return kind;
	return NULL;
}

struct describing {
	struct strbuf *out;
	const struct editable_kind *kind;
	const char *template;
};

static bool describe_row(void *context, const void *row)
{
	const struct describing *describing = context;
	record_words_row(describing->out, describing->template,
			 &record_kinds[describing->kind->kind], row);
	return false;
}

static enum rc describe(struct store *store, const struct describing *describing, int64_t key,
			struct error *err)
{
	const struct list_query query = {.key = key, .limit = 1};
	return store_list(store, describing->kind->kind, &query, describe_row,
			  (void *)(uintptr_t)describing, err);
}

/* What a row is called, with the key it is put in order by. */
struct code {
	char *text, *sort; /* owned */
};

static int compare_codes(const void *a, const void *b)
{
	return strcmp(((const struct code *)a)->sort, ((const struct code *)b)->sort);
}

static enum rc find_code(const struct removal *removal, const struct editable_kind *kind,
			 int64_t key, struct code *code, struct error *err)
{
	struct strbuf text;
	strbuf_init(&text);
	const struct describing describing = {&text, kind, kind->called};
	enum rc rc = describe(removal->store, &describing, key, err);
	code->sort = utf8_natural_key(text.data);
	code->text = strbuf_detach(&text);
	return rc;
}

static void join_codes(struct strbuf *out, struct code *codes, size_t count, size_t all)
{
	qsort(codes, count, sizeof(*codes), compare_codes);
	for (size_t i = 0; i < count; i++) {
		if (i < RECORD_REMOVAL_CODES)
			strbuf_addf(out, "%s%s", i ? ", " : "", codes[i].text);
		free(codes[i].text);
		free(codes[i].sort);
	}
	strbuf_adds(out, all > RECORD_REMOVAL_CODES ? ", ..." : "");
}

/* The first of the rows [from, to), which are of one table; of very many, of some. */
static enum rc add_codes(const struct removal *removal, size_t from, size_t to, struct strbuf *out,
			 struct error *err)
{
	enum { LOOKED_AT = 50 };
	const struct row_name *names = removal->staying.items + from;
	const struct editable_kind *kind = kind_of_table(names[0].table);
	struct code codes[LOOKED_AT];
	size_t count = 0;
	enum rc rc = RC_OK;
	if (!kind)
		return RC_OK;
	while (count < LOOKED_AT && count < to - from && rc == RC_OK) {
		rc = find_code(removal, kind, names[count].key, &codes[count], err);
		count++;
	}
	join_codes(out, codes, count, to - from);
	return rc;
}

typedef VECTOR(struct record_group) group_list;

static enum rc add_groups(const struct removal *removal, group_list *groups, struct error *err)
{
	const row_names *staying = &removal->staying;
	enum rc rc = RC_OK;
	for (size_t i = 0, end; i < staying->count && rc == RC_OK; i = end) {
		struct strbuf codes, words;
		const char *table = staying->items[i].table;
		for (end = i;
		     end < staying->count && strcmp(staying->items[end].table, table) == 0;)
			end++;
		strbuf_init(&codes);
		strbuf_init(&words);
		strbuf_addf(&words, counted(table, (int64_t)(end - i)), (long long)(end - i));
		rc = add_codes(removal, i, end, &codes, err);
		vector_push(groups,
			    ((struct record_group){strbuf_detach(&words), (int64_t)(end - i),
						   strbuf_detach(&codes)}));
	}
	return rc;
}

/* All that goes but the record itself, counted by table. */
static void add_parts(const struct removal *removal, struct strbuf *out)
{
	const row_names *going = &removal->going;
	for (size_t i = 0; i < going->count; i++) {
		const char *table = going->items[i].table;
		int64_t count = 0;
		bool is_first = true;
		for (size_t j = 0; j < going->count; j++) {
			bool is_same = strcmp(going->items[j].table, table) == 0;
			count += is_same;
			is_first = is_first && (!is_same || j >= i);
		}
		if (!is_first || strcmp(table, removal->kind->table) == 0)
			continue;
		strbuf_adds(out, out->length ? ", " : "");
		strbuf_addf(out, counted(table, count), (long long)count);
	}
}

static void groups_release(struct record_group *groups, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(groups[i].words);
		free(groups[i].codes);
	}
	free(groups);
}

static enum rc removal_tell(const struct removal *removal, int64_t key, struct record_removal *told,
			    struct error *err)
{
	group_list groups = {0};
	struct strbuf called, parts;
	strbuf_init(&called);
	strbuf_init(&parts);
	const struct describing describing = {&called, removal->kind, _(removal->kind->what)};
	enum rc rc = describe(removal->store, &describing, key, err);
	if (rc == RC_OK)
		rc = add_groups(removal, &groups, err);
	if (rc != RC_OK) {
		groups_release(groups.items, groups.count);
		strbuf_release(&called);
		return rc;
	}
	add_parts(removal, &parts);
	*told = (struct record_removal){strbuf_detach(&called), strbuf_detach(&parts), groups.items,
					groups.count};
	return RC_OK;
}

enum rc record_removal_plan(struct store *store, enum record_kind_id kind, int64_t key,
			    struct record_removal *told, struct error *err)
{
	struct removal removal = {.store = store, .kind = editable_kind_of(kind)};
	if (!removal.kind)
		return unknown_kind(kind, err);
	enum rc rc = removal_begin(&removal, key, err);
	if (rc == RC_OK)
		rc = removal_tell(&removal, key, told, err);
	removal_release(&removal);
	return rc;
}

void record_removal_release(struct record_removal *told)
{
	groups_release(told->blockers, told->blocker_count);
	free(told->called);
	free(told->parts);
	*told = (struct record_removal){0};
}

/* ---- doing it */

void record_removal_add_reason(struct strbuf *out, const struct record_removal *told)
{
	for (size_t i = 0; i < told->blocker_count; i++) {
		const struct record_group *group = &told->blockers[i];
		strbuf_addf(out, "%s%s", i ? "; " : "", group->words);
		if (*group->codes)
			strbuf_addf(out, " (%s)", group->codes);
	}
}

static enum rc refuse(const struct removal *removal, int64_t key, struct error *err)
{
	struct record_removal told;
	struct strbuf reason;
	enum rc rc = removal_tell(removal, key, &told, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&reason);
	record_removal_add_reason(&reason, &told);
	error_set(err, RC_REFUSED,
		  _("no se puede quitar %s: lo usan %s; quite antes eso, o cámbielo "
		    "para que no "
		    "lo use"),
		  told.called, reason.data);
	strbuf_release(&reason);
	record_removal_release(&told);
	return RC_REFUSED;
}

static enum rc delete_as_seen(const struct removal *removal, const struct row_name *name,
			      struct operation *operation, struct error *err)
{
	struct stored_row row = {0};
	enum rc rc = store_row(removal->store, name->table, name->key, &row, err);
	if (rc == RC_OK)
		row_delete(operation, name->table, &row);
	row_release(&row);
	return rc;
}

/* Words are the group's record and stay in its language. */
static enum rc compose(const struct removal *removal, int64_t key, struct operation *operation,
		       struct error *err)
{
	struct strbuf words;
	strbuf_init(&words);
	strbuf_adds(&words, "Quita ");
	const struct describing describing = {&words, removal->kind, removal->kind->what};
	enum rc rc = describe(removal->store, &describing, key, err);
	for (size_t i = 0; i < removal->going.count && rc == RC_OK; i++)
		rc = delete_as_seen(removal, &removal->going.items[i], operation, err);
	if (rc == RC_OK)
		operation_set_words(operation, "%s", words.data);
	strbuf_release(&words);
	return rc;
}

enum rc record_remove(struct store *store, enum record_kind_id kind, int64_t key,
		      struct operation *operation, struct error *err)
{
	struct removal removal = {.store = store, .kind = editable_kind_of(kind)};
	if (!removal.kind)
		return unknown_kind(kind, err);
	enum rc rc = removal_begin(&removal, key, err);
	if (rc == RC_OK && removal.staying.count)
		rc = refuse(&removal, key, err);
	else if (rc == RC_OK)
		rc = compose(&removal, key, operation, err);
	removal_release(&removal);
	return rc;
}
