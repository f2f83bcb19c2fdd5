/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/attendance.h"

#include <string.h>

#include "nucleo/model/names.h"
#include "nucleo/store/connection.h"

struct held_meeting {
	int64_t key;
	day_number date;
	size_t place; /**< 0: the newest */
};

/* One reading: institutions, memberships and attendance come in one order and are merged. */
struct reading {
	struct store *store;
	const struct attendance_query *wanted;
	struct attendance_table table;
	VECTOR(struct held_meeting) held;   /**< newest first */
	VECTOR(struct held_meeting) by_key;
	VECTOR(struct member_term) terms;   /**< of the institution being read */
	unsigned char *presences;           /**< of it, one a meeting held */
	day_number first_named;
	struct query memberships, attendance;
	bool has_membership, has_attendance; /**< the query stands on a row not yet used */
};

static int compare_keys(const void *a, const void *b)
{
	const struct held_meeting *left = a, *right = b;
	return left->key < right->key ? -1 : left->key > right->key;
}

static day_number day_in(struct query *query, int column)
{
	const char *text = query_text(query, column, NULL);
	return text ? date_parse_iso(text) : DATE_NONE;
}

/* Never NULL: a column that may not be null, read while memory ran out. */
static char *text_in(struct query *query, int column)
{
	const char *text = query_text(query, column, NULL);
	return mem_strdup(text ? text : "");
}

static bool in_window(const struct reading *reading, size_t place)
{
	return place >= reading->wanted->first &&
	       place - reading->wanted->first < reading->wanted->count;
}

static void add_head(struct reading *reading, const struct held_meeting *meeting, char *number)
{
	struct attendance_meeting *head = vector_add(&reading->table.meetings);
	head->key = meeting->key;
	head->date = meeting->date;
	head->number = number;
}

static enum rc read_meetings(struct reading *reading, struct error *err)
{
	struct query query;
	query_begin(&query, reading->store, STATEMENT_MEETINGS_HELD);
	while (query_next(&query)) {
		struct held_meeting *meeting = vector_add(&reading->held);
		meeting->key = query_integer(&query, 0);
		meeting->date = day_in(&query, 1);
		meeting->place = reading->held.count - 1;
		vector_push(&reading->by_key, *meeting);
		if (in_window(reading, meeting->place))
			add_head(reading, meeting, text_in(&query, 2));
	}
	if (reading->by_key.count)
		qsort(reading->by_key.items, reading->by_key.count, sizeof(struct held_meeting),
		      compare_keys);
	reading->table.held = reading->held.count;
	reading->table.first = reading->wanted->first;
	reading->presences = mem_alloc_zero(reading->held.count + 1, 1);
	return query_end(&query, err);
}

static void read_terms(struct reading *reading, int64_t organization)
{
	struct query *query = &reading->memberships;
	reading->terms.count = 0;
	for (; reading->has_membership && query_integer(query, 0) <= organization;
	     reading->has_membership = query_next(query))
		if (query_integer(query, 0) == organization)
			vector_push(&reading->terms,
				    ((struct member_term){day_in(query, 1), day_in(query, 2)}));
}

/* Its own rows: where it is named, whatever it was then. */
static void read_named(struct reading *reading, int64_t organization)
{
	struct query *query = &reading->attendance;
	memset(reading->presences, PRESENCE_NONE, reading->held.count);
	reading->first_named = DATE_NONE;
	for (; reading->has_attendance && query_integer(query, 0) <= organization;
	     reading->has_attendance = query_next(query)) {
		struct held_meeting wanted = {.key = query_integer(query, 1)};
		const struct held_meeting *meeting = NULL;
		if (query_integer(query, 0) == organization && reading->by_key.count)
			meeting = bsearch(&wanted, reading->by_key.items, reading->by_key.count,
					  sizeof(wanted), compare_keys);
		const char *status = query_text(query, 2, NULL), *mode = query_text(query, 3, NULL);
		if (!meeting || !status)
			continue;
		enum presence named = presence_of(
			enum_value(&attendance_status_names, status),
			mode ? enum_value(&attendance_mode_names, mode) : ENUM_NONE, false);
		unsigned char *presence = &reading->presences[meeting->place];
		*presence = (unsigned char)presence_best((enum presence)*presence, named);
		if (reading->first_named == DATE_NONE || meeting->date < reading->first_named)
			reading->first_named = meeting->date;
	}
}

static bool is_member(const struct reading *reading, day_number day)
{
	for (size_t i = 0; i < reading->terms.count; i++)
		if (member_term_has(&reading->terms.items[i], reading->first_named, day))
			return true;
	return false;
}

