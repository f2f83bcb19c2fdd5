/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/records.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/counts.h"
#include "nucleo/store/list_sql.h"

/* Work is counted in steps of SQLite's virtual machine, which no slow machine changes. */
#define ROWS "100000"
#define PAGE 50
/* A row of a list takes some 100 to 200 steps; reading past 100 000 rows takes 300 000 or more. */
#define PAGE_STEPS 20000

struct place {
	char *sort;
	int64_t key;
	int count;
};

static bool note_place(void *context, const void *row)
{
	struct place *place = context;
	const struct followup *head = row; /* all kinds begin with key and sort */
	free(place->sort);
	place->sort = mem_strdup(head->sort);
	place->key = head->key;
	place->count++;
	return true;
}

static int64_t steps_taken(struct store *store, bool reset)
{
	int64_t steps = 0;
	for (size_t i = 0; i < STORE_CACHE_SIZE; i++)
		if (store->cache[i].stmt)
			steps += sqlite3_stmt_status(store->cache[i].stmt,
						     SQLITE_STMTSTATUS_VM_STEP, reset);
	return steps;
}

/* The rows after a place, and what reading them cost. */
static struct place page(struct store *store, enum record_kind_id kind, struct list_query query,
			 int64_t *steps)
{
	struct place place = {0};
	query.limit = PAGE;
	steps_taken(store, true);
	assert_done(store_list(store, kind, &query, note_place, &place, err));
	*steps = steps_taken(store, false);
	return place;
}

static void assert_cheap_at(struct store *store, enum record_kind_id kind, const char *sort,
			    int64_t key)
{
	const struct list_anchor anchor = {sort, key};
	for (int direction = LIST_FORWARD; direction <= LIST_BACKWARD; direction++) {
		int64_t steps;
		struct list_query query = {.direction = (enum list_direction)direction,
					   .from = sort ? &anchor : NULL};
		struct place place = page(store, kind, query, &steps);
		assert_int_equal(place.count, PAGE);
		if (steps > PAGE_STEPS)
			fail_msg("%s at %s: %lld steps", record_kinds[kind].plural,
				 sort ? sort : "an end", (long long)steps);
		free(place.sort);
	}
}

/* A third of each: pending by due date, pending without one, finished. */
static const char followups[] =
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " ROWS ")"
	" INSERT INTO followup (key, code, description, kind, status, due)"
	" SELECT i, 'S-2023-' || i, 'Enviar el informe', 'task',"
	" iif(i % 3, 'open', 'done'), iif(i % 3 = 1, date('2000-01-01', (i / 10) || ' days'), NULL)"
	" FROM n";
static const char meetings[] =
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " ROWS ")"
	" INSERT INTO meeting (key, number, date, status)"
	" SELECT i, 'AM-' || i, date('1900-01-01', (i / 2) || ' days'), 'closed' FROM n";
static const char commitments[] =
	"INSERT INTO plan (key, code) VALUES (1, 'paga2');"
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " ROWS ")"
	" INSERT INTO commitment (key, plan, code, sort)"
	" SELECT i, 1, 'C' || i, printf('paga2/c%06d', i) FROM n";

static void a_page_of_followups_costs_the_same_everywhere(void **state)
{
	(void)state;
	struct followup_counts counts;
	store_close(test_create("followups.db"));
	test_sql("followups.db", followups);
	struct store *store = test_open("followups.db");
	assert_cheap_at(store, RECORD_FOLLOWUP, NULL, 0);
	assert_cheap_at(store, RECORD_FOLLOWUP, "12013-01-01", 50000);
	assert_cheap_at(store, RECORD_FOLLOWUP, "12027-01-01", 99000);
	assert_cheap_at(store, RECORD_FOLLOWUP, "2S-2023-LS-2023-50000", 50000);
	assert_cheap_at(store, RECORD_FOLLOWUP, "3S-2023-LS-2023-50001", 50001);
	assert_done(store_count_followups(store, &counts, err));
	assert_int_equal(counts.pending, 66667);
	assert_int_equal(counts.undated, 33333);
	assert_int_equal(counts.overdue, 29070);
	store_close(store);
}

/* Those of one record are found by it, not by walking past all the others. */
static void the_followups_of_one_record_are_found_directly(void **state)
{
	(void)state;
	const struct list_query of[] = {
		{.key = 7}, {.meeting = 7}, {.commitment = 7}, {.organization = 7}};
	struct store *store = test_open("followups.db");
	for (size_t i = 0; i < ARRAY_COUNT(of); i++) {
		int64_t steps;
		struct place place = page(store, RECORD_FOLLOWUP, of[i], &steps);
		assert_int_equal(place.count, of[i].key ? 1 : 0);
		if (steps > PAGE_STEPS)
			fail_msg("restriction %zu: %lld steps", i, (long long)steps);
		free(place.sort);
	}
	store_close(store);
}

static void a_page_of_meetings_costs_the_same_everywhere(void **state)
{
	(void)state;
	store_close(test_create("meetings.db"));
	test_sql("meetings.db", meetings);
	struct store *store = test_open("meetings.db");
	assert_cheap_at(store, RECORD_MEETING, NULL, 0);
	assert_cheap_at(store, RECORD_MEETING, "1968-06-15", 50000);
	store_close(store);
}

