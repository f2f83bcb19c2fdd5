/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deciding on the screen what was parked, whole screens from scripted keys. */
#include "store/conflict_test.h"
#include "ui/screen_test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "nucleo/base/memory.h"
#include "nucleo/views/session.h"

#define TITLE "SELECT title FROM commitment WHERE code = 'C1'"

/* Both change a title; theirs also adds what the group has by now; another change follows. */
static void meet(struct desk *desk)
{
	struct operation *op = operation_new();
	operation_set_words(op, "C1: título y eje");
	operation_change(op, "commitment", desk->group.c1, "title", value_null(),
			 value_text("Datos abiertos en los gobiernos locales, con un portal que "
				    "los municipios llenan cada mes"));
	operation_change(op, "commitment", desk->group.c1, "axis", value_null(),
			 value_text("Transparencia"));
	operation_change(op, "commitment", desk->group.c1, "starts", value_null(),
			 value_text("2023-03-01"));
	test_commit(desk->theirs, op);
	op = operation_new();
	operation_set_words(op, "C1: datos abiertos");
	operation_change(op, "commitment", desk->group.c1, "title", value_null(),
			 value_text("Datos abiertos"));
	operation_change(op, "commitment", desk->group.c1, "axis", value_null(),
			 value_text("Participación"));
	test_commit(desk->ours, op);
	desk_set(desk->theirs, "commitment", desk->group.c1, "problem", "Sin datos");
	op = operation_new();
	operation_set_words(op, "Agrega el plan paga3");
	add_row(op, "plan", "code", "paga3", "title", "Tercero", NULL);
	test_commit(desk->theirs, op);
	op = operation_new();
	operation_set_words(op, "Agrega el plan");
	add_row(op, "plan", "code", "paga3", NULL);
	test_commit(desk->ours, op);
	desk_exchange(desk);
}

/* What is shown is that of the test, whenever it runs. */
static void set_moments(struct desk *desk)
{
	store_close(desk->theirs);
	test_sql("theirs.db", "UPDATE history SET at = '2023-11-16T15:20:00Z';"
			      "UPDATE pending SET template = json_set(template, '$.at',"
			      " '2023-11-15T09:30:00Z')");
	desk->theirs = desk_open("theirs.db", "AME");
}

static void steady_status(void *context, struct strbuf *out)
{
	(void)context;
	strbuf_adds(out, "2 cambios esperan su decisión: F5");
}

/* Plays the keys on theirs; the expected screen is NAME-WINDOW.txt, NULL: not compared. */
static void play(struct desk *desk, const char *name, int rows, int columns, const char *keys)
{
	struct config config = {0};
	struct session session = {.config = &config, .workplace.store = desk->theirs};
	struct term_script script;
	struct strbuf full;
	const struct ui_setup setup = {.screens = main_screens,
				       .screen_count = main_screen_count,
				       .context = &session,
				       .op = session_op,
				       .status = steady_status};
	strbuf_init(&full);
	strbuf_init(&session.shown);
	strbuf_addf(&full, "conflicts-%s-%dx%d", name ? name : "", columns, rows);
	term_script_init(&script, rows, columns, keys);
	screen_play(&script, &setup);
	if (name)
		screen_expect_canvas(full.data, &script.shown);
	assert_in_range(script.shown.cursor_row, 0, rows - 1);
	term_script_release(&script);
	strbuf_release(&session.shown);
	strbuf_release(&full);
}

static void every_page_at_every_size(void **state)
{
	static const struct {
		const char *name, *keys, *narrow; /* where what is selected has to be found */
	} scenes[] = {
		{"list", "F5", NULL},
		{"page", "F5 Enter", NULL},
		{"page-end", "F5 Enter End", NULL},
		{"choices", "F5 Enter Enter", "F5 Enter PgDn PgDn Enter"},
		{"confirm", "F5 Enter Enter Enter Down Enter Down Enter",
		 "F5 Enter PgDn PgDn Enter Enter Down Down Down Down Down Enter Down Enter"},
		{"refused", "F5 End Enter", NULL},
		{"leave", "F5 Enter Enter Enter Esc", "F5 Enter PgDn PgDn Enter Enter Esc"},
		{"drop", "F5 Enter End Enter", NULL},
	};
	struct desk *desk = *state;
	meet(desk);
	set_moments(desk);
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++) {
		play(desk, scenes[i].name, 24, 80, scenes[i].keys);
		play(desk, scenes[i].name, 10, 40,
		     scenes[i].narrow ? scenes[i].narrow : scenes[i].keys);
	}
	/* Looking decides nothing. */
	assert_int_equal(replica_counts(desk->theirs).parked, 3);
}

static void assert_value(struct store *replica, const char *sql, const char *expected)
{
	char *found = replica_value(replica, sql);
	assert_string_equal(found, expected);
	free(found);
}

/* The title written anew, the axis theirs: after one look and a yes. */
static void what_follows_is_not_decided_before(void **state)
{
	struct desk *desk = *state;
	meet(desk);
	set_moments(desk);
	play(desk, "follows", 24, 80, "F5 Down Enter");
}

static void keys_decide_field_by_field(void **state)
{
	struct desk *desk = *state;
	meet(desk);
	play(desk, NULL, 24, 80,
	     "F5 Enter Enter End Down Down Down Enter Ctrl-U type:Portal_de_datos Enter"
	     " Down Enter Down Enter Enter");
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	desk_exchange(desk);
	assert_value(desk->ours, TITLE, "Portal de datos");
	assert_value(desk->ours,
		     "SELECT axis || starts || problem FROM commitment"
		     " WHERE code = 'C1'",
		     "Participación2023-03-01Sin datos");
	assert_desk_alike(desk);
}

