/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/replica_test.h"

#include <stdlib.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/sync/folder.h"

/* Two members whose replicas have the same group, and the folder they share. */
struct desk {
	struct drive *drive;
	struct store *ours, *theirs;
	struct group group;
};

static int desk_make(void **state)
{
	struct desk *desk = mem_alloc_zero(1, sizeof(*desk));
	if (folder_make(state) != 0)
		return -1;
	char *log = folder_path("log");
	desk->drive = folder_open(log);
	free(log);
	store_close(test_replica("ours.db"));
	replica_copy_files("ours.db", "theirs.db");
	desk->ours = replica_reopen("ours.db");
	desk->theirs = replica_reopen("theirs.db");
	desk->group = test_group(desk->ours);
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(desk->theirs, desk->drive).condition, SHARE_FINE);
	*state = desk;
	return 0;
}

static int desk_remove(void **state)
{
	struct desk *desk = *state;
	store_close(desk->ours);
	store_close(desk->theirs);
	folder_close(desk->drive);
	free(desk);
	return folder_remove(state);
}

static void exchange(struct desk *desk)
{
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(desk->theirs, desk->drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
}

static void assert_alike(struct desk *desk)
{
	assert_string_equal(replica_digest(desk->ours).hex, replica_digest(desk->theirs).hex);
	assert_sound(desk->ours);
	assert_sound(desk->theirs);
}

static void drive_loses(int number)
{
	struct strbuf name;
	strbuf_init(&name);
	strbuf_addf(&name, "log/00000/%012d.json", number);
	char *path = folder_path(name.data);
	assert_int_equal(unlink(path), 0);
	free(path);
	strbuf_release(&name);
}

/* What comes back into the queue stands before what was in it already, and both go on. */
static void what_waits_goes_out_after_a_lost_branch(void **state)
{
	struct desk *desk = *state;
	commit_followup(desk->ours, "perdida");
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	drive_loses(2);
	commit_followup(desk->theirs, "suya");
	assert_int_equal(run_rounds(desk->theirs, desk->drive).condition, SHARE_FINE);
	commit_followup(desk->ours, "en cola");
	int files = files_in_folder();
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	/* What the replica was before that is kept. */
	assert_int_equal(files_in_folder(), files + 1);
	assert_int_equal(replica_counts(desk->ours).waiting, 0);
	assert_int_equal(replica_head(desk->ours).number, 4);
	exchange(desk);
	assert_alike(desk);
}

/* The group has come less far than what was lost: its next number is still free. */
static void a_branch_is_lost_however_short_the_other_is(void **state)
{
	struct desk *desk = *state;
	commit_followup(desk->ours, "perdida");
	commit_followup(desk->ours, "también perdida");
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	drive_loses(3);
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_LOST_TAIL);
	drive_loses(2);
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_LOST_TAIL);
	commit_followup(desk->theirs, "suya");
	assert_int_equal(run_rounds(desk->theirs, desk->drive).condition, SHARE_FINE);
	exchange(desk);
	assert_int_equal(replica_head(desk->ours).number, 4);
	assert_alike(desk);
}

static void what_is_committed_goes_out_after_a_lost_branch(void **state)
{
	struct desk *desk = *state;
	commit_followup(desk->ours, "perdida");
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	assert_done(replica_rewind(desk->ours, 1, err));
	drive_loses(2);
	commit_followup(desk->ours, "más tarde");
	assert_int_equal(replica_counts(desk->ours).waiting, 2);
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	assert_int_equal(replica_counts(desk->ours).waiting, 0);
	exchange(desk);
	assert_alike(desk);
}

/* An acta and the letters that quote it say which number it has: others are given only where it is
 * taken. */
static void what_was_published_keeps_its_code_where_it_is_free(void **state)
{
	struct desk *desk = *state;
	struct operation *op = operation_new();
	operation_set_words(op, "de otro registro");
	add_row(op, "followup", "code", "S-2022-014", "description", "perdida", "kind", "task",
		"status", "open", NULL);
	add_row(op, "followup", "code", "S-2023-?", "description", "perdida", "kind", "task",
		"status", "open", NULL);
	assert_int_equal(test_commit(desk->ours, op), 0);
	commit_followup(desk->ours, "otra");
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	drive_loses(3);
	drive_loses(2);
	op = operation_new();
	operation_set_words(op, "suya");
	add_row(op, "followup", "code", "S-2022-020", "description", "suya", "kind", "task",
		"status", "open", NULL);
	assert_int_equal(test_commit(desk->theirs, op), 0);
	assert_int_equal(run_rounds(desk->theirs, desk->drive).condition, SHARE_FINE);
	exchange(desk);
	char *codes = test_query("theirs.db", "SELECT group_concat(code) FROM"
					      " (SELECT code FROM followup ORDER BY code)");
	assert_string_equal(codes, "S-2022-014,S-2022-020,S-2023-001,S-2023-002");
	free(codes);
	assert_alike(desk);
}

