/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/share_rig.h"

#include <dirent.h>
#include <glob.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/clock.h"

enum { SETTLE_MS = 120000, VISIBLE_TIMES = 5, WORDS = 8 };

/* Every kind of record, and the history. */
static const char *const kinds[] = {
	"history",   "followups", "organizations", "plans",    "commitments",
	"milestones", "progress",  "blockers",	    "meetings", "agenda",
	"attendees", "resolutions", "indicators",   "documents"};

static void list(const struct rig *rig, unsigned user, const char *kind, struct strbuf *out)
{
	const char *const words[] = {"--wait", "20", "list", kind, "--json", NULL};
	rig_run(rig, user, words, out);
}

/* ---- all see the same */

/* Whether all have one history, and keep it while they look a second time. */
static bool is_settled(const struct rig *rig, struct strbuf *first, struct strbuf *out)
{
	struct strbuf before;
	strbuf_init(&before);
	strbuf_adds(&before, first->data);
	bool same = true;
	for (unsigned user = 0; user < rig->user_count; user++) {
		list(rig, user, "history", user ? out : first);
		same &= user == 0 || strcmp(first->data, out->data) == 0;
	}
	same &= strcmp(before.data, first->data) == 0;
	strbuf_release(&before);
	return same;
}

static void settle(const struct rig *rig, struct strbuf *first, struct strbuf *out)
{
	int64_t end = clock_monotonic_ms() + SETTLE_MS;
	while (!is_settled(rig, first, out))
		if (clock_monotonic_ms() > end)
			rig_fail(rig, "the histories of the users do not become the same");
}

static void compare_replicas(const struct rig *rig, struct strbuf *first, struct strbuf *out)
{
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
		for (unsigned user = 0; user < rig->user_count; user++) {
			list(rig, user, kinds[i], user ? out : first);
			if (user && strcmp(first->data, out->data) != 0)
				rig_fail(rig, "user %u has other %s than user 0", user, kinds[i]);
		}
}

/* ---- what was promised */

static void run_sql(const struct rig *rig, sqlite3 *db, const char *sql, const char *text)
{
	sqlite3_stmt *statement;
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK ||
	    (text && sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC) != SQLITE_OK) ||
	    sqlite3_step(statement) != SQLITE_DONE)
		rig_fail(rig, "%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_finalize(statement);
}

static void load_notes(const struct rig *rig, sqlite3 *db)
{
	sqlite3_stmt *add;
	run_sql(rig, db, "CREATE TABLE note(description TEXT PRIMARY KEY, fate INTEGER)", NULL);
	run_sql(rig, db, "BEGIN", NULL);
	if (sqlite3_prepare_v2(db, "INSERT INTO note VALUES(?1, ?2)", -1, &add, NULL) != SQLITE_OK)
		rig_fail(rig, "%s", sqlite3_errmsg(db));
	for (size_t i = 0; i < rig->notes.count; i++) {
		char description[64];
		snprintf(description, sizeof(description), "m%u n%zu", rig->notes.items[i].user, i);
		sqlite3_bind_text(add, 1, description, -1, SQLITE_TRANSIENT);
		sqlite3_bind_int(add, 2, (int)rig->notes.items[i].fate);
		if (sqlite3_step(add) != SQLITE_DONE)
			rig_fail(rig, "%s", sqlite3_errmsg(db));
		sqlite3_reset(add);
	}
	sqlite3_finalize(add);
	run_sql(rig, db, "COMMIT", NULL);
}

/* The query gives a number of faults and one of them. */
static void expect_none(const struct rig *rig, sqlite3 *db, const char *what, const char *sql)
{
	sqlite3_stmt *statement;
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK ||
	    sqlite3_step(statement) != SQLITE_ROW)
		rig_fail(rig, "%s: %s", what, sqlite3_errmsg(db));
	if (sqlite3_column_int(statement, 0) != 0)
		rig_fail(rig, "%s: %d, such as %s", what, sqlite3_column_int(statement, 0),
			 sqlite3_column_text(statement, 1));
	sqlite3_finalize(statement);
}

