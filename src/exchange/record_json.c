/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_json.h"

#include <math.h>
#include <string.h>

#include "nucleo/base/json.h"
#include "nucleo/model/records.h"

static void add_list(struct json_writer *json, const char *items)
{
	json_array_begin(json);
	for (; items && *items; items += *items == '\n') {
		size_t length = strcspn(items, "\n");
		json_string_n(json, items, length);
		items += length;
	}
	json_array_end(json);
}

static void add_number(struct json_writer *json, double value)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%.15g", value);
	if (isfinite(value))
		json_raw(json, text.data);
	else
		json_null(json);
	strbuf_release(&text);
}

/* Dates, times and words of a set are strings as they are stored. */
static void add_stored(struct json_writer *json, const struct field *field, const void *row)
{
	struct strbuf text;
	strbuf_init(&text);
	record_add_value(&text, field, row);
	json_string(json, text.data);
	strbuf_release(&text);
}

static void add_value(struct json_writer *json, const struct field *field, const void *row)
{
	if (record_is_null(field, row)) {
		json_null(json);
		return;
	}
	switch (field->type) {
	case FIELD_LIST:
		add_list(json, RECORD_MEMBER(char *, field, row));
		break;
	case FIELD_INTEGER:
		json_integer(json, RECORD_MEMBER(int64_t, field, row));
		break;
	case FIELD_NUMBER:
		add_number(json, RECORD_MEMBER(double, field, row));
		break;
	case FIELD_PERCENT:
		json_hundredths(json, RECORD_MEMBER(percent_hundredths, field, row));
		break;
	case FIELD_BOOL:
		json_bool(json, RECORD_MEMBER(bool, field, row));
		break;
	case FIELD_TEXT:
		json_string(json, RECORD_MEMBER(char *, field, row));
		break;
	case FIELD_DATE:
	case FIELD_TIME:
	case FIELD_ENUM:
		add_stored(json, field, row);
		break;
	}
}

/* The two columns of a decision go out as one object, null when there is none. */
static bool is_decision(const struct record_kind *kind, const struct field *field)
{
	return kind->id == RECORD_RESOLUTION && strncmp(field->name, "decision_", 9) == 0;
}

static void add_decision(struct json_writer *json, const struct resolution *resolution)
{
	json_name(json, "decision");
	if (resolution->decision_kind == ENUM_NONE) {
		json_null(json);
		return;
	}
	json_object_begin(json);
	json_name(json, "number");
	json_string(json, resolution->decision_number);
	json_name(json, "kind");
	json_string(json, enum_name(&decision_kind_names, resolution->decision_kind));
	json_object_end(json);
}

void record_add_json(struct strbuf *out, const struct record_kind *kind, const void *row)
{
	struct json_writer json;
	json_init(&json, out);
	json_object_begin(&json);
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];
		if (!field->label || is_decision(kind, field))
			continue;
		json_name(&json, field->name);
		add_value(&json, field, row);
	}
	if (kind->id == RECORD_RESOLUTION)
		add_decision(&json, row);
	json_object_end(&json);
}
