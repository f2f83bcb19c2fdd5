/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two members who write in the same record, one of them in a form: whole screens from scripted
 * keys, on replicas that exchange in between. */
#include "store/conflict_test.h"
#include "ui/screen_test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/views/session.h"

#define TITLE "SELECT title FROM commitment WHERE code = 'C1'"
/* The third field of the form is the title. */
#define WRITE "e Tab Tab type:Lo_mío "

/* What the frame gets as its context: AME at her screen, and FCD at work elsewhere. */
struct screen {
	struct session session; /* first: it is what the views take it for */
	struct config config;
	struct desk *desk;
	void (*work)(struct desk *desk); /* what FCD does; NULL: nothing, any more */
	bool is_unnoticed; /* the form is not told before it saves */
	struct ui_setup setup;
};

/* While she waits, once. */
static unsigned others_at_work(void *context, struct ui *ui)
{
	struct screen *screen = context;
	bool has_worked = screen->work != NULL;
	if (screen->work)
		screen->work(screen->desk);
	screen->work = NULL;
	return has_worked && screen->is_unnoticed ? UI_NOTHING : session_changed(context, ui);
}

static void steady_status(void *context, struct strbuf *out)
{
	(void)context;
	strbuf_adds(out, "guardado 10h00:00 · AME");
}

static void begin(struct screen *screen, struct desk *desk, void (*work)(struct desk *))
{
	char *local = folder_path("local.db");
	*screen = (struct screen){.desk = desk, .work = work};
	screen->session = (struct session){.config = &screen->config,
					   /* The exchange is another program's. */
					   .workplace.store = desk_open("theirs.db", "AME")};
	strbuf_init(&screen->session.shown);
	assert_done(local_open(local, &screen->session.local, err));
	free(local);
	session_count_drafts(&screen->session);
	news_begin(&screen->session.news, session_store(&screen->session));
	screen->setup = (struct ui_setup){.screens = main_screens,
					  .screen_count = main_screen_count,
					  .context = screen,
					  .changed = others_at_work,
					  .op = session_op,
					  .status = steady_status};
}

static void end(struct screen *screen)
{
	session_release(&screen->session);
}

/* Owned: the last screen. */
static char *play(struct screen *screen, int rows, int columns, const char *keys)
{
	struct term_script script;
	struct strbuf dump;
	term_script_init(&script, rows, columns, keys);
	screen_play(&script, &screen->setup);
	strbuf_init(&dump);
	canvas_dump(&script.shown, &dump);
	assert_in_range(script.shown.cursor_row, 0, rows - 1);
	term_script_release(&script);
	return strbuf_detach(&dump);
}

static void expect(struct screen *screen, const char *keys, const char *const *parts)
{
	char *dump = play(screen, 24, 80, keys);
	for (; *parts; parts++)
		if (!strstr(dump, *parts))
			fail_msg("no «%s» after «%s»:\n%s", *parts, keys, dump);
	free(dump);
}
#define EXPECT(screen, keys, ...) expect(screen, keys, (const char *const[]){__VA_ARGS__, NULL})

static void assert_value(struct store *replica, const char *sql, const char *expected)
{
	char *found = replica_value(replica, sql);
	assert_string_equal(found, expected);
	free(found);
}

/* ---- what FCD does */

static void set_title(struct desk *desk)
{
	desk_set(desk->ours, "commitment", desk->group.c1, "title", "Lo de FCD");
	desk_exchange(desk);
}

static void set_title_again(struct desk *desk)
{
	set_title(desk);
	desk_set(desk->ours, "commitment", desk->group.c1, "title", "Lo segundo de FCD");
	desk_exchange(desk);
}

static void set_problem(struct desk *desk)
{
	desk_set(desk->ours, "commitment", desk->group.c1, "problem", "Sin datos");
	desk_exchange(desk);
}

static void remove_it(struct desk *desk)
{
	struct operation *op = operation_new();
	operation_set_words(op, "Quita C1");
	operation_delete(op, "commitment", desk->group.c1);
	test_commit(desk->ours, op);
	desk_exchange(desk);
}

/* ---- */

static void stands_beside(struct desk *desk, int rows, int columns, const char *name)
{
	struct screen screen;
	begin(&screen, desk, set_title);
	char *dump = play(&screen, rows, columns, WRITE "idle");
	screen_expect_text(name, dump);
	free(dump);
	end(&screen);
}

static void what_others_write_stands_beside_the_field(void **state)
{
	stands_beside(*state, 24, 80, "contested-80x24");
}

static void it_does_in_a_small_window(void **state)
{
	stands_beside(*state, 10, 40, "contested-40x10");
}

static void a_contested_save_waits_and_opens_its_page(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, set_title);
	EXPECT(&screen, WRITE "idle F2", "Título", "Lo mío", "Lo de FCD", "Descartar todo este",
	       "lo suyo queda guardado");
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	assert_int_equal(screen.session.drafts, 0);
	assert_value(desk->theirs, TITLE, "Lo de FCD");
	struct conflict conflict = only_conflict(desk->theirs);
	assert_int_equal(conflict.items.count, 1);
	assert_string_equal(conflict.items.items[0].seen.words, "(vacío)");
	assert_string_equal(conflict.items.items[0].mine.words, "Lo mío");
	assert_string_equal(conflict.items.items[0].theirs.words, "Lo de FCD");
	assert_string_equal(conflict.items.items[0].by, "FCD");
	conflict_release(&conflict);
	end(&screen);
}

