/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/return_report.h"
#include "nucleo/store/schema.h"

/*
 * What becomes of an operation the group has published must be the same on every
 * machine, in every language: these words stand in the history.
 */
static const char *verdict_of(enum rc rc)
{
	switch (rc) {
	case RC_CONFLICT:
		return "conflict";
	case RC_REFUSED:
		return "refused";
	case RC_INVALID:
		return "invalid";
	default:
		return NULL;
	}
}

/* Runs it or, when the rules say no, only keeps it. */
static enum rc receive_checked(struct store *replica, const struct log_head *head,
			       const struct log_operation *operation, struct error *err)
{
	struct error verdict = {.code = RC_OK};
	enum rc rc = query_run(replica, STATEMENT_SAVEPOINT, err);
	if (rc != RC_OK)
		return rc;
	enum rc ran = history_run(replica, head, operation->text, operation->length, &verdict);
	if (ran != RC_OK && !verdict_of(ran))
		return error_set(err, ran, "%s", verdict.text);
	if (ran != RC_OK)
		rc = query_run(replica, STATEMENT_SAVEPOINT_UNDO, err);
	if (rc == RC_OK)
		rc = history_record(replica, head, operation->text, verdict_of(ran), err);
	return rc == RC_OK ? query_run(replica, STATEMENT_SAVEPOINT_END, err) : rc;
}

static enum rc receive_one(struct store *replica, const struct log_operation *operation,
			   struct error *err)
{
	struct log_head head;
	enum rc rc = history_head(replica, &head, err);
	if (rc == RC_OK && operation->at.number != head.number + 1)
		rc = error_set(err, RC_INVALID, _("la operación %lld no sigue a la %lld"),
			       (long long)operation->at.number, (long long)head.number);
	if (rc == RC_OK)
		rc = history_check(replica, &head, operation->text, operation->length, err);
	if (rc == RC_OK)
		rc = pending_remove(replica, operation->id.hex, err);
	return rc == RC_OK ? receive_checked(replica, &head, operation, err) : rc;
}

static enum rc run_history_again(struct store *replica, struct error *err);

/* Also where a migration waits: there is no taking back of another structure. */
enum rc replica_take_back(struct store *replica, struct error *err)
{
	struct error reason;
	enum rc rc = query_run(replica, STATEMENT_SAVEPOINT, err);
	if (rc != RC_OK)
		return rc;
	enum rc taken = pending_take_back(replica, &reason);
	if (taken == RC_CONFLICT) {
		rc = query_run(replica, STATEMENT_SAVEPOINT_UNDO, err);
		if (rc == RC_OK)
			rc = run_history_again(replica, err);
		if (rc == RC_OK)
			rc = pending_forget_changes(replica, err);
	} else if (taken != RC_OK) {
		return error_set(err, taken, "%s", reason.text);
	}
	return rc == RC_OK ? query_run(replica, STATEMENT_SAVEPOINT_END, err) : rc;
}

/* After a spell without the drive, what came in and what of it met ours. */
static enum rc report_received(struct store *replica, int64_t before, struct error *err)
{
	enum rc rc = return_report_received(replica, before, err);
	return rc == RC_OK ? return_report_end(replica, err) : rc;
}

static enum rc receive_all(struct store *replica, const struct log_operation *operations,
			   size_t count, struct error *err)
{
	struct log_head before;
	bool is_spell = false;
	enum rc rc = history_head(replica, &before, err);
	if (rc == RC_OK)
		rc = return_report_begin(replica, &is_spell, err);
	if (rc == RC_OK)
		rc = replica_take_back(replica, err);
	if (rc == RC_OK)
		rc = replica_version_next(replica, err);
	for (size_t i = 0; i < count && rc == RC_OK; i++)
		rc = receive_one(replica, &operations[i], err);
	if (rc == RC_OK)
		rc = pending_run_again(replica, err);
	return rc == RC_OK && is_spell ? report_received(replica, before.number, err) : rc;
}

enum rc replica_receive(struct store *replica, const struct log_operation *operations,
			size_t count, struct error *err)
{
	enum rc rc = transaction_begin_write(replica, err);
	if (rc != RC_OK)
		return rc;
	rc = receive_all(replica, operations, count, err);
	return transaction_end(replica, rc, err);
}

static bool is_head(const struct log_head *head, const struct log_head *other)
{
	return head->number == other->number && strcmp(head->hash.hex, other->hash.hex) == 0;
}

