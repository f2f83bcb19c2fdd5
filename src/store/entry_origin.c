/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/entry_origin.h"

#include <stdio.h>
#include <stdlib.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"

enum {
	ENTRIES_MAX = 5000, /* of one meeting */
	STEP = 64,	    /* operations read at a time */
	OPERATIONS_MAX = 4096,
};

static int by_key(const void *a, const void *b)
{
	const struct entry_origin *left = a, *right = b;
	return (left->entry > right->entry) - (left->entry < right->entry);
}

static struct entry_origin *find(const struct entry_origins *origins, int64_t entry)
{
	const struct entry_origin sought = {.entry = entry};
	if (!origins->items.count)
		return NULL;
	return bsearch(&sought, origins->items.items, origins->items.count, sizeof(sought), by_key);
}

const struct entry_origin *entry_origin_of(const struct entry_origins *origins, int64_t entry)
{
	return find(origins, entry);
}

void entry_origins_release(struct entry_origins *origins)
{
	for (size_t i = 0; i < origins->items.count; i++)
		free(origins->items.items[i].by);
	vector_release(&origins->items);
}

/* All entries there are now, in order; `by` is NULL where it is still to be found. */
static enum rc list_entries(const struct entry_origins *known, struct store *store,
			    int64_t meeting, struct entry_origins *fresh, size_t *missing,
			    struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_ENTRY_KEYS);
	query_bind_integer(&query, ":meeting", meeting);
	query_bind_integer(&query, ":limit", ENTRIES_MAX);
	while (query_next(&query)) {
		struct entry_origin origin = {.entry = query_integer(&query, 0)};
		const struct entry_origin *before = find(known, origin.entry);
		if (before) {
			origin = *before;
			origin.by = mem_strdup(before->by);
		}
		*missing += !before;
		vector_push(&fresh->items, origin);
	}
	return query_end(&query, err);
}

/* The newest that made it counts: what was removed and came back is of who brought it back. */
static void take_row(struct entry_origins *fresh, struct query *query, size_t *missing)
{
	struct entry_origin *origin = find(fresh, query_integer(query, 0));
	const char *by = query_text(query, 1, NULL), *at = query_text(query, 2, NULL);
	if (!origin || origin->by)
		return;
	origin->by = mem_strdup(by ? by : "");
	snprintf(origin->at, sizeof(origin->at), "%s", at ? at : "");
	--*missing;
}

static enum rc read_queue(struct entry_origins *fresh, struct store *store, size_t *missing,
			  struct error *err)
{
	struct query query;
	if (!store->is_replica || !*missing)
		return RC_OK;
	query_begin(&query, store, STATEMENT_PENDING_ENTRIES);
	query_bind_integer(&query, ":limit", OPERATIONS_MAX);
	while (*missing && query_next(&query))
		take_row(fresh, &query, missing);
	return query_end(&query, err);
}

static enum rc read_history(struct entry_origins *fresh, struct store *store, size_t *missing,
			    struct error *err)
{
	enum rc rc = RC_OK;
	for (int offset = 0; rc == RC_OK && *missing && offset < OPERATIONS_MAX; offset += STEP) {
		struct query query;
		query_begin(&query, store, STATEMENT_HISTORY_ENTRIES);
		query_bind_integer(&query, ":limit", STEP);
		query_bind_integer(&query, ":offset", offset);
		while (*missing && query_next(&query))
			take_row(fresh, &query, missing);
		rc = query_end(&query, err);
	}
	return rc;
}

enum rc entry_origins_update(struct entry_origins *origins, struct store *store, int64_t meeting,
			     struct error *err)
{
	struct entry_origins fresh = {0};
	size_t missing = 0;
	enum rc rc = list_entries(origins, store, meeting, &fresh, &missing, err);
	if (rc == RC_OK)
		rc = read_queue(&fresh, store, &missing, err);
	if (rc == RC_OK)
		rc = read_history(&fresh, store, &missing, err);
	if (rc != RC_OK) {
		entry_origins_release(&fresh);
		return rc;
	}
	for (size_t i = 0; i < fresh.items.count; i++)
		if (!fresh.items.items[i].by)
			fresh.items.items[i].by = mem_strdup("");
	entry_origins_release(origins);
	*origins = fresh;
	return RC_OK;
}
