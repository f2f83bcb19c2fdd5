/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy of the database that is damaged: it is told, and made anew with what was queued in it. */
#include "store/doctor_test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ADD "--wait", "0.3", "add", "followup"

static void assert_set_aside(const struct home *home, const char *member)
{
	char *own = in_home(home, member), *names = names_below(own);
	assert_non_null(strstr(names, ".db.20"));
	assert_null(strstr(names, ".rescue"));
	free(names);
	free(own);
}

static void a_damaged_copy_is_made_anew(void **state)
{
	static const char *const tables[] = {"followup", "organization", "local_state"};
	struct home *home = *state;
	doctor_begin(home);
	for (size_t i = 0; i < ARRAY_COUNT(tables); i++) {
		damage_table(home, "ana", tables[i]);
		doctor(home, "ana", 5);
		assert_finding(home, "replica", "problem", "dañada");
		AS(home, "ana", 0, "doctor", "--repair", "--json");
		assert_err(home, "se hizo otra desde el disco");
		assert_finding(home, "replica", "ok", "entera");
		assert_set_aside(home, "ana");
	}
	wait_for_silence(home);
	ALIKE(home, 3, "ana", "luis", "nueva");
}

static void a_damaged_history_is_told_and_made_anew(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	char *path = replica_path(home, "ana");
	sql_on(path, "UPDATE history SET text = replace(text, 'Segunda', 'Segundo')"
		     " WHERE number = 2");
	doctor(home, "ana", 5);
	assert_finding(home, "history", "problem", "dañado");
	AS(home, "ana", 0, "doctor", "--repair", "--json");
	assert_finding(home, "history", "ok", "3 operaciones");
	sql_on(path, "UPDATE followup SET description = 'Otra' WHERE description = 'Segunda'");
	doctor(home, "ana", 0);
	AS(home, "ana", 5, "doctor", "--replay", "--json");
	assert_finding(home, "replay", "problem", "no coinciden");
	AS(home, "ana", 0, "doctor", "--replay", "--repair", "--json");
	assert_finding(home, "replay", "ok", "coinciden");
	ALIKE(home, 3, "ana", "luis");
	free(path);
}

/* What was queued while the drive was away, in a copy that is then damaged. */
static void what_was_queued_is_rescued(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	drive_leaves(home);
	AS(home, "ana", 4, ADD, "description=En cola uno");
	AS(home, "ana", 4, ADD, "description=En cola dos");
	wait_for_silence(home);
	damage_table(home, "ana", "followup");
	drive_returns(home);
	/* A copy that takes nothing in any more publishes nothing either. */
	AS(home, "ana", 0, "--read-only", "doctor", "--repair");
	assert_err(home, "se recuperaron de su cola 2 cambios");
	assert_int_equal(queued(home, "ana"), 2);
	AS(home, "ana", 0, "list", "followups");
	assert_int_equal(queued(home, "ana"), 0);
	ALIKE(home, 5, "ana", "luis", "nueva");
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_out(home, "En cola uno");
	assert_out(home, "En cola dos");
}

/* One that SQLite does not open at all is replaced without being asked for. */
static void one_that_cannot_be_opened_is_rescued_by_itself(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	drive_leaves(home);
	AS(home, "ana", 4, ADD, "description=En cola");
	wait_for_silence(home);
	char *copy = replica_path(home, "ana");
	sql_on(copy, "PRAGMA wal_checkpoint(TRUNCATE)");
	int fd = open(copy, O_WRONLY);
	assert_int_equal(pwrite(fd, "\0\0\0\0", 4, 68), 4); /* whose database it is */
	close(fd);
	AS(home, "ana", 4, "--wait", "0.5", "list", "followups");
	drive_returns(home);
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_out(home, "En cola");
	assert_err(home, "se recuperó de su cola 1 cambio");
	assert_set_aside(home, "ana");
	ALIKE(home, 4, "ana", "luis", "nueva");
	free(copy);
}

