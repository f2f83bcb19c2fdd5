/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/chain.h"
#include "sync/simulator.h"

#include <stdlib.h>
#include <string.h>

#define MACHINES 3
#define OPERATIONS 3
#define ROUNDS 400

/* What a machine has on its own disk, which a crash leaves. */
struct replica {
	struct chain chain;
	size_t published; /* operations of its own known to be in the log */
	bool is_broken;	  /* a message that no fault of this run explains */
};

struct group {
	struct simulator *simulator;
	struct replica replicas[MACHINES];
	bool reads_are_damaged;
	struct log_format formats[MACHINES];
};

/* Its own come back to it when a try whose end was unknown had succeeded. */
static enum log_result pull(struct group *group, size_t machine)
{
	struct replica *replica = &group->replicas[machine];
	struct error refusal;
	struct log_head head = replica->chain.head;
	enum log_result result = log_pull(simulator_drive(group->simulator, machine), &head,
					  chain_receive, &replica->chain, &refusal);
	while (replica->published < OPERATIONS &&
	       chain_count(&replica->chain, chain_id(machine, replica->published).hex))
		replica->published++;
	return result;
}

static bool is_explained(const struct group *group, enum log_result result)
{
	return result == LOG_DONE || result == LOG_LOST || result == LOG_UNKNOWN ||
	       (result == LOG_DAMAGED && group->reads_are_damaged);
}

/* As the worker goes on: pull; publish the oldest pending one; whatever came of it, pull again. */
static void member(void *context, size_t machine)
{
	struct group *group = context;
	struct replica *replica = &group->replicas[machine];
	struct error refusal;
	for (int round = 0; round < ROUNDS; round++) {
		enum log_result result = pull(group, machine);
		if (!simulator_is_alive(group->simulator, machine))
			return;
		if (replica->published == OPERATIONS && result == LOG_DONE)
			return;
		replica->is_broken |= !is_explained(group, result);
		if (replica->published == OPERATIONS || result != LOG_DONE)
			continue;
		result = chain_append(&replica->chain,
				      simulator_drive(group->simulator, machine),
				      chain_id(machine, replica->published).hex, &refusal);
		if (!simulator_is_alive(group->simulator, machine))
			return;
		replica->is_broken |= !is_explained(group, result);
		replica->published += result == LOG_DONE;
	}
	replica->is_broken = true;
}

/* Reads the whole log anew, from an empty replica. */
static void auditor(void *context, size_t machine)
{
	struct group *group = context;
	if (machine == 0)
		pull(group, machine);
}

static void check_always_true(struct group *group)
{
	struct replica before = group->replicas[0];
	group->replicas[0] = (struct replica){.chain = chain_new(), .published = OPERATIONS};
	simulator_run(group->simulator, auditor, group);
	struct chain log = group->replicas[0].chain;
	group->replicas[0] = before;
	for (size_t i = 0; i < MACHINES; i++) {
		assert_false(group->replicas[i].is_broken);
		assert_int_equal(group->replicas[i].published, OPERATIONS);
		assert_true(chain_is_prefix(&group->replicas[i].chain, &log));
		for (size_t j = 0; j < OPERATIONS; j++)
			assert_int_equal(chain_count(&log, chain_id(i, j).hex), 1);
	}
	assert_int_equal(log.operations.count, MACHINES * OPERATIONS);
	assert_int_equal(simulator_overwrites(group->simulator), 0);
	chain_release(&log);
}

/* False when the run ended before the n-th call. */
static bool run_with_fault(unsigned seed, enum simulator_fault fault, unsigned call,
			   unsigned *injected)
{
	struct group group = {.simulator = simulator_new(seed, MACHINES),
			      .reads_are_damaged = fault == FAULT_CUT || fault == FAULT_FLIP};
	for (size_t i = 0; i < MACHINES; i++)
		group.replicas[i].chain = chain_new();
	simulator_inject(group.simulator, call, fault);
	simulator_run(group.simulator, member, &group);
	bool was_reached = simulator_calls(group.simulator) >= call;
	*injected += simulator_injected(group.simulator);
	simulator_inject(group.simulator, 0, fault);
	check_always_true(&group);
	for (size_t i = 0; i < MACHINES; i++)
		chain_release(&group.replicas[i].chain);
	simulator_free(group.simulator);
	return was_reached;
}

/* More seeds for a longer run: NUCLEO_SEEDS=100. */
static unsigned seeds(void)
{
	const char *wish = getenv("NUCLEO_SEEDS");
	return wish ? (unsigned)strtoul(wish, NULL, 10) : 6;
}

static void nothing_is_lost_whichever_call_fails(void **state)
{
	(void)state;
	unsigned injected = 0;
	for (int fault = 0; fault < FAULT_COUNT; fault++) {
		unsigned before = injected;
		for (unsigned seed = 1; seed <= seeds(); seed++) {
			unsigned call = 1;
			while (run_with_fault(seed, (enum simulator_fault)fault, call, &injected))
				call++;
		}
		/* A fault that never came about proves nothing. */
		assert_true(injected > before);
	}
	print_message("%u faults injected, nothing lost\n", injected);
}

static void founder(void *context, size_t machine)
{
	struct group *group = context;
	struct error refusal;
	struct drive *drive = simulator_drive(group->simulator, machine);
	for (int round = 0; round < ROUNDS; round++) {
		enum rc rc = log_create_format(drive, &group->formats[machine], &refusal);
		if (rc == RC_OK || !simulator_is_alive(group->simulator, machine))
			return;
	}
}

static void all_who_found_a_log_at_once_found_the_same(void **state)
{
	(void)state;
	static const enum simulator_fault faults[] = {FAULT_BEFORE, FAULT_AFTER, FAULT_CRASH_AFTER,
						      FAULT_LATE, FAULT_LIE_WON};
	for (unsigned i = 0; i < 200; i++) {
		struct group group = {.simulator = simulator_new(i, MACHINES)};
		simulator_inject(group.simulator, 1 + i / 20, faults[i % ARRAY_COUNT(faults)]);
		simulator_run(group.simulator, founder, &group);
		for (size_t j = 1; j < MACHINES; j++)
			assert_string_equal(group.formats[0].uuid.hex, group.formats[j].uuid.hex);
		simulator_free(group.simulator);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost_whichever_call_fails),
		cmocka_unit_test(all_who_found_a_log_at_once_found_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
