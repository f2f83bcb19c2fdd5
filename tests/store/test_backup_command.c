/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups as people make them, and those nobody has to make. */
#include "store/members_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DESCRIPTIONS "SELECT group_concat(value ->> 'description', ',') FROM json_each(?1)"
#define AWAY "--wait", "0.1"

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

/* ---- backup */

static void a_backup_is_whole_and_plain(void **state)
{
	struct home *home = *state;
	char *first = begin(home), *path = in_home(home, "dos.db");
	AS(home, "ana", 0, "respaldar", "--replay", "--json", path);
	assert_json(home, "$.file", path);
	assert_json(home, "$.operations", "2");
	assert_json(home, "$.queued", "0");
	assert_json(home, "$.verified", "1");
	assert_json(home, "$.current", "1");
	char *digits = ask_json(home, "SELECT length(?1 ->> 'sha256') || ',' ||"
				      " length(?1 ->> 'head') || ',' || ((?1 ->> 'bytes') > 4096)");
	assert_string_equal(digits, "64,64,1");
	/* As any other database, and without what is of this machine alone. */
	sql_on(path, "SELECT count(*) FROM followup; SELECT count(*) FROM history");
	AS(home, "ana", 1, "backup", path);
	assert_err(home, "ya existe");
	AS(home, "ana", 0, "restore", "--dry-run", "--json", path);
	assert_json(home, "$.operations", "2");
	assert_json(home, "$.present.lost", "0");
	free(digits);
	free(path);
	free(first);
}

static void what_cannot_be_written_is_said_and_leaves_nothing(void **state)
{
	struct home *home = *state;
	char *first = begin(home), *folder = in_home(home, "sub"), *away = in_home(home, "no/x.db");
	assert_int_equal(mkdir(folder, 0700), 0);
	AS(home, "ana", 1, "backup", folder);
	assert_err(home, "es una carpeta");
	AS(home, "ana", 5, "backup", away);
	assert_err(home, away);
	AS(home, "ana", 2, "backup");
	assert_err(home, "--list");
	AS(home, "ana", 2, "backup", "--list", first);
	free(away);
	free(folder);
	free(first);
}

static void the_demonstration_can_be_kept(void **state)
{
	struct home *home = *state;
	char *path = in_home(home, "demo.db"), *new = in_home(home, "de-demo/acta.db");
	become(home, "ana");
	EXPECT(home, 0, "--demo", "backup", "--replay", path);
	EXPECT(home, 2, "--demo", "restore", path);
	EXPECT(home, 0, "--db", new, "restore", path);
	EXPECT(home, 0, "--db", new, "show", "commitment", "C5");
	free(new);
	free(path);
}

static void without_the_drive_what_is_here_is_kept(void **state)
{
	struct home *home = *state;
	char *first = begin(home), *path = in_home(home, "ausente.db");
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "luis", 4, AWAY, "add", "followup", "description=En cola");
	AS(home, "luis", 0, AWAY, "backup", path);
	assert_err(home, "se usa la copia de esta máquina");
	assert_out(home, "en cola");
	drive_returns(home);
	/* It is part of the file and not of its tables, until that is a database again. */
	AS(home, "luis", 0, "restore", "--dry-run", "--json", path);
	assert_json(home, "$.operations", "2");
	assert_json(home, "$.queued", "1");
	assert_json(home, "$.records.followups", "2");
	char *new = in_home(home, "nueva/acta.db");
	EXPECT(home, 0, "--db", new, "restore", path);
	EXPECT(home, 0, "--db", new, "list", "followups", "--json");
	char *found = ask_json(home, DESCRIPTIONS);
	assert_string_equal(found, "Primera,Segunda,En cola");
	EXPECT(home, 0, "--db", new, "history", "--json");
	char *count = ask_json(home, "SELECT count(*) FROM json_each(?1)");
	assert_string_equal(count, "4");
	free(count);
	free(found);
	free(new);
	free(path);
	free(first);
}

/* ---- backups of every day */

static void a_day_of_work_leaves_one_backup(void **state)
{
	struct home *home = *state;
	char *first = begin(home);
	wait_for_silence(home);
	AS(home, "ana", 0, "add", "followup", "description=Otra");
	wait_for_silence(home);
	AS(home, "ana", 0, "backup", "--list", "--json");
	assert_json(home, "$[0].operations", "1");
	assert_json(home, "$[1]", "null");
	char *path = ask_json(home, "SELECT ?1 -> 0 ->> 'file'");
	AS(home, "ana", 0, "restore", "--dry-run", path);
	AS(home, "ana", 0, "backup", "--list");
	assert_out(home, path);
	char *date = ask_json(home, "SELECT date('now', 'localtime')");
	AS(home, "ana", 0, "restore", "--dry-run", date);
	assert_out(home, path);
	free(date);
	AS(home, "ana", 1, "restore", "--dry-run", "2001-01-01");
	/* Whoever only reads has none. */
	AS(home, "nueva", 0, "list", "followups");
	wait_for_silence(home);
	AS(home, "nueva", 0, "backup", "--list");
	assert_out(home, "no hay respaldos");
	free(path);
	free(first);
}

/* It harms nothing else, and is said once. */
static void a_day_without_room_is_told_once(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	wait_for_silence(home);
	char *copy = replica_path(home, "ana"), folder[4096];
	snprintf(folder, sizeof(folder), "%.*s/backups", (int)(strrchr(copy, '/') - copy), copy);
	FILE *file = fopen(folder, "w");
	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
	for (int i = 0; i < 3; i++) {
		AS(home, "ana", 0, "add", "followup", "description=Una");
		wait_for_silence(home);
		if (i == 1)
			assert_err(home, "no se pudo hacer el respaldo diario");
		else
			assert_no_err(home, "respaldo diario");
	}
	free(copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_backup_is_whole_and_plain),
		WITH_MEMBERS(what_cannot_be_written_is_said_and_leaves_nothing),
		WITH_MEMBERS(the_demonstration_can_be_kept),
		WITH_MEMBERS(without_the_drive_what_is_here_is_kept),
		WITH_MEMBERS(a_day_of_work_leaves_one_backup),
		WITH_MEMBERS(a_day_without_room_is_told_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
