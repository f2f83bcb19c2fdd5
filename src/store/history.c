/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/history.h"

#include <stdio.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/apply.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/edit.h"
#include "nucleo/store/schema.h"
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

/* What OPERATION_HEAD gives. */
enum head_column {
	HEAD_EDITS_TYPE,
	HEAD_PARENT,
	HEAD_SCHEMA_TYPE,
	HEAD_SCHEMA,
	HEAD_TEXT_MEMBERS,
	HEAD_IS_THERE,
	HEAD_SCHEMA_NOW,
	HEAD_EDITS,
	HEAD_MIGRATION_TYPE,
	HEAD_NUMBER_TYPE,
	HEAD_NUMBER,
	HEAD_SHA256,
};

static enum rc newer_error(const struct log_head *head, struct error *err)
{
	return error_set(err, RC_REFUSED,
			 _("la operación %lld es de un nucleo más nuevo; actualice este"),
			 (long long)head->number + 1);
}

/* The next one, and to the letter the script this program has: run elsewhere, another one
 * would have given other tables. */
static bool is_known_migration(struct query *query)
{
	int64_t number = query_integer(query, HEAD_NUMBER);
	const char *type = query_text(query, HEAD_NUMBER_TYPE, NULL);
	const char *sha256 = query_text(query, HEAD_SHA256, NULL);
	return !query_integer(query, HEAD_EDITS) && type && strcmp(type, "integer") == 0 &&
	       number == query_integer(query, HEAD_SCHEMA_NOW) + 1 &&
	       number == query_integer(query, HEAD_SCHEMA) && sha256 && *sha256 &&
	       strcmp(sha256, schema_script_hash(number).hex) == 0;
}

/*
 * A new kind of operation has no edits and a member of its name. What this program does not know
 * it must not pass over: its tables would no longer be those of the group. A member
 * beside edits is a remark.
 */
static enum rc check_kind(struct query *query, const struct log_head *head, const char *text,
			  size_t length, struct error *err)
{
	struct query members;
	int64_t now = query_integer(query, HEAD_SCHEMA_NOW);
	/* A newer program of the same user may have upgraded this very copy. */
	if (now > schema_script_count)
		return newer_error(head, err);
	if (query_text(query, HEAD_MIGRATION_TYPE, NULL))
		return is_known_migration(query)
			       ? RC_OK
			       : error_set(err, RC_REFUSED,
					   _("la operación %lld cambia la estructura de la base "
					     "de un modo que este nucleo no conoce: es de uno más "
					     "nuevo, o de otro; actualice este"),
					   (long long)head->number + 1);
	if (query_integer(query, HEAD_SCHEMA) > now)
		return newer_error(head, err);
	if (query_integer(query, HEAD_EDITS))
		return RC_OK;
	query_begin(&members, query->store, STATEMENT_OPERATION_UNKNOWN);
	query_bind_text_n(&members, ":text", text, length);
	bool is_unknown = query_next(&members);
	enum rc rc = query_end(&members, err);
	return rc == RC_OK && is_unknown ? newer_error(head, err) : rc;
}

static enum rc check_place(struct query *query, const struct log_head *head, struct error *err)
{
	const char *edits = query_text(query, HEAD_EDITS_TYPE, NULL);
	const char *parent = query_text(query, HEAD_PARENT, NULL);
	const char *schema = query_text(query, HEAD_SCHEMA_TYPE, NULL);
	if (!edits || strcmp(edits, "array") != 0)
		return edit_malformed(err, "edits");
	if (!parent || strcmp(parent, head->hash.hex) != 0)
		return error_set(err, RC_INVALID,
				 _("la operación %lld no sigue a la anterior: su «parent» es otro"),
				 (long long)head->number + 1);
	if (!schema || strcmp(schema, "integer") != 0 || query_integer(query, HEAD_SCHEMA) < 1)
		return edit_malformed(err, "schema");
	if (query_integer(query, HEAD_TEXT_MEMBERS) != TEXT_MEMBERS)
		return edit_malformed(err, "op, at, by, host, words");
	if (query_integer(query, HEAD_IS_THERE))
		return error_set(err, RC_INVALID, _("la operación %lld ya está en el historial"),
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
	if (query_next(&query)) {
		place = check_place(&query, head, err);
		if (place == RC_OK)
			place = check_kind(&query, head, text, length, err);
	}
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
	int64_t schema = 0;
	enum rc rc = history_check(store, head, text, length, err);
	if (rc == RC_OK)
		rc = schema_migration(store, text, length, &schema, err);
	if (rc != RC_OK)
		return rc;
	return schema ? schema_migrate(store, schema, err) : apply_edits(store, text, length, err);
}

enum rc history_append(struct store *store, const struct log_head *head, const char *text,
		       size_t length, struct error *err)
{
	enum rc rc = history_run(store, head, text, length, err);
	return rc == RC_OK ? history_record(store, head, text, NULL, err) : rc;
}

static enum rc replay_text(struct store *copy, const struct log_head *head,
			   const struct history_row *row, struct error *err)
{
	if (!row->refused)
		return history_append(copy, head, row->text, row->length, err);
	enum rc rc = history_check(copy, head, row->text, row->length, err);
	return rc == RC_OK ? history_record(copy, head, row->text, row->refused, err) : rc;
}

struct history_row history_row_of(struct query *query)
{
	struct history_row row = {.number = query_integer(query, 0),
				  .hash = query_text(query, 1, NULL),
				  .refused = query_text(query, 2, NULL)};
	row.text = query_text(query, 3, &row.length);
	return row;
}

enum rc history_check_row(const struct log_head *head, const struct history_row *row,
			  struct error *err)
{
	if (row->number != head->number + 1)
		return error_set(err, RC_INVALID, _("al historial le falta la operación %lld"),
				 (long long)head->number + 1);
	if (row->text && row->hash &&
	    strcmp(digest_of(row->text, row->length).hex, row->hash) == 0)
		return RC_OK;
	return error_set(err, RC_INVALID,
			 _("la operación %lld del historial fue alterada: su resumen no coincide"),
			 (long long)row->number);
}

/* The hash first: what is run again must be what was written. */
enum rc history_replay(struct store *copy, const struct history_row *row, struct error *err)
{
	struct log_head head;
	enum rc rc = history_head(copy, &head, err);
	if (rc == RC_OK)
		rc = history_check_row(&head, row, err);
	if (rc != RC_OK)
		return rc;
	rc = replay_text(copy, &head, row, err);
	if (rc == RC_OK)
		return RC_OK;
	error_prefix(err, _("la operación %lld no se puede repetir"), (long long)row->number);
	return rc == RC_IO ? RC_IO : RC_INVALID;
}
