/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/wrap.h"

#include <string.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/base/utf8.h"

/* End of the longest line of [text, stop) at most `columns` wide, no matter the words. */
static const char *widest(const char *text, const char *stop, int columns)
{
	struct strbuf scratch;
	const char *at = text;
	int used = 0;
	strbuf_init(&scratch);
	while (at < stop) {
		const char *next = at;
		strbuf_reset(&scratch);
		used += utf8_next_grapheme(&next, &scratch);
		if (used > columns && at > text)
			break;
		at = next;
	}
	strbuf_release(&scratch);
	return at;
}

static const char *trim_end(const char *start, const char *end)
{
	while (end > start && end[-1] == ' ')
		end--;
	return end;
}

/* Where the line from `start` ends; a word is broken only when it fills the line alone. */
static const char *line_end(const char *start, const char *stop, int columns)
{
	const char *cut = widest(start, stop, columns);
	if (cut == stop || *cut == ' ')
		return cut;
	for (const char *at = cut; at > start; at--)
		if (at[-1] == ' ' && trim_end(start, at) > start)
			return at;
	return cut;
}

void wrap_text(const char *text, int columns, wrap_lines *lines)
{
	const char *at = text;
	for (;;) {
		const char *stop = at + strcspn(at, "\n");
		do {
			const char *end = line_end(at, stop, columns);
			struct wrap_line line = {(size_t)(at - text),
						 (size_t)(trim_end(at, end) - at)};
			vector_push(lines, line);
			at = end + strspn(end, " ");
		} while (at < stop);
		if (!*stop)
			return;
		at = stop + 1;
	}
}
