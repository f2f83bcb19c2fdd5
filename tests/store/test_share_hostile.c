/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/replica_test.h"

#include <inttypes.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/search.h"
#include "nucleo/sync/folder.h"

/*
 * Somebody writes into the log what no nucleo composes: whole and in its place in the chain, but
 * hostile. Two members read it, one operation by operation, the other all at once.
 */
struct forgery {
	struct drive *drive;
	struct log_head head; /* of the log */
	struct store *slow, *quick;
	struct group group;
	unsigned ids;
};

static int forgery_make(void **state)
{
	struct forgery *forgery = mem_alloc_zero(1, sizeof(*forgery));
	if (folder_make(state) != 0)
		return -1;
	char *log = folder_path("log"), *home = folder_path("state");
	setenv("XDG_STATE_HOME", home, 1);
	free(home);
	forgery->drive = folder_open(log);
	free(log);
	store_close(test_replica("slow.db"));
	replica_copy_files("slow.db", "quick.db");
	forgery->slow = replica_reopen("slow.db");
	forgery->quick = replica_reopen("quick.db");
	forgery->group = test_group(forgery->slow);
	assert_int_equal(run_rounds(forgery->slow, forgery->drive).condition, SHARE_FINE);
	forgery->head = replica_head(forgery->slow);
	*state = forgery;
	return 0;
}

static int forgery_remove(void **state)
{
	struct forgery *forgery = *state;
	store_close(forgery->slow);
	store_close(forgery->quick);
	folder_close(forgery->drive);
	free(forgery);
	return folder_remove(state);
}

/* What stands between the parent and the end of the text. */
static void publish_rest(struct forgery *forgery, const char *rest, size_t length)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "{\"op\":\"%032x\",\"parent\":\"%s\"", ++forgery->ids,
		    forgery->head.hash.hex);
	strbuf_add(&text, rest, length);
	forge_operation(forgery->drive, &forgery->head, text.data, text.length);
	strbuf_release(&text);
}

#define MEMBERS ",\"at\":\"2023-11-17T20:42:07Z\",\"by\":\"FCD\",\"host\":\"h\",\"program\":\"1.0\""
#define HEAD MEMBERS ",\"schema\":1,\"words\":\"w\",\"undoes\":null"

/* An operation with these edits. */
static void publish_edits(struct forgery *forgery, const char *edits)
{
	struct strbuf rest;
	strbuf_init(&rest);
	strbuf_addf(&rest, HEAD ",\"edits\":%s}", edits);
	publish_rest(forgery, rest.data, rest.length);
	strbuf_release(&rest);
}

static void publish_good(struct forgery *forgery)
{
	struct strbuf edits;
	strbuf_init(&edits);
	int number = (int)forgery->head.number;
	strbuf_addf(&edits, "[{\"table\":\"plan\",\"key\":%d,\"insert\":{\"code\":\"p%d\"}}]",
		    1000 + number, number);
	publish_edits(forgery, edits.data);
	strbuf_release(&edits);
}

static char *verdict_on(const char *replica, int64_t number)
{
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(&sql, "SELECT ifnull(refused, 'run') FROM history WHERE number = %" PRId64,
		    number);
	char *verdict = test_query(replica, sql.data);
	strbuf_release(&sql);
	return verdict;
}

#define INSERT(members) "[{\"table\":\"followup\",\"key\":77,\"insert\":{" members "}}]"
#define FOLLOWUP "\"code\":\"S-9\",\"description\":\"d\",\"kind\":\"task\",\"status\":\"open\""
#define SET(table, members, was) \
	"[{\"table\":\"" table "\",\"key\":77,\"set\":{" members "},\"was\":{" was "}}]"

