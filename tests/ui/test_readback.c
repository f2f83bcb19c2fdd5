/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A meeting read item by item before it is closed, and on the wall while it is written. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/closing_desk.h"

#define READBACK "2 Enter F11"
#define PROJECTOR "2 Enter Alt-p"

static int make_folder(void **state)
{
	if (desk_make_folder(state) != 0)
		return -1;
	closing_desk_make("meeting.db");
	return 0;
}

static void begin(struct desk *desk)
{
	unlink("own.db");
	closing_desk_make("own.db");
	closing_desk_open(desk, "own.db");
}

static void looks(void **state)
{
	static const struct window *const windows[] = {&window_usual, &window_small, &window_large};
	static const struct {
		const char *name, *keys;
	} screens[] = {
		{"readback", READBACK " Right"},
		{"readback-decision", READBACK},
		{"projector", PROJECTOR},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(screens); i++)
		for (size_t j = 0; j < ARRAY_COUNT(windows); j++)
			closing_desk_expect_screen(screens[i].name, "meeting.db", windows[j],
						   screens[i].keys);
	closing_desk_expect_screen("readback-private", "meeting.db", &window_usual,
				   READBACK " Right p");
	closing_desk_expect_screen("readback-scrolled", "meeting.db", &window_small,
				   READBACK " Right PgDn");
	closing_desk_expect_screen("readback-help", "meeting.db", &window_usual, READBACK " F1");
}

/* Right, Enter and the end of PgDn all lead on; a long item is first read to its end. */
static void from_item_to_item(void **state)
{
	const struct way ways[] = {
		{READBACK " Right", READBACK " Enter"},
		{READBACK " Right", READBACK " PgDn"},
		{READBACK " Right Right Left", READBACK " Right"},
		{READBACK " Right Right PgUp", READBACK " Right"},
		{READBACK " Right p p", READBACK " Right"},
		{READBACK " Esc", "2 Enter"},
		{READBACK " Alt-c", "2 Enter F11 Alt-c"},
	};
	struct desk desk;
	(void)state;
	desk_expect_same("meeting.db", ways, ARRAY_COUNT(ways));
	closing_desk_open(&desk, "meeting.db");
	closing_desk_expect(&desk, READBACK " Left", "Es el primer punto.");
	closing_desk_expect(&desk, READBACK " Right Right Right", "Es el último punto");
	closing_desk_expect(&desk, READBACK " Right", "-hablar aparte");
	closing_desk_expect(&desk, READBACK " Right p", "hablar aparte");
	closing_desk_expect(&desk, READBACK " Alt-c", "Qué falta");
	desk_close(&desk);
}

static void what_comes_before_the_first_item_is_read_too(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	struct store *store = session_store(&desk.session);
	DESK_ADD(store, RECORD_RESOLUTION, "meeting=AM-2024-01", "text=Se espera al quórum.");
	closing_desk_expect(&desk, READBACK, "Antes del primer punto");
	closing_desk_expect(&desk, READBACK, "1 de 4");
	closing_desk_expect(&desk, READBACK " Right", "punto 1 · 2 de 4");
	desk_close(&desk);
}

/* An empty meeting says so. */
static void nothing_to_read(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	DESK_ADD(session_store(&desk.session), RECORD_MEETING, "number=AM-2024-02",
		 "date=2024-02-20");
	closing_desk_expect(&desk, READBACK, "La reunión no tiene orden del día.");
	closing_desk_expect(&desk, PROJECTOR, "AM-2024-02");
	closing_desk_expect(&desk, READBACK " Right", "último punto");
	desk_close(&desk);
}

static void goes_on(struct store *other, int turn)
{
	if (turn == 1)
		DESK_ADD(other, RECORD_RESOLUTION, "meeting=AM-2024-01", "item=2",
			 "text=Lo que se acaba de decir.");
	if (turn == 2)
		DESK_ADD(other, RECORD_RESOLUTION, "meeting=AM-2024-01", "item=2", "private=true",
			 "text=Lo que nadie debe ver.");
	if (turn == 3) {
		closing_desk_set(other, RECORD_AGENDA, "AM-2024-01/2", "state", "done");
		closing_desk_set(other, RECORD_AGENDA, "AM-2024-01/3", "state", "in_progress");
	}
	if (turn == 4)
		closing_desk_set(other, RECORD_AGENDA, "AM-2024-01/3", "state", "done");
}

/* Owned: what is on the wall, in a low window, after so many looks at the data. */
static char *wall(const char *keys)
{
	struct desk desk;
	struct term_script script;
	struct strbuf dump;
	begin(&desk);
	desk.other = desk_open_store("own.db", false);
	desk.others_work = goes_on;
	struct ui_setup setup = desk_setup(&desk);
	setup.op = session_op;
	term_script_init(&script, 12, 60, keys);
	screen_play(&script, &setup);
	strbuf_init(&dump);
	canvas_dump(&script.shown, &dump);
	term_script_release(&script);
	desk_close(&desk);
	return strbuf_detach(&dump);
}

static void expect_wall(const char *keys, const char *has, const char *lacks)
{
	char *screen = wall(keys);
	if (!strstr(screen, has) || strstr(screen, lacks))
		fail_msg("«%s» and no «%s» after «%s»:\n%s", has, lacks, keys, screen);
	free(screen);
}

static void the_wall_follows(void **state)
{
	(void)state;
	/* What was said last is in sight, although the item is longer than the window. */
	expect_wall(PROJECTOR " idle idle", "Lo que se acaba de decir.", "Varios");
	expect_wall(PROJECTOR " idle idle idle", "punto 2", "nadie debe ver");
	expect_wall(PROJECTOR " idle idle idle p", "no se proyectan", "nadie debe ver");
	expect_wall(PROJECTOR " idle idle idle idle", "3. Varios", "talleres");
	/* Nothing is treated: the agenda. */
	expect_wall(PROJECTOR " idle idle idle idle idle", "✓ 3. Varios", "Esc volver");
	/* Not even the status of the drive. */
	expect_wall(PROJECTOR " idle", "Proyección", "guardado");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks),
		cmocka_unit_test(from_item_to_item),
		cmocka_unit_test(what_comes_before_the_first_item_is_read_too),
		cmocka_unit_test(nothing_to_read),
		cmocka_unit_test(the_wall_follows),
	};
	return cmocka_run_group_tests(tests, make_folder, desk_remove_folder);
}
