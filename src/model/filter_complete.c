/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/filter_parts.h"

/* Whether `choice` begins with what stands in the span, accents and case aside. */
static bool continues(const char *choice, const char *text, struct filter_span span)
{
	struct strbuf whole, begun;
	char *typed = mem_strndup(text + span.start, span.length);
	strbuf_init(&whole);
	strbuf_init(&begun);
	utf8_fold(&whole, choice);
	utf8_fold(&begun, typed + (*typed == '"'));
	bool yes = strncmp(whole.data, begun.data, begun.length) == 0;
	strbuf_release(&begun);
	strbuf_release(&whole);
	free(typed);
	return yes;
}

static void offer(struct filter_completion *completion, const char *text, const char *choice)
{
	if (!continues(choice, text, completion->span))
		return;
	for (size_t i = 0; i < completion->choices.count; i++)
		if (strcmp(completion->choices.items[i], choice) == 0)
			return;
	char *copy = mem_strdup(choice);
	vector_push(&completion->choices, copy);
}

void filter_completion_offer(struct filter_completion *completion, const char *text,
			     const char *code)
{
	struct strbuf choice;
	if (!continues(code, text, completion->span))
		return;
	strbuf_init(&choice);
	strbuf_addf(&choice, strpbrk(code, " ,") ? "\"%s\"" : "%s", code);
	char *copy = strbuf_detach(&choice);
	vector_push(&completion->choices, copy);
}

static void offer_name(struct filter_completion *completion, const char *text, const char *name)
{
	struct strbuf choice;
	strbuf_init(&choice);
	strbuf_addf(&choice, "%s:", name);
	offer(completion, text, choice.data);
	strbuf_release(&choice);
}

static void offer_field(struct filter_completion *completion, const struct record_kind *kind,
			const char *text, const struct field *field)
{
	struct strbuf word;
	strbuf_init(&word);
	filter_add_field_word(&word, kind, field);
	offer_name(completion, text, word.data);
	strbuf_release(&word);
}

static bool is_one_word(const char *name)
{
	return !strchr(name, ' ');
}

static void offer_states(struct filter_completion *completion, const struct record_kind *kind,
			 const char *text)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];
		if (!(field->flags & FIELD_STATE))
			continue;
		for (int j = 0; field->type == FIELD_ENUM && j < field->names->count; j++)
			if (is_one_word(enum_label(field->names, j)))
				offer(completion, text, enum_label(field->names, j));
		if (field->type == FIELD_BOOL) {
			struct strbuf word;
			strbuf_init(&word);
			utf8_add_lower(&word, _(field->label ? field->label : field->brief));
			if (is_one_word(word.data))
				offer(completion, text, word.data);
			strbuf_release(&word);
		}
	}
}

/* A state is typed as a word, not as a field that is yes or no. */
static bool has_name(const struct field *field)
{
	return field->label && !(field->type == FIELD_BOOL && (field->flags & FIELD_STATE));
}

static void offer_names(struct filter_completion *completion, const struct record_kind *kind,
			const char *text)
{
	static const enum record_kind_id records[] = {RECORD_ORGANIZATION, RECORD_PLAN,
						      RECORD_COMMITMENT, RECORD_MEETING,
						      RECORD_FOLLOWUP};
	for (size_t i = 0; i < kind->field_count; i++)
		if (has_name(&kind->fields[i]))
			offer_field(completion, kind, text, &kind->fields[i]);
	for (size_t i = 0; i < ARRAY_COUNT(records); i++)
		if (filter_knows_record(kind->id, records[i]))
			offer_name(completion, text, record_kinds[records[i]].spanish[0]);
	if (filter_knows(kind->id, FILTER_SECTOR))
		offer_name(completion, text, "sector");
	if (filter_knows(kind->id, FILTER_TOUCHED))
		offer_name(completion, text, _("registro"));
	for (size_t i = 0; filter_directive_at(i); i++)
		offer_name(completion, text, filter_directive_at(i));
	/* Keys of JSON are for those who begin one on purpose. */
	for (size_t i = 0; i < kind->field_count && !completion->choices.count; i++)
		if (has_name(&kind->fields[i]))
			offer_name(completion, text, kind->fields[i].name);
}

static void offer_set(struct filter_completion *completion, const struct enum_names *names,
		      const char *text)
{
	for (int i = 0; i < names->count; i++)
		filter_completion_offer(completion, text, enum_label(names, i));
}

static void offer_records(struct filter_completion *completion, enum record_kind_id records)
{
	completion->has_records = true;
	completion->records = records;
}

static void offer_field_names(struct filter_completion *completion,
			      const struct record_kind *kind, const char *text)
{
	struct strbuf word;
	strbuf_init(&word);
	for (size_t i = 0; i < kind->field_count; i++) {
		strbuf_reset(&word);
		if (kind->fields[i].label)
			filter_add_field_word(&word, kind, &kind->fields[i]);
		if (word.length)
			filter_completion_offer(completion, text, word.data);
	}
	strbuf_release(&word);
}

static void offer_values(struct filter_completion *completion, const struct record_kind *kind,
			 const char *text, const char *name)
{
	const struct field *field = filter_field_named(kind, name);
	const struct record_kind *named = record_kind_named(name);
	enum record_kind_id refers;
	if (filter_directive_named(name) == FILTER_ORDER)
		offer_field_names(completion, kind, text);
	else if (field && field->type == FIELD_ENUM)
		offer_set(completion, field->names, text);
	else if (field && filter_field_refers(kind, field, &refers))
		offer_records(completion, refers);
	else if (!field && named && filter_knows_record(kind->id, named->id))
		offer_records(completion, named->id);
	else if (!field && utf8_equal_folded(name, "sector"))
		offer_set(completion, &sector_names, text);
}

/* The last of the values up to the cursor. */
static struct filter_span last_value(const char *text, size_t start, size_t cursor)
{
	size_t at = cursor;
	while (at > start && text[at - 1] != ',')
		at--;
	return (struct filter_span){at, cursor - at};
}

void filter_complete(struct filter_completion *completion, const struct record_kind *kind,
		     const char *text, size_t cursor)
{
	struct filter_token token = {.span = {cursor, 0}, .rest = {cursor, 0}};
	char *before = mem_strndup(text, cursor);
	*completion = (struct filter_completion){.span = {cursor, 0}};
	for (size_t at = 0; filter_next_token(before, at, &token);)
		at = token.span.start + token.span.length;
	/* A blank behind the last term: a new one begins. */
	if (token.span.start + token.span.length < cursor)
		token = (struct filter_token){.rest = {cursor, 0}};
	completion->span = token.rest;
	if (token.name.length) {
		char *name = mem_strndup(before + token.name.start, token.name.length);
		completion->span = last_value(before, token.rest.start, cursor);
		if (before[completion->span.start] == '-') { /* orden:-vence */
			completion->span.start++;
			completion->span.length--;
		}
		offer_values(completion, kind, before, name);
		free(name);
	} else {
		offer_states(completion, kind, before);
		offer_names(completion, kind, before);
	}
	free(before);
}

void filter_completion_release(struct filter_completion *completion)
{
	for (size_t i = 0; i < completion->choices.count; i++)
		free(completion->choices.items[i]);
	vector_release(&completion->choices);
}
