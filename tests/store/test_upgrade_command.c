/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cli_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The program as it is, and one to come that knows two migrations more: two members of a group,
 * each with replicas of their own.
 */
static void as_old(struct home *home)
{
	char *state = in_home(home, "old");
	setenv("XDG_STATE_HOME", state, 1);
	home->program = NULL;
	free(state);
}

static void as_new(struct home *home)
{
	char *state = in_home(home, "new");
	setenv("XDG_STATE_HOME", state, 1);
	home->program = "tests/store/nucleo_next";
	free(state);
}

/* A database both have seen; owned path. */
static char *make_group(struct home *home)
{
	char *db = in_home(home, "drive/acta.db");
	as_old(home);
	EXPECT(home, 0, "--db", db, "init");
	EXPECT(home, 0, "--db", db, "--as", "FCD", "add", "followup", "description=de antes");
	return db;
}

static void what_is_up_to_date_is_told_so(void **state)
{
	struct home *home = *state;
	char *db = make_group(home);
	EXPECT(home, 0, "--db", db, "upgrade");
	assert_out(home, "está al día");
	EXPECT(home, 0, "--db", db, "actualizar", "--json");
	assert_json(home, "$.upgraded", "0");
	assert_json(home, "$.migrations", "[]");
	assert_json(home, "$.outdated", "[]");
	char *same = ask_json(home, "SELECT json_extract(?1, '$.schema') ="
				    " json_extract(?1, '$.newest')");
	assert_string_equal(same, "1");
	free(same);
	EXPECT(home, 0, "--db", db, "--read-only", "upgrade", "--dry-run");
	EXPECT(home, 1, "--db", db, "--read-only", "upgrade");
	assert_err(home, "--read-only");
	EXPECT(home, 2, "--db", db, "upgrade", "algo");
	EXPECT(home, 0, "--demo", "upgrade");
	assert_out(home, "está al día");
	EXPECT(home, 0, "--db", db, "history", "--json");
	assert_json(home, "$[1]", "null");
	free(db);
}

static void a_new_program_does_not_upgrade_by_itself(void **state)
{
	struct home *home = *state;
	char *db = make_group(home);
	as_new(home);
	for (int i = 0; i < 2; i++) {
		EXPECT(home, 1, "--db", db, "list", "followups");
		assert_err(home, "nucleo upgrade");
		EXPECT(home, 1, "--db", db, "add", "followup", "description=x");
		assert_err(home, "nucleo upgrade");
	}
	EXPECT(home, 0, "--db", db, "upgrade", "--dry-run");
	assert_out(home, "notes");
	assert_out(home, "plans");
	EXPECT(home, 0, "--db", db, "upgrade", "--dry-run", "--json");
	assert_json(home, "$.upgraded", "0");
	assert_json(home, "$.migrations[0].name", "notes");
	assert_json(home, "$.migrations[2]", "null");
	EXPECT(home, 1, "--db", db, "list", "followups");
	as_old(home);
	EXPECT(home, 0, "--db", db, "add", "followup", "description=de después");
	free(db);
}

static void who_has_the_old_program_can_only_read(void **state)
{
	struct home *home = *state;
	char *db = make_group(home);
	as_new(home);
	EXPECT(home, 0, "--db", db, "--as", "AME", "upgrade", "--json");
	assert_json(home, "$.upgraded", "1");
	assert_json(home, "$.migrations[1].name", "plans");
	EXPECT(home, 0, "--db", db, "list", "followups", "--json");
	assert_json(home, "$[0].description", "de antes (urgente)");
	EXPECT(home, 0, "--db", db, "--as", "AME", "add", "followup", "description=de después");
	EXPECT(home, 0, "--db", db, "history", "--json");
	assert_json(home, "$[0].by", "AME");
	EXPECT(home, 0, "--db", db, "upgrade");
	assert_out(home, "está al día");

	as_old(home);
	EXPECT(home, 0, "--db", db, "list", "followups", "--json");
	assert_json(home, "$[0].description", "de antes");
	assert_json(home, "$[1]", "null");
	assert_err(home, "de uno más nuevo");
	EXPECT(home, 1, "--db", db, "add", "followup", "description=x");
	assert_err(home, "de uno más nuevo");
	assert_err(home, "nada se guardó");
	EXPECT(home, 1, "--db", db, "upgrade");
	assert_err(home, "este nucleo, no la base");

	/* What is on its disk comes after as soon as the program is changed. */
	home->program = "tests/store/nucleo_next";
	EXPECT(home, 0, "--db", db, "list", "followups", "--json");
	assert_json(home, "$[1].description", "de después");
	free(db);
}

