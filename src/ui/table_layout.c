/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/table.h"

/* Columns taken by those shown, with one free between two. */
static int taken(const int *widths, size_t count)
{
	int sum = 0;
	for (size_t i = 0; i < count; i++)
		if (widths[i])
			sum += widths[i] + (sum ? 1 : 0);
	return sum;
}

/* The column to leave out next: highest `drop`, the rightmost of equals; `count` for none. */
static size_t least_needed(const struct table_column *columns, const int *widths, size_t count)
{
	size_t found = count;
	for (size_t i = 0; i < count; i++)
		if (widths[i] && columns[i].drop > 0 &&
		    (found == count || columns[i].drop >= columns[found].drop))
			found = i;
	return found;
}

/* Even what must be shown does not fit: the right end is cut. */
static void squeeze(int *widths, size_t count, int width)
{
	for (size_t i = count; i-- > 0 && taken(widths, count) > width;) {
		int excess = taken(widths, count) - width;
		widths[i] = excess < widths[i] ? widths[i] - excess : 0;
	}
}

static bool can_grow(const struct table_column *column, int width)
{
	return width && column->weight > 0 && (!column->max || width < column->max);
}

/* Gives what is left to the columns that want it, a column at a time, by weight. */
static void grow(const struct table_column *columns, int *widths, size_t count, int spare)
{
	for (; spare > 0; spare--) {
		size_t next = count;
		for (size_t i = 0; i < count; i++) {
			if (!can_grow(&columns[i], widths[i]))
				continue;
			int given = widths[i] - columns[i].min;
			if (next == count || given * columns[next].weight <
						     (widths[next] - columns[next].min) *
							     columns[i].weight)
				next = i;
		}
		if (next == count)
			return;
		widths[next]++;
	}
}

void table_layout(const struct table_column *columns, size_t count, int width, int *widths)
{
	size_t drop;
	for (size_t i = 0; i < count; i++)
		widths[i] = columns[i].min;
	while (taken(widths, count) > width &&
	       (drop = least_needed(columns, widths, count)) < count)
		widths[drop] = 0;
	squeeze(widths, count, width);
	grow(columns, widths, count, width - taken(widths, count));
}
