/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* fts(3), memmem() */
#include "store/members_test.h"

#include <dirent.h>
#include <fcntl.h>
#include <fts.h>
#include <glob.h>
#include <poll.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"

extern char **environ;

/* Long enough for a loaded machine; only a failure waits for it. */
enum { PATIENCE_MS = 60000, LOOK_MS = 20 };
/* Of mounts.sh: the first is that of ana. */
enum { MACHINES = 2 };

int members_make(void **state)
{
	int failure = home_make(state);
	char *drive = on_drive(*state, "");
	if (!failure)
		failure = mkdir(drive, 0755);
	free(drive);
	return failure;
}

/* Below a folder of mounts.sh, where there are mounts: the server's or that of a machine. */
static char *below_mounts(const struct home *home, const char *machine, const char *name)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s/%s/%s", getenv("MOUNTS"), machine, strrchr(home->folder, '/') + 1, name);
	return strbuf_detach(&path);
}

char *on_drive(const struct home *home, const char *name)
{
	struct strbuf path;
	if (getenv("MOUNTS"))
		return below_mounts(home, "served", name);
	strbuf_init(&path);
	strbuf_addf(&path, "disco/%s", name);
	char *whole = in_home(home, path.data);
	strbuf_release(&path);
	return whole;
}

/* As it is found from where the member works. */
static char *database_of(const struct home *home, const char *member)
{
	if (!getenv("MOUNTS"))
		return on_drive(home, "acta.db");
	return below_mounts(home, strcmp(member, "ana") == 0 ? "1" : "2", "acta.db");
}

void become(const struct home *home, const char *member)
{
	char *own = in_home(home, member), *database = database_of(home, member);
	assert_true(mkdir(own, 0700) == 0 || access(own, X_OK) == 0);
	setenv("HOME", own, 1);
	setenv("NUCLEO_DB", database, 1);
	setenv("NUCLEO_AS", member, 1);
	free(own);
	free(database);
}

char *program_path(void)
{
	struct strbuf path;
	const char *top = getenv("top_builddir");
	strbuf_init(&path);
	strbuf_addf(&path, "%s/nucleo", top ? top : ".");
	return strbuf_detach(&path);
}

static char *output_path(const struct home *home, const char *member, const char *which)
{
	struct strbuf name;
	strbuf_init(&name);
	strbuf_addf(&name, "%s.%s", member, which);
	char *path = in_home(home, name.data);
	strbuf_release(&name);
	return path;
}

pid_t member_start(struct home *home, const char *member, const char *const *words)
{
	char *argv[WORDS_MAX + 2], *program = program_path();
	char *out = output_path(home, member, "out"), *err = output_path(home, member, "err");
	const int flags = O_WRONLY | O_CREAT | O_TRUNC;
	posix_spawn_file_actions_t files;
	pid_t child;
	int count = 0;
	become(home, member);
	argv[count++] = program;
	for (; words[count - 1]; count++) {
		assert_true(count <= WORDS_MAX);
		argv[count] = (char *)(uintptr_t)words[count - 1];
	}
	argv[count] = NULL;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out, flags, 0600);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err, flags, 0600);
	assert_int_equal(posix_spawn(&child, program, &files, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&files);
	free(program);
	free(out);
	free(err);
	return child;
}

pid_t worker_of(pid_t program)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)program, (int)program);
	char *children = file_text(path);
	long worker = strtol(children, NULL, 10);
	free(children);
	assert_true(worker > 0);
	return (pid_t)worker;
}

static void take_text(const char *path, struct strbuf *text)
{
	char *found = file_text(path);
	strbuf_reset(text);
	strbuf_adds(text, found);
	free(found);
}