/* Somebody goes back to the old program: what waits is not lost for that. */
static void a_newer_replica_is_left_alone(void **state)
{
	struct home *home = *state;
	char *db = make_group(home), *drive = in_home(home, "drive"), *away = in_home(home, "away");
	as_new(home);
	EXPECT(home, 0, "--db", db, "upgrade");
	assert_int_equal(rename(drive, away), 0);
	EXPECT(home, 4, "--db", db, "--wait", "0.2", "add", "followup", "description=espera");
	assert_int_equal(rename(away, drive), 0);
	home->program = NULL;
	EXPECT(home, 1, "--db", db, "list", "followups");
	assert_err(home, "más nuevo");
	as_new(home);
	EXPECT(home, 0, "--db", db, "list", "followups", "espera", "--exit-code");
	free(away);
	free(drive);
	free(db);
}

/* Of a database that is made by the new program the old one reads nothing. */
static void a_newer_database_is_refused(void **state)
{
	struct home *home = *state;
	char *db = in_home(home, "acta.db");
	as_new(home);
	EXPECT(home, 0, "--db", db, "init");
	EXPECT(home, 0, "--db", db, "add", "followup", "description=nueva");
	as_old(home);
	EXPECT(home, 1, "--db", db, "list", "followups");
	assert_err(home, "más nuevo");
	as_new(home);
	EXPECT(home, 0, "--db", db, "list", "followups", "--json");
	assert_json(home, "$[0].description", "nueva");
	free(db);
}

static void nothing_is_queued_while_the_drive_is_away(void **state)
{
	struct home *home = *state;
	char *db = make_group(home), *drive = in_home(home, "drive"), *away = in_home(home, "away");
	as_new(home);
	EXPECT(home, 1, "--db", db, "list", "followups");
	assert_int_equal(rename(drive, away), 0);
	EXPECT(home, 4, "--db", db, "--wait", "0.2", "upgrade");
	assert_err(home, "nucleo upgrade");
	assert_int_equal(rename(away, drive), 0);
	EXPECT(home, 0, "--db", db, "upgrade", "--dry-run", "--json");
	assert_json(home, "$.migrations[1].name", "plans");
	EXPECT(home, 0, "--db", db, "upgrade");
	assert_out(home, "Base actualizada");
	free(away);
	free(drive);
	free(db);
}

/* What waits in the queue of one who had the old program goes out with the new one. */
static void what_the_old_program_queued_is_published(void **state)
{
	struct home *home = *state;
	char *db = make_group(home), *drive = in_home(home, "drive"), *away = in_home(home, "away");
	assert_int_equal(rename(drive, away), 0);
	EXPECT(home, 4, "--db", db, "--wait", "0.2", "add", "followup", "description=espera");
	assert_int_equal(rename(away, drive), 0);
	as_new(home);
	EXPECT(home, 0, "--db", db, "upgrade");
	as_old(home);
	home->program = "tests/store/nucleo_next";
	EXPECT(home, 0, "--db", db, "list", "followups", "espera", "--exit-code");
	as_new(home);
	EXPECT(home, 0, "--db", db, "list", "followups", "espera", "--exit-code");
	free(away);
	free(drive);
	free(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOME(what_is_up_to_date_is_told_so),
		IN_A_HOME(a_new_program_does_not_upgrade_by_itself),
		IN_A_HOME(who_has_the_old_program_can_only_read),
		IN_A_HOME(a_newer_replica_is_left_alone),
		IN_A_HOME(a_newer_database_is_refused),
		IN_A_HOME(nothing_is_queued_while_the_drive_is_away),
		IN_A_HOME(what_the_old_program_queued_is_published),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
