/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/store/attendance.h"
#include "nucleo/store/connection.h"

/*
 * Five meetings held, newest the fifth, and a draft. ALFA came with no dates of
 * membership from the second on; BETA left after the third; GAMA joined before
 * the fourth; DELTA observes; EPSI never came and nobody knows since when it is
 * a member.
 */
static const char group[] =
	"INSERT INTO organization (key, acronym, sector, sort) VALUES"
	" (1, 'ALFA', 'public', 'alfa'), (2, 'BETA', 'academia', 'beta'),"
	" (3, 'GAMA', 'private', 'gama'), (4, 'DELTA', 'public', 'delta'),"
	" (5, 'EPSI', 'public', 'epsi');"
	"INSERT INTO membership (key, organization, role, starts, ends) VALUES"
	" (1, 1, 'member', NULL, NULL), (2, 2, 'member', '2020-01-01', '2023-03-31'),"
	" (3, 3, 'member', '2023-04-01', NULL), (4, 4, 'observer', '2020-01-01', NULL),"
	" (5, 5, 'member', NULL, NULL);"
	"INSERT INTO meeting (key, number, date, status) VALUES"
	" (11, 'AM-2023-01', '2023-01-15', 'approved'), (12, 'AM-2023-02', '2023-02-15', 'closed'),"
	" (13, 'AM-2023-03', '2023-03-15', 'closed'), (14, 'AM-2023-04', '2023-04-15', 'closed'),"
	" (15, 'AM-2023-05', '2023-05-15', 'in_session'), (16, 'AM-2023-06', '2023-06-15', 'draft');"
	"INSERT INTO attendance (key, meeting, organization, capacity, status, mode) VALUES"
	" (1, 12, 1, 'member', 'present', 'in_person'), (2, 13, 1, 'member', 'present', 'virtual'),"
	" (3, 14, 1, 'member', 'excused', NULL), (4, 16, 1, 'member', 'present', NULL),"
	" (5, 12, 2, 'member', 'present', NULL), (6, 15, 3, 'member', 'absent', NULL),"
	" (7, 15, 3, 'member', 'present', NULL), (8, 13, 4, 'observer', 'present', NULL),"
	" (9, 12, 4, 'observer', 'absent', NULL);";

static void make_group(const char *name)
{
	store_close(test_create(name));
	test_sql(name, group);
}

static void check_line(const struct attendance_table *table, int64_t key, const char *signs,
		       const char *tally)
{
	char drawn[16] = "", counted[32];
	const struct attendance_line *line = attendance_line_of(table, key);
	assert_non_null(line);
	for (size_t i = 0; i < table->meetings.count; i++)
		drawn[i] = "-pvex"[line->presences[i]];
	assert_string_equal(drawn, signs);
	snprintf(counted, sizeof(counted), "%d/%d %d", (int)line->tally.attended,
		 (int)line->tally.meetings, (int)line->tally.absence_streak);
	assert_string_equal(counted, tally);
}

static void memberships_that_begin_and_end(void **state)
{
	(void)state;
	struct attendance_table table;
	struct attendance_query all = {.count = 10};
	make_group("group.db");
	struct store *store = test_open("group.db");
	assert_done(store_attendance(store, &all, &table, err));
	assert_int_equal(table.held, 5);
	assert_int_equal(table.meetings.count, 5);
	assert_string_equal(table.meetings.items[0].number, "AM-2023-05");
	check_line(&table, 1, "xevp-", "2/4 1");
	check_line(&table, 2, "--xpx", "1/3 1");
	check_line(&table, 3, "px---", "1/2 0");
	check_line(&table, 4, "--px-", "1/2 0");
	check_line(&table, 5, "-----", "0/0 0");
	assert_int_equal(attendance_line_of(&table, 1)->role, CAPACITY_MEMBER);
	assert_int_equal(attendance_line_of(&table, 2)->role, ENUM_NONE);
	assert_null(attendance_line_of(&table, 9));
	attendance_table_release(&table);
	store_close(store);
}

