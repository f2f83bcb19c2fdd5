/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/functions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/utf8.h"
#include "nucleo/model/prose.h"
#include "nucleo/model/records.h"
#include "nucleo/store/attendance.h"
#include "nucleo/store/undone.h"

static const char *text_of(sqlite3_value *value)
{
	return (const char *)sqlite3_value_text(value);
}

/* ---- texts, case and accents aside; what a person typed comes folded */

/* has_text(part, text...): one of the texts has the part. */
static void has_text(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct strbuf folded;
	const char *part = text_of(values[0]);
	bool has = false;
	strbuf_init(&folded);
	for (int i = 1; i < count && part && !has; i++) {
		const char *text = text_of(values[i]);
		if (!text)
			continue;
		strbuf_reset(&folded);
		utf8_fold(&folded, text);
		has = strstr(folded.data, part) != NULL;
	}
	sqlite3_result_int(context, has);
	strbuf_release(&folded);
}

/* list_has(item, items): a list is a line an item. */
static void list_has(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *item = text_of(values[0]), *items = text_of(values[1]);
	struct strbuf folded;
	bool has = false;
	(void)count;
	strbuf_init(&folded);
	if (items && item)
		utf8_fold(&folded, items);
	size_t length = item ? strlen(item) : 0;
	for (const char *at = folded.data; *at && !has; at += *at == '\n') {
		size_t own = strcspn(at, "\n");
		has = own == length && memcmp(at, item, length) == 0;
		at += own;
	}
	sqlite3_result_int(context, has);
	strbuf_release(&folded);
}

static const char *after_slash(const char *code)
{
	const char *slash = strrchr(code, '/');
	return slash ? slash + 1 : code;
}

/* is_code(code, text): either may say what the code belongs to, "paga1/C5" or "C5". */
static void is_code(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *code = text_of(values[0]), *text = text_of(values[1]);
	struct strbuf folded;
	(void)count;
	strbuf_init(&folded);
	if (text)
		utf8_fold(&folded, text);
	sqlite3_result_int(context, text && code &&
					    (strcmp(folded.data, code) == 0 ||
					     strcmp(folded.data, after_slash(code)) == 0 ||
					     strcmp(after_slash(folded.data), code) == 0));
	strbuf_release(&folded);
}

/* mentions(text, code): a paragraph speaks of that commitment. */
static void mentions(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *text = text_of(values[0]), *code = text_of(values[1]);
	(void)count;
	sqlite3_result_int(context, text && code && prose_mentions(text, code));
}

/* ---- order */

/* sort_text(value, unknown): a text in the order of the value; `unknown` when there is none. */
static void sort_text(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct strbuf key;
	const char *text = text_of(values[0]);
	int type = sqlite3_value_type(values[0]);
	(void)count;
	strbuf_init(&key);
	strbuf_addch(&key, '1');
	if (!text || !*text) {
		strbuf_reset(&key);
		strbuf_adds(&key, text_of(values[1]));
	} else if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
		/* Numbers of one width, none of them negative. */
		strbuf_addf(&key, "%024.6f", sqlite3_value_double(values[0]) + 1e12);
	} else {
		char *natural = utf8_natural_key(text);
		strbuf_adds(&key, natural);
		free(natural);
	}
	sqlite3_result_text(context, key.data, (int)key.length, SQLITE_TRANSIENT);
	strbuf_release(&key);
}

/* ---- rules of the model */

static day_number day_of(sqlite3_value *value)
{
	const char *text = text_of(value);
	return text ? date_parse_iso(text) : DATE_NONE;
}

static percent_hundredths percent_of(sqlite3_value *value)
{
	return sqlite3_value_type(value) == SQLITE_NULL
		       ? PERCENT_NONE
		       : percent_from_points(sqlite3_value_double(value));
}

/* (as_of, starts, ends, expected from milestones[, percent]) */
static struct commitment commitment_of(int count, sqlite3_value **values)
{
	return (struct commitment){
		.as_of = day_of(values[0]),
		.starts = day_of(values[1]),
		.ends = day_of(values[2]),
		.milestone_expected = percent_of(values[3]),
		.percent = count > 4 ? percent_of(values[4]) : PERCENT_NONE,
	};
}

static void expected_percent(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct commitment commitment = commitment_of(count, values);
	percent_hundredths expected = commitment_expected(&commitment);
	if (expected != PERCENT_NONE)
		sqlite3_result_double(context, expected / 100.0);
}

