/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that fails at any write of an import leaves all of the file or nothing of it. */
#include "store/csv_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/fault_vfs.h"

#define FILE_NAME "paga7_hoja.csv"

static void remove_database(const char *name)
{
	char *path = folder_path(name);
	unlink(path);
	free(path);
}

/* Imports with a fault; whether it happened. */
static bool import_with_fault(enum fault fault, int countdown)
{
	const struct csv_source source = {.name = FILE_NAME,
					  .bytes = csv_progress,
					  .length = strlen(csv_progress),
					  .kind = RECORD_PROGRESS};
	struct csv_import_result result;
	struct error err = {0};
	struct store *store = test_create("a.db");
	csv_outcome_of(store, RECORD_MILESTONE, FILE_NAME, csv_milestones);
	fault_arm_disk(fault, countdown);
	enum rc rc = csv_import_text(store, &source, false, &result, &err);
	csv_import_result_release(&result);
	store_close(store);
	bool has_failed = fault_disarm();
	int64_t head = import_verified_head("a.db");
	int64_t rows = import_number("a.db", "SELECT count(*) FROM progress");
	assert_true(head == 1 ? rows == 0 : head == 2 && rows == 8);
	if (rc == RC_OK)
		assert_int_equal(head, 2);
	else
		assert_int_equal(rc_exit_status(rc), 5);
	/* The next import completes what did not happen, and only that. */
	store = test_open("a.db");
	assert_int_equal(csv_outcome_of(store, RECORD_PROGRESS, FILE_NAME, csv_progress),
			 head == 1 ? CSV_NEW : CSV_UNCHANGED);
	store_close(store);
	remove_database("a.db");
	return has_failed;
}

static void a_failing_disk_leaves_all_or_nothing(void **state)
{
	(void)state;
	for (int fault = 0; fault < FAULT_KINDS; fault++) {
		int countdown = 1;
		while (import_with_fault((enum fault)fault, countdown))
			countdown++;
		assert_true(countdown > 5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_failing_disk_leaves_all_or_nothing, folder_make,
						folder_remove),
	};
	fault_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
