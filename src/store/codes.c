/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/codes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/vector.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/query.h"

/* Columns that hold codes which count, and how wide their number is. */
static const struct series {
	const char *table, *member; /* as it stands in the text, up to the code */
	const char *path;	    /* of the code of a row that was deleted */
	enum statement_id last_number, taken, code_of;
	int width;
} all_series[] = {
	{"followup\"", "\"code\":\"", "$.was.code", STATEMENT_FOLLOWUP_LAST_NUMBER,
	 STATEMENT_FOLLOWUP_CODE_TAKEN, STATEMENT_FOLLOWUP_CODE_OF, 3},
	{"entry\"", "\"decision_number\":\"", "$.was.decision_number",
	 STATEMENT_DECISION_LAST_NUMBER,
	 STATEMENT_DECISION_NUMBER_TAKEN, STATEMENT_DECISION_NUMBER_OF, 2},
};

static const char table_member[] = "\"table\":\"", key_member[] = "\"key\":",
		  delete_member[] = "\"delete\":true", was_member[] = "\"was\":{";

/* Numbers given so far within one operation. */
struct counter {
	char *prefix; /* owned */
	int64_t last;
};
typedef VECTOR(struct counter) counters;

static void counters_release(counters *given)
{
	for (size_t i = 0; i < given->count; i++)
		free(given->items[i].prefix);
	vector_release(given);
}

/* Also among what was removed, for a number means one thing for good. "end" is what sorts right
 * after all that begins so: '-' is followed by '.'. */
static enum rc last_number(struct store *store, const struct series *series, const char *prefix,
			   int64_t *last, struct error *err)
{
	const enum statement_id places[] = {series->last_number, STATEMENT_HISTORY_REMOVED_NUMBER,
					    STATEMENT_PENDING_REMOVED_NUMBER};
	size_t count = store->is_replica ? ARRAY_COUNT(places) : ARRAY_COUNT(places) - 1;
	char *end = mem_strdup(prefix);
	int64_t found = 0;
	enum rc rc = RC_OK;
	end[strlen(end) - 1]++;
	for (size_t i = 0; i < count && rc == RC_OK; i++) {
		struct query query;
		query_begin(&query, store, places[i]);
		query_bind_text(&query, ":prefix", prefix);
		query_bind_text(&query, ":end", end);
		query_bind_text(&query, ":member", series->member);
		query_bind_text(&query, ":path", series->path);
		if (query_next(&query) && query_integer(&query, 0) > found)
			found = query_integer(&query, 0);
		rc = query_end(&query, err);
	}
	if (rc == RC_OK)
		*last = found;
	free(end);
	return rc;
}

static struct counter *find_counter(counters *given, const char *prefix)
{
	for (size_t i = 0; i < given->count; i++)
		if (strcmp(given->items[i].prefix, prefix) == 0)
			return &given->items[i];
	return NULL;
}

/* Appends the next number after the prefix, which `out` has already. */
static enum rc add_number(struct store *store, const struct series *series, counters *given,
			  const char *prefix, struct strbuf *out, struct error *err)
{
	struct counter *counter = find_counter(given, prefix);
	enum rc rc = RC_OK;
	if (!counter) {
		int64_t last = 0;
		rc = last_number(store, series, prefix, &last, err);
		if (rc == RC_OK) {
			counter = vector_add(given);
			*counter = (struct counter){mem_strdup(prefix), last};
		}
	}
	if (rc == RC_OK)
		strbuf_addf(out, "%0*" PRId64, series->width, ++counter->last);
	return rc;
}

/* The next code in the text: where it begins and ends. A quote within a string has a backslash
 * before it, so what is found is a member of an object and nothing that a person typed. */
struct code {
	const struct series *series;
	const char *start, *end;
	int64_t key; /* of the row */
	bool is_deleted;
};

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static const struct series *series_of_table(const char *table)
{
	for (size_t i = 0; i < ARRAY_COUNT(all_series); i++)
		if (begins(table, all_series[i].table))
			return &all_series[i];
	return NULL;
}

/* What tells which edit the text stands in, from one call to the next. Values that were set are no
 * codes to be found. */
static void heed_member(const char *text, struct code *code)
{
	if (begins(text, table_member))
		*code = (struct code){.series = series_of_table(text + strlen(table_member))};
	else if (begins(text, key_member))
		code->key = strtoll(text + strlen(key_member), NULL, 10);
	else if (begins(text, delete_member))
		code->is_deleted = true;
	else if (begins(text, was_member) && !code->is_deleted)
		code->series = NULL;
}

