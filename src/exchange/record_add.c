/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_add.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/base/vector.h"
#include "nucleo/exchange/record_add_table.h"
#include "nucleo/model/code.h"
#include "nucleo/model/directory.h"
#include "nucleo/model/records.h"
#include "nucleo/store/list.h"

enum { WORDS_COLUMNS = 60 /* of a value quoted in the history */ };

/* An institution with a part in the record. */
struct party {
	const struct add_field *field;
	int64_t organization;
};

/* One record on its way; values are by position in the kind's table of fields. */
struct adding {
	struct store *store;
	const struct add_kind *kind;
	char *given[ADD_FIELDS_MAX]; /* trimmed, owned; NULL: no value */
	int64_t keys[ADD_FIELDS_MAX]; /* of references */
	VECTOR(struct party) parties;
};

static const struct add_field *field_at(const struct adding *adding, size_t i)
{
	return &adding->kind->fields[i];
}

/* Position of the field with that name; the number of fields when there is none. */
static size_t field_index(const struct add_kind *kind, const char *name)
{
	size_t i = 0;
	while (i < kind->field_count && strcmp(kind->fields[i].name, name) != 0)
		i++;
	return i;
}

static const char *given(const struct adding *adding, const char *name)
{
	size_t i = name ? field_index(adding->kind, name) : adding->kind->field_count;
	return i < adding->kind->field_count ? adding->given[i] : NULL;
}

/* ---- taking the values in */

static enum rc unknown_field(const struct add_kind *kind, const char *name, struct error *err)
{
	struct strbuf list;
	strbuf_init(&list);
	for (size_t i = 0; i < kind->field_count; i++)
		strbuf_addf(&list, "%s%s", i ? ", " : "", kind->fields[i].name);
	error_set(err, RC_USAGE, _("«%s» no tiene el campo «%s»; se puede dar: %s"), kind->table,
		  name, list.data);
	strbuf_release(&list);
	return RC_USAGE;
}

/* Line ends and tabs may stand in a text; nothing else a terminal would obey. */
static bool has_controls(const char *text)
{
	for (uint32_t c; (c = utf8_next(&text)) != 0;)
		if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0))
			return true;
	return false;
}

static enum rc check_text(const char *name, const char *text, struct error *err)
{
	size_t length = strnlen(text, RECORD_VALUE_MAX + 1);
	if (length > RECORD_VALUE_MAX)
		return error_set(err, RC_INVALID, _("%s: pasa de %d bytes"), name,
				 RECORD_VALUE_MAX);
	if (!utf8_is_valid(text, length))
		return error_set(err, RC_INVALID, _("%s: no es texto UTF-8"), name);
	if (has_controls(text))
		return error_set(err, RC_INVALID, _("%s: tiene caracteres de control"), name);
	return RC_OK;
}

static char *trimmed(const char *text)
{
	struct strbuf copy;
	strbuf_init(&copy);
	strbuf_adds(&copy, text);
	strbuf_trim(&copy);
	if (copy.length)
		return strbuf_detach(&copy);
	strbuf_release(&copy);
	return NULL;
}

static enum rc take_pair(struct adding *adding, const struct record_assignment *pair, bool *taken,
			 struct error *err)
{
	size_t i = field_index(adding->kind, pair->field);
	if (i == adding->kind->field_count)
		return unknown_field(adding->kind, pair->field, err);
	if (taken[i])
		return error_set(err, RC_USAGE, _("%s: se dio dos veces"), pair->field);
	enum rc rc = check_text(pair->field, pair->value, err);
	if (rc != RC_OK)
		return rc;
	taken[i] = true;
	adding->given[i] = trimmed(pair->value);
	return RC_OK;
}

static enum rc check_required(const struct adding *adding, struct error *err)
{
	struct strbuf missing;
	enum rc rc = RC_OK;
	strbuf_init(&missing);
	for (size_t i = 0; i < adding->kind->field_count; i++)
		if (field_at(adding, i)->is_required && !adding->given[i])
			strbuf_addf(&missing, "%s%s=", missing.length ? " " : "",
				    field_at(adding, i)->name);
	if (missing.length)
		rc = error_set(err, RC_USAGE, _("%s: falta %s"), adding->kind->table, missing.data);
	strbuf_release(&missing);
	return rc;
}

