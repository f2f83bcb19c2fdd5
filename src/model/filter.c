/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/filter.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/nearest.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/filter_parts.h"

/* One reading of a text. */
struct reading {
	struct filter *filter;
	const char *text;
	day_number today;
};

static char *span_text(const struct reading *reading, struct filter_span span)
{
	return mem_strndup(reading->text + span.start, span.length);
}

/* Appends what stands in the span, quotes aside. */
static void add_unquoted(const struct reading *reading, struct filter_span span,
			 struct strbuf *out)
{
	for (size_t i = 0; i < span.length; i++)
		if (reading->text[span.start + i] != '"')
			strbuf_addch(out, reading->text[span.start + i]);
	strbuf_trim(out);
}

static struct filter_term *add_term(struct reading *reading, enum filter_subject subject,
				    bool is_negated)
{
	struct filter_term *term = vector_add(&reading->filter->terms);
	*term = (struct filter_term){.subject = subject, .is_negated = is_negated};
	return term;
}

/* ---- a term without a name: a word, a phrase, or a state */

static void add_word(struct reading *reading, const struct filter_token *token)
{
	const struct field *state = NULL;
	struct strbuf word;
	int value = 0;
	strbuf_init(&word);
	add_unquoted(reading, token->rest, &word);
	if (!token->is_quoted)
		state = filter_state_named(reading->filter->kind, word.data, &value);
	if (word.length) {
		struct filter_term *term = add_term(reading, state ? FILTER_FIELD : FILTER_WORDS,
						    token->is_negated);
		term->field = state;
		filter_add_value(term, word.data)->choice = value;
	}
	strbuf_release(&word);
}

/* ---- what a name stands for */

static void offer_fields(struct nearest *nearest, const struct record_kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if (kind->fields[i].label) {
			nearest_offer(nearest, _(kind->fields[i].label));
			nearest_offer(nearest, kind->fields[i].name);
		}
	for (size_t i = 0; filter_directive_at(i); i++)
		nearest_offer(nearest, filter_directive_at(i));
}

static void add_fields(struct strbuf *list, const struct record_kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		if (!kind->fields[i].label)
			continue;
		strbuf_adds(list, list->length ? ", " : "");
		filter_add_field_word(list, kind, &kind->fields[i]);
	}
}

static enum rc unknown_field(const struct record_kind *kind, const char *name, struct error *err)
{
	struct strbuf list;
	struct nearest nearest;
	nearest_init(&nearest, name);
	offer_fields(&nearest, kind);
	if (nearest.best)
		return error_set(err, RC_USAGE, _("no hay el campo «%s»; ¿quiso decir «%s»?"), name,
				 nearest.best);
	strbuf_init(&list);
	add_fields(&list, kind);
	error_set(err, RC_USAGE, _("no hay el campo «%s»; hay: %s"), name, list.data);
	strbuf_release(&list);
	return RC_USAGE;
}

/* "desde:" and "hasta:" bound the date the list is about. */
static enum rc add_day(struct reading *reading, const struct filter_token *token, bool is_since,
		       struct error *err)
{
	day_number first, last;
	struct filter_span rest = token->rest;
	struct filter_term *term = add_term(reading, FILTER_DAY, token->is_negated);
	char *text = span_text(reading, rest);
	struct filter_value *value = filter_add_value(term, text);
	bool is_good = filter_parse_days(text, reading->today, &first, &last);
	free(text);
	if (is_good && is_since)
		value->low = first;
	else if (is_good)
		value->high = last;
	else
		return error_set(err, RC_USAGE,
				 _("«%s» no es una fecha, como 2023-11-17, 2023-11, hoy o +30d"),
				 value->text);
	return RC_OK;
}

static enum rc set_order(struct reading *reading, const struct filter_token *token,
			 struct error *err)
{
	struct filter *filter = reading->filter;
	char *text = span_text(reading, token->rest);
	bool is_descending = *text == '-';
	const char *name = text + is_descending;
	filter->order = *name ? filter_field_named(filter->kind, name) : NULL;
	filter->is_descending = is_descending;
	enum rc rc = *name && !filter->order ? unknown_field(filter->kind, name, err) : RC_OK;
	free(text);
	return rc;
}

