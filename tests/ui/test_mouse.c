/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/ui/mouse.h"
#include "ui/desk.h"

static void reports_are_read(void **state)
{
	static const struct {
		const char *report;
		bool means;
		enum mouse_act act;
		int row, column;
	} cases[] = {
		{"0;1;1M", true, MOUSE_PRESS, 0, 0},
		{"0;12;5M", true, MOUSE_PRESS, 4, 11},
		{"64;12;5M", true, MOUSE_WHEEL_UP, 4, 11},
		{"65;1000;999M", true, MOUSE_WHEEL_DOWN, 998, 999},
		{.report = "0;12;5m"},
		{.report = "1;12;5M"},
		{.report = "4;12;5M"},
		{.report = "32;12;5M"},
		{.report = "0;0;5M"},
		{.report = "0;12;0M"},
		{.report = "0;12;5MM"},
		{.report = "0;12;5"},
		{.report = "0;12M"},
		{.report = ";12;5M"},
		{.report = "0;-1;5M"},
		{.report = "0;99999999999999999999;5M"},
		{.report = "M"},
		{.report = ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct mouse_event event = {.row = -1};
		assert_int_equal(mouse_read(cases[i].report, &event), cases[i].means);
		if (!cases[i].means) {
			assert_int_equal(event.row, -1);
			continue;
		}
		assert_int_equal(event.act, cases[i].act);
		assert_int_equal(event.row, cases[i].row);
		assert_int_equal(event.column, cases[i].column);
	}
}

static void clicks_and_wheel_do_what_keys_do(void **state)
{
	static const struct way ways[] = {
		/* tabs, the path, the hints */
		{"click:0,18", "2"},
		{"click:0,2", ""},
		{"4 Enter click:0,3", "4"},
		{"4 Enter Enter click:0,14", "4 Enter"},
		{"4 Enter Enter click:0,2", "4"},
		{"4 Enter click:0,14", "4 Enter"},
		{"click:23,2", "?"},
		{"click:23,11", "Enter"},
		{"click:23,79", ""},
		/* rows of a list; notes and rules are none */
		{"click:6,10", "Down Down"},
		{"dblclick:6,10", "Down Down Enter"},
		{"click:6,10 click:6,10", "Down Down"},
		{"click:6,10 again", "Down Down Enter"},
		{"2 dblclick:4,10 again", "2 Enter"}, /* the third of three opens nothing more */
		{"click:6,10 dblclick:7,10", "Down Down Down Enter"},
		{"dblclick:21,5", ""},
		/* the heading of a column sorts by it; again, the other way round */
		{"click:3,69", "o type:ritmo Enter"},
		{"click:3,69 click:3,69", "o type:ritmo Enter O"},
		{"dblclick:3,69", "o type:ritmo Enter O"},
		{"click:3,69 click:3,69 click:3,1", "o type:ritmo Enter O o type:código Enter"},
		{"click:3,69 click:3,69 click:3,69", "o type:ritmo Enter"},
		{"/ type:atrás click:3,69", "/ type:atrás Enter o type:ritmo Enter"},
		{"Down Down click:2,69", "Down Down"},
		{"4 Down click:3,2", "4 Down"}, /* no field has that column */
		{"size:40x10 2 click:1,2 size:80x24", "size:40x10 2 size:80x24"},
		{"click:99,99", ""},
		{"click:-1,-1", ""},
		{"wheel-down:10,5", "Down Down Down"},
		{"wheel-down:10,5 wheel-down:10,5 wheel-up:10,5", "Down Down Down"},
		{"wheel-up:10,5", ""},
		/* the wheel leaves a list that ends where it is */
		{"2 wheel-down:10,5", "2 Down"},
		/* in a window too small nothing is done unseen */
		{"size:20x5 click:0,1 size:80x24", "size:20x5 size:80x24"},
		/* what happened is read once */
		{"[ click:21,5", ""},
	};
	(void)state;
	desk_expect_same("rich.db", ways, ARRAY_COUNT(ways));
}

static void so_they_do_on_pages(void **state)
{
	static const struct way ways[] = {
		/* the panes of a meeting, and what lies in them */
		{"2 Down Enter click:6,5", "2 Down Enter Down Down"},
		{"2 Down Enter click:12,60", "2 Down Enter Tab"},
		{"2 Down Enter Tab click:4,5", "2 Down Enter"},
		{"2 Down Enter wheel-down:10,60", "2 Down Enter Tab Down Down Down"},
		{"2 Down Enter Tab wheel-down:10,5", "2 Down Enter Down Down Down"},
		{"2 Down Enter dblclick:6,5", "2 Down Enter Down Down Enter"},
		/* cells of the attendees */
		{"3 click:4,3", "3"},
		{"3 click:4,45", "3 Down"},
		{"3 click:7,30", "3 Down Down Down"},
		{"3 click:8,55", "3 End"},
		{"3 click:8,3", "3"},
		{"3 click:3,3", "3"},
		{"3 dblclick:4,3", "3 Enter"},
		/* the wheel on pages */
		{"4 Enter wheel-down:10,10", "4 Enter Down Down Down"},
		{"Down Down Enter wheel-down:9,9 wheel-up:9,9",
		 "Down Down Enter Down Down Down Up Up Up"},
		{"? wheel-down:9,9", "? Down Down Down"},
		{"3 wheel-down:9,9", "3 Down Down Down"},
		/* what was found, of two lines each or one */
		{"s type:gobierno Enter click:6,20", "s type:gobierno Enter Down"},
		{"s type:gobierno Enter dblclick:9,20", "s type:gobierno Enter Down Down Down Enter"},
		{"s type:gobierno Enter wheel-down:9,9", "s type:gobierno Enter Down Down Down"},
		{"s type:gobierno Enter End click:3,9", "s type:gobierno Enter End PgUp"},
		{"size:40x10 s type:gobierno Enter click:4,20 size:80x24",
		 "size:40x10 s type:gobierno Enter Down Down size:80x24"},
		{"s type:xyz Enter click:4,20", "s type:xyz Enter"},
		/* links of a page */
		{"4 Enter click:5,10", "4 Enter"},
		{"4 Enter dblclick:5,10", "4 Enter"},
		{"4 Enter click:17,70", "4 Enter"},
		{"4 Enter dblclick:17,5", "4 Enter Enter"},
	};
	(void)state;
	desk_expect_same("rich.db", ways, ARRAY_COUNT(ways));
}

static void so_they_do_while_something_is_asked(void **state)
{
	static const struct way ways[] = {
		/* choices: one click selects, two pick; what lies below them does not answer */
		{": click:12,5", ": Down Down Down"},
		{": wheel-down:12,5", ": Down Down Down"},
		{": dblclick:12,5 Esc", ": Down Down Down Enter Esc"},
		{": click:5,5", ":"},
		{": click:0,26", ":"},
		{": click:23,18", ": Esc"},
		/* a question; to click on what it shows meanwhile is to accept it */
		{"/ type:a click:23,3", "/ type:a Enter"},
		{"/ type:a click:5,5", "/ type:a Enter Down"},
		{"/ type:a dblclick:5,5", "/ type:a Enter Down Enter"},
		{"/ type:%% click:5,5", "/ type:%% Enter"},
		{"/ type:a click:0,26", "/ type:a"},
		{"/ type:a wheel-down:9,9", "/ type:a Down Down Down"},
		{"s type:gobierno dblclick:6,20", "s type:gobierno Enter Down Enter"},
		{"/ type:a Enter f Enter type:a click:5,5", "/ type:a Enter f Enter type:a"},
	};
	(void)state;
	desk_expect_same("rich.db", ways, ARRAY_COUNT(ways));
}

static char *start_dump(const char *keys)
{
	struct desk desk = {.config = {.db = (char[]){"none.db"}}, .mouse = true};
	desk.session.config = &desk.config;
	struct ui_setup setup = {.screens = &start_screen,
				 .screen_count = 1,
				 .context = &desk,
				 .mouse = &desk.mouse};
	return desk_play(&setup, keys);
}

/* A question that shows nothing is not answered by a click beside it. */
static void where_one_begins_too(void **state)
{
	static const struct way ways[] = {
		{"click:6,5", "Down"},
		{"dblclick:6,5", "Down Enter"},
		{"dblclick:3,5", ""},
		{"wheel-down:9,9", "Down Down"},
		{"Down Enter dblclick:7,5", "Down Enter"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(ways); i++) {
		char *got = start_dump(ways[i].keys), *expected = start_dump(ways[i].like);
		assert_string_equal(got, expected);
		free(got);
		free(expected);
	}
}

static void it_can_be_turned_off(void **state)
{
	static const struct {
		const char *keys;
		bool at_first, at_last;
		const char *said;
	} cases[] = {
		{"click:6,10", true, true, "▶C3"},
		{": type:mouse Enter", true, false, "El ratón queda para la terminal."},
		{": type:ratón Enter click:6,10", true, false, "▶C1"},
		{": type:mouse Enter : type:mouse Enter", true, true, "El ratón selecciona"},
		{"click:6,10", false, false, "▶C1"},
		{": type:mouse Enter click:6,10", false, true, "▶C3"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct desk desk;
		desk_open(&desk, "demo.db", false);
		struct ui_setup setup = desk_setup(&desk);
		desk.mouse = cases[i].at_first;
		char *dump = desk_play(&setup, cases[i].keys);
		if (!strstr(dump, cases[i].said))
			fail_msg("after «%s» there is no «%s» on:\n%s", cases[i].keys,
				 cases[i].said, dump);
		assert_int_equal(strstr(dump, "mouse on") != NULL, cases[i].at_last);
		assert_int_equal(desk.mouse, cases[i].at_last);
		free(dump);
		desk_close(&desk);
	}
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_are_read),
		cmocka_unit_test(clicks_and_wheel_do_what_keys_do),
		cmocka_unit_test(so_they_do_on_pages),
		cmocka_unit_test(so_they_do_while_something_is_asked),
		cmocka_unit_test(where_one_begins_too),
		cmocka_unit_test(it_can_be_turned_off),
	};
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
