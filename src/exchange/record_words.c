/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/record_edit_parts.h"

/*
 * Words of the history are the group's record and stay in its language: nothing here is
 * translated. They name institutions and posts, never persons.
 */
enum {
	ADDED_COLUMNS = 60, /* of a value quoted of a new record */
	CHANGED_COLUMNS = 36 /* of each of two that are compared */
};

void record_add_line(struct strbuf *out, const char *text, int columns)
{
	char *line = mem_strdup(text);
	for (char *at = line; (at = strpbrk(at, "\n\t")) != NULL;)
		*at = ' ';
	utf8_fit(out, line, columns);
	free(line);
}

/* ---- of a row as lists show it */

/* The name in braces at `*at`, owned, moving past it; NULL at the end. What stands before it is
 * [*plain, *plain + *length). */
static char *next_name(const char **at, const char **plain, size_t *length)
{
	*plain = *at;
	*length = strcspn(*at, "{");
	*at += *length;
	if (!**at)
		return NULL;
	size_t name = strcspn(++*at, "}");
	char *copy = mem_strndup(*at, name);
	*at += name + ((*at)[name] == '}');
	return copy;
}

static void add_row_value(struct strbuf *out, const char *name, const struct record_kind *kind,
			  const void *row)
{
	const struct field *field = record_field_named(kind, name);
	struct strbuf text;
	strbuf_init(&text);
	if (field)
		record_add_text(&text, field, row);
	record_add_line(out, text.data, ADDED_COLUMNS);
	strbuf_release(&text);
}

void record_words_row(struct strbuf *out, const char *template, const struct record_kind *kind,
		      const void *row)
{
	const char *plain;
	size_t length;
	char *name;
	while ((name = next_name(&template, &plain, &length)) != NULL) {
		size_t before = out->length;
		strbuf_add(out, plain, length);
		size_t joined = out->length;
		add_row_value(out, name, kind, row);
		if (out->length == joined && length >= 2 && memcmp(plain, ": ", 2) == 0)
			strbuf_truncate(out, before);
		free(name);
	}
	strbuf_add(out, plain, length);
}

/* ---- of what was written */

static const struct editable_field *field_at(const struct record_written *written, size_t i)
{
	return &written->edit->kind->fields[i];
}

static void add_quoted(struct strbuf *out, const char *text, int columns)
{
	strbuf_adds(out, "«");
	record_add_line(out, text, columns);
	strbuf_adds(out, "»");
}

static bool is_date(enum editable_type type)
{
	return type == EDITABLE_DATE || type == EDITABLE_MEMBER_SINCE ||
	       type == EDITABLE_MEMBER_UNTIL;
}

/* A word of a set as the group's language has it; what is stored may be none of them. */
static const char *word_of(const struct enum_names *names, const char *text)
{
	for (int i = 0; i < names->count; i++)
		if (strcmp(names->names[i].name, text) == 0)
			return names->names[i].label;
	return text;
}

/* Values that read by themselves; false for a text, which is quoted or not as it is used. */
static bool add_plain(struct strbuf *out, const struct editable_field *field, const char *text)
{
	if (!text) {
		strbuf_adds(out, "sin dato");
	} else if (field->type == EDITABLE_PERCENT) {
		percent_add(out, percent_parse(text));
		strbuf_adds(out, " %");
	} else if (is_date(field->type)) {
		date_add_local(out, date_parse(text));
	} else if (field->type == EDITABLE_TIME) {
		daytime_add_local(out, daytime_parse(text));
	} else if (field->type == EDITABLE_BOOL) {
		strbuf_adds(out, strcmp(text, "1") == 0 ? "sí" : "no");
	} else if (field->names) {
		strbuf_adds(out, word_of(field->names, text));
	} else {
		return false;
	}
	return true;
}

static bool is_quoted(enum editable_type type)
{
	return type == EDITABLE_TEXT || type == EDITABLE_PARAGRAPHS || type == EDITABLE_LINES;
}

static void add_changed(struct strbuf *out, const struct editable_field *field, const char *text)
{
	if (add_plain(out, field, text))
		return;
	if (is_quoted(field->type))
		add_quoted(out, text, CHANGED_COLUMNS);
	else
		record_add_line(out, text, CHANGED_COLUMNS);
}

/* What nobody can quote, and what is no change of a value. */
static bool add_unquoted(struct strbuf *out, const struct record_written *written, size_t i)
{
	const struct editable_field *field = field_at(written, i);
	if (field->type == EDITABLE_NOTE) {
		strbuf_adds(out, "nota nueva");
		return true;
	}
	if (!field->is_personal)
		return false;
	strbuf_adds(out, written->given[i] ? "cambia «" : "quita «");
	strbuf_adds(out, editable_label(written->edit->kind, field));
	strbuf_adds(out, "»");
	return true;
}

/* "Vence" within a sentence; "ODS" stays as it is. */
static void add_label(struct strbuf *out, const char *label)
{
	const char *rest = label;
	uint32_t first = utf8_next(&rest);
	char *letter = mem_strndup(label, (size_t)(rest - label));
	if (first && !(*rest >= 'A' && *rest <= 'Z'))
		utf8_add_lower(out, letter);
	else
		strbuf_adds(out, letter);
	strbuf_adds(out, rest);
	free(letter);
}

/* "vence 31/01/2024 -> 15/02/2024" */
static void add_change(struct strbuf *out, const struct record_written *written, size_t i)
{
	const struct editable_field *field = field_at(written, i);
	const char *was = written->edit->slots[i].stored;
	if (add_unquoted(out, written, i))
		return;
	add_label(out, editable_label(written->edit->kind, field));
	strbuf_addch(out, ' ');
	add_changed(out, field, was);
	strbuf_adds(out, " -> ");
	add_changed(out, field, written->given[i]);
}

static void add_changes(struct strbuf *out, const struct record_written *written)
{
	bool is_first = true;
	strbuf_addf(out, "%s: ", written->edit->called);
	for (size_t i = 0; i < written->edit->kind->field_count; i++) {
		if (!written->is_changed[i] || field_at(written, i)->type == EDITABLE_QUALIFIER)
			continue;
		strbuf_adds(out, is_first ? "" : "; ");
		add_change(out, written, i);
		is_first = false;
	}
}

static void add_given(struct strbuf *out, const struct record_written *written, const char *name)
{
	size_t i = editable_index(written->edit->kind, name);
	const char *text = written->given[i];
	if (!add_plain(out, field_at(written, i), text))
		record_add_line(out, text, ADDED_COLUMNS);
}

static void add_new(struct strbuf *out, const struct record_written *written)
{
	const char *template = written->edit->kind->words, *plain;
	size_t length;
	char *name;
	while ((name = next_name(&template, &plain, &length)) != NULL) {
		strbuf_add(out, plain, length);
		add_given(out, written, name);
		free(name);
	}
	strbuf_add(out, plain, length);
}

void record_set_words(const struct record_written *written, struct operation *operation)
{
	struct strbuf words;
	strbuf_init(&words);
	if (written->edit->is_new)
		add_new(&words, written);
	else
		add_changes(&words, written);
	operation_set_words(operation, "%s", words.data);
	strbuf_release(&words);
}
