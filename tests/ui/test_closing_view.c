/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A meeting is closed on the screen: what is missing, the table of actions, the reason. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/closing_desk.h"

#define CLOSING "2 Enter Alt-c"

static void begin(struct desk *desk)
{
	unlink("own.db");
	closing_desk_make("own.db");
	closing_desk_open(desk, "own.db");
}

static int make_folder(void **state)
{
	if (desk_make_folder(state) != 0)
		return -1;
	closing_desk_make("meeting.db");
	return 0;
}

static void looks(void **state)
{
	static const struct {
		const char *name, *keys;
	} screens[] = {
		{"closing", CLOSING},
		{"closing-actions", CLOSING " Tab Down"},
		{"closing-due", CLOSING " Tab Down v type:31/13/2024 Enter"},
		{"closing-drop", CLOSING " Tab x"},
		{"closing-missing", CLOSING " Tab Space F2"},
		{"closing-help", CLOSING " F1"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(screens); i++) {
		closing_desk_expect_screen(screens[i].name, "meeting.db", &window_usual,
					   screens[i].keys);
		closing_desk_expect_screen(screens[i].name, "meeting.db", &window_small,
					   screens[i].keys);
	}
	closing_desk_expect_screen("closing", "meeting.db", &window_large, CLOSING);
	desk_expect_plain("closing-plain-80x24", "meeting.db", CLOSING);
	/* The last, as it writes. */
	closing_desk_expect_screen("closing-due-words", "meeting.db", &window_usual,
				   CLOSING " Tab Down v Ctrl-U type:+2s Enter");
}

/* Enter on what is missing goes to where it is mended, and back. */
static void leads_to_where_it_is_mended(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	closing_desk_expect(&desk, CLOSING " Enter", "Varios");
	closing_desk_expect(&desk, CLOSING " Enter Esc", "quedó sin tratar");
	closing_desk_expect(&desk, CLOSING " Down Enter", "Editar S-2024-002");
	closing_desk_expect(&desk, CLOSING " End Enter", "Editar AM-2024-01");
	closing_desk_expect(&desk, CLOSING " Tab Enter", "Editar S-2024-001");
	desk_close(&desk);
}

static void values_are_saved_as_they_are_typed(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	closing_desk_expect(&desk, CLOSING " Tab Down r type:cee Enter", "CEE");
	closing_desk_expect(&desk, CLOSING " Tab Down v type:15/02/2024 Enter", "15/02/2024");
	/* Complete now, it is marked by itself and nothing is missing of it. */
	closing_desk_expect(&desk, CLOSING, "-no tiene");
	closing_desk_expect(&desk, CLOSING " Tab Down c type:C5 Enter 4", "CEE");
	closing_desk_expect(&desk, CLOSING " Tab Down r Ctrl-U type:NADIE Enter", "NADIE");
	closing_desk_expect(&desk, CLOSING " Tab Down u", "Deshecho: Acciones de AM-2024-01");
	desk_close(&desk);
}

static void closes_with_a_reason_and_opens_again(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	closing_desk_expect(&desk, CLOSING " F2", "A AM-2024-01 le faltan 2 cosas:");
	/* Esc and an empty reason leave it open; what was marked is confirmed already. */
	closing_desk_expect(&desk, CLOSING " F2 Esc", "en sesión");
	closing_desk_expect(&desk, CLOSING " F2 Down Enter type:- Backspace Enter",
			    "Diga por qué se cierra así");
	closing_desk_expect(&desk, CLOSING " F2 Down Enter Esc", "en sesión");
	closing_desk_expect(&desk, CLOSING " F2 Down Enter type:Corte Enter",
			    "AM-2024-01 cerrada; u la vuelve a abrir");
	closing_desk_expect(&desk, "2 Enter", "Motivo del cierre  Corte");
	closing_desk_expect(&desk, "2 Enter", "Concluyó           17h10");
	closing_desk_expect(&desk, CLOSING " F2", "AM-2024-01 ya está cerrada");
	closing_desk_expect(&desk, CLOSING " u", "Deshecho: Cierra la reunión AM-2024-01");
	closing_desk_expect(&desk, CLOSING, "en sesión");
	desk_close(&desk);
}

static void closes_at_once_when_nothing_is_missing(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	struct store *store = session_store(&desk.session);
	closing_desk_set(store, RECORD_AGENDA, "AM-2024-01/3", "state", "deferred");
	closing_desk_set(store, RECORD_FOLLOWUP, "S-2024-002", "due", "2024-02-20");
	closing_desk_set(store, RECORD_FOLLOWUP, "S-2024-002", "responsible", "CEE");
	closing_desk_expect(&desk, CLOSING, "no falta nada");
	closing_desk_expect(&desk, CLOSING " F2", "AM-2024-01 cerrada");
	closing_desk_expect(&desk, "4", "-propuesta");
	closing_desk_expect(&desk, "0 Down Enter",
			    "Acciones de AM-2024-01: confirma S-2024-001, S-2024-002");
	desk_close(&desk);
}

static void what_is_dropped_is_dropped_at_the_end(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	closing_desk_expect(&desk, CLOSING " Tab Space Down x Esc 4", "propuesta");
	closing_desk_expect(&desk, CLOSING " Tab Space Down x F2 Esc 0",
			    "Acciones de AM-2024-01: descarta S-2024-");
	desk_close(&desk);
}

/* Another person closes it, or settles an action, while the page is open. */
static void close_it(struct store *other, int turn)
{
	if (turn != 1)
		return;
	closing_desk_set(other, RECORD_FOLLOWUP, "S-2024-001", "status", "dropped");
	closing_desk_set(other, RECORD_MEETING, "AM-2024-01", "status", "closed");
}

static void others_close_it_meanwhile(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	desk.other = desk_open_store("own.db", false);
	desk.others_work = close_it;
	closing_desk_expect(&desk, CLOSING " idle idle idle F2", "AM-2024-01 ya está cerrada");
	closing_desk_expect(&desk, "4 Down", "-pendiente");
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks),
		cmocka_unit_test(leads_to_where_it_is_mended),
		cmocka_unit_test(values_are_saved_as_they_are_typed),
		cmocka_unit_test(closes_with_a_reason_and_opens_again),
		cmocka_unit_test(closes_at_once_when_nothing_is_missing),
		cmocka_unit_test(what_is_dropped_is_dropped_at_the_end),
		cmocka_unit_test(others_close_it_meanwhile),
	};
	return cmocka_run_group_tests(tests, make_folder, desk_remove_folder);
}
