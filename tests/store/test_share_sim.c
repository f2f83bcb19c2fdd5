/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/random_operation.h"
#include "store/replica_test.h"
#include "sync/simulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MACHINES 3
#define STEPS 4
#define STEPS_BEFORE_LOSS 2
#define ROUNDS 500

/* What a member remembers of what she was told, whatever becomes of her machine. */
struct member {
	char name[16], cut[16]; /* her replica, and how a crash left it */
	bool is_cut;
	struct drive drive; /* the one of the simulator, tapped */
	struct sweep *sweep;
	size_t index, steps;
	struct dice moods;
	VECTOR(struct random_id) acknowledged;
	int64_t head, requeued;
	char complaint[1200]; /* what no fault of this run explains */
};

struct sweep {
	struct simulator *simulator;
	struct member members[MACHINES];
	unsigned seed, steps; /* each member commits up to so many */
	bool reads_are_damaged;
	bool has_lost; /* the server forgot what it had */
};

/* What all runs together came to: a sweep in which nothing ever met proves little. */
struct totals {
	unsigned injected, requeued, parked, published;
};

static struct member *member_of(struct drive *drive)
{
	return (struct member *)(void *)((char *)drive - offsetof(struct member, drive));
}

/*
 * A machine that crashed has on its disk what it had at that moment: its program, which does not
 * know yet that it is dead, may go on writing to the file.
 */
static void tap(struct member *member)
{
	if (simulator_is_alive(member->sweep->simulator, member->index) || member->is_cut)
		return;
	replica_copy_files(member->name, member->cut);
	member->is_cut = true;
}

static struct drive *real_drive(struct member *member)
{
	return simulator_drive(member->sweep->simulator, member->index);
}

static enum drive_result tapped_refresh(struct drive *drive, const char *folder, struct error *err)
{
	struct member *member = member_of(drive);
	struct drive *real = real_drive(member);
	enum drive_result result = real->ops->refresh(real, folder, err);
	tap(member);
	return result;
}

static enum drive_result tapped_read(struct drive *drive, const char *name, size_t limit,
				     struct strbuf *out, struct error *err)
{
	struct member *member = member_of(drive);
	struct drive *real = real_drive(member);
	enum drive_result result = real->ops->read(real, name, limit, out, err);
	tap(member);
	return result;
}

static enum drive_result tapped_put(struct drive *drive, const char *name, const char *bytes,
				    size_t length, struct error *err)
{
	struct member *member = member_of(drive);
	struct drive *real = real_drive(member);
	enum drive_result result = real->ops->put_if_absent(real, name, bytes, length, err);
	tap(member);
	return result;
}

static const struct drive_ops tapped = {
	.refresh = tapped_refresh, .read = tapped_read, .put_if_absent = tapped_put};

static void complain(struct member *member, const char *format, ...) ATTR_PRINTF(2, 3);
static void complain(struct member *member, const char *format, ...)
{
	va_list args;
	if (member->complaint[0])
		return;
	va_start(args, format);
	vsnprintf(member->complaint, sizeof(member->complaint), format, args);
	va_end(args);
}

/* ---- what a member does */

static struct random_id last_queued(struct store *replica)
{
	struct random_id id;
	char *op = replica_value(replica, "SELECT op FROM pending ORDER BY number DESC LIMIT 1");
	snprintf(id.hex, sizeof(id.hex), "%s", op);
	free(op);
	return id;
}

/* The next step: what was acknowledged is remembered, what was refused is no matter. */
static void commit_step(struct member *member, struct store *replica)
{
	struct error refusal;
	struct dice dice = dice_new((uint64_t)member->sweep->seed << 16 |
				    (member->index << 8) | member->steps);
	struct operation *op = operation_random(replica, &dice);
	enum rc rc = operation_commit(op, replica, NULL, &refusal);
	operation_free(op);
	member->steps++;
	if (rc == RC_OK)
		vector_push(&member->acknowledged, last_queued(replica));
	else if (rc != RC_CONFLICT && rc != RC_REFUSED && rc != RC_INVALID)
		complain(member, "commit: %s", refusal.text);
}

