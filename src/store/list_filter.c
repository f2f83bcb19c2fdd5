/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/store/list_sql.h"
#include "nucleo/store/touched.h"

/* The restriction that asks for rows of a record; LIST_RESTRICTION_COUNT when there is none. */
static enum list_restriction restriction_of(enum record_kind_id kind, enum record_kind_id refers)
{
	static const enum list_restriction by_kind[RECORD_KIND_COUNT] = {
		[RECORD_PLAN] = LIST_BY_PLAN,
		[RECORD_COMMITMENT] = LIST_BY_COMMITMENT,
		[RECORD_MEETING] = LIST_BY_MEETING,
		[RECORD_AGENDA] = LIST_BY_AGENDA_ITEM,
		[RECORD_ORGANIZATION] = LIST_BY_ORGANIZATION,
	};
	/* LIST_BY_KEY stands for the kinds without a restriction of their own, too. */
	if (refers == kind || by_kind[refers] != LIST_BY_KEY)
		return refers == kind ? LIST_BY_KEY : by_kind[refers];
	return LIST_RESTRICTION_COUNT;
}

static const char *restriction_sql(const struct list_filter *filter, enum record_kind_id refers)
{
	enum list_restriction by = restriction_of(filter->filter->kind->id, refers);
	return by < LIST_RESTRICTION_COUNT ? filter->source->restrictions[by] : NULL;
}

/* Whether rows of one record alone can pass the term: its index finds them. */
static bool narrows(const struct list_filter *filter, const struct filter_term *term,
		    enum record_kind_id *refers)
{
	return term->subject == FILTER_FIELD && !term->is_negated && term->values.count == 1 &&
	       filter_term_refers(filter->filter, term, refers);
}

/* ---- getting ready */

/* -1 is the key of no record: rows of one that is not there are none. */
static enum rc find_key(struct list_filter *filter, struct store *store,
			const struct filter_term *term, const char *code, struct error *err)
{
	bool is_record = term->subject == FILTER_RECORD;
	enum record_kind_id refers = term->refers;
	int64_t key = 0;
	enum rc rc = RC_OK;
	if ((is_record || narrows(filter, term, &refers)) && restriction_sql(filter, refers)) {
		rc = store_find(store, refers, code, &key, err);
		if (rc == RC_NOT_FOUND || rc == RC_INVALID) {
			key = is_record ? -1 : 0;
			rc = RC_OK;
		}
	}
	vector_push(&filter->keys, key);
	vector_push(&filter->operations, NULL);
	return rc;
}

/* Whether a term asks which operations touched a record. */
static bool asks_operations(const struct list_filter *filter, const struct filter_term *term)
{
	return filter->source->operation &&
	       (term->subject == FILTER_RECORD || term->subject == FILTER_TOUCHED);
}

/* Those of a record that never was are none. */
static enum rc find_operations(struct list_filter *filter, struct store *store,
			       const struct filter_term *term, const char *code,
			       struct error *err)
{
	int64_t key = -1;
	struct strbuf operations;
	enum rc rc = term->subject == FILTER_RECORD
			     ? store_find(store, term->refers, code, &key, err)
			     : touched_find(store, code, &key, err);
	if (rc == RC_NOT_FOUND || rc == RC_INVALID)
		rc = term->subject == FILTER_RECORD ? touched_find(store, code, &key, err) : RC_OK;
	if (rc == RC_NOT_FOUND || rc == RC_INVALID)
		rc = RC_OK;
	strbuf_init(&operations);
	if (rc == RC_OK)
		rc = touched_operations(store, key, &operations, err);
	vector_push(&filter->keys, key);
	vector_push(&filter->operations, strbuf_detach(&operations));
	return rc;
}

enum rc list_filter_init(struct list_filter *filter, struct store *store,
			 enum record_kind_id kind, const struct filter *terms, struct error *err)
{
	enum rc rc = RC_OK;
	*filter = (struct list_filter){.source = &list_sources[kind], .filter = terms};
	for (size_t i = 0; terms && i < terms->terms.count && rc == RC_OK; i++) {
		const struct filter_term *term = &terms->terms.items[i];
		bool has_operations = asks_operations(filter, term);
		for (size_t j = 0; j < term->values.count && rc == RC_OK; j++)
			rc = (has_operations ? find_operations : find_key)(
				filter, store, term, term->values.items[j].text, err);
	}
	return rc;
}

void list_filter_release(struct list_filter *filter)
{
	for (size_t i = 0; i < filter->operations.count; i++)
		free(filter->operations.items[i]);
	vector_release(&filter->operations);
	vector_release(&filter->keys);
}

bool list_filter_wraps(const struct list_filter *filter)
{
	const struct filter *terms = filter->filter;
	for (size_t i = 0; terms && i < terms->terms.count; i++)
		if (terms->terms.items[i].subject == FILTER_FIELD)
			return true;
	return terms && terms->order;
}

/* ---- conditions */

