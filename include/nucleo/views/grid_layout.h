/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_GRID_LAYOUT_H
#define NUCLEO_VIEWS_GRID_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "nucleo/base/vector.h"

/**
 * Groups of short texts arranged in bands of columns, a heading above each.
 * Pure arithmetic: it knows what is where and draws nothing.
 */
struct grid_group {
	int id;              /**< whatever the caller calls it */
	size_t first, count; /**< its cells, numbered through all groups */
	bool apart;          /**< begins a band of its own when the one before is no such group */
	int row, column, width; /**< of its heading; the cells stand below. Set by grid_arrange() */
};

struct grid {
	VECTOR(struct grid_group) groups;
	int rows; /**< of the whole arrangement */
};

void grid_clear(struct grid *grid);
void grid_release(struct grid *grid);
void grid_add(struct grid *grid, int id, size_t first, size_t count, bool apart);
/** Places the groups in `columns`, each at least `column_min` wide where there is room. */
void grid_arrange(struct grid *grid, int columns, int column_min);
/** The first line to show so that the cell and, if possible, its heading are among `rows`. */
int grid_scroll(const struct grid *grid, size_t cell, int top, int rows);
/** The cell at that row and column of the arrangement; SIZE_MAX for none. */
size_t grid_cell_at(const struct grid *grid, int row, int column);
/** The first cell of the next (`step` 1) or previous (-1) group, or the same cell. */
size_t grid_neighbour(const struct grid *grid, size_t cell, int step);

#endif
