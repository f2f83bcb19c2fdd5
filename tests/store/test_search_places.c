/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the index lies, where it cannot lie, and who else uses it. */
#include "store/search_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- places where no index can be */

static void make_in_the_way(const char *path, int what)
{
	if (what == 0)
		assert_int_equal(mkdir(path, 0700), 0);
	else if (what == 1)
		assert_int_equal(mkfifo(path, 0600), 0);
	else
		assert_int_equal(symlink("/dev/full", path), 0);
}

static void something_else_in_its_place_is_left_alone(void **state)
{
	(void)state;
	for (int what = 0; what < 3; what++) {
		struct store *store = test_create("way.db");
		test_group(store);
		expect_hits(store, "pregunta", "AM-2023-05/2#1");
		char *path = index_file();
		assert_int_equal(unlink(path), 0);
		make_in_the_way(path, what);
		expect_hits(store, "pregunta", "AM-2023-05/2#1");
		if (unlink(path) != 0)
			rmdir(path);
		free(path);
		store_close(store);
		path = folder_path("way.db");
		unlink(path);
		free(path);
	}
}

/* As an ordinary user: root may write anywhere. */
static void run_as_nobody(void (*run)(void))
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(2);
		run();
		_exit(0);
	}
	int status = 0;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
}

static void search_there(void)
{
	struct store *store = NULL;
	struct search_progress progress = {0};
	char *path = folder_path("closed.db");
	struct store_options options = {.path = path, .today = test_today(), .wait_ms = 100};
	if (store_open(&options, &store, NULL) != RC_OK)
		_exit(3);
	struct search *search = search_new(store);
	while (!progress.is_ready)
		if (search_prepare(search, &progress, NULL) != RC_OK)
			_exit(4);
	char *ids = search_ids(search, "pregunta", 5);
	int status = strcmp(ids, "AM-2023-05/2#1") == 0 ? 0 : 5;
	free(ids);
	search_free(search);
	store_close(store);
	free(path);
	_exit(status);
}

static void a_closed_folder_and_a_read_only_database_do(void **state)
{
	(void)state;
	char *folder = folder_path(""), *state_folder = folder_path("state");
	char *path = folder_path("closed.db");
	struct store *store = test_create("closed.db");
	test_group(store);
	store_close(store);
	chmod(folder, 0755);
	chmod(path, 0444);
	chmod(state_folder, 0555);
	run_as_nobody(search_there);
	/* And where a state folder cannot even be made. */
	setenv("XDG_STATE_HOME", "/proc/none", 1);
	run_as_nobody(search_there);
	setenv("XDG_STATE_HOME", state_folder, 1);
	chmod(state_folder, 0700);
	free(path);
	free(state_folder);
	free(folder);
}

static void the_index_is_for_its_user_alone(void **state)
{
	struct stat st;
	(void)state;
	struct store *store = test_create("mode.db");
	expect_hits(store, "nada", "");
	char *path = index_file();
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	*strrchr(path, '/') = '\0';
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	free(path);
	store_close(store);
}

/* A copy that is thrown away leaves no index behind. */
static void a_throw_away_database_leaves_no_file(void **state)
{
	struct store *store = NULL;
	char *path = folder_path("throw.db");
	struct store_options options = {.path = path, .today = test_today(), .throw_away = true};
	(void)state;
	assert_done(store_create(&options, &store, err));
	test_group(store);
	expect_hits(store, "pregunta", "AM-2023-05/2#1");
	assert_null(index_file());
	free(path);
	store_close(store);
}

/* ---- several processes */

static void keep_searching(int rounds)
{
	struct store *store = test_open("many.db");
	for (int i = 0; i < rounds; i++) {
		struct search *search = search_new(store);
		search_until_ready(search);
		char *ids = search_ids(search, "colibri", 50);
		if (strstr(ids, "S-2023-001") == NULL)
			_exit(1);
		free(ids);
		search_free(search);
	}
	store_close(store);
	_exit(0);
}

static void processes_share_one_index(void **state)
{
	pid_t children[3];
	(void)state;
	struct store *store = test_create("many.db");
	commit_followup(store, "S-2023-001", "Observar el colibrí");
	for (size_t i = 0; i < ARRAY_COUNT(children); i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			keep_searching(30);
	}
	for (int i = 2; i < 30; i++) {
		char code[16];
		snprintf(code, sizeof(code), "S-2023-%03d", i);
		commit_followup(store, code, "Observar el colibrí");
		if (i == 10) {
			char *path = index_file();
			if (path)
				unlink(path);
			free(path);
		}
	}
	for (size_t i = 0; i < ARRAY_COUNT(children); i++) {
		int status = 0;
		waitpid(children[i], &status, 0);
		assert_int_equal(status, 0);
	}
	struct search *search = search_new(store);
	search_until_ready(search);
	char *ids = search_ids(search, "colibri", 50);
	assert_int_equal(strlen(ids), 29 * strlen("S-2023-001 ") - 1);
	free(ids);
	search_free(search);
	store_close(store);
}

/* A stuck process holds the lock for good: the others do without the file. */
static void a_held_index_stops_nobody(void **state)
{
	int ends[2];
	char byte;
	(void)state;
	struct store *store = test_create("held.db");
	test_group(store);
	expect_hits(store, "pregunta", "AM-2023-05/2#1");
	char *path = index_file(), *folder = folder_path("");
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		test_hold(path + strlen(folder), ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	expect_hits(store, "pregunta", "AM-2023-05/2#1");
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(ends[0]);
	close(ends[1]);
	free(folder);
	free(path);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(something_else_in_its_place_is_left_alone),
		IN_A_FOLDER(a_closed_folder_and_a_read_only_database_do),
		IN_A_FOLDER(the_index_is_for_its_user_alone),
		IN_A_FOLDER(a_throw_away_database_leaves_no_file),
		IN_A_FOLDER(processes_share_one_index),
		IN_A_FOLDER(a_held_index_stops_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
