/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTA_TEXT_H
#define NUCLEO_EXCHANGE_ACTA_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"
#include "nucleo/exchange/text_decode.h"

/**
 * The text of an acta before anything is understood: bytes made UTF-8, lines
 * made rows of two cells. Internal to the acta reader.
 */

/**
 * Appends `bytes` to `out` as text_decode() does. RC_INVALID, with what the file
 * seems to be, when it is no text or exceeds ACTA_MAX_BYTES or ACTA_MAX_LINES;
 * `out` is then unchanged.
 */
enum rc acta_decode(const char *bytes, size_t length, struct strbuf *out,
		    struct text_decoding *decoding, struct error *err) ATTR_NODISCARD;

/** One printed line. Every text is owned and never NULL; both cells are trimmed. */
struct acta_row {
	char *raw;	  /**< the line as printed, its blanks kept, no form feed */
	char *left;	  /**< heading column; "" when the line has none */
	char *right;	  /**< text column, inner runs of blanks kept; the line when `is_whole` */
	int line;	  /**< 1-based line of the source */
	bool is_whole;	  /**< the line has no columns: it may be a heading or a text */
	bool gap_before;  /**< an empty line stands before it */
	bool page_before; /**< it begins a page */
	bool is_short;	  /**< the next line's first word would still have fitted behind it */
};

enum acta_layout {
	ACTA_TABS,    /**< cells separated by tabs */
	ACTA_COLUMNS, /**< two printed columns, as `pdftotext -layout` gives them */
	ACTA_LINES    /**< one cell after the other */
};

struct acta_rows {
	VECTOR(struct acta_row) list; /**< no empty lines */
	enum acta_layout layout;
	bool is_wrapped;		 /**< paragraphs run over several lines */
	VECTOR(struct acta_row) dropped; /**< page numbers and repeated page headings */
};

/** Splits decoded text into rows, without what printing added to each page. */
void acta_rows_read(const char *text, struct acta_rows *out);
void acta_rows_release(struct acta_rows *rows);

/** Text put together from several rows, which remembers the line of each part. */
struct acta_flow {
	struct strbuf text;
	VECTOR(struct acta_flow_mark {
		size_t offset;
		int line;
	})
	marks;
};

void acta_flow_init(struct acta_flow *flow);
void acta_flow_release(struct acta_flow *flow);
/** Appends `text` with single blanks; joins a word hyphenated at the end of what is there. */
void acta_flow_join(struct acta_flow *flow, const char *text, int line);
/** Appends `separator` as it is, then `text` with single blanks. */
void acta_flow_add(struct acta_flow *flow, const char *separator, const char *text, int line);
/** The last words of the flow: how it ends can be asked without reading all of it again. */
const char *acta_flow_end(const struct acta_flow *flow);
/** Source line of the byte at `offset`; 0 when the flow is empty. */
int acta_flow_line(const struct acta_flow *flow, size_t offset);
/** Moves what stands from `offset` (no blank) on to the empty flow `tail`. */
void acta_flow_split(struct acta_flow *flow, size_t offset, struct acta_flow *tail);

#endif
