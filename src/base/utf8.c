/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#define REPLACEMENT 0xFFFDu
#define N_TILDE 0xF1u

/* Length of the valid character at `bytes`, 0 when there is none. */
static size_t decode(const char *bytes, size_t length, uint32_t *character)
{
	utf8proc_int32_t c;
	if (!length)
		return 0;
	if ((unsigned char)bytes[0] < 0x80) {
		*character = (unsigned char)bytes[0];
		return 1;
	}
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)bytes,
						 length > 4 ? 4 : (utf8proc_ssize_t)length, &c);
	if (used <= 0)
		return 0;
	*character = (uint32_t)c;
	return (size_t)used;
}

size_t utf8_valid_prefix(const char *bytes, size_t length)
{
	size_t at = 0, used = 1;
	uint32_t c;
	while (at < length && used) {
		while (at < length && (unsigned char)bytes[at] < 0x80)
			at++;
		used = decode(bytes + at, length - at, &c);
		at += used;
	}
	return at;
}

bool utf8_is_valid(const char *bytes, size_t length)
{
	return utf8_valid_prefix(bytes, length) == length;
}

uint32_t utf8_next(const char **text)
{
	uint32_t c;
	if (!**text)
		return 0;
	size_t used = decode(*text, strnlen(*text, 4), &c);
	*text += used ? used : 1;
	return used ? c : REPLACEMENT;
}

static size_t bytes_of_character(char first)
{
	unsigned char byte = (unsigned char)first;
	return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 0;
}

bool utf8_complete(struct utf8_pieces *pieces, char byte, uint32_t *character)
{
	const char *text = pieces->bytes;
	bool is_letter = (unsigned char)byte < 0x80;
	if (is_letter || bytes_of_character(byte))
		pieces->count = 0;
	*character = (unsigned char)byte;
	if (is_letter)
		return true;
	pieces->bytes[pieces->count++] = byte;
	pieces->bytes[pieces->count] = '\0';
	if (pieces->count < bytes_of_character(*text))
		return false;
	*character = utf8_next(&text);
	bool is_whole = pieces->count > 1 && text == pieces->bytes + pieces->count;
	pieces->count = 0;
	return is_whole;
}

void utf8_append(struct strbuf *out, uint32_t character)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t length = utf8proc_encode_char((utf8proc_int32_t)character, bytes);
	strbuf_add(out, (const char *)bytes, (size_t)length);
}

