/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was changed elsewhere while a database is looked at. */
#include "store/replica_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/store/arrivals.h"
#include "sync/memory_drive.h"

static bool has_key(const struct arrivals_news *news, int64_t key)
{
	for (size_t i = 0; i < news->keys.count; i++)
		if (news->keys.items[i] == key)
			return true;
	return false;
}

static struct arrivals_news look(struct arrivals *arrivals, struct store *store)
{
	struct arrivals_news news;
	assert_done(arrivals_take(arrivals, store, &news, err));
	for (size_t i = 1; i < news.keys.count; i++)
		assert_true(news.keys.items[i - 1] < news.keys.items[i]);
	return news;
}

static void expect_count(struct arrivals *arrivals, struct store *store, int64_t count)
{
	struct arrivals_news news = look(arrivals, store);
	assert_int_equal(news.count, count);
	arrivals_news_release(&news);
}

static struct operation *rename_meeting(const struct group *group, const char *was, const char *now)
{
	struct operation *operation = operation_new();
	operation_set_words(operation, "lugar: %s", now);
	operation_change(operation, "meeting", group->meeting, "place", value_text(was),
			 value_text(now));
	return operation;
}

static void only_what_others_did_arrives(void **state)
{
	struct store *mine = test_create("a.db");
	struct group group = test_group(mine);
	struct store *theirs = test_open("a.db");
	struct arrivals arrivals = {0};
	(void)state;
	char *place = test_query("a.db", "SELECT place FROM meeting");
	const char *was = *place ? place : NULL;
	store_set_person(theirs, "AME", NULL);
	assert_done(arrivals_begin(&arrivals, mine, err));
	expect_count(&arrivals, mine, 0);
	test_commit(mine, rename_meeting(&group, was, "Sala 1"));
	expect_count(&arrivals, mine, 0);
	test_commit(theirs, rename_meeting(&group, "Sala 1", "Sala 2"));
	test_commit(mine, rename_meeting(&group, "Sala 2", "Sala 3"));
	struct arrivals_news news = look(&arrivals, mine);
	assert_int_equal(news.count, 1);
	assert_string_equal(news.by, "AME");
	assert_string_equal(news.words, "lugar: Sala 2");
	assert_int_equal(news.keys.count, 1);
	assert_true(has_key(&news, group.meeting));
	arrivals_news_release(&news);
	expect_count(&arrivals, mine, 0);
	arrivals_release(&arrivals);
	free(place);
	store_close(theirs);
	store_close(mine);
}

/* A part marks what it is a part of: added, changed without naming it, and taken away. */
static void a_part_marks_its_record(void **state)
{
	struct store *mine = test_create("a.db");
	struct group group = test_group(mine);
	struct store *theirs = test_open("a.db");
	struct arrivals arrivals = {0};
	(void)state;
	assert_done(arrivals_begin(&arrivals, mine, err));
	struct operation *operation = operation_new();
	int64_t milestone = operation_insert(operation, "milestone");
	operation_field(operation, "commitment", value_key(group.c2));
	operation_field(operation, "number", value_integer(1));
	operation_field(operation, "title", value_text("Uno"));
	test_commit(theirs, operation);
	for (int i = 0; i < 3; i++) {
		struct arrivals_news news = look(&arrivals, mine);
		assert_int_equal(news.count, 1);
		assert_true(has_key(&news, milestone));
		assert_true(has_key(&news, group.c2));
		assert_int_equal(news.keys.count, 2);
		arrivals_news_release(&news);
		operation = operation_new();
		if (i == 0)
			operation_change(operation, "milestone", milestone, "title",
					 value_text("Uno"), value_text("Dos"));
		else
			operation_delete(operation, "milestone", milestone);
		if (i < 2)
			test_commit(theirs, operation);
		else
			operation_free(operation);
	}
	arrivals_release(&arrivals);
	store_close(theirs);
	store_close(mine);
}

/* Of another window of the same person: told at once, and not again when it gets its number. */
static void what_another_window_queued_arrives_once(void **state)
{
	struct store *mine = test_replica("replica.db"), *window = replica_reopen("replica.db");
	struct arrivals arrivals = {0};
	(void)state;
	commit_followup(mine, "De antes");
	assert_done(arrivals_begin(&arrivals, mine, err));
	expect_count(&arrivals, mine, 0);
	commit_followup(mine, "Propia");
	expect_count(&arrivals, mine, 0);
	commit_followup(window, "De la otra ventana");
	struct arrivals_news news = look(&arrivals, mine);
	assert_int_equal(news.count, 1);
	arrivals_news_release(&news);
	struct memory_drive *drive = memory_drive_new();
	(void)run_rounds(mine, memory_drive_drive(drive));
	assert_int_equal(replica_counts(mine).waiting, 0);
	expect_count(&arrivals, mine, 0);
	memory_drive_free(drive);
	arrivals_release(&arrivals);
	store_close(window);
	store_close(mine);
}

/* After a month away the last ones are told, and the count does not grow with the group. */
static void very_many_are_bounded(void **state)
{
	struct store *mine = test_create("a.db");
	struct group group = test_group(mine);
	struct store *theirs = test_open("a.db");
	struct arrivals arrivals = {0};
	char text[2][16] = {"", "x"};
	(void)state;
	char *place = test_query("a.db", "SELECT place FROM meeting");
	assert_done(arrivals_begin(&arrivals, mine, err));
	for (int i = 0; i < 100; i++) {
		snprintf(text[i % 2], sizeof(text[0]), "Sala %d", i);
		test_commit(theirs, rename_meeting(&group,
						   i	    ? text[(i + 1) % 2]
						   : *place ? place
							    : NULL,
						   text[i % 2]));
	}
	struct arrivals_news news = look(&arrivals, mine);
	assert_int_equal(news.count, 64);
	assert_string_equal(news.words, "lugar: Sala 99");
	arrivals_news_release(&news);
	expect_count(&arrivals, mine, 0);
	arrivals_release(&arrivals);
	free(place);
	store_close(theirs);
	store_close(mine);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(only_what_others_did_arrives),
		IN_A_FOLDER(a_part_marks_its_record),
		IN_A_FOLDER(what_another_window_queued_arrives_once),
		IN_A_FOLDER(very_many_are_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
