/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/minutes_test.h"

#include <stdlib.h>

struct group group;

struct store *convene(struct store *store)
{
	group = test_group(store);
	test_sql(RECORD_DATABASE, "UPDATE meeting SET status = 'convened'");
	return store;
}

struct store *meeting_store(void)
{
	struct store *store = NULL;
	char *path = folder_path(RECORD_DATABASE);
	const struct store_options options = {
		.path = path, .actor = "FCD", .today = test_today(), .throw_away = true};
	assert_done(store_create(&options, &store, err));
	free(path);
	return convene(store);
}

void assert_sql(const char *sql, const char *expected)
{
	char *found = test_query(RECORD_DATABASE, sql);
	assert_string_equal(found, expected);
	free(found);
}

void read_line(struct store *store, const char *line, struct capture *capture)
{
	struct minutes_context context;
	assert_done(minutes_context_load(store, group.meeting, &context, err));
	capture_read(&context.capture, line, capture);
	minutes_context_release(&context);
}

enum rc try_line(struct store *store, const struct minutes_place *place, const char *line,
		 int64_t *entry, struct error *err)
{
	struct operation *operation = operation_new();
	struct capture capture;
	read_line(store, line, &capture);
	enum rc rc = minutes_add_line(store, place, &capture, true, operation, entry, err);
	if (rc == RC_OK)
		rc = operation_commit(operation, store, NULL, err);
	else
		assert_true(operation_is_empty(operation));
	operation_free(operation);
	capture_release(&capture);
	return rc;
}
