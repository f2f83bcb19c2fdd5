/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen_test.h"

#include "test.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/ui/plot.h"

static void round_numbers_at_the_ends(void **state)
{
	static const struct {
		double a, b, low, high;
	} cases[] = {
		{0, 100, 0, 100},     {55, 84.72, 0, 100},   {3, 3, 0, 4},     {0, 0, 0, 1},
		{-12.5, -12.5, -15, 5}, {-10, 10, -10, 10},  {0.003, 0.001, 0, 0.004},
		{120, 7, 0, 200},     {1e9, 2e9, 0, 2e9},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct plot_point points[] = {{1, cases[i].a}, {9, cases[i].b}, {4, NAN}};
		struct plot_series series = {.points = points, .count = 3};
		struct plot_axes axes = plot_axes_of(&series, 1);
		assert_int_equal(axes.first, 1);
		assert_int_equal(axes.last, 9);
		assert_true(axes.low <= cases[i].a && axes.high >= cases[i].b * (1 - 1e-9));
		if (fabs(axes.low - cases[i].low) > 1e-9 || fabs(axes.high - cases[i].high) > 1e-6)
			fail_msg("%zu: %g to %g", i, axes.low, axes.high);
	}
}

/* The smallest and largest a double holds, and what is no number. */
static void extreme_numbers(void **state)
{
	static const double values[] = {DBL_MAX, -DBL_MAX, DBL_MIN, 4.9e-324, INFINITY,
					-INFINITY, NAN, 0, -0.0};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(values); i++) {
		for (size_t j = 0; j < ARRAY_COUNT(values); j++) {
			struct plot_point points[] = {{INT64_MIN / 2, values[i]},
						      {INT64_MAX / 2, values[j]}};
			struct plot_series series = {.points = points, .count = 2};
			struct plot_axes axes = plot_axes_of(&series, 1);
			assert_true(isfinite(axes.low) && isfinite(axes.high));
			assert_true(axes.low < axes.high);
			for (size_t k = 0; k < 2; k++) {
				assert_in_range(plot_dot_up(&axes, points[k].y, 40), 0, 39);
				assert_in_range(plot_dot_across(&axes, points[k].x, 80), 0, 79);
			}
		}
	}
}

static void where_values_fall(void **state)
{
	(void)state;
	struct plot_axes axes = {.first = 100, .last = 200, .low = 0, .high = 100};
	assert_int_equal(plot_dot_up(&axes, 0, 41), 0);
	assert_int_equal(plot_dot_up(&axes, 50, 41), 20);
	assert_int_equal(plot_dot_up(&axes, 100, 41), 40);
	assert_int_equal(plot_dot_up(&axes, 130, 41), 40);
	assert_int_equal(plot_dot_up(&axes, -3, 41), 0);
	assert_int_equal(plot_dot_across(&axes, 100, 21), 0);
	assert_int_equal(plot_dot_across(&axes, 150, 21), 10);
	assert_int_equal(plot_dot_across(&axes, 200, 21), 20);
	axes.last = 100;
	assert_int_equal(plot_dot_across(&axes, 100, 21), 10);
}

/* ---- drawn */

static void add_x(struct strbuf *out, int64_t x)
{
	strbuf_addf(out, "día %d", (int)x);
}

static void add_y(struct strbuf *out, double y)
{
	strbuf_addf(out, "%g", y);
}

static void draw(struct canvas *canvas, const struct plot_series *series, size_t count, int rows,
		 int columns)
{
	struct plot plot = {
		.series = series,
		.count = count,
		.axes = plot_axes_of(series, count),
		.add_x = add_x,
		.add_y = add_y,
		.selected_point = series->count - 1,
	};
	canvas_reset(canvas, rows, columns);
	plot_draw(&plot, canvas_region(canvas));
}

static void expect(const char *name, const struct plot_series *series, size_t count, bool plain)
{
	struct canvas canvas;
	canvas_init(&canvas);
	canvas.plain = plain;
	draw(&canvas, series, count, 14, 60);
	screen_expect_canvas(name, &canvas);
	canvas_release(&canvas);
}

static void two_lines_and_a_guide(void **state)
{
	static const struct plot_point first[] = {{0, 5}, {20, 40}, {60, 38}, {90, 80}};
	static const struct plot_point second[] = {{10, 2}, {60, 20}, {95, 45}};
	static const struct plot_point guide[] = {{0, 0}, {100, 100}};
	static const struct plot_series series[] = {
		{.name = "entidad", .glyph = "e", .points = first, .count = 4},
		{.name = "contraparte", .glyph = "c", .points = second, .count = 3},
		{.name = "esperado", .points = guide, .count = 2},
	};
	(void)state;
	expect("plot-lines", series, 3, false);
	expect("plot-lines-plain", series, 3, true);
}

static void few_values(void **state)
{
	static const struct plot_point one[] = {{7, 30}}, equal[] = {{1, 30}, {5, 30}, {9, 30}};
	static const struct plot_point below[] = {{1, -30}, {5, 10}, {9, -4}};
	static const struct plot_series single = {.glyph = "●", .points = one, .count = 1};
	static const struct plot_series level = {.glyph = "●", .points = equal, .count = 3};
	static const struct plot_series negative = {.glyph = "●", .points = below, .count = 3};
	(void)state;
	expect("plot-one", &single, 1, false);
	expect("plot-equal", &level, 1, false);
	expect("plot-negative", &negative, 1, false);
}

static void ten_thousand_values(void **state)
{
	enum { COUNT = 10000 };
	struct plot_point *points = mem_alloc(COUNT * sizeof(*points));
	(void)state;
	for (int i = 0; i < COUNT; i++)
		points[i] = (struct plot_point){i, 50 + 0.004 * i + (i * 7919 % 41) / 2.0 -
							   (i == 5000 ? 60 : 0)};
	struct plot_series series = {.glyph = "●", .points = points, .count = COUNT};
	/* The one value far below is not lost. */
	expect("plot-many", &series, 1, false);
	expect("plot-many-plain", &series, 1, true);
	free(points);
}

/* Nothing is drawn outside, and nothing fails, in windows too small for it. */
static void any_size(void **state)
{
	static const struct plot_point points[] = {{0, 5}, {20, 40}, {60, 38}};
	static const struct plot_series series = {.name = "x", .glyph = "●", .points = points,
						  .count = 3};
	struct canvas canvas;
	(void)state;
	canvas_init(&canvas);
	for (int rows = 1; rows <= 12; rows++)
		for (int columns = 1; columns <= 30; columns++)
			draw(&canvas, &series, 1, rows, columns);
	canvas_release(&canvas);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_numbers_at_the_ends),
		cmocka_unit_test(extreme_numbers),
		cmocka_unit_test(where_values_fall),
		cmocka_unit_test(two_lines_and_a_guide),
		cmocka_unit_test(few_values),
		cmocka_unit_test(ten_thousand_values),
		cmocka_unit_test(any_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
