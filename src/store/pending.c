/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/pending.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/changes.h"
#include "nucleo/store/codes.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/schema.h"

/* Edits whose records are told: a person who is off-line that long knows. */
enum { KEYS_MAX = 10000 };

enum rc pending_count(struct store *replica, struct pending_counts *counts, struct error *err)
{
	struct query query;
	struct pending_counts found = {0};
	query_begin(&query, replica, STATEMENT_PENDING_COUNT);
	if (query_next(&query)) {
		const char *since = query_text(&query, 2, NULL);
		found.waiting = query_integer(&query, 0);
		found.parked = query_integer(&query, 1);
		snprintf(found.since, sizeof(found.since), "%s", since ? since : "");
	}
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		*counts = found;
	return rc;
}

static int by_key(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

enum rc pending_keys(struct store *store, key_list *keys, struct error *err)
{
	struct query query;
	if (!store->is_replica)
		return RC_OK;
	query_begin(&query, store, STATEMENT_WAITING_EDITED);
	query_bind_integer(&query, ":limit", KEYS_MAX);
	while (query_next(&query))
		for (int i = 1; i < 5; i++) /* the row, and its parents before and after */
			if (query_integer(&query, i))
				vector_push(keys, query_integer(&query, i));
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK && keys->count)
		qsort(keys->items, keys->count, sizeof(*keys->items), by_key);
	return rc;
}

void pending_operation_init(struct pending_operation *operation)
{
	operation->number = 0;
	strbuf_init(&operation->text);
}

void pending_operation_release(struct pending_operation *operation)
{
	strbuf_release(&operation->text);
}

/* Reads the one row of a query that gives a number and a text. */
static enum rc read_one(struct query *query, struct pending_operation *operation, struct error *err)
{
	size_t length;
	operation->number = 0;
	strbuf_reset(&operation->text);
	if (query_next(query)) {
		const char *text = query_text(query, 1, &length);
		operation->number = query_integer(query, 0);
		strbuf_add(&operation->text, text ? text : "", length);
	}
	return query_end(query, err);
}

enum rc pending_first(struct store *replica, struct pending_operation *operation,
		      struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_PENDING_FIRST);
	return read_one(&query, operation, err);
}

/* What came of running an operation. */
struct run {
	struct strbuf text;    /* with its codes numbered */
	struct strbuf changes; /* to take it back */
};

static void run_init(struct run *run)
{
	strbuf_init(&run->text);
	strbuf_init(&run->changes);
}

static void run_release(struct run *run)
{
	strbuf_release(&run->text);
	strbuf_release(&run->changes);
}

/* Stands for the changes of a migration, which are not of rows: nothing takes them back. */
static const char structure_changed[] = "structure";

static bool is_structure(const void *changes, size_t length)
{
	return length == strlen(structure_changed) &&
	       memcmp(changes, structure_changed, length) == 0;
}

/* As the parent it will have is not known, the operation is run as a first one. */
static enum rc run_as_first(struct store *replica, struct run *run, struct error *err)
{
	const struct log_head none = log_head_none();
	if (!log_set_parent(run->text.data, run->text.length, &none.hash))
		return edit_malformed(err, "op, parent");
	return history_run(replica, &none, run->text.data, run->text.length, err);
}

static enum rc run_text(struct store *replica, const char *composed, struct run *run,
			struct error *err)
{
	struct sqlite3_session *session = NULL;
	int64_t schema = 0;
	enum rc rc = codes_number(replica, composed, &run->text, err);
	if (rc == RC_OK)
		rc = schema_migration(replica, run->text.data, run->text.length, &schema, err);
	if (rc == RC_OK && schema) {
		strbuf_adds(&run->changes, structure_changed);
		return run_as_first(replica, run, err);
	}
	if (rc == RC_OK)
		rc = changes_begin(replica, &session, err);
	if (rc == RC_OK)
		rc = run_as_first(replica, run, err);
	return changes_end(replica, session, rc, &run->changes, err);
}

static void bind_run(struct query *query, const struct run *run)
{
	query_bind_text_n(query, ":text", run->text.data, run->text.length);
	query_bind_bytes(query, ":changes", run->changes.data, run->changes.length);
}

/* Puts it into the queue, without an effect. */
static enum rc add_parked(struct store *replica, const char *text, int64_t *number,
			  struct error *err)
{
	struct query query;
	struct strbuf now;
	strbuf_init(&now);
	clock_add_utc(&now);
	query_begin(&query, replica, STATEMENT_PENDING_ADD_PARKED);
	query_bind_text(&query, ":text", text);
	query_bind_text(&query, ":since", now.data);
	int64_t added = query_next(&query) ? query_integer(&query, 0) : 0;
	query_next(&query);
	enum rc rc = query_end(&query, err);
	strbuf_release(&now);
	if (rc == RC_OK)
		*number = added;
	return rc;
}