static void a_page_of_commitments_costs_the_same_everywhere(void **state)
{
	(void)state;
	store_close(test_create("commitments.db"));
	test_sql("commitments.db", commitments);
	struct store *store = test_open("commitments.db");
	assert_cheap_at(store, RECORD_COMMITMENT, NULL, 0);
	assert_cheap_at(store, RECORD_COMMITMENT, "1paga2/c050000", 50000);
	store_close(store);
}

/* The plan of a page: through an index, in its order, without sorting; where that is the order of
 * the lead alone, sorting only rows alike in it. */
static void assert_walks_index(struct store *store, enum record_kind_id kind, int segment,
			       const char *text, const char *index)
{
	const struct list_query wanted = {0};
	struct filter terms;
	struct list_filter filter;
	struct query query;
	struct strbuf sql, plan;
	strbuf_init(&sql);
	strbuf_init(&plan);
	strbuf_adds(&sql, "EXPLAIN QUERY PLAN ");
	assert_done(filter_parse(&terms, &record_kinds[kind], text, test_today(), err));
	assert_done(list_filter_init(&filter, store, kind, &terms, err));
	list_add_sql(&sql, &filter, segment, &wanted, false);
	query_begin_text(&query, store, sql.data);
	/* Lines of the outermost level; below them are sub-selects of a row. */
	while (query_next(&query))
		if (query_integer(&query, 1) == 0)
			strbuf_addf(&plan, "%s\n", query_text(&query, 3, NULL));
	assert_done(query_end(&query, err));
	const char *sorts = list_sources[kind].segments[segment].lead ? "TEMP B-TREE FOR ORDER BY"
								       : "TEMP B-TREE";
	if (!strstr(plan.data, index) || strstr(plan.data, sorts))
		fail_msg("%s", plan.data);
	list_filter_release(&filter);
	filter_release(&terms);
	strbuf_release(&plan);
	strbuf_release(&sql);
}

static void pages_walk_an_index(void **state)
{
	(void)state;
	struct store *store = test_create("plans.db");
	assert_walks_index(store, RECORD_FOLLOWUP, 0, "", "INDEX followup_pending_due");
	assert_walks_index(store, RECORD_FOLLOWUP, 1, "", "INDEX followup_pending_undated");
	assert_walks_index(store, RECORD_FOLLOWUP, 2, "", "INDEX followup_finished");
	/* A filter on what rows show keeps the walk. */
	assert_walks_index(store, RECORD_FOLLOWUP, 0, "estado:pend vencidas qué:x resp:",
			   "INDEX followup_pending_due");
	assert_walks_index(store, RECORD_FOLLOWUP, 1, "-hecho desde:2023 sector:osc datos",
			   "INDEX followup_pending_undated");
	assert_walks_index(store, RECORD_COMMITMENT, 0, "atrás avance:>20",
			   "INDEX commitment_by_plan");
	assert_walks_index(store, RECORD_MEETING, 0, "", "INDEX meeting_by_date");
	assert_walks_index(store, RECORD_COMMITMENT, 0, "", "INDEX commitment_by_plan");
	assert_walks_index(store, RECORD_COMMITMENT, 1, "", "INDEX commitment_by_sort");
	assert_walks_index(store, RECORD_ORGANIZATION, 0, "", "INDEX organization_by_sort");
	assert_walks_index(store, RECORD_PLAN, 0, "", "INDEX sqlite_autoindex_plan_1");
	assert_walks_index(store, RECORD_HISTORY, 1, "", "SCAN");
	store_close(store);
}

static void pages_made_of_several_tables_walk_an_index(void **state)
{
	(void)state;
	struct store *store = test_create("leads.db");
	assert_walks_index(store, RECORD_MILESTONE, 0, "", "INDEX commitment_by_sort");
	assert_walks_index(store, RECORD_PROGRESS, 0, "", "INDEX progress_newest");
	assert_walks_index(store, RECORD_BLOCKER, 0, "", "INDEX blocker_by_since");
	assert_walks_index(store, RECORD_AGENDA, 0, "", "INDEX meeting_newest");
	assert_walks_index(store, RECORD_ATTENDEE, 0, "", "INDEX meeting_newest");
	assert_walks_index(store, RECORD_RESOLUTION, 0, "", "INDEX meeting_newest");
	assert_walks_index(store, RECORD_INDICATOR, 0, "", "INDEX meeting_newest");
	assert_walks_index(store, RECORD_INDICATOR, 1, "", "INDEX measurement_newest");
	assert_walks_index(store, RECORD_DOCUMENT, 0, "", "INDEX meeting_newest");
	assert_walks_index(store, RECORD_DOCUMENT, 1, "", "INDEX document_alone");
	assert_walks_index(store, RECORD_PROGRESS, 0, "avance:>20", "INDEX progress_newest");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_of_followups_costs_the_same_everywhere),
		cmocka_unit_test(the_followups_of_one_record_are_found_directly),
		cmocka_unit_test(a_page_of_meetings_costs_the_same_everywhere),
		cmocka_unit_test(a_page_of_commitments_costs_the_same_everywhere),
		cmocka_unit_test(pages_walk_an_index),
		cmocka_unit_test(pages_made_of_several_tables_walk_an_index),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
