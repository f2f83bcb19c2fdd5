/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_add.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/base/vector.h"
#include "nucleo/exchange/record_add_table.h"
#include "nucleo/exchange/record_value.h"
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
	char *given[ADD_FIELDS_MAX];  /* trimmed, owned; NULL: no value */
	int64_t keys[ADD_FIELDS_MAX]; /* of references */
	VECTOR(struct party) parties;
	int64_t rank; /* of a report of progress, behind those on the same */
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
	enum rc rc = record_text_check(pair->value, err);
	if (rc != RC_OK)
		return error_prefix(err, "%s", pair->field);
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
	const struct directory_entry *entry = adding->kind->kind == RECORD_ORGANIZATION && acronym
						      ? directory_find(acronym)
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

/* From here on the value is as it is stored: "C5", "2024-01-31", "civil_society". */
static enum rc check_value(struct adding *adding, size_t i, struct error *err)
{
	const struct add_field *field = field_at(adding, i);
	char *text = adding->given[i];
	if (record_value_check(field, text, err) != RC_OK)
		return error_prefix(err, "%s", field->name);
	adding->given[i] = record_value_canonical(field, text);
	free(text);
	return RC_OK;
}

static enum rc check_dates(const struct adding *adding, struct error *err)
{
	const struct add_kind *kind = adding->kind;
	const char *first = given(adding, kind->starts), *last = given(adding, kind->ends);
	if (record_dates_check(kind, first, last, err) == RC_OK)
		return RC_OK;
	return error_prefix(err, "%s", kind->ends);
}

static enum rc check_values(struct adding *adding, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < adding->kind->field_count && rc == RC_OK; i++)
		if (adding->given[i])
			rc = check_value(adding, i, err);
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

/* "paga1/C5/" before the number of a milestone of it. */
static void add_within(const struct adding *adding, const struct add_field *field,
		       struct strbuf *code)
{
	const char *within = given(adding, field->within);
	if (!within)
		return;
	if (!strchr(within, '/'))
		add_within(adding, field_at(adding, field_index(adding->kind, field->within)),
			   code);
	strbuf_addf(code, "%s/", within);
}

static enum rc find_reference(struct adding *adding, size_t i, struct error *err)
{
	const struct add_field *field = field_at(adding, i);
	/* A milestone's number is meant within the commitment, whatever it says. */
	bool is_whole = strchr(adding->given[i], '/') && field->refers != RECORD_MILESTONE;
	struct strbuf code;
	strbuf_init(&code);
	if (!is_whole)
		add_within(adding, field, &code);
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

/* ---- what comes behind what is there */

static bool is_given(const struct adding *adding, const char *name, const char *text)
{
	const char *own = given(adding, name);
	return strcmp(own ? own : "", text ? text : "") == 0;
}

static bool note_rank(void *context, const void *row)
{
	struct adding *adding = context;
	const struct progress *report = row;
	bool is_same = report->as_of == date_parse_iso(given(adding, "as_of")) &&
		       is_given(adding, "milestone", report->milestone) &&
		       is_given(adding, "reporter", enum_name(&reporter_names, report->reporter));
	if (is_same && report->rank >= adding->rank)
		adding->rank = report->rank + 1;
	return true;
}

/* Of two words of one reporter on one day the one added last is the present one. */
static enum rc find_rank(struct adding *adding, struct error *err)
{
	if (adding->kind->kind != RECORD_PROGRESS)
		return RC_OK;
	struct list_query query = {.commitment =
					   adding->keys[field_index(adding->kind, "commitment")]};
	return store_list(adding->store, RECORD_PROGRESS, &query, note_rank, adding, err);
}

/* ---- making the edits */

static void add_column(const struct adding *adding, size_t i, struct operation *operation)
{
	const struct add_field *field = field_at(adding, i);
	operation_field(operation, field->column,
			field->type == ADD_REFERENCE ? value_key(adding->keys[i])
						     : record_value(field, adding->given[i]));
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
	} else if (adding->rank) {
		operation_field(operation, "rank", value_integer(adding->rank));
	}
}

static void add_membership(const struct adding *adding, int64_t key, struct operation *operation)
{
	const char *role = given(adding, "role"), *since = given(adding, "starts");
	if (adding->kind->kind != RECORD_ORGANIZATION || !role)
		return;
	operation_insert(operation, "membership");
	operation_field(operation, "organization", value_key(key));
	operation_field(operation, "role", value_text(role));
	if (since)
		operation_field(operation, "starts", value_text(since));
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
		rc = find_rank(&adding, err);
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
