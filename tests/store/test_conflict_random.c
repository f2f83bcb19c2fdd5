/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members who decide whatever they meet, by dice: in the end nothing waits, all are alike, and what
 * anybody wrote is found again. And one who is killed while deciding. */
#include "store/conflict_test.h"
#include "store/random_operation.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/memory.h"

enum { STEPS = 60, SEEDS = 6, ROUNDS_MAX = 60 };

/* Commits one with words of its own, which are kept. */
static void commit_random(struct store *replica, struct dice *dice, struct strbuf *told)
{
	struct error refusal;
	struct random_id words = random_id_new();
	struct operation *op = operation_random(replica, dice);
	operation_set_words(op, "%s", words.hex);
	if (operation_commit(op, replica, NULL, &refusal) == RC_OK)
		strbuf_addf(told, "%s\n", words.hex);
	operation_free(op);
}

static void choose_any(struct dice *dice, struct conflict_item *item)
{
	static const enum conflict_choice all[] = {CONFLICT_MINE, CONFLICT_THEIRS, CONFLICT_BOTH};
	while (!conflict_choose(item, all[dice_throw(dice, ARRAY_COUNT(all))]))
		;
}

/* Decides one of those that can be; whether there was any. What the rules refuse is given up. */
static bool decide_one(struct store *replica, struct dice *dice)
{
	conflict_list list = {0};
	struct error refusal;
	size_t i = 0;
	assert_done(conflict_list_load(replica, &list, err));
	while (i < list.count && list.items[i].follows)
		i++;
	bool is_there = i < list.count;
	/* The first of all follows none. */
	assert_true(is_there || !list.count);
	for (size_t j = 0; is_there && j < list.items[i].items.count; j++)
		if (list.items[i].items.items[j].needs_decision)
			choose_any(dice, &list.items[i].items.items[j]);
	if (is_there && conflict_decide(replica, &list.items[i], &refusal) != RC_OK) {
		if (refusal.code != RC_REFUSED)
			fail_msg("%s", refusal.text);
		list.items[i].is_dropped = true;
		assert_done(conflict_decide(replica, &list.items[i], err));
	}
	conflict_list_release(&list);
	return is_there;
}

/* Of what was committed, all is in the history, in the queue, or among what was decided. */
static void assert_found(struct desk *desk, const struct strbuf *told)
{
	for (const char *at = told->data; *at; at += 33) {
		struct strbuf sql;
		strbuf_init(&sql);
		strbuf_addf(&sql,
			    "SELECT EXISTS (SELECT 1 FROM history WHERE instr(text, '%.32s'))"
			    " OR EXISTS (SELECT 1 FROM pending WHERE instr(text, '%.32s'))"
			    " OR EXISTS (SELECT 1 FROM local_state WHERE instr(value, '%.32s'))",
			    at, at, at);
		char *ours = replica_value(desk->ours, sql.data);
		char *theirs = replica_value(desk->theirs, sql.data);
		assert_true(strcmp(ours, "1") == 0 || strcmp(theirs, "1") == 0);
		free(ours);
		free(theirs);
		strbuf_release(&sql);
	}
}

static void settle(struct desk *desk, struct dice *dice)
{
	int left = ROUNDS_MAX;
	desk_exchange(desk);
	while (replica_counts(desk->ours).parked + replica_counts(desk->theirs).parked) {
		assert_true(left-- > 0);
		decide_one(desk->ours, dice);
		decide_one(desk->theirs, dice);
		desk_exchange(desk);
	}
	desk_exchange(desk);
}

static void whatever_is_decided_all_are_alike(void **state)
{
	struct desk *desk = *state;
	struct strbuf told;
	strbuf_init(&told);
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct dice dice = dice_new(seed);
		for (int i = 0; i < STEPS; i++) {
			struct store *one = dice_throw(&dice, 2) ? desk->ours : desk->theirs;
			if (dice_throw(&dice, 12) == 0)
				desk_exchange(desk);
			else if (dice_throw(&dice, 8) == 0)
				decide_one(one, &dice);
			else
				commit_random(one, &dice, &told);
		}
		settle(desk, &dice);
		assert_int_equal(replica_counts(desk->ours).waiting, 0);
		assert_int_equal(replica_counts(desk->theirs).waiting, 0);
		assert_desk_alike(desk);
	}
	assert_found(desk, &told);
	strbuf_release(&told);
}

/* ---- killed while deciding */

enum { KILLS = 12 };

static void decide_and_write(uint64_t seed)
{
	struct dice dice = dice_new(seed);
	struct store *replica = desk_open("theirs.db", "AME");
	for (;;) {
		decide_first(replica, CONFLICT_MINE);
		(void)dice_throw(&dice, 2);
		usleep(200);
	}
}

/* Many, one behind the other, each on a field of its own. */
static void park_many(struct desk *desk)
{
	static const char *const columns[] = {
		"title", "axis", "problem", "description", "contact_post", "ods", "technical_note"};
	const int64_t rows[] = {desk->group.c1, desk->group.c2, desk->group.c3};
	struct random_id word = random_id_new();
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		for (size_t j = 0; j < ARRAY_COUNT(columns); j++) {
			desk_set(desk->ours, "commitment", rows[i], columns[j], "nuestro");
			desk_set(desk->theirs, "commitment", rows[i], columns[j], word.hex);
		}
	desk_exchange(desk);
}

/* Each change is either still parked or in the queue, and never both or neither. */
static void whoever_is_killed_has_decided_or_not(void **state)
{
	struct desk *desk = *state;
	park_many(desk);
	int64_t all = replica_counts(desk->theirs).parked;
	assert_int_equal(all, 21);
	for (int i = 0; i < KILLS; i++) {
		store_close(desk->theirs);
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			decide_and_write((uint64_t)i);
			_exit(0);
		}
		usleep((useconds_t)(3000 + i * 700));
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		desk->theirs = desk_open("theirs.db", "AME");
		struct pending_counts counts = replica_counts(desk->theirs);
		assert_int_equal(counts.waiting + counts.parked, all);
		char *kept = replica_value(desk->theirs, "SELECT count(*) FROM local_state"
							 " WHERE name LIKE 'decided:%'");
		assert_true(strtol(kept, NULL, 10) <= counts.waiting);
		free(kept);
		assert_intact(desk->theirs);
	}
	while (replica_counts(desk->theirs).parked)
		decide_first(desk->theirs, CONFLICT_MINE);
	desk_exchange(desk);
	assert_int_equal(replica_counts(desk->theirs).parked, 0);
	assert_desk_alike(desk);
	char *left = replica_value(desk->ours, "SELECT count(*) FROM commitment"
					       " WHERE title = 'nuestro' OR ods = 'nuestro'");
	assert_string_equal(left, "0");
	free(left);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(whatever_is_decided_all_are_alike),
		AT_DESK(whoever_is_killed_has_decided_or_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