static bool is_explained(const struct member *member, const struct share_report *report)
{
	const struct sweep *sweep = member->sweep;
	if (report->requeued && !sweep->has_lost)
		return false;
	switch (report->condition) {
	case SHARE_FINE:
	case SHARE_AWAY:
		return true;
	case SHARE_DAMAGED:
		return sweep->reads_are_damaged;
	case SHARE_LOST_TAIL:
		return sweep->has_lost;
	default:
		return false;
	}
}

static void run_round(struct member *member, struct store *replica, struct share_report *report)
{
	struct error refusal;
	const struct share_round round = {.replica = replica,
					  .drive = &member->drive,
					  .check_head = report->condition != SHARE_FINE};
	/* A person who is told that the server lost something agrees half of the time. */
	bool republishes = report->condition == SHARE_LOST_TAIL &&
			   dice_throw(&member->moods, 2) == 0;
	enum rc rc = republishes ? share_publish_again(&round, report, &refusal)
				 : share_run(&round, report, &refusal);
	if (!simulator_is_alive(member->sweep->simulator, member->index))
		return;
	if (republishes && rc == RC_CONFLICT)
		report->condition = SHARE_LOST_TAIL; /* others were faster */
	else if (rc != RC_OK)
		complain(member, "round: %s", refusal.text);
	else if (!is_explained(member, report))
		complain(member, "condition %d: %s", (int)report->condition, report->reason);
	int64_t head = replica_head(replica).number;
	member->requeued += report->requeued;
	if (head < member->head && !report->requeued)
		complain(member, "the head went back from %d to %d", (int)member->head, (int)head);
	member->head = head;
}

/* After a crash: all that was acknowledged is there, and the tables are what they should be. */
static struct store *start(struct member *member)
{
	if (member->is_cut)
		replica_copy_files(member->cut, member->name);
	struct store *replica = replica_reopen(member->name);
	if (member->is_cut)
		assert_sound(replica);
	member->is_cut = false;
	return replica;
}

/* She commits, and is away from the drive at times. */
static void work(void *context, size_t machine)
{
	struct sweep *sweep = context;
	struct member *member = &sweep->members[machine];
	struct store *replica = start(member);
	struct share_report report = {.condition = SHARE_AWAY};
	bool is_done = false;
	for (unsigned i = 0; i < ROUNDS && !is_done && !member->complaint[0]; i++) {
		bool commits = member->steps < sweep->steps;
		if (commits)
			commit_step(member, replica);
		if (commits && (sweep->seed + machine + i) % 2 == 0)
			continue;
		run_round(member, replica, &report);
		if (!simulator_is_alive(sweep->simulator, machine))
			break;
		is_done = member->steps == sweep->steps && !report.has_more &&
			  report.condition == SHARE_FINE && !replica_counts(replica).waiting;
	}
	if (!is_done && simulator_is_alive(sweep->simulator, machine))
		complain(member, "not done after %d rounds: %s", ROUNDS, report.reason);
	store_close(replica);
}

/* ---- what is always true */

/* How many of hers are in the log; the others are parked, with a reason. */
static int64_t check_acknowledged(struct sweep *sweep, struct member *member, struct store *log,
				  struct store *own)
{
	int64_t in_log = 0;
	for (size_t i = 0; i < member->acknowledged.count; i++) {
		const char *id = member->acknowledged.items[i].hex;
		int64_t published = history_count(log, id), queued = queue_count(own, id);
		if (published + queued != 1)
			fail_msg("seed %u: %s %d times in the log, %d in the queue", sweep->seed,
				 id, (int)published, (int)queued);
		in_log += published;
	}
	assert_int_equal(replica_counts(own).waiting, 0);
	char *unexplained = replica_value(
		own, "SELECT count(*) FROM pending WHERE ifnull(parked, '') = ''");
	assert_string_equal(unexplained, "0");
	free(unexplained);
	return in_log;
}

