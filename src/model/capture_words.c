/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/capture_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "nucleo/base/utf8.h"

/* Columns of what a message quotes. */
enum { BRIEF = 24 };

static bool is_wide_blank(uint32_t c)
{
	return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

size_t capture_blank(const char *text)
{
	unsigned char first = (unsigned char)*text;
	if (first < 0x80)
		return first == ' ' || (first >= '\t' && first <= '\r');
	const char *next = text;
	return is_wide_blank(utf8_next(&next)) ? (size_t)(next - text) : 0;
}

size_t capture_skip_blanks(const char *text, size_t at)
{
	for (size_t used; (used = capture_blank(text + at)) != 0;)
		at += used;
	return at;
}

size_t capture_word_end(const char *text, size_t at)
{
	while (text[at] && !capture_blank(text + at)) {
		const char *next = text + at;
		utf8_next(&next);
		at = (size_t)(next - text);
	}
	return at;
}

size_t capture_word_close(const char *text, size_t at, size_t end)
{
	size_t close = at;
	while (at < end) {
		size_t punctuation = utf8_span(text + at, ",.;:)]}»”\"'!?…");
		const char *next = text + at + punctuation;
		if (at + punctuation >= end)
			break;
		utf8_next(&next);
		at = close = (size_t)(next - text);
	}
	return close;
}

static const struct {
	const char *open, *close;
} quotes[] = {{"\"", "\""}, {"“", "”"}, {"«", "»"}};

bool capture_is_quote(const char *text, size_t at)
{
	for (size_t i = 0; i < ARRAY_COUNT(quotes); i++)
		if (strncmp(text + at, quotes[i].open, strlen(quotes[i].open)) == 0)
			return true;
	return false;
}

size_t capture_quoted(const char *text, size_t at, size_t most, struct prose_span *inside)
{
	for (size_t i = 0; i < ARRAY_COUNT(quotes); i++) {
		size_t open = strlen(quotes[i].open), close = strlen(quotes[i].close);
		if (strncmp(text + at, quotes[i].open, open) != 0)
			continue;
		for (size_t end = at + open; text[end] && end < at + open + most; end++) {
			if (strncmp(text + end, quotes[i].close, close) != 0)
				continue;
			*inside = (struct prose_span){at + open, end - at - open};
			return end + close;
		}
	}
	return 0;
}

char *capture_words(const char *text, struct prose_span span)
{
	struct strbuf words;
	size_t end = span.start + span.length;
	strbuf_init(&words);
	for (size_t at = capture_skip_blanks(text, span.start); at < end;) {
		size_t to = capture_word_end(text, at);
		size_t blank = words.length;
		if (blank)
			strbuf_addch(&words, ' ');
		size_t before = words.length;
		utf8_add_clean(&words, text + at, (to < end ? to : end) - at);
		if (words.length == before)
			strbuf_truncate(&words, blank);
		at = capture_skip_blanks(text, to);
	}
	return strbuf_detach(&words);
}

char *capture_brief(const char *text, struct prose_span span)
{
	struct strbuf brief;
	char *words = capture_words(text, span);
	strbuf_init(&brief);
	utf8_fit(&brief, words, BRIEF);
	free(words);
	return strbuf_detach(&brief);
}

char *capture_say(const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	size_t size = length < 0 ? 1 : (size_t)length + 1;
	char *text = mem_alloc(size);
	text[0] = '\0';
	vsnprintf(text, size, format, again);
	va_end(again);
	va_end(arguments);
	return text;
}