static enum rc insert(struct store *replica, const char *composed, const struct run *run,
		      struct error *err)
{
	struct query query;
	struct strbuf now;
	strbuf_init(&now);
	clock_add_utc(&now);
	query_begin(&query, replica, STATEMENT_PENDING_ADD);
	bind_run(&query, run);
	query_bind_text(&query, ":template", composed);
	query_bind_text(&query, ":since", now.data);
	query_next(&query);
	enum rc rc = query_end(&query, err);
	strbuf_release(&now);
	return rc;
}

enum rc pending_add(struct store *replica, const char *text, struct error *err)
{
	struct run run;
	run_init(&run);
	enum rc rc = run_text(replica, text, &run, err);
	if (rc == RC_OK)
		rc = insert(replica, text, &run, err);
	if (rc == RC_OK)
		rc = replica_version_next(replica, err);
	run_release(&run);
	return rc;
}

enum rc pending_put_first(struct store *replica, const char *text, struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_PENDING_PUT_FIRST);
	query_bind_text(&query, ":text", text);
	query_next(&query);
	return query_end(&query, err);
}

enum rc pending_remove(struct store *replica, const char *id, struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_PENDING_REMOVE);
	query_bind_text(&query, ":op", id);
	query_next(&query);
	return query_end(&query, err);
}

enum rc pending_forget_changes(struct store *replica, struct error *err)
{
	return query_run(replica, STATEMENT_PENDING_NOT_APPLIED, err);
}

enum rc pending_take_back(struct store *replica, struct error *err)
{
	struct query query;
	enum rc rc = RC_OK;
	query_begin(&query, replica, STATEMENT_PENDING_APPLIED);
	while (rc == RC_OK && query_next(&query)) {
		size_t length;
		const void *changes = query_bytes(&query, 0, &length);
		rc = is_structure(changes, length)
			     ? error_set(err, RC_CONFLICT, "%s", replica->path)
			     : changes_take_back(replica, changes, length, err);
	}
	enum rc ended = query_end(&query, rc == RC_OK ? err : NULL);
	if (rc == RC_OK)
		rc = ended;
	return rc == RC_OK ? pending_forget_changes(replica, err) : rc;
}

/* Those that follow one another are parked with the same version: they are tried again together. */
static enum rc park_at(struct store *replica, int64_t number, const char *reason, int64_t version,
		       struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_PENDING_PARK);
	query_bind_integer(&query, ":number", number);
	query_bind_integer(&query, ":version", version);
	query_bind_text(&query, ":reason", reason);
	query_next(&query);
	return query_end(&query, err);
}

enum rc pending_park(struct store *replica, int64_t number, const char *reason, struct error *err)
{
	int64_t version;
	enum rc rc = replica_version(replica, &version, err);
	return rc == RC_OK ? park_at(replica, number, reason, version, err) : rc;
}

/* ---- running again */

static enum rc next_after(struct store *replica, int64_t number,
			  struct pending_operation *operation, struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_PENDING_NEXT);
	query_bind_integer(&query, ":number", number);
	return read_one(&query, operation, err);
}

static enum rc store_run(struct store *replica, int64_t number, const struct run *run,
			 struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_PENDING_SET);
	bind_run(&query, run);
	query_bind_integer(&query, ":number", number);
	query_next(&query);
	return query_end(&query, err);
}

/* Whether what went wrong is in the operation rather than in the disk or the memory. */
static bool is_verdict(enum rc rc)
{
	return rc == RC_CONFLICT || rc == RC_REFUSED || rc == RC_INVALID;
}

/* The version at which the one it follows was parked; 0 when it follows none. */
static enum rc follows_parked(struct store *replica, const struct pending_operation *operation,
			      int64_t *parked_at, struct error *err)
{
	struct query query;
	int64_t version;
	enum rc rc = replica_version(replica, &version, err);
	if (rc != RC_OK)
		return rc;
	query_begin(&query, replica, STATEMENT_PENDING_FOLLOWS_PARKED);
	query_bind_text_n(&query, ":text", operation->text.data, operation->text.length);
	query_bind_integer(&query, ":number", operation->number);
	query_bind_integer(&query, ":version", version);
	*parked_at = query_next(&query) ? query_integer(&query, 0) : 0;
	return query_end(&query, err);
}

