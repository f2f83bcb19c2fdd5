/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_CANVAS_H
#define NUCLEO_UI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/ui/style.h"

/** Bytes a cell keeps of one grapheme; a longer pile of marks is cut. */
#define CELL_TEXT_SIZE 28

/** One column of one row. Bytes after the text are zero, so cells compare with memcmp(). */
struct cell {
	char text[CELL_TEXT_SIZE];
	uint8_t width; /**< 1 or 2 columns; 0 for the right half of a wide character */
	uint8_t role;  /**< enum role */
	uint8_t selected;
	uint8_t unused;
};

/**
 * What the terminal is to show: a grid of cells and the place of the cursor.
 * Whatever is drawn is clipped, valid UTF-8 and free of control characters.
 */
struct canvas {
	int rows, columns;
	struct cell *cells;
	int cursor_row, cursor_column; /**< -1: nowhere */
	bool plain; /**< the font lacks lines, bars and signs: ASCII stands in for them */
};

/** Largest side; what a terminal claims beyond it is not used. */
#define CANVAS_SIDE_MAX 1000

void canvas_init(struct canvas *canvas);
void canvas_release(struct canvas *canvas);
/** Gives it a size (limited to 1..CANVAS_SIDE_MAX) and blanks it. */
void canvas_reset(struct canvas *canvas, int rows, int columns);
/** Makes `to` equal to `from`. */
void canvas_copy(struct canvas *to, const struct canvas *from);
const struct cell *canvas_cell(const struct canvas *canvas, int row, int column);
/** Appends the text, a line a row without trailing blanks, and "cursor ROW,COLUMN". */
void canvas_dump(const struct canvas *canvas, struct strbuf *out);
/** Appends a letter for each cell: its role, upper case (or '#' for plain text) when selected. */
void canvas_dump_styles(const struct canvas *canvas, struct strbuf *out);

/**
 * A rectangle of a canvas, passed by value. Positions in the functions below
 * count from its corner; nothing is ever drawn outside of it.
 */
struct region {
	struct canvas *canvas;
	int row, column, rows, columns;
};

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

struct region canvas_region(struct canvas *canvas);
/** The part of `outer` from (row, column), at most that large; empty when outside. */
struct region region_part(struct region outer, int row, int column, int rows, int columns);
/** Whether the cell at that place of the canvas is in the region. */
bool region_holds(struct region region, int row, int column);
/** The row as a region one row high. */
struct region region_row(struct region outer, int row);
/** All but the first `rows` rows and `columns` columns. */
struct region region_rest(struct region outer, int rows, int columns);

/**
 * Draws as much of `text` as fits from (row, column); returns the column after
 * it. Line ends and tabs show as a space, control characters not at all.
 */
int region_text(struct region region, int row, int column, enum role role, const char *text);
/** Draws `text` in the first row, cut with "…" when it is too long. */
void region_label(struct region region, enum align align, enum role role, const char *text);
/** Draws `text` wrapped over the whole region, "…" at its end when cut; returns the rows used. */
int region_paragraph(struct region region, enum role role, const char *text);
/** Draws `text` as a paragraph beside a bar: a remark apart from what stands around it. */
void region_note(struct region region, const char *text);
/** Draws a line across the first row, or down the first column. */
void region_rule_across(struct region region, enum role role);
void region_rule_down(struct region region, enum role role);
/** Draws a bar over the first row (see bar_add()). */
void region_bar(struct region region, enum role role, int value, int mark);
/** Makes the region blank again. */
void region_clear(struct region region);
/** Marks every cell of the region as selected. */
void region_select(struct region region);
/** Puts the cursor at (row, column), when that is inside. */
void region_cursor(struct region region, int row, int column);

/** A proportion in ten-thousandths; BAR_NONE is no bar, or no mark. */
#define BAR_WHOLE 10000
#define BAR_NONE (-1)

/**
 * Appends a bar `cells` columns wide in eighths of a cell, `value` of
 * BAR_WHOLE full, with "|" in the cell where `mark` falls.
 */
void bar_add(struct strbuf *out, int cells, int value, int mark);

#endif
