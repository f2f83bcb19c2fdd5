/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/store/connection.h"
#include "nucleo/store/search_parts.h"

enum { FOLLOWED_EDITS = 2000 };

static int by_target(const void *a, const void *b)
{
	const struct search_target *left = a, *right = b;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return (left->key > right->key) - (left->key < right->key);
}

static void make_unique(search_targets *targets)
{
	size_t count = 0;
	if (!targets->count)
		return;
	qsort(targets->items, targets->count, sizeof(*targets->items), by_target);
	for (size_t i = 0; i < targets->count; i++)
		if (!count || by_target(&targets->items[count - 1], &targets->items[i]) != 0)
			targets->items[count++] = targets->items[i];
	targets->count = count;
}

/* The records that the edits of a query concern: table, key, and its parents before and after. */
static enum rc add_edited(struct search *search, struct query *query, int *edits,
			  search_targets *targets, struct error *err)
{
	enum rc rc = RC_OK;
	for (; rc == RC_OK && targets->count <= FOLLOWED_EDITS && query_next(query); ++*edits) {
		struct search_edit edit = {.table = query_text(query, 0, NULL),
					   .key = query_integer(query, 1)};
		for (int i = 0; i < 3; i++)
			edit.parents[i] = query_integer(query, 2 + i);
		if (edit.table)
			rc = search_source_depending(search->store, &edit, targets, err);
	}
	enum rc ended = query_end(query, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? ended : rc;
}

static enum rc add_published(struct search *search, const struct search_state *state, int *edits,
			     search_targets *targets, struct error *err)
{
	struct query query;
	query_begin(&query, search->store, STATEMENT_HISTORY_EDITED);
	query_bind_integer(&query, ":number", state->head);
	query_bind_integer(&query, ":limit", FOLLOWED_EDITS + 1);
	return add_edited(search, &query, edits, targets, err);
}

/* Those that wait for a decision too: they may have had an effect until a moment ago. */
static enum rc add_queued(struct search *search, int *edits, search_targets *targets,
			  struct error *err)
{
	struct query query;
	if (!search->store->is_replica)
		return RC_OK;
	query_begin(&query, search->store, STATEMENT_PENDING_EDITED);
	query_bind_integer(&query, ":limit", FOLLOWED_EDITS + 1);
	return add_edited(search, &query, edits, targets, err);
}

/* Records whose text in the index comes from operations that were not published yet. */
static enum rc add_kept(struct search *search, search_targets *targets, struct error *err)
{
	struct query query;
	query_begin_text(&query, search->index, "SELECT kind, key FROM queued");
	while (query_next(&query)) {
		int64_t kind = query_integer(&query, 0);
		if (kind >= 0 && kind < SEARCH_KIND_COUNT)
			*vector_add(targets) = (struct search_target){(enum search_kind)kind,
								      query_integer(&query, 1)};
	}
	return search_index_rc(search, query_end(&query, err));
}

static enum rc has_row(struct store *store, enum statement_id id, int64_t number, bool *has,
		       struct error *err)
{
	struct query query;
	query_begin(&query, store, id);
	query_bind_integer(&query, ":number", number);
	*has = query_next(&query);
	return query_end(&query, err);
}

/* The script of a migration may have changed any row, and none of its edits says which. */
static enum rc has_migrated(struct search *search, const struct search_state *state, bool *has,
			    struct error *err)
{
	enum rc rc = has_row(search->store, STATEMENT_HISTORY_MIGRATED, state->head, has, err);
	if (rc == RC_OK && !*has && search->store->is_replica)
		rc = has_row(search->store, STATEMENT_PENDING_MIGRATED, 0, has, err);
	return rc;
}

enum rc search_find_changed(struct search *search, const struct search_state *state,
			    search_targets *targets, bool *is_large, struct error *err)
{
	int edits = 0;
	enum rc rc = add_published(search, state, &edits, targets, err);
	if (rc == RC_OK)
		rc = add_queued(search, &edits, targets, err);
	if (rc == RC_OK)
		rc = add_kept(search, targets, err);
	if (rc == RC_OK)
		rc = has_migrated(search, state, is_large, err);
	*is_large |= edits > FOLLOWED_EDITS || targets->count > FOLLOWED_EDITS;
	make_unique(targets);
	return rc;
}

static enum rc keep(struct search *search, const struct search_target *target, struct error *err)
{
	struct query query;
	query_begin_text(&query, search->index,
			 "INSERT INTO queued (kind, key) VALUES (:kind, :key)");
	query_bind_integer(&query, ":kind", target->kind);
	query_bind_integer(&query, ":key", target->key);
	query_next(&query);
	return search_index_rc(search, query_end(&query, err));
}

enum rc search_keep_queued(struct search *search, struct error *err)
{
	search_targets targets = {0};
	struct query query;
	int edits = 0;
	enum rc rc = add_queued(search, &edits, &targets, err);
	make_unique(&targets);
	if (rc == RC_OK) {
		query_begin_text(&query, search->index, "DELETE FROM queued");
		query_next(&query);
		rc = search_index_rc(search, query_end(&query, err));
	}
	for (size_t i = 0; i < targets.count && rc == RC_OK; i++)
		rc = keep(search, &targets.items[i], err);
	vector_release(&targets);
	return rc;
}
