/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_reader.h"
#include "nucleo/exchange/minutes.h"
#include "nucleo/exchange/record_json.h"

/*
 * A meeting written line by line while it lasts leaves the same records as its acta read
 * afterwards: the same ids and numbers, every field of --json but "key", which is drawn at random.
 *
 * What the scribe knows beforehand is the meeting, its agenda, who came and the commitments of the
 * plan; so an institution only the text names, and that nobody knew, is registered either way, and
 * none of the lists compared here tells who did. Two things could differ in other meetings: a
 * "próxima reunión" has a date where the next one is convened already, which no acta knows; and
 * of a figure said twice the acta keeps the last, in its place, as the scribe does.
 */

/* ---- the meeting, convened */

struct live {
	struct store *store;
	struct acta acta;
	int64_t meeting, plan;
	VECTOR(int64_t) items;
};

static int64_t add_institution(struct operation *operation, const struct acta_attendee *attendee)
{
	char *sort = utf8_sort_key(attendee->acronym);
	int64_t key = add_row(operation, "organization", "acronym", attendee->acronym, "name",
			      attendee->name, "sector", enum_name(&sector_names, attendee->sector),
			      "sort", sort, NULL);
	free(sort);
	return key;
}

static void add_attendees(struct live *live, struct operation *operation)
{
	for (size_t i = 0; i < live->acta.attendees.count; i++) {
		const struct acta_attendee *attendee = &live->acta.attendees.items[i];
		int64_t organization = add_institution(operation, attendee);
		add_row(operation, "attendance", "capacity", "member", "status", "present", NULL);
		operation_field(operation, "meeting", value_key(live->meeting));
		operation_field(operation, "organization", value_key(organization));
		operation_field(operation, "rank", value_integer((int64_t)i));
	}
}

static void add_agenda(struct live *live, struct operation *operation)
{
	for (size_t i = 0; i < live->acta.items.count; i++) {
		const struct acta_item *item = &live->acta.items.items[i];
		int64_t key = add_row(operation, "agenda_item", "label", item->label, "title",
				      item->title, "state", "pending", NULL);
		operation_field(operation, "meeting", value_key(live->meeting));
		operation_field(operation, "rank", value_integer((int64_t)i));
		if (item->parent >= 0)
			operation_field(operation, "parent",
					value_key(live->items.items[item->parent]));
		vector_push(&live->items, key);
	}
}

static void add_commitments(struct live *live, struct operation *operation)
{
	const char *plan = live->acta.plan_code ? live->acta.plan_code : "paga";
	live->plan = add_row(operation, "plan", "code", plan, "starts", "2022-01-01", "ends",
			     "2024-12-31", NULL);
	for (int number = 1; number <= 20; number++) {
		char code[16];
		snprintf(code, sizeof(code), "C%d", number);
		char *sort = commitment_sort_key(plan, code);
		add_row(operation, "commitment", "code", code, "sort", sort, NULL);
		operation_field(operation, "plan", value_key(live->plan));
		free(sort);
	}
}

static void convene(struct live *live)
{
	struct operation *operation = operation_new();
	live->meeting = add_row(operation, "meeting", "number", live->acta.number, "status",
				"in_session", NULL);
	operation_field_date(operation, "date", live->acta.date);
	add_attendees(live, operation);
	add_agenda(live, operation);
	add_commitments(live, operation);
	operation_set_words(operation, "Convoca %s", live->acta.number);
	test_commit(live->store, operation);
}

/* ---- the scribe */

static struct minutes_context context_of(struct live *live)
{
	struct minutes_context context;
	assert_done(minutes_context_load(live->store, live->meeting, &context, err));
	return context;
}

/* Types the line and confirms the figures it says. */
static int64_t type_line(struct live *live, int64_t item, const char *line)
{
	const struct minutes_place place = {.meeting = live->meeting, .item = item};
	struct minutes_context context = context_of(live);
	struct operation *operation = operation_new();
	struct capture capture;
	int64_t entry = 0;
	capture_read(&context.capture, line, &capture);
	assert_done(minutes_add_line(live->store, &place, &capture, true, operation, &entry, err));
	test_commit(live->store, operation);
	capture_release(&capture);
	minutes_context_release(&context);
	return entry;
}

static bool copy_entry(void *set, const void *row)
{
	record_copy(&record_kinds[RECORD_RESOLUTION], set, row);
	return false;
}

