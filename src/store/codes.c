/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/codes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/store/query.h"

/* Columns that hold codes which count, and how wide their number is. */
static const struct series {
	const char *table, *column;
	enum statement_id last_number;
	int width;
} all_series[] = {
	{"followup", "code", STATEMENT_FOLLOWUP_LAST_NUMBER, 3},
	{"entry", "decision_number", STATEMENT_DECISION_LAST_NUMBER, 2},
};

static const struct series *series_of(const char *table)
{
	for (size_t i = 0; i < ARRAY_COUNT(all_series); i++)
		if (strcmp(all_series[i].table, table) == 0)
			return &all_series[i];
	return NULL;
}

bool code_is_open(const char *table, const char *column, const char *text)
{
	const struct series *series = series_of(table);
	size_t length = strlen(text);
	return series && strcmp(series->column, column) == 0 && length >= 2 &&
	       strcmp(text + length - 2, "-?") == 0;
}

/* ':text' and what sorts right after all that begins so: '-' is followed by '.'. */
static enum rc last_number(struct store *store, const struct series *series, const char *prefix,
			   int64_t *last, struct error *err)
{
	struct query query;
	char *end = mem_strdup(prefix);
	int64_t found = 0;
	end[strlen(end) - 1]++;
	query_begin(&query, store, series->last_number);
	query_bind_text(&query, ":prefix", prefix);
	query_bind_text(&query, ":end", end);
	if (query_next(&query))
		found = query_integer(&query, 0);
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		*last = found;
	free(end);
	return rc;
}

static struct code_counter *find_counter(code_counters *counters, const char *prefix)
{
	for (size_t i = 0; i < counters->count; i++)
		if (strcmp(counters->items[i].prefix, prefix) == 0)
			return &counters->items[i];
	return NULL;
}

enum rc code_number(struct store *store, code_counters *counters, const char *table,
		    const char *text, struct strbuf *out, struct error *err)
{
	const struct series *series = series_of(table);
	char *prefix = mem_strndup(text, strlen(text) - 1);
	struct code_counter *counter = find_counter(counters, prefix);
	enum rc rc = RC_OK;
	if (!counter) {
		int64_t last = 0;
		rc = last_number(store, series, prefix, &last, err);
		if (rc == RC_OK) {
			counter = vector_add(counters);
			*counter = (struct code_counter){mem_strdup(prefix), last};
		}
	}
	if (rc == RC_OK)
		strbuf_addf(out, "%s%0*" PRId64, prefix, series->width, ++counter->last);
	free(prefix);
	return rc;
}

void code_counters_release(code_counters *counters)
{
	for (size_t i = 0; i < counters->count; i++)
		free(counters->items[i].prefix);
	vector_release(counters);
}