static void judge_notes(const struct rig *rig, sqlite3 *db)
{
	char lost[256];
	snprintf(lost, sizeof(lost),
		 "SELECT count(*), min(description) FROM note WHERE fate IN (%d, %d)"
		 " AND description NOT IN (SELECT description FROM seen)",
		 FATE_SAVED, FATE_QUEUED);
	expect_none(rig, db, "acknowledged and lost", lost);
	expect_none(rig, db, "there more than once",
		    "SELECT count(*), min(description) FROM"
		    " (SELECT description FROM seen GROUP BY description HAVING count(*) > 1)");
	expect_none(rig, db, "there and added by nobody",
		    "SELECT count(*), min(description) FROM seen"
		    " WHERE description NOT IN (SELECT description FROM note)");
	expect_none(rig, db, "codes given twice",
		    "SELECT count(*), min(id) FROM"
		    " (SELECT id FROM seen GROUP BY id HAVING count(*) > 1)");
}

static void judge_history(const struct rig *rig, sqlite3 *db)
{
	expect_none(rig, db, "numbers missing in the history",
		    "SELECT max(number) - count(DISTINCT number), max(number) FROM step");
	expect_none(rig, db, "numbers twice in the history",
		    "SELECT count(*) - count(DISTINCT number), max(number) FROM step");
	expect_none(rig, db, "refused operations",
		    "SELECT count(*), min(words) FROM step WHERE refused IS NOT NULL");
}

/* Gives the number of operations. */
static long judge(const struct rig *rig, const char *followups, const char *history)
{
	sqlite3 *db;
	sqlite3_stmt *count;
	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		rig_fail(rig, "no SQLite");
	run_sql(rig, db, "CREATE TABLE seen(id TEXT, description TEXT)", NULL);
	run_sql(rig, db, "CREATE TABLE step(number INTEGER, words TEXT, refused TEXT)", NULL);
	load_notes(rig, db);
	run_sql(rig, db,
		"INSERT INTO seen SELECT value->>'id', value->>'description' FROM json_each(?1)"
		" WHERE value->>'description' NOT LIKE 'visible %'",
		followups);
	run_sql(rig, db,
		"INSERT INTO step SELECT value->>'number', value->>'words', value->>'refused'"
		" FROM json_each(?1)",
		history);
	run_sql(rig, db, "CREATE INDEX seen_description ON seen(description)", NULL);
	judge_notes(rig, db);
	judge_history(rig, db);
	long steps = 0;
	if (sqlite3_prepare_v2(db, "SELECT count(*) FROM step", -1, &count, NULL) == SQLITE_OK &&
	    sqlite3_step(count) == SQLITE_ROW)
		steps = sqlite3_column_int(count, 0);
	sqlite3_finalize(count);
	sqlite3_close(db);
	return steps;
}

/* ---- files */

/* Fails unless the first column of the first row is `expected`. */
static void expect_of_file(const struct rig *rig, const char *path, const char *sql,
			   const char *expected)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK ||
	    sqlite3_step(statement) != SQLITE_ROW)
		rig_fail(rig, "%s: %s", path, sqlite3_errmsg(db));
	const char *found = (const char *)sqlite3_column_text(statement, 0);
	if (!found || strcmp(found, expected) != 0)
		rig_fail(rig, "%s: %s: %s", path, sql, found ? found : "null");
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

/* The file people see, as the server has it. */
static void check_copy(const struct rig *rig)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/served/acta.db", rig->mounts);
	expect_of_file(rig, path, "PRAGMA integrity_check", "ok");
}