static void it_is_decided_at_once(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, set_title);
	EXPECT(&screen, WRITE "idle F2 Enter Enter Enter", "Compromisos", "Lo mío");
	assert_int_equal(replica_counts(desk->theirs).parked, 0);
	desk_exchange(desk);
	assert_value(desk->ours, TITLE, "Lo mío");
	assert_desk_alike(desk);
	end(&screen);
}

/* In a window of that size it is complete as well. */
static void its_page_in_a_small_window(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, set_title);
	char *dump = play(&screen, 10, 40, WRITE "idle F2");
	assert_non_null(strstr(dump, "Usted puso     Lo mío"));
	assert_non_null(strstr(dump, "Otra persona cambió lo mismo"));
	free(dump);
	end(&screen);
}

/* Not to the form; and nothing is lost by leaving. */
static void leaving_it_leads_to_the_list(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, set_title);
	EXPECT(&screen, WRITE "idle F2 Esc", "3 compromisos", "▶C1   Lo de FCD");
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	end(&screen);
}

/* The last moment, when the form knows nothing of it yet. */
static void what_came_just_before_conflicts_as_well(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, set_title);
	screen.is_unnoticed = true;
	EXPECT(&screen, WRITE "idle F2", "Lo mío", "Lo de FCD", "Descartar todo este");
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	end(&screen);
}

/* Of two changes she saw neither. */
static void what_she_saw_is_what_was_there_first(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	desk_set(desk->ours, "commitment", desk->group.c1, "title", "Lo primero");
	desk_exchange(desk);
	begin(&screen, desk, set_title_again);
	EXPECT(&screen, WRITE "idle F2", "Lo segundo de FCD");
	struct conflict conflict = only_conflict(desk->theirs);
	assert_string_equal(conflict.items.items[0].seen.words, "Lo primero");
	conflict_release(&conflict);
	end(&screen);
}

static void other_fields_merge(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, set_problem);
	EXPECT(&screen, WRITE "idle F2", "Guardado: ");
	desk_exchange(desk);
	assert_value(desk->ours, "SELECT title || problem FROM commitment WHERE code = 'C1'",
		     "Lo míoSin datos");
	end(&screen);
}

static void a_record_that_is_gone_keeps_what_was_written(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, remove_it);
	EXPECT(&screen, WRITE "idle", "Lo escrito sigue aquí", "Lo mío");
	assert_int_equal(screen.session.drafts, 1);
	end(&screen);
}

static void a_save_of_a_record_that_is_gone_waits_too(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, remove_it);
	EXPECT(&screen, WRITE "idle F2", "Lo mío", "(quitado)");
	struct conflict conflict = only_conflict(desk->theirs);
	assert_int_equal(conflict.items.items[0].kind, CONFLICT_GONE);
	conflict_release(&conflict);
	decide_first(desk->theirs, CONFLICT_MINE);
	desk_exchange(desk);
	assert_value(desk->ours, TITLE, "Lo mío");
	end(&screen);
}

/* The program died before anybody saved: what she saw then is what counts. */
static void a_draft_knows_what_she_saw(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, set_title);
	free(play(&screen, 24, 80, WRITE "idle"));
	assert_int_equal(screen.session.drafts, 1);
	end(&screen);
	begin(&screen, desk, NULL);
	EXPECT(&screen, "e Enter F2", "Lo mío", "Lo de FCD", "Descartar todo este");
	assert_int_equal(screen.session.drafts, 0);
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	end(&screen);
}

static void what_others_changed_is_not_removed_unseen(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, set_title);
	EXPECT(&screen, "Delete idle Down Enter", "No se quitó", "Lo de FCD",
	       "Dejar todo como está");
	assert_value(desk->theirs, TITLE, "Lo de FCD");
	end(&screen);
	/* Asked again and meant, it goes. */
	begin(&screen, desk, set_problem);
	EXPECT(&screen, "Delete idle Down Enter Down Enter", "u lo deshace");
	assert_value(desk->theirs, TITLE, "");
	end(&screen);
}

static void what_others_removed_is_not_removed_again(void **state)
{
	struct desk *desk = *state;
	struct screen screen;
	begin(&screen, desk, remove_it);
	EXPECT(&screen, "Delete idle Down Enter", "Compromisos");
	assert_int_equal(replica_counts(desk->theirs).parked, 0);
	assert_desk_alike(desk);
	end(&screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(what_others_write_stands_beside_the_field),
		AT_DESK(it_does_in_a_small_window),
		AT_DESK(a_contested_save_waits_and_opens_its_page),
		AT_DESK(it_is_decided_at_once),
		AT_DESK(its_page_in_a_small_window),
		AT_DESK(leaving_it_leads_to_the_list),
		AT_DESK(what_came_just_before_conflicts_as_well),
		AT_DESK(what_she_saw_is_what_was_there_first),
		AT_DESK(other_fields_merge),
		AT_DESK(a_record_that_is_gone_keeps_what_was_written),
		AT_DESK(a_save_of_a_record_that_is_gone_waits_too),
		AT_DESK(a_draft_knows_what_she_saw),
		AT_DESK(what_others_changed_is_not_removed_unseen),
		AT_DESK(what_others_removed_is_not_removed_again),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