/* Parameters are numbered by their value in the whole filter: its text, and the key it names. */
static void add_text_parameter(struct strbuf *out, size_t number)
{
	strbuf_addf(out, ":text%zu", number);
}

static void add_key_parameter(struct strbuf *out, size_t number)
{
	strbuf_addf(out, ":key%zu", number);
}

static void add_date(struct strbuf *out, double day)
{
	strbuf_addch(out, '\'');
	date_add_iso(out, (day_number)day);
	strbuf_addch(out, '\'');
}

/* `sql` between the value's bounds, as text where dates and times are. */
static void add_bounds(struct strbuf *out, const char *sql, enum field_type type,
		       const struct filter_value *value)
{
	const double bounds[] = {value->low, value->high};
	strbuf_addf(out, "(%s IS NOT NULL", sql);
	for (size_t i = 0; i < 2; i++) {
		if (isinf(bounds[i]))
			continue;
		strbuf_addf(out, " AND %s %s ", sql, i ? "<=" : ">=");
		if (type == FIELD_DATE)
			add_date(out, bounds[i]);
		else if (type == FIELD_TIME)
			strbuf_addf(out, "'%02d:%02d'", (int)bounds[i] / 60, (int)bounds[i] % 60);
		else
			strbuf_addf(out, "%.17g", bounds[i]);
	}
	strbuf_addch(out, ')');
}

static void add_field_value(struct strbuf *out, const char *sql, const struct field *field,
			    const struct filter_value *value, size_t number)
{
	const char *function = field->type == FIELD_LIST   ? "list_has"
			       : field->flags & FIELD_CODE ? "is_code"
							   : "has_text";
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_LIST:
		strbuf_addf(out, "%s(", function);
		add_text_parameter(out, number);
		strbuf_addf(out, ", %s)", sql);
		break;
	case FIELD_ENUM:
		strbuf_addf(out, "%s IS '%s'", sql, enum_name(field->names, value->choice));
		break;
	case FIELD_BOOL:
		strbuf_addf(out, "coalesce(%s, 0) = %d", sql, value->choice != 0);
		break;
	default:
		add_bounds(out, sql, field->type, value);
	}
}

static void add_null(struct strbuf *out, const char *sql, const struct field *field)
{
	if (field->type == FIELD_BOOL)
		strbuf_adds(out, "0");
	else if (field->flags & FIELD_ZERO_IS_NULL)
		strbuf_addf(out, "coalesce(%s, 0) = 0", sql);
	else if (field->flags & FIELD_MINUS_IS_NULL)
		strbuf_addf(out, "coalesce(%s, -1) < 0", sql);
	else
		strbuf_addf(out, "coalesce(%s, '') = ''", sql);
}

static void add_field_sql(struct strbuf *out, const struct list_source *source,
			  const struct field *field)
{
	for (size_t i = 0; i < LIST_DERIVED_MAX && source->derived[i].field; i++)
		if (strcmp(source->derived[i].field, field->name) == 0) {
			strbuf_adds(out, source->derived[i].sql);
			return;
		}
	strbuf_addf(out, "r.\"%s\"", field->name);
}

/* Rows of the record with that key: the restriction, with a parameter of this value. */
static void add_record(struct strbuf *out, const char *restriction, size_t number)
{
	for (const char *at = restriction; *at;) {
		size_t plain = strcspn(at, ":");
		strbuf_add(out, at, plain);
		at += plain;
		if (!*at)
			break;
		size_t name = 1 + strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_");
		if (strncmp(at, ":today", name) == 0)
			strbuf_add(out, at, name);
		else
			add_key_parameter(out, number);
		at += name;
	}
}

static void add_records(struct strbuf *out, const struct list_filter *filter,
			const struct filter_term *term, size_t number)
{
	strbuf_addch(out, '0');
	for (size_t i = 0; i < term->values.count; i++) {
		strbuf_adds(out, " OR coalesce(");
		add_record(out, restriction_sql(filter, term->refers), number + i);
		strbuf_adds(out, ", 0)");
	}
}

static void add_operations(struct strbuf *out, const struct list_filter *filter,
			   const struct filter_term *term, size_t number)
{
	strbuf_addch(out, '0');
	for (size_t i = 0; i < term->values.count; i++)
		strbuf_addf(out, " OR %s IN (SELECT value FROM json_each(:operations%zu))",
			    filter->source->operation, number + i);
}

static void add_sectors(struct strbuf *out, const struct list_source *source,
			const struct filter_term *term)
{
	strbuf_addf(out, "EXISTS (SELECT 1 FROM (%s) AS s_ WHERE s_.sector IN (", source->sector);
	for (size_t i = 0; i < term->values.count; i++)
		strbuf_addf(out, "%s'%s'", i ? ", " : "",
			    enum_name(&sector_names, term->values.items[i].choice));
	strbuf_adds(out, "))");
}