static void check_always_true(struct sweep *sweep, struct totals *totals)
{
	struct store *replicas[MACHINES];
	int64_t published = 0;
	for (size_t i = 0; i < MACHINES; i++) {
		if (sweep->members[i].complaint[0])
			fail_msg("seed %u, member %zu: %s", sweep->seed, i,
				 sweep->members[i].complaint);
		replicas[i] = replica_reopen(sweep->members[i].name);
		assert_string_equal(replica_digest(replicas[i]).hex,
				    replica_digest(replicas[0]).hex);
	}
	for (size_t i = 0; i < MACHINES; i++) {
		struct member *member = &sweep->members[i];
		published += check_acknowledged(sweep, member, replicas[0], replicas[i]);
		totals->parked += (unsigned)replica_counts(replicas[i]).parked;
		totals->requeued += (unsigned)member->requeued;
	}
	totals->published += (unsigned)published;
	/* Nothing else is in the log but the group. */
	assert_int_equal(replica_head(replicas[0]).number, 1 + published);
	assert_int_equal(simulator_overwrites(sweep->simulator), 0);
	for (size_t i = 0; i < MACHINES; i++) {
		if (i == sweep->seed % MACHINES)
			assert_sound(replicas[i]);
		else
			assert_intact(replicas[i]);
		store_close(replicas[i]);
	}
}

/* ---- runs */

static void found(void *context, size_t machine)
{
	struct sweep *sweep = context;
	struct log_head none = log_head_none(), at;
	struct strbuf text;
	if (machine != 0)
		return;
	strbuf_init(&text);
	struct store *base = replica_reopen("base.db");
	assert_done(replica_operation(base, 1, &at, &text, err));
	store_close(base);
	struct error refusal;
	assert_int_equal(log_append(simulator_drive(sweep->simulator, 0), &none, text.data,
				    text.length, &refusal),
			 LOG_DONE);
	strbuf_release(&text);
}

static void sweep_begin(struct sweep *sweep, unsigned seed)
{
	*sweep = (struct sweep){.simulator = simulator_new(seed, MACHINES), .seed = seed};
	for (size_t i = 0; i < MACHINES; i++) {
		struct member *member = &sweep->members[i];
		member->sweep = sweep;
		member->index = i;
		member->drive.ops = &tapped;
		member->head = 1;
		member->moods = dice_new(seed + i);
		snprintf(member->name, sizeof(member->name), "m%zu.db", i);
		snprintf(member->cut, sizeof(member->cut), "m%zu.cut", i);
		replica_copy_files("base.db", member->name);
	}
	simulator_run(sweep->simulator, found, sweep);
}

static void sweep_end(struct sweep *sweep)
{
	for (size_t i = 0; i < MACHINES; i++)
		vector_release(&sweep->members[i].acknowledged);
	simulator_free(sweep->simulator);
}

/* Each member commits up to so many; then, without faults, until all have all. */
static void sweep_work(struct sweep *sweep, unsigned steps)
{
	sweep->steps = steps;
	simulator_run(sweep->simulator, work, sweep);
}

static bool all_are_level(const struct sweep *sweep)
{
	for (size_t i = 1; i < MACHINES; i++)
		if (sweep->members[i].head != sweep->members[0].head)
			return false;
	return true;
}

static void sweep_settle(struct sweep *sweep, struct totals *totals)
{
	totals->injected += simulator_injected(sweep->simulator);
	simulator_inject(sweep->simulator, 0, FAULT_BEFORE);
	simulator_run(sweep->simulator, work, sweep);
	/* Who published something again did so after others had looked. */
	for (size_t i = 0; i < MACHINES && !all_are_level(sweep); i++)
		simulator_run(sweep->simulator, work, sweep);
	check_always_true(sweep, totals);
	sweep_end(sweep);
}

/* False when the run ended before the n-th call. */
typedef bool run_with_fault(unsigned seed, enum simulator_fault fault, unsigned call,
			    struct totals *totals);

static bool run_plainly(unsigned seed, enum simulator_fault fault, unsigned call,
			struct totals *totals)
{
	struct sweep sweep;
	sweep_begin(&sweep, seed);
	sweep.reads_are_damaged = fault == FAULT_CUT || fault == FAULT_FLIP;
	unsigned before = simulator_calls(sweep.simulator);
	simulator_inject(sweep.simulator, call, fault);
	sweep_work(&sweep, STEPS);
	bool was_reached = simulator_calls(sweep.simulator) >= before + call;
	sweep_settle(&sweep, totals);
	return was_reached;
}

/* The server has a power cut and forgets its last operations, whoever has read them. */
static void lose_tail(struct sweep *sweep, int64_t count)
{
	int64_t last = 0;
	for (size_t i = 0; i < MACHINES; i++)
		if (sweep->members[i].head > last)
			last = sweep->members[i].head;
	for (int64_t number = last; number > 1 && number > last - count; number--) {
		char name[40];
		snprintf(name, sizeof(name), "00000/%012d.json", (int)number);
		simulator_lose(sweep->simulator, name);
	}
	sweep->has_lost = true;
}

