/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/random_operation.h"
#include "store/replica_test.h"
#include "sync/memory_drive.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/store/undo.h"

#define MEMBERS 4
#define ACTIONS 120
#define LONGEST_SPELL 25

struct member {
	char name[16];
	struct store *replica;
	unsigned away; /* actions until she has the drive again */
};

struct group_of_members {
	struct memory_drive *drive;
	struct member members[MEMBERS];
	struct dice dice;
};

static void sync(struct group_of_members *all, struct member *member)
{
	assert_int_equal(run_rounds(member->replica, memory_drive_drive(all->drive)).condition,
			 SHARE_FINE);
}

static void settle(struct group_of_members *all)
{
	for (size_t i = 0; i < 2 * MEMBERS; i++)
		sync(all, &all->members[i % MEMBERS]);
}

static void begin(struct group_of_members *all, unsigned seed)
{
	*all = (struct group_of_members){.drive = memory_drive_new(), .dice = dice_new(seed)};
	for (size_t i = 0; i < MEMBERS; i++) {
		struct member *member = &all->members[i];
		snprintf(member->name, sizeof(member->name), "m%zu.db", i);
		replica_copy_files("empty.db", member->name);
		member->replica = replica_reopen(member->name);
	}
	test_group(all->members[0].replica);
	settle(all);
}

static void finish(struct group_of_members *all)
{
	for (size_t i = 0; i < MEMBERS; i++)
		store_close(all->members[i].replica);
	memory_drive_free(all->drive);
}

static void act(struct group_of_members *all, struct member *member)
{
	struct error refusal;
	if (!member->away && !dice_throw(&all->dice, 12))
		member->away = 1 + dice_throw(&all->dice, LONGEST_SPELL);
	else if (member->away)
		member->away--;
	if (!member->away && dice_throw(&all->dice, 2)) {
		sync(all, member);
		return;
	}
	struct operation *op = operation_random(member->replica, &all->dice);
	enum rc rc = operation_commit(op, member->replica, NULL, &refusal);
	if (rc == RC_IO || rc == RC_BUSY)
		fail_msg("%s", refusal.text);
	operation_free(op);
}

static void check_alike(struct group_of_members *all)
{
	for (size_t i = 0; i < MEMBERS; i++) {
		struct store *replica = all->members[i].replica;
		assert_string_equal(replica_digest(replica).hex,
				    replica_digest(all->members[0].replica).hex);
		assert_int_equal(replica_counts(replica).waiting, 0);
		assert_sound(replica);
	}
}

/* ---- undoing */

/* What another had put there before did nothing: there is nothing to take back. */
static void take_back(struct store *replica, enum undo_direction direction, int64_t number)
{
	struct error refusal;
	struct strbuf words;
	const struct undo_request request = {.direction = direction, .number = number};
	int64_t done;
	strbuf_init(&words);
	enum rc rc = undo_commit(replica, &request, &words, &done, &refusal);
	strbuf_release(&words);
	if (rc != RC_OK && !strstr(refusal.text, "no cambió nada") &&
	    !(direction == REDO && strstr(refusal.text, "no está deshecho")))
		fail_msg("operation %" PRId64 ": %s", number, refusal.text);
}

/* All but the first operation, newest first; and all of them again, oldest first. */
static void undo_all(struct store *replica, int64_t head)
{
	for (int64_t number = head; number > 1; number--)
		take_back(replica, UNDO, number);
}

static void redo_all(struct store *replica, int64_t head)
{
	for (int64_t number = 2; number <= head; number++)
		take_back(replica, REDO, number);
}

/* ---- */

static void play(unsigned seed)
{
	struct group_of_members all;
	int64_t parked = 0;
	print_message("seed %u: ", seed);
	begin(&all, seed);
	struct digest start = replica_tables_digest(all.members[0].replica);
	for (int i = 0; i < ACTIONS; i++)
		act(&all, &all.members[dice_throw(&all.dice, MEMBERS)]);
	settle(&all);
	check_alike(&all);
	int64_t head = replica_head(all.members[0].replica).number;
	for (size_t i = 0; i < MEMBERS; i++)
		parked += replica_counts(all.members[i].replica).parked;
	struct digest end = replica_tables_digest(all.members[0].replica);
	undo_all(all.members[1].replica, head);
	settle(&all);
	check_alike(&all);
	assert_string_equal(replica_tables_digest(all.members[2].replica).hex, start.hex);
	redo_all(all.members[2].replica, head);
	settle(&all);
	check_alike(&all);
	assert_string_equal(replica_tables_digest(all.members[1].replica).hex, end.hex);
	finish(&all);
	print_message("%d operations, %d parked, all undone and redone\n", (int)head, (int)parked);
	assert_true(head > ACTIONS / 8);
}

/* NUCLEO_SEEDS=100: so many; and NUCLEO_SEED=7: that one alone. */
static void all_agree_and_all_can_be_undone(void **state)
{
	(void)state;
	const char *wish = getenv("NUCLEO_SEEDS"), *one = getenv("NUCLEO_SEED");
	unsigned first = one ? (unsigned)strtoul(one, NULL, 10) : 1;
	unsigned count = one ? 1 : wish ? (unsigned)strtoul(wish, NULL, 10) : 4;
	for (unsigned seed = first; seed < first + count; seed++)
		play(seed);
}

static int empty_make(void **state)
{
	if (folder_make(state) != 0)
		return -1;
	store_close(test_replica("empty.db"));
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_agree_and_all_can_be_undone),
	};
	return cmocka_run_group_tests(tests, empty_make, folder_remove);
}
