/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/store/verify.h"

#define ROUNDS 20
#define COMMITS 60

/* A small generator, so that a failure can be run again. */
static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

/* Commits `count` operations (0: for ever), and tells each number once it is acknowledged. */
static void commit_and_tell(const char *name, int count, int pipe_end)
{
	struct error refusal;
	struct store *store = test_open(name);
	for (int i = 0; !count || i < count; i++) {
		int64_t number = 0;
		struct operation *op = operation_new();
		add_row(op, "followup", "code", "S-2023-?", "description", "Enviar el informe",
			"kind", "task", "status", "open", NULL);
		enum rc rc = operation_commit(op, store, &number, &refusal);
		operation_free(op);
		if (rc != RC_OK || write(pipe_end, &number, sizeof(number)) != sizeof(number))
			_exit(1);
	}
	store_close(store);
}

static pid_t start_writer(const char *name, int count, int *told)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		commit_and_tell(name, count, ends[1]);
		_exit(0);
	}
	close(ends[1]);
	*told = ends[0];
	return child;
}

/* How many were acknowledged, and the number of the last. */
static int read_told(int told, int64_t *last)
{
	int count = 0;
	int64_t number;
	while (read(told, &number, sizeof(number)) == sizeof(number)) {
		assert_true(number > *last);
		*last = number;
		count++;
	}
	close(told);
	return count;
}

static int64_t verified_head(const char *name)
{
	int64_t head = 0;
	struct store *store = test_open(name);
	assert_done(store_version(store, &head, err));
	assert_done(store_verify(store, err));
	store_close(store);
	return head;
}

static void what_was_acknowledged_survives_a_kill(void **state)
{
	(void)state;
	unsigned seed = 20231117;
	int64_t head = 0, acknowledged = 0;
	store_close(test_create("kill.db"));
	for (int round = 0; round < ROUNDS; round++) {
		int told, status;
		int64_t last = head;
		pid_t child = start_writer("kill.db", 0, &told);
		const struct timespec moment = {.tv_nsec =
							(long)(next_random(&seed) % 40000) * 1000};
		/* Half of them are killed in the middle of work, however slow the machine is. */
		if (round % 2) {
			assert_int_equal(read(told, &last, sizeof(last)), sizeof(last));
			acknowledged++;
		}
		nanosleep(&moment, NULL);
		assert_int_equal(kill(child, SIGKILL), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status));
		acknowledged += read_told(told, &last);
		head = verified_head("kill.db");
		/* One more may be there: committed, and killed before it could tell. */
		assert_true(head == last || head == last + 1);
	}
	assert_true(acknowledged >= ROUNDS / 2);
}

static void two_writers_lose_nothing(void **state)
{
	(void)state;
	int told[2], status;
	pid_t children[2];
	int64_t last[2] = {0, 0};
	store_close(test_create("two.db"));
	for (int i = 0; i < 2; i++)
		children[i] = start_writer("two.db", COMMITS, &told[i]);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(read_told(told[i], &last[i]), COMMITS);
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(verified_head("two.db"), 2 * COMMITS);
	assert_int_equal(last[0] > last[1] ? last[0] : last[1], 2 * COMMITS);
}

static void a_writer_that_waits_too_long_is_told(void **state)
{
	(void)state;
	struct error refusal = {0};
	struct store *store = NULL;
	char *path = folder_path("busy.db");
	struct store_options options = {.path = path, .wait_ms = 20, .today = test_today()};
	store_close(test_create("busy.db"));
	assert_done(store_open(&options, &store, err));
	struct operation *op = operation_new();
	add_row(op, "plan", "code", "paga3", NULL);
	int ends[2];
	char byte = 0;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		/* Holds the file as another tool would, until it is killed. */
		test_hold("busy.db", ends[1]);
		_exit(0);
	}
	assert_int_equal(read(ends[0], &byte, 1), 1);
	assert_int_equal(operation_commit(op, store, NULL, &refusal), RC_BUSY);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	/* The same operation goes through once the file is free. */
	assert_done(operation_commit(op, store, NULL, err));
	assert_int_equal(verified_head("busy.db"), 1);
	close(ends[0]);
	close(ends[1]);
	operation_free(op);
	store_close(store);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_acknowledged_survives_a_kill),
		cmocka_unit_test(two_writers_lose_nothing),
		cmocka_unit_test(a_writer_that_waits_too_long_is_told),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
