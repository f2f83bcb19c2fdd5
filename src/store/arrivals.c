/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/arrivals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"

enum {
	OPERATIONS_MAX =
		64, /* looked at each time: who was away so long sees a new screen anyway */
	QUEUED_MAX = 1000,
	EDITS_MAX = 1000, /* of one operation */
	KEYS_MAX = 10000,
};

typedef VECTOR(struct random_id) id_list;

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct random_id *)a)->hex, ((const struct random_id *)b)->hex);
}

static bool has(const struct random_id *ids, size_t count, const struct random_id *id)
{
	return count && bsearch(id, ids, count, sizeof(*ids), by_id) != NULL;
}

/* Few: what one person commits at one screen, in the order of it. */
static bool is_own(const struct store *store, const struct random_id *id)
{
	for (size_t i = store->own.count; i-- > 0;)
		if (strcmp(store->own.items[i].hex, id->hex) == 0)
			return true;
	return false;
}

static struct random_id id_of(struct query *query, int column)
{
	struct random_id id = {""};
	const char *text = query_text(query, column, NULL);
	snprintf(id.hex, sizeof(id.hex), "%s", text ? text : "");
	return id;
}

static enum rc read_queued(struct store *store, id_list *queued, struct error *err)
{
	struct query query;
	if (!store->is_replica)
		return RC_OK;
	query_begin(&query, store, STATEMENT_PENDING_IDS);
	query_bind_integer(&query, ":limit", QUEUED_MAX);
	while (query_next(&query)) {
		const struct random_id id = id_of(&query, 0);
		vector_push(queued, id);
	}
	return query_end(&query, err);
}

/* What is in the queue already, and where the history ends. */
static enum rc take_stock(struct arrivals *arrivals, struct store *store, struct error *err)
{
	struct log_head head;
	id_list queued = {0};
	enum rc rc = history_head(store, &head, err);
	if (rc == RC_OK)
		rc = read_queued(store, &queued, err);
	if (rc == RC_OK) {
		vector_release(&arrivals->queued);
		*arrivals = (struct arrivals){.has_begun = true, .number = head.number};
		for (size_t i = 0; i < queued.count; i++)
			vector_push(&arrivals->queued, queued.items[i]);
	}
	vector_release(&queued);
	return rc;
}

enum rc arrivals_begin(struct arrivals *arrivals, struct store *store, struct error *err)
{
	store->keeps_own = true;
	return take_stock(arrivals, store, err);
}

static enum rc add_keys(struct store *store, const char *text, size_t length, key_list *keys,
			struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_EDITED_RECORDS);
	query_bind_text_n(&query, ":text", text, length);
	query_bind_integer(&query, ":limit", EDITS_MAX);
	while (query_next(&query))
		if (query_integer(&query, 0) && keys->count < KEYS_MAX)
			vector_push(keys, query_integer(&query, 0));
	return query_end(&query, err);
}

static void set_last(struct arrivals_news *news, const char *by, const char *words)
{
	free(news->by);
	free(news->words);
	news->by = mem_strdup(by ? by : "");
	news->words = mem_strdup(words ? words : "");
}

/* Rows of id, author, words and text, the oldest first. */
static enum rc add_operations(struct arrivals_news *news, const struct arrivals *arrivals,
			      struct query *query, struct error *err)
{
	enum rc rc = RC_OK;
	while (rc == RC_OK && query_next(query)) {
		const struct random_id id = id_of(query, 0);
		size_t length = 0;
		if (has(arrivals->queued.items, arrivals->queued.count, &id) ||
		    is_own(query->store, &id))
			continue;
		const char *text = query_text(query, 3, &length);
		news->count++;
		set_last(news, query_text(query, 1, NULL), query_text(query, 2, NULL));
		rc = add_keys(query->store, text ? text : "{}", text ? length : 2, &news->keys,
			      err);
	}
	enum rc ended = query_end(query, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? ended : rc;
}

static enum rc add_published(struct arrivals_news *news, const struct arrivals *arrivals,
			     struct store *store, struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_HISTORY_ARRIVED);
	query_bind_integer(&query, ":number", arrivals->number);
	query_bind_integer(&query, ":limit", OPERATIONS_MAX);
	return add_operations(news, arrivals, &query, err);
}

/* Another window of hers has the same queue. */
static enum rc add_queued(struct arrivals_news *news, const struct arrivals *arrivals,
			  struct store *store, struct error *err)
{
	struct query query;
	if (!store->is_replica)
		return RC_OK;
	query_begin(&query, store, STATEMENT_PENDING_ARRIVED);
	query_bind_integer(&query, ":limit", OPERATIONS_MAX);
	return add_operations(news, arrivals, &query, err);
}

static int by_key(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static void sort_keys(key_list *keys)
{
	size_t kept = 0;
	if (keys->count)
		qsort(keys->items, keys->count, sizeof(*keys->items), by_key);
	for (size_t i = 0; i < keys->count; i++)
		if (!kept || keys->items[kept - 1] != keys->items[i])
			keys->items[kept++] = keys->items[i];
	keys->count = kept;
}

enum rc arrivals_take(struct arrivals *arrivals, struct store *store, struct arrivals_news *news,
		      struct error *err)
{
	bool begun = false;
	*news = (struct arrivals_news){0};
	if (!arrivals->has_begun)
		return arrivals_begin(arrivals, store, err);
	/* One moment for both: what goes from the queue into the history is in one of them. */
	enum rc rc = transaction_begin_read(store, &begun, err);
	if (rc == RC_OK)
		rc = add_published(news, arrivals, store, err);
	if (rc == RC_OK)
		rc = add_queued(news, arrivals, store, err);
	if (rc == RC_OK)
		rc = take_stock(arrivals, store, err);
	if (begun)
		rc = transaction_end(store, rc, err);
	sort_keys(&news->keys);
	return rc;
}

void arrivals_news_release(struct arrivals_news *news)
{
	vector_release(&news->keys);
	free(news->by);
	free(news->words);
	*news = (struct arrivals_news){0};
}

void arrivals_release(struct arrivals *arrivals)
{
	vector_release(&arrivals->queued);
	*arrivals = (struct arrivals){0};
}
