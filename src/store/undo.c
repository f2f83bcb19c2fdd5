/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/undo.h"

#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/machine.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/undo_parts.h"

/* An operation somebody wants undone or redone, and what has to be taken back
 * for it: itself, or the last of those that undid it and each other. */
struct found {
	char *op, *words; /* of the one it all began with */
	char *target;	  /* id */
	int64_t place;	  /* of the target */
	bool is_in_force;
};

static void found_release(struct found *found)
{
	free(found->op);
	free(found->words);
	free(found->target);
}

/* The queue of a database that has none is empty, so that one statement reads
 * both. */
static enum rc ready(struct store *store, struct error *err)
{
	return store->is_replica
		       ? RC_OK
		       : store_run_sql(store,
				       "CREATE TEMP TABLE IF NOT EXISTS pending (number INTEGER"
				       " PRIMARY KEY, op TEXT, text TEXT, parked TEXT)",
				       err);
}

static enum rc read_found(struct query *query, struct found *found, struct error *err)
{
	if (query_next(query)) {
		found->op = mem_strdup_null(query_text(query, 0, NULL));
		const char *words = query_text(query, 1, NULL);
		found->words = mem_strdup(words ? words : "");
		found->target = mem_strdup_null(query_text(query, 2, NULL));
		found->place = query_integer(query, 3);
		found->is_in_force = query_integer(query, 4) != 0;
	}
	return query_end(query, err);
}

static enum rc find_last(struct store *store, enum undo_direction direction, struct found *found,
			 struct error *err)
{
	struct query query;
	char host[MACHINE_NAME_SIZE];
	machine_name(host);
	query_begin(&query, store, direction == UNDO ? STATEMENT_UNDO_LAST : STATEMENT_REDO_LAST);
	query_bind_text(&query, ":by", store_actor(store));
	query_bind_text(&query, ":host", host);
	enum rc rc = read_found(&query, found, err);
	if (rc != RC_OK || found->target)
		return rc;
	return error_set(err, RC_NOT_FOUND, "%s",
			 direction == UNDO
				 ? _("no queda nada suyo que deshacer en esta máquina; lo demás "
				     "está en el historial")
				 : _("no hay nada que rehacer"));
}

/* What was refused, or waits for a decision, has no effect to be taken back. */
static enum rc missing_error(struct store *store, const struct undo_request *request,
			     struct error *err)
{
	struct query query;
	bool is_refused = false;
	query_begin(&query, store, STATEMENT_UNDO_REFUSED);
	query_bind_integer(&query, ":number", request->number);
	if (request->number && query_next(&query))
		is_refused = query_text(&query, 0, NULL) != NULL;
	enum rc rc = query_end(&query, err);
	if (rc != RC_OK)
		return rc;
	if (is_refused)
		return error_set(err, RC_REFUSED,
				 _("la operación %lld fue rechazada y no cambió nada: no hay qué "
				   "deshacer"),
				 (long long)request->number);
	return request->number ? error_set(err, RC_NOT_FOUND, _("no hay ninguna operación %lld"),
					   (long long)request->number)
			       : error_set(err, RC_NOT_FOUND,
					   _("ese cambio no está entre los que tienen efecto"));
}

static enum rc find_named(struct store *store, const struct undo_request *request,
			  struct found *found, struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_UNDO_FIND);
	query_bind_integer(&query, ":number", request->number);
	query_bind_text(&query, ":op", request->op);
	enum rc rc = read_found(&query, found, err);
	if (rc != RC_OK)
		return rc;
	if (!found->target)
		return missing_error(store, request, err);
	if (found->is_in_force == (request->direction == UNDO))
		return RC_OK;
	return error_set(err, RC_REFUSED,
			 request->direction == UNDO
				 ? _("«%s» ya está deshecho")
				 : _("«%s» no está deshecho: no hay qué rehacer"),
			 found->words);
}

/* ---- reading the target */

static void target_release(struct undo_target *target)
{
	strbuf_release(&target->text);
	for (size_t i = 0; i < target->edits.count; i++)
		edit_release(&target->edits.items[i]);
	vector_release(&target->edits);
}

static enum rc read_text(struct store *store, const char *op, struct strbuf *out, struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_UNDO_TEXT);
	query_bind_text(&query, ":op", op);
	if (query_next(&query)) {
		size_t length;
		const char *text = query_text(&query, 0, &length);
		strbuf_add(out, text ? text : "", length);
	}
	return query_end(&query, err);
}

