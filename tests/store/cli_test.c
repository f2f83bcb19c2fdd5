/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cli_test.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"

extern char **environ;

enum { OUTPUT_MAX = 8 * 1024 * 1024 };

int home_make(void **state)
{
	struct home *home = mem_alloc_zero(1, sizeof(*home));
	snprintf(home->folder, sizeof(home->folder), "/tmp/nucleo-cli-XXXXXX");
	assert_non_null(mkdtemp(home->folder));
	strbuf_init(&home->out);
	strbuf_init(&home->err);
	setenv("HOME", home->folder, 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_STATE_HOME");
	unsetenv("NUCLEO_DB");
	unsetenv("NUCLEO_AS");
	*state = home;
	return 0;
}

static void remove_all(const char *folder)
{
	char *words[] = {(char *)"rm", (char *)"-rf", (char *)(uintptr_t)folder, NULL};
	pid_t child;
	assert_int_equal(posix_spawnp(&child, "rm", NULL, NULL, words, environ), 0);
	waitpid(child, NULL, 0);
}

/* A worker that outlives its program may be putting something there at this moment. */
int home_remove(void **state)
{
	struct home *home = *state;
	remove_all(home->folder);
	for (int i = 0; i < 50 && access(home->folder, F_OK) == 0; i++) {
		poll(NULL, 0, 100);
		remove_all(home->folder);
	}
	strbuf_release(&home->out);
	strbuf_release(&home->err);
	free(home);
	return 0;
}

char *in_home(const struct home *home, const char *name)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", home->folder, name);
	return strbuf_detach(&path);
}

char *put_bytes(const struct home *home, const char *name, const char *bytes, size_t length)
{
	char *path = in_home(home, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
	return path;
}

char *put_text(const struct home *home, const char *name, const char *text)
{
	return put_bytes(home, name, text, strlen(text));
}

static void read_back(const struct home *home, const char *name, struct strbuf *text)
{
	struct error err;
	char *path = in_home(home, name);
	strbuf_reset(text);
	if (file_read(path, OUTPUT_MAX, text, &err) != RC_OK)
		strbuf_reset(text);
	free(path);
}

/* Runs nucleo with its output in files; `out` NULL closes standard output. */
int run_into(struct home *home, const char *out, const char *const *words)
{
	struct strbuf program;
	char *argv[WORDS_MAX + 2], *err_path = in_home(home, "err");
	const char *top = getenv("top_builddir");
	posix_spawn_file_actions_t files;
	pid_t child;
	int status = 0, count = 0;
	strbuf_init(&program);
	strbuf_addf(&program, "%s/%s", top ? top : ".", home->program ? home->program : "nucleo");
	argv[count++] = program.data;
	for (; words[count - 1]; count++) {
		assert_true(count <= WORDS_MAX);
		argv[count] = (char *)(uintptr_t)words[count - 1];
	}
	argv[count] = NULL;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO,
					 home->input ? home->input : "/dev/null", O_RDONLY, 0);
	if (out && *out)
		posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out,
						 O_WRONLY | O_CREAT | O_TRUNC, 0600);
	else if (!out)
		posix_spawn_file_actions_addclose(&files, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err_path,
					 O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_int_equal(posix_spawn(&child, program.data, &files, NULL, argv, environ), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	posix_spawn_file_actions_destroy(&files);
	read_back(home, "err", &home->err);
	free(err_path);
	strbuf_release(&program);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

int run_words(struct home *home, const char *const *words)
{
	char *out = in_home(home, "out");
	int status = run_into(home, out, words);
	read_back(home, "out", &home->out);
	free(out);
	return status;
}

void assert_out(const struct home *home, const char *part)
{
	if (!strstr(home->out.data, part))
		fail_msg("no «%s» in: %s", part, home->out.data);
}

void assert_err(const struct home *home, const char *part)
{
	if (!strstr(home->err.data, part))
		fail_msg("no «%s» in: %s", part, home->err.data);
}

/* What SQLite's JSON functions make of the output; `query` sees it as ?1. */
char *ask_json(const struct home *home, const char *query)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, query, -1, &statement, NULL), SQLITE_OK);
	sqlite3_bind_text(statement, 1, home->out.data, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	const char *text = (const char *)sqlite3_column_text(statement, 0);
	char *answer = mem_strdup(text ? text : "null");
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return answer;
}

void assert_json(const struct home *home, const char *path, const char *expected)
{
	char query[256];
	char *valid = ask_json(home, "SELECT json_valid(?1)");
	if (strcmp(valid, "1") != 0)
		fail_msg("no JSON: %s", home->out.data);
	snprintf(query, sizeof(query), "SELECT json_extract(?1, '%s')", path);
	char *found = ask_json(home, query);
	assert_string_equal(found, expected);
	free(found);
	free(valid);
}
