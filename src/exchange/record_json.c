/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_json.h"

#include <string.h>

#include "nucleo/model/records.h"

/* Dates and times are strings as they are stored. */
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
		json_lines(json, RECORD_MEMBER(char *, field, row));
		break;
	case FIELD_INTEGER:
		json_integer(json, RECORD_MEMBER(int64_t, field, row));
		break;
	case FIELD_NUMBER:
		json_number(json, RECORD_MEMBER(double, field, row));
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
	case FIELD_ENUM:
		json_string(json, enum_name(field->names, RECORD_MEMBER(int, field, row)));
		break;
	case FIELD_DATE:
	case FIELD_TIME:
		add_stored(json, field, row);
		break;
	}
}

void record_add_json_field(struct json_writer *json, const struct field *field, const void *row)
{
	json_name(json, field->name);
	add_value(json, field, row);
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

/* What has no code people call it by is named by its key. */
static bool is_named_by_key(const struct record_kind *kind)
{
	return kind->id == RECORD_PROGRESS || kind->id == RECORD_BLOCKER ||
	       kind->id == RECORD_INDICATOR || kind->id == RECORD_DOCUMENT ||
	       kind->id == RECORD_PERSON;
}

static int64_t key_of(const void *row)
{
	int64_t key;
	memcpy(&key, row, sizeof(key)); /* RECORD_HEAD begins with it */
	return key;
}

void record_add_json_members(struct json_writer *json, const struct record_kind *kind,
			     const void *row)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];
		if (!field->label || is_decision(kind, field))
			continue;
		record_add_json_field(json, field, row);
	}
	if (kind->id == RECORD_RESOLUTION)
		add_decision(json, row);
	if (is_named_by_key(kind))
		json_integer_member(json, "key", key_of(row));
}

void record_add_json(struct strbuf *out, const struct record_kind *kind, const void *row)
{
	struct json_writer json;
	json_init(&json, out);
	json_object_begin(&json);
	record_add_json_members(&json, kind, row);
	json_object_end(&json);
}