static void fill_line(struct reading *reading, struct attendance_line *line)
{
	for (size_t i = 0; i < reading->held.count; i++) {
		unsigned char *presence = &reading->presences[i];
		if (*presence == PRESENCE_NONE && is_member(reading, reading->held.items[i].date))
			*presence = (unsigned char)presence_of(ENUM_NONE, ENUM_NONE, true);
		attendance_tally_add(&line->tally, (enum presence)*presence);
	}
	size_t count = reading->table.meetings.count;
	line->presences = mem_alloc_zero(count + 1, 1);
	if (count)
		memcpy(line->presences, reading->presences + reading->wanted->first, count);
}

static int enum_in(struct query *query, int column, const struct enum_names *names)
{
	const char *text = query_text(query, column, NULL);
	return text ? enum_value(names, text) : ENUM_NONE;
}

static enum rc read_lines(struct reading *reading, struct error *err)
{
	struct query query;
	struct strbuf today;
	strbuf_init(&today);
	date_add_iso(&today, store_today(reading->store));
	query_begin(&query, reading->store, STATEMENT_ATTENDANCE_ORGANIZATIONS);
	query_bind_integer(&query, ":organization", reading->wanted->organization);
	query_bind_text(&query, ":today", today.data);
	while (query_next(&query)) {
		struct attendance_line *line = vector_add(&reading->table.lines);
		line->key = query_integer(&query, 0);
		line->acronym = text_in(&query, 1);
		line->name = mem_strdup_null(query_text(&query, 2, NULL));
		line->sort = text_in(&query, 3);
		line->sector = enum_in(&query, 4, &sector_names);
		line->role = enum_in(&query, 5, &capacity_names);
		read_terms(reading, line->key);
		read_named(reading, line->key);
		fill_line(reading, line);
	}
	enum rc rc = query_end(&query, err);
	strbuf_release(&today);
	return rc;
}

static enum rc read_all(struct reading *reading, struct error *err)
{
	enum rc rc = read_meetings(reading, err);
	if (rc != RC_OK)
		return rc;
	query_begin(&reading->memberships, reading->store, STATEMENT_ATTENDANCE_MEMBERSHIPS);
	query_begin(&reading->attendance, reading->store, STATEMENT_ATTENDANCE_ROWS);
	query_bind_integer(&reading->memberships, ":organization", reading->wanted->organization);
	query_bind_integer(&reading->attendance, ":organization", reading->wanted->organization);
	reading->has_membership = query_next(&reading->memberships);
	reading->has_attendance = query_next(&reading->attendance);
	rc = read_lines(reading, err);
	/* All three are ended; the first that failed is the one reported. */
	enum rc memberships = query_end(&reading->memberships, rc == RC_OK ? err : NULL);
	rc = rc == RC_OK ? memberships : rc;
	enum rc attendance = query_end(&reading->attendance, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? attendance : rc;
}

enum rc store_attendance(struct store *store, const struct attendance_query *query,
			 struct attendance_table *table, struct error *err)
{
	struct reading reading = {.store = store, .wanted = query};
	bool begun = false;
	*table = (struct attendance_table){0};
	enum rc rc = transaction_begin_read(store, &begun, err);
	if (rc != RC_OK)
		return rc;
	rc = read_all(&reading, err);
	if (begun)
		rc = transaction_end(store, rc, err);
	vector_release(&reading.held);
	vector_release(&reading.by_key);
	vector_release(&reading.terms);
	free(reading.presences);
	if (rc == RC_OK)
		*table = reading.table;
	else
		attendance_table_release(&reading.table);
	return rc;
}

void attendance_table_release(struct attendance_table *table)
{
	for (size_t i = 0; i < table->meetings.count; i++)
		free(table->meetings.items[i].number);
	for (size_t i = 0; i < table->lines.count; i++) {
		struct attendance_line *line = &table->lines.items[i];
		free(line->acronym);
		free(line->name);
		free(line->sort);
		free(line->presences);
	}
	vector_release(&table->meetings);
	vector_release(&table->lines);
	table->first = table->held = 0;
}

static int compare_lines(const void *key, const void *line)
{
	int64_t wanted = *(const int64_t *)key, own = ((const struct attendance_line *)line)->key;
	return wanted < own ? -1 : wanted > own;
}

const struct attendance_line *attendance_line_of(const struct attendance_table *table,
						 int64_t organization)
{
	if (!table->lines.count)
		return NULL;
	return bsearch(&organization, table->lines.items, table->lines.count,
		       sizeof(table->lines.items[0]), compare_lines);
}