int member_finish(struct home *home, const char *member, pid_t child)
{
	char *out = output_path(home, member, "out"), *err = output_path(home, member, "err");
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	take_text(out, &home->out);
	take_text(err, &home->err);
	free(out);
	free(err);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* ---- the drive */

static void move(const struct home *home, const char *from, const char *to)
{
	char *a = in_home(home, from), *b = in_home(home, to);
	assert_int_equal(rename(a, b), 0);
	free(a);
	free(b);
}

/* Of both machines: nothing but their bare mount points is left. What runs for them is no process
 * of a member. */
static void change_mounts(const char *what)
{
	for (int machine = 1; machine <= MACHINES; machine++) {
		char number[] = {(char)('0' + machine), '\0'};
		char *words[] = {"env", "HOME=/", "sh", getenv("MOUNTS_SCRIPT"),
				 (char *)(uintptr_t)what, number, NULL};
		pid_t child;
		int status = 0;
		assert_int_equal(posix_spawnp(&child, words[0], NULL, NULL, words, environ), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
	}
}

static void fail_where_written(const struct home *home)
{
	for (int machine = 1; machine <= MACHINES; machine++) {
		char number[] = {(char)('0' + machine), '\0'};
		char *folder = below_mounts(home, number, "");
		assert_int_not_equal(access(folder, F_OK), 0);
		free(folder);
	}
}

void drive_leaves(const struct home *home)
{
	if (getenv("MOUNTS")) {
		change_mounts("--unmount");
		return;
	}
	char *drive = on_drive(home, "");
	move(home, "disco", "desmontado");
	assert_int_equal(mkdir(drive, 0755), 0);
	free(drive);
}

/* Nothing may have been written where it was not: the folder must be empty. */
void drive_returns(const struct home *home)
{
	if (getenv("MOUNTS")) {
		fail_where_written(home);
		change_mounts("--mount");
		return;
	}
	char *drive = on_drive(home, "");
	if (rmdir(drive) != 0)
		fail_msg("left where the drive was not: %s", names_below(drive));
	move(home, "desmontado", "disco");
	free(drive);
}

bool drive_may_hang(const struct home *home)
{
	struct strbuf library;
	const char *top = getenv("top_builddir");
	char *drive = on_drive(home, ""), *signal = in_home(home, "cuelgue");
	strbuf_init(&library);
	strbuf_addf(&library, "%s/tests/store/hang.so", top ? top : ".");
	bool can = access(library.data, R_OK) == 0;
	setenv("LD_PRELOAD", library.data, 1);
	setenv("HANG_BELOW", drive, 1);
	setenv("HANG_WHILE", signal, 1);
	/* Its library must come first otherwise, which here does not matter. */
	setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
	strbuf_release(&library);
	free(drive);
	free(signal);
	return can;
}

bool drive_hangs(const struct home *home)
{
	free(put_text(home, "cuelgue", ""));
	return drive_may_hang(home);
}

void drive_answers(const struct home *home)
{
	char *signal = in_home(home, "cuelgue");
	remove_file(signal);
	unsetenv("LD_PRELOAD");
	unsetenv("ASAN_OPTIONS");
	free(signal);
}

/* ---- the queue */

char *replica_path(const struct home *home, const char *member)
{
	glob_t found;
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s/.local/state/nucleo/bases/*/current", home->folder, member);
	assert_int_equal(glob(path.data, 0, NULL, &found), 0);
	char *uuid = file_text(found.gl_pathv[0]);
	strbuf_reset(&path);
	strbuf_add(&path, found.gl_pathv[0], strlen(found.gl_pathv[0]) - strlen("current"));
	strbuf_addf(&path, "%.*s.db", (int)strcspn(uuid, "\n"), uuid);
	globfree(&found);
	free(uuid);
	return strbuf_detach(&path);
}

int64_t queued(const struct home *home, const char *member)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	char *path = replica_path(home, member);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_busy_timeout(db, PATIENCE_MS);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM pending", -1, &statement, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	int64_t count = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	free(path);
	return count;
}

void wait_for_queue(const struct home *home, const char *member, int64_t count)
{
	for (int waited = 0; queued(home, member) != count; waited += LOOK_MS) {
		assert_true(waited < PATIENCE_MS);
		poll(NULL, 0, LOOK_MS);
	}
}

char *operation_path(const struct home *home, int64_t number)
{
	char name[64];
	snprintf(name, sizeof(name), "acta.db-log/00000/%012lld.json", (long long)number);
	return on_drive(home, name);
}

int64_t operations_on_drive(const struct home *home)
{
	int64_t number = 0;
	for (bool is_there = true; is_there; number += is_there) {
		char *path = operation_path(home, number + 1);
		is_there = access(path, F_OK) == 0;
		free(path);
	}
	return number;
}

char *file_text(const char *path)
{
	struct strbuf text;
	struct error err;
	strbuf_init(&text);
	if (file_read(path, 1 << 26, &text, &err) != RC_OK)
		fail_msg("%s", err.text);
	return strbuf_detach(&text);
}

void copy_file(const char *from, const char *to)
{
	struct strbuf bytes;
	struct error err;
	strbuf_init(&bytes);
	if (file_read(from, 1 << 26, &bytes, &err) != RC_OK)
		fail_msg("%s", err.text);
	if (file_replace(to, bytes.data, bytes.length, &err) != RC_OK)
		fail_msg("%s", err.text);
	strbuf_release(&bytes);
}

void remove_file(const char *path)
{
	assert_int_equal(unlink(path), 0);
}

/* ---- what is left */

/* A worker has the environment its program was given. */
static bool is_of_home(const char *process, const char *folder)
{
	char path[300], text[16384];
	snprintf(path, sizeof(path), "/proc/%s/environ", process);
	FILE *file = fopen(path, "r");
	size_t length = file ? fread(text, 1, sizeof(text), file) : 0;
	if (file)
		fclose(file);
	return length && memmem(text, length, folder, strlen(folder));
}

/* This one does not count: it had its environment before it had the folder. */
static int processes_of(const struct home *home)
{
	int count = 0;
	DIR *processes = opendir("/proc");
	assert_non_null(processes);
	for (struct dirent *entry; (entry = readdir(processes)) != NULL;)
		if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9')
			count += is_of_home(entry->d_name, home->folder);
	closedir(processes);
	return count;
}

void wait_for_silence(const struct home *home)
{
	for (int waited = 0; processes_of(home); waited += LOOK_MS) {
		if (waited > PATIENCE_MS)
			fail_msg("%d processes are left", processes_of(home));
		poll(NULL, 0, LOOK_MS);
	}
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

char *names_below(const char *path)
{
	struct strbuf names;
	char *const roots[] = {(char *)(uintptr_t)path, NULL};
	size_t start = strlen(path);
	start += path[start - 1] != '/';
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	assert_non_null(walk);
	strbuf_init(&names);
	for (FTSENT *entry; (entry = fts_read(walk)) != NULL;)
		if (entry->fts_level > 0 && entry->fts_info != FTS_DP)
			strbuf_addf(&names, "%s\n", entry->fts_path + start);
	fts_close(walk);
	return strbuf_detach(&names);
}

/* ---- what members see */

/* A read that answered from something else than the drive says so. */
static char *answer(struct home *home, const char *member, const char *what, const char *kind)
{
	become(home, member);
	if (kind)
		EXPECT(home, 0, what, kind, "--json");
	else
		EXPECT(home, 0, what, "--json");
	assert_no_err(home, "se usa la copia");
	/* What waits in a queue of hers is no history of the group yet. */
	return ask_json(home, "SELECT json_group_array(json(value)) FROM json_each(?1)"
			      " WHERE json_extract(value, '$.state') IS NULL"
			      " OR json_extract(value, '$.state') NOT IN ('queued', 'parked')");
}

void assert_alike(struct home *home, int count, const char *const *members)
{
	static const char *const asked[][2] = {
		{"history", NULL}, {"list", "organizations"}, {"list", "followups"}};
	for (size_t i = 0; i < ARRAY_COUNT(asked); i++) {
		char *first = answer(home, members[0], asked[i][0], asked[i][1]);
		if (i == 0) {
			char *length = ask_json(home, "SELECT count(json_extract(value, '$.number'))"
						      " FROM json_each(?1)");
			assert_int_equal(strtol(length, NULL, 10), count);
			free(length);
		}
		for (size_t j = 1; members[j]; j++) {
			char *other = answer(home, members[j], asked[i][0], asked[i][1]);
			assert_string_equal(other, first);
			free(other);
		}
		free(first);
	}
}

void assert_no_err(const struct home *home, const char *part)
{
	if (strstr(home->err.data, part))
		fail_msg("«%s» in: %s", part, home->err.data);
}

void sql_on(const char *path, const char *sql)
{
	sqlite3 *db;
	char *message = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}
