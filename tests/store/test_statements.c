/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/list_sql.h"

static void every_fixed_statement_prepares(void **state)
{
	(void)state;
	struct store *store = test_replica("a.db");
	for (int i = 0; i < STATEMENT_COUNT; i++) {
		struct query query;
		query_begin(&query, store, (enum statement_id)i);
		if (query.result != SQLITE_OK)
			fail_msg("%s: %s", statement_texts[i], sqlite3_errmsg(store->db));
		assert_done(query_end(&query, err));
	}
	store_close(store);
}

/* Each combination of direction, place, words and one restriction. */
static void prepare_list(struct store *store, enum record_kind_id kind, int variant,
			 int restriction)
{
	struct filter terms;
	struct list_filter filter;
	struct list_query wanted = {.direction = variant & 1 ? LIST_BACKWARD : LIST_FORWARD,
				    .filter = &terms};
	int64_t *const keys[] = {&wanted.key,	  &wanted.plan,	       &wanted.commitment,
				 &wanted.meeting, &wanted.agenda_item, &wanted.organization};
	if (restriction < LIST_RESTRICTION_COUNT)
		*keys[restriction] = 1;
	assert_done(filter_parse(&terms, &record_kinds[kind], variant & 2 ? "a" : "", DATE_NONE,
				 err));
	assert_done(list_filter_init(&filter, store, kind, &terms, err));
	for (int i = 0; i < list_segment_count(&filter); i++) {
		struct query query;
		struct strbuf sql;
		strbuf_init(&sql);
		list_add_sql(&sql, &filter, i, &wanted, variant & 4);
		query_begin_text(&query, store, sql.data);
		if (query.result != SQLITE_OK)
			fail_msg("%s: %s", sql.data, sqlite3_errmsg(store->db));
		assert_done(query_end(&query, err));
		strbuf_release(&sql);
	}
	list_filter_release(&filter);
	filter_release(&terms);
}

static void every_list_statement_prepares(void **state)
{
	(void)state;
	struct store *store = test_replica("b.db");
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++)
		for (int variant = 0; variant < 8; variant++)
			for (int by = 0; by <= LIST_RESTRICTION_COUNT; by++)
				prepare_list(store, (enum record_kind_id)kind, variant, by);
	store_close(store);
}

static bool has_column(sqlite3_stmt *stmt, const char *name)
{
	for (int i = 0; i < sqlite3_column_count(stmt); i++)
		if (strcmp(sqlite3_column_name(stmt, i), name) == 0)
			return true;
	return false;
}

/* key, sort and the stored fields: none missing, none more. */
static void every_list_has_the_columns_of_its_kind(void **state)
{
	(void)state;
	struct store *store = test_replica("c.db");
	for (int i = 0; i < RECORD_KIND_COUNT; i++) {
		const struct record_kind *kind = &record_kinds[i];
		const struct list_query wanted = {0};
		struct list_filter filter;
		struct query query;
		struct strbuf sql;
		int stored = 0;
		strbuf_init(&sql);
		assert_done(list_filter_init(&filter, store, kind->id, NULL, err));
		list_add_sql(&sql, &filter, 0, &wanted, false);
		query_begin_text(&query, store, sql.data);
		assert_int_equal(query.result, SQLITE_OK);
		assert_string_equal(sqlite3_column_name(query.stmt, 0), "key");
		assert_string_equal(sqlite3_column_name(query.stmt, 1), "sort");
		for (size_t f = 0; f < kind->field_count; f++) {
			if (kind->fields[f].derived)
				continue;
			stored++;
			if (!has_column(query.stmt, kind->fields[f].name))
				fail_msg("%s: no column %s", kind->name, kind->fields[f].name);
		}
		assert_int_equal(sqlite3_column_count(query.stmt), stored + 2);
		list_filter_release(&filter);
		assert_done(query_end(&query, err));
		strbuf_release(&sql);
	}
	store_close(store);
}

static int64_t setting(struct store *store, const char *pragma)
{
	struct query query;
	query_begin_text(&query, store, pragma);
	query_next(&query);
	int64_t value = query_integer(&query, 0);
	assert_done(query_end(&query, err));
	return value;
}

/* What durability and safety hang on, and no test could see missing on a healthy machine. */
static void connections_are_careful(void **state)
{
	(void)state;
	static const struct {
		const char *pragma;
		int64_t value;
	} wanted[] = {
		{"PRAGMA synchronous", 3},     {"PRAGMA foreign_keys", 1},
		{"PRAGMA trusted_schema", 0},  {"PRAGMA cell_size_check", 1},
		{"PRAGMA busy_timeout", 5000}, {"PRAGMA mmap_size", 0},
	};
	struct store *store = test_create("careful.db");
	for (size_t i = 0; i < ARRAY_COUNT(wanted); i++)
		if (setting(store, wanted[i].pragma) != wanted[i].value)
			fail_msg("%s is not %lld", wanted[i].pragma, (long long)wanted[i].value);
	int value = 0;
	assert_int_equal(sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &value),
			 SQLITE_OK);
	assert_int_equal(value, 1);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fixed_statement_prepares),
		cmocka_unit_test(every_list_statement_prepares),
		cmocka_unit_test(connections_are_careful),
		cmocka_unit_test(every_list_has_the_columns_of_its_kind),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
