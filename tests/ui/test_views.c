/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/exchange/demo.h"
#include "ui/desk.h"

/* Every screen of the program, whole. */

static void expect(const char *name, const char *path, const struct window *window,
		   const char *keys)
{
	struct strbuf full;
	strbuf_init(&full);
	strbuf_addf(&full, "views-%s", name);
	desk_expect(full.data, path, window, keys);
	strbuf_release(&full);
}

struct scene {
	const char *name, *database, *keys;
};

static void expect_at_all_sizes(const struct scene *scenes, size_t count)
{
	static const struct window *const sizes[] = {&window_usual, &window_small, &window_large};
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < ARRAY_COUNT(sizes); j++)
			expect(scenes[i].name, scenes[i].database, sizes[j], scenes[i].keys);
}

/* ---- tests ---- */

static void every_screen_at_every_size(void **state)
{
	static const struct scene scenes[] = {
		{"commitments", "demo.db", "Down Down Down"},
		{"commitments-changed", "rich.db", "End"},
		{"commitment-c4", "demo.db", "Down Down Down Enter"},
		{"commitment-c6", "rich.db", "Down Down Down Down Down Enter"},
		{"commitment-c3-end", "demo.db", "Down Down Enter End"},
		{"agenda", "rich.db", "2"},
		{"meeting", "demo.db", "2 Enter"},
		{"meeting-item", "demo.db", "2 Enter Down Down"},
		{"meeting-reading", "demo.db", "2 Enter Down Down Down Tab PgDn"},
		{"meeting-last-item", "demo.db", "2 Enter End Tab End"},
		{"meeting-decision", "rich.db", "2 Enter Down"},
		{"meeting-measurements", "rich.db", "2 Enter End Tab"},
		{"attendees", "demo.db", "3 Down"},
		{"attendees-of-every-kind", "rich.db", "3 Down"},
		{"attendees-end", "demo.db", "3 End"},
		{"organization", "demo.db", "3 Down Down Down Down Down Down Enter"},
		{"followups", "rich.db", "4 Down"},
		{"followup", "demo.db", "4 Enter"},
	};
	(void)state;
	expect_at_all_sizes(scenes, ARRAY_COUNT(scenes));
}

static void an_empty_database_says_what_comes_first(void **state)
{
	static const struct scene scenes[] = {
		{"empty-commitments", "empty.db", ""},
		{"empty-agenda", "empty.db", "2 Enter"},
		{"empty-attendees", "empty.db", "3 Enter Down"},
		{"empty-followups", "empty.db", "4 Enter"},
	};
	(void)state;
	expect_at_all_sizes(scenes, ARRAY_COUNT(scenes));
}

