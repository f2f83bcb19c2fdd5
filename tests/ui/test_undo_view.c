/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undoing what one points at: in the history, on the page of a change, and in the trash. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/machine.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/undo.h"
#include "ui/desk.h"

static void commit(struct store *store, struct operation *operation, const char *words)
{
	operation_set_words(operation, "%s", words);
	desk_commit(store, operation);
}

static int64_t add(struct store *store, const char *code)
{
	struct operation *operation = operation_new();
	int64_t key = desk_add_followup(operation, code, NULL, "open");
	operation_set_words(operation, "Agrega la acción %s", code);
	desk_commit(store, operation);
	return key;
}

static void take_away(struct store *store, int64_t key, const char *words)
{
	struct operation *operation = operation_new();
	operation_delete(operation, "followup", key);
	commit(store, operation, words);
}

static void undo(struct store *store, int64_t which)
{
	const struct undo_request request = {.direction = UNDO, .number = which};
	struct strbuf words;
	int64_t number;
	strbuf_init(&words);
	assert_done(undo_commit(store, &request, &words, &number, err));
	strbuf_release(&words);
}

/* The first and the fifth are FCD's on this machine, the rest is AME's on another one; each has
 * its own moment. */
static void settle(const char *path)
{
	char host[MACHINE_NAME_SIZE], sql[2048];
	sqlite3 *db;
	machine_name(host);
	sqlite3_snprintf(
		sizeof(sql), sql,
		"UPDATE history SET host = iif(number IN (1, 5), %Q, 'mesa'),"
		" by = iif(number IN (1, 5), 'FCD', 'AME'),"
		" at = printf('2024-02-%%02dT1%%d:05:00Z', 7 + number, number),"
		" text = json_set(text, '$.post', 'Dirección de proyectos')",
		host);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void make_past(const char *path)
{
	struct store *store = desk_create_store(path);
	int64_t kept = add(store, "S-2023-014"), gone = add(store, "S-2023-015");
	struct operation *operation = operation_new();
	operation_change(operation, "followup", kept, "status", value_text("open"),
			 value_text("done"));
	commit(store, operation, "S-2023-014: pendiente -> hecha");
	undo(store, 3);
	take_away(store, gone, "Quita la acción S-2023-015");
	take_away(store, add(store, "S-2023-016"), "Quita la acción S-2023-016");
	store_close(store);
	settle(path);
}

static int make_folder(void **state)
{
	setenv("TZ", "UTC", 1);
	if (desk_make_folder(state) != 0)
		return -1;
	make_past("past.db");
	return 0;
}

static void expect_both(const char *name, const char *keys)
{
	desk_expect(name, "past.db", &window_usual, keys);
	desk_expect(name, "past.db", &window_small, keys);
}

/* The keys on a past of their own; what the last screen says must have `part`. Owned. */
static char *play(const char *path, const char *keys, const char *part)
{
	if (access(path, F_OK) != 0)
		make_past(path);
	char *screen = desk_dump(path, keys);
	if (!strstr(screen, part))
		fail_msg("no «%s» after «%s»:\n%s", part, keys, screen);
	return screen;
}

static void expect(const char *path, const char *keys, const char *part)
{
	free(play(path, keys, part));
}

static void what_is_undone_is_marked(void **state)
{
	(void)state;
	expect_both("undone", "0 Down Down Down Down");
	expect_both("undone-page", "0 Down Down Down Down Enter");
	expect_both("undone-filter", "0 / type:deshechas Enter");
	desk_expect_plain("undone-plain-80x24", "past.db", "0 Down Down Down Down");
	/* Who undid it is a page away. */
	desk_expect("undoing-page", "past.db", &window_usual, "0 Down Down Down Down Enter Enter");
}

static void what_others_did_is_asked_for(void **state)
{
	(void)state;
	expect_both("undo-asks", "0 u");
	expect_both("redo-asks", "0 Down Down Down Down Ctrl-R");
	expect_both("recover-asks", "0 p u");
	const struct way ways[] = {
		{"0 u Enter", "0"}, {"0 u Esc", "0"}, {"0 Down Enter u Enter", "0 Down Enter"},
		{"0 p u Enter", "0 p"}};
	desk_expect_same("past.db", ways, ARRAY_COUNT(ways));
}

/* The one selected, whoever did what since. */
static void the_selected_one_is_undone_and_redone(void **state)
{
	(void)state;
	const char *path = "selected.db";
	expect(path, "0 Down Down u", "Deshecho: Quita la acción S-2023-015");
	expect(path, "0 Down Down Down u", "«Quita la acción S-2023-015» ya está deshecho");
	expect(path, "0 Down Down Down Ctrl-R", "Rehecho: Quita la acción S-2023-015");
	expect(path, "0 Down Down Down Down Ctrl-R", "no está deshecho");
	expect(path, "0 End Up Up Ctrl-R Down Enter", "Rehecho: S-2023-014: pendiente -> hecha");
	expect(path, "0 End Up Up Enter u Down Enter", "Deshecho: S-2023-014: pendiente -> hecha");
	/* The page tells at once how it is now. */
	expect(path, "0 End Up Up Enter Ctrl-R Down Enter", "u lo deshace");
	/* On the undo itself. */
	expect(path, "0 u", "Deshecho: S-2023-014: pendiente -> hecha");
}

static void what_is_recovered_leaves_the_trash(void **state)
{
	(void)state;
	const char *path = "recover.db";
	char *screen = play(path, "0 p Down r",
			    "Recuperado: acción de seguimiento S-2023-015");
	assert_null(strstr(screen, "▶S-2023-015"));
	free(screen);
	screen = play(path, "0 p", "S-2023-016");
	assert_null(strstr(screen, "S-2023-015"));
	free(screen);
	/* By its name, and after a question where it was another's. */
	expect(path, "0 p : type:devolver Enter Down Enter",
	       "Recuperado: acción de seguimiento S-2023-016");
	expect(path, "0 p", "La papelera está vacía");
	expect(path, "4", "por hacer: 3");
	expect(path, "0 p u", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_undone_is_marked),
		cmocka_unit_test(what_others_did_is_asked_for),
		cmocka_unit_test(the_selected_one_is_undone_and_redone),
		cmocka_unit_test(what_is_recovered_leaves_the_trash),
	};
	return cmocka_run_group_tests(tests, make_folder, desk_remove_folder);
}