static void pace(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct commitment commitment = commitment_of(count, values);
	const char *name = enum_name(&pace_names, commitment_pace(&commitment));
	sqlite3_result_text(context, name, -1, SQLITE_STATIC);
}

/* ---- attendance, counted before: (table, organization) */

static const struct attendance_tally *tally_of(sqlite3_value **values)
{
	const struct attendance_table *table =
		sqlite3_value_pointer(values[0], ATTENDANCE_POINTER);
	const struct attendance_line *line =
		table ? attendance_line_of(table, sqlite3_value_int64(values[1])) : NULL;
	return line ? &line->tally : NULL;
}

static void attended(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct attendance_tally *tally = tally_of(values);
	(void)count;
	sqlite3_result_int64(context, tally ? tally->attended : 0);
}

static void attendable(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct attendance_tally *tally = tally_of(values);
	(void)count;
	sqlite3_result_int64(context, tally ? tally->meetings : 0);
}

static void absence_streak(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct attendance_tally *tally = tally_of(values);
	(void)count;
	sqlite3_result_int64(context, tally ? tally->absence_streak : 0);
}

/* ---- undo, gathered before: undone_by(table, op) */

static void undone_key(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct undone_table *table = sqlite3_value_pointer(values[0], UNDONE_POINTER);
	(void)count;
	sqlite3_result_int64(context, table ? undone_by(table, text_of(values[1])) : 0);
}

/* ---- reports: of_latest(value, as_of, weight, meeting's date, rank, key), an aggregate */

/* What says which of two reports is the later word, the first that differs. */
struct report_place {
	day_number as_of;
	int64_t weight;
	day_number met;
	int64_t rank, key;
};

struct latest_report {
	struct report_place place;
	sqlite3_value *value; /* NULL: none yet */
};

static bool is_later(const struct report_place *a, const struct report_place *b)
{
	if (a->as_of != b->as_of)
		return a->as_of > b->as_of;
	if (a->weight != b->weight)
		return a->weight > b->weight;
	if (a->met != b->met)
		return a->met > b->met;
	return a->rank != b->rank ? a->rank > b->rank : a->key > b->key;
}

/* ORDER BY ... LIMIT 1 says the same, but SQLite would make a table to sort each handful in. */
static void of_latest_step(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct latest_report *latest = sqlite3_aggregate_context(context, sizeof(*latest));
	const struct report_place place = {
		day_of(values[1]), sqlite3_value_int64(values[2]), day_of(values[3]),
		sqlite3_value_int64(values[4]), sqlite3_value_int64(values[5])};
	(void)count;
	if (!latest) {
		sqlite3_result_error_nomem(context);
		return;
	}
	if (latest->value && !is_later(&place, &latest->place))
		return;
	sqlite3_value_free(latest->value);
	latest->place = place;
	latest->value = sqlite3_value_dup(values[0]);
	if (!latest->value)
		sqlite3_result_error_nomem(context);
}

static void of_latest_final(sqlite3_context *context)
{
	struct latest_report *latest = sqlite3_aggregate_context(context, 0);
	if (!latest || !latest->value)
		return;
	sqlite3_result_value(context, latest->value);
	sqlite3_value_free(latest->value);
}

#define FLAGS (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY)

int functions_register(sqlite3 *db)
{
	static const struct {
		const char *name;
		int arguments;
		void (*function)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{"absence_streak", 2, absence_streak},
		{"attendable", 2, attendable},
		{"attended", 2, attended},
		{"expected_percent", 4, expected_percent},
		{"has_text", -1, has_text},
		{"is_code", 2, is_code},
		{"list_has", 2, list_has},
		{"mentions", 2, mentions},
		{"pace", 5, pace},
		{"sort_text", 2, sort_text},
		{"undone_by", 2, undone_key},
	};
	int result = sqlite3_create_function(db, "of_latest", 6, FLAGS, NULL, NULL, of_latest_step,
					     of_latest_final);
	for (size_t i = 0; i < ARRAY_COUNT(functions) && result == SQLITE_OK; i++)
		result = sqlite3_create_function(db, functions[i].name, functions[i].arguments,
						 FLAGS, NULL, functions[i].function, NULL, NULL);
	return result;
}