static enum rc read_value(struct reading *reading, struct filter_term *term, const char *text,
			  struct error *err)
{
	if (term->subject == FILTER_SECTOR)
		return filter_read_choices(&sector_names, text, term, err);
	if (term->subject == FILTER_FIELD && term->field->type == FIELD_ENUM) {
		int value;
		const struct field *state = filter_state_named(reading->filter->kind, text, &value);
		if (state != term->field)
			return filter_read_choices(term->field->names, text, term, err);
		filter_add_value(term, text)->choice = value;
		return RC_OK;
	}
	struct filter_value *value = filter_add_value(term, text);
	return term->subject == FILTER_FIELD
		       ? filter_read_value(term->field, reading->today, value, err)
		       : RC_OK;
}

/* One value, commas and all: "82,86" is one number. */
static enum rc read_figure(struct reading *reading, struct filter_span rest,
			   struct filter_term *term, struct error *err)
{
	struct strbuf value;
	strbuf_init(&value);
	add_unquoted(reading, rest, &value);
	reading->filter->fault = rest;
	enum rc rc = value.length ? read_value(reading, term, value.data, err) : RC_OK;
	strbuf_release(&value);
	return rc;
}

static enum rc read_list(struct reading *reading, struct filter_span rest,
			 struct filter_term *term, struct error *err)
{
	struct strbuf value;
	size_t at = rest.start, end = rest.start + rest.length;
	enum rc rc = RC_OK;
	strbuf_init(&value);
	while (rc == RC_OK &&
	       filter_next_value(reading->text, &at, end, &value, &reading->filter->fault)) {
		strbuf_trim(&value);
		if (value.length)
			rc = read_value(reading, term, value.data, err);
	}
	strbuf_release(&value);
	return rc;
}

/* The values after a name; an error's fault is the value. */
static enum rc read_values(struct reading *reading, const struct filter_token *token,
			   struct filter_term *term, struct error *err)
{
	bool is_figure = term->field && (term->field->type == FIELD_PERCENT ||
					 term->field->type == FIELD_NUMBER);
	enum rc rc = (is_figure ? read_figure : read_list)(reading, token->rest, term, err);
	term->is_null = !term->values.count;
	return rc;
}

/* What is asked of a row by that name; NULL when nothing is. */
static struct filter_term *term_named(struct reading *reading, const char *name, bool is_negated)
{
	const struct record_kind *kind = reading->filter->kind;
	const struct record_kind *named = record_kind_named(name);
	const struct field *field = filter_field_named(kind, name);
	struct filter_term *term = NULL;
	if (field) {
		term = add_term(reading, FILTER_FIELD, is_negated);
		term->field = field;
	} else if (named && filter_knows_record(kind->id, named->id)) {
		term = add_term(reading, FILTER_RECORD, is_negated);
		term->refers = named->id;
	} else if (utf8_equal_folded(name, "sector") && filter_knows(kind->id, FILTER_SECTOR)) {
		term = add_term(reading, FILTER_SECTOR, is_negated);
	} else if (filter_names_touched(kind, name)) {
		term = add_term(reading, FILTER_TOUCHED, is_negated);
	}
	return term;
}

/* A blocker has fields called "desde" and "hasta": nothing, or a comparison, asks for them. */
static bool is_plain(const struct reading *reading, struct filter_span rest)
{
	char *text = span_text(reading, rest);
	bool yes = *text && !strpbrk(text, "<>") && !strstr(text, "..");
	free(text);
	return yes;
}

