/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/history.h"

#include <stdio.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/apply.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/edit.h"
#include "nucleo/store/schema_data.h"

enum rc history_head(struct store *store, struct log_head *head, struct error *err)
{
	struct query query;
	struct log_head last = log_head_none();
	query_begin(&query, store, STATEMENT_HISTORY_HEAD);
	if (query_next(&query)) {
		const char *hash = query_text(&query, 1, NULL);
		last.number = query_integer(&query, 0);
		snprintf(last.hash.hex, sizeof(last.hash.hex), "%s", hash ? hash : "");
	}
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		*head = last;
	return rc;
}

/* Members of an operation that the history has as text of its own. */
enum { TEXT_MEMBERS = 5 };

static enum rc check_place(struct query *query, const struct log_head *head, struct error *err)
{
	const char *edits = query_text(query, 0, NULL), *parent = query_text(query, 1, NULL);
	const char *schema = query_text(query, 2, NULL);
	if (!edits || strcmp(edits, "array") != 0)
		return edit_malformed(err, "edits");
	if (!parent || strcmp(parent, head->hash.hex) != 0)
		return error_set(err, RC_INVALID,
				 _("la operación %lld no sigue a la anterior: su «parent» es otro"),
				 (long long)head->number + 1);
	if (!schema || strcmp(schema, "integer") != 0)
		return edit_malformed(err, "schema");
	if (query_integer(query, 4) != TEXT_MEMBERS)
		return edit_malformed(err, "op, at, by, host, words");
	if (query_integer(query, 5))
		return error_set(err, RC_INVALID, _("la operación %lld ya está en el historial"),
				 (long long)head->number + 1);
	if (query_integer(query, 3) > schema_script_count)
		return error_set(err, RC_REFUSED,
				 _("la operación %lld es de un nucleo más nuevo; actualice este"),
				 (long long)head->number + 1);
	return RC_OK;
}

/* A zero character: legal in JSON, but no two versions of SQLite agree on what follows it. */
static bool has_escaped_zero(const char *text)
{
	for (const char *at = text; (at = strchr(at, '\\')); at += at[1] ? 2 : 1)
		if (strncmp(at, "\\u0000", 6) == 0)
			return true;
	return false;
}

/* SQLite's json_valid() also says no when it lacks memory for a moment: it is asked again. */
static enum rc check_json(struct store *store, const char *text, size_t length, struct error *err)
{
	bool is_valid = false;
	enum rc rc = RC_OK;
	for (int i = 0; i < 2 && rc == RC_OK && !is_valid; i++) {
		struct query query;
		query_begin(&query, store, STATEMENT_OPERATION_VALID);
		query_bind_text_n(&query, ":text", text, length);
		is_valid = query_next(&query) && query_integer(&query, 0);
		rc = query_end(&query, err);
	}
	return rc != RC_OK || is_valid ? rc : edit_malformed(err, "JSON");
}

enum rc history_check(struct store *store, const struct log_head *head, const char *text,
		      size_t length, struct error *err)
{
	struct query query;
	enum rc place = RC_OK;
	if (length > LOG_TEXT_LIMIT)
		return error_set(err, RC_INVALID,
				 _("la operación pasa de %zu MiB; divídala en partes"),
				 LOG_TEXT_LIMIT >> 20);
	if (!utf8_is_valid(text, length) || memchr(text, '\0', length) || has_escaped_zero(text))
		return edit_malformed(err, "UTF-8");
	enum rc rc = check_json(store, text, length, err);
	if (rc != RC_OK)
		return rc;
	query_begin(&query, store, STATEMENT_OPERATION_HEAD);
	query_bind_text_n(&query, ":text", text, length);
	if (query_next(&query))
		place = check_place(&query, head, err);
	rc = query_end(&query, err);
	return rc != RC_OK ? rc : place;
}

enum rc history_record(struct store *store, const struct log_head *head, const char *text,
		       const char *refused, struct error *err)
{
	struct query query;
	size_t length = strlen(text);
	struct digest hash = digest_of(text, length);
	query_begin(&query, store, STATEMENT_HISTORY_APPEND);
	query_bind_integer(&query, ":number", head->number + 1);
	query_bind_text(&query, ":hash", hash.hex);
	query_bind_text(&query, ":refused", refused);
	query_bind_text_n(&query, ":text", text, length);
	query_next(&query);
	return query_end(&query, err);
}

enum rc history_run(struct store *store, const struct log_head *head, const char *text,
		    size_t length, struct error *err)
{
	enum rc rc = history_check(store, head, text, length, err);
	return rc == RC_OK ? apply_edits(store, text, length, err) : rc;
}

enum rc history_append(struct store *store, const struct log_head *head, const char *text,
		       size_t length, struct error *err)
{
	enum rc rc = history_run(store, head, text, length, err);
	return rc == RC_OK ? history_record(store, head, text, NULL, err) : rc;
}

static enum rc replay_text(struct store *copy, const struct log_head *head, const char *text,
			   const char *refused, struct error *err)
{
	if (!refused)
		return history_append(copy, head, text, strlen(text), err);
	enum rc rc = history_check(copy, head, text, strlen(text), err);
	return rc == RC_OK ? history_record(copy, head, text, refused, err) : rc;
}

/* The hash first: what is run again must be what was written. */
enum rc history_replay(struct store *copy, struct query *row, struct error *err)
{
	struct log_head head;
	size_t length;
	long long number = query_integer(row, 0);
	const char *hash = query_text(row, 2, NULL), *refused = query_text(row, 3, NULL);
	const char *text = query_text(row, 4, &length);
	enum rc rc = history_head(copy, &head, err);
	if (rc != RC_OK)
		return rc;
	if (number != head.number + 1)
		return error_set(err, RC_INVALID, _("al historial le falta la operación %lld"),
				 (long long)head.number + 1);
	if (!text || !hash || strcmp(digest_of(text, length).hex, hash) != 0)
		return error_set(
			err, RC_INVALID,
			_("la operación %lld del historial fue alterada: su resumen no coincide"),
			number);
	rc = replay_text(copy, &head, text, refused, err);
	if (rc == RC_OK)
		return RC_OK;
	error_prefix(err, _("la operación %lld no se puede repetir"), number);
	return rc == RC_IO ? RC_IO : RC_INVALID;
}