static void fill(struct adding *adding, const char *name, const char *value)
{
	size_t i = field_index(adding->kind, name);
	if (!adding->given[i] && value)
		adding->given[i] = mem_strdup(value);
}

/* What everybody knows of an institution need not be typed. */
static void fill_from_directory(struct adding *adding)
{
	const char *acronym = given(adding, "acronym");
	const struct directory_entry *entry =
		adding->kind->kind == RECORD_ORGANIZATION && acronym ? directory_find(acronym)
								     : NULL;
	if (!entry)
		return;
	fill(adding, "name", entry->name);
	fill(adding, "sector", enum_name(&sector_names, entry->sector));
}

static bool note_plan(void *context, const void *row)
{
	char **code = context;
	bool is_first = !*code;
	free(*code);
	/* With a second one there is no "the plan". */
	*code = mem_strdup(is_first ? ((const struct plan *)row)->code : "");
	return is_first;
}

/* Where there is one plan, a commitment is of that plan. */
static enum rc fill_only_plan(struct adding *adding, struct error *err)
{
	struct list_query all = {0};
	char *code = NULL;
	if (adding->kind->kind != RECORD_COMMITMENT || given(adding, "plan"))
		return RC_OK;
	enum rc rc = store_list(adding->store, RECORD_PLAN, &all, note_plan, &code, err);
	if (rc == RC_OK && code && *code)
		fill(adding, "plan", code);
	free(code);
	return rc;
}

static enum rc take_pairs(struct adding *adding, const struct record_draft *draft,
			  struct error *err)
{
	bool taken[ADD_FIELDS_MAX] = {false};
	enum rc rc = RC_OK;
	for (size_t i = 0; i < draft->count && rc == RC_OK; i++)
		rc = take_pair(adding, &draft->pairs[i], taken, err);
	for (size_t i = 0; i < adding->kind->field_count; i++)
		if (!adding->given[i] && field_at(adding, i)->fallback)
			adding->given[i] = mem_strdup(field_at(adding, i)->fallback);
	fill_from_directory(adding);
	if (rc == RC_OK)
		rc = fill_only_plan(adding, err);
	return rc == RC_OK ? check_required(adding, err) : rc;
}

/* ---- checking them */

static enum rc bad_word(const struct add_field *field, const char *text, struct error *err)
{
	struct strbuf list;
	strbuf_init(&list);
	for (int i = 0; i < field->names->count; i++)
		strbuf_addf(&list, "%s%s", i ? ", " : "", enum_name(field->names, i));
	error_set(err, RC_INVALID, _("%s: no existe «%s»; puede ser: %s"), field->name, text,
		  list.data);
	strbuf_release(&list);
	return RC_INVALID;
}

static bool is_count(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	return digits && digits <= 6 && !text[digits] && *text != '0';
}

static enum rc check_code(const struct add_field *field, char *text, struct error *err)
{
	if (field->type == ADD_ACRONYM && !code_is_acronym(text))
		return error_set(err, RC_INVALID,
				 _("%s: «%s» no sirve de siglas: hasta %d letras, sin comas, "
				   "puntos y comas ni barras"),
				 field->name, text, CODE_ACRONYM_MAX);
	if (field->type == ADD_PLAN_CODE && !code_is_plan(text))
		return error_set(err, RC_INVALID,
				 _("%s: «%s» no es un código de plan, como paga2: hasta %d "
				   "letras sin tilde, cifras, «-», «_» o «.»"),
				 field->name, text, CODE_PLAN_MAX);
	if (field->type == ADD_COMMITMENT_CODE && !code_is_commitment(text))
		return error_set(err, RC_INVALID,
				 _("%s: «%s» no es un código de compromiso, como C5"), field->name,
				 text);
	for (; field->type == ADD_COMMITMENT_CODE && *text; text++)
		if (*text >= 'a' && *text <= 'z')
			*text = (char)(*text - 'a' + 'A');
	return RC_OK;
}