/* What must never reach a terminal: controls and the marks that reorder text. */
static bool is_hidden(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
	       (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static int character_width(uint32_t c)
{
	if (c < 0x80)
		return 1;
	int width = wcwidth((wchar_t)c);
	return width < 0 ? 0 : width;
}

int utf8_next_grapheme(const char **text, struct strbuf *out)
{
	utf8proc_int32_t state = 0;
	/* Most text: no mark can follow in ASCII, and a screen is drawn at every key. */
	if (**text >= ' ' && **text < 0x7F && !((*text)[1] & 0x80)) {
		strbuf_addch(out, *(*text)++);
		return 1;
	}
	uint32_t c = utf8_next(text);
	if (!c || is_hidden(c))
		return 0;
	utf8_append(out, c);
	int width = character_width(c);
	for (;;) {
		const char *ahead = *text;
		uint32_t next = utf8_next(&ahead);
		if (!next || is_hidden(next) ||
		    utf8proc_grapheme_break_stateful((utf8proc_int32_t)c, (utf8proc_int32_t)next,
						     &state))
			return width;
		utf8_append(out, next);
		if (character_width(next) > width)
			width = character_width(next);
		c = next;
		*text = ahead;
	}
}

static bool is_line_end(uint32_t c)
{
	return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

void utf8_add_clean(struct strbuf *out, const char *bytes, size_t length)
{
	uint32_t before = 0;
	for (size_t at = 0; at < length;) {
		uint32_t c = REPLACEMENT;
		size_t used = decode(bytes + at, length - at, &c);
		at += used ? used : 1;
		if (is_line_end(c) && !(c == '\n' && before == '\r'))
			strbuf_addch(out, '\n');
		else if (c == '\t')
			strbuf_addch(out, ' ');
		else if (!is_hidden(c))
			utf8_append(out, c);
		before = c;
	}
}

static bool is_among(uint32_t c, const char *set)
{
	for (uint32_t member; (member = utf8_next(&set)) != 0;)
		if (member == c)
			return true;
	return false;
}

size_t utf8_span(const char *text, const char *set)
{
	const char *at = text, *ahead = text;
	for (uint32_t c; (c = utf8_next(&ahead)) != 0 && is_among(c, set);)
		at = ahead;
	return (size_t)(at - text);
}

bool utf8_is_alphanumeric(uint32_t character)
{
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
	       (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

int utf8_width(const char *text)
{
	struct strbuf scratch;
	int width = 0;
	strbuf_init(&scratch);
	while (*text) {
		width += utf8_next_grapheme(&text, &scratch);
		strbuf_reset(&scratch);
	}
	strbuf_release(&scratch);
	return width;
}

int utf8_fit(struct strbuf *out, const char *text, int columns)
{
	int used = 0, used_before_last = 0;
	size_t before_last = out->length;
	if (columns <= 0)
		return 0;
	while (*text) {
		size_t mark = out->length;
		int width = utf8_next_grapheme(&text, out);
		if (used + width > columns) {
			strbuf_truncate(out, used == columns ? before_last : mark);
			strbuf_adds(out, "…");
			return (used == columns ? used_before_last : used) + 1;
		}
		if (width && used < columns && used + width == columns) {
			before_last = mark;
			used_before_last = used;
		}
		used += width;
	}
	return used;
}

size_t utf8_fit_words(const char *text, int columns)
{
	struct strbuf scratch;
	const char *at = text, *word = NULL;
	int used = 0;
	if (utf8_width(text) <= columns)
		return strlen(text);
	strbuf_init(&scratch);
	while (*at) {
		const char *next = at;
		used += utf8_next_grapheme(&next, &scratch);
		if (used > columns - 1)
			break;
		if (*at == ' ')
			word = at;
		at = next;
	}
	strbuf_release(&scratch);
	return (size_t)((word && *at != ' ' ? word : at) - text);
}

uint32_t utf8_compose(uint32_t letter, uint32_t mark)
{
	utf8proc_int32_t pair[2] = {(utf8proc_int32_t)letter, (utf8proc_int32_t)mark};
	utf8proc_ssize_t length =
		utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	return length == 1 ? (uint32_t)pair[0] : 0;
}

/* Most text is ASCII and Latin-1: fold it by table, the rest by utf8proc. */
static const char *fold_latin1(uint32_t c)
{
	static const char *const table[64] = {
		"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
		"d", "n", "o", "o", "o", "o", "o",  "x", "o", "u", "u", "u", "u", "y", "th", "ss",
		"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
		"d", "n", "o", "o", "o", "o", "o",  "/", "o", "u", "u", "u", "u", "y", "th", "y",
	};
	return c >= 0xC0 && c <= 0xFF ? table[c - 0xC0] : NULL;
}

static void fold_other(struct strbuf *out, uint32_t c)
{
	utf8proc_int32_t folded[8];
	int boundary = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char(
		(utf8proc_int32_t)c, folded, 8,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
		&boundary);
	for (utf8proc_ssize_t i = 0; i < count && i < 8; i++)
		utf8_append(out, (uint32_t)folded[i]);
}

static void fold_character(struct strbuf *out, uint32_t c)
{
	const char *latin = fold_latin1(c);
	if (c < 0x80)
		strbuf_addch(out, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
	else if (latin)
		strbuf_adds(out, latin);
	else
		fold_other(out, c);
}

/* Texts by the hundred thousand are folded for a filter: plain letters go in runs. */
static const char *fold_ascii_run(struct strbuf *out, const char *text)
{
	size_t length = 0, before = out->length;
	while (text[length] && (unsigned char)text[length] < 0x80)
		length++;
	strbuf_add(out, text, length);
	for (char *c = out->data + before; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
	return text + length;
}

void utf8_fold(struct strbuf *out, const char *text)
{
	while (*text) {
		uint32_t c = 0;
		if ((unsigned char)*text < 0x80)
			text = fold_ascii_run(out, text);
		else if ((c = utf8_next(&text)) != 0)
			fold_character(out, c);
	}
}

char *utf8_sort_key(const char *text)
{
	struct strbuf key;
	uint32_t c;
	strbuf_init(&key);
	while ((c = utf8_next(&text)) != 0) {
		const char *ahead = text;
		bool tilde = utf8_next(&ahead) == 0x303;
		fold_character(&key, c);
		if (c == N_TILDE || c == 0xD1u || ((c == 'n' || c == 'N') && tilde))
			strbuf_addch(&key, '~');
	}
	return strbuf_detach(&key);
}

void utf8_add_lower(struct strbuf *out, const char *text)
{
	uint32_t c;
	while ((c = utf8_next(&text)) != 0)
		utf8_append(out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)c));
}

/* Numbers are padded to the digits of the largest that matter. */
char *utf8_natural_key(const char *text)
{
	enum { DIGITS = 9 };
	struct strbuf padded;
	char *key = utf8_sort_key(text);
	strbuf_init(&padded);
	for (const char *at = key; *at;) {
		size_t digits = strspn(at, "0123456789");
		for (size_t i = digits; digits && i < DIGITS; i++)
			strbuf_addch(&padded, '0');
		strbuf_add(&padded, at, digits ? digits : 1);
		at += digits ? digits : 1;
	}
	free(key);
	return strbuf_detach(&padded);
}

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool utf8_equal_folded(const char *a, const char *b)
{
	/* Most names that differ do so in their first letter: folding them says no more. */
	if (is_ascii_letter(*a) && is_ascii_letter(*b) && ((*a ^ *b) & 0xDF))
		return false;
	struct strbuf fa, fb;
	strbuf_init(&fa);
	strbuf_init(&fb);
	utf8_fold(&fa, a);
	utf8_fold(&fb, b);
	bool equal = strcmp(fa.data, fb.data) == 0;
	strbuf_release(&fa);
	strbuf_release(&fb);
	return equal;
}

bool utf8_has_words(const char *text, const char *folded_words)
{
	struct strbuf hay, word;
	bool all = true;
	strbuf_init(&hay);
	strbuf_init(&word);
	utf8_fold(&hay, text);
	while (all && *(folded_words += strspn(folded_words, " \t"))) {
		size_t length = strcspn(folded_words, " \t");
		strbuf_reset(&word);
		strbuf_add(&word, folded_words, length);
		all = strstr(hay.data, word.data) != NULL;
		folded_words += length;
	}
	strbuf_release(&hay);
	strbuf_release(&word);
	return all;
}

bool utf8_from_cp1252(struct strbuf *out, const char *bytes, size_t length)
{
	/* https://encoding.spec.whatwg.org/index-windows-1252.txt, 0x80 to 0x9F; 0 = undefined */
	static const uint16_t high[32] = {
		0x20AC, 0,	0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,	0x017D, 0,
		0,	0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,	0x017E, 0x0178,
	};
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		uint32_t c = byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
		if (!c && byte)
			return false;
		utf8_append(out, c);
	}
	return true;
}