static bool find_code(const char *text, struct code *code)
{
	for (; (text = strchr(text, '"')); text++) {
		heed_member(text, code);
		const struct series *series = code->series;
		if (series && begins(text, series->member)) {
			code->start = text + strlen(series->member);
			code->end = strchr(code->start, '"');
			return code->end != NULL;
		}
	}
	return false;
}

/* Owned "S-2023-" of "S-2023-?"; NULL for any other. */
static char *open_prefix(const struct code *code)
{
	size_t length = (size_t)(code->end - code->start);
	bool is_open = length >= 2 && code->end[-1] == '?' && code->end[-2] == '-';
	return is_open ? mem_strndup(code->start, length - 1) : NULL;
}

static bool is_plain(const char *code)
{
	for (; *code; code++)
		if (*code == '"' || *code == '\\' || (unsigned char)*code < ' ')
			return false;
	return true;
}

/* Appends the code of a row that goes, up to which `out` has the text. */
static enum rc add_present(struct store *store, const struct code *code, struct strbuf *out,
			   struct error *err)
{
	struct query query;
	query_begin(&query, store, code->series->code_of);
	query_bind_integer(&query, ":key", code->key);
	const char *now = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	if (now && is_plain(now) && !memchr(code->start, '\\', (size_t)(code->end - code->start)))
		strbuf_adds(out, now);
	else
		strbuf_add(out, code->start, (size_t)(code->end - code->start));
	return query_end(&query, err);
}

/* Appends the code as it is when the operation is run. */
static enum rc add_code(struct store *store, const struct code *code, counters *given,
			struct strbuf *out, struct error *err)
{
	if (code->is_deleted)
		return add_present(store, code, out, err);
	char *prefix = open_prefix(code);
	strbuf_add(out, code->start, (size_t)(code->end - code->start) - (prefix ? 1 : 0));
	enum rc rc = prefix ? add_number(store, code->series, given, prefix, out, err) : RC_OK;
	free(prefix);
	return rc;
}

enum rc codes_number(struct store *store, const char *text, struct strbuf *out, struct error *err)
{
	counters given = {0};
	struct code code = {0};
	enum rc rc = RC_OK;
	while (rc == RC_OK && find_code(text, &code)) {
		strbuf_add(out, text, (size_t)(code.start - text));
		rc = add_code(store, &code, &given, out, err);
		text = code.end;
	}
	strbuf_adds(out, text);
	counters_release(&given);
	return rc;
}

/* Appends what ends with a code, its number open when it has one. */
static void add_open(struct strbuf *out, const char *text, const char *code, const char *end)
{
	const char *number = end;
	while (number > code && number[-1] >= '0' && number[-1] <= '9')
		number--;
	bool counts = number < end && number > code && number[-1] == '-';
	strbuf_add(out, text, (size_t)((counts ? number : end) - text));
	if (counts)
		strbuf_addch(out, '?');
}

void codes_reopen(const char *text, struct strbuf *out)
{
	struct code code = {0};
	while (find_code(text, &code)) {
		if (code.is_deleted)
			strbuf_add(out, text, (size_t)(code.end - text));
		else
			add_open(out, text, code.start, code.end);
		text = code.end;
	}
	strbuf_adds(out, text);
}

void codes_add_open(struct strbuf *out, const char *code)
{
	add_open(out, code, code, code + strlen(code));
}

/* ---- columns */

static bool is_quoted(const char *quoted, const char *name)
{
	size_t length = strlen(name);
	return strncmp(quoted, name, length) == 0 && quoted[length] == '"';
}

static const struct series *series_of_column(const char *table, const char *column)
{
	for (size_t i = 0; i < ARRAY_COUNT(all_series); i++)
		if (is_quoted(all_series[i].table, table) &&
		    is_quoted(all_series[i].member + 1, column))
			return &all_series[i];
	return NULL;
}

enum rc codes_is_taken(struct store *store, const char *table, const char *column,
		       const char *code, bool *is_taken, struct error *err)
{
	struct query query;
	const struct series *series = series_of_column(table, column);
	bool is_there = false;
	enum rc rc = RC_OK;
	if (series) {
		query_begin(&query, store, series->taken);
		query_bind_text(&query, ":code", code);
		is_there = query_next(&query);
		rc = query_end(&query, err);
	}
	if (rc == RC_OK)
		*is_taken = is_there;
	return rc;
}
