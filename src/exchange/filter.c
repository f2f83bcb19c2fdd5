/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/filter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

enum { PREFIX_LEAST = 3 /* letters that may stand for a field's name */ };

static char *folded(const char *text)
{
	struct strbuf out;
	strbuf_init(&out);
	utf8_fold(&out, text);
	return strbuf_detach(&out);
}

/* ---- naming a field */

static bool begins(const char *name, const char *folded_prefix)
{
	char *whole = folded(name);
	bool yes = strncmp(whole, folded_prefix, strlen(folded_prefix)) == 0;
	free(whole);
	return yes;
}

static bool is_called(const struct field *field, const char *name)
{
	return field->label &&
	       (utf8_equal_folded(field->name, name) || utf8_equal_folded(field->label, name) ||
		utf8_equal_folded(_(field->label), name));
}

/* The field that names the records of the kind themselves; NULL when none alone does. */
static const struct field *own_code(const struct record_kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if ((kind->fields[i].flags & FIELD_CODE) &&
		    !record_kind_named(kind->fields[i].name))
			return &kind->fields[i];
	return NULL;
}

/* "reunión:" is the field that names a meeting; on meetings, their own number. */
static const struct field *field_of_kind(const struct record_kind *kind, const char *name)
{
	const struct record_kind *named = record_kind_named(name);
	if (!named)
		return NULL;
	return named == kind ? own_code(kind) : record_field_named(kind, named->name);
}

static const struct field *field_beginning(const struct record_kind *kind, const char *name)
{
	const struct field *found = NULL;
	char *prefix = folded(name);
	size_t matches = 0;
	for (size_t i = 0; i < kind->field_count && strlen(prefix) >= PREFIX_LEAST; i++) {
		const struct field *field = &kind->fields[i];
		if (field->label && (begins(field->name, prefix) || begins(field->label, prefix) ||
				     begins(_(field->label), prefix))) {
			found = field;
			matches++;
		}
	}
	free(prefix);
	return matches == 1 ? found : NULL;
}

static const struct field *find_field(const struct record_kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if (is_called(&kind->fields[i], name))
			return &kind->fields[i];
	const struct field *field = field_of_kind(kind, name);
	return field ? field : field_beginning(kind, name);
}

static enum rc unknown_field(const struct record_kind *kind, const char *name, struct error *err)
{
	struct strbuf list;
	strbuf_init(&list);
	for (size_t i = 0; i < kind->field_count; i++)
		if (kind->fields[i].label)
			strbuf_addf(&list, "%s%s", list.length ? ", " : "", kind->fields[i].name);
	error_set(err, RC_USAGE, _("«%s» no tiene el campo «%s»; tiene: %s"), kind->name, name,
		  list.data);
	strbuf_release(&list);
	return RC_USAGE;
}

/* ---- reading a value */

static enum rc unknown_word(const struct enum_names *names, const char *value, struct error *err)
{
	struct strbuf list;
	strbuf_init(&list);
	for (int i = 0; i < names->count; i++)
		strbuf_addf(&list, "%s%s", list.length ? ", " : "", enum_label(names, i));
	error_set(err, RC_USAGE, _("%s: no existe «%s»; puede ser: %s"), _(names->title), value,
		  list.data);
	strbuf_release(&list);
	return RC_USAGE;
}

/* Part of a date ("2023-11") stays as it is and matches the days it begins. */
static void add_date(struct strbuf *out, const char *value)
{
	day_number date = date_parse(value);
	if (date == DATE_NONE)
		strbuf_adds(out, value);
	else
		date_add_iso(out, date);
}

static void add_time(struct strbuf *out, const char *value)
{
	day_minute time = daytime_parse(value);
	if (time == DAY_MINUTE_NONE)
		strbuf_adds(out, value);
	else
		daytime_add_iso(out, time);
}

static void add_percent(struct strbuf *out, const char *value)
{
	percent_hundredths percent = percent_parse(value);
	if (percent == PERCENT_NONE)
		strbuf_adds(out, value);
	else
		percent_add(out, percent);
}

static void add_bool(struct strbuf *out, const char *value)
{
	static const char *const yes[] = {"true", "si", "1", "yes"};
	bool is_yes = utf8_equal_folded(value, _("sí"));
	for (size_t i = 0; i < ARRAY_COUNT(yes); i++)
		is_yes = is_yes || utf8_equal_folded(value, yes[i]);
	strbuf_adds(out, is_yes ? "true" : "false");
}

