/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_JSON_H
#define NUCLEO_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/date.h"
#include "nucleo/base/strbuf.h"

/**
 * Writes JSON (RFC 8259) into a text buffer; commas are placed by the writer.
 * Reading JSON is SQLite's work (src/store). Output is always valid UTF-8:
 * invalid bytes become U+FFFD.
 */
struct json_writer {
	struct strbuf *out;
	bool need_comma;
};

void json_init(struct json_writer *json, struct strbuf *out);
void json_object_begin(struct json_writer *json);
void json_object_end(struct json_writer *json);
void json_array_begin(struct json_writer *json);
void json_array_end(struct json_writer *json);
/** The name of the value written next. */
void json_name(struct json_writer *json, const char *name);
/** A string, or null for NULL. */
void json_string(struct json_writer *json, const char *text);
void json_string_n(struct json_writer *json, const char *text, size_t length);
void json_integer(struct json_writer *json, int64_t value);
/** A number with 15 significant digits, or null for one that is not finite. */
void json_number(struct json_writer *json, double value);
/** An array of strings, the lines of `text`; empty for NULL or "". */
void json_lines(struct json_writer *json, const char *text);
/** A number from hundredths: 3850 is 38.5. */
void json_hundredths(struct json_writer *json, int64_t hundredths);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);
/** A member: its name, and the string (or null) or the number. */
void json_string_member(struct json_writer *json, const char *name, const char *text);
void json_integer_member(struct json_writer *json, const char *name, int64_t value);
/** As json_integer_member() for a number that counts from 1: null for 0. */
void json_number_member(struct json_writer *json, const char *name, int64_t number);
/** "15:00"; null for DAY_MINUTE_NONE. */
void json_daytime_member(struct json_writer *json, const char *name, day_minute time);
/** A value that is JSON already. */
void json_raw(struct json_writer *json, const char *value);

#endif
