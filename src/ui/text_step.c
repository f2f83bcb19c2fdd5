/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/text_step.h"

#include <string.h>

#include "nucleo/base/utf8.h"

size_t text_line_start(const char *text, size_t at)
{
	while (at && text[at - 1] != '\n')
		at--;
	return at;
}

size_t text_line_end(const char *text, size_t at)
{
	return at + strcspn(text + at, "\n");
}

static const char *next_character(const char *at)
{
	struct strbuf scratch;
	strbuf_init(&scratch);
	if (*at)
		utf8_next_grapheme(&at, &scratch);
	strbuf_release(&scratch);
	return at;
}

/* No character goes over a line end: what leads to `at` begins at the start of its line. */
size_t text_character_before(const char *text, size_t at)
{
	const char *here = text + at, *last = here;
	if (at && here[-1] == '\n')
		return at - 1;
	for (const char *next = text + text_line_start(text, at); next < here;) {
		last = next;
		next = next_character(next);
	}
	return (size_t)(last - text);
}

size_t text_character_after(const char *text, size_t at)
{
	return (size_t)(next_character(text + at) - text);
}

size_t text_whole_character(const char *text, size_t at)
{
	const char *next = text + text_line_start(text, at);
	while (next < text + at)
		next = next_character(next);
	return (size_t)(next - text);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

size_t text_word_before(const char *text, size_t at)
{
	while (at && is_blank(text[at - 1]))
		at--;
	while (at && !is_blank(text[at - 1]))
		at--;
	return at;
}

size_t text_word_after(const char *text, size_t at)
{
	while (is_blank(text[at]))
		at++;
	while (text[at] && !is_blank(text[at]))
		at++;
	return at;
}