/* Unique codes change places by way of a third: no order of rows takes that back one by one. */
static void change_places(struct desk *desk)
{
	struct operation *op = operation_new();
	operation_set_words(op, "C1 y C2 cambian de lugar");
	operation_change(op, "commitment", desk->group.c1, "code", value_text("C1"),
			 value_text("C-"));
	operation_change(op, "commitment", desk->group.c2, "code", value_text("C2"),
			 value_text("C1"));
	operation_change(op, "commitment", desk->group.c1, "code", value_text("C-"),
			 value_text("C2"));
	assert_int_equal(test_commit(desk->ours, op), 0);
}

static void codes_that_changed_places_are_taken_back(void **state)
{
	struct desk *desk = *state;
	change_places(desk);
	assert_sound(desk->ours);
	commit_followup(desk->theirs, "entretanto");
	assert_int_equal(run_rounds(desk->theirs, desk->drive).condition, SHARE_FINE);
	exchange(desk);
	assert_int_equal(replica_counts(desk->ours).parked, 0);
	assert_alike(desk);
}

/* The tables are made anew below it, and the rules hold as ever. */
static void what_refers_to_a_row_that_went_is_parked(void **state)
{
	struct desk *desk = *state;
	struct operation *op = operation_new();
	change_places(desk);
	operation_set_words(op, "una anotación sobre el punto 2.a");
	add_row(op, "entry", "kind", "note", "text", "Queda pendiente.", NULL);
	operation_field(op, "meeting", value_key(desk->group.meeting));
	operation_field(op, "rank", value_integer(2));
	operation_field(op, "agenda_item", value_key(desk->group.item2a));
	assert_int_equal(test_commit(desk->ours, op), 0);
	op = operation_new();
	operation_set_words(op, "sin el punto 2.a");
	operation_delete(op, "agenda_item", desk->group.item2a);
	assert_int_equal(test_commit(desk->theirs, op), 0);
	assert_int_equal(run_rounds(desk->theirs, desk->drive).condition, SHARE_FINE);
	exchange(desk);
	assert_int_equal(replica_counts(desk->ours).parked, 1);
	assert_alike(desk);
}

/* Another operation of the queue, as long as the one that is first: it was not published. */
static void only_what_was_published_leaves_the_queue(void **state)
{
	struct desk *desk = *state;
	struct error refusal;
	struct pending_operation first;
	struct log_head head = replica_head(desk->ours);
	pending_operation_init(&first);
	commit_followup(desk->ours, "una");
	assert_done(pending_first(desk->ours, &first, err));
	assert_done(replica_park(desk->ours, first.number, "espera", err));
	commit_followup(desk->ours, "dos");
	assert_true(log_set_parent(first.text.data, first.text.length, &head.hash));
	assert_int_equal(replica_confirm(desk->ours, &head, first.text.data, first.text.length,
					 &refusal),
			 RC_CONFLICT);
	assert_int_equal(replica_counts(desk->ours).waiting, 1);
	assert_int_equal(replica_counts(desk->ours).parked, 1);
	/* The right one, after another operation than the last of the history. */
	assert_done(pending_first(desk->ours, &first, err));
	head.hash = digest_of("", 0);
	assert_true(log_set_parent(first.text.data, first.text.length, &head.hash));
	assert_int_equal(replica_confirm(desk->ours, &head, first.text.data, first.text.length,
					 &refusal),
			 RC_CONFLICT);
	assert_int_equal(replica_counts(desk->ours).waiting, 1);
	pending_operation_release(&first);
}

/* The user's disk came from a backup: what was published since then comes back from the drive. */
static void a_replica_from_a_backup_publishes_nothing_twice(void **state)
{
	struct desk *desk = *state;
	commit_followup(desk->ours, "una");
	replica_copy_files("ours.db", "backup.db");
	commit_followup(desk->ours, "dos");
	exchange(desk);
	store_close(desk->ours);
	replica_copy_files("backup.db", "ours.db");
	desk->ours = replica_reopen("ours.db");
	commit_followup(desk->ours, "tres");
	exchange(desk);
	char *found = test_query("theirs.db", "SELECT group_concat(code || description)"
					      " FROM (SELECT * FROM followup ORDER BY code)");
	assert_string_equal(found, "S-2023-001una,S-2023-002dos,S-2023-003tres");
	free(found);
	assert_alike(desk);
}

