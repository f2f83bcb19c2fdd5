/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/random_operation.h"
#include "store/replica_test.h"
#include "sync/memory_drive.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/store/connection.h"
#include "nucleo/store/operation_edits.h"

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
	struct operation *op = operation_random(member->replica, &all->dice, true);
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

static sqlite3_stmt *prepare(struct store *replica, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	assert_int_equal(sqlite3_prepare_v2(replica->db, sql, -1, &stmt, NULL), SQLITE_OK);
	return stmt;
}

static struct value value_of(sqlite3_stmt *row, int column)
{
	switch (sqlite3_column_type(row, column)) {
	case SQLITE_INTEGER:
		return value_integer(sqlite3_column_int64(row, column));
	case SQLITE_FLOAT:
		return value_real(sqlite3_column_double(row, column));
	case SQLITE_NULL:
		return value_null();
	default:
		return value_text((const char *)sqlite3_column_text(row, column));
	}
}

/* Each member of the edit's set goes back to what it was. */
static void undo_set(struct store *replica, struct operation *op, const char *edit,
		     const char *table, int64_t key)
{
	sqlite3_stmt *fields = prepare(
		replica, "SELECT key, value, json_extract(?1, '$.was.' || key) FROM"
			 " json_each(?1, '$.set')");
	sqlite3_bind_text(fields, 1, edit, -1, SQLITE_STATIC);
	while (sqlite3_step(fields) == SQLITE_ROW)
		operation_change(op, table, key, (const char *)sqlite3_column_text(fields, 0),
				 value_of(fields, 1), value_of(fields, 2));
	sqlite3_finalize(fields);
}

/* The row as it was, under its own key. */
static void undo_delete(struct store *replica, struct operation *op, const char *edit,
			const char *table, int64_t key)
{
	sqlite3_stmt *fields = prepare(replica, "SELECT key, value FROM json_each(?1, '$.was')");
	sqlite3_bind_text(fields, 1, edit, -1, SQLITE_STATIC);
	operation_insert(op, table);
	op->edits.items[op->edits.count - 1].key = key;
	while (sqlite3_step(fields) == SQLITE_ROW)
		operation_field(op, (const char *)sqlite3_column_text(fields, 0),
				value_of(fields, 1));
	sqlite3_finalize(fields);
}

/* The inverse of an operation of the history: its edits backwards. */
static struct operation *inverse_of(struct store *replica, int64_t number)
{
	struct operation *op = operation_new();
	sqlite3_stmt *edits = prepare(
		replica, "SELECT e.value, json_extract(e.value, '$.table'),"
			 " json_extract(e.value, '$.key'), json_type(e.value, '$.insert'),"
			 " json_type(e.value, '$.set') FROM history AS h,"
			 " json_each(h.text, '$.edits') AS e WHERE h.number = ?1 ORDER BY e.key DESC");
	sqlite3_bind_int64(edits, 1, number);
	while (sqlite3_step(edits) == SQLITE_ROW) {
		const char *edit = (const char *)sqlite3_column_text(edits, 0);
		const char *table = (const char *)sqlite3_column_text(edits, 1);
		int64_t key = sqlite3_column_int64(edits, 2);
		if (sqlite3_column_type(edits, 3) != SQLITE_NULL)
			operation_delete(op, table, key);
		else if (sqlite3_column_type(edits, 4) != SQLITE_NULL)
			undo_set(replica, op, edit, table, key);
		else
			undo_delete(replica, op, edit, table, key);
	}
	sqlite3_finalize(edits);
	operation_set_words(op, "deshacer %" PRId64, number);
	return op;
}

/* All of the history but the first operation, newest first. */
static void undo_all(struct store *replica)
{
	for (int64_t number = replica_head(replica).number; number > 1; number--) {
		struct error refusal;
		struct operation *op = inverse_of(replica, number);
		enum rc rc = operation_commit(op, replica, NULL, &refusal);
		operation_free(op);
		if (rc != RC_OK)
			fail_msg("operation %" PRId64 ": %s", number, refusal.text);
	}
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
	undo_all(all.members[1].replica);
	settle(&all);
	check_alike(&all);
	assert_string_equal(replica_tables_digest(all.members[2].replica).hex, start.hex);
	finish(&all);
	print_message("%d operations, %d parked, all undone\n", (int)head, (int)parked);
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