/* Understood as an operation: kept by all, and without effect where the rules say so. */
static const struct {
	const char *edits, *verdict;
} edits_cases[] = {
	{"[]", "invalid"},
	{"[null]", "invalid"},
	{"[1]", "invalid"},
	{"[\"followup\"]", "invalid"},
	{"[[]]", "invalid"},
	{"[{}]", "invalid"},
	{"[{\"table\":\"followup\"}]", "invalid"},
	{"[{\"table\":7,\"key\":77,\"insert\":{" FOLLOWUP "}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":\"77\",\"insert\":{" FOLLOWUP "}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":0,\"insert\":{" FOLLOWUP "}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":-1,\"insert\":{" FOLLOWUP "}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":7.5,\"insert\":{" FOLLOWUP "}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":1e2,\"insert\":{" FOLLOWUP "}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":9007199254740992,\"insert\":{" FOLLOWUP "}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":99999999999999999999999,\"insert\":{" FOLLOWUP "}}]",
	 "invalid"},
	{"[{\"table\":\"followup\",\"key\":77,\"insert\":[]}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":77,\"set\":{}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":77,\"set\":{},\"was\":{}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":77,\"delete\":false,\"was\":{}}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":77,\"delete\":true}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":77,\"insert\":{" FOLLOWUP "},\"delete\":true}]", "invalid"},
	{"[{\"table\":\"followup\",\"key\":77,\"insert\":{" FOLLOWUP "},\"was\":{}}]", "invalid"},
	{INSERT(FOLLOWUP ",\"code\":\"S-10\""), "invalid"},
	{INSERT(FOLLOWUP ",\"key\":78"), "invalid"},
	{INSERT(FOLLOWUP ",\"rowid\":78"), "invalid"},
	{INSERT(FOLLOWUP ",\"nothing\":1"), "invalid"},
	{INSERT(FOLLOWUP ",\"a\\\" = 1; DROP TABLE plan; --\":1"), "invalid"},
	{INSERT(FOLLOWUP ",\"due\":{\"a\":1}"), "invalid"},
	{INSERT(FOLLOWUP ",\"due\":[1]"), "invalid"},
	{INSERT(FOLLOWUP ",\"due\":true"), "invalid"},
	{INSERT(FOLLOWUP ",\"carried\":99999999999999999999"), "invalid"},
	{INSERT(FOLLOWUP ",\"due_text\":\"\\ud800\""), "invalid"},
	{INSERT(FOLLOWUP ",\"carried\":1e999"), "refused"},
	{INSERT(FOLLOWUP ",\"carried\":\"mucho\""), "refused"},
	{INSERT(FOLLOWUP ",\"due\":\"2023-02-30\""), "refused"},
	{INSERT(FOLLOWUP ",\"due\":12"), "refused"},
	{INSERT(FOLLOWUP ",\"meeting\":4242"), "refused"},
	{INSERT("\"code\":\"S-9\""), "refused"},
	{INSERT("\"code\":null,\"description\":\"d\",\"kind\":\"task\",\"status\":\"open\""), "refused"},
	{"[{\"table\":\"FOLLOWUP\",\"key\":77,\"insert\":{" FOLLOWUP "}}]", "invalid"},
	{"[{\"table\":\"follow\",\"key\":77,\"insert\":{" FOLLOWUP "}}]", "invalid"},
	{"[{\"table\":\"history\",\"key\":77,\"insert\":{\"op\":\"x\"}}]", "invalid"},
	{"[{\"table\":\"history\",\"key\":1,\"delete\":true,\"was\":{}}]", "invalid"},
	{SET("history", "\"words\":\"x\"", "\"words\":\"w\""), "invalid"},
	{SET("pending", "\"parked\":\"x\"", "\"parked\":null"), "invalid"},
	{SET("local_state", "\"value\":\"x\"", "\"value\":\"0\""), "invalid"},
	{"[{\"table\":\"pending\",\"key\":1,\"delete\":true,\"was\":{}}]", "invalid"},
	{SET("sqlite_schema", "\"sql\":\"x\"", "\"sql\":\"\""), "invalid"},
	{SET("sqlite_master", "\"sql\":\"x\"", "\"sql\":\"\""), "invalid"},
	{SET("pragma_table_info", "\"name\":\"x\"", "\"name\":\"\""), "invalid"},
	{SET("main.plan", "\"title\":\"x\"", "\"title\":null"), "invalid"},
	{SET("plan\\\"; DROP TABLE plan; --", "\"title\":\"x\"", "\"title\":null"), "invalid"},
	{SET("plan", "\"title\":\"x\"", "\"title\":null"), "conflict"},
	{SET("plan", "\"title\":\"x\"", "\"ends\":null"), "invalid"},
	{"[{\"table\":\"plan\",\"key\":77,\"delete\":true,\"was\":{}}]", "conflict"},
	/* The first edit is sound, the second is not: nothing of either. */
	{"[{\"table\":\"plan\",\"key\":77,\"insert\":{\"code\":\"p77\"}},{}]", "invalid"},
	{"[{\"table\":\"plan\",\"key\":77,\"insert\":{\"code\":\"p77\"}},"
	 "{\"table\":\"plan\",\"key\":78,\"insert\":{\"code\":\"p77\"}}]",
	 "refused"},
	/* Odd, but what an operation may say. */
	{"[{\"table\":\"plan\",\"key\":9007199254740991,\"insert\":{\"code\":\"p-max\"}}]", "run"},
	{"[{\"table\":\"plan\",\"key\":79,\"insert\":{\"code\":\"p79\",\"title\":\"\\u0001\\n\"},"
	 "\"also\":{}}]",
	 "run"},
	{INSERT("\"code\":\"S-2023-?\",\"description\":\"S-2023-?\",\"kind\":\"task\",\"status\":\"open\""),
	 "run"},
};

