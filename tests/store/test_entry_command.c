/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a meeting, typed as commands. */
#include "store/cli_test.h"

#include <stdlib.h>
#include <string.h>

#define ADD_LINE(home, wanted, ...) EXPECT(home, wanted, "add", "entry", "AM-2024-01", __VA_ARGS__)

static void fill(struct home *home)
{
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "organization", "acronym=FCD", "sector=civil_society");
	EXPECT(home, 0, "add", "organization", "acronym=AME", "sector=public");
	EXPECT(home, 0, "add", "plan", "code=paga2", "starts=2022-01-01", "ends=2024-12-31");
	EXPECT(home, 0, "add", "commitment", "code=C5", "title=Talleres");
	EXPECT(home, 0, "add", "commitment", "code=C6");
	EXPECT(home, 0, "add", "meeting", "number=AM-2024-01", "date=2024-01-19");
	EXPECT(home, 0, "add", "agenda", "meeting=AM-2024-01", "title=Apertura");
	EXPECT(home, 0, "add", "agenda", "meeting=AM-2024-01", "title=Compromisos");
	EXPECT(home, 0, "add", "agenda", "meeting=AM-2024-01", "title=Varios");
}

/* The texts of the meeting's lines, apart by '|'. */
static void assert_lines(struct home *home, const char *expected)
{
	EXPECT(home, 0, "list", "resolutions", "--json");
	char *lines = ask_json(home, "SELECT group_concat(value ->> 'text', '|') FROM json_each(?1)");
	assert_string_equal(lines, expected);
	free(lines);
}

static void a_line_and_what_it_makes(void **state)
{
	struct home *home = *state;
	fill(home);
	ADD_LINE(home, 0, "2", "@AME termina los talleres !2024-03-31 #C5", "--json");
	assert_json(home, "$.resolution.id", "AM-2024-01/2#1");
	assert_json(home, "$.resolution.text", "AME termina los talleres");
	assert_json(home, "$.followups[0].id", "S-2024-001");
	assert_json(home, "$.followups[0].responsible", "[\"AME\"]");
	assert_json(home, "$.followups[0].due", "2024-03-31");
	assert_json(home, "$.followups[0].commitment", "C5");
	assert_json(home, "$.followups[0].status", "proposed");
	/* Words need no quotes, and the code of the item will do; before the first it is "-". */
	ADD_LINE(home, 0, "AM-2024-01/2", "FCD:", "pregunta", "por", "el", "plazo");
	assert_out(home, "FCD\n");
	assert_out(home, "pregunta por el plazo");
	EXPECT(home, 0, "agregar", "entry", "AM-2024-01", "-", "Se saluda.");
	assert_out(home, "AM-2024-01/-#1");
	assert_lines(home, "Se saluda.|AME termina los talleres|pregunta por el plazo");
	EXPECT(home, 0, "undo");
	EXPECT(home, 0, "undo");
	EXPECT(home, 0, "undo");
	EXPECT(home, 0, "list", "followups", "--json");
	assert_json(home, "$", "[]");
}

static void fields_are_named_as_before(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "add", "entry", "meeting=AM-2024-01", "item=1", "text=Se abre.", "--json");
	assert_json(home, "$.id", "AM-2024-01/1#1");
	EXPECT(home, 0, "add", "resolución", "AM-2024-01", "1", "Se sigue.", "--json");
	assert_json(home, "$.resolution.id", "AM-2024-01/1#2");
	EXPECT(home, 2, "add", "entry", "AM-2024-01", "1");
	assert_err(home, "uso: nucleo add entry REUNIÓN PUNTO TEXTO");
	EXPECT(home, 1, "add", "entry", "AM-2030-01", "1", "Nada.");
	EXPECT(home, 1, "add", "entry", "AM-2024-01", "9", "Nada.");
	EXPECT(home, 1, "add", "entry", "AM-2024-01", "1", "tabla\x01");
	assert_err(home, "el texto: tiene caracteres de control");
	EXPECT(home, 1, "add", "entry", "AM-2024-01", "1", " ");
	assert_err(home, "la línea no dice nada");
}