/* The value as record_add_value() writes it, or folded where texts are compared. */
static enum rc normalise(const struct field *field, const char *value, struct strbuf *out,
			 struct error *err)
{
	if (!*value)
		return RC_OK;
	switch (field->type) {
	case FIELD_ENUM:
		if (enum_value(field->names, value) == ENUM_NONE)
			return unknown_word(field->names, value, err);
		strbuf_adds(out, enum_name(field->names, enum_value(field->names, value)));
		break;
	case FIELD_DATE:
		add_date(out, value);
		break;
	case FIELD_TIME:
		add_time(out, value);
		break;
	case FIELD_PERCENT:
		add_percent(out, value);
		break;
	case FIELD_BOOL:
		add_bool(out, value);
		break;
	default:
		utf8_fold(out, value);
	}
	return RC_OK;
}

/* ---- reading terms */

static void add_term(struct filter *filter, const struct field *field, char *value,
		     const char *code, bool is_negated)
{
	struct filter_term *term = vector_add(&filter->terms);
	*term = (struct filter_term){
		.field = field, .value = value, .is_negated = is_negated, .code = mem_strdup(code)};
}

static enum rc add_field_term(struct filter *filter, const char *name, const char *value,
			      bool is_negated, struct error *err)
{
	struct strbuf normal;
	const struct field *field = find_field(filter->kind, name);
	if (!field)
		return unknown_field(filter->kind, name, err);
	strbuf_init(&normal);
	enum rc rc = normalise(field, value, &normal, err);
	if (rc == RC_OK)
		add_term(filter, field, strbuf_detach(&normal), value, is_negated);
	strbuf_release(&normal);
	return rc;
}

