/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/group.h"

#include <string.h>

/* One machine does one thing on one drive. */
enum deed { PULL, APPEND, CHECK, SLEEP };

struct step {
	struct simulator *simulator;
	struct chain *chain;
	size_t machine;
	enum deed deed;
	const char *id;
	enum log_result result;
};

#define MONTH_MS ((int64_t)30 * 24 * 60 * 60 * 1000)

static void act(void *context, size_t machine)
{
	struct step *step = context;
	struct error err;
	if (machine != step->machine)
		return;
	struct drive *drive = simulator_drive(step->simulator, machine);
	struct log_head head = step->chain->head;
	if (step->deed == PULL)
		step->result = log_pull(drive, &head, chain_receive, step->chain, &err);
	else if (step->deed == APPEND)
		step->result = chain_append(step->chain, drive, step->id, &err);
	else if (step->deed == CHECK)
		step->result = log_check_head(drive, &head, &err);
	else
		simulator_sleep(step->simulator, machine, MONTH_MS);
}

static enum log_result does(struct simulator *simulator, size_t machine, struct chain *chain,
			    enum deed deed)
{
	struct step step = {simulator, chain, machine, deed, NULL, LOG_DONE};
	simulator_run(simulator, act, &step);
	return step.result;
}

static enum log_result appends(struct simulator *simulator, size_t machine, struct chain *chain,
			       size_t which)
{
	struct random_id id = chain_id(machine, which);
	struct step step = {simulator, chain, machine, APPEND, id.hex, LOG_DONE};
	simulator_run(simulator, act, &step);
	return step.result;
}

/* Whether what the server has is a chain from the first on without a gap. */
static bool is_whole(struct simulator *simulator, size_t count)
{
	struct chain log = chain_new();
	bool is_chain = does(simulator, 0, &log, PULL) == LOG_DONE &&
			log.operations.count == count && simulator_overwrites(simulator) == 0;
	chain_release(&log);
	return is_chain;
}

/* Three machines that have the same five operations, on one server. */
struct trio {
	struct simulator *simulator;
	struct chain chains[3];
};

static void set_up(struct trio *trio)
{
	trio->simulator = simulator_new(11, 3);
	for (size_t i = 0; i < 3; i++)
		trio->chains[i] = chain_new();
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(appends(trio->simulator, 0, &trio->chains[0], i), LOG_DONE);
	for (size_t i = 1; i < 3; i++)
		assert_int_equal(does(trio->simulator, i, &trio->chains[i], PULL), LOG_DONE);
}

static void tear_down(struct trio *trio)
{
	for (size_t i = 0; i < 3; i++)
		chain_release(&trio->chains[i]);
	simulator_free(trio->simulator);
}

/* The machines that have more than the backup say so, before and after others went on. */
static void a_restored_backup_is_noticed(void **state)
{
	(void)state;
	struct trio trio;
	struct simulator *backup = simulator_new(1, 1);
	set_up(&trio);
	simulator_copy(backup, trio.simulator);
	for (size_t i = 5; i < 8; i++)
		assert_int_equal(appends(trio.simulator, 0, &trio.chains[0], i), LOG_DONE);
	assert_int_equal(does(trio.simulator, 1, &trio.chains[1], PULL), LOG_DONE);
	simulator_copy(trio.simulator, backup);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(does(trio.simulator, i, &trio.chains[i], CHECK), LOG_GONE);
		assert_int_equal(appends(trio.simulator, i, &trio.chains[i], 8), LOG_GONE);
	}
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(appends(trio.simulator, 2, &trio.chains[2], i), LOG_DONE);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(does(trio.simulator, i, &trio.chains[i], CHECK), LOG_FORKED);
		assert_int_equal(appends(trio.simulator, i, &trio.chains[i], 8), LOG_FORKED);
		assert_int_equal(does(trio.simulator, i, &trio.chains[i], PULL), LOG_FORKED);
		assert_int_equal(trio.chains[i].head.number, 8);
	}
	assert_true(is_whole(trio.simulator, 9));
	simulator_free(backup);
	tear_down(&trio);
}

/* The missing ones are published again by whoever has them, at their numbers, and all is as it
 * was. */
