/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk or a memory that fails while somebody decides: it is done, or as if it had not begun. */
#include "store/conflict_test.h"
#include "store/fault_vfs.h"

#include <stdlib.h>
#include <string.h>

enum { COUNTDOWN_MAX = 3000 };

/* Two parked operations, one behind the other; all else is the same in every copy. */
static int scene_make(void **state)
{
	if (desk_make(state) != 0)
		return -1;
	struct desk *desk = *state;
	desk_set(desk->ours, "commitment", desk->group.c1, "title", "nuestro");
	desk_set(desk->theirs, "commitment", desk->group.c1, "title", "suyo");
	desk_set(desk->theirs, "commitment", desk->group.c1, "axis", "eje");
	desk_exchange(desk);
	store_close(desk->theirs);
	desk->theirs = NULL;
	replica_copy_files("theirs.db", "base.db");
	return 0;
}

static enum rc decide_both(struct store *replica, struct error *err)
{
	conflict_list list = {0};
	enum rc rc = conflict_list_load(replica, &list, err);
	if (rc == RC_OK) {
		assert_int_equal(list.count, 2);
		conflict_choose_all(&list.items[0], CONFLICT_BOTH);
		rc = conflict_decide(replica, &list.items[0], err);
	}
	conflict_list_release(&list);
	return rc;
}

static bool is_decided(struct store *replica)
{
	struct pending_counts counts = replica_counts(replica);
	char *title = replica_value(replica, "SELECT title FROM commitment WHERE code = 'C1'");
	char *kept = replica_value(replica, "SELECT count(*) FROM local_state"
					    " WHERE name LIKE 'decided:%'");
	bool is_so = counts.parked == 0;
	assert_int_equal(counts.parked, is_so ? 0 : 2);
	assert_int_equal(counts.waiting, is_so ? 2 : 0);
	assert_string_equal(title, is_so ? "nuestro / suyo" : "nuestro");
	assert_string_equal(kept, is_so ? "1" : "0");
	free(title);
	free(kept);
	return is_so;
}

/* Whether a fault happened. */
static bool try_fault(int kind, int countdown)
{
	struct error refusal = {.code = RC_OK};
	replica_copy_files("base.db", "try.db");
	struct store *replica = desk_open("try.db", "AME");
	if (kind == FAULT_KINDS)
		fault_arm_memory(countdown);
	else
		fault_arm_disk((enum fault)kind, countdown);
	enum rc rc = decide_both(replica, &refusal);
	bool happened = fault_disarm();
	if (rc != RC_OK)
		assert_true(refusal.text[0]);
	store_close(replica);
	replica = desk_open("try.db", "AME");
	assert_intact(replica);
	if (!is_decided(replica)) {
		assert_true(rc != RC_OK);
		assert_done(decide_both(replica, err));
		assert_true(is_decided(replica));
	}
	store_close(replica);
	return happened;
}

static void it_is_done_or_not_begun(void **state)
{
	(void)state;
	for (int kind = 0; kind <= FAULT_KINDS; kind++) {
		/* Of the many allocations not each one is tried. */
		int step = kind == FAULT_KINDS ? 23 : 1, countdown = 1;
		while (countdown < COUNTDOWN_MAX && try_fault(kind, countdown))
			countdown += step;
		assert_true(countdown > 3);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_is_done_or_not_begun, scene_make, desk_remove),
	};
	setlocale(LC_ALL, "C.UTF-8");
	fault_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
