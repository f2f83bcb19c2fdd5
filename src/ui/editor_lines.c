/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unilbrk.h>

#include "nucleo/base/utf8.h"
#include "nucleo/ui/editor.h"

/* One paragraph, as it is broken. */
struct paragraph {
	const char *text;
	size_t start, end;
	const char *breaks; /* for each byte, whether a line may end before it */
};

static bool may_end_before(const struct paragraph *paragraph, size_t at)
{
	return paragraph->breaks[at - paragraph->start] == UC_BREAK_POSSIBLE;
}

/* Where the line from `start` ends; at least one character further. */
static size_t line_end(const struct paragraph *paragraph, size_t start, int columns)
{
	struct strbuf scratch;
	size_t at = start, allowed = start;
	int used = 0;
	strbuf_init(&scratch);
	while (at < paragraph->end) {
		const char *next = paragraph->text + at;
		bool blank = *next == ' ';
		if (at > start && may_end_before(paragraph, at))
			allowed = at;
		used += utf8_next_grapheme(&next, &scratch);
		if (used > columns && !blank && at > start)
			break;
		strbuf_reset(&scratch);
		at = (size_t)(next - paragraph->text);
	}
	strbuf_release(&scratch);
	return at == paragraph->end || allowed == start ? at : allowed;
}

static void break_paragraph(const struct paragraph *paragraph, int columns, editor_lines *lines)
{
	size_t at = paragraph->start;
	do {
		struct editor_line line = {.start = at};
		line.end = at = line_end(paragraph, at, columns);
		line.is_last = at == paragraph->end;
		vector_push(lines, line);
	} while (at < paragraph->end);
}

void editor_break_lines(const struct strbuf *text, int columns, editor_lines *lines)
{
	char *breaks = mem_alloc(text->length + 1);
	u8_possible_linebreaks((const uint8_t *)text->data, text->length, "UTF-8", breaks);
	for (size_t start = 0;; start++) {
		size_t length = strcspn(text->data + start, "\n");
		struct paragraph paragraph = {text->data, start, start + length, breaks + start};
		break_paragraph(&paragraph, columns, lines);
		start += length;
		if (start >= text->length)
			break;
	}
	free(breaks);
}
