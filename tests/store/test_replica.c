/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/share_round.h"
#include "nucleo/store/verify.h"
#include "nucleo/sync/folder.h"

/* Two members with a replica each, and the folder they share. */
struct share {
	struct drive *drive;
	struct store *ours, *theirs;
};

static int share_make(void **state)
{
	struct share *share = mem_alloc_zero(1, sizeof(*share));
	if (folder_make(state) != 0)
		return -1;
	char *log = folder_path("log");
	share->drive = folder_open(log);
	free(log);
	share->ours = test_replica("ours.db");
	share->theirs = test_replica("theirs.db");
	*state = share;
	return 0;
}

static int share_remove(void **state)
{
	struct share *share = *state;
	store_close(share->ours);
	store_close(share->theirs);
	folder_close(share->drive);
	free(share);
	return folder_remove(state);
}

static struct share_report run_round(struct share *share, struct store *replica)
{
	const struct share_round round = {
		.replica = replica, .drive = share->drive, .check_head = true};
	struct share_report report;
	do
		assert_done(share_run(&round, &report, err));
	while (report.has_more);
	return report;
}

static void exchange(struct share *share)
{
	assert_int_equal(run_round(share, share->ours).condition, SHARE_FINE);
	assert_int_equal(run_round(share, share->theirs).condition, SHARE_FINE);
	assert_int_equal(run_round(share, share->ours).condition, SHARE_FINE);
}

static struct pending_counts counts_of(struct store *replica)
{
	struct pending_counts counts = {0};
	assert_done(pending_count(replica, &counts, err));
	return counts;
}

static void add_followup(struct store *replica, const char *what)
{
	struct operation *op = operation_new();
	operation_set_words(op, "nueva: %s", what);
	add_row(op, "followup", "code", "S-2023-?", "description", what, "kind", "task", "status",
		"open", NULL);
	assert_int_equal(test_commit(replica, op), 0);
}

/* What the two have must be the same, and what the history says. */
static void assert_alike(struct share *share)
{
	static const char *const queries[] = {
		"SELECT group_concat(hash) FROM (SELECT hash FROM history ORDER BY number)",
		"SELECT group_concat(code || description || status) FROM"
		" (SELECT * FROM followup ORDER BY key)",
		"SELECT group_concat(code || ifnull(title, '-')) FROM"
		" (SELECT * FROM commitment ORDER BY key)",
	};
	for (size_t i = 0; i < ARRAY_COUNT(queries); i++) {
		char *ours = test_query("ours.db", queries[i]);
		char *theirs = test_query("theirs.db", queries[i]);
		assert_string_equal(ours, theirs);
		free(ours);
		free(theirs);
	}
	assert_done(store_verify(share->ours, err));
	assert_done(store_verify(share->theirs, err));
}

static void what_one_commits_reaches_the_other(void **state)
{
	struct share *share = *state;
	add_followup(share->ours, "una");
	assert_int_equal(counts_of(share->ours).waiting, 1);
	assert_true(counts_of(share->ours).since[0]);
	exchange(share);
	assert_int_equal(counts_of(share->ours).waiting, 0);
	char *found = test_query("theirs.db", "SELECT code || description FROM followup");
	assert_string_equal(found, "S-2023-001una");
	free(found);
	assert_alike(share);
}

static void numbers_are_given_when_an_operation_is_published(void **state)
{
	struct share *share = *state;
	add_followup(share->ours, "mía");
	add_followup(share->theirs, "suya");
	exchange(share);
	char *found = test_query("ours.db", "SELECT group_concat(code || description)"
					    " FROM (SELECT * FROM followup ORDER BY code)");
	assert_string_equal(found, "S-2023-001mía,S-2023-002suya");
	free(found);
	assert_alike(share);
}

static void change_title(struct store *replica, int64_t commitment, const char *was,
			 const char *now)
{
	struct operation *op = operation_new();
	operation_set_words(op, "título: %s", now);
	operation_change(op, "commitment", commitment, "title", value_text(was), value_text(now));
	test_commit(replica, op);
}

static void the_same_field_is_parked_and_nothing_is_lost(void **state)
{
	struct share *share = *state;
	struct group group = test_group(share->ours);
	exchange(share);
	change_title(share->ours, group.c1, NULL, "nuestro");
	change_title(share->theirs, group.c1, NULL, "suyo");
	change_title(share->theirs, group.c1, "suyo", "suyo y mejor");
	change_title(share->theirs, group.c2, NULL, "otro");
	exchange(share);
	struct pending_counts counts = counts_of(share->theirs);
	assert_int_equal(counts.waiting, 0);
	assert_int_equal(counts.parked, 2);
	char *found = test_query("theirs.db", "SELECT group_concat(title) FROM"
					      " (SELECT title FROM commitment ORDER BY code)");
	assert_string_equal(found, "nuestro,otro");
	free(found);
	assert_alike(share);
}

