/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/group.h"

#include <string.h>

#define ROUNDS 400

static bool damages_reads(enum simulator_fault fault)
{
	return fault == FAULT_CUT || fault == FAULT_FLIP;
}

/* False when the run ended before the n-th call. */
static bool run_with_fault(unsigned seed, enum simulator_fault fault, unsigned call,
			   unsigned *injected)
{
	struct group group;
	group_init(&group, seed);
	group.reads_are_damaged = damages_reads(fault);
	group.takes_turns = seed % 2 == 0;
	simulator_inject(group.simulator, call, fault);
	simulator_run(group.simulator, group_member, &group);
	bool was_reached = simulator_calls(group.simulator) >= call;
	*injected += simulator_injected(group.simulator);
	group_check_complete(&group);
	group_release(&group);
	return was_reached;
}

static void nothing_is_lost_whichever_call_fails(void **state)
{
	(void)state;
	unsigned injected = 0;
	for (int fault = 0; fault < FAULT_COUNT; fault++) {
		unsigned before = injected;
		for (unsigned seed = 1; seed <= group_seeds(4); seed++) {
			unsigned call = 1;
			while (run_with_fault(seed, (enum simulator_fault)fault, call, &injected))
				call++;
		}
		/* A fault that never came about proves nothing. */
		assert_true(injected > before);
	}
	print_message("%u faults injected, nothing lost\n", injected);
}

/* Every pair of faults, each at a call that the seed says; the second often while the machines
 * still get over the first. */
static unsigned run_with_two(unsigned seed, enum simulator_fault first, enum simulator_fault second)
{
	struct group group;
	unsigned hash = (seed * 31 + (unsigned)first) * 31 + (unsigned)second;
	hash = (hash * 2654435761u) >> 8;
	group_init(&group, hash);
	group.reads_are_damaged = damages_reads(first) || damages_reads(second);
	group.takes_turns = hash % 2 == 0;
	simulator_inject(group.simulator, 1 + hash % 100, first);
	simulator_inject_second(group.simulator, 2 + hash % 100 + hash / 100 % 30, second);
	simulator_run(group.simulator, group_member, &group);
	unsigned injected = simulator_injected(group.simulator);
	group_check_complete(&group);
	group_release(&group);
	return injected;
}

static void nothing_is_lost_when_two_calls_fail(void **state)
{
	(void)state;
	unsigned injected = 0;
	for (unsigned seed = 1; seed <= group_seeds(3); seed++)
		for (int first = 0; first < FAULT_COUNT; first++)
			for (int second = 0; second < FAULT_COUNT; second++)
				injected += run_with_two(seed, (enum simulator_fault)first,
							 (enum simulator_fault)second);
	assert_true(injected > 0);
	print_message("%u faults injected, nothing lost\n", injected);
}

struct founders {
	struct simulator *simulator;
	struct log_format formats[GROUP_MACHINES];
};

static void found(void *context, size_t machine)
{
	struct founders *founders = context;
	struct error refusal;
	struct drive *drive = simulator_drive(founders->simulator, machine);
	for (int round = 0; round < ROUNDS; round++) {
		enum rc rc = log_create_format(drive, (int)machine + 1, &founders->formats[machine],
					       &refusal);
		if (rc == RC_OK || !simulator_is_alive(founders->simulator, machine))
			return;
	}
}

static void all_who_found_a_log_at_once_found_the_same(void **state)
{
	(void)state;
	static const enum simulator_fault faults[] = {FAULT_BEFORE, FAULT_AFTER, FAULT_CRASH_AFTER,
						      FAULT_LATE, FAULT_LIE_WON};
	for (unsigned i = 0; i < 200; i++) {
		struct founders founders = {.simulator = simulator_new(i, GROUP_MACHINES)};
		simulator_inject(founders.simulator, 1 + i / 20, faults[i % ARRAY_COUNT(faults)]);
		simulator_run(founders.simulator, found, &founders);
		for (size_t j = 1; j < GROUP_MACHINES; j++) {
			assert_string_equal(founders.formats[0].uuid.hex,
					    founders.formats[j].uuid.hex);
			assert_int_equal(founders.formats[0].schema, founders.formats[j].schema);
		}
		simulator_free(founders.simulator);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost_whichever_call_fails),
		cmocka_unit_test(nothing_is_lost_when_two_calls_fail),
		cmocka_unit_test(all_who_found_a_log_at_once_found_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