/* One key for each sentence the detector marks, from the first to the last. */
static void follow_up(struct live *live, int64_t entry)
{
	const struct list_query query = {.key = entry, .limit = 1};
	struct minutes_context context = context_of(live);
	struct resolution row;
	struct prose_span sentence = {0};
	assert_done(store_list(live->store, RECORD_RESOLUTION, &query, copy_entry, &row, err));
	for (;;) {
		sentence = capture_detect(&context.capture, row.text, row.organization,
					  sentence.start + sentence.length);
		if (!sentence.length)
			break;
		struct operation *operation = operation_new();
		int64_t followup = 0;
		assert_done(minutes_add_followup(live->store, entry, sentence, operation,
						 &followup, err));
		test_commit(live->store, operation);
	}
	record_release(&record_kinds[RECORD_RESOLUTION], &row);
	minutes_context_release(&context);
}

/* What the group decided the scribe begins with the sign of a decision. */
static void record(struct live *live)
{
	for (size_t i = 0; i < live->acta.entries.count; i++) {
		const struct acta_entry *entry = &live->acta.entries.items[i];
		bool is_decision = entry->resolution.kind == ENTRY_DECISION;
		struct strbuf line;
		strbuf_init(&line);
		strbuf_addf(&line, "%s%s", is_decision ? "= " : "", entry->text);
		int64_t item = entry->item < 0 ? 0 : live->items.items[entry->item];
		follow_up(live, type_line(live, item, line.data));
		strbuf_release(&line);
	}
}

/* ---- comparing */

struct listing {
	const struct record_kind *kind;
	struct strbuf out;
};

static bool add_json(void *context, const void *row)
{
	struct listing *listing = context;
	size_t start = listing->out.length;
	record_add_json(&listing->out, listing->kind, row);
	/* The last member where there is one; a row is a row of its own in each database. */
	char *key = strstr(listing->out.data + start, ",\"key\":");
	if (key)
		strbuf_truncate(&listing->out, (size_t)(key - listing->out.data));
	strbuf_addch(&listing->out, '\n');
	return true;
}

static char *list_json(struct store *store, enum record_kind_id kind)
{
	const struct list_query all = {0};
	struct listing listing = {.kind = &record_kinds[kind]};
	strbuf_init(&listing.out);
	assert_done(store_list(store, kind, &all, add_json, &listing, err));
	return strbuf_detach(&listing.out);
}

/* Fails with the first line that differs. */
static void assert_same_list(struct store *imported, struct store *typed, enum record_kind_id kind)
{
	char *wanted = list_json(imported, kind), *found = list_json(typed, kind);
	const char *a = wanted, *b = found;
	assert_true(*wanted != '\0');
	while (*a || *b) {
		size_t length = strcspn(a, "\n"), other = strcspn(b, "\n");
		if (length != other || memcmp(a, b, length) != 0)
			fail_msg("%s\n  imported %.*s\n  typed    %.*s", record_kinds[kind].plural,
				 (int)length, a, (int)other, b);
		a += length + (a[length] == '\n');
		b += other + (b[other] == '\n');
	}
	free(wanted);
	free(found);
}

static void assert_live_is_import(const char *text)
{
	struct store *imported = test_create("imported.db");
	struct live live = {.store = test_create("typed.db")};
	acta_init(&live.acta);
	assert_done(acta_read(text, strlen(text), NULL, 0, &live.acta, err));
	assert_true(live.acta.entries.count > 5);
	assert_int_equal(import_done(imported, text), ACTA_IMPORT_NEW);
	convene(&live);
	record(&live);
	assert_same_list(imported, live.store, RECORD_RESOLUTION);
	assert_same_list(imported, live.store, RECORD_FOLLOWUP);
	assert_same_list(imported, live.store, RECORD_PROGRESS);
	vector_release(&live.items);
	acta_release(&live.acta);
	store_close(imported);
	store_close(live.store);
}

/* Owned; NULL when it is not there. */
static char *read_tree_file(const char *name)
{
	const char *top = getenv("top_srcdir");
	struct strbuf path, text;
	struct error err;
	strbuf_init(&path);
	strbuf_init(&text);
	strbuf_addf(&path, "%s/%s", top ? top : ".", name);
	bool is_there = file_read(path.data, ACTA_MAX_BYTES, &text, &err) == RC_OK;
	strbuf_release(&path);
	if (is_there)
		return strbuf_detach(&text);
	strbuf_release(&text);
	return NULL;
}

static void the_demo_typed_is_the_demo_read(void **state)
{
	(void)state;
	char *text = read_tree_file("share/demo/AM-2023-05.txt");
	assert_non_null(text);
	assert_live_is_import(text);
	free(text);
}

/* The real acta lies beside the tree, where it does. */
static void the_seed_typed_is_the_seed_read(void **state)
{
	(void)state;
	char *text = read_tree_file("../shared/seed/AM-2023-05.txt");
	if (!text)
		text = read_tree_file("../../shared/seed/AM-2023-05.txt");
	if (!text)
		skip();
	assert_live_is_import(text);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_demo_typed_is_the_demo_read, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(the_seed_typed_is_the_seed_read, folder_make,
						folder_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