/* Another process of the user may have parked it meanwhile. */
static bool is_text_of(struct pending_operation *operation, const struct log_head *head,
		       const char *text, size_t length)
{
	return operation->number && operation->text.length == length &&
	       log_set_parent(operation->text.data, length, &head->hash) &&
	       memcmp(operation->text.data, text, length) == 0;
}

/* Its effect is in the tables already: only its parent has been set since it was run. */
static enum rc confirm(struct store *replica, const struct log_head *head, const char *text,
		       size_t length, struct error *err)
{
	struct log_head last;
	struct pending_operation first;
	pending_operation_init(&first);
	enum rc rc = history_head(replica, &last, err);
	if (rc == RC_OK)
		rc = pending_first(replica, &first, err);
	if (rc == RC_OK && !(is_head(&last, head) && is_text_of(&first, head, text, length)))
		rc = error_set(err, RC_CONFLICT,
			       _("la cola cambió mientras se publicaba la operación %lld"),
			       (long long)head->number + 1);
	pending_operation_release(&first);
	if (rc == RC_OK)
		rc = history_record(replica, head, text, NULL, err);
	return rc == RC_OK ? query_run(replica, STATEMENT_PENDING_DONE, err) : rc;
}

static enum rc confirm_and_report(struct store *replica, const struct log_head *head,
				  const char *text, size_t length, struct error *err)
{
	bool is_spell = false;
	enum rc rc = return_report_begin(replica, &is_spell, err);
	if (rc == RC_OK)
		rc = confirm(replica, head, text, length, err);
	if (rc == RC_OK && is_spell)
		rc = return_report_published(replica, err);
	return rc == RC_OK && is_spell ? return_report_end(replica, err) : rc;
}

enum rc replica_confirm(struct store *replica, const struct log_head *head, const char *text,
			size_t length, struct error *err)
{
	enum rc rc = transaction_begin_write(replica, err);
	if (rc != RC_OK)
		return rc;
	rc = confirm_and_report(replica, head, text, length, err);
	return transaction_end(replica, rc, err);
}

static enum rc park(struct store *replica, int64_t number, const char *reason, struct error *err)
{
	enum rc rc = replica_take_back(replica, err);
	if (rc == RC_OK)
		rc = replica_version_next(replica, err);
	if (rc == RC_OK)
		rc = pending_park(replica, number, reason, err);
	return rc == RC_OK ? pending_run_again(replica, err) : rc;
}

enum rc replica_park(struct store *replica, int64_t number, const char *reason, struct error *err)
{
	enum rc rc = transaction_begin_write(replica, err);
	if (rc != RC_OK)
		return rc;
	rc = park(replica, number, reason, err);
	return transaction_end(replica, rc, err);
}

enum rc replica_operation(struct store *replica, int64_t number, struct log_head *at,
			  struct strbuf *text, struct error *err)
{
	struct query query;
	struct log_head found = log_head_none();
	size_t length;
	query_begin(&query, replica, STATEMENT_HISTORY_TEXT);
	query_bind_integer(&query, ":number", number);
	if (query_next(&query)) {
		const char *body = query_text(&query, 0, &length);
		const char *hash = query_text(&query, 1, NULL);
		found.number = number;
		if (hash && strlen(hash) == sizeof(found.hash.hex) - 1)
			memcpy(found.hash.hex, hash, sizeof(found.hash.hex));
		strbuf_add(text, body ? body : "", length);
	}
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK && number && !found.number)
		rc = error_set(err, RC_NOT_FOUND, _("no existe la operación %lld"),
			       (long long)number);
	if (rc == RC_OK)
		*at = found;
	return rc;
}

/* ---- going back */

static enum rc clear_table(struct store *replica, const char *table, struct error *err)
{
	char *sql = sqlite3_mprintf("DELETE FROM \"%w\"", table);
	if (!sql)
		return store_error(replica, SQLITE_NOMEM, err);
	enum rc rc = store_run_sql(replica, sql, err);
	sqlite3_free(sql);
	return rc;
}

