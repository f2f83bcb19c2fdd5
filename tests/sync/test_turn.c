/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/chain.h"
#include "sync/simulator.h"

#include <stdio.h>
#include <string.h>

#include "nucleo/sync/turn.h"

#define MACHINES 8
#define OPERATIONS 6

/* A script on the drives of three machines; times are those of the machine that asks. */
struct scene {
	struct simulator *simulator;
	void (*act)(struct scene *scene);
	struct drive *drives[3];
	struct turn turns[3];
};

static void begin(void *context, size_t machine)
{
	struct scene *scene = context;
	if (machine == 0)
		scene->act(scene);
}

static void play(void (*act)(struct scene *scene))
{
	struct scene scene = {.simulator = simulator_new(3, 3), .act = act};
	for (size_t i = 0; i < 3; i++)
		scene.drives[i] = simulator_drive(scene.simulator, i);
	simulator_run(scene.simulator, begin, &scene);
	for (size_t i = 0; i < 3; i++)
		turn_release(&scene.turns[i]);
	simulator_free(scene.simulator);
}

static void lose(struct scene *scene, size_t machine, int64_t now)
{
	turn_lost(&scene->turns[machine], scene->drives[machine], now);
}

static int64_t ask(struct scene *scene, size_t machine, int64_t now)
{
	return turn_wait(&scene->turns[machine], scene->drives[machine], now);
}

static void end(struct scene *scene, size_t machine)
{
	turn_end(&scene->turns[machine], scene->drives[machine]);
}

static size_t files(struct scene *scene)
{
	struct error err;
	drive_names names = {0};
	scene->drives[0]->ops->list(scene->drives[0], "", &names, &err);
	size_t count = names.count;
	drive_names_release(&names);
	return count;
}

static void act_in_order(struct scene *scene)
{
	assert_int_equal(ask(scene, 0, 0), 0);
	assert_int_equal(simulator_calls(scene->simulator), 0);
	lose(scene, 0, 0);
	lose(scene, 1, 10);
	lose(scene, 2, 20);
	assert_int_equal(files(scene), 3);
	assert_int_equal(ask(scene, 0, 30), 0);
	int64_t wait = ask(scene, 1, 30);
	assert_in_range(wait, 1, TURN_PATIENCE_MS);
	assert_in_range(ask(scene, 2, 30), 1, TURN_PATIENCE_MS);
	end(scene, 0);
	assert_int_equal(ask(scene, 1, 30 + wait), 0);
	assert_in_range(ask(scene, 2, 30 + wait), 1, TURN_PATIENCE_MS);
	end(scene, 1);
	assert_int_equal(ask(scene, 2, 30 + 2 * wait), 0);
	end(scene, 2);
	assert_int_equal(files(scene), 0);
	assert_int_equal(ask(scene, 2, 500), 0);
}

static void losers_publish_in_the_order_they_lost(void **state)
{
	(void)state;
	play(act_in_order);
}

/* The first one never comes back; clocks of machines have nothing to do with each other. */
static void act_dead(struct scene *scene)
{
	lose(scene, 0, 0);
	lose(scene, 1, 700000);
	int64_t now = 700000, wait;
	while ((wait = ask(scene, 1, now)))
		now += wait;
	assert_int_equal(now, 700000 + TURN_PATIENCE_MS);
	end(scene, 1);
	assert_int_equal(files(scene), 1);
	/* Who has seen it for so long does not wait for it again, and clears it away. */
	lose(scene, 1, 800000);
	assert_int_equal(scene->turns[1].ticket, 1);
	assert_int_equal(ask(scene, 1, 800000), 0);
	assert_int_equal(files(scene), 1);
	end(scene, 1);
	assert_int_equal(files(scene), 0);
}

static void the_dead_are_waited_for_once(void **state)
{
	(void)state;
	play(act_dead);
}

/* Whoever loses again meanwhile goes on with what she knows of the others. */
static void act_both_dead(struct scene *scene)
{
	lose(scene, 0, 0);
	lose(scene, 2, 0);
	lose(scene, 1, 0);
	assert_true(ask(scene, 1, 0) > 0);
	lose(scene, 1, 2000);
	assert_true(ask(scene, 1, 2000) > 0);
	assert_int_equal(ask(scene, 1, TURN_PATIENCE_MS), 0);
	/* One at a time is cleared away. */
	assert_int_equal(files(scene), 2);
}

