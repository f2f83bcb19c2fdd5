/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "nucleo/sync/log_parts.h"

/* Moves over an expected text; false when something else stands there. */
static bool skip(const char **at, const char *end, const char *expected)
{
	size_t length = strlen(expected);
	if ((size_t)(end - *at) < length || memcmp(*at, expected, length) != 0)
		return false;
	*at += length;
	return true;
}

/* Copies `count` lower-case hexadecimal digits. */
static bool take_digits(const char **at, const char *end, char *out, size_t count)
{
	if ((size_t)(end - *at) < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		char c = (*at)[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
		out[i] = c;
	}
	out[count] = '\0';
	*at += count;
	return true;
}

bool operation_start_read(struct operation_start *start, const char *text, size_t length)
{
	const char *at = text, *end = text + length;
	return skip(&at, end, "{\"op\":\"") &&
	       take_digits(&at, end, start->id.hex, sizeof(start->id.hex) - 1) &&
	       skip(&at, end, "\",\"parent\":\"") &&
	       take_digits(&at, end, start->parent.hex, sizeof(start->parent.hex) - 1) &&
	       skip(&at, end, "\"");
}

bool log_set_parent(char *text, size_t length, const struct digest *parent)
{
	struct operation_start start;
	const size_t at = strlen("{\"op\":\"") + sizeof(start.id.hex) - 1 +
			  strlen("\",\"parent\":\"");
	if (!operation_start_read(&start, text, length))
		return false;
	memcpy(text + at, parent->hex, sizeof(parent->hex) - 1);
	return true;
}

static void add_seal(struct strbuf *out, int64_t number, size_t length, const struct digest *hash)
{
	strbuf_addf(out, "\n{\"number\":%" PRId64 ",\"length\":%zu,\"hash\":\"%s\"}\n", number,
		    length, hash->hex);
}

void frame_add(struct strbuf *out, int64_t number, const char *text, size_t length)
{
	struct digest hash = digest_of(text, length);
	strbuf_add(out, text, length);
	add_seal(out, number, length, &hash);
}

/* The seal that the text should have is written anew and compared: nothing in it is parsed. */
static bool is_sealed(const struct framed *framed, int64_t number, const char *seal, size_t length)
{
	struct strbuf expected;
	strbuf_init(&expected);
	add_seal(&expected, number, framed->length, &framed->hash);
	bool is_same = expected.length == length && memcmp(expected.data, seal, length) == 0;
	strbuf_release(&expected);
	return is_same;
}

bool frame_read(struct framed *framed, int64_t number, const char *bytes, size_t length)
{
	if (length < 2 || length > FRAME_LIMIT)
		return false;
	const char *seal = memrchr(bytes, '\n', length - 1);
	if (!seal || (size_t)(seal - bytes) > LOG_TEXT_LIMIT)
		return false;
	framed->text = bytes;
	framed->length = (size_t)(seal - bytes);
	framed->hash = digest_of(framed->text, framed->length);
	return is_sealed(framed, number, seal, length - framed->length) &&
	       operation_start_read(&framed->start, framed->text, framed->length);
}
