/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "nucleo/views/timeline_layout.h"

static day_number day(const char *text)
{
	return date_parse_iso(text);
}

static void days_fall_into_columns(void **state)
{
	static const struct {
		const char *day;
		int column;
	} cases[] = {
		{"2023-01-01", 0},  {"2023-01-31", 0},	{"2023-02-01", 1}, {"2023-07-01", 5},
		{"2023-07-03", 6},  {"2024-12-31", 23}, {"2022-12-31", -1}, {"2025-01-01", 24},
		{"2026-01-01", 35}, {"2021-01-01", -24},
	};
	(void)state;
	struct timeline_scale scale =
		timeline_scale_of(day("2023-01-15"), day("2024-12-10"), 24, 0, 0);
	assert_int_equal(scale.first, day("2023-01-01"));
	assert_int_equal(scale.last, day("2024-12-31"));
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_int_equal(timeline_column(&scale, day(cases[i].day)), cases[i].column);
}

/* Whatever the width, all of it is in sight, and no day is left of an earlier one. */
static void everything_fits_unwidened(void **state)
{
	(void)state;
	for (int columns = 1; columns <= 200; columns++) {
		struct timeline_scale scale =
			timeline_scale_of(day("2019-03-01"), day("2025-08-20"), columns, 0, 7);
		int before = 0;
		assert_int_equal(scale.offset, 0);
		for (day_number at = scale.first; at <= scale.last; at++) {
			int column = timeline_column(&scale, at);
			assert_in_range(column, before, columns - 1);
			before = column;
		}
		assert_int_equal(before, columns - 1);
	}
}

static void widening(void **state)
{
	(void)state;
	struct timeline_scale scale = timeline_scale_of(day("2023-01-01"), day("2024-12-31"), 24, 2,
							1000);
	assert_int_equal(scale.total, 96);
	assert_int_equal(scale.offset, 72);
	assert_int_equal(timeline_column(&scale, day("2024-12-31")), 23);
	assert_true(timeline_can_widen(&scale));
	scale = timeline_scale_of(day("2023-01-01"), day("2024-12-31"), 24, 99, -5);
	assert_int_equal(scale.total, 24 * 16);
	assert_int_equal(scale.offset, 0);
	assert_false(timeline_can_widen(&scale));
}

static void units(void **state)
{
	static const struct {
		int columns;
		enum timeline_unit unit;
	} cases[] = {{96, TIMELINE_MONTHS},  {95, TIMELINE_QUARTERS}, {32, TIMELINE_QUARTERS},
		     {31, TIMELINE_YEARS},   {1, TIMELINE_YEARS}};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct timeline_scale scale = timeline_scale_of(
			day("2023-01-01"), day("2024-12-31"), cases[i].columns, 0, 0);
		assert_int_equal(timeline_unit_of(&scale), cases[i].unit);
	}
	assert_int_equal(timeline_unit_start(TIMELINE_QUARTERS, day("2024-02-29")),
			 day("2024-01-01"));
	assert_int_equal(timeline_unit_next(TIMELINE_QUARTERS, day("2024-11-05")),
			 day("2025-01-01"));
	assert_int_equal(timeline_unit_next(TIMELINE_YEARS, day("2024-11-05")), day("2025-01-01"));
	assert_int_equal(timeline_unit_next(TIMELINE_MONTHS, day("2023-12-31")), day("2024-01-01"));
	assert_int_equal(timeline_unit_next(TIMELINE_YEARS, day("2199-06-01")), DATE_NONE);
}

/* One day, the wrong way round, and all the calendar has. */
static void odd_spans(void **state)
{
	(void)state;
	struct timeline_scale scale = timeline_scale_of(day("2023-05-05"), day("2023-05-05"), 10, 0,
							0);
	assert_int_equal(timeline_column(&scale, day("2023-05-31")), 9);
	scale = timeline_scale_of(day("2023-05-05"), day("2022-01-01"), 10, 0, 0);
	assert_int_equal(scale.last, day("2023-05-31"));
	scale = timeline_scale_of(day("1900-01-01"), day("2199-12-31"), 10, 20, 0);
	assert_true(timeline_column(&scale, day("2199-12-31")) == scale.total - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_fall_into_columns),
		cmocka_unit_test(everything_fits_unwidened),
		cmocka_unit_test(widening),
		cmocka_unit_test(units),
		cmocka_unit_test(odd_spans),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
