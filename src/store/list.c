/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/vector.h"
#include "nucleo/store/attendance.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/functions.h"
#include "nucleo/store/list_sql.h"
#include "nucleo/store/seen_parts.h"
#include "nucleo/store/trash.h"
#include "nucleo/store/undone.h"

/* A statement has one column a field, and key and sort. */
#define COLUMN_LIMIT 64
/* Longer texts are cut: nothing a person wrote is longer, and a damaged or
 * hostile file must not decide how much memory a list takes. */
#define TEXT_LIMIT ((size_t)1 << 20)

/* Members common to all kinds (RECORD_HEAD). */
struct head {
	RECORD_HEAD;
};

/* One run over the segments of a list. */
struct run {
	struct store *store;
	const struct record_kind *kind;
	const struct list_query *query;
	list_visitor *visit;
	void *context;
	void *row;
	struct list_filter filter;
	struct attendance_table attendance; /**< counted where it is asked for; else empty */
	struct seen_mark seen;		    /**< of the history */
	struct undone_table undone;	    /**< likewise */
	struct strbuf trash;		    /**< what was removed, as JSON, where that is listed */
	struct strbuf sort; /**< of the current row, when it begins with its segment */
	int segment;
	int64_t left;	 /**< rows that may still be given; -1: any number */
	bool is_stopped; /**< the visitor has seen enough */
	/** What each column of the current statement fills; NULL: key or sort. */
	const struct field *fields[COLUMN_LIMIT];
	int column_count;
	VECTOR(char *) cut; /**< shortened texts of the current row */
};

#define MEMBER(type, field, row) (*(type *)(void *)((char *)(row) + (field)->offset))

static void map_columns(struct run *run, struct query *query)
{
	int count = query->stmt ? sqlite3_column_count(query->stmt) : 0;
	run->column_count = count < COLUMN_LIMIT ? count : COLUMN_LIMIT;
	for (int i = 0; i < run->column_count; i++) {
		const char *name = sqlite3_column_name(query->stmt, i);
		run->fields[i] = name ? record_field_named(run->kind, name) : NULL;
	}
}

static const char *bounded_text(struct run *run, struct query *query, int column)
{
	size_t length;
	const char *text = query_text(query, column, &length);
	if (!text || length <= TEXT_LIMIT)
		return text;
	length = TEXT_LIMIT;
	while (length && ((unsigned char)text[length] & 0xC0) == 0x80)
		length--;
	char *copy = mem_strndup(text, length);
	vector_push(&run->cut, copy);
	return copy;
}

static double to_number(struct query *query, int column)
{
	return sqlite3_column_type(query->stmt, column) == SQLITE_NULL
		       ? NAN
		       : sqlite3_column_double(query->stmt, column);
}

static void fill_field(struct run *run, struct query *query, int column)
{
	const struct field *field = run->fields[column];
	const char *text;
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_LIST:
		MEMBER(const char *, field, run->row) = bounded_text(run, query, column);
		break;
	case FIELD_INTEGER:
		MEMBER(int64_t, field, run->row) = query_integer(query, column);
		break;
	case FIELD_NUMBER:
		MEMBER(double, field, run->row) = to_number(query, column);
		break;
	case FIELD_PERCENT:
		MEMBER(percent_hundredths, field, run->row) =
			percent_from_points(to_number(query, column));
		break;
	case FIELD_DATE:
		text = query_text(query, column, NULL);
		MEMBER(day_number, field, run->row) = text ? date_parse_iso(text) : DATE_NONE;
		break;
	case FIELD_TIME:
		text = query_text(query, column, NULL);
		MEMBER(day_minute, field, run->row) = text ? daytime_parse(text) : DAY_MINUTE_NONE;
		break;
	case FIELD_BOOL:
		MEMBER(bool, field, run->row) = query_integer(query, column) != 0;
		break;
	case FIELD_ENUM:
		text = query_text(query, column, NULL);
		MEMBER(int, field, run->row) = text ? enum_value(field->names, text) : ENUM_NONE;
		break;
	}
}

/* Where a list has several segments, a place begins with the digit of its own. */
static const char *sort_of(struct run *run, struct query *query)
{
	const char *sort = bounded_text(run, query, 1);
	if (list_segment_count(&run->filter) == 1)
		return sort ? sort : "";
	strbuf_reset(&run->sort);
	strbuf_addch(&run->sort, (char)('1' + run->segment));
	strbuf_adds(&run->sort, sort ? sort : "");
	return run->sort.data;
}

static void fill_row(struct run *run, struct query *query)
{
	struct head *head = run->row;
	record_clear(run->kind, run->row);
	head->key = query_integer(query, 0);
	head->sort = sort_of(run, query);
	for (int i = 2; i < run->column_count; i++)
		if (run->fields[i])
			fill_field(run, query, i);
	if (run->kind->derive)
		run->kind->derive(run->row, run->store->today);
}

static void release_cut(struct run *run)
{
	for (size_t i = 0; i < run->cut.count; i++)
		free(run->cut.items[i]);
	run->cut.count = 0;
}

static void bind_restrictions(struct query *query, const struct list_query *wanted)
{
	query_bind_integer(query, ":key", wanted->key);
	query_bind_integer(query, ":plan", wanted->plan);
	query_bind_integer(query, ":commitment", wanted->commitment);
	query_bind_integer(query, ":meeting", wanted->meeting);
	query_bind_integer(query, ":agenda_item", wanted->agenda_item);
	query_bind_integer(query, ":organization", wanted->organization);
}

