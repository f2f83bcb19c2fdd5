/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a restore does to a group, and files it is not made of. */
#include "store/members_test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>


#include "nucleo/store/schema_data.h"
#define DESCRIPTIONS "SELECT group_concat(value ->> 'description', ',') FROM json_each(?1)"
#define AWAY "--wait", "0.1"

static void assert_rows(struct home *home, const char *member, const char *expected)
{
	AS(home, member, 0, "list", "followups", "--json");
	char *found = ask_json(home, DESCRIPTIONS);
	assert_string_equal(found, expected);
	free(found);
}

/* Owned path of a backup with the first of two follow-ups. */
static char *begin(struct home *home)
{
	char *backup = in_home(home, "respaldo.db");
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "followup", "description=Primera");
	AS(home, "ana", 0, "backup", backup);
	AS(home, "luis", 0, "add", "followup", "description=Segunda");
	return backup;
}

static void what_would_be_lost_is_shown_first(void **state)
{
	struct home *home = *state;
	char *backup = begin(home), *drive = on_drive(home, "");
	wait_for_silence(home);
	char *before = names_below(drive);
	AS(home, "ana", 0, "restore", "--dry-run", backup);
	assert_out(home, "comprobado");
	assert_out(home, "1 cambio que el archivo no tiene");
	assert_out(home, "luis");
	assert_out(home, "Segunda");
	AS(home, "ana", 2, "restore", backup);
	assert_err(home, "--yes");
	AS(home, "ana", 1, "--read-only", "restore", "--yes", backup);
	AS(home, "ana", 0, "--read-only", "restore", "--dry-run", backup);
	wait_for_silence(home);
	char *after = names_below(drive);
	assert_string_equal(before, after);
	free(after);
	free(before);
	free(drive);
	free(backup);
}

static void the_restored_one_is_another_database(void **state)
{
	struct home *home = *state;
	char *backup = begin(home), *drive = on_drive(home, "");
	AS(home, "ana", 0, "restaurar", "--yes", "--json", backup);
	assert_json(home, "$.restored", "1");
	assert_json(home, "$.present.lost", "1");
	char *aside = ask_json(home, "SELECT ?1 ->> 'aside'");
	assert_int_equal(access(aside, F_OK), 0);
	assert_rows(home, "ana", "Primera");
	AS(home, "ana", 0, "add", "followup", "description=Tercera");
	wait_for_silence(home);
	/* What was there is all beside it. */
	char *names = names_below(drive);
	assert_non_null(strstr(names, "acta.db.before-"));
	assert_non_null(strstr(names, "acta.db-log.before-"));
	assert_null(strstr(names, "restored"));
	ALIKE(home, 3, "ana", "luis", "nueva");
	AS(home, "luis", 0, "history", "--json");
	char *words = ask_json(home, "SELECT value ->> 'words' FROM json_each(?1)"
				     " WHERE value ->> 'number' = 2");
	assert_non_null(strstr(words, "Restaura"));
	free(words);
	free(names);
	free(aside);
	free(drive);
	free(backup);
}

static void move(const struct home *home, const char *from, const char *to)
{
	char *a = on_drive(home, from), *b = on_drive(home, to);
	assert_int_equal(rename(a, b), 0);
	free(a);
	free(b);
}

/* Owned: what stands in the names of what was there before. */
static char *restore(struct home *home, const char *backup)
{
	AS(home, "ana", 0, "restore", "--yes", "--json", backup);
	char *stamp = ask_json(home, "SELECT substr(?1 ->> 'aside', -16)");
	wait_for_silence(home);
	return stamp;
}

/* A program that dies between the two moves leaves none of the logs in its place. */
static void one_cut_short_is_finished_by_whoever_comes(void **state)
{
	struct home *home = *state;
	char *backup = begin(home), *database = on_drive(home, "acta.db"), restored[64];
	char *stamp = restore(home, backup);
	snprintf(restored, sizeof(restored), "acta.db-log.restored-%s", stamp);
	for (int i = 0; i < 2; i++) {
		static const char *const members[] = {"luis", "nueva"};
		move(home, "acta.db-log", restored);
		remove_file(database);
		AS(home, "luis", 0, AWAY, "--read-only", "list", "followups");
		assert_err(home, "no está conectado");
		assert_rows(home, members[i], "Primera");
		wait_for_silence(home);
	}
	ALIKE(home, 2, "ana", "luis", "nueva");
	free(stamp);
	free(database);
	free(backup);
}

