/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history by command: whose, of what, what waits, and what one operation did. */
#include "store/members_test.h"

#include <stdlib.h>

static void begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "organization", "acronym=FCD", "sector=civil_society");
	AS(home, "luis", 0, "add", "organization", "acronym=AME", "sector=public");
	AS(home, "ana", 0, "add", "followup", "description=Entregar", "responsible=FCD");
}

static void the_history_is_filtered_as_on_the_screen(void **state)
{
	struct home *home = *state;
	begin(home);
	AS(home, "ana", 0, "history", "por:luis", "--json");
	assert_json(home, "$[0].by", "luis");
	assert_json(home, "$[0].number", "2");
	assert_json(home, "$[1]", "null");
	AS(home, "ana", 0, "historial", "registro:FCD", "--json");
	assert_json(home, "$[0].number", "1");
	assert_json(home, "$[0].state", "published");
	assert_json(home, "$[1]", "null");
	AS(home, "ana", 0, "list", "history", "Entregar", "-por:luis", "--json");
	assert_json(home, "$[0].number", "3");
	AS(home, "ana", 0, "history", "quitados");
	assert_err(home, "no hay ninguno");
	AS(home, "ana", 2, "history", "color:rojo");
	assert_err(home, "no hay el campo «color»");
	AS(home, "ana", 0, "list", "trash", "--json");
	assert_out(home, "[]");
}

static void an_operation_is_shown_whole(void **state)
{
	struct home *home = *state;
	begin(home);
	AS(home, "luis", 0, "show", "history", "3", "--json");
	assert_json(home, "$.by", "ana");
	assert_json(home, "$.edits[0].edit", "insert");
	assert_json(home, "$.edits[0].table", "followup");
	assert_json(home, "$.edits[0].fields[0].after", "Entregar");
	assert_json(home, "$.edits[1].fields[1].after_words", "FCD");
	AS(home, "luis", 0, "show", "history", "3");
	assert_out(home, "+ acción de seguimiento S-");
	assert_out(home, "    Qué: Entregar\n");
	AS(home, "luis", 1, "show", "history", "9");
}

static void what_waits_is_on_top(void **state)
{
	struct home *home = *state;
	begin(home);
	drive_leaves(home);
	AS(home, "ana", 4, "--wait", "0.3", "add", "followup", "description=En cola");
	AS(home, "ana", 0, "--wait", "0.3", "history", "--json");
	assert_json(home, "$[0].state", "queued");
	assert_json(home, "$[0].number", "null");
	assert_json(home, "$[1].number", "3");
	AS(home, "ana", 0, "--wait", "0.3", "history", "estado:en cola", "--json");
	assert_json(home, "$[1]", "null");
	assert_json(home, "$[0].by", "ana");
	drive_returns(home);
	AS(home, "ana", 0, "history", "--json");
	assert_json(home, "$[0].number", "4");
	assert_json(home, "$[0].state", "published");
}

/* The number in the trash is what gets it back. */
static void what_was_removed_comes_back_by_its_number(void **state)
{
	struct home *home = *state;
	begin(home);
	become(home, "luis");
	unsetenv("NUCLEO_AS");
	EXPECT(home, 0, "whoami", "as=AME", "post=Dirección de proyectos");
	EXPECT(home, 0, "list", "followups", "--json");
	char *code = ask_json(home, "SELECT json_extract(?1, '$[0].id')");
	EXPECT(home, 0, "remove", "followup", code);
	AS(home, "ana", 0, "list", "trash", "--json");
	assert_json(home, "$[0].code", code);
	assert_json(home, "$[0].number", "4");
	AS(home, "ana", 0, "undo", "4");
	assert_out(home, "Deshecho: ");
	AS(home, "ana", 0, "list", "trash", "--json");
	assert_out(home, "[]");
	AS(home, "luis", 0, "history", "deshechos", "--json");
	assert_json(home, "$[0].number", "4");
	assert_json(home, "$[0].undone", "1");
	assert_json(home, "$[0].undone_by", "5");
	assert_json(home, "$[0].post", "Dirección de proyectos");
	assert_json(home, "$[1]", "null");
	AS(home, "luis", 0, "show", "history", "4");
	assert_out(home, "Dirección de proyectos");
	AS(home, "luis", 0, "show", "history", "5", "--json");
	assert_json(home, "$.undone", "0");
	assert_json(home, "$.undone_by", "null");
	assert_json(home, "$.post", "null");
	free(code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(the_history_is_filtered_as_on_the_screen),
		WITH_MEMBERS(an_operation_is_shown_whole),
		WITH_MEMBERS(what_waits_is_on_top),
		WITH_MEMBERS(what_was_removed_comes_back_by_its_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