static void assert_searchable(struct search *search)
{
	struct search_progress progress = {.is_ready = false};
	for (int i = 0; i < 1000 && !progress.is_ready; i++)
		assert_done(search_prepare(search, &progress, err));
	assert_true(progress.is_ready);
}

static void what_is_no_edit_is_kept_and_changes_nothing(void **state)
{
	struct forgery *forgery = *state;
	struct search *search = search_new(forgery->slow);
	assert_searchable(search);
	for (size_t i = 0; i < ARRAY_COUNT(edits_cases); i++) {
		publish_edits(forgery, edits_cases[i].edits);
		struct share_report report = run_rounds(forgery->slow, forgery->drive);
		if (report.condition != SHARE_FINE)
			fail_msg("%s: %s", edits_cases[i].edits, report.reason);
	}
	assert_int_equal(run_rounds(forgery->quick, forgery->drive).condition, SHARE_FINE);
	for (size_t i = 0; i < ARRAY_COUNT(edits_cases); i++) {
		char *slow = verdict_on("slow.db", (int64_t)i + 2);
		char *quick = verdict_on("quick.db", (int64_t)i + 2);
		if (strcmp(slow, edits_cases[i].verdict) != 0)
			fail_msg("%s: %s", edits_cases[i].edits, slow);
		assert_string_equal(quick, slow);
		free(slow);
		free(quick);
	}
	assert_string_equal(replica_digest(forgery->slow).hex, replica_digest(forgery->quick).hex);
	assert_sound(forgery->slow);
	assert_sound(forgery->quick);
	assert_searchable(search);
	/* All of it can come back into the queue, and in again. */
	assert_done(replica_rewind(forgery->slow, 1, err));
	assert_sound(forgery->slow);
	assert_searchable(search);
	assert_int_equal(run_rounds(forgery->slow, forgery->drive).condition, SHARE_FINE);
	assert_string_equal(replica_digest(forgery->slow).hex, replica_digest(forgery->quick).hex);
	assert_int_equal(replica_counts(forgery->slow).parked, 0);
	assert_searchable(search);
	search_free(search);
}

#define EDITS ",\"edits\":[{\"table\":\"plan\",\"key\":77,\"insert\":{\"code\":\"x\"}}]}"

/* Not understood at all: nothing after it can be read, and all before it is kept. */
static const struct {
	const char *rest;
	enum share_condition condition;
} head_cases[] = {
	{"", SHARE_DAMAGED},
	{"}", SHARE_DAMAGED},
	{",", SHARE_DAMAGED},
	{HEAD "}", SHARE_DAMAGED},
	{HEAD ",\"edits\":{}}", SHARE_DAMAGED},
	{HEAD ",\"edits\":null}", SHARE_DAMAGED},
	{HEAD EDITS "}", SHARE_DAMAGED},
	{HEAD EDITS " {}", SHARE_DAMAGED},
	{MEMBERS ",\"words\":\"w\"" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"words\":\"w\",\"schema\":\"1\"" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"words\":\"w\",\"schema\":1.0" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"words\":7,\"schema\":1" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"schema\":1" EDITS, SHARE_DAMAGED},
	{",\"by\":\"FCD\",\"host\":\"h\",\"words\":\"w\",\"schema\":1" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"words\":\"\xff\",\"schema\":1" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"words\":\"\xc0\xaf\",\"schema\":1" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"words\":\"\xed\xa0\x80\",\"schema\":1" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"words\":\"\\u0000\",\"schema\":1" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"words\":\"w\",\"schema\":1" EDITS "\n", SHARE_FINE},
	{MEMBERS ",\"words\":\"w\",\"schema\":1,\"undoes\":7" EDITS, SHARE_FINE},
	{MEMBERS ",\"words\":\"w\",\"schema\":1,\"undoes\":{\"a\":[1e999]}" EDITS, SHARE_FINE},
	{MEMBERS ",\"words\":\"w\",\"schema\":1,\"undoes\":true" EDITS, SHARE_FINE},
	{MEMBERS ",\"words\":\"w\",\"schema\":-9223372036854775808" EDITS, SHARE_DAMAGED},
	{MEMBERS ",\"words\":\"w\",\"schema\":1,\"op\":\"0\",\"parent\":7" EDITS, SHARE_FINE},
	{MEMBERS ",\"words\":\"\",\"schema\":1,\"at\":7,\"at\":\"\"" EDITS, SHARE_FINE},
	{MEMBERS ",\"words\":\"w\",\"schema\":999" EDITS, SHARE_NEWER},
	{MEMBERS ",\"words\":\"w\",\"schema\":99999999999999999999999" EDITS, SHARE_NEWER},
};