/* What lies beside the copy: drafts that cannot be read are set aside, an index is made again. */
static void what_lies_beside_it_is_looked_at(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	AS(home, "ana", 0, "search", "Primera");
	doctor(home, "ana", 0);
	assert_finding(home, "search", "ok", "al día");
	char *copy = replica_path(home, "ana");
	struct strbuf drafts;
	strbuf_init(&drafts);
	strbuf_addf(&drafts, "%.*slocal.db", (int)(strrchr(copy, '/') + 1 - copy), copy);
	sql_on(drafts.data, "CREATE TABLE draft (x)");
	doctor(home, "ana", 0);
	assert_finding(home, "drafts", "ok", "enteros");
	FILE *file = fopen(drafts.data, "w");
	assert_non_null(file);
	assert_true(fputs("esto no es una base de datos", file) >= 0);
	assert_int_equal(fclose(file), 0);
	doctor(home, "ana", 5);
	assert_finding(home, "drafts", "problem", "dañados");
	AS(home, "ana", 0, "doctor", "--repair", "--json");
	assert_finding(home, "drafts", "ok", "ninguno");
	assert_err(home, "apartados");
	char *own = in_home(home, "ana"), *names = names_below(own);
	assert_non_null(strstr(names, "local.db.20"));
	/* The index of searches. */
	char *index = strstr(names, "nucleo/search/");
	assert_non_null(index);
	char *start = index;
	while (start > names && start[-1] != '\n')
		start--;
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "ana/%.*s", (int)strcspn(start, "\n"), start);
	free(put_text(home, path.data, "x"));
	doctor(home, "ana", 0);
	assert_finding(home, "search", "notice", "dañado");
	AS(home, "ana", 0, "search", "Primera");
	doctor(home, "ana", 0);
	assert_finding(home, "search", "ok", "al día");
	strbuf_release(&path);
	strbuf_release(&drafts);
	free(names);
	free(own);
	free(copy);
}

/* ---- killed in the middle */

/* The program and the worker it begins, so long after that one is there. */
static void kill_both(pid_t child, int delay_us)
{
	char path[64];
	long worker = 0;
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)child, (int)child);
	for (int i = 0; i < 5000 && worker <= 0; i++) {
		char *children = file_text(path);
		worker = strtol(children, NULL, 10);
		free(children);
		usleep(200);
	}
	assert_true(worker > 0);
	usleep((useconds_t)delay_us);
	kill((pid_t)worker, SIGKILL);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static void a_repair_that_is_killed_loses_nothing(void **state)
{
	enum { KILLS = 6, STEP_US = 7000 };
	struct home *home = *state;
	doctor_begin(home);
	for (int i = 0; i < KILLS; i++) {
		drive_leaves(home);
		AS(home, "ana", 4, ADD, "description=En cola");
		wait_for_silence(home);
		damage_table(home, "ana", "followup");
		drive_returns(home);
		pid_t child = START(home, "ana", "--read-only", "doctor", "--repair");
		kill_both(child, i * STEP_US);
		wait_for_silence(home);
		become(home, "ana");
		/* It goes on, or begins, and ends. */
		assert_int_equal(RUN(home, "--read-only", "doctor", "--repair"), 0);
		AS(home, "ana", 0, "list", "followups");
		assert_int_equal(queued(home, "ana"), 0);
		assert_int_equal(operations_on_drive(home), 4 + i);
	}
	assert_set_aside(home, "ana");
	ALIKE(home, 3 + KILLS, "ana", "luis", "nueva");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_damaged_copy_is_made_anew),
		WITH_MEMBERS(a_damaged_history_is_told_and_made_anew),
		WITH_MEMBERS(what_was_queued_is_rescued),
		WITH_MEMBERS(one_that_cannot_be_opened_is_rescued_by_itself),
		WITH_MEMBERS(what_lies_beside_it_is_looked_at),
		WITH_MEMBERS(a_repair_that_is_killed_loses_nothing),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