static void different_fields_merge(void **state)
{
	struct share *share = *state;
	struct group group = test_group(share->ours);
	exchange(share);
	change_title(share->ours, group.c1, NULL, "título");
	struct operation *op = operation_new();
	operation_set_words(op, "eje");
	operation_change(op, "commitment", group.c1, "axis", value_null(), value_text("eje"));
	test_commit(share->theirs, op);
	exchange(share);
	assert_int_equal(counts_of(share->theirs).parked, 0);
	char *found = test_query("ours.db", "SELECT title || axis FROM commitment WHERE code = 'C1'");
	assert_string_equal(found, "títuloeje");
	free(found);
	assert_alike(share);
}

static void a_deletion_that_waits_is_taken_back_whole(void **state)
{
	struct share *share = *state;
	struct group group = test_group(share->ours);
	exchange(share);
	struct operation *op = operation_new();
	operation_set_words(op, "se va");
	operation_delete(op, "agenda_item", group.item2a);
	test_commit(share->theirs, op);
	add_followup(share->ours, "entretanto");
	exchange(share);
	assert_int_equal(counts_of(share->theirs).waiting, 0);
	assert_alike(share);
}

/* The drive loses the last operation; nobody has written after it. */
static void a_lost_tail_is_published_again_when_asked(void **state)
{
	struct share *share = *state;
	struct error err = {0};
	add_followup(share->ours, "una");
	add_followup(share->ours, "dos");
	exchange(share);
	char *file = folder_path("log/00000/000000000002.json");
	assert_int_equal(unlink(file), 0);
	struct share_report report = run_round(share, share->ours);
	assert_int_equal(report.condition, SHARE_LOST_TAIL);
	assert_true(report.reason[0]);
	const struct share_round round = {.replica = share->ours, .drive = share->drive};
	assert_int_equal(share_publish_again(&round, &report, &err), RC_OK);
	assert_int_equal(report.published, 1);
	assert_int_equal(access(file, F_OK), 0);
	free(file);
	exchange(share);
	assert_alike(share);
}

/* It loses one, and the group goes on without it: it comes again, after what they did. */
static void a_lost_branch_is_published_after_what_the_group_did(void **state)
{
	struct share *share = *state;
	add_followup(share->theirs, "base");
	exchange(share);
	add_followup(share->ours, "perdida");
	assert_int_equal(run_round(share, share->ours).condition, SHARE_FINE);
	char *file = folder_path("log/00000/000000000002.json");
	assert_int_equal(unlink(file), 0);
	free(file);
	add_followup(share->theirs, "suya");
	assert_int_equal(run_round(share, share->theirs).condition, SHARE_FINE);
	struct share_report report;
	struct error err;
	const struct share_round round = {
		.replica = share->ours, .drive = share->drive, .check_head = true};
	if (share_run(&round, &report, &err) != RC_OK)
		fail_msg("%s", err.text);
	assert_int_equal(report.requeued, 1);
	exchange(share);
	char *found = test_query("theirs.db", "SELECT group_concat(code || description)"
					      " FROM (SELECT * FROM followup ORDER BY code)");
	assert_string_equal(found, "S-2023-001base,S-2023-002suya,S-2023-003perdida");
	free(found);
	exchange(share);
	assert_alike(share);
}

static off_t size_of(const char *name)
{
	struct stat st;
	char *path = folder_path(name);
	assert_int_equal(stat(path, &st), 0);
	free(path);
	return st.st_size;
}

/* Where there are only commands no screen ever checkpoints. */
static void the_wal_of_a_worker_does_not_grow_for_ever(void **state)
{
	struct share *share = *state;
	assert_done(replica_relax(share->ours, err));
	for (int i = 0; i < 200; i++)
		add_followup(share->ours, "una más");
	off_t first = size_of("ours.db-wal");
	for (int i = 0; i < 200; i++)
		add_followup(share->ours, "una más");
	assert_in_range(size_of("ours.db-wal"), 1, first + first / 4);
}

int main(void)
{
#define SHARED(test) cmocka_unit_test_setup_teardown(test, share_make, share_remove)
	const struct CMUnitTest tests[] = {
		SHARED(what_one_commits_reaches_the_other),
		SHARED(numbers_are_given_when_an_operation_is_published),
		SHARED(the_same_field_is_parked_and_nothing_is_lost),
		SHARED(different_fields_merge),
		SHARED(a_deletion_that_waits_is_taken_back_whole),
		SHARED(a_lost_tail_is_published_again_when_asked),
		SHARED(a_lost_branch_is_published_after_what_the_group_did),
		SHARED(the_wal_of_a_worker_does_not_grow_for_ever),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
