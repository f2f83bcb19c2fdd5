/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/simulator.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* That the simulated drive lies about whole files as real ones do. */

#define LENGTH 1000

struct scene {
	struct simulator *simulator;
	void (*act)(struct scene *scene);
	struct error err;
};

static void begin(void *context, size_t machine)
{
	struct scene *scene = context;
	if (machine == 0)
		scene->act(scene);
}

static void play(void (*act)(struct scene *scene), unsigned seed)
{
	struct scene scene = {.simulator = simulator_new(seed, 2), .act = act};
	simulator_run(scene.simulator, begin, &scene);
	simulator_free(scene.simulator);
}

static enum drive_result publish(struct scene *scene, size_t machine, char filling)
{
	struct drive *drive = simulator_beside(scene->simulator, machine);
	FILE *local = tmpfile();
	for (size_t i = 0; i < LENGTH; i++)
		putc(filling, local);
	fflush(local);
	enum drive_result result =
		drive->ops->publish(drive, "acta.db", fileno(local), &scene->err);
	fclose(local);
	return result;
}

/* How many bytes of `first` the file begins with, the others being `second`; -1 for any other. */
static int fetch(struct scene *scene, size_t machine, char first, char second)
{
	char bytes[LENGTH + 1];
	struct drive *drive = simulator_beside(scene->simulator, machine);
	FILE *local = tmpfile();
	int count = 0;
	if (drive->ops->fetch(drive, "acta.db", fileno(local), &scene->err) == DRIVE_DONE &&
	    pread(fileno(local), bytes, sizeof(bytes), 0) == LENGTH) {
		while (count < LENGTH && bytes[count] == first)
			count++;
		for (int i = count; i < LENGTH; i++)
			count = bytes[i] == second ? count : -1;
	} else {
		count = -1;
	}
	fclose(local);
	return count;
}

static void act_tear(struct scene *scene)
{
	assert_int_equal(publish(scene, 0, 'a'), DRIVE_DONE);
	assert_int_equal(fetch(scene, 1, 'a', 'b'), LENGTH);
	assert_int_equal(publish(scene, 0, 'b'), DRIVE_DONE);
	assert_int_equal(fetch(scene, 0, 'a', 'b'), 0);
	int seen = fetch(scene, 1, 'a', 'b');
	assert_in_range(seen, 1, LENGTH - 1);
	simulator_sleep(scene->simulator, 0, 3000);
	assert_int_equal(fetch(scene, 1, 'a', 'b'), 0);
}

static void another_machine_gets_a_torn_file_for_a_while(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed < 20; seed++)
		play(act_tear, seed);
}

static void act_set_aside(struct scene *scene)
{
	struct drive *drive = simulator_beside(scene->simulator, 0);
	const struct drive_ops *ops = drive->ops;
	assert_int_equal(ops->set_aside(drive, "acta.db", "x", &scene->err), DRIVE_ABSENT);
	assert_int_equal(publish(scene, 0, 'a'), DRIVE_DONE);
	assert_int_equal(ops->set_aside(drive, "acta.db", "x", &scene->err), DRIVE_DONE);
	assert_int_equal(publish(scene, 0, 'b'), DRIVE_DONE);
	assert_int_equal(ops->set_aside(drive, "acta.db", "x", &scene->err), DRIVE_TAKEN);
	assert_int_equal(fetch(scene, 0, 'b', 'b'), LENGTH);
}

static void what_is_set_aside_writes_over_nothing(void **state)
{
	(void)state;
	play(act_set_aside, 1);
}

static void act_beside(struct scene *scene)
{
	struct drive *beside = simulator_beside(scene->simulator, 0);
	struct drive *drive = simulator_drive(scene->simulator, 0);
	drive_names names = {0};
	publish(scene, 0, 'a');
	drive->ops->replace(drive, "who-1", "x", 1, &scene->err);
	assert_int_equal(drive->ops->list(drive, "", &names, &scene->err), DRIVE_DONE);
	assert_int_equal(names.count, 1);
	assert_string_equal(names.items[0], "who-1");
	assert_int_equal(beside->ops->list(beside, "", &names, &scene->err), DRIVE_DONE);
	assert_int_equal(names.count, 2);
	assert_string_equal(names.items[1], "acta.db");
	drive_names_release(&names);
}

static void the_log_is_a_folder_of_its_own(void **state)
{
	(void)state;
	play(act_beside, 1);
}

/* How a publication that a fault met looks to another machine much later. */
static void act_fault(struct scene *scene)
{
	static const int whole[FAULT_COUNT] = {
		[FAULT_AFTER] = LENGTH, [FAULT_FREEZE] = LENGTH, [FAULT_LATE] = LENGTH};
	for (int fault = 0; fault < FAULT_COUNT; fault++) {
		if (fault != FAULT_BEFORE && fault != FAULT_NO_SPACE && !whole[fault])
			continue;
		publish(scene, 0, 'a');
		simulator_inject(scene->simulator, 1, (enum simulator_fault)fault);
		enum drive_result result = publish(scene, 0, 'b');
		assert_int_equal(result, fault == FAULT_FREEZE ? DRIVE_DONE : DRIVE_UNKNOWN);
		assert_int_equal(simulator_injected(scene->simulator), 1);
		simulator_sleep(scene->simulator, 0, 60000);
		/* One call more, for the server to do what it put off. */
		fetch(scene, 1, 'b', 'a');
		simulator_sleep(scene->simulator, 0, 60000);
		assert_int_equal(fetch(scene, 1, 'b', 'a'), whole[fault]);
	}
}

static void faults_come_before_and_after_the_effect(void **state)
{
	(void)state;
	play(act_fault, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_machine_gets_a_torn_file_for_a_while),
		cmocka_unit_test(what_is_set_aside_writes_over_nothing),
		cmocka_unit_test(the_log_is_a_folder_of_its_own),
		cmocka_unit_test(faults_come_before_and_after_the_effect),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
