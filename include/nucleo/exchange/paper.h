/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_PAPER_H
#define NUCLEO_EXCHANGE_PAPER_H

#include "nucleo/base/strbuf.h"

/**
 * A document written block by block, in plain text of 72 columns or in Markdown
 * (CommonMark). Every text may be of any origin: it becomes one line without control
 * characters, and stands in Markdown for nothing but itself. In plain text a word that is wider
 * than the line, as an address is, stays whole.
 */
enum paper_format { PAPER_TEXT, PAPER_MARKDOWN };

struct paper {
	struct strbuf *out;
	enum paper_format format;
	enum paper_block {
		PAPER_NOTHING,
		PAPER_HEADING,
		PAPER_FACT,
		PAPER_POINT,
		PAPER_PARAGRAPH
	} last; /**< what was written last */
};

/** `out` is borrowed as long as blocks are written. */
void paper_init(struct paper *paper, struct strbuf *out, enum paper_format format);
/** The title of the document, of a part of it, of a part of that: levels 1 to 3. */
void paper_heading(struct paper *paper, int level, const char *text);
/** "Lugar:  Quito". */
void paper_fact(struct paper *paper, const char *label, const char *value);
void paper_paragraph(struct paper *paper, const char *text);
/**
 * A point of a list: with a label of its own ("8", "a") or, when that is NULL, a dash.
 * `depth` is 0, or 1 for a part of the point above. `detail` goes below it, NULL: nothing.
 */
void paper_point(struct paper *paper, int depth, const char *label, const char *text,
		 const char *detail);

#endif
