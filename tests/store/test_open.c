/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/file.h"
#include "nucleo/store/verify.h"

static void write_file(const char *name, const void *bytes, size_t length)
{
	char *path = folder_path(name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
	free(path);
}

/* Refused with its own words, its bytes as they were and nothing left beside it. */
static void assert_refused(const char *name, enum rc expected, const char *words)
{
	struct error refusal = {0};
	struct digest before = test_digest(name);
	int files = files_in_folder();
	assert_int_equal(test_try_open(name, &refusal), expected);
	if (!strstr(refusal.text, words))
		fail_msg("%s: %s", name, refusal.text);
	assert_non_null(strstr(refusal.text, name));
	assert_string_equal(before.hex, test_digest(name).hex);
	assert_int_equal(files, files_in_folder());
}

static void what_is_no_file_is_refused(void **state)
{
	(void)state;
	struct error refusal;
	char *folder = folder_path("carpeta"), *pipe = folder_path("pipe");
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_int_equal(test_try_open("falta.db", &refusal), RC_NOT_FOUND);
	assert_int_equal(test_try_open("falta/falta.db", &refusal), RC_NOT_FOUND);
	assert_int_equal(test_try_open("carpeta", &refusal), RC_INVALID);
	assert_non_null(strstr(refusal.text, "carpeta, no"));
	assert_int_equal(test_try_open("pipe", &refusal), RC_INVALID);
	free(folder);
	free(pipe);
}

static void what_is_no_database_of_ours_is_left_alone(void **state)
{
	(void)state;
	char noise[5000];
	memset(noise, 'x', sizeof(noise));
	write_file("vacio.db", "", 0);
	write_file("corto.db", "SQLite format 3", 16);
	write_file("texto.db", noise, sizeof(noise));
	test_sql("otro.db", "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
	test_sql("wal.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a)");
	assert_refused("vacio.db", RC_INVALID, "está vacío");
	assert_refused("corto.db", RC_INVALID, "no es una base SQLite");
	assert_refused("texto.db", RC_INVALID, "no es una base SQLite");
	assert_refused("otro.db", RC_INVALID, "otro programa");
	assert_refused("wal.db", RC_INVALID, "otro programa");
}

static void another_version_is_left_alone(void **state)
{
	(void)state;
	store_close(test_create("nuevo.db"));
	test_sql("nuevo.db", "PRAGMA user_version = 4711");
	assert_refused("nuevo.db", RC_REFUSED, "un nucleo más nuevo");
	store_close(test_create("viejo.db"));
	test_sql("viejo.db", "PRAGMA user_version = 0");
	assert_refused("viejo.db", RC_INVALID, "esquema 0");
}

static void foreign_objects_are_refused(void **state)
{
	(void)state;
	store_close(test_create("trigger.db"));
	test_sql("trigger.db", "CREATE TRIGGER espia AFTER INSERT ON entry BEGIN"
			       " DELETE FROM history; END");
	assert_refused("trigger.db", RC_INVALID, "espia");
	store_close(test_create("view.db"));
	test_sql("view.db", "CREATE VIEW vista AS SELECT * FROM person");
	assert_refused("view.db", RC_INVALID, "vista");
	store_close(test_create("virtual.db"));
	test_sql("virtual.db", "CREATE VIRTUAL TABLE busca USING fts5 (x)");
	assert_refused("virtual.db", RC_INVALID, "busca");
}

/* The journal of a crash in a file of another program is not rolled back. */
static void a_hot_journal_of_another_program_stays(void **state)
{
	(void)state;
	test_sql("ajena.db", "CREATE TABLE t (a)");
	write_file("ajena.db-journal", "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 resto de otro programa",
		   32);
	struct digest journal = test_digest("ajena.db-journal");
	assert_refused("ajena.db", RC_INVALID, "otro programa");
	assert_string_equal(journal.hex, test_digest("ajena.db-journal").hex);
}

static void creating_replaces_nothing(void **state)
{
	(void)state;
	struct store *store = NULL;
	struct error refusal;
	char *path = folder_path("existe.db"), *missing = folder_path("no/hay/carpeta.db");
	struct store_options options = {.path = path, .today = test_today()};
	write_file("existe.db", "hola", 4);
	struct digest before = test_digest("existe.db");
	int files = files_in_folder();
	assert_int_equal(store_create(&options, &store, &refusal), RC_REFUSED);
	assert_string_equal(before.hex, test_digest("existe.db").hex);
	options.path = missing;
	assert_int_equal(store_create(&options, &store, &refusal), RC_IO);
	assert_null(store);
	assert_int_equal(files, files_in_folder());
	free(path);
	free(missing);
}

static void a_new_database_is_whole_and_alone(void **state)
{
	(void)state;
	struct stat st;
	int files = files_in_folder();
	mode_t old = umask(027);
	char *path = folder_path("nueva.db");
	struct store *store = test_create("nueva.db");
	umask(old);
	assert_int_equal(files_in_folder(), files + 1);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_string_equal(store_path(store), path);
	assert_string_equal(store_actor(store), "FCD");
	assert_false(store_is_read_only(store));
	assert_done(store_verify(store, err));
	store_close(store);
	free(path);
}

static void names_are_never_read_as_uris(void **state)
{
	(void)state;
	struct store *store = NULL;
	char *old = getcwd(NULL, 0), *folder = folder_path("");
	struct store_options options = {.path = "file:uri.db?mode=memory", .today = test_today()};
	assert_int_equal(chdir(folder), 0);
	assert_done(store_create(&options, &store, err));
	assert_int_equal(access("file:uri.db?mode=memory", F_OK), 0);
	assert_int_equal(chdir(old), 0);
	store_close(store);
	free(old);
	free(folder);
}

static void readers_do_not_write(void **state)
{
	(void)state;
	struct store *store = NULL;
	struct error refusal;
	char *path = folder_path("lectura.db");
	struct store_options options = {
		.path = path, .mode = STORE_READ_ONLY, .today = test_today()};
	store = test_create("lectura.db");
	test_group(store);
	store_close(store);
	assert_done(store_open(&options, &store, err));
	assert_true(store_is_read_only(store));
	struct operation *op = operation_new();
	add_row(op, "plan", "code", "paga3", NULL);
	assert_int_equal(operation_commit(op, store, NULL, &refusal), RC_REFUSED);
	assert_done(store_verify(store, err));
	operation_free(op);
	store_close(store);
	free(path);
}

static void changes_of_others_are_noticed(void **state)
{
	(void)state;
	struct store *mine = test_create("dos.db"), *theirs = test_open("dos.db");
	assert_false(store_has_changed(mine));
	test_group(theirs);
	assert_true(store_has_changed(mine));
	assert_false(store_has_changed(mine));
	assert_false(store_has_changed(theirs));
	store_close(mine);
	store_close(theirs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_file_is_refused),
		cmocka_unit_test(what_is_no_database_of_ours_is_left_alone),
		cmocka_unit_test(another_version_is_left_alone),
		cmocka_unit_test(foreign_objects_are_refused),
		cmocka_unit_test(a_hot_journal_of_another_program_stays),
		cmocka_unit_test(creating_replaces_nothing),
		cmocka_unit_test(a_new_database_is_whole_and_alone),
		cmocka_unit_test(names_are_never_read_as_uris),
		cmocka_unit_test(readers_do_not_write),
		cmocka_unit_test(changes_of_others_are_noticed),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
