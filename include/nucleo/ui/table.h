/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_TABLE_H
#define NUCLEO_UI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/ui/canvas.h"
#include "nucleo/ui/op.h"

/**
 * A list of any length shown through a window of rows around the selection.
 * It knows nothing of what the rows mean: a source gives them in one fixed
 * order, by (sort text, key), and a column table says how they are drawn.
 */

struct table_cell {
	char *text;  /**< owned; NULL is empty */
	char *brief; /**< owned; shown instead where `text` does not fit; may be NULL */
	enum role role;
	int value, mark; /**< for columns drawn as a bar (see bar_add()) */
};

struct table_row {
	int64_t key; /**< never the same twice in a source */
	char *sort;  /**< owned; what the source orders by, opaque to the table */
	char *note;  /**< owned; what the row says in full, for below the table; may be NULL */
	const char *sign; /**< one column wide, before a row that is not selected; NULL: none */
	enum role sign_role;
	int depth;   /**< steps to the right in the column that shows the tree */
	struct table_cell *cells; /**< owned, one a column */
};

/** What a fetch fills; `columns` is the count of cells in each row. */
struct table_rows {
	struct table_row *items;
	size_t count, capacity;
	size_t columns;
};

/** Appends a row with empty cells; the pointer is valid until the next one. */
struct table_row *table_rows_add(struct table_rows *rows, int64_t key, const char *sort);
/** Sets a cell; `text` (may be NULL) is copied. */
void table_row_text(struct table_row *row, size_t column, enum role role, const char *text);
/** The shorter form of a cell's text, for narrow windows; copied. */
void table_row_brief(struct table_row *row, size_t column, const char *brief);
/** Sets a cell of a bar column, in ten-thousandths or BAR_NONE. */
void table_row_bar(struct table_row *row, size_t column, enum role role, int value, int mark);
/** The row in full, shown below the table while it is selected; copied. */
void table_row_note(struct table_row *row, const char *note);
void table_rows_release(struct table_rows *rows);

/** Which rows: at most `limit`, strictly after (or before) a place in the order. */
struct table_query {
	const char *sort; /**< of the row at the place; NULL: from the very start (or end) */
	int64_t key;
	bool backwards; /**< rows before the place, the nearest first */
	size_t limit;
};

struct table_source {
	void *context;
	/** Appends rows to `out`; fewer than the limit means there are no more. */
	enum rc (*fetch)(void *context, const struct table_query *query, struct table_rows *out,
			 struct error *err);
	/**
	 * Appends the present sort text of a row, so that the selection follows a
	 * row that moved; RC_NOT_FOUND when it is gone or filtered out. May be
	 * NULL where rows never move.
	 */
	enum rc (*locate)(void *context, int64_t key, struct strbuf *sort, struct error *err);
};

struct table_column {
	const char *title; /**< msgid; may be "" */
	const char *brief; /**< msgid shown where `title` does not fit; may be NULL */
	int min;           /**< columns without which it is not shown at all */
	int max;           /**< columns it can use; 0: any */
	int weight;        /**< its share of what is left over; 0: stays at `min` */
	int drop;          /**< highest is the first left out when it is narrow; 0: never */
	enum align align;
	bool is_bar;  /**< drawn by region_bar() */
	bool is_tree; /**< moved to the right by the row's depth */
	/** Draws a cell in its own way, given the source's context; NULL for the usual. */
	void (*draw)(void *context, struct region region, const struct table_row *row,
		     const struct table_cell *cell);
};

/** A screen's worth, of 40 lines: what a source that walks an index is asked for. */
#define TABLE_CHUNK 40

struct table {
	const struct table_column *columns; /**< borrowed */
	struct table_source source;
	const char *empty; /**< text (translated) where there are no rows; may be NULL */
	bool hide_header;
	size_t chunk;            /**< rows asked of the source at a time, TABLE_CHUNK at first */
	size_t sorted;           /**< column whose heading has `sorted_sign`; NULL sign: none */
	const char *sorted_sign; /**< one column wide: "↑", "↓" */
	int note_rows;          /**< kept for the selected row's note where there is room */
	struct table_rows rows; /**< the window */
	size_t selected, top;   /**< indexes in the window */
	bool at_start, at_end;  /**< nothing lies before, after the window */
	size_t page;            /**< rows last drawn */
	struct region place;    /**< where */
	struct error failure;   /**< of the last fetch while moving; shown below the rows */
};

/** Columns and source are borrowed; nothing is fetched before table_load(). */
void table_init(struct table *table, const struct table_column *columns, size_t count,
		struct table_source source);
void table_release(struct table *table);
/**
 * Reads the window again. The selection stays on its row, wherever that went;
 * when it is gone, on the row that took its place. The first load selects the
 * first row. On failure the table is as before.
 */
enum rc table_load(struct table *table, struct error *err) ATTR_NODISCARD;
/** As table_load(), but selects the first row. */
enum rc table_load_first(struct table *table, struct error *err) ATTR_NODISCARD;
/** Selects the row with this key; RC_NOT_FOUND when the source has none. */
enum rc table_select(struct table *table, int64_t key, struct error *err) ATTR_NODISCARD;
/** The selected row, or NULL when there are none; valid until the table is next used. */
const struct table_row *table_selected(const struct table *table);
/**
 * Appends the cells of the selected row in full, a tab between two, without
 * those drawn as a bar; false when there is no row.
 */
bool table_copy(const struct table *table, struct strbuf *out);
/** Selects the row drawn at that place of the screen; false when there is none. */
bool table_point(struct table *table, int row, int column);
/** The column whose heading is drawn at that place of the screen; SIZE_MAX when there is none. */
size_t table_heading_at(const struct table *table, int row, int column);
/** Does UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST and LAST; false for any other op. */
bool table_op(struct table *table, enum op op);
/**
 * Draws heading, rows and the mark of the selection. With `focus` the
 * selected row is lit and the cursor put on it. May fetch rows for a window
 * that grew.
 */
void table_draw(struct table *table, struct region region, bool focus);

/**
 * Widths of the columns in `width` columns (one is left free between two);
 * 0: left out. Pure.
 */
void table_layout(const struct table_column *columns, size_t count, int width, int *widths);

/** Most columns a table can have. */
#define TABLE_COLUMNS_MAX 16

#endif