static void a_window_counts_them_all(void **state)
{
	(void)state;
	struct attendance_table table;
	struct attendance_query some = {.first = 2, .count = 2};
	struct attendance_query beyond = {.first = 7, .count = 2};
	struct store *store = test_open("group.db");
	assert_done(store_attendance(store, &some, &table, err));
	assert_string_equal(table.meetings.items[0].number, "AM-2023-03");
	check_line(&table, 1, "vp", "2/4 1");
	attendance_table_release(&table);
	assert_done(store_attendance(store, &beyond, &table, err));
	check_line(&table, 1, "", "2/4 1");
	attendance_table_release(&table);
	some.organization = 3;
	assert_done(store_attendance(store, &some, &table, err));
	assert_int_equal(table.lines.count, 1);
	check_line(&table, 3, "--", "1/2 0");
	attendance_table_release(&table);
	store_close(store);
}

static bool take(void *context, const void *row)
{
	const struct organization *organization = row;
	strbuf_addf(context, "%s %d/%d %d\n", organization->acronym, (int)organization->attended,
		    (int)organization->meetings, (int)organization->absence_streak);
	return true;
}

static void expect_list(struct store *store, const struct list_query *query, const char *expected)
{
	struct strbuf rows;
	strbuf_init(&rows);
	assert_done(store_list(store, RECORD_ORGANIZATION, query, take, &rows, err));
	assert_string_equal(rows.data, expected);
	strbuf_release(&rows);
}

static void lists_count_where_asked(void **state)
{
	(void)state;
	struct filter filter;
	struct store *store = test_open("group.db");
	expect_list(store, &(struct list_query){.attendance = true, .limit = 3},
		    "ALFA 2/4 1\nBETA 1/3 1\nDELTA 1/2 0\n");
	expect_list(store, &(struct list_query){.attendance = true, .key = 3}, "GAMA 1/2 0\n");
	expect_list(store, &(struct list_query){.key = 3}, "GAMA 0/0 0\n");
	assert_done(filter_parse(&filter, &record_kinds[RECORD_ORGANIZATION], "absence_streak:>0",
				 DATE_NONE, err));
	expect_list(store, &(struct list_query){.filter = &filter}, "ALFA 2/4 1\nBETA 1/3 1\n");
	filter_release(&filter);
	store_close(store);
}

static void an_empty_group(void **state)
{
	(void)state;
	struct attendance_table table;
	struct store *store = test_create("empty.db");
	assert_done(store_attendance(store, &(struct attendance_query){.count = 5}, &table, err));
	assert_int_equal(table.held + table.lines.count + table.meetings.count, 0);
	attendance_table_release(&table);
	store_close(store);
}

/* 1 000 meetings of 100 institutions: each row is read once, whatever the window. */
static void cost_grows_with_the_rows_alone(void **state)
{
	(void)state;
	struct attendance_table table;
	store_close(test_create("large.db"));
	test_sql("large.db",
		 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
		 " INSERT INTO meeting (key, number, date, status) SELECT i, printf('AM-%04d', i),"
		 " date('2000-01-01', (7 * i) || ' days'), 'closed' FROM n;"
		 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
		 " INSERT INTO organization (key, acronym, sector, sort) SELECT i, 'O' || i, 'public',"
		 " printf('%03d', i) FROM n;"
		 "INSERT INTO membership (key, organization, role) SELECT key, key, 'member' FROM"
		 " organization;"
		 "INSERT INTO attendance (key, meeting, organization, capacity, status)"
		 " SELECT m.key * 1000 + o.key, m.key, o.key, 'member', 'present' FROM meeting AS m,"
		 " organization AS o WHERE (m.key + o.key) % 5 = 0;");
	struct store *store = test_open("large.db");
	assert_done(store_attendance(store, &(struct attendance_query){.count = 20}, &table, err));
	assert_int_equal(table.held, 1000);
	assert_int_equal(attendance_line_of(&table, 5)->tally.attended, 200);
	attendance_table_release(&table);
	int64_t steps = 0;
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		if (store->statements[i])
			steps += sqlite3_stmt_status(store->statements[i],
						     SQLITE_STMTSTATUS_VM_STEP, false);
	/* 20 000 rows of attendance at some 12 steps each. */
	if (steps > 500000)
		fail_msg("%lld steps", (long long)steps);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memberships_that_begin_and_end),
		cmocka_unit_test(a_window_counts_them_all),
		cmocka_unit_test(lists_count_where_asked),
		cmocka_unit_test(an_empty_group),
		cmocka_unit_test(cost_grows_with_the_rows_alone),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