static void a_lost_tail_is_published_again(void **state)
{
	(void)state;
	struct trio trio;
	set_up(&trio);
	struct chain short_one = chain_new();
	simulator_lose(trio.simulator, "00000/000000000005.json");
	simulator_lose(trio.simulator, "00000/000000000004.json");
	assert_int_equal(does(trio.simulator, 2, &trio.chains[2], CHECK), LOG_GONE);
	assert_int_equal(does(trio.simulator, 0, &short_one, PULL), LOG_DONE);
	assert_int_equal(short_one.head.number, 3);
	for (size_t i = 3; i < 5; i++)
		assert_int_equal(appends(trio.simulator, 0, &short_one, i), LOG_DONE);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(does(trio.simulator, i, &trio.chains[i], CHECK), LOG_DONE);
	assert_true(is_whole(trio.simulator, 5));
	chain_release(&short_one);
	tear_down(&trio);
}

/* The server lost an operation while the next was under way. */
static void a_gap_is_filled_by_what_belongs_there_alone(void **state)
{
	(void)state;
	struct trio trio;
	set_up(&trio);
	struct chain short_one = chain_new();
	simulator_lose(trio.simulator, "00000/000000000004.json");
	assert_int_equal(does(trio.simulator, 2, &short_one, PULL), LOG_DONE);
	assert_int_equal(short_one.head.number, 3);
	assert_int_equal(appends(trio.simulator, 2, &short_one, 0), LOG_GONE);
	assert_int_equal(appends(trio.simulator, 0, &short_one, 3), LOG_DONE);
	assert_true(is_whole(trio.simulator, 5));
	/* Far behind where nothing is missing, a machine has only lost. */
	short_one.operations.count = 3;
	short_one.head = short_one.operations.items[2].at;
	assert_int_equal(appends(trio.simulator, 2, &short_one, 0), LOG_LOST);
	chain_release(&short_one);
	tear_down(&trio);
}

/* Two logs with one name for ever, of which neither is written by who belongs to the other. */
static void a_copied_folder_is_another_log(void **state)
{
	(void)state;
	struct trio trio;
	struct simulator *copy = simulator_new(12, 3);
	set_up(&trio);
	simulator_copy(copy, trio.simulator);
	assert_int_equal(appends(trio.simulator, 0, &trio.chains[0], 5), LOG_DONE);
	assert_int_equal(appends(trio.simulator, 0, &trio.chains[0], 6), LOG_DONE);
	assert_int_equal(appends(copy, 1, &trio.chains[1], 5), LOG_DONE);
	/* The third one has nothing of its own, and may belong to either. */
	assert_int_equal(does(copy, 2, &trio.chains[2], CHECK), LOG_DONE);
	assert_int_equal(does(copy, 0, &trio.chains[0], CHECK), LOG_GONE);
	assert_int_equal(appends(copy, 0, &trio.chains[0], 7), LOG_GONE);
	assert_int_equal(does(trio.simulator, 1, &trio.chains[1], CHECK), LOG_FORKED);
	assert_int_equal(does(trio.simulator, 1, &trio.chains[1], PULL), LOG_FORKED);
	assert_int_equal(appends(trio.simulator, 1, &trio.chains[1], 7), LOG_FORKED);
	assert_true(is_whole(trio.simulator, 7));
	assert_true(is_whole(copy, 6));
	simulator_free(copy);
	tear_down(&trio);
}

/* With an operation of its own that it had not published when it left. */
static void a_machine_comes_back_after_a_month(void **state)
{
	(void)state;
	struct trio trio;
	set_up(&trio);
	for (size_t i = 5; i < 4200; i++)
		assert_int_equal(appends(trio.simulator, 0, &trio.chains[0], i), LOG_DONE);
	does(trio.simulator, 1, &trio.chains[1], SLEEP);
	assert_int_equal(appends(trio.simulator, 1, &trio.chains[1], 0), LOG_LOST);
	assert_int_equal(does(trio.simulator, 1, &trio.chains[1], PULL), LOG_DONE);
	assert_int_equal(trio.chains[1].head.number, 4200);
	assert_int_equal(appends(trio.simulator, 1, &trio.chains[1], 0), LOG_DONE);
	assert_int_equal(does(trio.simulator, 2, &trio.chains[2], PULL), LOG_DONE);
	assert_int_equal(chain_count(&trio.chains[2], chain_id(1, 0).hex), 1);
	assert_true(is_whole(trio.simulator, 4201));
	tear_down(&trio);
}