/* The same on two machines, as where a home was copied: each works on. */
static void a_copied_queue_is_published_once(void **state)
{
	struct desk *desk = *state;
	commit_followup(desk->ours, "una");
	commit_followup(desk->ours, "dos");
	store_close(desk->theirs);
	replica_copy_files("ours.db", "theirs.db");
	desk->theirs = replica_reopen("theirs.db");
	commit_followup(desk->theirs, "tres");
	commit_followup(desk->ours, "cuatro");
	exchange(desk);
	char *found = test_query("ours.db", "SELECT count(*) || ' ' || count(DISTINCT description)"
					    " FROM followup");
	assert_string_equal(found, "4 4");
	free(found);
	assert_alike(desk);
}

static void change(struct store *replica, int64_t commitment, const char *column, const char *now)
{
	struct operation *op = operation_new();
	operation_set_words(op, "%s: %s", column, now);
	operation_change(op, "commitment", commitment, column, value_null(), value_text(now));
	assert_int_equal(test_commit(replica, op), 0);
}

/* Another field of the record whose change waits for a decision: it may have followed from it. */
static void what_follows_a_parked_change_waits_with_it(void **state)
{
	struct desk *desk = *state;
	change(desk->ours, desk->group.c1, "title", "nuestro");
	change(desk->theirs, desk->group.c1, "title", "suyo");
	change(desk->theirs, desk->group.c1, "axis", "suyo");
	change(desk->theirs, desk->group.c2, "axis", "suyo");
	exchange(desk);
	assert_int_equal(replica_counts(desk->theirs).parked, 2);
	char *found = test_query("ours.db", "SELECT group_concat(ifnull(axis, '-')) FROM"
					    " (SELECT axis FROM commitment ORDER BY code)");
	assert_string_equal(found, "-,-,suyo");
	free(found);
	assert_alike(desk);
}

static void what_comes_in_is_a_change_to_who_expects_none(void **state)
{
	struct desk *desk = *state;
	struct error refusal;
	int64_t version;
	assert_done(store_version(desk->theirs, &version, err));
	commit_followup(desk->ours, "una");
	exchange(desk);
	struct operation *op = operation_new();
	add_row(op, "plan", "code", "p", NULL);
	operation_expect_version(op, version);
	assert_int_equal(operation_commit(op, desk->theirs, NULL, &refusal), RC_CONFLICT);
	operation_free(op);
	assert_int_equal(replica_counts(desk->theirs).waiting, 0);
	int64_t now;
	commit_followup(desk->theirs, "dos");
	assert_done(store_version(desk->theirs, &now, err));
	assert_true(now > version + 1);
}

static void who_may_only_read_publishes_nothing(void **state)
{
	struct desk *desk = *state;
	struct share_report report;
	const struct share_round round = {
		.replica = desk->theirs, .drive = desk->drive, .read_only = true};
	commit_followup(desk->ours, "una");
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	commit_followup(desk->theirs, "otra");
	assert_done(share_run(&round, &report, err));
	assert_int_equal(report.received, 1);
	assert_int_equal(report.published, 0);
	assert_int_equal(replica_counts(desk->theirs).waiting, 1);
}

int main(void)
{
#define AT_DESK(test) cmocka_unit_test_setup_teardown(test, desk_make, desk_remove)
	const struct CMUnitTest tests[] = {
		AT_DESK(what_waits_goes_out_after_a_lost_branch),
		AT_DESK(what_is_committed_goes_out_after_a_lost_branch),
		AT_DESK(a_branch_is_lost_however_short_the_other_is),
		AT_DESK(what_was_published_keeps_its_code_where_it_is_free),
		AT_DESK(codes_that_changed_places_are_taken_back),
		AT_DESK(what_refers_to_a_row_that_went_is_parked),
		AT_DESK(only_what_was_published_leaves_the_queue),
		AT_DESK(a_replica_from_a_backup_publishes_nothing_twice),
		AT_DESK(a_copied_queue_is_published_once),
		AT_DESK(what_follows_a_parked_change_waits_with_it),
		AT_DESK(what_comes_in_is_a_change_to_who_expects_none),
		AT_DESK(who_may_only_read_publishes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
