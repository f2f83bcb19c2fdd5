/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "nucleo/views/grid_layout.h"

/* The meeting of the demonstration: four sectors of members, then observers. */
static void make_grid(struct grid *grid)
{
	static const struct {
		size_t count;
		bool apart;
	} groups[] = {{8, false}, {3, false}, {3, false}, {3, false}, {3, true}};
	size_t first = 0;
	*grid = (struct grid){0};
	for (size_t i = 0; i < ARRAY_COUNT(groups); i++) {
		grid_add(grid, (int)i, first, groups[i].count, groups[i].apart);
		first += groups[i].count;
	}
}

static void twenty_attendees_fit_a_common_window(void **state)
{
	struct grid grid;
	(void)state;
	make_grid(&grid);
	grid_arrange(&grid, 80, 17);
	assert_int_equal(grid.groups.items[3].row, 0);
	assert_int_equal(grid.groups.items[3].column, 60);
	assert_int_equal(grid.groups.items[4].row, 10);
	assert_int_equal(grid.groups.items[4].column, 0);
	assert_int_equal(grid.rows, 14);
	grid_release(&grid);
}

/* Whatever the width, nothing overlaps and nothing sticks out. */
static void groups_never_overlap(void **state)
{
	struct grid grid;
	(void)state;
	make_grid(&grid);
	for (int columns = 1; columns <= 250; columns++) {
		grid_arrange(&grid, columns, 17);
		for (size_t i = 0; i < grid.groups.count; i++) {
			const struct grid_group *a = &grid.groups.items[i];
			assert_true(a->column + a->width <= columns);
			assert_true(a->row + (int)a->count < grid.rows);
			for (size_t j = 0; j < i; j++) {
				const struct grid_group *b = &grid.groups.items[j];
				bool beside = b->column + b->width <= a->column;
				bool above = b->row + (int)b->count < a->row;
				assert_true(beside || above);
			}
		}
	}
	grid_release(&grid);
}

static void the_selected_cell_is_always_in_sight(void **state)
{
	struct grid grid;
	(void)state;
	make_grid(&grid);
	for (int rows = 1; rows <= 30; rows++) {
		int top = 0;
		grid_arrange(&grid, 40, 17);
		for (size_t step = 0; step < 40; step++) {
			size_t cell = step < 20 ? step : 39 - step, group = 0;
			while (group + 1 < grid.groups.count &&
			       grid.groups.items[group + 1].first <= cell)
				group++;
			top = grid_scroll(&grid, cell, top, rows);
			int line = grid.groups.items[group].row + 1 +
				   (int)(cell - grid.groups.items[group].first);
			assert_in_range(line, top, top + rows - 1);
			assert_true(top >= 0);
		}
	}
	grid_release(&grid);
}

static void neighbours_are_the_heads_of_groups(void **state)
{
	struct grid grid;
	(void)state;
	make_grid(&grid);
	assert_int_equal(grid_neighbour(&grid, 5, 1), 8);
	assert_int_equal(grid_neighbour(&grid, 19, 1), 19);
	assert_int_equal(grid_neighbour(&grid, 12, -1), 8);
	assert_int_equal(grid_neighbour(&grid, 2, -1), 0);
	grid_release(&grid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twenty_attendees_fit_a_common_window),
		cmocka_unit_test(groups_never_overlap),
		cmocka_unit_test(the_selected_cell_is_always_in_sight),
		cmocka_unit_test(neighbours_are_the_heads_of_groups),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