static enum rc check_value(const struct add_field *field, char *text, struct error *err)
{
	switch (field->type) {
	case ADD_DATE:
	case ADD_MEMBER_SINCE:
		if (date_parse(text) == DATE_NONE)
			return error_set(err, RC_INVALID,
					 _("%s: «%s» no es una fecha, como 2024-01-31 o "
					   "31/01/2024"),
					 field->name, text);
		return RC_OK;
	case ADD_ENUM:
	case ADD_ROLE:
		return enum_value(field->names, text) == ENUM_NONE ? bad_word(field, text, err)
								   : RC_OK;
	case ADD_PERCENT:
		if (percent_parse(text) == PERCENT_NONE)
			return error_set(err, RC_INVALID,
					 _("%s: «%s» no es un porcentaje de 0 a 100, con dos "
					   "decimales a lo más"),
					 field->name, text);
		return RC_OK;
	case ADD_COUNT:
		if (!is_count(text))
			return error_set(err, RC_INVALID,
					 _("%s: «%s» no es un número de 1 en adelante"),
					 field->name, text);
		return RC_OK;
	default:
		return check_code(field, text, err);
	}
}

static enum rc check_dates(const struct adding *adding, struct error *err)
{
	const char *first = given(adding, adding->kind->starts);
	const char *last = given(adding, adding->kind->ends);
	if (!first || !last)
		return RC_OK;
	int days = date_parse(last) - date_parse(first);
	if (days > 0 || (!days && adding->kind->may_be_one_day))
		return RC_OK;
	return error_set(err, RC_INVALID, _("%s: «%s» no viene después de %s, «%s»"),
			 adding->kind->ends, last, adding->kind->starts, first);
}

static enum rc check_values(struct adding *adding, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < adding->kind->field_count && rc == RC_OK; i++)
		if (adding->given[i])
			rc = check_value(field_at(adding, i), adding->given[i], err);
	if (rc == RC_OK)
		rc = check_dates(adding, err);
	if (rc == RC_OK && given(adding, "item") && !given(adding, "meeting"))
		rc = error_set(err, RC_USAGE, _("item: diga también de qué reunión, con meeting="));
	return rc;
}

/* ---- finding the records they name */

static enum rc find_organization(struct adding *adding, const struct add_field *field,
				 const char *acronym, struct error *err)
{
	int64_t key = 0;
	enum rc rc = store_find(adding->store, RECORD_ORGANIZATION, acronym, &key, err);
	if (rc == RC_NOT_FOUND)
		return error_set(err, RC_NOT_FOUND,
				 _("%s: no hay una institución «%s»; agréguela con: nucleo add "
				   "organization acronym=%s sector=..."),
				 field->name, acronym, acronym);
	for (size_t i = 0; i < adding->parties.count && rc == RC_OK; i++)
		if (adding->parties.items[i].field == field &&
		    adding->parties.items[i].organization == key)
			return RC_OK;
	if (rc == RC_OK)
		vector_push(&adding->parties, ((struct party){field, key}));
	return rc;
}

static enum rc find_parties(struct adding *adding, const struct add_field *field, const char *list,
			    struct error *err)
{
	struct strbuf acronym;
	enum rc rc = RC_OK;
	strbuf_init(&acronym);
	while (*list && rc == RC_OK) {
		size_t length = strcspn(list, ",");
		strbuf_reset(&acronym);
		strbuf_add(&acronym, list, length);
		strbuf_trim(&acronym);
		if (acronym.length)
			rc = find_organization(adding, field, acronym.data, err);
		list += length + (list[length] == ',');
	}
	strbuf_release(&acronym);
	return rc;
}

static enum rc find_reference(struct adding *adding, size_t i, struct error *err)
{
	const struct add_field *field = field_at(adding, i);
	const char *within = given(adding, field->within);
	struct strbuf code;
	strbuf_init(&code);
	if (within && !strchr(adding->given[i], '/'))
		strbuf_addf(&code, "%s/", within);
	strbuf_adds(&code, adding->given[i]);
	enum rc rc = store_find(adding->store, field->refers, code.data, &adding->keys[i], err);
	if (rc == RC_NOT_FOUND || rc == RC_INVALID)
		error_prefix(err, "%s", field->name);
	strbuf_release(&code);
	return rc;
}

