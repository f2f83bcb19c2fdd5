/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/record.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"

#define SET_MEMBER(type, field, row) (*(type *)(void *)((char *)(row) + (field)->offset))

const struct record_kind *record_kind_named(const char *word)
{
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++) {
		const struct record_kind *kind = &record_kinds[i];
		if (utf8_equal_folded(word, kind->name) || utf8_equal_folded(word, kind->plural))
			return kind;
		for (size_t j = 0; j < ARRAY_COUNT(kind->spanish) && kind->spanish[j]; j++)
			if (utf8_equal_folded(word, kind->spanish[j]))
				return kind;
	}
	return NULL;
}

const struct field *record_field_named(const struct record_kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if (strcmp(kind->fields[i].name, name) == 0)
			return &kind->fields[i];
	return NULL;
}

static void clear_field(const struct field *field, void *row)
{
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_LIST:
		SET_MEMBER(const char *, field, row) = NULL;
		break;
	case FIELD_INTEGER:
		SET_MEMBER(int64_t, field, row) = 0;
		break;
	case FIELD_NUMBER:
		SET_MEMBER(double, field, row) = NAN;
		break;
	case FIELD_PERCENT:
		SET_MEMBER(percent_hundredths, field, row) = PERCENT_NONE;
		break;
	case FIELD_DATE:
		SET_MEMBER(day_number, field, row) = DATE_NONE;
		break;
	case FIELD_TIME:
		SET_MEMBER(day_minute, field, row) = DAY_MINUTE_NONE;
		break;
	case FIELD_BOOL:
		SET_MEMBER(bool, field, row) = false;
		break;
	case FIELD_ENUM:
		SET_MEMBER(int, field, row) = ENUM_NONE;
		break;
	}
}

void record_clear(const struct record_kind *kind, void *row)
{
	memset(row, 0, kind->size);
	for (size_t i = 0; i < kind->field_count; i++)
		clear_field(&kind->fields[i], row);
}

static bool owns_text(const struct field *field)
{
	return field->type == FIELD_TEXT || field->type == FIELD_LIST;
}

static const char **sort_of(const struct record_kind *kind, void *row)
{
	return (const char **)(void *)((char *)row + kind->sort_offset);
}

void record_copy(const struct record_kind *kind, void *copy, const void *row)
{
	memcpy(copy, row, kind->size);
	*sort_of(kind, copy) = mem_strdup_null(*sort_of(kind, copy));
	for (size_t i = 0; i < kind->field_count; i++)
		if (owns_text(&kind->fields[i]))
			SET_MEMBER(const char *, &kind->fields[i], copy) =
				mem_strdup_null(RECORD_MEMBER(char *, &kind->fields[i], row));
}

void record_release(const struct record_kind *kind, void *row)
{
	free((char *)(uintptr_t)*sort_of(kind, row));
	for (size_t i = 0; i < kind->field_count; i++)
		if (owns_text(&kind->fields[i]))
			free(RECORD_MEMBER(char *, &kind->fields[i], row));
	memset(row, 0, kind->size);
}

bool record_is_null(const struct field *field, const void *row)
{
	switch (field->type) {
	case FIELD_TEXT:
		return !RECORD_MEMBER(char *, field, row);
	case FIELD_NUMBER:
		return isnan(RECORD_MEMBER(double, field, row));
	case FIELD_PERCENT:
		return RECORD_MEMBER(percent_hundredths, field, row) == PERCENT_NONE;
	case FIELD_DATE:
		return RECORD_MEMBER(day_number, field, row) == DATE_NONE;
	case FIELD_TIME:
		return RECORD_MEMBER(day_minute, field, row) == DAY_MINUTE_NONE;
	case FIELD_ENUM:
		return RECORD_MEMBER(int, field, row) == ENUM_NONE;
	case FIELD_INTEGER:
		if (field->flags & FIELD_MINUS_IS_NULL)
			return RECORD_MEMBER(int64_t, field, row) < 0;
		return (field->flags & FIELD_ZERO_IS_NULL) && !RECORD_MEMBER(int64_t, field, row);
	case FIELD_LIST:
	case FIELD_BOOL:
		break;
	}
	return false;
}

