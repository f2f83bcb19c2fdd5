/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/chain.h"
#include "sync/folder_test.h"

#include <errno.h>
#include <string.h>

/* What the simulated drive is to the log, a real folder is here to the calls it is made of: each
 * of them fails once, in each way, where there are links and where there are none. */

#define MEMBERS 2
#define OPERATIONS 3 /* by the first, the second and the first */
#define ROUNDS 20

/* One who publishes, and is started again when she dies. */
struct member {
	struct drive *drive;
	struct chain chain;
	size_t published;
};

static void revive(const struct folder_test *test, struct member *member)
{
	calls.is_dead = false;
	folder_close(member->drive);
	member->drive = folder_open(test->log);
}

/* False when the log says something that no error of a call explains. */
static bool publish(const struct folder_test *test, struct member *member, size_t index)
{
	struct random_id id = chain_id(index, member->published);
	struct error err;
	for (int round = 0; round < ROUNDS; round++) {
		struct log_head head = member->chain.head;
		enum log_result result =
			log_pull(member->drive, &head, chain_receive, &member->chain, &err);
		folder_prepare(member->drive);
		if (result == LOG_DONE && !chain_count(&member->chain, id.hex))
			result = chain_append(&member->chain, member->drive, id.hex, &err);
		if (calls.is_dead)
			revive(test, member);
		else if (result == LOG_DONE)
			break;
		else if (result != LOG_UNKNOWN && result != LOG_LOST)
			return false;
	}
	member->published++;
	return chain_count(&member->chain, id.hex) == 1;
}

static void check_log(const struct folder_test *test, const struct member *members)
{
	struct chain log = chain_new();
	struct log_head head = log.head;
	struct error err;
	struct drive *drive = folder_open(test->log);
	assert_int_equal(log_pull(drive, &head, chain_receive, &log, &err), LOG_DONE);
	assert_int_equal(log.operations.count, OPERATIONS);
	for (size_t i = 0; i < MEMBERS; i++)
		assert_true(chain_is_prefix(&members[i].chain, &log));
	for (size_t i = 0; i < OPERATIONS; i++)
		assert_int_equal(chain_count(&log, chain_id(i % MEMBERS, i / MEMBERS).hex), 1);
	folder_close(drive);
	chain_release(&log);
}

static void tidy_all(struct member *members)
{
	for (size_t i = 0; i < MEMBERS; i++)
		folder_tidy(members[i].drive);
}

/* False when the run ended before the n-th call. */
static bool run_with_fault(enum call_fault fault, unsigned call, int link_fails, unsigned *injected)
{
	static const int failures[] = {EIO, ESTALE, EPERM, EINVAL, ENOSPC, EACCES};
	void *state;
	struct member members[MEMBERS];
	/* Thousands of folders are made and removed: in memory, where there is such a place. */
	if (folder_test_set_up_in(&state, "/dev/shm") != 0)
		assert_int_equal(folder_test_set_up(&state), 0);
	const struct folder_test *test = state;
	calls.skips_disk = true;
	calls.link_fails = link_fails;
	calls.fault = fault;
	calls.failure = failures[call % ARRAY_COUNT(failures)];
	calls.fault_at = call;
	for (size_t i = 0; i < MEMBERS; i++)
		members[i] = (struct member){folder_open(test->log), chain_new(), 0};
	for (size_t i = 0; i < OPERATIONS; i++)
		assert_true(publish(test, &members[i % MEMBERS], i % MEMBERS));
	/* What is removed when all is quiet is never what has a number. */
	tidy_all(members);
	bool was_reached = calls.count >= call;
	*injected += calls.was_injected;
	calls.fault_at = 0;
	calls.is_dead = false;
	check_log(test, members);
	for (size_t i = 0; i < MEMBERS; i++) {
		folder_close(members[i].drive);
		chain_release(&members[i].chain);
	}
	assert_int_equal(folder_test_tear_down(&state), 0);
	return was_reached;
}

static void sweep(int link_fails)
{
	unsigned injected = 0;
	for (int fault = 0; fault < CALL_FAULTS; fault++) {
		unsigned before = injected, call = 1;
		while (run_with_fault((enum call_fault)fault, call, link_fails, &injected))
			call++;
		assert_true(injected > before);
	}
	print_message("%u faults injected, nothing lost\n", injected);
}

static void nothing_is_lost_whichever_call_fails(void **state)
{
	(void)state;
	sweep(0);
}

static void nor_where_there_are_no_links(void **state)
{
	(void)state;
	sweep(EPERM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost_whichever_call_fails),
		cmocka_unit_test(nor_where_there_are_no_links),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
