/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/records.h"

static struct record_set load(struct store *store, enum record_kind_id kind,
			      struct list_query query)
{
	struct record_set set;
	assert_done(record_set_load(&set, store, kind, &query, err));
	return set;
}

static int64_t report(struct operation *op, int64_t commitment, int64_t milestone,
		      const char *as_of, percent_hundredths percent)
{
	int64_t key = add_row(op, "progress", "as_of", as_of, NULL);
	operation_field(op, "commitment", value_key(commitment));
	operation_field(op, "milestone", value_key(milestone));
	operation_field(op, "percent", value_percent(percent));
	return key;
}

static int64_t milestone(struct operation *op, int64_t commitment, int number, const char *starts,
			 const char *ends)
{
	int64_t key = add_row(op, "milestone", "starts", starts, "ends", ends, NULL);
	operation_field(op, "commitment", value_key(commitment));
	operation_field(op, "number", value_integer(number));
	return key;
}

static void party(struct operation *op, int64_t commitment, int64_t organization, const char *role,
		  int rank)
{
	add_row(op, "commitment_party", "role", role, NULL);
	operation_field(op, "commitment", value_key(commitment));
	operation_field(op, "organization", value_key(organization));
	operation_field(op, "rank", value_integer(rank));
}

static void commitments_show_their_latest_figure(void **state)
{
	(void)state;
	struct store *store = test_create("commitments.db");
	struct group group = test_group(store);
	struct operation *op = operation_new();
	report(op, group.c1, 0, "2023-05-31", 1000);
	report(op, group.c1, 0, "2023-11-17", 3850);
	report(op, group.c1, 0, "2023-12-01", PERCENT_NONE);
	party(op, group.c1, group.fcd, "lead", 2);
	party(op, group.c1, group.ame, "lead", 1);
	party(op, group.c1, group.cne, "support", 1);
	add_row(op, "blocker", "reason", "cambio de autoridades", "since", "2023-06-01", NULL);
	operation_field(op, "commitment", value_key(group.c1));
	add_row(op, "blocker", "reason", "ya pasó", "until", "2023-11-17", NULL);
	operation_field(op, "commitment", value_key(group.c2));
	test_commit(store, op);
	struct record_set set = load(store, RECORD_COMMITMENT, (struct list_query){0});
	assert_int_equal(set.count, 3);
	const struct commitment *c1 = record_set_at(&set, 0), *c2 = record_set_at(&set, 1);
	const struct commitment *c10 = record_set_at(&set, 2);
	assert_string_equal(c1->code, "C1");
	assert_string_equal(c10->code, "C10");
	assert_string_equal(c1->plan, "paga2");
	assert_string_equal(c1->lead, "AME\nFCD");
	assert_string_equal(c1->support, "CNE");
	assert_int_equal(c1->percent, 3850);
	assert_int_equal(c1->as_of, test_today());
	assert_int_equal(c1->previous_percent, 1000);
	assert_int_equal(c1->ends, date_from_civil(2024, 12, 31));
	assert_int_equal(c1->milestone_expected, PERCENT_NONE);
	assert_int_equal(c1->pace, PACE_BEHIND);
	assert_string_equal(c1->blocker, "cambio de autoridades");
	assert_true(c1->blocked);
	assert_false(c2->blocked);
	assert_int_equal(c2->percent, PERCENT_NONE);
	assert_int_equal(c2->pace, PACE_UNKNOWN);
	record_set_release(&set);
	store_close(store);
}

/* Of four milestones one reports twice and one says nothing yet: (100 + 50 + 0 + 0) / 4. */
static void milestones_give_the_figure_when_the_commitment_has_none(void **state)
{
	(void)state;
	struct store *store = test_create("milestones.db");
	struct group group = test_group(store);
	struct operation *op = operation_new();
	int64_t first = milestone(op, group.c1, 1, "2023-01-01", "2023-02-01");
	int64_t second = milestone(op, group.c1, 2, "2023-01-01", "2023-12-31");
	int64_t third = milestone(op, group.c1, 3, "2024-01-01", "2024-02-01");
	milestone(op, group.c1, 4, "2023-07-02", "2023-07-02");
	report(op, group.c1, first, "2023-03-01", 10000);
	report(op, group.c1, second, "2023-04-01", 2000);
	report(op, group.c1, second, "2023-07-02", 5000);
	report(op, group.c1, second, "2023-07-02", 5000);
	report(op, group.c1, second, "2023-09-01", PERCENT_NONE);
	report(op, group.c1, third, "2023-10-01", PERCENT_NONE);
	test_commit(store, op);
	struct record_set set =
		load(store, RECORD_COMMITMENT, (struct list_query){.key = group.c1});
	assert_int_equal(set.count, 1);
	const struct commitment *c1 = record_set_at(&set, 0);
	assert_int_equal(c1->percent, 3750);
	assert_int_equal(c1->previous_percent, PERCENT_NONE);
	assert_int_equal(c1->as_of, date_from_civil(2023, 7, 2));
	/* 1, half (182 of 364 days), 0 and, on its only day, 0: as elapsed_share() has it. */
	assert_int_equal(c1->milestone_expected, 3750);
	record_set_release(&set);
	set = load(store, RECORD_MILESTONE, (struct list_query){.commitment = group.c1});
	assert_int_equal(set.count, 4);
	const struct milestone *m2 = record_set_at(&set, 1), *m3 = record_set_at(&set, 2);
	assert_int_equal(m2->number, 2);
	assert_int_equal(m2->percent, 5000);
	assert_int_equal(m3->percent, PERCENT_NONE);
	record_set_release(&set);
	op = operation_new();
	milestone(op, group.c1, 5, "2023-07-02", NULL);
	test_commit(store, op);
	set = load(store, RECORD_COMMITMENT, (struct list_query){.key = group.c1});
	c1 = record_set_at(&set, 0);
	assert_int_equal(c1->milestone_expected, PERCENT_NONE);
	assert_int_equal(c1->percent, 3000);
	record_set_release(&set);
	store_close(store);
}

