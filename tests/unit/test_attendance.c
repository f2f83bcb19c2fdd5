/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/model/attendance.h"
#include "nucleo/model/names.h"

static void what_a_meeting_was(void **state)
{
	static const struct {
		int status, mode;
		bool is_member;
		enum presence presence;
	} cases[] = {
		{ATTENDANCE_PRESENT, MODE_IN_PERSON, true, PRESENCE_IN_PERSON},
		{ATTENDANCE_PRESENT, ENUM_NONE, true, PRESENCE_IN_PERSON},
		{ATTENDANCE_PRESENT, MODE_VIRTUAL, true, PRESENCE_VIRTUAL},
		{ATTENDANCE_PRESENT, MODE_VIRTUAL, false, PRESENCE_VIRTUAL},
		{ATTENDANCE_EXCUSED, ENUM_NONE, true, PRESENCE_EXCUSED},
		{ATTENDANCE_ABSENT, ENUM_NONE, true, PRESENCE_ABSENT},
		{ATTENDANCE_ABSENT, ENUM_NONE, false, PRESENCE_ABSENT},
		{ENUM_NONE, ENUM_NONE, true, PRESENCE_ABSENT},
		{ENUM_NONE, ENUM_NONE, false, PRESENCE_NONE},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_int_equal(presence_of(cases[i].status, cases[i].mode, cases[i].is_member),
				 cases[i].presence);
}

static void named_twice(void **state)
{
	(void)state;
	assert_int_equal(presence_best(PRESENCE_ABSENT, PRESENCE_VIRTUAL), PRESENCE_VIRTUAL);
	assert_int_equal(presence_best(PRESENCE_NONE, PRESENCE_ABSENT), PRESENCE_ABSENT);
	assert_int_equal(presence_best(PRESENCE_EXCUSED, PRESENCE_NONE), PRESENCE_EXCUSED);
	assert_int_equal(presence_best(PRESENCE_NONE, PRESENCE_NONE), PRESENCE_NONE);
}

static void when_one_is_a_member(void **state)
{
	static const struct {
		const char *starts, *ends, *first_named, *day;
		bool has;
	} cases[] = {
		{"2023-01-01", "2023-12-31", "2023-05-01", "2023-01-01", true},
		{"2023-01-01", "2023-12-31", "2023-05-01", "2023-12-31", true},
		{"2023-01-01", "2023-12-31", "2023-05-01", "2024-01-01", false},
		{"2023-01-01", "", "2023-05-01", "2022-12-31", false},
		{"2023-01-01", "", "", "2030-01-01", true},
		{"", "", "2023-05-01", "2023-04-30", false},
		{"", "", "2023-05-01", "2023-05-01", true},
		{"", "2023-06-30", "2023-05-01", "2023-07-01", false},
		{"", "", "", "2023-05-01", false},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct member_term term = {date_parse_iso(cases[i].starts),
					   date_parse_iso(cases[i].ends)};
		assert_int_equal(member_term_has(&term, date_parse_iso(cases[i].first_named),
						 date_parse_iso(cases[i].day)),
				 cases[i].has);
	}
}

/* Newest first: p in person, v virtual, e excused, x absent, - not concerned. */
static void tallies(void **state)
{
	static const struct {
		const char *meetings;
		int attended, of, streak;
	} cases[] = {
		{"", 0, 0, 0},	     {"p", 1, 1, 0},	   {"x", 0, 1, 1},
		{"xxp", 1, 3, 2},    {"pxx", 1, 3, 0},	   {"xvxx", 1, 4, 1},
		{"exxp", 1, 4, 2},   {"xexp", 1, 4, 2},	   {"eee", 0, 3, 0},
		{"--xx--", 0, 2, 2}, {"-p-x-", 1, 2, 0},   {"xxx", 0, 3, 3},
		{"x-x-vx", 1, 4, 2}, {"epxxx", 1, 5, 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct attendance_tally tally = {0};
		static const char signs[] = "-pvex";
		for (const char *at = cases[i].meetings; *at; at++)
			attendance_tally_add(&tally, (enum presence)(strchr(signs, *at) - signs));
		assert_int_equal(tally.attended, cases[i].attended);
		assert_int_equal(tally.meetings, cases[i].of);
		assert_int_equal(tally.absence_streak, cases[i].streak);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_meeting_was),
		cmocka_unit_test(named_twice),
		cmocka_unit_test(when_one_is_a_member),
		cmocka_unit_test(tallies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