static enum rc find_records(struct adding *adding, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < adding->kind->field_count && rc == RC_OK; i++) {
		const struct add_field *field = field_at(adding, i);
		if (!adding->given[i])
			continue;
		if (field->type == ADD_REFERENCE)
			rc = find_reference(adding, i, err);
		else if (field->type == ADD_PARTIES)
			rc = find_parties(adding, field, adding->given[i], err);
	}
	return rc;
}

/* ---- refusing what is there already */

struct twin_search {
	const struct field *field;
	const char *text;
	char *found; /* as the existing record spells it */
};

static bool compare_twin(void *context, const void *row)
{
	struct twin_search *search = context;
	struct strbuf text;
	strbuf_init(&text);
	record_add_value(&text, search->field, row);
	if (utf8_equal_folded(text.data, search->text))
		search->found = mem_strdup(text.data);
	strbuf_release(&text);
	return !search->found;
}

/* "fcd" would be the same institution as "FCD" to everybody but the database. */
static enum rc check_unique(struct adding *adding, struct error *err)
{
	const struct record_kind *kind = &record_kinds[adding->kind->kind];
	struct list_query query = {0};
	if (!adding->kind->unique)
		return RC_OK;
	if (adding->kind->within) {
		int64_t key = adding->keys[field_index(adding->kind, adding->kind->within)];
		bool is_plan = strcmp(adding->kind->within, "plan") == 0;
		*(is_plan ? &query.plan : &query.commitment) = key;
	}
	struct twin_search search = {.field = record_field_named(kind, adding->kind->unique),
				     .text = given(adding, adding->kind->unique)};
	enum rc rc = store_list(adding->store, kind->id, &query, compare_twin, &search, err);
	if (rc == RC_OK && search.found)
		rc = error_set(err, RC_REFUSED, _("ya existe: %s «%s»"), _(search.field->label),
			       search.found);
	free(search.found);
	return rc;
}

/* ---- making the edits */

static void add_column(const struct adding *adding, size_t i, struct operation *operation)
{
	const struct add_field *field = field_at(adding, i);
	const char *text = adding->given[i];
	struct value value;
	switch (field->type) {
	case ADD_DATE:
		operation_field_date(operation, field->column, date_parse(text));
		return;
	case ADD_ENUM:
		value = value_text(enum_name(field->names, enum_value(field->names, text)));
		break;
	case ADD_PERCENT:
		value = value_percent(percent_parse(text));
		break;
	case ADD_COUNT:
		value = value_integer(strtol(text, NULL, 10));
		break;
	case ADD_REFERENCE:
		value = value_key(adding->keys[i]);
		break;
	default:
		value = value_text(text);
	}
	operation_field(operation, field->column, value);
}

/* The columns a person does not give. */
static void add_own_columns(const struct adding *adding, struct operation *operation)
{
	if (adding->kind->kind == RECORD_ORGANIZATION) {
		char *sort = utf8_sort_key(given(adding, "acronym"));
		operation_field(operation, "sort", value_text(sort));
		free(sort);
	} else if (adding->kind->kind == RECORD_COMMITMENT) {
		char *sort = commitment_sort_key(given(adding, "plan"), given(adding, "code"));
		operation_field(operation, "sort", value_text(sort));
		free(sort);
	} else if (adding->kind->kind == RECORD_FOLLOWUP) {
		day_number today = store_today(adding->store);
		struct strbuf code;
		strbuf_init(&code);
		strbuf_addf(&code, "S-%04d-?",
			    date_to_civil(today == DATE_NONE ? clock_today() : today).year);
		operation_field(operation, "code", value_text(code.data));
		strbuf_release(&code);
	}
}

static void add_membership(const struct adding *adding, int64_t key, struct operation *operation)
{
	const char *role = given(adding, "role"), *since = given(adding, "starts");
	if (adding->kind->kind != RECORD_ORGANIZATION || !role)
		return;
	operation_insert(operation, "membership");
	operation_field(operation, "organization", value_key(key));
	operation_field(operation, "role",
			value_text(enum_name(&capacity_names, enum_value(&capacity_names, role))));
	if (since)
		operation_field_date(operation, "starts", date_parse(since));
}

