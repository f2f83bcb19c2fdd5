/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever fails under the index, one can search and the database stays as it was. */
#include "store/search_test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/file.h"
#include "nucleo/base/strbuf.h"
#include "store/fault_vfs.h"

static void remove_index(void)
{
	for (char *file; (file = index_file()); free(file))
		assert_int_equal(unlink(file), 0);
}

/* Every call at first, then some: each waits for the disk. */
static int next(int countdown)
{
	return countdown + (countdown < 12 ? 1 : 5);
}

/* A search with the countdown running; whether the fault happened. */
static bool search_with_fault(struct store *store, enum fault fault, int countdown)
{
	struct digest before = test_digest("a.db");
	struct search *search = search_new(store);
	fault_arm_disk(fault, countdown);
	search_until_ready(search);
	char *ids = search_ids(search, "pregunta", 5);
	search_free(search);
	bool has_failed = fault_disarm();
	assert_string_equal(ids, "AM-2023-05/2#1");
	assert_string_equal(test_digest("a.db").hex, before.hex);
	free(ids);
	/* What is left serves the next one. */
	expect_hits(store, "pregunta", "AM-2023-05/2#1");
	return has_failed;
}

static void a_failing_disk_while_all_is_read(void **state)
{
	(void)state;
	struct store *store = test_create("a.db");
	test_group(store);
	for (int fault = 0; fault < FAULT_KINDS; fault++) {
		int countdown = 1;
		remove_index();
		while (search_with_fault(store, (enum fault)fault, countdown)) {
			remove_index();
			countdown = next(countdown);
		}
		assert_true(countdown > 10);
	}
	store_close(store);
}

static void a_failing_disk_while_changes_are_followed(void **state)
{
	(void)state;
	struct store *store = test_create("a.db");
	test_group(store);
	for (int fault = 0; fault < FAULT_KINDS; fault++) {
		int countdown = 1;
		expect_hits(store, "pregunta", "AM-2023-05/2#1");
		commit_followup(store, "S-2023-?", "Observar el zorzal");
		while (search_with_fault(store, (enum fault)fault, countdown)) {
			commit_followup(store, "S-2023-?", "Observar el zorzal");
			countdown = next(countdown);
		}
		assert_true(countdown > 5);
	}
	store_close(store);
}

/* The answer, or an error that says why there is none. */
static bool search_without_memory(struct store *store, int countdown)
{
	struct error err = {.code = RC_OK};
	struct search *search = search_new(store);
	struct search_progress progress = {0};
	fault_arm_memory(countdown);
	enum rc rc = search_prepare(search, &progress, &err);
	bool has_failed = fault_disarm();
	assert_true(rc == RC_OK || err.text[0]);
	char *ids = NULL;
	if (rc == RC_OK) {
		search_until_ready(search);
		ids = search_ids(search, "pregunta", 5);
		assert_string_equal(ids, "AM-2023-05/2#1");
	}
	free(ids);
	search_free(search);
	return has_failed;
}

static void memory_runs_out(void **state)
{
	(void)state;
	struct store *store = test_create("a.db");
	test_group(store);
	int countdown = 1;
	while (search_without_memory(store, countdown)) {
		remove_index();
		/* There are thousands of places. */
		countdown += 1 + countdown / 8;
	}
	assert_true(countdown > 100);
	expect_hits(store, "pregunta", "AM-2023-05/2#1");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(a_failing_disk_while_all_is_read),
		IN_A_FOLDER(a_failing_disk_while_changes_are_followed),
		IN_A_FOLDER(memory_runs_out),
	};
	fault_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
