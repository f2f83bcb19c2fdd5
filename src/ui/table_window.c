/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/table_window.h"

#include "nucleo/base/vector.h"

static enum rc fetch(const struct table *table, struct table_query query, struct table_rows *out,
		     struct error *err)
{
	query.limit = table->chunk;
	*out = (struct table_rows){.columns = table->rows.columns};
	enum rc rc = table->source.fetch(table->source.context, &query, out, err);
	if (rc != RC_OK)
		table_rows_release(out);
	return rc;
}

/* What follows the last row; everything when there are none. */
static struct table_query after_last(const struct table_rows *rows)
{
	if (!rows->count)
		return (struct table_query){.sort = NULL};
	const struct table_row *last = &rows->items[rows->count - 1];
	return (struct table_query){.sort = last->sort, .key = last->key};
}

static struct table_query before_first(const struct table_rows *rows)
{
	if (!rows->count)
		return (struct table_query){.backwards = true};
	return (struct table_query){
		.sort = rows->items[0].sort, .key = rows->items[0].key, .backwards = true};
}

/* What scrolled far out above is forgotten. */
static void forget_above(struct table *table)
{
	size_t count = table->rows.count;
	if (count <= TABLE_WINDOW_MAX)
		return;
	size_t cut = count - TABLE_WINDOW_MAX;
	cut = cut > table->top ? table->top : cut;
	if (!cut)
		return;
	table_rows_cut(&table->rows, 0, cut);
	table->selected -= cut;
	table->top -= cut;
	table->at_start = false;
}

enum rc table_window_reach(struct table *table, size_t index, struct error *err)
{
	while (!table->at_end && table->rows.count <= index) {
		struct table_rows more;
		enum rc rc = fetch(table, after_last(&table->rows), &more, err);
		if (rc != RC_OK)
			return rc;
		table->at_end = more.count < table->chunk;
		table_rows_append(&table->rows, &more);
	}
	return RC_OK;
}

static void prepend(struct table *table, struct table_rows *before)
{
	size_t count = before->count;
	table_rows_reverse(before);
	table_rows_append(before, &table->rows);
	table->rows = *before;
	table->selected += count;
	table->top += count;
}

static void forget_below(struct table *table)
{
	size_t count = table->rows.count, keep = table->selected + TABLE_WINDOW_MAX / 2;
	if (count <= TABLE_WINDOW_MAX || keep >= count)
		return;
	table_rows_cut(&table->rows, keep, count);
	table->at_end = false;
}

enum rc table_window_reach_back(struct table *table, size_t count, struct error *err)
{
	while (!table->at_start && table->selected < count) {
		struct table_rows before;
		enum rc rc = fetch(table, before_first(&table->rows), &before, err);
		if (rc != RC_OK)
			return rc;
		table->at_start = before.count < table->chunk;
		prepend(table, &before);
	}
	forget_below(table);
	forget_above(table);
	return RC_OK;
}

static void replace(struct table *table, struct table_rows *rows, bool at_start, bool at_end)
{
	table_rows_release(&table->rows);
	table->rows = *rows;
	table->at_start = at_start;
	table->at_end = at_end;
}

enum rc table_window_edge(struct table *table, bool last, struct error *err)
{
	struct table_rows rows;
	enum rc rc = fetch(table, (struct table_query){.backwards = last}, &rows, err);
	if (rc != RC_OK)
		return rc;
	bool all = rows.count < table->chunk;
	if (last)
		table_rows_reverse(&rows);
	replace(table, &rows, all || !last, all || last);
	table->selected = last && rows.count ? rows.count - 1 : 0;
	table->top = 0;
	return RC_OK;
}

static size_t index_of(const struct table_rows *rows, int64_t key, size_t otherwise)
{
	for (size_t i = 0; i < rows->count; i++)
		if (rows->items[i].key == key)
			return i;
	return otherwise < rows->count ? otherwise : rows->count ? rows->count - 1 : 0;
}

enum rc table_window_around(struct table *table, const struct table_query *place, size_t offset,
			    struct error *err)
{
	struct table_query before_place = *place;
	struct table_rows rows, after;
	before_place.backwards = true;
	enum rc rc = fetch(table, before_place, &rows, err);
	if (rc != RC_OK)
		return rc;
	bool at_start = rows.count < table->chunk;
	size_t before = rows.count;
	table_rows_reverse(&rows);
	rc = fetch(table, after_last(&rows), &after, err);
	if (rc != RC_OK) {
		table_rows_release(&rows);
		return rc;
	}
	bool at_end = after.count < table->chunk;
	table_rows_append(&rows, &after);
	replace(table, &rows, at_start, at_end);
	table->selected = index_of(&table->rows, place->key, before);
	table->top = table->selected > offset ? table->selected - offset : 0;
	return RC_OK;
}