/* Whatever lies where a user has her replicas; nothing may wait in them any more. */
static void check_replicas(const struct rig *rig)
{
	for (unsigned user = 0; user < rig->user_count; user++) {
		char pattern[4096];
		glob_t found;
		snprintf(pattern, sizeof(pattern), "%s/state/nucleo/bases/*/*.db",
			 rig->users[user].home);
		if (glob(pattern, 0, NULL, &found) != 0)
			rig_fail(rig, "user %u has no replica", user);
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *path = found.gl_pathv[i];
			expect_of_file(rig, path, "PRAGMA integrity_check", "ok");
			expect_of_file(rig, path, "SELECT count(*) FROM pending", "0");
		}
		globfree(&found);
	}
}

static void check_chain(const struct rig *rig, long operations)
{
	char program[4096], folder[4096], number[32];
	const char *built = getenv("top_builddir");
	int status;
	snprintf(program, sizeof(program), "%s/tests/sync/check_chain", built ? built : ".");
	snprintf(folder, sizeof(folder), "%s/served/acta.db-log", rig->mounts);
	snprintf(number, sizeof(number), "%ld", operations);
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		execl(program, program, folder, number, (char *)NULL);
		_exit(126);
	}
	if (waitpid(pid, &status, 0) != pid || status != 0)
		rig_fail(rig, "the files of the log are not the chain of %ld operations",
			 operations);
}

/* While a mount was gone nobody may have taken its mount point for the drive. */
static void check_bare(const struct rig *rig)
{
	for (unsigned i = 0; i < rig->mount_count; i++) {
		char path[4096];
		int status;
		unsigned entries = 0;
		pid_t helper = process_start_script(rig, "--unmount", i);
		if (waitpid(helper, &status, 0) != helper || status != 0)
			rig_fail(rig, "machine %u cannot be unmounted", i + 1);
		snprintf(path, sizeof(path), "%s/%u", rig->mounts, i + 1);
		DIR *folder = opendir(path);
		while (folder && readdir(folder))
			entries++;
		if (!folder || entries > 2)
			rig_fail(rig, "something was written into the bare mount point %s", path);
		closedir(folder);
	}
}

void check_all(struct rig *rig)
{
	struct strbuf history, followups, out;
	strbuf_init(&history);
	strbuf_init(&followups);
	strbuf_init(&out);
	settle(rig, &history, &out);
	list(rig, 0, "followups", &followups);
	long operations = judge(rig, followups.data, history.data);
	compare_replicas(rig, &followups, &out);
	check_chain(rig, operations);
	check_copy(rig);
	check_replicas(rig);
	check_bare(rig);
	strbuf_release(&history);
	strbuf_release(&followups);
	strbuf_release(&out);
}

/* ---- how soon one sees what another saved */

static int time_until_seen(const struct rig *rig, unsigned writer, unsigned reader, int which)
{
	char description[64], text[32];
	const char *const add[] = {"--as",   "FCD",	  "--wait",   "20", "add",
				   "followup", description, "--json", NULL};
	struct strbuf out;
	strbuf_init(&out);
	snprintf(text, sizeof(text), "visible %d", which);
	snprintf(description, sizeof(description), "description=%s", text);
	rig_run(rig, writer, add, &out);
	int64_t saved = clock_monotonic_ms();
	do
		list(rig, reader, "followups", &out);
	while (!strstr(out.data, text) && clock_monotonic_ms() < saved + SETTLE_MS);
	int64_t seen = clock_monotonic_ms();
	if (!strstr(out.data, text))
		rig_fail(rig, "what user %u saved user %u never sees", writer, reader);
	strbuf_release(&out);
	return (int)(seen - saved);
}

void check_visibility(struct rig *rig)
{
	int most = 0, sum = 0;
	for (int i = 0; i < VISIBLE_TIMES; i++) {
		unsigned writer = (unsigned)i % 2, reader = 1 - writer;
		int ms = rig->user_count > 1 ? time_until_seen(rig, writer, reader, i) : 0;
		most = ms > most ? ms : most;
		sum += ms;
	}
	printf("seen on another machine after %d ms, at most %d ms\n", sum / VISIBLE_TIMES, most);
	fflush(stdout);
}