static void the_dead_are_known_before_they_are_cleared_away(void **state)
{
	(void)state;
	play(act_both_dead);
}

static void act_again(struct scene *scene)
{
	lose(scene, 0, 0);
	lose(scene, 1, 0);
	assert_true(ask(scene, 1, 0) > 0);
	end(scene, 1);
	/* Lost again: still the first, and alive. */
	lose(scene, 0, 5000);
	assert_int_equal(files(scene), 1);
	assert_int_equal(scene->turns[0].ticket, 1);
	lose(scene, 1, 5100);
	assert_true(ask(scene, 1, 5100) > 0);
	lose(scene, 0, 5200);
	assert_int_equal(scene->turns[0].ticket, 1);
	assert_int_equal(ask(scene, 0, 5200), 0);
}

static void who_loses_again_keeps_the_place(void **state)
{
	(void)state;
	play(act_again);
}

/* A machine that is shown the listing of long ago. */
static struct {
	struct drive_ops ops;
	char shown[4][64];
	size_t count;
} past;

static enum drive_result list_the_past(struct drive *drive, const char *folder,
				       drive_names *names, struct error *err)
{
	(void)drive, (void)folder, (void)err;
	for (size_t i = 0; i < past.count; i++)
		vector_push(names, mem_strdup(past.shown[i]));
	return DRIVE_DONE;
}

static void stop_listings(struct drive *drive)
{
	drive_names names = {0};
	past.ops = *drive->ops;
	assert_int_equal(past.ops.list(drive, "", &names, NULL), DRIVE_DONE);
	past.count = names.count;
	assert_in_range(past.count, 1, ARRAY_COUNT(past.shown));
	for (size_t i = 0; i < past.count; i++)
		snprintf(past.shown[i], sizeof(past.shown[i]), "%s", names.items[i]);
	drive_names_release(&names);
	past.ops.list = list_the_past;
	drive->ops = &past.ops;
}

static void act_in_the_past(struct scene *scene)
{
	lose(scene, 0, 0);
	lose(scene, 1, 10);
	lose(scene, 2, 20);
	stop_listings(scene->drives[2]);
	end(scene, 0);
	int64_t wait = ask(scene, 2, 30);
	assert_in_range(wait, 1, TURN_PATIENCE_MS);
	end(scene, 1);
	assert_int_equal(ask(scene, 2, 30 + wait), 0);
}

static void who_has_gone_is_not_waited_for(void **state)
{
	(void)state;
	play(act_in_the_past);
}

static void act_impatient(struct scene *scene)
{
	lose(scene, 0, 0);
	lose(scene, 1, 0);
	unsigned before = simulator_calls(scene->simulator);
	for (int64_t now = 0; now < TURN_PATIENCE_MS; now++)
		assert_true(ask(scene, 1, now) > 0);
	assert_in_range(simulator_calls(scene->simulator) - before, 1, 50);
	before = simulator_calls(scene->simulator);
	assert_int_equal(ask(scene, 1, TURN_PATIENCE_MS), 0);
	assert_int_equal(ask(scene, 1, TURN_PATIENCE_MS * 2), 0);
	assert_int_equal(simulator_calls(scene->simulator) - before, 0);
}

static void asking_all_the_time_costs_no_calls(void **state)
{
	(void)state;
	play(act_impatient);
}

#define HEX32 "0123456789abcdef0123456789abcdef"

