/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cli_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fill(struct home *home)
{
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "organization", "acronym=FCD", "sector=civil_society");
	EXPECT(home, 0, "add", "plan", "code=paga2");
	EXPECT(home, 0, "add", "commitment", "code=C2", "lead=FCD", "title=Datos abiertos");
	EXPECT(home, 0, "add", "blocker", "commitment=C2", "reason=Sin presupuesto");
	EXPECT(home, 0, "add", "meeting", "number=AM-2023-05", "date=2023-11-17",
	       "status=closed");
	EXPECT(home, 0, "add", "agenda", "meeting=AM-2023-05", "title=Apertura",
	       "minutes_planned=10");
	EXPECT(home, 0, "add", "agenda", "meeting=AM-2023-05", "title=Guías", "state=deferred");
}

/* The labels and titles of an agenda, as "1 Apertura|2 Guías". */
static void assert_agenda(struct home *home, const char *meeting, const char *expected)
{
	char filter[64];
	snprintf(filter, sizeof(filter), "reunión:%s", meeting);
	EXPECT(home, 0, "list", "agenda", filter, "--json");
	char *agenda = ask_json(home, "SELECT group_concat((value ->> 'label') || ' '"
				      " || (value ->> 'title'), '|') FROM json_each(?1)");
	assert_string_equal(agenda, expected);
	free(agenda);
}

static void proposals_are_printed_and_nothing_is_written(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "history", "--json");
	char *before = ask_json(home, "SELECT json_array_length(?1)");
	EXPECT(home, 0, "propose", "2024-03-15", "leave=C2", "--json");
	assert_json(home, "$[0].group", "standing");
	assert_json(home, "$[3].code", "C2");
	assert_json(home, "$[3].taken", "0");
	assert_json(home, "$[3].presenter", "FCD");
	assert_json(home, "$[4].group", "deferred");
	assert_json(home, "$[4].code", "AM-2023-05/2");
	assert_json(home, "$[4].taken", "1");
	EXPECT(home, 0, "proponer", "15/03/2024");
	assert_out(home, "  [x] C2. Datos abiertos\n      bloqueado: Sin presupuesto");
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].number", before);
	free(before);
	EXPECT(home, 1, "propose", "AM-2030-01");
	EXPECT(home, 2, "propose", "2024-03-15", "title=x");
	EXPECT(home, 1, "propose", "2024-03-15", "take=C9");
	assert_err(home, "C9");
}

static void a_meeting_is_made_with_its_agenda(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "add", "meeting", "date=2024-03-15", "agenda=proposed", "--json");
	assert_json(home, "$.number", "AM-2024-01");
	assert_json(home, "$.status", "draft");
	assert_agenda(home, "AM-2024-01",
		      "1 Bienvenida y aprobación del orden del día|2 Estado de los compromisos|"
		      "2.a C2. Datos abiertos|3 Guías|4 Varios");
	EXPECT(home, 0, "show", "agenda", "AM-2024-01/3", "--json");
	assert_json(home, "$.carried_from", "AM-2023-05/2");
	EXPECT(home, 0, "show", "agenda", "AM-2024-01/2.a", "--json");
	assert_json(home, "$.commitment", "C2");
	EXPECT(home, 0, "undo");
	EXPECT(home, 0, "list", "agenda", "--json");
	assert_json(home, "$[0].meeting", "AM-2023-05");
	EXPECT(home, 1, "show", "meeting", "AM-2024-01");
}

static void without_an_agenda_it_has_none(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "add", "meeting", "number=X-1", "date=2024-03-15", "--json");
	assert_json(home, "$.number", "X-1");
	EXPECT(home, 0, "add", "meeting", "date=2024-03-16", "agenda=none", "--json");
	assert_json(home, "$.number", "X-2");
	EXPECT(home, 0, "list", "agenda", "reunión:X-1", "--json");
	assert_json(home, "$", "[]");
	EXPECT(home, 2, "add", "meeting");
	assert_err(home, "number");
	EXPECT(home, 1, "add", "meeting", "date=2024-03-15", "agenda=AM-1999-01");
	EXPECT(home, 2, "add", "meeting", "date=2024-03-15", "agenda=none", "agenda=none");
	EXPECT(home, 2, "add", "meeting", "date=2024-03-15", "leave=C2");
	EXPECT(home, 1, "add", "meeting", "number=X-1", "date=2024-03-15", "agenda=proposed");
	assert_err(home, "X-1");
}

static void a_meeting_is_convened(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "add", "meeting", "date=2024-03-15", "agenda=AM-2023-05", "leave=all",
	       "take=Apertura", "--json");
	assert_agenda(home, "AM-2024-01", "1 Apertura");
	EXPECT(home, 0, "convene", "AM-2024-01", "take=C2,AM-2023-05/2", "--json");
	assert_json(home, "$.status", "convened");
	assert_agenda(home, "AM-2024-01",
		      "1 Apertura|2 Estado de los compromisos|2.a C2. Datos abiertos|3 Guías");
	EXPECT(home, 0, "convocar", "AM-2024-01");
	assert_err(home, "ya estaba así");
	EXPECT(home, 1, "convene", "AM-2023-05");
	assert_err(home, "cerrada");
	EXPECT(home, 2, "convene", "AM-2024-01", "place=Quito");
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].words",
		    "AM-2024-01: convocada; 2 puntos propuestos al orden del día");
}

static void items_are_moved(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "add", "meeting", "date=2024-03-15", "agenda=proposed");
	EXPECT(home, 0, "move", "AM-2024-01/3", "up", "--json");
	assert_json(home, "$.label", "2");
	EXPECT(home, 0, "mover", "AM-2024-01/3.a", "park", "--json");
	assert_json(home, "$.label", "P1");
	EXPECT(home, 0, "move", "AM-2024-01/2", "2");
	assert_err(home, "ya estaba así");
	assert_agenda(home, "AM-2024-01",
		      "1 Bienvenida y aprobación del orden del día|2 Guías|"
		      "3 Estado de los compromisos|4 Varios|P1 C2. Datos abiertos");
	EXPECT(home, 2, "move", "AM-2024-01/2", "sideways");
	assert_err(home, "unpark");
	EXPECT(home, 1, "move", "AM-2024-01/9", "up");
	EXPECT(home, 1, "move", "AM-2023-05/1", "down");
	assert_err(home, "cerrada");
}

/* A day that does not exist is looked for as a meeting too: neither is said to be it. */
static void what_is_no_day_is_told(void **state)
{
	struct home *home = *state;
	EXPECT(home, 0, "init");
	EXPECT(home, 1, "propose", "2023-02-30");
	assert_err(home, "«2023-02-30» no es ni una fecha ni una reunión");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOME(what_is_no_day_is_told),
		IN_A_HOME(proposals_are_printed_and_nothing_is_written),
		IN_A_HOME(a_meeting_is_made_with_its_agenda),
		IN_A_HOME(without_an_agenda_it_has_none),
		IN_A_HOME(a_meeting_is_convened),
		IN_A_HOME(items_are_moved),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
