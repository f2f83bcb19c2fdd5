/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/operation.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/operation_edits.h"

struct value value_null(void)
{
	return (struct value){.type = VALUE_NULL};
}

struct value value_integer(int64_t integer)
{
	return (struct value){.type = VALUE_INTEGER, .integer = integer};
}

/* Infinities have no JSON text either. */
struct value value_real(double real)
{
	return isfinite(real) ? (struct value){.type = VALUE_REAL, .real = real} : value_null();
}

struct value value_text(const char *text)
{
	return text ? (struct value){.type = VALUE_TEXT, .text = text} : value_null();
}

struct value value_key(int64_t key)
{
	return key ? value_integer(key) : value_null();
}

struct value value_percent(percent_hundredths percent)
{
	return percent == PERCENT_NONE ? value_null() : value_real(percent / 100.0);
}

bool value_equal(struct value a, struct value b)
{
	if (a.type != b.type)
		return false;
	switch (a.type) {
	case VALUE_INTEGER:
		return a.integer == b.integer;
	case VALUE_REAL:
		return a.real <= b.real && a.real >= b.real;
	case VALUE_TEXT:
		return strcmp(a.text, b.text) == 0;
	case VALUE_NULL:
		break;
	}
	return true;
}

static struct value own(struct value value)
{
	if (value.type == VALUE_TEXT)
		value.text = mem_strdup(value.text);
	return value;
}

static void disown(struct value value)
{
	if (value.type == VALUE_TEXT)
		free((char *)(uintptr_t)value.text);
}

struct operation *operation_new(void)
{
	struct operation *operation = mem_alloc_zero(1, sizeof(*operation));
	operation->words = mem_strdup("");
	operation->expected_version = -1;
	return operation;
}

static void edit_free(struct gathered_edit *edit)
{
	for (size_t i = 0; i < edit->fields.count; i++) {
		free(edit->fields.items[i].column);
		disown(edit->fields.items[i].was);
		disown(edit->fields.items[i].now);
	}
	vector_release(&edit->fields);
	free(edit->table);
}

void operation_clear(struct operation *operation)
{
	for (size_t i = 0; i < operation->edits.count; i++)
		edit_free(&operation->edits.items[i]);
	vector_release(&operation->edits);
	operation_set_words(operation, "%s", "");
}

void operation_free(struct operation *operation)
{
	if (!operation)
		return;
	operation_clear(operation);
	free(operation->words);
	free(operation->undoes);
	free(operation);
}

void operation_set_words(struct operation *operation, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *words = mem_alloc((size_t)(length < 0 ? 0 : length) + 1);
	words[0] = '\0';
	if (length > 0)
		vsnprintf(words, (size_t)length + 1, format, again);
	va_end(again);
	free(operation->words);
	operation->words = words;
}

void operation_set_undoes(struct operation *operation, const char *id)
{
	free(operation->undoes);
	operation->undoes = mem_strdup(id);
}

static struct gathered_edit *add_edit(struct operation *operation, enum edit_kind kind,
				      const char *table, int64_t key)
{
	struct gathered_edit *edit = vector_add(&operation->edits);
	edit->kind = kind;
	edit->table = mem_strdup(table);
	edit->key = key;
	return edit;
}

static struct gathered_edit *last_edit(struct operation *operation)
{
	return operation->edits.count ? &operation->edits.items[operation->edits.count - 1] : NULL;
}

static void add_field(struct gathered_edit *edit, const char *column, struct value was,
		      struct value now)
{
	struct gathered_field *field = vector_add(&edit->fields);
	*field = (struct gathered_field){mem_strdup(column), own(was), own(now)};
}

void operation_begin_edit(struct operation *operation, enum edit_kind kind, const char *table,
			  int64_t key)
{
	add_edit(operation, kind, table, key);
}

void operation_add_field(struct operation *operation, const char *column, struct value was,
			 struct value now)
{
	struct gathered_edit *edit = last_edit(operation);
	if (edit && (edit->kind != EDIT_INSERT || now.type != VALUE_NULL))
		add_field(edit, column, was, now);
}

static void replace_in(struct gathered_edit *edit, const char *column, struct value now)
{
	for (size_t i = 0; i < edit->fields.count; i++) {
		if (strcmp(edit->fields.items[i].column, column) != 0)
			continue;
		disown(edit->fields.items[i].now);
		edit->fields.items[i].now = own(now);
		return;
	}
	add_field(edit, column, value_null(), now);
}

void operation_replace_field(struct operation *operation, const char *table, int64_t key,
			     const char *column, struct value now)
{
	for (size_t i = 0; i < operation->edits.count; i++) {
		struct gathered_edit *edit = &operation->edits.items[i];
		if (edit->kind == EDIT_INSERT && edit->key == key &&
		    strcmp(edit->table, table) == 0)
			replace_in(edit, column, now);
	}
}

const char *operation_words(const struct operation *operation)
{
	return operation->words;
}

int64_t operation_insert(struct operation *operation, const char *table)
{
	return add_edit(operation, EDIT_INSERT, table, random_key())->key;
}

void operation_insert_again(struct operation *operation, const char *table, int64_t key)
{
	add_edit(operation, EDIT_INSERT, table, key);
}

void operation_field(struct operation *operation, const char *column, struct value value)
{
	struct gathered_edit *edit = last_edit(operation);
	if (edit && edit->kind == EDIT_INSERT && value.type != VALUE_NULL)
		add_field(edit, column, value_null(), value);
}

void operation_field_date(struct operation *operation, const char *column, day_number date)
{
	struct strbuf text;
	strbuf_init(&text);
	date_add_iso(&text, date);
	operation_field(operation, column, value_text(text.length ? text.data : NULL));
	strbuf_release(&text);
}

void operation_field_time(struct operation *operation, const char *column, day_minute time)
{
	struct strbuf text;
	strbuf_init(&text);
	daytime_add_iso(&text, time);
	operation_field(operation, column, value_text(text.length ? text.data : NULL));
	strbuf_release(&text);
}

/* Whether a change can be part of the edit: it names each column once. */
static bool takes_change(const struct gathered_edit *edit, const char *table, int64_t key,
			 const char *column)
{
	if (edit->kind != EDIT_SET || edit->key != key || strcmp(edit->table, table) != 0)
		return false;
	for (size_t i = 0; i < edit->fields.count; i++)
		if (strcmp(edit->fields.items[i].column, column) == 0)
			return false;
	return true;
}

void operation_change(struct operation *operation, const char *table, int64_t key,
		      const char *column, struct value was, struct value now)
{
	struct gathered_edit *edit = last_edit(operation);
	if (value_equal(was, now))
		return;
	if (!edit || !takes_change(edit, table, key, column))
		edit = add_edit(operation, EDIT_SET, table, key);
	add_field(edit, column, was, now);
}

void operation_delete(struct operation *operation, const char *table, int64_t key)
{
	add_edit(operation, EDIT_DELETE, table, key);
}

void operation_expect_version(struct operation *operation, int64_t head)
{
	operation->expected_version = head;
}

bool operation_is_empty(const struct operation *operation)
{
	return operation->edits.count == 0;
}