/* What one report says of a commitment, and where it comes from. */
struct said {
	const char *as_of, *reporter;
	int64_t meeting;
	int rank;
};

static int64_t say(struct operation *op, int64_t commitment, const struct said *said,
		   percent_hundredths percent)
{
	int64_t key = report(op, commitment, 0, said->as_of, percent);
	operation_field(op, "reporter", value_text(said->reporter));
	operation_field(op, "meeting", value_key(said->meeting));
	operation_field(op, "rank", value_integer(said->rank));
	return key;
}

/* The later day, then the group before the entity, the later meeting, the last word in it. */
static void of_reports_alike_one_is_believed(void **state)
{
	(void)state;
	struct store *store = test_create("believed.db");
	struct group group = test_group(store);
	struct operation *op = operation_new();
	int64_t late = add_row(op, "meeting", "number", "AM-2023-12", "date", "2023-12-15",
			       "status", "closed", NULL);
	test_commit(store, op);
	const struct said better_and_worse[][2] = {
		{{"2023-06-02", NULL, 0, 0}, {"2023-06-01", "group", late, 9}},
		{{"2023-06-02", "group", 0, 0}, {"2023-06-02", "entity", late, 9}},
		{{"2023-06-02", "entity", 0, 0}, {"2023-06-02", "counterpart", late, 9}},
		{{"2023-06-02", "counterpart", 0, 0}, {"2023-06-02", NULL, late, 9}},
		{{"2023-06-02", NULL, late, 0}, {"2023-06-02", NULL, group.meeting, 9}},
		{{"2023-06-02", NULL, group.meeting, 0}, {"2023-06-02", NULL, 0, 9}},
		{{"2023-06-02", NULL, 0, 10}, {"2023-06-02", NULL, 0, 9}},
	};
	for (size_t i = 0; i < ARRAY_COUNT(better_and_worse); i++) {
		op = operation_new();
		int64_t before = say(op, group.c1, &better_and_worse[i][1], 1000);
		int64_t right = say(op, group.c1, &better_and_worse[i][0], 6000);
		int64_t after = say(op, group.c1, &better_and_worse[i][1], 2000);
		test_commit(store, op);
		struct record_set set =
			load(store, RECORD_COMMITMENT, (struct list_query){.key = group.c1});
		if (((const struct commitment *)record_set_at(&set, 0))->percent != 6000)
			fail_msg("pair %zu", i);
		record_set_release(&set);
		op = operation_new();
		operation_delete(op, "progress", before);
		operation_delete(op, "progress", right);
		operation_delete(op, "progress", after);
		test_commit(store, op);
	}
	store_close(store);
}

