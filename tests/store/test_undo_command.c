/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back by command, across people and machines. */
#include "store/members_test.h"

#include <stdlib.h>

#define ADD "add", "followup"

static void a_step_back_and_one_forward(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	AS(home, "ana", 1, "undo");
	assert_err(home, "no queda nada suyo que deshacer");
	AS(home, "ana", 0, ADD, "description=Entregar", "due=2026-01-31");
	AS(home, "ana", 0, "undo");
	assert_out(home, "Deshecho: Agrega la acción: Entregar");
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_json(home, "$[0]", "null");
	AS(home, "ana", 0, "rehacer", "--json");
	assert_json(home, "$.number", "3");
	assert_json(home, "$.undoes", "2");
	assert_json(home, "$.words", "Rehace: Agrega la acción: Entregar");
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_json(home, "$[0].due", "2026-01-31");
	AS(home, "ana", 1, "redo");
	assert_err(home, "no hay nada que rehacer");
}

static void another_persons_is_undone_by_its_number(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "--as", "FCD", ADD, "description=Entregar");
	AS(home, "luis", 1, "--as", "AME", "undo");
	AS(home, "luis", 0, "--as", "AME", "deshacer", "1", "--json");
	assert_json(home, "$.by", "AME");
	assert_json(home, "$.undoes", "1");
	AS(home, "ana", 1, "--as", "FCD", "undo", "1");
	assert_err(home, "ya está deshecho");
	AS(home, "ana", 0, "--as", "FCD", "redo", "1");
	ALIKE(home, 3, "ana", "luis");
}

static void wrong_numbers_are_told(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	AS(home, "ana", 1, "undo", "7");
	assert_err(home, "no hay ninguna operación 7");
	static const char *const wrong[] = {"0", "-1", "siete", "1x", "99999999999999999999", ""};
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
		AS(home, "ana", 2, "undo", "--", wrong[i]);
		assert_err(home, "no es el número de una operación");
	}
	AS(home, "ana", 2, "undo", "1", "2");
	AS(home, "ana", 1, "--read-only", "undo");
	assert_err(home, "--read-only");
}

/* The drive is away: what is queued is undone in the queue, and both go out in order. */
static void what_is_queued_is_undone_before_it_is_shared(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, ADD, "description=De todos");
	AS(home, "luis", 0, "list", "followups");
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "luis", 4, "--wait", "0", ADD, "description=Sin disco");
	AS(home, "luis", 4, "--wait", "0", "undo", "--json");
	assert_json(home, "$.number", "null");
	assert_json(home, "$.words", "Agrega la acción: Sin disco");
	assert_int_equal(queued(home, "luis"), 2);
	wait_for_silence(home);
	drive_returns(home);
	AS(home, "luis", 0, "list", "followups", "--json");
	assert_json(home, "$[0].description", "De todos");
	assert_json(home, "$[1]", "null");
	ALIKE(home, 3, "ana", "luis");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_step_back_and_one_forward),
		WITH_MEMBERS(another_persons_is_undone_by_its_number),
		WITH_MEMBERS(wrong_numbers_are_told),
		WITH_MEMBERS(what_is_queued_is_undone_before_it_is_shared),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