static void add_parties(const struct adding *adding, int64_t key, struct operation *operation)
{
	bool is_commitment = adding->kind->kind == RECORD_COMMITMENT;
	for (size_t i = 0; i < adding->parties.count; i++) {
		const struct party *party = &adding->parties.items[i];
		operation_insert(operation,
				 is_commitment ? "commitment_party" : "followup_responsible");
		operation_field(operation, adding->kind->table, value_key(key));
		operation_field(operation, "organization", value_key(party->organization));
		if (is_commitment)
			operation_field(operation, "role", value_text(party->field->name));
		operation_field(operation, "rank", value_integer((int64_t)i + 1));
	}
}

static void add_in_one_line(struct strbuf *out, const char *text)
{
	char *line = mem_strdup(text);
	for (char *at = line; (at = strpbrk(at, "\n\t")) != NULL;)
		*at = ' ';
	utf8_fit(out, line, WORDS_COLUMNS);
	free(line);
}

/* A value as the history quotes it. */
static void add_quoted(const struct adding *adding, const char *name, struct strbuf *out)
{
	size_t i = field_index(adding->kind, name);
	const char *text = adding->given[i];
	if (!text) {
		strbuf_adds(out, "sin dato");
	} else if (field_at(adding, i)->type == ADD_PERCENT) {
		percent_add(out, percent_parse(text));
		strbuf_adds(out, " %");
	} else if (field_at(adding, i)->type == ADD_DATE) {
		date_add_local(out, date_parse(text));
	} else {
		add_in_one_line(out, text);
	}
}

static void set_words(const struct adding *adding, struct operation *operation)
{
	struct strbuf words;
	strbuf_init(&words);
	for (const char *at = adding->kind->words; *at;) {
		size_t plain = strcspn(at, "{");
		strbuf_add(&words, at, plain);
		at += plain;
		if (!*at)
			break;
		size_t length = strcspn(++at, "}");
		char *name = mem_strndup(at, length);
		add_quoted(adding, name, &words);
		free(name);
		at += length + 1;
	}
	operation_set_words(operation, "%s", words.data);
	strbuf_release(&words);
}

static int64_t make_edits(const struct adding *adding, struct operation *operation)
{
	int64_t key = operation_insert(operation, adding->kind->table);
	for (size_t i = 0; i < adding->kind->field_count; i++)
		if (adding->given[i] && field_at(adding, i)->column)
			add_column(adding, i, operation);
	add_own_columns(adding, operation);
	add_membership(adding, key, operation);
	add_parties(adding, key, operation);
	set_words(adding, operation);
	return key;
}

static void release(struct adding *adding)
{
	for (size_t i = 0; i < adding->kind->field_count; i++)
		free(adding->given[i]);
	vector_release(&adding->parties);
}

enum rc record_add(struct store *store, const struct record_draft *draft,
		   struct operation *operation, int64_t *key, struct error *err)
{
	struct adding adding = {.store = store, .kind = add_kind_of(draft->kind->id)};
	if (!adding.kind) {
		struct strbuf kinds;
		strbuf_init(&kinds);
		record_add_kinds(&kinds);
		error_set(err, RC_USAGE, _("«%s» no se agrega así; se puede agregar: %s"),
			  draft->kind->name, kinds.data);
		strbuf_release(&kinds);
		return RC_USAGE;
	}
	enum rc rc = take_pairs(&adding, draft, err);
	if (rc == RC_OK)
		rc = check_values(&adding, err);
	if (rc == RC_OK)
		rc = find_records(&adding, err);
	if (rc == RC_OK)
		rc = check_unique(&adding, err);
	if (rc == RC_OK)
		*key = make_edits(&adding, operation);
	release(&adding);
	return rc;
}

enum rc record_assignment_parse(const char *text, char **field, struct record_assignment *pair,
				struct error *err)
{
	const char *equals = strchr(text, '=');
	if (!equals || equals == text)
		return error_set(err, RC_USAGE, _("«%s» no es CAMPO=VALOR"), text);
	*field = mem_strndup(text, (size_t)(equals - text));
	*pair = (struct record_assignment){.field = *field, .value = equals + 1};
	return RC_OK;
}

void record_add_kinds(struct strbuf *out)
{
	const struct add_kind *kind;
	for (size_t i = 0; (kind = add_kind_at(i)) != NULL; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", record_kinds[kind->kind].name);
}