/* A state said in one word. */
static const char *state_field(const char *word)
{
	static const struct {
		const char *word, *field;
	} states[] = {
		{"vencido", "overdue"},	  {"vencidos", "overdue"},   {"vencida", "overdue"},
		{"vencidas", "overdue"},  {"overdue", "overdue"},    {"bloqueado", "blocked"},
		{"bloqueados", "blocked"}, {"bloqueada", "blocked"}, {"bloqueadas", "blocked"},
		{"blocked", "blocked"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(states); i++)
		if (utf8_equal_folded(states[i].word, word))
			return states[i].field;
	return NULL;
}

static void add_word(struct filter *filter, const char *word, bool is_negated)
{
	const char *state = state_field(word);
	const struct field *field = state ? record_field_named(filter->kind, state) : NULL;
	if (field)
		add_term(filter, field, mem_strdup("true"), "", is_negated);
	else if (is_negated)
		add_term(filter, NULL, folded(word), "", true);
	else
		strbuf_addf(&filter->words, "%s%s", filter->words.length ? " " : "", word);
}

static void add_words(struct filter *filter, const char *text, bool is_negated)
{
	struct strbuf word;
	strbuf_init(&word);
	while (*(text += strspn(text, " \t\n"))) {
		size_t length = strcspn(text, " \t\n");
		strbuf_reset(&word);
		strbuf_add(&word, text, length);
		add_word(filter, word.data, is_negated);
		text += length;
	}
	strbuf_release(&word);
}

/* Length of the name before ':'; 0 when it can be none ("15:00"). */
static size_t name_length(const char *term)
{
	size_t length = strcspn(term, ":");
	return term[length] && !isdigit((unsigned char)*term) ? length : 0;
}

static enum rc parse_term(struct filter *filter, const char *term, struct error *err)
{
	bool is_negated = term[0] == '-' && term[1];
	term += is_negated;
	size_t length = name_length(term);
	if (!length) {
		add_words(filter, term, is_negated);
		return RC_OK;
	}
	char *name = mem_strndup(term, length);
	enum rc rc = add_field_term(filter, name, term + length + 1, is_negated, err);
	free(name);
	return rc;
}

enum rc filter_parse(struct filter *filter, const struct record_kind *kind,
		     const char *const *terms, size_t count, struct error *err)
{
	enum rc rc = RC_OK;
	*filter = (struct filter){.kind = kind};
	strbuf_init(&filter->words);
	for (size_t i = 0; i < count && rc == RC_OK; i++)
		rc = parse_term(filter, terms[i], err);
	if (rc != RC_OK)
		filter_release(filter);
	return rc;
}

void filter_release(struct filter *filter)
{
	for (size_t i = 0; i < filter->terms.count; i++) {
		free(filter->terms.items[i].value);
		free(filter->terms.items[i].code);
	}
	vector_release(&filter->terms);
	strbuf_release(&filter->words);
}

/* ---- handing over to the store */

/* The restriction of a query a field stands for, and the kind of its code. */
static int64_t *restriction(struct list_query *query, const struct filter *filter,
			    const struct filter_term *term, enum record_kind_id *refers)
{
	static const struct {
		const char *field;
		enum record_kind_id refers;
		size_t offset;
	} known[] = {
		{"plan", RECORD_PLAN, offsetof(struct list_query, plan)},
		{"commitment", RECORD_COMMITMENT, offsetof(struct list_query, commitment)},
		{"meeting", RECORD_MEETING, offsetof(struct list_query, meeting)},
		{"organization", RECORD_ORGANIZATION, offsetof(struct list_query, organization)},
		{"lead", RECORD_ORGANIZATION, offsetof(struct list_query, organization)},
		{"responsible", RECORD_ORGANIZATION, offsetof(struct list_query, organization)},
	};
	if (!term->field || term->is_negated || !*term->code)
		return NULL;
	if (term->field == own_code(filter->kind)) {
		*refers = filter->kind->id;
		return &query->key;
	}
	for (size_t i = 0; i < ARRAY_COUNT(known); i++) {
		if (strcmp(known[i].field, term->field->name) != 0)
			continue;
		*refers = known[i].refers;
		return (int64_t *)(void *)((char *)query + known[i].offset);
	}
	return NULL;
}

enum rc filter_bind(const struct filter *filter, struct store *store, struct list_query *query,
		    struct error *err)
{
	query->words = filter->words.length ? filter->words.data : NULL;
	for (size_t i = 0; i < filter->terms.count; i++) {
		const struct filter_term *term = &filter->terms.items[i];
		enum record_kind_id refers = filter->kind->id;
		int64_t *slot = restriction(query, filter, term, &refers), key = 0;
		if (!slot || *slot)
			continue;
		enum rc rc = store_find(store, refers, term->code, &key, err);
		if (rc == RC_OK)
			*slot = key;
		else if (rc != RC_NOT_FOUND && rc != RC_INVALID)
			return rc;
	}
	return RC_OK;
}

/* ---- matching a row */

static bool list_has(const char *items, const char *value)
{
	bool has = false;
	for (; items && *items && !has; items += *items == '\n') {
		size_t length = strcspn(items, "\n");
		char *item = mem_strndup(items, length), *key = folded(item);
		has = strcmp(key, value) == 0;
		free(key);
		free(item);
		items += length;
	}
	return has;
}

static const char *after_slash(const char *code)
{
	const char *slash = strrchr(code, '/');
	return slash ? slash + 1 : code;
}

/* Either may say what the code belongs to: "paga1/C5", "AM-2023-05/8.a". */
static bool code_is(const char *folded_text, const char *value)
{
	return strcmp(folded_text, value) == 0 || strcmp(folded_text, after_slash(value)) == 0 ||
	       strcmp(after_slash(folded_text), value) == 0;
}

static bool text_matches(const struct field *field, const char *text, const char *value)
{
	char *key = folded(text);
	bool yes = field->flags & FIELD_CODE ? code_is(key, value) : strstr(key, value) != NULL;
	free(key);
	return yes;
}

static bool is_empty(const struct field *field, const void *row)
{
	if (record_is_null(field, row))
		return true;
	if (field->type != FIELD_TEXT && field->type != FIELD_LIST)
		return false;
	const char *text = RECORD_MEMBER(char *, field, row);
	return !text || !*text;
}

static bool stored_matches(const struct field *field, const void *row, const char *value)
{
	struct strbuf text;
	strbuf_init(&text);
	record_add_value(&text, field, row);
	bool yes = field->type == FIELD_DATE ? strncmp(text.data, value, strlen(value)) == 0
					     : strcmp(text.data, value) == 0;
	strbuf_release(&text);
	return yes;
}

static bool field_matches(const struct filter_term *term, const void *row)
{
	const struct field *field = term->field;
	if (!*term->value || is_empty(field, row))
		return !*term->value && is_empty(field, row);
	if (field->type == FIELD_LIST)
		return list_has(RECORD_MEMBER(char *, field, row), term->value);
	if (field->type == FIELD_TEXT)
		return text_matches(field, RECORD_MEMBER(char *, field, row), term->value);
	return stored_matches(field, row, term->value);
}

static bool any_field_has(const struct record_kind *kind, const void *row, const char *value)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < kind->field_count; i++) {
		if (!kind->fields[i].label)
			continue;
		record_add_text(&text, &kind->fields[i], row);
		strbuf_addch(&text, '\n');
	}
	char *key = folded(text.data);
	bool has = strstr(key, value) != NULL;
	free(key);
	strbuf_release(&text);
	return has;
}

bool filter_matches(const struct filter *filter, const void *row)
{
	for (size_t i = 0; i < filter->terms.count; i++) {
		const struct filter_term *term = &filter->terms.items[i];
		bool holds = term->field ? field_matches(term, row)
					 : any_field_has(filter->kind, row, term->value);
		if (holds == term->is_negated)
			return false;
	}
	return true;
}
