/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/return_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/store/connection.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/record_parts.h"
#include "nucleo/store/table_words.h"

#define STATE "return:state"
#define SINCE "return:since"
#define PUBLISHED "return:published"

/* What the state says: "open" while something waits, "done" once all is out, "told". */
static bool is_state(const struct strbuf *state, const char *word)
{
	return strcmp(state->data, word) == 0;
}

/* ---- gathering */

/* `since` stays empty where nothing has waited long. */
static enum rc read_state(struct store *replica, struct strbuf *state, struct strbuf *since,
			  struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_RETURN_STATE);
	if (query_next(&query)) {
		const char *word = query_text(&query, 0, NULL);
		const char *moment = query_text(&query, 1, NULL);
		strbuf_adds(state, word ? word : "");
		strbuf_adds(since, moment ? moment : "");
	}
	return query_end(&query, err);
}

/* One that nobody has read goes on. */
static enum rc start(struct store *replica, const struct strbuf *state, const char *since,
		     struct error *err)
{
	enum rc rc = RC_OK;
	if (!is_state(state, "done")) {
		rc = query_run(replica, STATEMENT_RETURN_CLEAR, err);
		if (rc == RC_OK)
			rc = replica_remember(replica, SINCE, since, err);
	}
	return rc == RC_OK ? replica_remember(replica, STATE, "open", err) : rc;
}

enum rc return_report_begin(struct store *replica, bool *is_spell, struct error *err)
{
	struct strbuf state, since;
	strbuf_init(&state);
	strbuf_init(&since);
	enum rc rc = read_state(replica, &state, &since, err);
	bool is_open = is_state(&state, "open");
	if (rc == RC_OK && !is_open && since.length)
		rc = start(replica, &state, since.data, err);
	if (rc == RC_OK)
		*is_spell = is_open || since.length;
	strbuf_release(&since);
	strbuf_release(&state);
	return rc;
}

enum rc return_report_received(struct store *replica, int64_t number, struct error *err)
{
	enum rc rc = query_run_number(replica, STATEMENT_RETURN_RECEIVED, number, err);
	return rc == RC_OK ? query_run_number(replica, STATEMENT_RETURN_MERGED, number, err) : rc;
}

enum rc return_report_published(struct store *replica, struct error *err)
{
	return query_run(replica, STATEMENT_RETURN_PUBLISHED, err);
}

enum rc return_report_end(struct store *replica, struct error *err)
{
	struct pending_counts counts;
	enum rc rc = pending_count(replica, &counts, err);
	if (rc != RC_OK || counts.waiting)
		return rc;
	return replica_remember(replica, STATE, "done", err);
}

/* ---- reading */

void return_report_init(struct return_report *report)
{
	*report = (struct return_report){0};
	strbuf_init(&report->others);
}

void return_report_release(struct return_report *report)
{
	for (size_t i = 0; i < report->merged.count; i++)
		free(report->merged.items[i]);
	vector_release(&report->merged);
	strbuf_release(&report->others);
}

/* A name in local_state begins with this; what comes after it, else NULL. */
static const char *after(const char *name, const char *prefix)
{
	size_t length = strlen(prefix);
	return strncmp(name, prefix, length) == 0 ? name + length : NULL;
}

/* "commitment:727368": the record as people call it, where it still is. */
static enum rc add_merged(struct store *store, struct return_report *report, const char *row,
			  struct error *err)
{
	struct strbuf name;
	const char *colon = strchr(row, ':');
	char *table = mem_strndup(row, colon ? (size_t)(colon - row) : strlen(row));
	strbuf_init(&name);
	enum rc rc =
		record_add_name(store, table, colon ? strtoll(colon + 1, NULL, 10) : 0, &name, err);
	if (!name.length)
		strbuf_adds(&name, table_word(table));
	vector_push(&report->merged, strbuf_detach(&name));
	free(table);
	return rc;
}

static enum rc take_entry(struct store *store, struct return_report *report, const char *name,
			  const char *value, struct error *err)
{
	const char *by = after(name, "return:by:"), *row = after(name, "return:merged:");
	if (row)
		return add_merged(store, report, row, err);
	if (strcmp(name, SINCE) == 0)
		snprintf(report->since, sizeof(report->since), "%s", value);
	if (strcmp(name, PUBLISHED) == 0)
		report->published = strtoll(value, NULL, 10);
	if (!by)
		return RC_OK;
	report->received += strtoll(value, NULL, 10);
	strbuf_addf(&report->others, "%s%s %s", report->others.length ? ", " : "", by, value);
	return RC_OK;
}

static enum rc read_entries(struct store *store, struct return_report *report, struct error *err)
{
	struct query query;
	enum rc rc = RC_OK;
	query_begin(&query, store, STATEMENT_RETURN_ALL);
	while (rc == RC_OK && query_next(&query)) {
		const char *name = query_text(&query, 0, NULL);
		const char *value = query_text(&query, 1, NULL);
		if (name && value)
			rc = take_entry(store, report, name, value, err);
	}
	enum rc ended = query_end(&query, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? ended : rc;
}

enum rc return_report_load(struct store *store, struct return_report *report, struct error *err)
{
	struct strbuf state;
	struct pending_counts counts = {0};
	if (!store->is_replica)
		return RC_OK;
	strbuf_init(&state);
	enum rc rc = replica_recall(store, STATE, &state, err);
	report->is_told = is_state(&state, "told");
	report->is_there = report->is_told || is_state(&state, "done");
	strbuf_release(&state);
	if (rc == RC_OK && report->is_there)
		rc = read_entries(store, report, err);
	if (rc == RC_OK && report->is_there)
		rc = pending_count(store, &counts, err);
	report->parked = counts.parked;
	return rc;
}

bool return_report_is_new(struct store *store)
{
	struct strbuf state;
	strbuf_init(&state);
	bool is_new = store->is_replica && replica_recall(store, STATE, &state, NULL) == RC_OK &&
		      is_state(&state, "done");
	strbuf_release(&state);
	return is_new;
}

enum rc return_report_told(struct store *store, struct error *err)
{
	return return_report_is_new(store) ? replica_remember(store, STATE, "told", err) : RC_OK;
}