static void ways_between_screens(void **state)
{
	static const struct scene scenes[] = {
		/* from a follow-up to its item, and from the item to another follow-up */
		{"followup-to-item", "demo.db", "4 Enter Enter"},
		{"item-to-followup", "demo.db", "2 Enter Down Down Down Enter Enter"},
		{"item-and-back", "demo.db", "2 Enter Down Down Down Enter Enter Esc Esc"},
		{"commitment-to-item", "demo.db", "Enter End Enter"},
		{"organization-to-commitment", "demo.db", "3 Down Down Enter Enter"},
		/* the meeting looked at is the one whose attendees show */
		{"attendees-of-meeting", "rich.db", "2 Down Enter 3"},
		{"attendees-older", "rich.db", "3 <"},
		{"attendees-newer", "rich.db", "3 < >"},
		{"attendees-no-older", "rich.db", "3 < <"},
		{"attendees-groups", "demo.db", "3 PgDn PgDn PgUp Down"},
		{"help-in-meeting", "demo.db", "2 Enter ?"},
		{"resized", "demo.db",
		 "2 Enter End size:40x10 Tab Down size:20x5 size:200x50 Tab Up size:80x24"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		expect(scenes[i].name, scenes[i].database, &window_usual, scenes[i].keys);
}

static void filters(void **state)
{
	static const struct scene scenes[] = {
		{"filter-typing", "demo.db", "4 / type:TECNICA"},
		{"filter-kept", "demo.db", "/ type:transparencia Enter"},
		{"filter-opened", "demo.db", "4 / type:talleres Enter Enter"},
		{"filter-nothing", "demo.db", "2 / type:xyz"},
		{"filter-left", "demo.db", "4 Down Down / type:conagopare Enter Esc"},
		{"filter-cancelled", "demo.db", "2 / type:hotel Esc"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		expect(scenes[i].name, scenes[i].database, &window_usual, scenes[i].keys);
	expect("filter-typing", "demo.db", &window_small, "4 / type:TECNICA");
	expect("filter-typing", "demo.db", &window_large, "4 / type:TECNICA");
}

static void plain_glyphs(void **state)
{
	static const struct scene scenes[] = {
		{"views-plain-commitments", "rich.db", "Down"},
		{"views-plain-agenda", "rich.db", "2"},
		{"views-plain-meeting", "rich.db", "2 Enter Down Tab"},
		{"views-plain-attendees", "rich.db", "3"},
		{"views-plain-followups", "rich.db", "4"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		desk_expect_plain(scenes[i].name, scenes[i].database, scenes[i].keys);
}

static void expect_beside_others(const char *name, const char *keys,
				 void (*others_work)(struct store *other, int turn))
{
	struct desk desk;
	struct store *fresh = desk_create_store("shared.db");
	assert_done(demo_fill(fresh, err));
	store_close(fresh);
	desk_open(&desk, "shared.db", false);
	desk.other = desk_open_store("shared.db", false);
	desk.others_work = others_work;
	struct ui_setup setup = desk_setup(&desk);
	screen_expect(name, 24, 80, keys, &setup);
	desk_close(&desk);
	assert_int_equal(unlink("shared.db"), 0);
}

/* Comes in above everything, then goes. */
static void add_and_delete(struct store *other, int turn)
{
	struct operation *operation = operation_new();
	operation_set_words(operation, "S-2023-099");
	if (turn == 0)
		desk_add_followup(operation, "S-2023-099", "2023-12-01", "open");
	else if (turn == 1)
		operation_delete(operation, "followup", desk_find(other, RECORD_FOLLOWUP, "S-2023-099"));
	if (turn < 2)
		desk_commit(other, operation);
	else
		operation_free(operation);
}

static void what_others_change_shows(void **state)
{
	(void)state;
	expect_beside_others("views-others-add", "4 Down Down idle", add_and_delete);
	expect_beside_others("views-others-delete", "4 Down idle Home idle", add_and_delete);
	expect_beside_others("views-others-delete-open", "4 idle Home Enter idle", add_and_delete);
	expect_beside_others("views-others-delete-open-back", "4 idle Home Enter idle Esc",
			     add_and_delete);
	/* Other screens read again when one comes back to them. */
	expect_beside_others("views-others-elsewhere", "4 End 1 idle 4", add_and_delete);
}

static void read_only_is_said(void **state)
{
	struct desk desk;
	struct term_script script;
	struct strbuf line;
	(void)state;
	desk_open(&desk, "demo.db", true);
	struct ui_setup setup = desk_setup(&desk);
	setup.status = session_status;
	setup.sign = session_sign;
	strbuf_init(&line);
	term_script_init(&script, 10, 60, "");
	screen_play(&script, &setup);
	screen_row(&script.shown, 8, &line);
	assert_non_null(strstr(line.data, "[solo lectura] guardado "));
	assert_non_null(strstr(line.data, "· FCD"));
	strbuf_release(&line);
	term_script_release(&script);
	desk_close(&desk);
}

/* ---- the start screen ---- */

/* Plays it with no database at `db`; the session is what came of it. */
static void play_start(struct desk *desk, const char *name, const char *keys)
{
	static const struct ui_screen *const start = &start_screen;
	*desk = (struct desk){.config = {.db = mem_strdup("grupo.db"), .wait_ms = 1000}};
	desk->session.config = &desk->config;
	struct ui_setup setup = {
		.screens = start, .screen_count = 1, .context = desk, .status = session_status};
	struct term_script script;
	term_script_init(&script, 24, 80, keys);
	screen_play(&script, &setup);
	if (name)
		screen_expect_canvas(name, &script.shown);
	term_script_release(&script);
}

static void stop_start(struct desk *desk)
{
	session_release(&desk->session);
	config_release(&desk->config);
}

static void starting_without_a_database(void **state)
{
	struct desk desk;
	(void)state;
	play_start(&desk, "views-start", "");
	assert_null(session_store(&desk.session));
	stop_start(&desk);
	play_start(&desk, "views-start-40x10", "size:40x10 Down");
	stop_start(&desk);
	play_start(&desk, "views-start-missing", "End Enter type:nada.db Enter");
	assert_null(session_store(&desk.session));
	stop_start(&desk);
	play_start(&desk, NULL, "End Enter type:text Enter");
	assert_null(session_store(&desk.session));
	stop_start(&desk);
	play_start(&desk, "views-start-exists", "Down Enter Ctrl-U type:demo.db Enter");
	assert_null(session_store(&desk.session));
	stop_start(&desk);
	play_start(&desk, NULL, "End Enter type:demo.db Enter Down");
	assert_non_null(session_store(&desk.session));
	assert_string_equal(store_path(session_store(&desk.session)), "demo.db");
	stop_start(&desk);
	assert_int_equal(access("grupo.db", F_OK), -1);
}

static void creating_where_one_says(void **state)
{
	struct desk desk;
	(void)state;
	play_start(&desk, NULL, "Down Enter Enter Down");
	assert_non_null(session_store(&desk.session));
	stop_start(&desk);
	assert_int_equal(access("grupo.db", R_OK), 0);
	play_start(&desk, NULL, "Down Enter Ctrl-U type:nuevo.db Enter");
	assert_string_equal(store_path(session_store(&desk.session)), "nuevo.db");
	stop_start(&desk);
	assert_int_equal(access("nuevo.db", R_OK), 0);
}

static void the_demonstration_leaves_nothing(void **state)
{
	struct desk desk;
	(void)state;
	play_start(&desk, NULL, "Enter Down");
	assert_non_null(session_store(&desk.session));
	char *path = mem_strdup(store_path(session_store(&desk.session)));
	struct strbuf status;
	strbuf_init(&status);
	session_status(&desk.session, &status);
	assert_non_null(strstr(status.data, "demostración"));
	strbuf_release(&status);
	stop_start(&desk);
	assert_int_equal(access(path, F_OK), -1);
	free(path);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_at_every_size),
		cmocka_unit_test(an_empty_database_says_what_comes_first),
		cmocka_unit_test(ways_between_screens),
		cmocka_unit_test(filters),
		cmocka_unit_test(plain_glyphs),
		cmocka_unit_test(what_others_change_shows),
		cmocka_unit_test(read_only_is_said),
		cmocka_unit_test(starting_without_a_database),
		cmocka_unit_test(creating_where_one_says),
		cmocka_unit_test(the_demonstration_leaves_nothing),
	};
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
