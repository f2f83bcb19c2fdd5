/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_PAGER_H
#define NUCLEO_UI_PAGER_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/vector.h"
#include "nucleo/ui/canvas.h"
#include "nucleo/ui/op.h"

/** A scrolling page of headings, paragraphs, fields and links, wrapped to its width. */

/** Part of a block that is drawn otherwise than the rest of it. */
struct pager_span {
	size_t start, length; /**< bytes of its text */
	enum role role;
};

struct pager_block {
	enum role role;
	char *label;  /**< owned; of a field, drawn before the first line; NULL: no field */
	char *text;   /**< owned */
	int64_t link; /**< what Enter opens here, or PAGER_NO_LINK */
	VECTOR(struct pager_span) spans; /**< in order, apart from each other */
};

#define PAGER_NO_LINK INT64_MIN

struct pager_line {
	size_t block, start, length;
	bool first; /**< the first line of its block */
};

struct pager {
	VECTOR(struct pager_block) blocks;
	VECTOR(struct pager_line) lines; /**< of `width` columns */
	int width;       /**< 0: to be wrapped anew */
	int label_width; /**< of the widest label, as far as there is room */
	size_t top;      /**< line */
	size_t selected; /**< block of a link, or SIZE_MAX */
	size_t spot;     /**< block brought into sight until one moves, or SIZE_MAX */
	size_t page;     /**< lines last drawn */
	struct region place; /**< where */
};

void pager_init(struct pager *pager);
void pager_release(struct pager *pager);
/** Empties it; place and selected link stay where they were, for filling it again. */
void pager_clear(struct pager *pager);

/* Each appends a block; texts are copied, line ends in them kept. */
void pager_heading(struct pager *pager, const char *text);
void pager_text(struct pager *pager, enum role role, const char *text);
/** A label and its text; texts of fields line up. Empty or NULL text: no field at all. */
void pager_field(struct pager *pager, const char *label, const char *text);
/** Draws some bytes of the block added last in that role; in the order they stand. */
void pager_add_span(struct pager *pager, size_t start, size_t length, enum role role);
/** A line that Enter opens; `link` is what pager_link() then gives. */
void pager_add_link(struct pager *pager, int64_t link, const char *text);
void pager_gap(struct pager *pager);

/** Brings the block added next into sight, with the cursor on it, until one moves. */
void pager_show_next(struct pager *pager);

/**
 * Does UP and DOWN (to the next link when it is in sight, else one line),
 * PAGE_UP, PAGE_DOWN, FIRST and LAST; false for any other op.
 */
bool pager_op(struct pager *pager, enum op op);
/** Selects the link drawn at that place of the screen; false when there is none. */
bool pager_point(struct pager *pager, int row, int column);
/** The selected link, when there is one in sight. */
bool pager_link(const struct pager *pager, int64_t *link);
/** The block one looks at: the one brought into sight, else that of the selected link, else that of
 *  the first line in sight. */
size_t pager_block_in_front(const struct pager *pager);
/** Appends the text of the selected link; false when there is none in sight. */
bool pager_copy_link(const struct pager *pager, struct strbuf *out);
/** Appends all of it, a line a block; false when it is empty. */
bool pager_copy(const struct pager *pager, struct strbuf *out);
/** Draws; with `focus` the cursor goes to the selected link, else to the first line. */
void pager_draw(struct pager *pager, struct region region, bool focus);

#endif