static bool run_with_loss(unsigned seed, enum simulator_fault fault, unsigned call,
			  struct totals *totals)
{
	struct sweep sweep;
	sweep_begin(&sweep, seed);
	sweep_work(&sweep, STEPS_BEFORE_LOSS);
	lose_tail(&sweep, 1 + seed % 3);
	sweep.reads_are_damaged = fault == FAULT_CUT || fault == FAULT_FLIP;
	unsigned before = simulator_calls(sweep.simulator);
	simulator_inject(sweep.simulator, call, fault);
	sweep_work(&sweep, STEPS);
	bool was_reached = simulator_calls(sweep.simulator) >= before + call;
	sweep_settle(&sweep, totals);
	return was_reached;
}

/* The long form, NUCLEO_SEEDS=100: every call, of a twentieth of the seeds that the log alone is
 * run with, for a database is slow; else some calls of one seed. */
static unsigned seeds(void)
{
	const char *wish = getenv("NUCLEO_SEEDS");
	return wish ? (unsigned)strtoul(wish, NULL, 10) / 20 + 1 : 0;
}

static void print_totals(const struct totals *totals)
{
	print_message("%u faults injected, nothing lost: %u operations in the log, %u parked, "
		      "%u published again\n",
		      totals->injected, totals->published, totals->parked, totals->requeued);
	assert_true(totals->injected && totals->published);
}

static struct totals sweep_all(run_with_fault *run)
{
	struct totals totals = {0};
	unsigned step = seeds() ? 1 : 37, last = seeds() ? seeds() : 1;
	for (int fault = 0; fault < FAULT_COUNT; fault++)
		for (unsigned seed = 1; seed <= last; seed++) {
			unsigned call = 1 + (unsigned)fault % step;
			while (run(seed, (enum simulator_fault)fault, call, &totals))
				call += step;
		}
	print_totals(&totals);
	return totals;
}

static void nothing_is_lost_whichever_call_fails(void **state)
{
	(void)state;
	assert_true(sweep_all(run_plainly).parked);
}

static void nothing_is_lost_when_the_server_loses_its_tail(void **state)
{
	(void)state;
	assert_true(sweep_all(run_with_loss).requeued);
}

/* Any two faults, the second while what came of the first is not over. */
static void nothing_is_lost_when_two_calls_fail(void **state)
{
	(void)state;
	struct totals totals = {0};
	struct dice dice = dice_new(2);
	for (unsigned i = 0; i < (seeds() ? 400 * seeds() : 8); i++) {
		struct sweep sweep;
		sweep_begin(&sweep, i);
		sweep.reads_are_damaged = true;
		sweep_work(&sweep, STEPS_BEFORE_LOSS);
		if (dice_throw(&dice, 4) == 0)
			lose_tail(&sweep, 1 + dice_throw(&dice, 3));
		unsigned call = 1 + dice_throw(&dice, 60);
		simulator_inject(sweep.simulator, call,
				 (enum simulator_fault)dice_throw(&dice, FAULT_COUNT));
		simulator_inject_second(sweep.simulator, call + 1 + dice_throw(&dice, 12),
					(enum simulator_fault)dice_throw(&dice, FAULT_COUNT));
		sweep_work(&sweep, STEPS);
		sweep_settle(&sweep, &totals);
	}
	print_totals(&totals);
}

/* The group, as its founder has it. */
static int group_make(void **state)
{
	if (folder_make(state) != 0)
		return -1;
	store_close(test_replica("base.db"));
	struct store *base = replica_reopen("base.db");
	test_group(base);
	struct log_head none = log_head_none();
	struct pending_operation first;
	pending_operation_init(&first);
	assert_done(pending_first(base, &first, err));
	assert_done(replica_confirm(base, &none, first.text.data, first.text.length, err));
	pending_operation_release(&first);
	store_close(base);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost_whichever_call_fails),
		cmocka_unit_test(nothing_is_lost_when_the_server_loses_its_tail),
		cmocka_unit_test(nothing_is_lost_when_two_calls_fail),
	};
	return cmocka_run_group_tests(tests, group_make, folder_remove);
}