static void add_words(struct strbuf *out, const struct list_source *source, size_t number)
{
	strbuf_adds(out, "has_text(");
	add_text_parameter(out, number);
	strbuf_addf(out, ", %s)", source->words);
	for (size_t i = 0; i < LIST_RELATED_MAX && source->related_words[i]; i++) {
		const char *sql = source->related_words[i], *mark = strchr(sql, '@');
		strbuf_addf(out, " OR coalesce(%.*s", (int)(mark - sql), sql);
		add_text_parameter(out, number);
		strbuf_addf(out, "%s, 0)", mark + 1);
	}
}

/* A term as a condition on tables; `number` is that of its first value. */
static void add_inner_term(struct strbuf *out, const struct list_filter *filter,
			   const struct filter_term *term, size_t number)
{
	const struct list_source *source = filter->source;
	if (term->subject == FILTER_SECTOR && term->is_null)
		strbuf_addf(out, "NOT EXISTS (%s)", source->sector);
	else if (term->subject == FILTER_SECTOR)
		add_sectors(out, source, term);
	else if (term->subject == FILTER_DAY)
		add_bounds(out, source->day, FIELD_DATE, &term->values.items[0]);
	else if (term->subject == FILTER_WORDS)
		add_words(out, source, number);
	else if (asks_operations(filter, term))
		add_operations(out, filter, term, number);
	else
		add_records(out, filter, term, number);
}

static void add_sign(struct strbuf *out, const struct filter_term *term)
{
	strbuf_adds(out, term->is_negated ? " AND NOT (" : " AND (");
}

void list_filter_add_inner(struct strbuf *out, const struct list_filter *filter)
{
	const struct filter *terms = filter->filter;
	for (size_t i = 0, number = 0; terms && i < terms->terms.count; i++) {
		const struct filter_term *term = &terms->terms.items[i];
		enum record_kind_id refers;
		if (term->subject != FILTER_FIELD) {
			add_sign(out, term);
			add_inner_term(out, filter, term, number);
			strbuf_addch(out, ')');
		} else if (narrows(filter, term, &refers) && filter->keys.items[number] > 0) {
			strbuf_adds(out, " AND ");
			add_record(out, restriction_sql(filter, refers), number);
		}
		number += term->values.count;
	}
}

static void add_field_term(struct strbuf *out, const struct list_filter *filter,
			   const struct filter_term *term, size_t number)
{
	struct strbuf sql;
	strbuf_init(&sql);
	add_field_sql(&sql, filter->source, term->field);
	if (term->is_null)
		add_null(out, sql.data, term->field);
	for (size_t i = 0; i < term->values.count; i++) {
		strbuf_adds(out, i ? " OR " : "");
		add_field_value(out, sql.data, term->field, &term->values.items[i], number + i);
	}
	strbuf_release(&sql);
}

void list_filter_add_outer(struct strbuf *out, const struct list_filter *filter)
{
	const struct filter *terms = filter->filter;
	for (size_t i = 0, number = 0; terms && i < terms->terms.count; i++) {
		const struct filter_term *term = &terms->terms.items[i];
		if (term->subject == FILTER_FIELD) {
			add_sign(out, term);
			add_field_term(out, filter, term, number);
			strbuf_addch(out, ')');
		}
		number += term->values.count;
	}
}

/* ---- order */

/* The place of a value among those of its set. */
static void add_choice_order(struct strbuf *out, const char *sql, const struct enum_names *names)
{
	strbuf_addf(out, "CASE %s", sql);
	for (int i = 0; i < names->count; i++)
		strbuf_addf(out, " WHEN '%s' THEN %d", enum_name(names, i), i);
	strbuf_adds(out, " END");
}

void list_filter_add_order(struct strbuf *out, const struct list_filter *filter)
{
	const struct field *field = filter->filter->order;
	struct strbuf sql;
	strbuf_init(&sql);
	add_field_sql(&sql, filter->source, field);
	strbuf_adds(out, "sort_text(");
	if (field->type == FIELD_ENUM)
		add_choice_order(out, sql.data, field->names);
	else
		strbuf_adds(out, sql.data);
	/* What is not known comes last, whichever way the rest goes. */
	strbuf_addf(out, ", '%d')", filter->filter->is_descending ? 0 : 2);
	strbuf_release(&sql);
}

/* ---- values */

void list_filter_bind(const struct list_filter *filter, struct query *query)
{
	const struct filter *terms = filter->filter;
	char name[32];
	for (size_t i = 0, number = 0; terms && i < terms->terms.count; i++)
		for (size_t j = 0; j < terms->terms.items[i].values.count; j++, number++) {
			snprintf(name, sizeof(name), ":text%zu", number);
			query_bind_text(query, name, terms->terms.items[i].values.items[j].folded);
			snprintf(name, sizeof(name), ":key%zu", number);
			query_bind_integer(query, name, filter->keys.items[number]);
			snprintf(name, sizeof(name), ":operations%zu", number);
			query_bind_text(query, name, filter->operations.items[number]);
		}
}