static enum rc read_edits(struct store *store, struct undo_target *target, struct error *err)
{
	struct query query;
	enum rc rc = RC_OK;
	edit_query_begin(&query, store, target->text.data, target->text.length);
	while (rc == RC_OK && query_next(&query)) {
		struct edit edit;
		rc = edit_read(&query, &edit, err);
		if (rc == RC_OK)
			vector_push(&target->edits, edit);
		else
			edit_release(&edit);
	}
	enum rc ended = query_end(&query, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? ended : rc;
}

/* A restore says of itself what worker_restore.c writes: nothing of the database that was there
 * before stands in it. */
static bool is_restore(const struct undo_target *target)
{
	const struct edit *edit = target->edits.items;
	if (target->edits.count != 1 || edit->kind != EDIT_INSERT ||
	    strcmp(edit->table, "setting") != 0)
		return false;
	for (size_t i = 0; i < edit->fields.count; i++) {
		const struct edit_field *field = &edit->fields.items[i];
		const char *text = (const char *)sqlite3_value_text(field->now);
		if (strcmp(field->column, "name") == 0)
			return text && strncmp(text, "restored-", strlen("restored-")) == 0;
	}
	return false;
}

static enum rc check_undoable(const struct undo_target *target, const char *words,
			      struct error *err)
{
	if (!target->edits.count)
		return error_set(err, RC_REFUSED,
				 _("«%s» cambió la estructura de la base y no se puede deshacer"),
				 words);
	if (is_restore(target))
		return error_set(err, RC_REFUSED,
				 _("«%s» puso un respaldo en el lugar de la base y no se puede "
				   "deshacer; lo que había antes quedó guardado junto a ella"),
				 words);
	return RC_OK;
}

static enum rc read_target(struct store *store, const struct found *found,
			   struct undo_target *target, struct error *err)
{
	enum rc rc = read_text(store, found->target, &target->text, err);
	if (rc == RC_OK)
		rc = read_edits(store, target, err);
	return rc == RC_OK ? check_undoable(target, found->words, err) : rc;
}

/* ---- the inverse */

/* Words are the group's record and stay in its language. */
static void set_words(struct operation *operation, const struct found *found,
		      enum undo_direction direction)
{
	operation_set_words(operation, "%s: %s", direction == UNDO ? "Deshace" : "Rehace",
			    found->words);
	operation_set_undoes(operation, found->target);
}

/* Commits the inverse; what it meets that is not as it was left is told by its
 * cause. */
static enum rc take_back(struct store *store, const struct undo_target *target,
			 struct operation *operation, int64_t *number, struct error *err)
{
	enum rc rc = undo_compose(store, target, operation, err);
	if (rc == RC_OK && operation_is_empty(operation))
		return error_set(err, RC_REFUSED,
				 _("«%s» no cambió nada: otra persona ya había puesto lo mismo"),
				 target->words);
	if (rc == RC_OK)
		rc = operation_commit(operation, store, number, err);
	return rc == RC_CONFLICT || rc == RC_REFUSED ? undo_explain(store, target, err) : rc;
}

static enum rc commit_inverse(struct store *store, const struct found *found,
			      enum undo_direction direction, int64_t *number, struct error *err)
{
	struct undo_target target = {.place = found->place, .words = found->words};
	struct operation *operation = operation_new();
	int64_t version = 0;
	strbuf_init(&target.text);
	/* What is looked at here must still be so when it is committed. */
	enum rc rc = store_version(store, &version, err);
	operation_expect_version(operation, version);
	set_words(operation, found, direction);
	if (rc == RC_OK)
		rc = read_target(store, found, &target, err);
	if (rc == RC_OK)
		rc = take_back(store, &target, operation, number, err);
	operation_free(operation);
	target_release(&target);
	return rc;
}

enum rc undo_commit(struct store *store, const struct undo_request *request, struct strbuf *words,
		    int64_t *number, struct error *err)
{
	struct found found = {0};
	enum rc rc = ready(store, err);
	if (rc == RC_OK)
		rc = request->number || request->op
			     ? find_named(store, request, &found, err)
			     : find_last(store, request->direction, &found, err);
	if (rc == RC_OK)
		rc = commit_inverse(store, &found, request->direction, number, err);
	if (rc == RC_OK)
		strbuf_adds(words, found.words);
	found_release(&found);
	return rc;
}
