/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nucleo doctor: each finding as it comes about, what it ends with, and what it mends. */
#include "store/doctor_test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define ADD "--wait", "0.3", "add", "followup"
#define LOG "acta.db-log/"
#define NOBODY 65534

static void all_is_well_in_a_new_database(void **state)
{
	static const char *const checks[] = {
		"drive",     "place",	"access",    "primitive", "space",    "clock",
		"read",	     "write",	"leftovers", "log",	  "head",     "bases",
		"published", "foreign", "replica",   "history",	  "replay",   "size",
		"queue",     "search",	"drafts",    "schema",	  "programs",
	};
	struct home *home = *state;
	doctor_begin(home);
	char *log = on_drive(home, "acta.db-log"), *before = names_below(log);
	AS(home, "ana", 0, "doctor", "--json", "--replay", "--full");
	for (size_t i = 0; i < ARRAY_COUNT(checks); i++)
		assert_finding(home, checks[i], "ok", "");
	assert_json(home, "$.worst", "ok");
	assert_finding(home, "log", "ok", "de la 1 a la 3");
	assert_finding(home, "head", "ok", "la 3, aquí y en el disco");
	/* Nothing is left on the drive of all that was tried there. */
	wait_for_silence(home);
	char *after = names_below(log);
	assert_string_equal(after, before);
	AS(home, "ana", 0, "salud");
	assert_out(home, "Todo está bien.");
	AS(home, "ana", 0, "revisar", "--repair");
	assert_no_err(home, "dañada");
	AS(home, "ana", 0, "--read-only", "doctor", "--json");
	assert_finding(home, "access", "notice", "lectura y escritura");
	assert_finding(home, "primitive", "unknown", "");
	free(after);
	free(before);
	free(log);
}

static void a_demonstration_has_no_drive(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "--demo", "doctor", "--json");
	assert_finding(home, "replica", "ok", "entera");
	char *none = ask_json(home, "SELECT count(*) FROM json_each(?1, '$.findings')"
				    " WHERE json_extract(value, '$.check') = 'drive'");
	assert_string_equal(none, "0");
	AS(home, "ana", 2, "--demo", "doctor", "--repair");
	AS(home, "ana", 1, "doctor");
	free(none);
}

/* ---- the drive */

static void a_drive_that_is_away_is_told(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	drive_leaves(home);
	AS(home, "ana", 4, ADD, "description=En cola");
	doctor(home, "ana", 4);
	assert_finding(home, "drive", "unknown", "no está conectado");
	assert_finding(home, "queue", "ok", "1 en espera desde");
	assert_finding(home, "replica", "ok", "entera");
	assert_json(home, "$.worst", "unknown");
	/* Mending waits for the drive, and touches nothing before. */
	char *copy = replica_path(home, "ana");
	AS(home, "ana", 4, "--wait", "0.5", "doctor", "--repair");
	assert_int_equal(access(copy, F_OK), 0);
	assert_int_equal(queued(home, "ana"), 1);
	drive_returns(home);
	free(copy);
}

static void a_drive_that_hangs_is_told_in_time(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	if (!drive_hangs(home))
		skip();
	AS(home, "ana", 4, "--wait", "0.3", "doctor", "--json");
	assert_finding(home, "drive", "unknown", "no responde");
	assert_finding(home, "history", "ok", "3 operaciones");
	drive_answers(home);
	wait_for_silence(home);
}

static void a_folder_that_is_copied_about_is_told(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	char *mark = on_drive(home, ".stfolder");
	assert_int_equal(mkdir(mark, 0755), 0);
	doctor(home, "ana", 5);
	assert_finding(home, "place", "problem", "");
	assert_int_equal(rmdir(mark), 0);
	doctor(home, "ana", 0);
	free(mark);
}

static void leftovers_are_counted(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	for (int i = 0; i < 25; i++) {
		char name[64];
		snprintf(name, sizeof(name), "disco/" LOG "tmp/%032d", i);
		char *path = put_text(home, name, "");
		const struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
		assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
		free(path);
	}
	AS(home, "ana", 0, "--read-only", "doctor", "--json");
	assert_finding(home, "leftovers", "notice", "25 de hace más de un día");
}