/* All look at the drive once more, as they do for as long as they live. */
static void look_again(void *context, size_t machine)
{
	struct group *group = context;
	struct replica *replica = &group->replicas[machine];
	struct drive *drive = simulator_drive(group->simulator, machine);
	struct log_head head = replica->chain.head;
	struct error err;
	if (replica->end != LOG_DONE)
		return;
	replica->end = log_pull(drive, &head, chain_receive, &replica->chain, &err);
	if (replica->end == LOG_DONE)
		replica->end = log_check_head(drive, &replica->chain.head, &err);
}

struct tally {
	unsigned injected, noticed, filled, broken;
};

/* Puts back what a machine has and the server has not, as a person is asked to let it do. */
static void put_back(void *context, size_t machine)
{
	struct group *group = context;
	struct chain again = chain_new();
	const struct chain *own = &group->replicas[machine].chain;
	struct error err;
	for (size_t i = 0; i < own->operations.count; i++)
		if (chain_append(&again, simulator_drive(group->simulator, machine),
				 own->operations.items[i].id.hex, &err) != LOG_DONE)
			break;
	chain_release(&again);
}

/* No operation is in the log twice, and whoever cannot read on to its end is told so. */
static struct chain read_whole(struct group *group, enum log_result *result)
{
	struct chain log = group_read_log(group, result);
	assert_true(*result == LOG_DONE || *result == LOG_FORKED);
	assert_int_equal(simulator_overwrites(group->simulator), 0);
	for (size_t i = 0; i < GROUP_MACHINES; i++)
		for (size_t j = 0; j < GROUP_OPERATIONS; j++)
			assert_true(chain_count(&log, chain_id(i, j).hex) <= 1);
	return log;
}

/* How many machines have other operations than the server although it has the last of theirs: it
 * was given that one while it lost an earlier. */
static unsigned count_gaps(const struct group *group, const struct chain *log)
{
	unsigned gaps = 0;
	for (size_t i = 0; i < GROUP_MACHINES; i++) {
		const struct replica *replica = &group->replicas[i];
		gaps += replica->end == LOG_DONE && !chain_is_prefix(&replica->chain, log);
	}
	return gaps;
}

/* All other machines that have something else say so. What is missing fits into the gaps, but where
 * somebody gave the number away in the same moment. */
static void check_after_loss(struct group *group, struct tally *tally)
{
	enum log_result result;
	struct chain log = read_whole(group, &result);
	unsigned gaps = count_gaps(group, &log);
	for (size_t i = 0; i < GROUP_MACHINES; i++) {
		assert_false(group->replicas[i].is_broken);
		tally->noticed += group->replicas[i].end != LOG_DONE;
	}
	chain_release(&log);
	simulator_run(group->simulator, put_back, group);
	log = read_whole(group, &result);
	bool is_broken = result == LOG_FORKED || count_gaps(group, &log);
	tally->broken += is_broken;
	tally->filled += gaps && !is_broken;
	chain_release(&log);
}

static bool run_with_loss(unsigned seed, unsigned call, struct tally *tally)
{
	struct group group;
	group_init(&group, seed);
	simulator_inject(group.simulator, call, FAULT_LOST_TAIL);
	simulator_run(group.simulator, group_member, &group);
	bool was_reached = simulator_calls(group.simulator) >= call;
	tally->injected += simulator_injected(group.simulator);
	simulator_inject(group.simulator, 0, FAULT_BEFORE);
	simulator_run(group.simulator, look_again, &group);
	check_after_loss(&group, tally);
	group_release(&group);
	return was_reached;
}

static void a_server_that_loses_its_tail_is_noticed(void **state)
{
	(void)state;
	struct tally tally = {0};
	for (unsigned seed = 1; seed <= group_seeds(10); seed++)
		for (unsigned call = 1; run_with_loss(seed, call, &tally); call++)
			;
	print_message("%u faults injected, noticed by %u machines, %u gaps filled\n",
		      tally.injected, tally.noticed, tally.filled);
	assert_true(tally.noticed > 0);
	assert_true(tally.filled > 0);
	assert_true(tally.broken * 20 < tally.injected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_restored_backup_is_noticed),
		cmocka_unit_test(a_lost_tail_is_published_again),
		cmocka_unit_test(a_gap_is_filled_by_what_belongs_there_alone),
		cmocka_unit_test(a_copied_folder_is_another_log),
		cmocka_unit_test(a_machine_comes_back_after_a_month),
		cmocka_unit_test(a_server_that_loses_its_tail_is_noticed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
