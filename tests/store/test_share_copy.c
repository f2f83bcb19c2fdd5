/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A member's own copy that is gone, damaged or older than it was: a home restored, a disk cleaned. */
#include "store/members_test.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define ADD "--wait", "0.3", "add", "followup"
#define STATE ".local/state/nucleo"

static void begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "followup", "description=Primera");
	AS(home, "luis", 0, "add", "followup", "description=Segunda");
	AS(home, "ana", 0, "list", "followups");
	wait_for_silence(home);
}

/* What SQLite keeps beside a database belongs to that one alone. */
static void a_copy_that_is_gone_is_made_again(void **state)
{
	struct home *home = *state;
	begin(home);
	char *database = on_drive(home, "acta.db");
	for (int i = 0; i < 2; i++) {
		char *copy = replica_path(home, "ana");
		remove_file(copy);
		AS(home, "luis", 0, "add", "followup", "description=Entretanto");
		wait_for_silence(home);
		if (i)
			remove_file(database);
		ALIKE(home, 3 + i, "ana", "luis");
		free(copy);
	}
	AS(home, "ana", 0, ADD, "description=Sigue");
	ALIKE(home, 5, "ana", "luis", "nueva");
	free(database);
}

static void a_copy_that_cannot_be_opened_is_set_aside(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "ana", 4, ADD, "description=En cola");
	drive_returns(home);
	char *copy = replica_path(home, "ana"), *own = in_home(home, "ana");
	FILE *file = fopen(copy, "r+");
	assert_non_null(file);
	assert_true(fputs("basura", file) >= 0);
	assert_int_equal(fclose(file), 0);
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_err(home, "la copia de esta máquina estaba dañada");
	assert_err(home, "se recuperó de su cola 1 cambio");
	assert_json(home, "$[1].description", "Segunda");
	ALIKE(home, 3, "ana", "luis");
	char *names = names_below(own);
	assert_non_null(strstr(names, ".db.20"));
	free(names);
	free(own);
	free(copy);
}

static void what_says_which_copy_may_be_lost(void **state)
{
	static const char *const texts[] = {"", "x", "0123456789abcdef0123456789abcdef\n",
					    "../../../../../../etc/passwd\n", "\xff\xfe"};
	struct home *home = *state;
	begin(home);
	char *copy = replica_path(home, "ana"), current[4096];
	snprintf(current, sizeof(current), "%.*s/current", (int)(strrchr(copy, '/') - copy), copy);
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		FILE *file = fopen(current, "w");
		assert_non_null(file);
		assert_true(fputs(texts[i], file) >= 0);
		assert_int_equal(fclose(file), 0);
		ALIKE(home, 2, "ana", "luis");
	}
	remove_file(current);
	ALIKE(home, 2, "ana", "luis");
	free(copy);
}

static void run_tool(const char *name, const char *option, char *from, char *to)
{
	char *words[] = {(char *)(uintptr_t)name, (char *)(uintptr_t)option, from, to, NULL};
	pid_t child;
	int status;
	assert_int_equal(posix_spawnp(&child, name, NULL, NULL, words, environ), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void copy_state(const struct home *home, const char *from, const char *to)
{
	char *a = in_home(home, from), *b = in_home(home, to);
	run_tool("rm", "-rf", b, NULL);
	run_tool("cp", "-a", a, b);
	free(a);
	free(b);
}

/* A home restored from a backup: what it still has in its queue was published long ago. */
static void an_older_copy_publishes_nothing_twice(void **state)
{
	struct home *home = *state;
	begin(home);
	drive_leaves(home);
	AS(home, "ana", 4, ADD, "description=En cola");
	AS(home, "ana", 4, ADD, "description=También");
	wait_for_silence(home);
	copy_state(home, "ana/" STATE, "respaldo");
	drive_returns(home);
	AS(home, "luis", 0, "add", "followup", "description=De Luis");
	AS(home, "ana", 0, "list", "followups");
	AS(home, "ana", 0, "add", "followup", "description=Después");
	wait_for_silence(home);
	assert_int_equal(operations_on_drive(home), 6);
	copy_state(home, "respaldo", "ana/" STATE);
	AS(home, "ana", 0, "list", "followups");
	assert_int_equal(queued(home, "ana"), 0);
	assert_int_equal(operations_on_drive(home), 6);
	ALIKE(home, 6, "ana", "luis", "nueva");
	/* And the same home on two machines at once. */
	drive_leaves(home);
	AS(home, "ana", 4, ADD, "description=En dos máquinas");
	wait_for_silence(home);
	copy_state(home, "ana", "gemela");
	drive_returns(home);
	pid_t ana = START(home, "ana", "list", "followups");
	pid_t twin = START(home, "gemela", "list", "followups");
	assert_int_equal(member_finish(home, "ana", ana), 0);
	assert_int_equal(member_finish(home, "gemela", twin), 0);
	ALIKE(home, 7, "ana", "gemela", "luis");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_copy_that_is_gone_is_made_again),
		WITH_MEMBERS(a_copy_that_cannot_be_opened_is_set_aside),
		WITH_MEMBERS(what_says_which_copy_may_be_lost),
		WITH_MEMBERS(an_older_copy_publishes_nothing_twice),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