static enum rc add_named(struct reading *reading, const struct filter_token *token,
			 struct error *err)
{
	char *name = span_text(reading, token->name);
	enum filter_directive directive = filter_directive_named(name);
	bool is_day = directive == FILTER_SINCE || directive == FILTER_UNTIL;
	struct filter_term *term = NULL;
	enum rc rc = RC_OK;
	if (is_day && filter_knows(reading->filter->kind->id, FILTER_DAY) &&
	    is_plain(reading, token->rest)) {
		reading->filter->fault = token->rest;
		rc = add_day(reading, token, directive == FILTER_SINCE, err);
	} else if (directive == FILTER_ORDER) {
		reading->filter->fault = token->rest;
		rc = set_order(reading, token, err);
	} else if ((term = term_named(reading, name, token->is_negated)) != NULL) {
		rc = read_values(reading, token, term, err);
	} else {
		reading->filter->fault = token->name;
		rc = unknown_field(reading->filter->kind, name, err);
	}
	free(name);
	return rc;
}

/* ---- the whole text */

/* The column people count: of the character, from 1. */
static size_t column_of(const char *text, size_t byte)
{
	size_t column = 1;
	for (size_t i = 0; i < byte; i++)
		column += ((unsigned char)text[i] & 0xC0) != 0x80;
	return column;
}

static enum rc check_text(const char *text, struct error *err)
{
	size_t length = strnlen(text, FILTER_TEXT_MAX + 1);
	if (length > FILTER_TEXT_MAX)
		return error_set(err, RC_USAGE, _("el filtro pasa de %d bytes"), FILTER_TEXT_MAX);
	if (!utf8_is_valid(text, length))
		return error_set(err, RC_USAGE, _("el filtro no es texto UTF-8"));
	return RC_OK;
}

static enum rc read_tokens(struct reading *reading, struct error *err)
{
	struct filter_token token;
	enum rc rc = RC_OK;
	for (size_t at = 0; rc == RC_OK && filter_next_token(reading->text, at, &token);
	     at = token.span.start + token.span.length) {
		if (token.name.length)
			rc = add_named(reading, &token, err);
		else
			add_word(reading, &token);
	}
	if (rc != RC_OK)
		error_prefix(err, _("columna %zu"),
			     column_of(reading->text, reading->filter->fault.start));
	return rc;
}

enum rc filter_parse(struct filter *filter, const struct record_kind *kind, const char *text,
		     day_number today, struct error *err)
{
	struct reading reading = {.filter = filter, .text = text, .today = today};
	*filter = (struct filter){.kind = kind};
	enum rc rc = check_text(text, err);
	if (rc == RC_OK)
		rc = read_tokens(&reading, err);
	if (rc != RC_OK) {
		struct filter_span fault = filter->fault;
		filter_release(filter);
		filter->fault = fault;
	}
	return rc;
}

void filter_release(struct filter *filter)
{
	for (size_t i = 0; i < filter->terms.count; i++) {
		struct filter_term *term = &filter->terms.items[i];
		for (size_t j = 0; j < term->values.count; j++) {
			free(term->values.items[j].text);
			free(term->values.items[j].folded);
		}
		vector_release(&term->values);
	}
	vector_release(&filter->terms);
	filter->order = NULL;
	filter->fault = (struct filter_span){0};
}

bool filter_term_refers(const struct filter *filter, const struct filter_term *term,
			enum record_kind_id *refers)
{
	*refers = term->refers;
	return term->subject == FILTER_RECORD ||
	       (term->subject == FILTER_FIELD &&
		filter_field_refers(filter->kind, term->field, refers));
}

static bool is_order(const char *text, const struct filter_token *token)
{
	char *name = mem_strndup(text + token->name.start, token->name.length);
	bool yes = filter_directive_named(name) == FILTER_ORDER;
	free(name);
	return yes;
}

void filter_add_with_order(struct strbuf *out, const struct record_kind *kind, const char *text,
			   const struct field *field, bool is_descending)
{
	struct filter_token token;
	size_t before = out->length;
	for (size_t at = 0; filter_next_token(text, at, &token);
	     at = token.span.start + token.span.length) {
		if (is_order(text, &token))
			continue;
		if (out->length > before)
			strbuf_addch(out, ' ');
		strbuf_add(out, text + token.span.start, token.span.length);
	}
	if (!field)
		return;
	strbuf_addf(out, "%s%s:%s", out->length > before ? " " : "", _("orden"),
		    is_descending ? "-" : "");
	filter_add_field_word(out, kind, field);
}
