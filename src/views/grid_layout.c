/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/grid_layout.h"

#include <stdint.h>

void grid_clear(struct grid *grid)
{
	grid->groups.count = 0;
	grid->rows = 0;
}

void grid_release(struct grid *grid)
{
	vector_release(&grid->groups);
}

void grid_add(struct grid *grid, int id, size_t first, size_t count, bool apart)
{
	struct grid_group group = {.id = id, .first = first, .count = count, .apart = apart};
	vector_push(&grid->groups, group);
}

/* How many groups from `start` stand side by side. */
static size_t band_length(const struct grid *grid, size_t start, size_t at_most)
{
	size_t length = 1;
	while (length < at_most && start + length < grid->groups.count &&
	       grid->groups.items[start + length].apart == grid->groups.items[start].apart)
		length++;
	return length;
}

void grid_arrange(struct grid *grid, int columns, int column_min)
{
	size_t at_most = columns > column_min ? (size_t)(columns / column_min) : 1;
	grid->rows = 0;
	for (size_t start = 0; start < grid->groups.count;) {
		size_t length = band_length(grid, start, at_most), tallest = 0;
		int width = columns / (int)length;
		for (size_t i = 0; i < length; i++) {
			struct grid_group *group = &grid->groups.items[start + i];
			group->row = grid->rows;
			group->column = (int)i * width;
			group->width = length > 1 ? width - 1 : width;
			tallest = group->count > tallest ? group->count : tallest;
		}
		/* A heading, the cells, and an empty line before the next band. */
		grid->rows += (int)tallest + 2;
		start += length;
	}
	if (grid->rows)
		grid->rows--;
}

static size_t group_of(const struct grid *grid, size_t cell)
{
	size_t i = 0;
	while (i + 1 < grid->groups.count && grid->groups.items[i + 1].first <= cell)
		i++;
	return i;
}

int grid_scroll(const struct grid *grid, size_t cell, int top, int rows)
{
	const struct grid_group *group = &grid->groups.items[group_of(grid, cell)];
	int line = group->row + 1 + (int)(cell - group->first);
	int limit = grid->rows > rows ? grid->rows - rows : 0;
	if (line - rows >= top)
		top = line - rows + 1;
	if (group->row < top && line - group->row < rows)
		top = group->row;
	if (line < top)
		top = line;
	return top > limit ? limit : top;
}

size_t grid_cell_at(const struct grid *grid, int row, int column)
{
	for (size_t i = 0; i < grid->groups.count; i++) {
		const struct grid_group *group = &grid->groups.items[i];
		int line = row - group->row - 1;
		if (line >= 0 && (size_t)line < group->count && column >= group->column &&
		    column < group->column + group->width)
			return group->first + (size_t)line;
	}
	return SIZE_MAX;
}

size_t grid_neighbour(const struct grid *grid, size_t cell, int step)
{
	size_t group = group_of(grid, cell);
	if (step > 0 && group + 1 < grid->groups.count)
		return grid->groups.items[group + 1].first;
	if (step < 0)
		return grid->groups.items[group ? group - 1 : 0].first;
	return cell;
}