static void visit_rows(struct run *run, struct query *query)
{
	map_columns(run, query);
	while (run->left != 0 && !run->is_stopped && query_next(query)) {
		fill_row(run, query);
		/* An error met while reading the row: it is not whole. */
		if (query->result == SQLITE_ROW)
			run->is_stopped = !run->visit(run->context, run->row);
		release_cut(run);
		if (run->left > 0)
			run->left--;
	}
}

/* Whether to look for rows in the segment. */
static enum rc has_rows(struct run *run, int segment, bool *has, struct error *err)
{
	const struct list_source *source = &list_sources[run->kind->id];
	const char *only_if = source->segments[segment].only_if;
	struct query query;
	*has = true;
	if (!only_if || list_segment_count(&run->filter) < source->segment_count)
		return RC_OK;
	query_begin_text(&query, run->store, only_if);
	*has = query_next(&query) && query_integer(&query, 0);
	return query_end(&query, err);
}

static enum rc read_segment(struct run *run, int segment, const struct list_anchor *from,
			    struct error *err)
{
	struct query query;
	struct strbuf sql, today;
	bool has_prefix = list_segment_count(&run->filter) > 1;
	strbuf_init(&sql);
	strbuf_init(&today);
	run->segment = segment;
	list_add_sql(&sql, &run->filter, segment, run->query, from != NULL);
	date_add_iso(&today, run->store->today);
	query_begin_text(&query, run->store, sql.data);
	bind_restrictions(&query, run->query);
	query_bind_text(&query, ":today", today.data);
	list_filter_bind(&run->filter, &query);
	query_bind_integer(&query, ":limit", run->left);
	query_bind_pointer(&query, ":attendance", &run->attendance, ATTENDANCE_POINTER);
	seen_bind(&query, run->store, &run->seen);
	query_bind_pointer(&query, ":undone", &run->undone, UNDONE_POINTER);
	query_bind_integer(&query, ":brief", run->query->is_brief);
	query_bind_text(&query, ":trash", run->trash.data);
	if (from) {
		query_bind_text(&query, ":sort", from->sort + has_prefix);
		query_bind_integer(&query, ":anchor", from->key);
	}
	visit_rows(run, &query);
	enum rc rc = query_end(&query, err);
	strbuf_release(&today);
	strbuf_release(&sql);
	return rc;
}

static enum rc list_segment(struct run *run, int segment, const struct list_anchor *from,
			    struct error *err)
{
	bool has = false;
	enum rc rc = has_rows(run, segment, &has, err);
	return rc == RC_OK && has ? read_segment(run, segment, from, err) : rc;
}

/* The segment a place is in, from the digit its sort begins with. */
static int segment_of(int count, const struct list_anchor *from)
{
	int segment = count > 1 && *from->sort ? *from->sort - '1' : 0;
	return segment >= 0 && segment < count ? segment : 0;
}

static enum rc list_segments(struct run *run, struct error *err)
{
	int count = list_segment_count(&run->filter);
	bool is_backward = run->query->direction == LIST_BACKWARD;
	const struct list_anchor *from = run->query->from;
	int segment = is_backward ? count - 1 : 0;
	enum rc rc = RC_OK;
	if (from)
		segment = segment_of(count, from);
	for (; rc == RC_OK && run->left != 0 && !run->is_stopped && segment >= 0 &&
	       segment < count;
	     segment += is_backward ? -1 : 1) {
		rc = list_segment(run, segment, from, err);
		from = NULL;
	}
	return rc;
}

static enum rc read_attendance(struct run *run, struct error *err)
{
	const struct attendance_query all = {.organization = run->query->key};
	if (run->kind->id != RECORD_ORGANIZATION ||
	    !(run->query->attendance || list_filter_wraps(&run->filter)))
		return RC_OK;
	return store_attendance(run->store, &all, &run->attendance, err);
}

static enum rc gather_history(struct run *run, struct error *err)
{
	enum rc rc = RC_OK;
	if (run->query->seen)
		run->seen = *run->query->seen;
	else
		rc = seen_recall(run->store, &run->seen, err);
	return rc == RC_OK && !run->query->is_brief ? undone_gather(run->store, &run->undone, err)
						    : rc;
}

/* What rows are made of beside the tables. */
static enum rc gather(struct run *run, struct error *err)
{
	if (run->kind->id == RECORD_TRASH)
		return trash_gather(run->store, &run->trash, err);
	return run->kind->id == RECORD_HISTORY ? gather_history(run, err)
					       : read_attendance(run, err);
}

enum rc store_list(struct store *store, enum record_kind_id kind, const struct list_query *query,
		   list_visitor *visit, void *context, struct error *err)
{
	struct run run = {.store = store,
			  .kind = &record_kinds[kind],
			  .query = query,
			  .visit = visit,
			  .context = context,
			  .left = query->limit > 0 ? query->limit : -1};
	bool begun = false;
	enum rc rc = transaction_begin_read(store, &begun, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&run.sort);
	strbuf_init(&run.trash);
	rc = list_filter_init(&run.filter, store, kind, query->filter, err);
	run.row = mem_alloc_zero(1, run.kind->size);
	if (rc == RC_OK)
		rc = gather(&run, err);
	if (rc == RC_OK)
		rc = list_segments(&run, err);
	free(run.row);
	vector_release(&run.cut);
	strbuf_release(&run.sort);
	strbuf_release(&run.trash);
	list_filter_release(&run.filter);
	attendance_table_release(&run.attendance);
	undone_release(&run.undone);
	return begun ? transaction_end(store, rc, err) : rc;
}
