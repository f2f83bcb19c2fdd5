/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "nucleo/model/agenda_clock.h"
#include "nucleo/model/names.h"

enum { AT_10 = 600, AT_12 = 720, NONE = DAY_MINUTE_NONE };

static void an_item_counts_what_runs(void **state)
{
	static const struct {
		struct clock_item item;
		day_minute now;
		int64_t spent;
	} rows[] = {
		{{ITEM_PENDING, 10, 0, NONE}, AT_10, 0},
		{{ITEM_IN_PROGRESS, 10, 0, AT_10}, AT_10, 0},
		{{ITEM_IN_PROGRESS, 10, 0, AT_10}, AT_10 + 7, 7},
		{{ITEM_IN_PROGRESS, 10, 5, AT_10}, AT_10 + 7, 12},
		{{ITEM_IN_PROGRESS, 10, 5, NONE}, AT_10, 5},
		{{ITEM_IN_PROGRESS, 10, 5, AT_10}, NONE, 5},
		{{ITEM_DONE, 10, 5, AT_10}, AT_12, 5},
		{{ITEM_IN_PROGRESS, 10, 0, 1435}, 10, 15},
		/* The other machine's clock is two minutes ahead. */
		{{ITEM_IN_PROGRESS, 10, 3, AT_10 + 2}, AT_10, 3},
		{{ITEM_DONE, 10, -5, NONE}, AT_10, 0},
		{{ITEM_IN_PROGRESS, 10, INT64_MAX, AT_10}, AT_12, INT64_C(10080)},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		if (clock_spent(&rows[i].item, rows[i].now) != rows[i].spent)
			fail_msg("row %zu: %d", i, (int)clock_spent(&rows[i].item, rows[i].now));
}

struct reading {
	struct clock_item items[3];
	day_minute starts, ends, now;
	struct agenda_clock clock;
};

static void a_meeting_is_read(void **state)
{
	static const struct reading rows[] = {
		/* Before it begins, from its hour. */
		{{{ITEM_PENDING, 30, 0, NONE}, {ITEM_PENDING, 60, 0, NONE}},
		 AT_10, AT_12, AT_10 - 45,
		 {90, 0, 120, 0, 90, AT_10 + 90, 0}},
		/* Nobody has come: late already. */
		{{{ITEM_PENDING, 60, 0, NONE}, {ITEM_PENDING, 60, 0, NONE}},
		 AT_10, AT_12, AT_10 + 20,
		 {120, 0, 120, 0, 120, AT_12 + 20, 20}},
		/* One done in 20 of 30, another 10 in of 60. */
		{{{ITEM_DONE, 30, 20, NONE}, {ITEM_IN_PROGRESS, 60, 0, AT_10 + 20}},
		 AT_10, AT_12, AT_10 + 30,
		 {90, 30, 120, 0, 50, AT_10 + 80, 0}},
		/* Longer than planned: nothing of it remains, and what follows does. */
		{{{ITEM_IN_PROGRESS, 30, 0, AT_10}, {ITEM_PENDING, 50, 0, NONE}},
		 AT_10, AT_12, AT_10 + 90,
		 {80, 90, 120, 0, 50, AT_12 + 20, 20}},
		/* Too much for its hours; what is deferred does not come any more. */
		{{{ITEM_DEFERRED, 100, 0, NONE}, {ITEM_PENDING, 50, 0, NONE}},
		 AT_10, AT_12, AT_10,
		 {150, 0, 120, 30, 50, AT_10 + 50, 0}},
		/* Begun before its hour. */
		{{{ITEM_IN_PROGRESS, 30, 0, AT_10 - 10}}, AT_10, NONE, AT_10 - 5,
		 {30, 5, 0, 0, 25, AT_10 + 20, 0}},
		/* No minutes: nothing to say. */
		{{{ITEM_IN_PROGRESS, 0, 0, AT_10}}, AT_10, AT_12, AT_10 + 5,
		 {0, 5, 120, 0, 0, NONE, 0}},
		/* Past midnight. */
		{{{ITEM_PENDING, 180, 0, NONE}}, 1380, 60, 1300,
		 {180, 0, 120, 60, 180, 120, 60}},
		/* No hours, no clock. */
		{{{ITEM_PENDING, 30, 0, NONE}}, NONE, NONE, NONE, {30, 0, 0, 0, 30, NONE, 0}},
		{{{ITEM_PENDING, 30, 0, NONE}}, NONE, NONE, AT_10,
		 {30, 0, 0, 0, 30, AT_10 + 30, 0}},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct reading *row = &rows[i];
		struct agenda_clock clock;
		agenda_clock_read(row->items, ARRAY_COUNT(row->items), row->starts, row->ends,
				  row->now, &clock);
		assert_int_equal(clock.planned, row->clock.planned);
		assert_int_equal(clock.spent, row->clock.spent);
		assert_int_equal(clock.length, row->clock.length);
		assert_int_equal(clock.over, row->clock.over);
		assert_int_equal(clock.remaining, row->clock.remaining);
		assert_int_equal(clock.ends, row->clock.ends);
		assert_int_equal(clock.late, row->clock.late);
	}
}

static void an_empty_agenda_has_hours_only(void **state)
{
	struct agenda_clock clock;
	(void)state;
	agenda_clock_read(NULL, 0, AT_10, AT_12, AT_10, &clock);
	assert_int_equal(clock.length, 120);
	assert_int_equal(clock.planned, 0);
	assert_int_equal(clock.ends, NONE);
}

static void what_no_agenda_can_hold_is_not_summed(void **state)
{
	struct agenda_item item = {.minutes_planned = INT64_MAX};
	(void)state;
	assert_int_equal(clock_planned(&item), 7 * DAY_MINUTES);
	item.minutes_planned = 45;
	assert_int_equal(clock_planned(&item), 45);
	item.parked = true;
	assert_int_equal(clock_planned(&item), 0);
	assert_int_equal(daytime_between(23 * 60, 60), 120);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_item_counts_what_runs),
		cmocka_unit_test(a_meeting_is_read),
		cmocka_unit_test(an_empty_agenda_has_hours_only),
		cmocka_unit_test(what_no_agenda_can_hold_is_not_summed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
