/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/text_decode.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

int text_line_of(const char *bytes, size_t at)
{
	int line = 1;
	for (size_t i = 0; i < at; i++)
		line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
	return line;
}

/* ---- UTF-16 */

bool text_is_utf16(const char *bytes, size_t length)
{
	return length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 ||
			       memcmp(bytes, "\xFE\xFF", 2) == 0);
}

static uint32_t unit_at(const char *bytes, size_t at, bool is_big)
{
	uint32_t first = (unsigned char)bytes[at], second = (unsigned char)bytes[at + 1];
	return is_big ? first << 8 | second : second << 8 | first;
}

enum { HIGH_HALF = 0xD800, LOW_HALF = 0xDC00, HALVES_END = 0xE000 };

/* The character at `*at`, which moves behind it; 0 for none: zero, or half a character. */
static uint32_t next_utf16(const char *bytes, size_t length, size_t *at, bool is_big)
{
	uint32_t unit = unit_at(bytes, *at, is_big);
	*at += 2;
	if (unit < HIGH_HALF || unit >= HALVES_END)
		return unit;
	if (unit >= LOW_HALF || *at >= length)
		return 0;
	uint32_t low = unit_at(bytes, *at, is_big);
	*at += 2;
	if (low < LOW_HALF || low >= HALVES_END)
		return 0;
	return 0x10000 + ((unit - HIGH_HALF) << 10) + (low - LOW_HALF);
}

enum rc text_from_utf16(const char *bytes, size_t length, struct strbuf *out, struct error *err)
{
	bool is_big = length && (unsigned char)bytes[0] == 0xFE;
	size_t before = out->length, at = 2;
	uint32_t c = 1;
	while (length % 2 == 0 && at < length && (c = next_utf16(bytes, length, &at, is_big)) != 0)
		utf8_append(out, c);
	if (length % 2 == 0 && c)
		return RC_OK;
	int line = text_line_of(out->data + before, out->length - before);
	strbuf_truncate(out, before);
	if (length % 2)
		return error_set(err, RC_INVALID,
				 _("el texto UTF-16 está cortado; guarde el archivo de nuevo"));
	return error_set(err, RC_INVALID,
			 _("la línea %d no es UTF-16, como dice el comienzo del archivo; guárdelo "
			   "en UTF-8"),
			 line);
}

/* ---- UTF-8 and Windows-1252 */

static bool is_control(unsigned char c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v') ||
	       c == 0x7F;
}

/* A few stray controls are dirt of a conversion; many, or a zero, mean binary. */
static enum rc check_is_text(const char *bytes, size_t length, struct text_decoding *decoding,
			     struct error *err)
{
	for (size_t i = 0; i < length; i++) {
		if (!bytes[i])
			return error_set(err, RC_INVALID,
					 _("no es un texto: hay un byte nulo en la línea %d"),
					 text_line_of(bytes, i));
		decoding->control_count += is_control((unsigned char)bytes[i]);
	}
	if (decoding->control_count * 50 > length)
		return error_set(err, RC_INVALID,
				 _("no es un texto: contiene demasiados caracteres de control"));
	return RC_OK;
}

/* What Spanish text has above ASCII; the rest of the code page says that it is another one. */
static bool is_plausible(uint32_t c)
{
	static const char *const marks = "¿¡«»ºª°“”‘’„–—…€·•§´²³½¼¾™®©\u00A0\u00AD";
	if (c >= 0xC0 && c < 0xFF)
		return c != 0xD0 && c != 0xD7 && c != 0xDE && c != 0xF0 && c != 0xF7 && c != 0xFE;
	for (const char *at = marks; *at;)
		if (utf8_next(&at) == c)
			return true;
	return c == 0x160 || c == 0x161 || c == 0x17D || c == 0x17E || c == 0x152 || c == 0x153;
}