void record_list_add(struct strbuf *out, const char *items, const char *separator)
{
	for (; items && *items; items += *items == '\n') {
		size_t length = strcspn(items, "\n");
		strbuf_add(out, items, length);
		items += length;
		if (*items)
			strbuf_adds(out, separator);
	}
}

/* "FCD for": the code it ends with, if any, as a person reads it. */
static void add_item_text(struct strbuf *out, const char *item, const struct enum_names *names)
{
	const char *code = strrchr(item, ' ');
	int value = code ? enum_value(names, code + 1) : ENUM_NONE;
	if (value == ENUM_NONE)
		strbuf_adds(out, item);
	else
		strbuf_addf(out, "%.*s %s", (int)(code - item), item, enum_label(names, value));
}

static void add_list_text(struct strbuf *out, const char *items, const struct enum_names *names)
{
	const char *separator = "";
	for (; items && *items; items += *items == '\n') {
		size_t length = strcspn(items, "\n");
		char *item = mem_strndup(items, length);
		strbuf_adds(out, separator);
		add_item_text(out, item, names);
		free(item);
		items += length;
		separator = ", ";
	}
}

/* The types that read the same to a person and to a program. */
static void add_common(struct strbuf *out, const struct field *field, const void *row)
{
	switch (field->type) {
	case FIELD_TEXT:
		strbuf_adds(out, RECORD_MEMBER(char *, field, row));
		break;
	case FIELD_INTEGER:
		strbuf_addf(out, "%" PRId64, RECORD_MEMBER(int64_t, field, row));
		break;
	case FIELD_NUMBER:
		strbuf_addf(out, "%.15g", RECORD_MEMBER(double, field, row));
		break;
	case FIELD_PERCENT:
		percent_add(out, RECORD_MEMBER(percent_hundredths, field, row));
		break;
	default:
		break;
	}
}

void record_add_text(struct strbuf *out, const struct field *field, const void *row)
{
	if (record_is_null(field, row))
		return;
	switch (field->type) {
	case FIELD_LIST:
		if (field->names)
			add_list_text(out, RECORD_MEMBER(char *, field, row), field->names);
		else
			record_list_add(out, RECORD_MEMBER(char *, field, row), ", ");
		break;
	case FIELD_DATE:
		date_add_local(out, RECORD_MEMBER(day_number, field, row));
		break;
	case FIELD_TIME:
		daytime_add_local(out, RECORD_MEMBER(day_minute, field, row));
		break;
	case FIELD_BOOL:
		strbuf_adds(out, RECORD_MEMBER(bool, field, row) ? _("sí") : _("no"));
		break;
	case FIELD_ENUM:
		strbuf_adds(out, enum_label(field->names, RECORD_MEMBER(int, field, row)));
		break;
	default:
		add_common(out, field, row);
	}
}

void record_add_value(struct strbuf *out, const struct field *field, const void *row)
{
	if (record_is_null(field, row))
		return;
	switch (field->type) {
	case FIELD_LIST:
		record_list_add(out, RECORD_MEMBER(char *, field, row), ",");
		break;
	case FIELD_DATE:
		date_add_iso(out, RECORD_MEMBER(day_number, field, row));
		break;
	case FIELD_TIME:
		daytime_add_iso(out, RECORD_MEMBER(day_minute, field, row));
		break;
	case FIELD_BOOL:
		strbuf_adds(out, RECORD_MEMBER(bool, field, row) ? "true" : "false");
		break;
	case FIELD_ENUM:
		strbuf_adds(out, enum_name(field->names, RECORD_MEMBER(int, field, row)));
		break;
	default:
		add_common(out, field, row);
	}
}