static void meetings_agenda_and_resolutions(void **state)
{
	(void)state;
	struct store *store = test_create("meetings.db");
	struct group group = test_group(store);
	struct operation *op = operation_new();
	add_row(op, "meeting", "number", "AM-2023-04", "date", "2023-08-01", "status", "closed",
		NULL);
	int64_t early =
		add_row(op, "entry", "kind", "note", "text", "Antes del primer punto.", NULL);
	operation_field(op, "meeting", value_key(group.meeting));
	operation_field(op, "rank", value_integer(0));
	int64_t decision = add_row(op, "entry", "kind", "decision", "decision_kind", "consensus",
				   "decision_number", "R-2023-05-?", "text", "Se aprueba.", NULL);
	operation_field(op, "meeting", value_key(group.meeting));
	operation_field(op, "agenda_item", value_key(group.item2));
	operation_field(op, "rank", value_integer(2));
	test_commit(store, op);
	struct record_set set = load(store, RECORD_MEETING, (struct list_query){0});
	const struct meeting *newest = record_set_at(&set, 0), *older = record_set_at(&set, 1);
	assert_string_equal(newest->number, "AM-2023-05");
	assert_string_equal(older->number, "AM-2023-04");
	assert_int_equal(newest->item_count, 2);
	assert_int_equal(newest->starts, 15 * 60);
	assert_int_equal(newest->status, MEETING_CLOSED);
	record_set_release(&set);
	set = load(store, RECORD_AGENDA, (struct list_query){.meeting = group.meeting});
	const struct agenda_item *sub = record_set_at(&set, 2);
	assert_int_equal(set.count, 3);
	assert_string_equal(sub->label, "2.a");
	assert_string_equal(sub->parent, "2");
	assert_int_equal(sub->parent_key, group.item2);
	record_set_release(&set);
	set = load(store, RECORD_RESOLUTION, (struct list_query){.meeting = group.meeting});
	const struct resolution *first = record_set_at(&set, 0), *last = record_set_at(&set, 2);
	assert_int_equal(set.count, 3);
	assert_string_equal(first->id, "AM-2023-05/-#1");
	assert_int_equal(first->key, early);
	assert_string_equal(last->id, "AM-2023-05/2#2");
	assert_string_equal(last->decision_number, "R-2023-05-01");
	assert_int_equal(last->key, decision);
	record_set_release(&set);
	store_close(store);
}

static int64_t followup(struct operation *op, const char *code, const char *status, const char *due)
{
	return add_row(op, "followup", "code", code, "description", "Enviar el informe técnico",
		       "kind", "task", "status", status, "due", due, NULL);
}

struct ids {
	struct strbuf text;
	int stop_after;
	char *sort;
	int64_t key;
};

static bool note_followup(void *context, const void *row)
{
	struct ids *ids = context;
	const struct followup *followup = row;
	strbuf_addf(&ids->text, "%s ", followup->id);
	free(ids->sort);
	ids->sort = mem_strdup(followup->sort);
	ids->key = followup->key;
	return --ids->stop_after != 0;
}

/* Page by page, whatever the size of the page, the list is the same both ways. */
static void assert_pages(struct store *store, enum list_direction direction, int64_t limit,
			 const char *expected)
{
	struct ids ids = {0};
	struct list_anchor anchor;
	struct list_query query = {.direction = direction, .limit = limit};
	size_t before;
	strbuf_init(&ids.text);
	do {
		char *sort = ids.sort;
		anchor = (struct list_anchor){sort, ids.key};
		query.from = sort ? &anchor : NULL;
		ids.sort = NULL;
		before = ids.text.length;
		assert_done(store_list(store, RECORD_FOLLOWUP, &query, note_followup, &ids, err));
		free(sort);
	} while (ids.text.length > before);
	assert_string_equal(ids.text.data, expected);
	strbuf_release(&ids.text);
}

static void followups_are_paged_by_urgency(void **state)
{
	(void)state;
	struct store *store = test_create("followups.db");
	struct operation *op = operation_new();
	test_group(store);
	followup(op, "done", "done", "2023-01-01");
	followup(op, "undated", "open", NULL);
	followup(op, "later", "open", "2024-05-01");
	followup(op, "overdue", "in_progress", "2023-11-16");
	followup(op, "today", "proposed", "2023-11-17");
	test_commit(store, op);
	for (int64_t limit = 1; limit < 7; limit++) {
		assert_pages(store, LIST_FORWARD, limit, "overdue today later undated done ");
		assert_pages(store, LIST_BACKWARD, limit, "done undated later today overdue ");
	}
	struct record_set set = load(store, RECORD_FOLLOWUP, (struct list_query){.limit = 2});
	const struct followup *overdue = record_set_at(&set, 0),
			      *due_today = record_set_at(&set, 1);
	assert_true(overdue->overdue);
	assert_false(due_today->overdue);
	record_set_release(&set);
	store_close(store);
}

/* Of one day, without a day, and finished, where the last is the first. */
static void codes_of_followups_are_in_the_order_they_count(void **state)
{
	static const struct {
		const char *status, *due, *codes[4];
	} segments[] = {
		{"open", "2024-01-31", {"S-2022-1001", "S-2023-101", "S-2023-999", "S-2023-1000"}},
		{"open", NULL, {"S-2022-1002", "S-2023-102", "S-2023-998", "S-2023-1001"}},
		{"done", NULL, {"S-2023-1002", "S-2023-997", "S-2023-103", "S-2022-1003"}},
	};
	struct strbuf forward, backward;
	(void)state;
	struct store *store = test_create("order.db");
	struct operation *op = operation_new();
	strbuf_init(&forward);
	strbuf_init(&backward);
	for (size_t i = 0; i < ARRAY_COUNT(segments); i++)
		for (size_t j = 0; j < 4; j++) {
			const char *code = segments[i].codes[j];
			followup(op, code, segments[i].status, segments[i].due);
			strbuf_addf(&forward, "%s ", code);
		}
	for (size_t i = ARRAY_COUNT(segments); i-- > 0;)
		for (size_t j = 4; j-- > 0;)
			strbuf_addf(&backward, "%s ", segments[i].codes[j]);
	test_commit(store, op);
	for (int64_t limit = 1; limit < 6; limit++) {
		assert_pages(store, LIST_FORWARD, limit, forward.data);
		assert_pages(store, LIST_BACKWARD, limit, backward.data);
	}
	strbuf_release(&forward);
	strbuf_release(&backward);
	store_close(store);
}

