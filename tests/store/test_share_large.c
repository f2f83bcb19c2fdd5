/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/replica_test.h"
#include "sync/memory_drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/sync/folder.h"
#include "nucleo/sync/log_parts.h"

#define MANY 10000
/* What one round may take in before others have their turn. */
#define ROUND_LIMIT 320

/* A drive that only gives a long log to read, made as it is read. */
struct long_log {
	struct drive drive; /* first: the seam's handle */
	struct digest hashes[MANY + 1];
	int64_t longest, reads;
};

static enum drive_result long_refresh(struct drive *drive, const char *folder, struct error *err)
{
	(void)drive, (void)folder, (void)err;
	return DRIVE_DONE;
}

static void compose(struct strbuf *out, int number, const struct digest *parent)
{
	strbuf_addf(out,
		    "{\"op\":\"%032x\",\"parent\":\"%s\",\"at\":\"2023-11-17T20:42:07Z\","
		    "\"by\":\"FCD\",\"host\":\"h\",\"program\":\"1.0\",\"schema\":1,"
		    "\"words\":\"w\",\"undoes\":null,\"edits\":[{\"table\":\"plan\",\"key\":%d,"
		    "\"insert\":{\"code\":\"plan %d\"}}]}",
		    (unsigned)number, parent->hex, number, number);
}

static enum drive_result long_read(struct drive *drive, const char *name, size_t limit,
				   struct strbuf *out, struct error *err)
{
	struct long_log *log = (struct long_log *)drive;
	struct strbuf text;
	int number = (int)strtol(strchr(name, '/') + 1, NULL, 10);
	(void)limit, (void)err;
	log->reads++;
	if (number > MANY)
		return DRIVE_ABSENT;
	strbuf_init(&text);
	compose(&text, number, &log->hashes[number - 1]);
	log->hashes[number] = digest_of(text.data, text.length);
	frame_add(out, number, text.data, text.length);
	strbuf_release(&text);
	return DRIVE_DONE;
}

static const struct drive_ops long_ops = {.refresh = long_refresh, .read = long_read};

static void a_long_log_comes_in_pieces(void **state)
{
	(void)state;
	struct long_log *log = mem_alloc_zero(1, sizeof(*log));
	struct share_report report;
	log->drive.ops = &long_ops;
	log->hashes[0] = log_head_none().hash;
	store_close(test_replica("first.db"));
	struct store *replica = replica_reopen("first.db");
	const struct share_round round = {.replica = replica, .drive = &log->drive};
	int64_t received = 0;
	do {
		int64_t before = log->reads;
		assert_done(share_run(&round, &report, err));
		assert_int_equal(report.condition, SHARE_FINE);
		received += report.received;
		assert_true(log->reads - before <= ROUND_LIMIT);
		assert_int_equal(replica_head(replica).number, received);
	} while (report.has_more);
	assert_int_equal(received, MANY);
	/* Nothing was read twice but the end. */
	assert_true(log->reads <= MANY + MANY / 64);
	char *found = test_query("first.db", "SELECT count(*) FROM plan");
	assert_string_equal(found, "10000");
	free(found);
	store_close(replica);
	free(log);
}

static char *text_of_length(size_t length)
{
	char *text = mem_alloc(length + 1);
	memset(text, 'x', length);
	text[length] = '\0';
	return text;
}

/* It goes out and comes in below what another has waiting: each time hundreds of megabytes. */
static void exchange_large(struct store *ours, size_t length)
{
	char *log = folder_path("log");
	struct drive *drive = folder_open(log);
	store_close(test_replica("theirs.db"));
	struct store *theirs = replica_reopen("theirs.db");
	commit_followup(theirs, "entretanto");
	assert_int_equal(run_rounds(ours, drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(theirs, drive).condition, SHARE_FINE);
	char *found = test_query("theirs.db", "SELECT length(title) FROM plan");
	assert_int_equal(strtoul(found, NULL, 10), length);
	free(found);
	store_close(theirs);
	folder_close(drive);
	free(log);
}

/* As long as an operation may be: in the queue it stands twice, with what takes it back. */
static void the_longest_operation_is_queued_and_shared(void **state)
{
	(void)state;
	size_t length = LOG_TEXT_LIMIT - 4096;
	char *large = text_of_length(length);
	store_close(test_replica("ours.db"));
	struct store *ours = replica_reopen("ours.db");
	struct operation *op = operation_new();
	add_row(op, "plan", "code", "p", "title", large, NULL);
	assert_int_equal(test_commit(ours, op), 0);
	assert_int_equal(replica_counts(ours).waiting, 1);
	if (getenv("NUCLEO_SEEDS"))
		exchange_large(ours, length);
	store_close(ours);
	free(large);
}

static struct operation *many_plans(const char *words)
{
	struct operation *op = operation_new();
	operation_set_words(op, "%s", words);
	for (int i = 0; i < 3000; i++) {
		char code[40];
		snprintf(code, sizeof(code), "%s %d", words, i);
		add_row(op, "plan", "code", code, NULL);
	}
	return op;
}

static void change_title(struct operation *op, const struct group *group, const char *was,
			 const char *now)
{
	operation_change(op, "commitment", group->c1, "title", value_text(was), value_text(now));
}

/* Two imports in the queue: whether the second follows the first must not take each edit of one
 * with each of the other, which would be minutes. */
static void long_operations_are_parked(void **state)
{
	(void)state;
	struct memory_drive *memory = memory_drive_new();
	struct drive *drive = memory_drive_drive(memory);
	store_close(test_replica("one.db"));
	store_close(test_replica("two.db"));
	struct store *one = replica_reopen("one.db"), *two = replica_reopen("two.db");
	struct group group = test_group(one);
	assert_int_equal(run_rounds(one, drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(two, drive).condition, SHARE_FINE);
	struct operation *op = operation_new();
	change_title(op, &group, NULL, "uno");
	test_commit(one, op);
	op = many_plans("primera");
	change_title(op, &group, NULL, "dos");
	test_commit(two, op);
	op = many_plans("segunda");
	change_title(op, &group, "dos", "tres");
	test_commit(two, op);
	test_commit(two, many_plans("tercera"));
	assert_int_equal(run_rounds(one, drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(two, drive).condition, SHARE_FINE);
	assert_int_equal(replica_counts(two).parked, 2);
	assert_int_equal(replica_counts(two).waiting, 0);
	store_close(one);
	store_close(two);
	memory_drive_free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_log_comes_in_pieces),
		cmocka_unit_test(long_operations_are_parked),
		cmocka_unit_test(the_longest_operation_is_queued_and_shared),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