static void what_is_not_understood_is_written_and_said(void **state)
{
	struct home *home = *state;
	fill(home);
	ADD_LINE(home, 0, "2", "@AME entrega !ayeres #C55", "--json");
	assert_json(home, "$.resolution.text", "AME entrega !ayeres #C55");
	assert_err(home, "«!ayeres»: ");
	assert_err(home, "«#C55»: ");
	ADD_LINE(home, 0, "2", "C5 (20%) y C6 (0%)");
	assert_err(home, "C5: 20 %; C6: 0 % (");
	assert_err(home, "--measure");
	EXPECT(home, 0, "list", "progress", "--json");
	assert_json(home, "$", "[]");
	ADD_LINE(home, 0, "2", "C5 (20%) y C6 (0%)", "--measure");
	assert_string_equal(home->err.data, "");
	EXPECT(home, 0, "list", "progress", "--json");
	assert_json(home, "$[0].percent", "20");
	assert_json(home, "$[0].as_of", "2024-01-19");
	assert_json(home, "$[1].percent", "0");
}

static void lines_of_the_input(void **state)
{
	struct home *home = *state;
	fill(home);
	char *lines = put_text(home, "lines", "FCD: pregunta\n\n= Se aprueba.\r\n@AME entrega %C6=38");
	home->input = lines;
	ADD_LINE(home, 0, "3", "-", "--json");
	assert_json(home, "$[0].resolution.organization", "FCD");
	assert_json(home, "$[1].resolution.decision.number", "R-2024-01-01");
	assert_json(home, "$[2].followups[0].id", "S-2024-001");
	ADD_LINE(home, 0, "1", "-");
	assert_out(home, "AM-2024-01/1#3  acción de AME");
	/* Each stands for itself: those before a bad one are there. */
	char *bad = put_text(home, "bad", "buena\nm\x01la\notra\n");
	home->input = bad;
	ADD_LINE(home, 1, "2", "-", "--json");
	assert_err(home, "línea 2 (lo anterior quedó escrito)");
	assert_json(home, "$[0].resolution.text", "buena");
	assert_json(home, "$[1]", "null");
	char *zero = put_bytes(home, "zero", "a\0b", 3);
	home->input = zero;
	ADD_LINE(home, 1, "2", "-");
	assert_err(home, "no es texto");
	home->input = NULL;
	ADD_LINE(home, 0, "2", "-", "--json");
	assert_json(home, "$", "[]");
	free(lines);
	free(bad);
	free(zero);
}

static void steps_of_a_line(void **state)
{
	struct home *home = *state;
	fill(home);
	ADD_LINE(home, 0, "1", "Se abre. AME enviará el informe hasta marzo de 2024.");
	ADD_LINE(home, 0, "1", "segunda");
	EXPECT(home, 0, "entry", "followup", "AM-2024-01/1#1", "--json");
	assert_json(home, "$.kind", "undertaking");
	EXPECT(home, 0, "list", "followups", "--json");
	assert_json(home, "$[0].description", "AME enviará el informe hasta marzo de 2024.");
	assert_json(home, "$[0].due", "2024-03-31");
	EXPECT(home, 1, "entry", "followup", "AM-2024-01/1#1", "informe");
	assert_err(home, "S-2024-001");
	EXPECT(home, 1, "entry", "followup", "AM-2024-01/1#2");
	EXPECT(home, 1, "entry", "followup", "AM-2024-01/1#2", "nada");
	EXPECT(home, 0, "línea", "split", "AM-2024-01/1#1", "AME enviará", "--json");
	assert_json(home, "$[0].text", "Se abre.");
	assert_json(home, "$[1].text", "AME enviará el informe hasta marzo de 2024.");
	assert_lines(home, "Se abre.|AME enviará el informe hasta marzo de 2024.|segunda");
	EXPECT(home, 0, "entry", "down", "AM-2024-01/1#2", "--json");
	assert_json(home, "$.id", "AM-2024-01/1#3");
	EXPECT(home, 1, "entry", "down", "AM-2024-01/1#3");
	EXPECT(home, 0, "entry", "up", "AM-2024-01/1#3");
	EXPECT(home, 0, "entry", "join", "AM-2024-01/1#1");
	assert_lines(home, "Se abre. AME enviará el informe hasta marzo de 2024.|segunda");
	EXPECT(home, 0, "entry", "move", "AM-2024-01/1#1", "1", "AM-2024-01/1#2");
	assert_lines(home, "segunda|Se abre. AME enviará el informe hasta marzo de 2024.");
	EXPECT(home, 0, "entry", "move", "AM-2024-01/1#1", "3", "--json");
	assert_json(home, "$.id", "AM-2024-01/3#1");
	EXPECT(home, 0, "entry", "move", "AM-2024-01/3#1", "3");
	assert_err(home, "ya estaba así");
	EXPECT(home, 0, "entry", "kind", "AM-2024-01/3#1", "decision", "--json");
	assert_json(home, "$.decision.number", "R-2024-01-01");
	EXPECT(home, 0, "entry", "kind", "R-2024-01-01", "nota", "--json");
	assert_json(home, "$.decision", "null");
	EXPECT(home, 0, "entry", "kind", "AM-2024-01/3#1", "decision", "--json");
	assert_json(home, "$.decision.number", "R-2024-01-02");
}