/* Somebody who may not write there; the tests may run as somebody who always may. */
static void a_folder_one_may_not_write_in_is_told(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	become(home, "ana");
	AS(home, "ana", 0, "list", "followups");
	char *drive = on_drive(home, ""), *own = in_home(home, "ana"), *program = program_path();
	char *log = on_drive(home, "acta.db-log"), *out = in_home(home, "out");
	chmod(home->folder, 0755);
	wait_for_silence(home);
	assert_int_equal(chmod(drive, 0555), 0);
	assert_int_equal(chmod(log, 0555), 0);
	pid_t child = fork();
	if (child == 0) {
		char *words[] = {program, (char *)"doctor", (char *)"--json", NULL};
		char state_folder[80];
		snprintf(state_folder, sizeof(state_folder), "%s/nadie", own);
		mkdir(state_folder, 0777);
		chmod(state_folder, 0777);
		chmod(own, 0755);
		setenv("XDG_STATE_HOME", state_folder, 1);
		int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		dup2(fd, STDOUT_FILENO);
		if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
			_exit(99);
		execv(program, words);
		_exit(98);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	char *text = file_text(out);
	strbuf_reset(&home->out);
	strbuf_adds(&home->out, text);
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_finding(home, "access", "notice", "solo lectura · r-xr-xr-x");
	assert_finding(home, "primitive", "unknown", "no se pudo probar");
	assert_finding(home, "log", "ok", "de la 1 a la 3");
	assert_int_equal(chmod(drive, 0755), 0);
	assert_int_equal(chmod(log, 0755), 0);
	free(text);
	free(out);
	free(log);
	free(program);
	free(own);
	free(drive);
}

/* ---- the log and what lies beside it */

static void a_hole_in_the_log_is_told(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	char *path = operation_path(home, 2), *kept = in_home(home, "2");
	assert_int_equal(rename(path, kept), 0);
	doctor(home, "ana", 5);
	assert_finding(home, "log", "problem", "falta la 2, y hay hasta la 3");
	assert_int_equal(rename(kept, path), 0);
	assert_int_equal(truncate(path, 60), 0);
	doctor(home, "ana", 5);
	assert_finding(home, "log", "problem", "la 2 está dañada");
	free(kept);
	free(path);
}

static void a_lost_tail_is_told(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	char *path = operation_path(home, 3);
	remove_file(path);
	doctor(home, "ana", 5);
	assert_finding(home, "head", "problem", "la 2 en el disco, la 3 aquí");
	/* The copy is not to blame. */
	assert_finding(home, "replica", "ok", "entera");
	free(path);
}

static void the_published_file_is_looked_at(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	AS(home, "ana", 0, "add", "followup", "description=Cuarta");
	wait_for_silence(home);
	char *database = on_drive(home, "acta.db"), *kept = in_home(home, "acta.db");
	copy_file(database, kept);
	doctor(home, "ana", 0);
	assert_finding(home, "published", "ok", "entero, hasta la operación");
	sql_on(database, "CREATE TABLE suya (x)");
	doctor(home, "ana", 0);
	assert_finding(home, "published", "notice", "otro programa");
	copy_file(kept, database);
	assert_int_equal(truncate(database, 20000), 0);
	doctor(home, "ana", 5);
	assert_finding(home, "published", "problem", "dañado");
	remove_file(database);
	doctor(home, "ana", 0);
	assert_finding(home, "published", "notice", "no está");
	free(put_text(home, "disco/acta.db.foreign-2026-01-01T00:00:00Z", "x"));
	free(put_text(home, "disco/acta.db.foreign-2026-01-02T00:00:00Z\x1b[31m", "x"));
	doctor(home, "ana", 0);
	assert_finding(home, "foreign", "notice", "2; el último es «acta.db.foreign-2026-01-02");
	assert_null(strchr(home->out.data, '\x1b'));
	free(kept);
	free(database);
}

static void a_base_that_is_damaged_is_told(void **state)
{
	struct home *home = *state;
	struct strbuf name;
	doctor_begin(home);
	strbuf_init(&name);
	strbuf_addf(&name, "disco/" LOG "base-2-%064d.db", 1);
	free(put_text(home, name.data, "SQLite"));
	doctor(home, "ana", 5);
	assert_finding(home, "bases", "problem", "1; la última llega a la operación 2");
	/* One that is whole, of another moment than its name says. */
	char *database = on_drive(home, "acta.db"), *base = in_home(home, name.data);
	copy_file(database, base);
	doctor(home, "ana", 5);
	assert_finding(home, "bases", "problem", "");
	strbuf_release(&name);
	free(base);
	free(database);
}

static void others_are_seen_with_their_programs(void **state)
{
	struct home *home = *state;
	doctor_begin(home);
	free(put_text(home, "disco/" LOG "who-0123456789abcdef0123456789abcdef",
		      "FCD\nmaquina\n\n9.9\n2026-01-01T00:00:00Z\n1\n"));
	doctor(home, "ana", 0);
	assert_finding(home, "programs", "ok", "este es nucleo");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(all_is_well_in_a_new_database),
		WITH_MEMBERS(a_demonstration_has_no_drive),
		WITH_MEMBERS(a_drive_that_is_away_is_told),
		WITH_MEMBERS(a_drive_that_hangs_is_told_in_time),
		WITH_MEMBERS(a_folder_that_is_copied_about_is_told),
		WITH_MEMBERS(leftovers_are_counted),
		WITH_MEMBERS(a_folder_one_may_not_write_in_is_told),
		WITH_MEMBERS(a_hole_in_the_log_is_told),
		WITH_MEMBERS(a_lost_tail_is_told),
		WITH_MEMBERS(the_published_file_is_looked_at),
		WITH_MEMBERS(a_base_that_is_damaged_is_told),
		WITH_MEMBERS(others_are_seen_with_their_programs),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