struct nested {
	struct store *store;
	int rows;
};

static bool count_nested(void *context, const void *row)
{
	struct nested *nested = context;
	struct record_set set;
	(void)row;
	assert_done(record_set_load(&set, nested->store, RECORD_COMMITMENT, &(struct list_query){0},
				    err));
	nested->rows += (int)set.count;
	record_set_release(&set);
	return true;
}

/* A list read while the same list is being visited: neither disturbs the other. */
static void lists_are_read_within_lists(void **state)
{
	(void)state;
	struct nested nested = {.store = test_create("nested.db")};
	test_group(nested.store);
	assert_done(store_list(nested.store, RECORD_COMMITMENT, &(struct list_query){0},
			       count_nested, &nested, err));
	assert_int_equal(nested.rows, 9);
	store_close(nested.store);
}

static void codes_count_and_are_found(void **state)
{
	(void)state;
	int64_t key;
	struct error refusal;
	struct store *store = test_create("codes.db");
	struct group group = test_group(store);
	struct operation *op = operation_new();
	followup(op, "S-2023-009", "open", NULL);
	test_commit(store, op);
	op = operation_new();
	followup(op, "S-2023-?", "open", NULL);
	int64_t second = followup(op, "S-2023-?", "open", NULL);
	followup(op, "S-2022-?", "open", NULL);
	test_commit(store, op);
	assert_done(store_find(store, RECORD_FOLLOWUP, "s-2023-011", &key, err));
	assert_int_equal(key, second);
	assert_done(store_find(store, RECORD_FOLLOWUP, "S-2022-001", &key, err));
	assert_done(store_find(store, RECORD_COMMITMENT, "C2", &key, err));
	assert_int_equal(key, group.c2);
	assert_done(store_find(store, RECORD_MEETING, "am-2023-05", &key, err));
	assert_done(store_find(store, RECORD_AGENDA, "AM-2023-05/2.a", &key, err));
	assert_int_equal(key, group.item2a);
	assert_done(store_find(store, RECORD_RESOLUTION, "AM-2023-05/2#1", &key, err));
	assert_int_equal(key, group.entry);
	assert_done(store_find(store, RECORD_ORGANIZATION, "fcd", &key, err));
	assert_int_equal(key, group.fcd);
	assert_done(store_find(store, RECORD_HISTORY, "3", &key, err));
	assert_int_equal(key, 3);
	assert_int_equal(store_find(store, RECORD_COMMITMENT, "C99", &key, &refusal), RC_NOT_FOUND);
	op = operation_new();
	int64_t plan = add_row(op, "plan", "code", "paga1", NULL);
	int64_t other = add_row(op, "commitment", "code", "C2", "sort", "paga1/c000002", NULL);
	operation_field(op, "plan", value_key(plan));
	int64_t linked = followup(op, "S-2023-?", "open", NULL);
	operation_field(op, "commitment", value_key(group.c2));
	test_commit(store, op);
	assert_int_equal(store_find(store, RECORD_COMMITMENT, "C2", &key, &refusal), RC_INVALID);
	assert_non_null(strstr(refusal.text, "paga1/C2, paga2/C2"));
	assert_done(store_find(store, RECORD_COMMITMENT, "paga1/c2", &key, err));
	assert_int_equal(key, other);
	struct record_set set = load(store, RECORD_FOLLOWUP, (struct list_query){.key = linked});
	assert_string_equal(((const struct followup *)record_set_at(&set, 0))->commitment,
			    "paga2/C2");
	record_set_release(&set);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commitments_show_their_latest_figure),
		cmocka_unit_test(milestones_give_the_figure_when_the_commitment_has_none),
		cmocka_unit_test(of_reports_alike_one_is_believed),
		cmocka_unit_test(meetings_agenda_and_resolutions),
		cmocka_unit_test(followups_are_paged_by_urgency),
		cmocka_unit_test(codes_of_followups_are_in_the_order_they_count),
		cmocka_unit_test(lists_are_read_within_lists),
		cmocka_unit_test(codes_count_and_are_found),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
