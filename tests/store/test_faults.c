/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/file.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/verify.h"
#include "store/fault_vfs.h"

static void copy_file(const char *from, const char *to)
{
	struct strbuf bytes;
	char *source = folder_path(from), *target = folder_path(to);
	strbuf_init(&bytes);
	assert_done(file_read(source, 1 << 24, &bytes, err));
	FILE *file = fopen(target, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.data, 1, bytes.length, file), bytes.length);
	assert_int_equal(fclose(file), 0);
	strbuf_release(&bytes);
	free(source);
	free(target);
}

/* Removes it; whether it was there. */
static bool remove_file(const char *name)
{
	char *path = folder_path(name);
	bool was_there = unlink(path) == 0;
	free(path);
	return was_there;
}

/* One insert, one change and one deletion, so that pages are added, changed and freed. */
static struct operation *make_operation(const struct group *group)
{
	static char large[3000];
	struct operation *op = operation_new();
	memset(large, 'x', sizeof(large) - 1);
	operation_set_words(op, "de todo un poco");
	add_row(op, "followup", "code", "S-2023-?", "description", large, "kind", "task", "status",
		"open", NULL);
	operation_change(op, "commitment", group->c1, "title", value_null(), value_text("Uno"));
	operation_delete(op, "agenda_item", group->item2a);
	return op;
}

/* What a reader finds afterwards: no damage, and the head. */
static int64_t head_after(const char *name)
{
	int64_t head = 0;
	char *integrity = test_query(name, "PRAGMA integrity_check");
	assert_string_equal(integrity, "ok");
	free(integrity);
	struct store *store = test_open(name);
	assert_done(store_version(store, &head, err));
	if (head != 1)
		assert_done(store_verify(store, err));
	store_close(store);
	return head;
}

static bool commit_with_fault(enum fault fault, int countdown, const struct group *group)
{
	struct error refusal = {0};
	copy_file("base.db", "try.db");
	struct store *store = test_open("try.db");
	struct operation *op = make_operation(group);
	fault_arm_disk(fault, countdown);
	enum rc rc = operation_commit(op, store, NULL, &refusal);
	store_close(store);
	bool has_failed = fault_disarm();
	operation_free(op);
	int64_t head = head_after("try.db");
	if (rc == RC_OK)
		assert_int_equal(head, 2);
	else
		assert_true(refusal.text[0] && (head == 1 || head == 2));
	/* Nothing of it: not a byte. */
	if (head == 1)
		assert_string_equal(test_digest("try.db").hex, test_digest("base.db").hex);
	/* Only a call that failed after its work can leave what was not acknowledged. */
	if (rc != RC_OK && fault != FAULT_AFTER)
		assert_int_equal(head, 1);
	/* A disk that is gone cannot delete the journal; it was not yet valid, or was rolled back.
	 */
	if (remove_file("try.db-journal"))
		assert_int_equal(fault, FAULT_DEAD);
	return has_failed;
}

static void a_failing_disk_leaves_all_or_nothing(void **state)
{
	(void)state;
	struct store *store = test_create("base.db");
	struct group group = test_group(store);
	store_close(store);
	for (int fault = 0; fault < FAULT_KINDS; fault++) {
		int countdown = 1;
		while (commit_with_fault((enum fault)fault, countdown, &group))
			countdown++;
		/* Journal, pages, syncs and the end of the journal at the least. */
		assert_true(countdown > 10);
	}
}

static bool create_with_fault(enum fault fault, int countdown)
{
	struct store *store = NULL;
	struct error refusal = {0};
	char *path = folder_path("made.db");
	struct store_options options = {.path = path, .today = test_today()};
	int files = files_in_folder();
	fault_arm_disk(fault, countdown);
	enum rc rc = store_create(&options, &store, &refusal);
	store_close(store);
	bool has_failed = fault_disarm();
	if (rc == RC_OK)
		assert_int_equal(head_after("made.db"), 0);
	else if (files_in_folder() != files)
		fail_msg("something half-made was left: %s", refusal.text);
	unlink(path);
	free(path);
	return has_failed;
}

static void a_failing_disk_leaves_no_half_made_database(void **state)
{
	(void)state;
	int countdown = 1;
	while (create_with_fault(FAULT_ONCE, countdown))
		countdown++;
	assert_true(countdown > 10);
	for (countdown = 1; create_with_fault(FAULT_DEAD, countdown);)
		countdown++;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failing_disk_leaves_all_or_nothing),
		cmocka_unit_test(a_failing_disk_leaves_no_half_made_database),
	};
	fault_install();
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
