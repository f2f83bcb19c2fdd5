/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/demo.h"
#include "ui/desk.h"

static void back_and_forward_lead_through_where_one_was(void **state)
{
	static const struct way ways[] = {
		/* a page, a screen, an Esc: each is a step */
		{"Down Enter [", "Down"},
		{"Down Enter [ ]", "Down Enter"},
		{"4 Down [", ""},
		{"4 Down [ ]", "4 Down"},
		{"Down Enter Esc [", "Down Enter"},
		{"Down Enter Esc [ ]", "Down"},
		{"Down Enter Esc [ [", "Down"},
		{"Down Enter 4 Alt-Left", "Down Enter"},
		{"Down Enter 4 Alt-Left Alt-Right", "4"},
		/* where one scrolled to and what was selected is as one left it */
		{"2 Down Enter End Tab PgDn Enter 3 [ [", "2 Down Enter End Tab PgDn Enter Esc"},
		/* the digit of the screen leads to its list in one step */
		{"4 Enter Enter 4 [", "4 Enter Enter"},
		{"4 Enter Enter 4 [ [", "4 Enter"},
		/* the same page twice is no step */
		{"4 4 4 [", ""},
		/* Esc goes up from where one went back to */
		{"Down Enter 4 [ Esc", "Down"},
		/* and so does a way that never was a stack: back into a page that was left */
		{"4 Enter Enter Esc Esc [ Esc Esc", "4"},
		/* a search is found with its words and its hits */
		{"s type:gobierno Enter Down Down Enter [", "s type:gobierno Enter Down Down"},
		{"s type:gobierno Enter Down Enter [ ]", "s type:gobierno Enter Down Enter"},
		{"s type:gobierno Enter End 4 [", "s type:gobierno Enter End"},
		{"s type:gobierno Enter Down Enter 4 [ [", "s type:gobierno Enter Down"},
		/* help is a page as any other */
		{"? [", ""},
		{"4 ? 1 [", "4 ?"},
	};
	(void)state;
	desk_expect_same("rich.db", ways, ARRAY_COUNT(ways));
}

/* What is opened after going back takes the place of what was ahead. */
static void a_new_way_drops_the_old(void **state)
{
	static const struct way ways[] = {
		{"4 [ Down Enter [", "Down"},
		{"4 [ Down Enter [ ]", "Down Enter"},
	};
	char *dump = desk_dump("demo.db", "4 [ Down Enter ]");
	(void)state;
	assert_non_null(strstr(dump, "No hay nada más adelante."));
	free(dump);
	desk_expect_same("rich.db", ways, ARRAY_COUNT(ways));
}

static void the_ends_are_said(void **state)
{
	(void)state;
	desk_expect("trail-start", "demo.db", &window_usual, "Down [");
	desk_expect("trail-end", "demo.db", &window_small, "Down Enter [ ] ]");
}

/* Fifty places are kept; those before are forgotten, and their pages with them. */
static void the_trail_is_bounded(void **state)
{
	(void)state;
	for (int back = 49; back <= 50; back++) {
		struct strbuf keys;
		strbuf_init(&keys);
		for (int i = 0; i < 100; i++)
			strbuf_adds(&keys, "Enter Esc ");
		for (int i = 0; i < back; i++)
			strbuf_adds(&keys, " [");
		char *dump = desk_dump("demo.db", keys.data);
		assert_non_null(strstr(dump, "Compromisos › C1"));
		assert_int_equal(strstr(dump, "No hay nada más atrás.") != NULL, back == 50);
		free(dump);
		strbuf_release(&keys);
	}
}

/* ---- beside others ---- */

static void add_and_delete(struct store *other, int turn)
{
	struct operation *operation;
	if (turn > 1)
		return;
	operation = operation_new();
	operation_set_words(operation, "S-2023-099");
	if (turn == 0)
		desk_add_followup(operation, "S-2023-099", "2023-12-01", "open");
	else
		operation_delete(operation, "followup",
				 desk_find(other, RECORD_FOLLOWUP, "S-2023-099"));
	desk_commit(other, operation);
}

static void what_others_changed_is_read_again(void **state)
{
	struct desk desk;
	struct store *fresh = desk_create_store("shared.db");
	(void)state;
	assert_done(demo_fill(fresh, err));
	store_close(fresh);
	desk_open(&desk, "shared.db", false);
	desk.other = desk_open_store("shared.db", false);
	desk.others_work = add_and_delete;
	struct ui_setup setup = desk_setup(&desk);
	/* the follow-up is deleted while one is elsewhere */
	char *dump = desk_play(&setup, "4 idle Home Enter Esc 1 idle [ [");
	assert_non_null(strstr(dump, "Esto ya no está"));
	free(dump);
	desk_close(&desk);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(back_and_forward_lead_through_where_one_was),
		cmocka_unit_test(a_new_way_drops_the_old),
		cmocka_unit_test(the_ends_are_said),
		cmocka_unit_test(the_trail_is_bounded),
		cmocka_unit_test(what_others_changed_is_read_again),
	};
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