/* Codes that others have by now are given anew. */
static enum rc run_with_new_codes(struct store *replica, const char *published, struct run *run,
				  struct error *verdict)
{
	struct strbuf open;
	enum rc rc = RC_REFUSED;
	strbuf_init(&open);
	codes_reopen(published, &open);
	if (strcmp(open.data, published) != 0) {
		verdict->code = RC_OK;
		strbuf_reset(&run->text);
		rc = query_run(replica, STATEMENT_SAVEPOINT_UNDO, verdict);
		if (rc == RC_OK)
			rc = run_text(replica, open.data, run, verdict);
	}
	strbuf_release(&open);
	return rc;
}

/* All of it or nothing; a verdict is the operation's own and ends nothing else. */
static enum rc try_run(struct store *replica, const struct pending_operation *operation,
		       struct error *verdict, struct error *err)
{
	struct run run;
	enum rc rc = query_run(replica, STATEMENT_SAVEPOINT, err);
	if (rc != RC_OK)
		return rc;
	run_init(&run);
	enum rc ran = run_text(replica, operation->text.data, &run, verdict);
	/* What was published before has its codes, which people may have written down. */
	if (ran == RC_REFUSED && operation->number < 0)
		ran = run_with_new_codes(replica, operation->text.data, &run, verdict);
	if (ran == RC_OK)
		rc = store_run(replica, operation->number, &run, err);
	else
		rc = is_verdict(ran) ? query_run(replica, STATEMENT_SAVEPOINT_UNDO, err)
				     : error_set(err, ran, "%s", verdict->text);
	run_release(&run);
	return rc == RC_OK ? query_run(replica, STATEMENT_SAVEPOINT_END, err) : rc;
}

/* A migration that waits, as after a fork, while somebody else's has come in: it is done. */
static enum rc remove_if_done(struct store *replica, const struct pending_operation *operation,
			      bool *is_done, struct error *err)
{
	const struct strbuf *text = &operation->text;
	struct query query;
	int64_t schema = 0, now = 0;
	enum rc rc = schema_migration(replica, text->data, text->length, &schema, err);
	if (rc == RC_OK && schema)
		rc = schema_number(replica, &now, err);
	*is_done = rc == RC_OK && schema && schema <= now;
	if (!*is_done)
		return rc;
	query_begin(&query, replica, STATEMENT_PENDING_DROP);
	query_bind_integer(&query, ":number", operation->number);
	query_next(&query);
	return query_end(&query, err);
}

static enum rc try_or_park(struct store *replica, const struct pending_operation *operation,
			   struct error *err)
{
	struct error verdict = {.code = RC_OK};
	enum rc rc = try_run(replica, operation, &verdict, err);
	if (rc != RC_OK || verdict.code == RC_OK)
		return rc;
	return pending_park(replica, operation->number, verdict.text, err);
}

static enum rc run_or_park(struct store *replica, const struct pending_operation *operation,
			   struct error *err)
{
	int64_t parked_at = 0;
	bool is_done = false;
	enum rc rc = remove_if_done(replica, operation, &is_done, err);
	if (rc == RC_OK && !is_done)
		rc = follows_parked(replica, operation, &parked_at, err);
	if (rc != RC_OK || is_done)
		return rc;
	if (!parked_at)
		return try_or_park(replica, operation, err);
	return park_at(replica, operation->number,
		       _("sigue a otro cambio de los mismos registros que espera una decisión"),
		       parked_at, err);
}

enum rc pending_run_from(struct store *replica, int64_t number, struct error *err)
{
	struct pending_operation operation;
	pending_operation_init(&operation);
	enum rc rc = next_after(replica, number, &operation, err);
	while (rc == RC_OK && operation.number) {
		rc = run_or_park(replica, &operation, err);
		if (rc == RC_OK)
			rc = next_after(replica, operation.number, &operation, err);
	}
	pending_operation_release(&operation);
	return rc;
}

enum rc pending_run_again(struct store *replica, struct error *err)
{
	return pending_run_from(replica, INT64_MIN, err);
}

enum rc pending_keep(struct store *replica, const char *text, const char *reason,
		     bool *is_parked, struct error *err)
{
	struct error verdict = {.code = RC_OK};
	struct pending_operation operation;
	pending_operation_init(&operation);
	strbuf_adds(&operation.text, text);
	enum rc rc = replica_version_next(replica, err);
	if (rc == RC_OK)
		rc = add_parked(replica, text, &operation.number, err);
	if (rc == RC_OK && reason)
		error_set(&verdict, RC_CONFLICT, "%s", reason);
	else if (rc == RC_OK)
		rc = try_run(replica, &operation, &verdict, err);
	*is_parked = verdict.code != RC_OK;
	if (rc == RC_OK && *is_parked)
		rc = pending_park(replica, operation.number, verdict.text, err);
	pending_operation_release(&operation);
	return rc;
}
