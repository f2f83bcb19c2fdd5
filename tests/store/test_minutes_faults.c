/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that fails at any write of a line of a meeting leaves all of it or nothing. */
#include "store/minutes_test.h"

#include <stdlib.h>
#include <string.h>

#include "store/fault_vfs.h"

/* What a line makes: entry, follow-up, two responsible, figure, institution, operation. */
static const char made[] = "112111", nothing[] = "000000";

static char *count_rows(void)
{
	return test_query(RECORD_DATABASE,
			  "SELECT ((SELECT count(*) FROM entry) - 1) || (SELECT count(*) FROM "
			  "followup) || (SELECT count(*) FROM followup_responsible) || (SELECT "
			  "count(*) FROM progress) || ((SELECT count(*) FROM organization) - 3) "
			  "|| ((SELECT count(*) FROM history) - 1)");
}

/* Of the line all or nothing is there, as it was said; what is there is taken back. */
static bool add_with_fault(enum fault fault, int countdown)
{
	const char line[] = "FCD: @AME,NUEVA entregan los datos !2024-01-31 #C2 %C1=40";
	struct error err = {0};
	int64_t entry = 0;
	struct store *store = test_open(RECORD_DATABASE);
	const struct minutes_place place = {group.meeting, group.item1, 0, 0};
	fault_arm_disk(fault, countdown);
	enum rc rc = try_line(store, &place, line, &entry, &err);
	store_close(store);
	bool has_failed = fault_disarm();
	char *rows = count_rows();
	bool is_there = strcmp(rows, made) == 0;
	if ((!is_there && strcmp(rows, nothing) != 0) || (rc == RC_OK && !is_there))
		fail_msg("fault %d at %d: rc %d, %s", (int)fault, countdown, (int)rc, rows);
	free(rows);
	if (is_there)
		test_sql(RECORD_DATABASE,
			 "DELETE FROM followup_responsible; DELETE FROM followup; DELETE FROM "
			 "progress; DELETE FROM entry WHERE rank > 1; DELETE FROM organization WHERE "
			 "acronym = 'NUEVA'; DELETE FROM history WHERE number > 1");
	return has_failed;
}

static void a_failing_disk_leaves_a_line_or_nothing(void **state)
{
	(void)state;
	store_close(convene(test_create(RECORD_DATABASE)));
	for (int fault = 0; fault < FAULT_KINDS; fault++) {
		int countdown = 1;
		while (add_with_fault((enum fault)fault, countdown))
			countdown++;
		assert_true(countdown > 5);
	}
}

/* Reading fails as often as there is no memory, and says so. */
static void missing_memory_leaves_nothing_half_done(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	const struct minutes_place place = {group.meeting, group.item1, 0, 0};
	struct capture capture;
	bool has_failed = true;
	read_line(store, "FCD: @AME entrega los datos #C2 %C1=40", &capture);
	for (int countdown = 1; has_failed; countdown += 97) {
		struct operation *operation = operation_new();
		struct error err = {0};
		int64_t entry = 0;
		fault_arm_memory(countdown);
		enum rc rc = minutes_add_line(store, &place, &capture, true, operation, &entry,
					      &err);
		has_failed = fault_disarm();
		assert_true(rc == RC_OK ? entry != 0 : operation_is_empty(operation) && *err.text);
		operation_free(operation);
	}
	capture_release(&capture);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_failing_disk_leaves_a_line_or_nothing,
						folder_make, folder_remove),
		cmocka_unit_test_setup_teardown(missing_memory_leaves_nothing_half_done,
						folder_make, folder_remove),
	};
	fault_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
