/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/group.h"

#include <stdlib.h>

#include "nucleo/sync/turn.h"

#define ROUNDS 400
#define POLL_MS 1000
#define STACK_SIZE ((size_t)128 << 10)

void group_init(struct group *group, unsigned seed)
{
	*group = (struct group){.simulator = simulator_new(seed, GROUP_MACHINES)};
	simulator_set_stack(group->simulator, STACK_SIZE);
	for (size_t i = 0; i < GROUP_MACHINES; i++)
		group->replicas[i].chain = chain_new();
}

void group_release(struct group *group)
{
	for (size_t i = 0; i < GROUP_MACHINES; i++)
		chain_release(&group->replicas[i].chain);
	simulator_free(group->simulator);
}

/* Its own come back to it when a try whose end was unknown had succeeded. */
static enum log_result pull(struct group *group, size_t machine)
{
	struct replica *replica = &group->replicas[machine];
	struct error refusal;
	struct log_head head = replica->chain.head;
	enum log_result result = log_pull(simulator_drive(group->simulator, machine), &head,
					  chain_receive, &replica->chain, &refusal);
	while (replica->published < GROUP_OPERATIONS &&
	       chain_count(&replica->chain, chain_id(machine, replica->published).hex))
		replica->published++;
	return result;
}

static void await_turn(struct group *group, size_t machine, struct turn *turn)
{
	struct drive *drive = simulator_drive(group->simulator, machine);
	int64_t wait;
	while ((wait = turn_wait(turn, drive, simulator_now(group->simulator))))
		simulator_sleep(group->simulator, machine, wait);
}

static enum log_result publish(struct group *group, size_t machine, struct turn *turn)
{
	struct replica *replica = &group->replicas[machine];
	struct drive *drive = simulator_drive(group->simulator, machine);
	struct error refusal;
	if (group->takes_turns)
		await_turn(group, machine, turn);
	enum log_result result = chain_append(&replica->chain, drive,
					      chain_id(machine, replica->published).hex, &refusal);
	replica->published += result == LOG_DONE;
	if (group->takes_turns && result == LOG_LOST)
		turn_lost(turn, drive, simulator_now(group->simulator));
	else if (group->takes_turns && result == LOG_DONE)
		turn_end(turn, drive);
	return result;
}

/* Whether it goes on after this. */
static bool heed(struct group *group, struct replica *replica, enum log_result result)
{
	if (result == LOG_GONE || result == LOG_FORKED)
		replica->end = result;
	else if (result != LOG_DONE && result != LOG_LOST && result != LOG_UNKNOWN &&
		 !(result == LOG_DAMAGED && group->reads_are_damaged))
		replica->is_broken = true;
	return replica->end == LOG_DONE;
}

static void go_on(struct group *group, size_t machine, struct turn *turn)
{
	struct replica *replica = &group->replicas[machine];
	for (int round = 0; round < ROUNDS; round++) {
		enum log_result result = pull(group, machine);
		if (!simulator_is_alive(group->simulator, machine) ||
		    !heed(group, replica, result) ||
		    (replica->published == GROUP_OPERATIONS && result == LOG_DONE))
			return;
		if (result == LOG_DONE && replica->published < GROUP_OPERATIONS)
			result = publish(group, machine, turn);
		if (result == LOG_UNKNOWN)
			simulator_sleep(group->simulator, machine, POLL_MS);
		if (!simulator_is_alive(group->simulator, machine) ||
		    !heed(group, replica, result))
			return;
	}
	replica->is_broken = true;
}

void group_member(void *context, size_t machine)
{
	struct turn turn = {0};
	go_on(context, machine, &turn);
	turn_release(&turn);
}

struct audit {
	struct simulator *simulator;
	struct chain log;
	enum log_result result;
};

static void read_all(void *context, size_t machine)
{
	struct audit *audit = context;
	struct log_head head = log_head_none();
	struct error err;
	if (machine != 0)
		return;
	/* What befell the drive is over by then. */
	simulator_sleep(audit->simulator, machine, 60000);
	audit->result = log_pull(simulator_drive(audit->simulator, 0), &head, chain_receive,
				 &audit->log, &err);
}

struct chain group_read_log(struct group *group, enum log_result *result)
{
	struct audit audit = {.simulator = group->simulator, .log = chain_new()};
	simulator_inject(group->simulator, 0, FAULT_BEFORE);
	simulator_run(group->simulator, read_all, &audit);
	*result = audit.result;
	return audit.log;
}

void group_check_complete(struct group *group)
{
	enum log_result result;
	struct chain log = group_read_log(group, &result);
	assert_int_equal(result, LOG_DONE);
	for (size_t i = 0; i < GROUP_MACHINES; i++) {
		const struct replica *replica = &group->replicas[i];
		assert_false(replica->is_broken);
		assert_int_equal(replica->end, LOG_DONE);
		assert_int_equal(replica->published, GROUP_OPERATIONS);
		assert_true(chain_is_prefix(&replica->chain, &log));
		for (size_t j = 0; j < GROUP_OPERATIONS; j++)
			assert_int_equal(chain_count(&log, chain_id(i, j).hex), 1);
	}
	assert_int_equal(log.operations.count, GROUP_MACHINES * GROUP_OPERATIONS);
	assert_int_equal(simulator_overwrites(group->simulator), 0);
	chain_release(&log);
}

unsigned group_seeds(unsigned usual)
{
	const char *wish = getenv("NUCLEO_SEEDS");
	return wish ? (unsigned)strtoul(wish, NULL, 10) : usual;
}
