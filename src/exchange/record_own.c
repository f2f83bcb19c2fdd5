/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/model/records.h"

/* ---- keys that order as people expect */

/* Owned; NULL for a kind whose rows have none. */
static char *sort_key(const struct record_written *written)
{
	switch (written->edit->kind->kind) {
	case RECORD_ORGANIZATION:
		return utf8_sort_key(record_given(written, "acronym"));
	case RECORD_COMMITMENT:
		return commitment_sort_key(record_given(written, "plan"),
					   record_given(written, "code"));
	default:
		return NULL;
	}
}

/* A milestone that is put off keeps the date it had first, unless a person says another. */
static void keep_original(const struct record_written *written, struct operation *operation,
			  const char *field, const char *original)
{
	const struct stored_row *row = &written->edit->row;
	if (record_has_changed(written, field) && !record_has_changed(written, original) &&
	    record_given(written, field) && row_value(row, original).type == VALUE_NULL)
		operation_change(operation, "milestone", written->edit->key, original, value_null(),
				 row_value(row, field));
}

void record_change_own(const struct record_written *written, struct operation *operation)
{
	const struct record_edit *edit = written->edit;
	char *sort = sort_key(written);
	bool is_moved = record_has_changed(written, "acronym") ||
			record_has_changed(written, "code") || record_has_changed(written, "plan");
	if (sort && is_moved)
		operation_change(operation, edit->kind->table, edit->key, "sort",
				 row_value(&edit->row, "sort"), value_text(sort));
	free(sort);
	if (edit->kind->kind != RECORD_MILESTONE)
		return;
	keep_original(written, operation, "starts", "original_starts");
	keep_original(written, operation, "ends", "original_ends");
}

/* ---- a place behind what is there */

struct last_place {
	const struct record_written *written;
	const struct field *rank;
	int64_t next;
};

static bool is_given(const struct record_written *written, const char *name, const char *text)
{
	const char *own = record_given(written, name);
	return strcmp(own ? own : "", text ? text : "") == 0;
}

/* Of two words of one reporter on one day the one added last is the present one. */
static bool is_same_report(const struct record_written *written, const struct progress *report)
{
	return report->as_of == date_parse_iso(record_given(written, "as_of")) &&
	       is_given(written, "milestone", report->milestone) &&
	       is_given(written, "reporter", enum_name(&reporter_names, report->reporter));
}

static bool note_rank(void *context, const void *row)
{
	struct last_place *place = context;
	int64_t rank = RECORD_MEMBER(int64_t, place->rank, row);
	bool counts = place->written->edit->kind->kind != RECORD_PROGRESS ||
		      is_same_report(place->written, row);
	if (counts && rank >= place->next && rank < INT64_MAX)
		place->next = rank + 1;
	return true;
}

static enum rc find_place(const struct record_written *written, const struct list_query *query,
			  int64_t *next, struct error *err)
{
	enum record_kind_id kind = written->edit->kind->kind;
	struct last_place place = {written, record_field_named(&record_kinds[kind], "rank"), 0};
	enum rc rc = store_list(written->edit->store, kind, query, note_rank, &place, err);
	if (rc == RC_OK)
		*next = place.next;
	return rc;
}

/* A part of an item comes behind the last part there is, before the items that follow: those make
 * room. */
static void make_room(const struct record_set *items, int64_t parent, struct operation *operation,
		      int64_t *next)
{
	size_t at = 0;
	int64_t last = 0;
	for (size_t i = 0; i < items->count; i++) {
		const struct agenda_item *item = record_set_at(items, i);
		if (item->key == parent || item->parent_key == parent) {
			at = i + 1;
			last = item->rank;
		}
	}
	*next = last + 1;
	int64_t free_from = last + 2;
	for (; at < items->count; at++, free_from++) {
		const struct agenda_item *item = record_set_at(items, at);
		if (item->rank >= free_from)
			break;
		operation_change(operation, "agenda_item", item->key, "rank",
				 value_integer(item->rank), value_integer(free_from));
	}
}