static void paragraphs_are_split_without_the_line_between(void **state)
{
	struct home *home = *state;
	fill(home);
	ADD_LINE(home, 0, "1", "Se abre.");
	EXPECT(home, 0, "set", "resolution", "AM-2024-01/1#1", "text=uno\n\ndos");
	EXPECT(home, 0, "entry", "split", "AM-2024-01/1#1", "\n\ndos");
	assert_lines(home, "uno|dos");
}

static void steps_that_are_none(void **state)
{
	struct home *home = *state;
	fill(home);
	ADD_LINE(home, 0, "1", "Se abre.");
	EXPECT(home, 2, "entry", "turn", "AM-2024-01/1#1");
	assert_err(home, "split");
	EXPECT(home, 2, "entry", "split", "AM-2024-01/1#1");
	assert_err(home, "uso: nucleo entry split CÓDIGO PALABRAS");
	EXPECT(home, 2, "entry", "join", "AM-2024-01/1#1", "algo");
	EXPECT(home, 1, "entry", "split", "AM-2024-01/1#1", "nunca dicho");
	EXPECT(home, 1, "entry", "split", "AM-2024-01/1#1", "Se");
	EXPECT(home, 1, "entry", "kind", "AM-2024-01/1#1", "poema");
	EXPECT(home, 1, "entry", "join", "AM-2024-01/1#7");
}

static void the_agenda_is_walked(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "go", "AM-2024-01", "--json");
	assert_json(home, "$.label", "1");
	assert_json(home, "$.state", "in_progress");
	EXPECT(home, 0, "show", "meeting", "AM-2024-01", "--json");
	assert_json(home, "$.status", "in_session");
	EXPECT(home, 0, "go", "AM-2024-01", "2", "diferido", "--json");
	assert_json(home, "$.state", "deferred");
	EXPECT(home, 0, "pasar", "AM-2024-01", "--json");
	assert_json(home, "$.label", "3");
	EXPECT(home, 0, "go", "AM-2024-01", "3");
	assert_err(home, "ya estaba así");
	EXPECT(home, 0, "go", "AM-2024-01", "-", "--json");
	assert_json(home, "$.number", "AM-2024-01");
	EXPECT(home, 0, "show", "agenda", "AM-2024-01/3", "--json");
	assert_json(home, "$.state", "done");
	assert_json(home, "$.resumed", "null");
	EXPECT(home, 1, "go", "AM-2024-01");
	assert_err(home, "no queda ningún punto pendiente");
	EXPECT(home, 2, "go", "AM-2024-01", "-", "done");
	EXPECT(home, 1, "go", "AM-2024-01", "1", "perdido");
}

/* Nobody planned it: what is said is written all the same. */
static void a_meeting_without_agenda_begins(void **state)
{
	struct home *home = *state;
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "meeting", "number=AM-2024-07", "date=2024-07-01");
	EXPECT(home, 1, "go", "AM-2024-07");
	assert_err(home, "«nucleo go AM-2024-07 -» abre la sesión");
	EXPECT(home, 0, "go", "AM-2024-07", "-");
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].words", "AM-2024-07: comienza la sesión");
	EXPECT(home, 0, "show", "meeting", "AM-2024-07", "--json");
	assert_json(home, "$.status", "in_session");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOME(a_meeting_without_agenda_begins),
		IN_A_HOME(a_line_and_what_it_makes),
		IN_A_HOME(fields_are_named_as_before),
		IN_A_HOME(what_is_not_understood_is_written_and_said),
		IN_A_HOME(lines_of_the_input),
		IN_A_HOME(steps_of_a_line),
		IN_A_HOME(paragraphs_are_split_without_the_line_between),
		IN_A_HOME(steps_that_are_none),
		IN_A_HOME(the_agenda_is_walked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
