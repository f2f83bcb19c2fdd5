/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_TABLE_WINDOW_H
#define NUCLEO_UI_TABLE_WINDOW_H

#include "nucleo/ui/table.h"

/**
 * Inside of the table: the window of rows, kept around what is looked at.
 * Rows are read a chunk at a time and forgotten beyond TABLE_WINDOW_MAX.
 */
#define TABLE_WINDOW_MAX 2048

/** Frees the rows [first, last) and closes the hole. */
void table_rows_cut(struct table_rows *rows, size_t first, size_t last);
void table_rows_reverse(struct table_rows *rows);
/** Moves all of `more` to the end of `rows`; `more` is empty then. */
void table_rows_append(struct table_rows *rows, struct table_rows *more);

/** Reads until row `index` of the window is there, if there are that many. */
enum rc table_window_reach(struct table *table, size_t index, struct error *err);
/** Reads until at least `count` rows lie before the selection, if there are that many. */
enum rc table_window_reach_back(struct table *table, size_t count, struct error *err);
/** Replaces the window by the start (or end) of the list and selects its first (last) row. */
enum rc table_window_edge(struct table *table, bool last, struct error *err);
/**
 * Replaces the window by the rows around a place and selects the row with that
 * key, or the one after the place, `offset` rows below the top.
 */
enum rc table_window_around(struct table *table, const struct table_query *place, size_t offset,
			    struct error *err);

#endif