static enum rc find_item_place(const struct record_written *written, struct operation *operation,
			       int64_t *next, struct error *err)
{
	const struct list_query query = {.meeting = record_given_key(written, "meeting")};
	struct record_set items;
	int64_t parent = record_given_key(written, "parent");
	if (!parent)
		return find_place(written, &query, next, err);
	enum rc rc = record_set_load(&items, written->edit->store, RECORD_AGENDA, &query, err);
	if (rc == RC_OK)
		make_room(&items, parent, operation, next);
	record_set_release(&items);
	return rc;
}

enum rc record_find_rank(const struct record_written *written, struct operation *operation,
			 int64_t *rank, struct error *err)
{
	struct list_query query = {0};
	switch (written->edit->kind->kind) {
	case RECORD_PROGRESS:
		query.commitment = record_given_key(written, "commitment");
		return find_place(written, &query, rank, err);
	case RECORD_ATTENDEE:
	case RECORD_RESOLUTION:
		query.meeting = record_given_key(written, "meeting");
		return find_place(written, &query, rank, err);
	case RECORD_AGENDA:
		return find_item_place(written, operation, rank, err);
	default:
		*rank = 0;
		return RC_OK;
	}
}

/* ---- columns of a new record */

static void add_code(const struct record_written *written, struct operation *operation)
{
	day_number today = store_today(written->edit->store);
	struct strbuf code;
	strbuf_init(&code);
	strbuf_addf(&code, "S-%04d-?",
		    date_to_civil(today == DATE_NONE ? clock_today() : today).year);
	operation_field(operation, "code", value_text(code.data));
	strbuf_release(&code);
}

void record_add_own(const struct record_written *written, int64_t rank, struct operation *operation)
{
	enum record_kind_id kind = written->edit->kind->kind;
	char *sort = sort_key(written);
	operation_field(operation, "sort", value_text(sort));
	free(sort);
	if (kind == RECORD_FOLLOWUP)
		add_code(written, operation);
	if (rank || kind == RECORD_AGENDA || kind == RECORD_RESOLUTION)
		operation_field(operation, "rank", value_integer(rank));
}

/* ---- what a measurement measures */

/* A row known by its name, and by whose it is. */
struct named {
	const char *table, *name;
	int64_t organization; /* 0: nobody's */
};

static enum rc find_by_name(struct store *store, const struct named *named, int64_t *key,
			    struct error *err)
{
	row_list rows = {0};
	enum rc rc = store_rows(store, named->table, "name", value_text(named->name), &rows, err);
	for (size_t i = 0; i < rows.count && !*key; i++)
		if (row_value(&rows.items[i], "organization").integer == named->organization)
			*key = rows.items[i].key;
	row_list_release(&rows);
	return rc;
}

static int64_t insert_named(struct operation *operation, const char *table, const char *name)
{
	int64_t key = operation_insert(operation, table);
	operation_field(operation, "name", value_text(name));
	return key;
}

static void insert_indicator(const struct record_written *written, struct operation *operation,
			     int64_t *key)
{
	if (*key)
		return;
	*key = insert_named(operation, "indicator", record_given(written, "name"));
	operation_field(operation, "organization",
			value_key(record_given_key(written, "organization")));
}

static void insert_place(const struct record_written *written, struct operation *operation,
			 int64_t *key)
{
	const char *name = record_given(written, "place");
	if (*key || !name)
		return;
	char *sort = utf8_sort_key(name);
	*key = insert_named(operation, "local_government", name);
	operation_field(operation, "sort", value_text(sort));
	free(sort);
}

enum rc record_add_measured(struct record_written *written, struct operation *operation,
			    struct error *err)
{
	const struct editable_kind *kind = written->edit->kind;
	const char *place = record_given(written, "place");
	if (kind->kind != RECORD_INDICATOR)
		return RC_OK;
	const struct named measured = {"indicator", record_given(written, "name"),
				       record_given_key(written, "organization")};
	const struct named where = {.table = "local_government", .name = place};
	int64_t *indicator = &written->keys[editable_index(kind, "name")];
	int64_t *local_government = &written->keys[editable_index(kind, "place")];
	enum rc rc = find_by_name(written->edit->store, &measured, indicator, err);
	if (rc == RC_OK && place)
		rc = find_by_name(written->edit->store, &where, local_government, err);
	if (rc != RC_OK)
		return rc;
	insert_indicator(written, operation, indicator);
	insert_place(written, operation, local_government);
	return RC_OK;
}
