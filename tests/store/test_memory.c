/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdlib.h>

#include "nucleo/store/verify.h"
#include "store/fault_vfs.h"

static bool count_row(void *context, const void *row)
{
	(void)row;
	++*(int *)context;
	return true;
}

static struct operation *make_operation(int64_t followup)
{
	struct operation *op = operation_new();
	add_row(op, "followup_note", "text", "nota", NULL);
	operation_field(op, "followup", value_key(followup));
	return op;
}

/* A database with a follow-up, whose key is given. */
static int64_t make_database(const char *name)
{
	struct store *store = test_create(name);
	struct operation *op = operation_new();
	test_group(store);
	int64_t key = add_row(op, "followup", "code", "S-1", "description", "d", "kind", "task",
			      "status", "open", NULL);
	test_commit(store, op);
	store_close(store);
	return key;
}

/* A commit and a list with the n-th allocation failing: done, or an error and as before. */
static bool work(struct store *store, int64_t followup, int countdown, int64_t *head)
{
	struct error refusal = {0};
	struct filter filter;
	const struct list_query query = {.filter = &filter};
	struct operation *op = make_operation(followup);
	int rows = 0;
	int64_t number = 0;
	assert_done(filter_parse(&filter, &record_kinds[RECORD_COMMITMENT], "c orden:lead",
				 DATE_NONE, err));
	fault_arm_memory(countdown);
	enum rc committed = operation_commit(op, store, &number, &refusal);
	enum rc listed = store_list(store, RECORD_COMMITMENT, &query, count_row, &rows, &refusal);
	bool has_failed = fault_disarm();
	if (committed == RC_OK)
		assert_int_equal(number, ++*head);
	if (listed == RC_OK)
		assert_int_equal(rows, 3);
	if (committed != RC_OK || listed != RC_OK)
		assert_true(refusal.text[0] && has_failed);
	operation_free(op);
	filter_release(&filter);
	return has_failed;
}

static void a_running_program_survives_missing_memory(void **state)
{
	(void)state;
	int64_t head = 2, found = 0;
	int64_t followup = make_database("running.db");
	struct store *store = test_open("running.db");
	int countdown = 1;
	while (work(store, followup, countdown, &head))
		countdown++;
	assert_true(countdown > 50);
	assert_done(store_version(store, &found, err));
	assert_int_equal(found, head);
	assert_done(store_verify(store, err));
	store_close(store);
}

static bool open_and_work(int64_t followup, int countdown, int64_t *head)
{
	struct store *store = NULL;
	struct error refusal = {0};
	char *path = folder_path("opening.db");
	struct store_options options = {.path = path, .today = test_today()};
	fault_arm_memory(countdown);
	enum rc rc = store_open(&options, &store, &refusal);
	bool has_failed = fault_disarm();
	free(path);
	if (rc == RC_OK)
		has_failed |= work(store, followup, countdown, head);
	else
		assert_true(refusal.text[0] && has_failed && !store);
	store_close(store);
	return has_failed;
}

/* Thousands of allocations prepare the statements; a prime step meets all kinds of them. */
static void a_starting_program_survives_missing_memory(void **state)
{
	(void)state;
	int64_t head = 2, found = 0;
	int64_t followup = make_database("opening.db");
	int countdown = 1;
	for (; open_and_work(followup, countdown, &head); countdown += 7)
		;
	assert_true(countdown > 500);
	struct store *store = test_open("opening.db");
	assert_done(store_version(store, &found, err));
	assert_int_equal(found, head);
	assert_done(store_verify(store, err));
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_running_program_survives_missing_memory),
		cmocka_unit_test(a_starting_program_survives_missing_memory),
	};
	fault_install();
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
