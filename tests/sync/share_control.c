/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * share_control: run by check_share.sh below mounts.sh. Two writers and a reader
 * on each of two mounts use one stock SQLite database in the shared folder. On
 * such mounts this must go wrong: else they are no test of anything. Ends with
 * 0 once something broke, with 1 when after a minute all is as it should be.
 */
#include "config.h"

#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOUNTS = 2, WRITERS = 2, ROUNDS = 12, ROUND_MS = 5000 };
enum { PROCESSES = MOUNTS * (WRITERS + 1) };

/* What one process found, in memory that all share. */
struct tally {
	int acknowledged;
	int broken;	    /* the SQLite result that said so */
	char message[200];
};

struct control {
	const char *folder;
	struct tally *tallies;
	int round;
};

static bool is_broken(int result)
{
	return result == SQLITE_CORRUPT || result == SQLITE_NOTADB;
}

static sqlite3 *open_on(const struct control *control, const char *machine)
{
	char path[4096];
	sqlite3 *db;
	snprintf(path, sizeof(path), "%s/%s/control-%d.db", control->folder, machine,
		 control->round);
	if (sqlite3_open(path, &db) != SQLITE_OK) {
		fprintf(stderr, "share_control: %s: %s\n", path, sqlite3_errmsg(db));
		exit(1);
	}
	sqlite3_busy_timeout(db, 2000);
	return db;
}

static void note_result(struct tally *tally, sqlite3 *db, int result)
{
	if (!is_broken(result & 0xff) || tally->broken)
		return;
	snprintf(tally->message, sizeof(tally->message), "%s", sqlite3_errmsg(db));
	tally->broken = result;
}

/* Ends by the signal of the one who started it. */
static _Noreturn void use_database(const struct control *control, int which)
{
	char machine[16], sql[128];
	struct tally *tally = &control->tallies[which];
	bool writes = which % (WRITERS + 1) != 0;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	snprintf(machine, sizeof(machine), "%d", which / (WRITERS + 1) + 1);
	sqlite3 *db = open_on(control, machine);
	for (int i = 0;; i++) {
		snprintf(sql, sizeof(sql),
			 writes ? "INSERT INTO note(writer, number) VALUES(%d, %d)"
				: "SELECT count(*), %d, %d FROM note",
			 which, i);
		int result = sqlite3_exec(db, sql, NULL, NULL, NULL);
		tally->acknowledged += writes && result == SQLITE_OK;
		note_result(tally, db, result);
		poll(NULL, 0, writes ? 5 : 50);
	}
}

/* The first column of the first row; `text` says why when there is none. */
static int ask(sqlite3 *db, const char *sql, char *text, size_t size)
{
	sqlite3_stmt *statement = NULL;
	int number = -1;
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW) {
		number = sqlite3_column_int(statement, 0);
		snprintf(text, size, "%s", sqlite3_column_text(statement, 0));
	} else {
		snprintf(text, size, "%s", sqlite3_errmsg(db));
	}
	sqlite3_finalize(statement);
	return number;
}

/* Looks at what the server has; says and gives whether it is not what was promised. */
static bool went_wrong(const struct control *control)
{
	char verdict[300], rows[300];
	int promised = 0;
	bool wrong = false;
	for (int i = 0; i < PROCESSES; i++) {
		promised += control->tallies[i].acknowledged;
		if (control->tallies[i].broken && !wrong) {
			printf("control: stock SQLite: %s\n", control->tallies[i].message);
			wrong = true;
		}
	}
	sqlite3 *db = open_on(control, "served");
	int count = ask(db, "SELECT count(*) FROM note", rows, sizeof(rows));
	ask(db, "PRAGMA integrity_check", verdict, sizeof(verdict));
	wrong |= count < promised || strcmp(verdict, "ok") != 0;
	printf("control: stock SQLite: %d commits acknowledged, %s there, integrity check: %.*s\n",
	       promised, rows, (int)strcspn(verdict, "\n"), verdict);
	sqlite3_close(db);
	return wrong;
}

/* Never waits for one that hangs behind its mount: nobody stopped these mounts. */
static void end_all(const pid_t *children)
{
	int left = PROCESSES;
	for (int i = 0; i < PROCESSES; i++)
		kill(children[i], SIGKILL);
	for (int ms = 0; ms < ROUND_MS * 4 && left; ms += 10) {
		if (waitpid(-1, NULL, WNOHANG) > 0)
			left--;
		else
			poll(NULL, 0, 10);
	}
	if (!left)
		return;
	fprintf(stderr, "share_control: %d processes hang behind their mounts\n", left);
	exit(1);
}

static bool run_round(const struct control *control)
{
	pid_t children[PROCESSES];
	sqlite3 *db = open_on(control, "served");
	memset(control->tallies, 0, PROCESSES * sizeof(*control->tallies));
	if (sqlite3_exec(db, "CREATE TABLE note(writer INTEGER, number INTEGER, "
			     "text TEXT DEFAULT 'lo que se dijo en la reunión')",
			 NULL, NULL, NULL) != SQLITE_OK) {
		fprintf(stderr, "share_control: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
	sqlite3_close(db);
	fflush(stdout);
	for (int i = 0; i < PROCESSES; i++)
		if ((children[i] = fork()) == 0)
			use_database(control, i);
	poll(NULL, 0, ROUND_MS);
	/* Between two commits of theirs or in one: who is killed was promised nothing more. */
	end_all(children);
	return went_wrong(control);
}

int main(void)
{
	struct control control = {.folder = getenv("MOUNTS")};
	control.tallies = mmap(NULL, PROCESSES * sizeof(*control.tallies), PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!control.folder || control.tallies == MAP_FAILED) {
		fputs("share_control: is to be run by mounts.sh\n", stderr);
		return 1;
	}
	for (; control.round < ROUNDS; control.round++)
		if (run_round(&control))
			return 0;
	fputs("share_control: stock SQLite keeps every promise on these mounts: they prove nothing\n",
	      stderr);
	return 1;
}