/* What was only prepared is in nobody's place. */
static void one_that_was_not_begun_is_not_finished(void **state)
{
	struct home *home = *state;
	char *backup = begin(home), *database = on_drive(home, "acta.db"), before[64];
	char *stamp = restore(home, backup), restored[64];
	snprintf(restored, sizeof(restored), "acta.db-log.restored-%s", stamp);
	snprintf(before, sizeof(before), "acta.db-log.before-%s", stamp);
	move(home, "acta.db-log", restored);
	move(home, before, "otro");
	remove_file(database);
	AS(home, "nueva", 1, "list", "followups");
	move(home, "otro", "acta.db-log");
	assert_rows(home, "luis", "Primera,Segunda");
	free(stamp);
	free(database);
	free(backup);
}

static void what_a_member_has_in_her_queue_stays_hers(void **state)
{
	struct home *home = *state;
	char *backup = begin(home);
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "luis", 4, AWAY, "add", "followup", "description=De Luis");
	wait_for_silence(home);
	char *old = replica_path(home, "luis");
	drive_returns(home);
	AS(home, "ana", 0, "restore", "--yes", backup);
	AS(home, "luis", 0, "list", "followups");
	assert_err(home, "es ahora otra base");
	assert_err(home, old);
	assert_rows(home, "luis", "Primera");
	assert_int_equal(access(old, F_OK), 0);
	free(old);
	free(backup);
}

/* Where nothing can be read any more there is nothing to compare, and all the more reason. */
static void a_database_beyond_reading_is_replaced(void **state)
{
	struct home *home = *state;
	char *backup = begin(home), *format = on_drive(home, "acta.db-log/FORMAT");
	wait_for_silence(home);
	FILE *file = fopen(format, "w");
	assert_non_null(file);
	assert_true(fputs("basura\n", file) >= 0);
	assert_int_equal(fclose(file), 0);
	AS(home, "nueva", 1, "list", "followups");
	AS(home, "nueva", 0, "restore", "--dry-run", backup);
	assert_out(home, "no se puede leer");
	AS(home, "nueva", 0, "restore", "--yes", backup);
	assert_rows(home, "nueva", "Primera");
	assert_rows(home, "ana", "Primera");
	free(format);
	free(backup);
}

static void a_drive_that_is_away_is_not_restored_on(void **state)
{
	struct home *home = *state;
	char *backup = begin(home), *drive = on_drive(home, "");
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "ana", 4, AWAY, "restore", "--yes", backup);
	assert_err(home, "no está conectado");
	char *names = names_below(drive);
	assert_string_equal(names, "");
	drive_returns(home);
	assert_rows(home, "ana", "Primera,Segunda");
	free(names);
	free(drive);
	free(backup);
}

/* The one to come knows two migrations more. */
static void an_older_one_is_upgraded_later_and_a_newer_one_refused(void **state)
{
	struct home *home = *state;
	char *backup = begin(home), *newer = in_home(home, "mas-nuevo.db"), schema[8];
	snprintf(schema, sizeof(schema), "%d", schema_script_count);
	home->program = "tests/store/nucleo_next";
	AS(home, "nueva", 0, "restore", "--yes", "--json", backup);
	assert_json(home, "$.schema", schema);
	AS(home, "nueva", 1, "list", "followups");
	assert_err(home, "nucleo upgrade");
	AS(home, "nueva", 0, "upgrade");
	assert_rows(home, "nueva", "Primera (urgente)");
	AS(home, "nueva", 0, "backup", "--replay", newer);
	home->program = NULL;
	char *other = in_home(home, "otra/acta.db");
	EXPECT(home, 1, "--db", other, "restore", newer);
	assert_err(home, "más nuevo");
	assert_int_not_equal(access(other, F_OK), 0);
	free(other);
	free(newer);
	free(backup);
}

/* ---- files that are no good */

