/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/json.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "nucleo/base/utf8.h"

void json_init(struct json_writer *json, struct strbuf *out)
{
	*json = (struct json_writer){.out = out};
}

static void begin_value(struct json_writer *json)
{
	if (json->need_comma)
		strbuf_addch(json->out, ',');
	json->need_comma = true;
}

static void open_group(struct json_writer *json, char bracket)
{
	begin_value(json);
	strbuf_addch(json->out, bracket);
	json->need_comma = false;
}

static void close_group(struct json_writer *json, char bracket)
{
	strbuf_addch(json->out, bracket);
	json->need_comma = true;
}

void json_object_begin(struct json_writer *json)
{
	open_group(json, '{');
}

void json_object_end(struct json_writer *json)
{
	close_group(json, '}');
}

void json_array_begin(struct json_writer *json)
{
	open_group(json, '[');
}

void json_array_end(struct json_writer *json)
{
	close_group(json, ']');
}

static void add_escaped(struct strbuf *out, unsigned char c)
{
	static const char plain[] = "\"\\\b\f\n\r\t";
	static const char letter[] = "\"\\bfnrt";
	const char *found = strchr(plain, c);
	if (found && c)
		strbuf_addf(out, "\\%c", letter[found - plain]);
	else
		strbuf_addf(out, "\\u%04x", c);
}

/* Bytes that go out as they are, up to `end`. */
static size_t plain_run(const char *text, const char *end)
{
	const char *at = text;
	while (at < end && (unsigned char)*at >= 0x20 && *at != '"' && *at != '\\' && *at != 0x7F)
		at++;
	return (size_t)(at - text);
}

static void add_valid(struct strbuf *out, const char *text, size_t length)
{
	const char *end = text + length;
	while (text < end) {
		size_t run = plain_run(text, end);
		strbuf_add(out, text, run);
		text += run;
		if (text < end)
			add_escaped(out, (unsigned char)*text++);
	}
}

/* Most texts begin with much of this, and many are nothing else: for these one look is enough. */
static size_t plain_ascii(const char *text, size_t length)
{
	size_t at = 0;
	while (at < length && text[at] >= 0x20 && text[at] < 0x7F && text[at] != '"' &&
	       text[at] != '\\')
		at++;
	return at;
}

static void add_quoted(struct strbuf *out, const char *text, size_t length)
{
	size_t ascii = plain_ascii(text, length);
	strbuf_addch(out, '"');
	strbuf_add(out, text, ascii);
	text += ascii;
	length -= ascii;
	while (length) {
		size_t valid = utf8_valid_prefix(text, length);
		add_valid(out, text, valid);
		if (valid < length) {
			strbuf_adds(out, "\xEF\xBF\xBD");
			valid++;
		}
		text += valid;
		length -= valid;
	}
	strbuf_addch(out, '"');
}

void json_name(struct json_writer *json, const char *name)
{
	begin_value(json);
	add_quoted(json->out, name, strlen(name));
	strbuf_addch(json->out, ':');
	json->need_comma = false;
}

void json_string_n(struct json_writer *json, const char *text, size_t length)
{
	begin_value(json);
	add_quoted(json->out, text, length);
}

void json_string(struct json_writer *json, const char *text)
{
	if (text)
		json_string_n(json, text, strlen(text));
	else
		json_null(json);
}

void json_integer(struct json_writer *json, int64_t value)
{
	begin_value(json);
	strbuf_addf(json->out, "%" PRId64, value);
}

void json_hundredths(struct json_writer *json, int64_t hundredths)
{
	int64_t size = hundredths < 0 ? -hundredths : hundredths;
	begin_value(json);
	strbuf_addf(json->out, "%s%" PRId64, hundredths < 0 ? "-" : "", size / 100);
	if (size % 10)
		strbuf_addf(json->out, ".%02" PRId64, size % 100);
	else if (size % 100)
		strbuf_addf(json->out, ".%" PRId64, size % 100 / 10);
}

void json_number(struct json_writer *json, double value)
{
	if (!isfinite(value)) {
		json_null(json);
		return;
	}
	begin_value(json);
	strbuf_addf(json->out, "%.15g", value);
}

void json_lines(struct json_writer *json, const char *text)
{
	json_array_begin(json);
	while (text && *text) {
		size_t length = strcspn(text, "\n");
		json_string_n(json, text, length);
		text += length + (text[length] == '\n');
	}
	json_array_end(json);
}

void json_bool(struct json_writer *json, bool value)
{
	begin_value(json);
	strbuf_adds(json->out, value ? "true" : "false");
}

void json_null(struct json_writer *json)
{
	begin_value(json);
	strbuf_adds(json->out, "null");
}

void json_daytime_member(struct json_writer *json, const char *name, day_minute time)
{
	struct strbuf text;
	strbuf_init(&text);
	daytime_add_iso(&text, time);
	json_string_member(json, name, text.length ? text.data : NULL);
	strbuf_release(&text);
}

void json_raw(struct json_writer *json, const char *value)
{
	begin_value(json);
	strbuf_adds(json->out, value);
}

void json_string_member(struct json_writer *json, const char *name, const char *text)
{
	json_name(json, name);
	json_string(json, text);
}

void json_integer_member(struct json_writer *json, const char *name, int64_t value)
{
	json_name(json, name);
	json_integer(json, value);
}

void json_number_member(struct json_writer *json, const char *name, int64_t number)
{
	json_name(json, name);
	if (number)
		json_integer(json, number);
	else
		json_null(json);
}