static void stops_at(struct forgery *forgery, struct store *replica,
		     enum share_condition condition, size_t which)
{
	struct share_report report = run_rounds(replica, forgery->drive);
	if (report.condition != condition)
		fail_msg("%s: %d, %s", head_cases[which].rest, (int)report.condition,
			 report.reason);
	assert_int_equal(report.condition == SHARE_FINE, report.reason[0] == '\0');
	if (condition == SHARE_FINE)
		return;
	/* What came before it is there, and what is ours waits. */
	assert_int_equal(replica_head(replica).number, 3);
	assert_int_equal(replica_counts(replica).waiting, 1);
	assert_int_equal(replica_counts(replica).parked, 0);
	assert_sound(replica);
}

static void what_is_no_operation_stops_all_and_loses_nothing(void **state)
{
	for (size_t i = 0; i < ARRAY_COUNT(head_cases); i++) {
		assert_int_equal(forgery_make(state), 0);
		struct forgery *forgery = *state;
		publish_good(forgery);
		publish_good(forgery);
		publish_rest(forgery, head_cases[i].rest, strlen(head_cases[i].rest));
		commit_followup(forgery->quick, "espera");
		stops_at(forgery, forgery->quick, head_cases[i].condition, i);
		/* Each time anew, and nothing grows. */
		stops_at(forgery, forgery->quick, head_cases[i].condition, i);
		assert_int_equal(forgery_remove(state), 0);
	}
}

/* A zero byte, which no table above can hold. */
static void a_zero_byte_stops_all(void **state)
{
	static const char rest[] = MEMBERS ",\"words\":\"\0\",\"schema\":1" EDITS;
	struct forgery *forgery = *state;
	publish_good(forgery);
	publish_good(forgery);
	publish_rest(forgery, rest, sizeof(rest) - 1);
	commit_followup(forgery->quick, "espera");
	stops_at(forgery, forgery->quick, SHARE_DAMAGED, 0);
}

static void an_operation_that_comes_twice_stops_all(void **state)
{
	struct forgery *forgery = *state;
	publish_good(forgery);
	publish_good(forgery);
	forgery->ids--;
	publish_good(forgery);
	commit_followup(forgery->quick, "espera");
	stops_at(forgery, forgery->quick, SHARE_DAMAGED, 0);
}

/*
 * Sealed under the right number, but with another parent: a server lost the one before it, and
 * somebody took that number.
 */
static void a_chain_that_does_not_go_on_stops_all(void **state)
{
	struct forgery *forgery = *state;
	publish_good(forgery);
	struct log_head before = forgery->head;
	publish_good(forgery);
	publish_good(forgery);
	char *lost = folder_path("log/00000/000000000003.json");
	char *later = folder_path("log/00000/000000000004.json"), *away = folder_path("away");
	assert_int_equal(unlink(lost), 0);
	forgery->head = before;
	forgery->ids += 5;
	/* No nucleo publishes into a gap. */
	assert_int_equal(rename(later, away), 0);
	publish_edits(forgery, INSERT(FOLLOWUP));
	assert_int_equal(rename(away, later), 0);
	free(lost);
	free(later);
	free(away);
	int files = files_in_folder();
	commit_followup(forgery->quick, "espera");
	stops_at(forgery, forgery->quick, SHARE_DAMAGED, 0);
	stops_at(forgery, forgery->quick, SHARE_DAMAGED, 0);
	assert_int_equal(files_in_folder(), files);
}

int main(void)
{
#define FORGED(test) cmocka_unit_test_setup_teardown(test, forgery_make, forgery_remove)
	const struct CMUnitTest tests[] = {
		FORGED(what_is_no_edit_is_kept_and_changes_nothing),
		cmocka_unit_test(what_is_no_operation_stops_all_and_loses_nothing),
		FORGED(a_zero_byte_stops_all),
		FORGED(an_operation_that_comes_twice_stops_all),
		FORGED(a_chain_that_does_not_go_on_stops_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