enum rc replica_clear(struct store *replica, struct error *err)
{
	struct query tables;
	enum rc rc = query_run(replica, STATEMENT_DEFER_REFERENCES, err);
	query_begin(&tables, replica, STATEMENT_SCHEMA);
	while (rc == RC_OK && query_next(&tables)) {
		const char *type = query_text(&tables, 0, NULL),
			   *name = query_text(&tables, 1, NULL);
		if (type && name && strcmp(type, "table") == 0)
			rc = clear_table(replica, name, err);
	}
	enum rc ended = query_end(&tables, rc == RC_OK ? err : NULL);
	if (rc == RC_OK)
		rc = ended;
	/* What is run after this is to be refused in its place, not at the end of it all. */
	return rc == RC_OK ? store_run_sql(replica, "PRAGMA defer_foreign_keys = OFF", err) : rc;
}

/* Texts of the history, from the newest of a part to its oldest: each goes before the others. */
static enum rc queue_after(struct store *replica, int64_t number, struct error *err)
{
	struct log_head head, at;
	enum rc rc = history_head(replica, &head, err);
	for (int64_t i = head.number; i > number && rc == RC_OK; i--) {
		struct strbuf text;
		strbuf_init(&text);
		rc = replica_operation(replica, i, &at, &text, err);
		if (rc == RC_OK)
			rc = pending_put_first(replica, text.data, err);
		strbuf_release(&text);
	}
	return rc;
}

/* Without rows, as the log began. Other structures are rare, and cost more to take away. */
static enum rc begin_again(struct store *replica, struct error *err)
{
	int64_t first = 0, now = 0;
	enum rc rc = schema_first(replica, &first, err);
	if (rc == RC_OK)
		rc = schema_number(replica, &now, err);
	if (rc != RC_OK)
		return rc;
	return first == now ? replica_clear(replica, err) : schema_rebuild(replica, first, err);
}

/* Copied out: a migration cannot be run while a query is. */
static enum rc run_kept(struct store *replica, int64_t number, bool *is_there, struct error *err)
{
	struct query query;
	struct strbuf hash, refused, text;
	strbuf_init(&hash);
	strbuf_init(&refused);
	strbuf_init(&text);
	query_begin_text(&query, replica,
			 "SELECT number, hash, refused, text FROM kept WHERE number = :number");
	query_bind_integer(&query, ":number", number);
	*is_there = query_next(&query);
	struct history_row row = {0};
	if (*is_there) {
		row = history_row_of(&query);
		strbuf_adds(&hash, row.hash ? row.hash : "");
		strbuf_adds(&refused, row.refused ? row.refused : "");
		strbuf_add(&text, row.text ? row.text : "", row.length);
		row = (struct history_row){.number = number,
					   .hash = hash.data,
					   .refused = row.refused ? refused.data : NULL,
					   .text = text.data,
					   .length = text.length};
	}
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK && *is_there)
		rc = history_replay(replica, &row, err);
	strbuf_release(&text);
	strbuf_release(&refused);
	strbuf_release(&hash);
	return rc;
}

/* The history is run once more from nothing, out of a copy of its own rows. */
static enum rc run_history_again(struct store *replica, struct error *err)
{
	static const char keep[] =
		"CREATE TEMP TABLE kept (number INTEGER PRIMARY KEY, hash, refused, text);"
		"INSERT INTO kept SELECT number, hash, refused, text FROM history";
	bool is_there = true;
	enum rc rc = store_run_sql(replica, keep, err);
	if (rc != RC_OK)
		return rc;
	rc = begin_again(replica, err);
	for (int64_t i = 1; rc == RC_OK && is_there; i++)
		rc = run_kept(replica, i, &is_there, err);
	enum rc dropped = store_run_sql(replica, "DROP TABLE temp.kept", rc == RC_OK ? err : NULL);
	return rc != RC_OK ? rc : dropped;
}

static enum rc rewind_to(struct store *replica, int64_t number, struct error *err)
{
	struct query query;
	enum rc rc = replica_take_back(replica, err);
	if (rc == RC_OK)
		rc = replica_version_next(replica, err);
	if (rc == RC_OK)
		rc = queue_after(replica, number, err);
	if (rc != RC_OK)
		return rc;
	query_begin(&query, replica, STATEMENT_HISTORY_REMOVE_AFTER);
	query_bind_integer(&query, ":number", number);
	query_next(&query);
	rc = query_end(&query, err);
	if (rc == RC_OK)
		rc = run_history_again(replica, err);
	return rc == RC_OK ? pending_run_again(replica, err) : rc;
}

enum rc replica_rewind(struct store *replica, int64_t number, struct error *err)
{
	enum rc rc = transaction_begin_write(replica, err);
	if (rc != RC_OK)
		return rc;
	rc = rewind_to(replica, number, err);
	return transaction_end(replica, rc, err);
}
