/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/paper.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"

enum { PAPER_COLUMNS = 72, FACT_COLUMNS = 9, POINT_INDENT = 2, POINT_COLUMNS = 3 };

void paper_init(struct paper *paper, struct strbuf *out, enum paper_format format)
{
	*paper = (struct paper){.out = out, .format = format};
}

/* ---- text of any origin */

/* As one line in an empty buffer: blanks of any kind are one space. */
static void add_line(struct strbuf *out, const char *text)
{
	struct strbuf clean;
	strbuf_init(&clean);
	utf8_add_clean(&clean, text, strlen(text));
	for (const char *word = clean.data; *(word += strspn(word, " \n"));) {
		size_t length = strcspn(word, " \n");
		if (out->length)
			strbuf_addch(out, ' ');
		strbuf_add(out, word, length);
		word += length;
	}
	strbuf_release(&clean);
}

/* Whether a line that begins so would begin a list, a heading or a quotation. */
static bool begins_block(const char *line)
{
	size_t digits = strspn(line, "0123456789");
	bool is_numbered = digits && (line[digits] == '.' || line[digits] == ')');
	return is_numbered || strchr("#+-=>~", *line);
}

/* A backslash before a mark makes it a letter like any other; none may stand before a digit. */
static void add_escaped(struct strbuf *out, const char *line)
{
	if (*line && begins_block(line)) {
		size_t digits = strspn(line, "0123456789");
		strbuf_add(out, line, digits);
		strbuf_addf(out, "\\%c", line[digits]);
		line += digits + 1;
	}
	for (; *line; line++) {
		if (strchr("\\`*_[]<>|~&$", *line))
			strbuf_addch(out, '\\');
		strbuf_addch(out, *line);
	}
}

static void add_text(struct paper *paper, const char *text)
{
	struct strbuf line;
	strbuf_init(&line);
	add_line(&line, text);
	add_escaped(paper->out, line.data);
	strbuf_release(&line);
}

static void pad(struct strbuf *out, int columns)
{
	strbuf_addf(out, "%*s", columns > 0 ? columns : 0, "");
}

/* Writes words from `column` on, and lines after the first from `indent` on. */
static void add_wrapped(struct strbuf *out, int column, int indent, const char *text)
{
	struct strbuf line, word;
	int start = column;
	strbuf_init(&line);
	strbuf_init(&word);
	add_line(&line, text);
	for (const char *at = line.data; *(at += strspn(at, " "));) {
		size_t length = strcspn(at, " ");
		strbuf_reset(&word);
		strbuf_add(&word, at, length);
		at += length;
		int width = utf8_width(word.data);
		if (column > start && column + 1 + width > PAPER_COLUMNS) {
			strbuf_addch(out, '\n');
			pad(out, indent);
			column = start = indent;
		} else if (column > start) {
			strbuf_addch(out, ' ');
			column++;
		}
		strbuf_adds(out, word.data);
		column += width;
	}
	strbuf_addch(out, '\n');
	strbuf_release(&word);
	strbuf_release(&line);
}

/* ---- blocks */

/* Blocks of one kind may follow each other without a blank line. */
static void begin(struct paper *paper, enum paper_block block)
{
	bool follows = paper->last == block && (block == PAPER_FACT || block == PAPER_POINT);
	if (paper->last != PAPER_NOTHING && !follows)
		strbuf_addch(paper->out, '\n');
	paper->last = block;
}

/* As wide as the widest of the lines written from `from` on. */
static void underline(struct strbuf *out, size_t from, char mark)
{
	int widest = 0;
	char *text = mem_strdup(out->data + from);
	for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		int width = utf8_width(line);
		widest = width > widest ? width : widest;
	}
	free(text);
	for (int i = 0; i < widest; i++)
		strbuf_addch(out, mark);
	strbuf_addch(out, '\n');
}

void paper_heading(struct paper *paper, int level, const char *text)
{
	begin(paper, PAPER_HEADING);
	size_t from = paper->out->length;
	if (paper->format == PAPER_MARKDOWN) {
		strbuf_addf(paper->out, "%.*s ", level, "###");
		add_text(paper, text);
		strbuf_addch(paper->out, '\n');
	} else {
		add_wrapped(paper->out, 0, 0, text);
		if (level < 3)
			underline(paper->out, from, level == 1 ? '=' : '-');
	}
}

void paper_fact(struct paper *paper, const char *label, const char *value)
{
	bool follows = paper->last == PAPER_FACT;
	begin(paper, PAPER_FACT);
	if (paper->format == PAPER_TEXT) {
		int width = utf8_width(label) + 1;
		strbuf_addf(paper->out, "%s:", label);
		pad(paper->out, FACT_COLUMNS - width);
		add_wrapped(paper->out, FACT_COLUMNS, FACT_COLUMNS, value);
		return;
	}
	/* Lines of one paragraph, each kept as a line. */
	if (follows) {
		strbuf_truncate(paper->out, paper->out->length - 1);
		strbuf_adds(paper->out, "\\\n");
	}
	strbuf_addf(paper->out, "**%s:** ", label);
	add_text(paper, value);
	strbuf_addch(paper->out, '\n');
}

void paper_paragraph(struct paper *paper, const char *text)
{
	begin(paper, PAPER_PARAGRAPH);
	if (paper->format == PAPER_TEXT) {
		add_wrapped(paper->out, 0, 0, text);
		return;
	}
	add_text(paper, text);
	strbuf_addch(paper->out, '\n');
}

static void add_text_point(struct paper *paper, const char *mark, int indent, const char *text,
			   const char *detail)
{
	pad(paper->out, indent);
	strbuf_addf(paper->out, "%s ", mark);
	indent += utf8_width(mark) + 1;
	add_wrapped(paper->out, indent, indent, text);
	if (detail) {
		pad(paper->out, indent);
		add_wrapped(paper->out, indent, indent, detail);
	}
}

/* Labels are kept as they are: a list that Markdown numbers would count by itself. */
static void add_markdown_point(struct paper *paper, const char *label, int indent,
			       const char *text, const char *detail)
{
	pad(paper->out, indent);
	strbuf_adds(paper->out, "- ");
	if (label) {
		strbuf_adds(paper->out, "**");
		add_text(paper, label);
		strbuf_adds(paper->out, ".** ");
	}
	add_text(paper, text);
	strbuf_addch(paper->out, '\n');
	if (detail) {
		strbuf_truncate(paper->out, paper->out->length - 1);
		strbuf_adds(paper->out, "\\\n");
		pad(paper->out, indent + POINT_INDENT);
		add_text(paper, detail);
		strbuf_addch(paper->out, '\n');
	}
}

void paper_point(struct paper *paper, int depth, const char *label, const char *text,
		 const char *detail)
{
	struct strbuf mark;
	strbuf_init(&mark);
	begin(paper, PAPER_POINT);
	if (paper->format == PAPER_MARKDOWN) {
		add_markdown_point(paper, label, depth * POINT_INDENT, text, detail);
	} else if (label) {
		add_line(&mark, label);
		strbuf_addch(&mark, '.');
		/* Tens stand under units. */
		int indent = utf8_width(mark.data) < POINT_COLUMNS && !depth;
		add_text_point(paper, mark.data, depth ? POINT_COLUMNS + 1 : indent, text, detail);
	} else {
		add_text_point(paper, "-", POINT_INDENT + depth * POINT_INDENT, text, detail);
	}
	strbuf_release(&mark);
}