/* What a program that was killed leaves is removed by a later one, not at once. */
static void copies_of_killed_restores_do_not_pile_up(void **state)
{
	struct home *home = *state;
	char *backup = begin(home), *copy = replica_path(home, "ana"), old[4096], new[4096];
	int folder = (int)(strrchr(copy, '/') - copy);
	snprintf(old, sizeof(old), "%.*s/restore-0.tmp", folder, copy);
	snprintf(new, sizeof(new), "%.*s/restore-1.tmp", folder, copy);
	copy_file(backup, old);
	copy_file(backup, new);
	const struct timespec past[] = {{.tv_sec = 1}, {.tv_sec = 1}};
	assert_int_equal(utimensat(AT_FDCWD, old, past, 0), 0);
	AS(home, "ana", 0, "restore", "--dry-run", backup);
	assert_int_not_equal(access(old, F_OK), 0);
	assert_int_equal(access(new, F_OK), 0);
	free(copy);
	free(backup);
}

static void assert_refused(struct home *home, const char *path, const char *reason)
{
	char *drive = on_drive(home, ""), *state = in_home(home, "ana/.local/state");
	wait_for_silence(home);
	char *before = names_below(drive);
	int status = RUN(home, "restore", "--yes", path);
	if (status != 1 && status != 5)
		fail_msg("%s: exit %d: %s", path, status, home->err.data);
	assert_err(home, reason);
	wait_for_silence(home);
	char *after = names_below(drive), *left = names_below(state);
	assert_string_equal(before, after);
	assert_null(strstr(left, "restore-"));
	free(left);
	free(after);
	free(before);
	free(state);
	free(drive);
}

static char *spoilt(const struct home *home, const char *backup, const char *sql)
{
	char *path = in_home(home, "malo.db");
	unlink(path);
	copy_file(backup, path);
	sql_on(path, sql);
	return path;
}

static void files_that_are_no_good_are_refused(void **state)
{
	static const struct {
		const char *sql, *reason;
	} cases[] = {
		{"UPDATE followup SET description = 'otra'", "no son lo que dice el historial"},
		{"UPDATE history SET text = replace(text, 'Primera', 'Ultima.')", "fue alterada"},
		{"DELETE FROM history", "historial"},
		{"CREATE TRIGGER t AFTER INSERT ON followup BEGIN SELECT 1; END", "objeto"},
		{"CREATE TABLE ajena (a)", "historial"},
		{"PRAGMA user_version = 999", "más nuevo"},
		{"PRAGMA application_id = 7", "otro programa"},
	};
	struct home *home = *state;
	char *backup = begin(home);
	become(home, "ana");
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char *path = spoilt(home, backup, cases[i].sql);
		assert_refused(home, path, cases[i].reason);
		free(path);
	}
	char *text = put_text(home, "texto.db", "esto no es una base"), *none = in_home(home, "no");
	char *pipe = in_home(home, "tubo"), *folder = in_home(home, "ana");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_refused(home, text, "no es una base SQLite");
	assert_refused(home, none, "no existe");
	assert_refused(home, pipe, "no es un archivo común");
	assert_refused(home, folder, "es una carpeta");
	assert_rows(home, "ana", "Primera,Segunda");
	free(folder);
	free(pipe);
	free(none);
	free(text);
	free(backup);
}

static void one_cut_short_is_refused(void **state)
{
	struct home *home = *state;
	char *backup = begin(home), *path = in_home(home, "corto.db");
	struct stat st;
	become(home, "ana");
	assert_int_equal(stat(backup, &st), 0);
	for (int part = 1; part < 8; part += 2) {
		unlink(path);
		copy_file(backup, path);
		assert_int_equal(truncate(path, st.st_size * part / 8), 0);
		assert_refused(home, path, "no se restauró nada");
	}
	free(path);
	free(backup);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(what_would_be_lost_is_shown_first),
		WITH_MEMBERS(the_restored_one_is_another_database),
		WITH_MEMBERS(one_cut_short_is_finished_by_whoever_comes),
		WITH_MEMBERS(one_that_was_not_begun_is_not_finished),
		WITH_MEMBERS(what_a_member_has_in_her_queue_stays_hers),
		WITH_MEMBERS(a_database_beyond_reading_is_replaced),
		WITH_MEMBERS(a_drive_that_is_away_is_not_restored_on),
		WITH_MEMBERS(an_older_one_is_upgraded_later_and_a_newer_one_refused),
		WITH_MEMBERS(copies_of_killed_restores_do_not_pile_up),
		WITH_MEMBERS(files_that_are_no_good_are_refused),
		WITH_MEMBERS(one_cut_short_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