static void act_hostile(struct scene *scene)
{
	static const char *const names[] = {
		"turn-", "turn-000001", "turn-000001-", "turn-000000-" HEX32, "turn-1-" HEX32,
		"turn-0000001-" HEX32, "turn-00000a-" HEX32, "turn-000001-" HEX32 "0",
		"turn-000001-" HEX32 " (1)", "turn--00001-" HEX32, "Turn-000001-" HEX32, "who-1",
	};
	struct error err;
	char name[64];
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		scene->drives[0]->ops->replace(scene->drives[0], names[i], "x", 1, &err);
	lose(scene, 1, 0);
	assert_int_equal(ask(scene, 1, 0), 0);
	assert_int_equal(scene->turns[1].ticket, 1);
	end(scene, 1);
	/* The last ticket there is, and more turns than people. */
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "turn-999999-%032x", i);
		scene->drives[0]->ops->replace(scene->drives[0], name, "x", 1, &err);
	}
	lose(scene, 1, 10000);
	assert_int_equal(scene->turns[1].ticket, 999999);
	assert_in_range(ask(scene, 1, 10000), 1, TURN_PATIENCE_MS);
	assert_int_equal(ask(scene, 1, 10000 + TURN_PATIENCE_MS), 0);
}

static void odd_names_hold_nobody_up_for_long(void **state)
{
	(void)state;
	play(act_hostile);
}

/* All publish at once. */
struct crowd {
	struct simulator *simulator;
	struct chain chains[MACHINES];
	unsigned published[MACHINES];
	unsigned losses;
	bool takes_turns;
	int64_t longest;
};

static void await_turn(struct crowd *crowd, struct turn *turn, size_t machine)
{
	struct drive *drive = simulator_drive(crowd->simulator, machine);
	int64_t begun = simulator_now(crowd->simulator), wait;
	while ((wait = turn_wait(turn, drive, simulator_now(crowd->simulator))))
		simulator_sleep(crowd->simulator, machine, wait);
	int64_t waited = simulator_now(crowd->simulator) - begun;
	if (waited > crowd->longest)
		crowd->longest = waited;
}

static void publish_one(struct crowd *crowd, struct turn *turn, size_t machine)
{
	struct error err;
	struct chain *chain = &crowd->chains[machine];
	struct drive *drive = simulator_drive(crowd->simulator, machine);
	struct log_head head = chain->head;
	if (crowd->takes_turns)
		await_turn(crowd, turn, machine);
	if (log_pull(drive, &head, chain_receive, chain, &err) != LOG_DONE)
		return;
	struct random_id id = chain_id(machine, crowd->published[machine]);
	enum log_result result = chain_append(chain, drive, id.hex, &err);
	crowd->losses += result == LOG_LOST;
	crowd->published[machine] += result == LOG_DONE;
	if (result == LOG_LOST && crowd->takes_turns)
		turn_lost(turn, drive, simulator_now(crowd->simulator));
	else if (result == LOG_DONE && crowd->takes_turns)
		turn_end(turn, drive);
}

static void member(void *context, size_t machine)
{
	struct crowd *crowd = context;
	struct turn turn = {0};
	while (crowd->published[machine] < OPERATIONS)
		publish_one(crowd, &turn, machine);
	turn_release(&turn);
}

static unsigned losses(unsigned seed, bool takes_turns)
{
	struct crowd crowd = {.simulator = simulator_new(seed, MACHINES),
			      .takes_turns = takes_turns};
	for (size_t i = 0; i < MACHINES; i++)
		crowd.chains[i] = chain_new();
	simulator_run(crowd.simulator, member, &crowd);
	/* And what the last calls took. */
	assert_in_range(crowd.longest, 0, TURN_PATIENCE_MS + 2000);
	for (size_t i = 0; i < MACHINES; i++)
		chain_release(&crowd.chains[i]);
	simulator_free(crowd.simulator);
	return crowd.losses;
}

static void turns_spare_a_crowd_most_losses(void **state)
{
	(void)state;
	unsigned with = 0, without = 0;
	for (unsigned seed = 1; seed <= 20; seed++) {
		with += losses(seed, true);
		without += losses(seed, false);
	}
	print_message("%u losses with turns, %u without\n", with, without);
	assert_true(with * 2 < without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(losers_publish_in_the_order_they_lost),
		cmocka_unit_test(the_dead_are_waited_for_once),
		cmocka_unit_test(the_dead_are_known_before_they_are_cleared_away),
		cmocka_unit_test(who_loses_again_keeps_the_place),
		cmocka_unit_test(who_has_gone_is_not_waited_for),
		cmocka_unit_test(asking_all_the_time_costs_no_calls),
		cmocka_unit_test(odd_names_hold_nobody_up_for_long),
		cmocka_unit_test(turns_spare_a_crowd_most_losses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
