/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who changed what, what was removed, and what changed in a text. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/memory.h"
#include "ui/desk.h"

static const char before[] = "Entregar los datos abiertos del portal a la Presidencia antes de fin "
			     "de año, en un formato que se pueda leer sin programas de pago.";
static const char after[] =
	"Entregar todos los datos abiertos del portal a la Presidencia antes de "
	"fin de enero, en un formato que se pueda leer sin programas de pago.";

static void commit(struct store *store, struct operation *operation, const char *words)
{
	operation_set_words(operation, "%s", words);
	desk_commit(store, operation);
}

static void change_followup(struct store *store, int64_t key)
{
	struct operation *operation = operation_new();
	operation_change(operation, "followup", key, "description", value_text(before),
			 value_text(after));
	operation_change(operation, "followup", key, "due", value_text("2023-12-31"),
			 value_text("2024-01-31"));
	operation_change(operation, "followup", key, "status", value_text("open"),
			 value_text("in_progress"));
	commit(store, operation, "S-2023-014: otro texto, otra fecha");
}

/* One after another, each at its own moment, on a machine called "mesa". */
static void settle(const char *path)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db,
			     "UPDATE history SET host = 'mesa', by = iif(number % 2, 'FCD', 'AME'),"
			     " at = printf('2024-02-%02dT1%d:05:00Z', 8 + number, number);"
			     "UPDATE history SET refused = 'el acta está aprobada: no cambia'"
			     " WHERE words LIKE 'S-2023-016%'",
			     NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
}

static void make_past(void)
{
	struct store *store = desk_create_store("past.db");
	struct operation *operation = operation_new();
	int64_t kept = operation_insert(operation, "followup");
	operation_field(operation, "code", value_text("S-2023-014"));
	operation_field(operation, "description", value_text(before));
	operation_field(operation, "kind", value_text("task"));
	operation_field(operation, "status", value_text("open"));
	operation_field(operation, "due", value_text("2023-12-31"));
	commit(store, operation, "Agrega la acción S-2023-014");
	operation = operation_new();
	int64_t gone = desk_add_followup(operation, "S-2023-015", "2024-03-01", "open");
	commit(store, operation, "Agrega la acción S-2023-015");
	change_followup(store, kept);
	operation = operation_new();
	operation_delete(operation, "followup", gone);
	commit(store, operation, "Quita la acción S-2023-015");
	operation = operation_new();
	desk_add_followup(operation, "S-2023-016", NULL, "done");
	commit(store, operation, "S-2023-016: llegó tarde");
	store_close(store);
	settle("past.db");
}

static int make_folder(void **state)
{
	if (desk_make_folder(state) != 0)
		return -1;
	make_past();
	return 0;
}

static void expect_both(const char *name, const char *keys)
{
	desk_expect(name, "past.db", &window_usual, keys);
	desk_expect(name, "past.db", &window_small, keys);
}

static void the_history_is_a_list(void **state)
{
	(void)state;
	expect_both("history", "0");
	desk_expect("history-empty", "empty.db", &window_usual, "0");
	expect_both("history-refused", "0 / type:rechazados Enter");
	expect_both("history-by", "0 / type:por:AME_hasta:2024-02-10 Enter");
	desk_expect("history-complete", "past.db", &window_usual, "0 / type:re Tab");
	desk_expect_plain("history-plain-80x24", "past.db", "0");
}

static void an_operation_has_a_page(void **state)
{
	(void)state;
	expect_both("operation-insert", "0 End Enter");
	expect_both("operation-change", "0 Down Down Enter");
	expect_both("operation-change-end", "0 Down Down Enter End");
	expect_both("operation-refused", "0 Enter");
	/* Signs tell what was removed and added; colours only add. */
	char *looks = desk_dump("past.db", "0 Down Down Enter");
	assert_non_null(strstr(looks, "[-año-]{+enero+}"));
	assert_non_null(strstr(looks, ".xxxxxxxggggggggg."));
	free(looks);
	desk_expect_plain("operation-plain-80x24", "past.db", "0 Down Down Enter");
}

/* From where it is shown: its own past, and Esc leads back at once. */
static void a_record_leads_to_its_versions(void **state)
{
	(void)state;
	expect_both("versions", "4 v");
	desk_expect("versions-from-page", "past.db", &window_usual, "4 Enter v");
	const struct way ways[] = {{"4 v Esc", "4"}, {"4 v / type:_quitados Enter Esc Esc", "4"}};
	desk_expect_same("past.db", ways, ARRAY_COUNT(ways));
}

static void versions_of_a_text_are_compared(void **state)
{
	(void)state;
	desk_expect("text-versions-which", "past.db", &window_usual, "0 Down Down Enter c");
	expect_both("text-versions", "0 Down Down Enter c Enter");
	desk_expect("text-versions-with", "past.db", &window_usual,
		    "0 Down Down Enter c Enter Enter");
	expect_both("text-versions-compared", "0 Down Down Enter c Enter Enter Enter");
	/* Whichever of two is picked first. */
	const struct way ways[] = {{"0 Down Down Enter c Enter Down Enter Enter Down",
				    "0 Down Down Enter c Enter Down"}};
	desk_expect_same("past.db", ways, ARRAY_COUNT(ways));
	desk_expect("text-versions-none", "past.db", &window_usual, "0 Down Enter c");
}

static void what_was_removed_is_in_the_trash(void **state)
{
	(void)state;
	expect_both("trash", "0 p");
	expect_both("trash-page", "0 p Enter");
	desk_expect("trash-empty", "empty.db", &window_usual, "0 p");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_history_is_a_list),
		cmocka_unit_test(an_operation_has_a_page),
		cmocka_unit_test(a_record_leads_to_its_versions),
		cmocka_unit_test(versions_of_a_text_are_compared),
		cmocka_unit_test(what_was_removed_is_in_the_trash),
	};
	return cmocka_run_group_tests(tests, make_folder, desk_remove_folder);
}
