/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/convening.h"

#include <string.h>

#include "nucleo/store/query.h"

/* The keys of a query with its parameters bound; none are added after an error. */
static enum rc take_keys(struct query *query, key_list *keys, struct error *err)
{
	size_t before = keys->count;
	while (query_next(query))
		vector_push(keys, query_integer(query, 0));
	enum rc rc = query_end(query, err);
	if (rc != RC_OK)
		keys->count = before;
	return rc;
}

enum rc store_items_left(struct store *store, int64_t meeting, day_number date, key_list *keys,
			 struct error *err)
{
	struct query query;
	struct strbuf day;
	strbuf_init(&day);
	date_add_iso(&day, date);
	query_begin(&query, store, STATEMENT_AGENDA_ITEMS_LEFT);
	query_bind_integer(&query, ":meeting", meeting);
	query_bind_text(&query, ":date", day.data);
	query_bind_integer(&query, ":limit", ITEMS_LEFT_MAX);
	enum rc rc = take_keys(&query, keys, err);
	strbuf_release(&day);
	return rc;
}

enum rc store_commitments_moved(struct store *store, day_number since, key_list *keys,
				struct error *err)
{
	struct query query;
	struct strbuf day;
	strbuf_init(&day);
	date_add_iso(&day, since);
	query_begin(&query, store, STATEMENT_COMMITMENTS_MOVED);
	query_bind_text(&query, ":since", day.data);
	enum rc rc = take_keys(&query, keys, err);
	strbuf_release(&day);
	return rc;
}

enum rc store_meeting_last_number(struct store *store, const char *prefix, int64_t *number,
				  struct error *err)
{
	struct query query;
	struct strbuf end;
	int64_t found = 0;
	strbuf_init(&end);
	strbuf_adds(&end, prefix);
	/* Every text that begins so comes before this one; without a prefix any number counts. */
	if (end.length)
		end.data[end.length - 1]++;
	else
		strbuf_addch(&end, ':');
	query_begin(&query, store, STATEMENT_MEETING_LAST_NUMBER);
	query_bind_text(&query, ":prefix", prefix);
	query_bind_text(&query, ":end", end.data);
	if (query_next(&query))
		found = query_integer(&query, 0);
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		*number = found;
	strbuf_release(&end);
	return rc;
}