static void a_value_that_breaks_a_rule_is_asked_again(void **state)
{
	struct desk *desk = *state;
	meet(desk);
	play(desk, NULL, 24, 80, "F5 End Enter Down Enter Ctrl-U type:a/b Enter");
	assert_int_equal(replica_counts(desk->theirs).parked, 3);
	/* A code that is free does, and trying again goes without saying. */
	play(desk, NULL, 24, 80, "F5 End Enter Down Enter Ctrl-U type:paga4 Enter Enter");
	assert_int_equal(replica_counts(desk->theirs).parked, 2);
	desk_exchange(desk);
	assert_value(desk->ours, "SELECT title FROM plan WHERE code = 'paga4'", "Tercero");
}

#define PROBLEM "SELECT problem FROM commitment WHERE code = 'C1'"

/* Both wrote the same long text anew. */
static void meet_over_a_text(struct desk *desk)
{
	desk_set(desk->ours, "commitment", desk->group.c1, "problem",
		 "Los municipios no publican sus datos a tiempo.\nFalta un formato común.");
	desk_exchange(desk);
	desk_set(desk->theirs, "commitment", desk->group.c1, "problem",
		 "Los municipios no publican todos sus datos.\nFalta un formato común.");
	desk_set(desk->ours, "commitment", desk->group.c1, "problem",
		 "Los municipios pequeños no publican sus datos a tiempo.\nFalta un formato común.");
	desk_exchange(desk);
	set_moments(desk);
}

/* With both texts whole, and what is not the same in them. */
static void long_texts_show_where_they_differ(void **state)
{
	struct desk *desk = *state;
	meet_over_a_text(desk);
	play(desk, "text", 24, 80, "F5 Enter");
	play(desk, "text", 10, 40, "F5 Enter PgDn");
}

static void another_text_keeps_its_lines(void **state)
{
	struct desk *desk = *state;
	meet_over_a_text(desk);
	play(desk, "text-writing", 24, 80, "F5 Enter Enter Down Down Down Enter");
	play(desk, "text-writing", 10, 40, "F5 Enter End Up Enter Down Down Down Enter");
	play(desk, "text-editor", 24, 80, "F5 Enter Enter Down Down Down Enter Enter");
	play(desk, "text-written", 24, 80,
	     "F5 Enter Enter Down Down Down Enter Enter Enter type:Y_plata. F2");
	/* Left without saving, nothing is chosen. */
	play(desk, "text-left", 24, 80, "F5 Enter Enter Down Down Down Enter Esc");
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	play(desk, NULL, 24, 80,
	     "F5 Enter Enter Down Down Down Enter Enter Enter type:Y_plata. F2 Down Enter Enter");
	assert_int_equal(replica_counts(desk->theirs).parked, 0);
	desk_exchange(desk);
	assert_value(desk->ours, PROBLEM,
		     "Los municipios no publican todos sus datos.\nFalta un formato común.\n"
		     "Y plata.");
}

static void what_is_dropped_is_asked_for_twice(void **state)
{
	struct desk *desk = *state;
	meet(desk);
	play(desk, NULL, 24, 80, "F5 Enter End Enter Enter");
	assert_int_equal(replica_counts(desk->theirs).parked, 3);
	play(desk, NULL, 10, 40, "F5 Enter End Enter Down Enter");
	/* What followed it applies by itself. */
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	desk_exchange(desk);
	assert_value(desk->ours,
		     "SELECT title || axis || problem FROM commitment"
		     " WHERE code = 'C1'",
		     "Datos abiertosParticipaciónSin datos");
}

/* What waits has no number yet: the one selected, not the last one, is undone and redone. */
static void what_is_queued_is_undone_where_it_is_selected(void **state)
{
	struct desk *desk = *state;
	desk_set(desk->theirs, "commitment", desk->group.c1, "title", "Primero");
	desk_set(desk->theirs, "commitment", desk->group.c2, "title", "Segundo");
	play(desk, NULL, 24, 80, "0 Down u");
	assert_value(desk->theirs, TITLE, "");
	assert_value(desk->theirs, "SELECT title FROM commitment WHERE code = 'C2'", "Segundo");
	/* Now it is the third from the top; its page does the same. */
	play(desk, NULL, 10, 40, "0 Down Down Enter Ctrl-R");
	assert_value(desk->theirs, TITLE, "Primero");
	desk_exchange(desk);
	assert_value(desk->ours, TITLE, "Primero");
	assert_desk_alike(desk);
}

static void nothing_to_decide_says_so(void **state)
{
	struct desk *desk = *state;
	play(desk, "none", 24, 80, "F5");
	play(desk, "none", 10, 40, "F5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(every_page_at_every_size),
		AT_DESK(what_follows_is_not_decided_before),
		AT_DESK(keys_decide_field_by_field),
		AT_DESK(a_value_that_breaks_a_rule_is_asked_again),
		AT_DESK(long_texts_show_where_they_differ),
		AT_DESK(another_text_keeps_its_lines),
		AT_DESK(what_is_dropped_is_asked_for_twice),
		AT_DESK(what_is_queued_is_undone_where_it_is_selected),
		AT_DESK(nothing_to_decide_says_so),
	};
	setenv("TZ", "UTC", 1);
	tzset();
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