static bool is_plausible_cp1252(const char *text)
{
	size_t high = 0, odd = 0, all = 0;
	uint32_t c;
	while ((c = utf8_next(&text)) != 0) {
		all++;
		high += c >= 0x80;
		odd += c >= 0x80 && !is_plausible(c);
	}
	return odd * 4 <= high && high * 3 <= all;
}

/* Text with good UTF-8 sequences in it and a few bad bytes is damaged UTF-8: read as
 * Windows-1252 every accent would turn into two signs. */
static bool is_mostly_utf8(const char *bytes, size_t length)
{
	size_t good = 0, bad = 0, at = 0;
	while (at < length) {
		size_t valid = utf8_valid_prefix(bytes + at, length - at);
		for (size_t i = at; i < at + valid; i++)
			good += (unsigned char)bytes[i] >= 0xC0;
		at += valid;
		bad += at < length;
		at++;
	}
	return good >= bad;
}

static enum rc to_utf8(const char *bytes, size_t length, struct strbuf *out,
		       struct text_decoding *decoding, struct error *err)
{
	size_t valid = utf8_valid_prefix(bytes, length);
	if (valid == length) {
		strbuf_add(out, bytes, length);
		return RC_OK;
	}
	decoding->is_cp1252 = true;
	if (!is_mostly_utf8(bytes, length) && utf8_from_cp1252(out, bytes, length) &&
	    is_plausible_cp1252(out->data))
		return RC_OK;
	return error_set(err, RC_INVALID,
			 _("la línea %d no es UTF-8 ni Windows-1252; guarde el texto en UTF-8"),
			 text_line_of(bytes, valid));
}

static bool is_wide_blank(uint32_t c)
{
	return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
	       c == 0x3000 || c == '\v' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_invisible(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\f') || (c >= 0x7F && c < 0xA0) ||
	       (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

static bool is_accent(uint32_t c)
{
	return c >= 0x300 && c < 0x370;
}

/* Letters a printer joined, which a PDF gives back as one: "ﬁ" is no part of any word. */
static const char *joined_letters(uint32_t c)
{
	static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
	return c >= 0xFB00 && c - 0xFB00 < ARRAY_COUNT(letters) ? letters[c - 0xFB00] : NULL;
}

/* Some programs write "é" as "e" and an accent behind it: one letter from here on. */
static bool compose_last(struct strbuf *out, size_t last, uint32_t accent)
{
	const char *at = out->data + last;
	uint32_t letter = last < out->length ? utf8_next(&at) : 0;
	uint32_t composed = letter ? utf8_compose(letter, accent) : 0;
	if (!composed)
		return false;
	strbuf_truncate(out, last);
	utf8_append(out, composed);
	return true;
}

void text_clean(const char *text, struct strbuf *out)
{
	const char *at = text;
	size_t last = out->length; /* where the last character begins */
	uint32_t c;
	while ((c = utf8_next(&at)) != 0) {
		if (is_accent(c) && compose_last(out, last, c))
			continue;
		last = out->length;
		if (c == '\n' || (c == '\r' && *at != '\n'))
			strbuf_addch(out, '\n');
		else if (c == 0xAD && (*at == '\n' || *at == '\r'))
			strbuf_addch(out, '-');
		else if (is_wide_blank(c))
			strbuf_addch(out, ' ');
		else if (joined_letters(c))
			strbuf_adds(out, joined_letters(c));
		else if (c != 0xAD && !is_invisible(c))
			utf8_append(out, c);
	}
}

enum rc text_decode(const char *bytes, size_t length, struct strbuf *out,
		    struct text_decoding *decoding, struct error *err)
{
	struct strbuf text;
	struct text_decoding found = {0};
	strbuf_init(&text);
	enum rc rc = check_is_text(bytes, length, &found, err);
	if (rc == RC_OK)
		rc = to_utf8(bytes, length, &text, &found, err);
	if (rc == RC_OK) {
		text_clean(text.data, out);
		*decoding = found;
	}
	strbuf_release(&text);
	return rc;
}
