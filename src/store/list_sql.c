/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/list_sql.h"

static bool has_order(const struct list_filter *filter)
{
	return filter->filter && filter->filter->order;
}

int list_segment_count(const struct list_filter *filter)
{
	bool is_joined = has_order(filter) && !filter->source->segments[0].from;
	return is_joined ? 1 : filter->source->segment_count;
}

/* In another order there is one segment with every row; rows alike keep the kind's own. */
static struct list_segment segment_at(const struct list_filter *filter, int at)
{
	struct list_segment segment = filter->source->segments[at];
	if (has_order(filter)) {
		segment.where = segment.lead = NULL;
		segment.descending = filter->filter->is_descending;
	}
	return segment;
}

static void add_place(struct strbuf *out, const struct list_source *source,
		      const struct list_segment *segment, bool is_descending)
{
	const char *sign = is_descending ? "<" : ">";
	if (segment->is_unique)
		strbuf_addf(out, " AND %s %s :sort", segment->sort, sign);
	else if (segment->sort)
		strbuf_addf(out, " AND (%s, %s) %s (:sort, :anchor)", segment->sort, source->key,
			    sign);
	else
		strbuf_addf(out, " AND %s %s :anchor", source->key, sign);
}

/* Where to begin in the order of the lead. All begin after '': it is said from either end, for
 * without a bound SQLite takes sorting everything to be cheaper than walking the index. */
static void add_lead(struct strbuf *out, const struct list_segment *segment, bool is_descending,
		     bool is_anchored)
{
	if (segment->lead && is_anchored)
		strbuf_addf(out, " AND %s %s %s", segment->lead, is_descending ? "<=" : ">=",
			    segment->lead_of);
	else if (segment->lead)
		strbuf_addf(out, " AND %s >= ''", segment->lead);
}

static void add_restrictions(struct strbuf *out, const struct list_source *source,
			     const struct list_query *query)
{
	const int64_t keys[LIST_RESTRICTION_COUNT] = {
		[LIST_BY_KEY] = query->key,
		[LIST_BY_PLAN] = query->plan,
		[LIST_BY_COMMITMENT] = query->commitment,
		[LIST_BY_MEETING] = query->meeting,
		[LIST_BY_AGENDA_ITEM] = query->agenda_item,
		[LIST_BY_ORGANIZATION] = query->organization,
	};
	for (int i = 0; i < LIST_RESTRICTION_COUNT; i++)
		if (keys[i] && source->restrictions[i])
			strbuf_addf(out, " AND %s", source->restrictions[i]);
}

/* What rows sort by in their own order; in another one, whatever the segment they are of. */
static void add_own_sort(struct strbuf *out, const struct list_filter *filter,
			 const struct list_segment *segment)
{
	const struct list_source *source = filter->source;
	if (!has_order(filter) || list_segment_count(filter) == source->segment_count) {
		strbuf_adds(out, segment->sort ? segment->sort : "''");
		return;
	}
	strbuf_adds(out, "coalesce(");
	for (int i = 0; i < source->segment_count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", source->segments[i].sort);
	strbuf_addch(out, ')');
}

/* The rows of the tables, before conditions on what they show. */
static void add_rows(struct strbuf *out, const struct list_filter *filter,
		     const struct list_segment *segment, const struct list_query *query)
{
	const struct list_source *source = filter->source;
	strbuf_addf(out, "SELECT %s AS key, ", source->key);
	add_own_sort(out, filter, segment);
	strbuf_adds(out, " AS sort, ");
	if (segment->lead && list_filter_wraps(filter))
		strbuf_addf(out, "%s AS lead_, ", segment->lead);
	strbuf_addf(out, "%s FROM %s WHERE %s", source->columns,
		    segment->from ? segment->from : source->from,
		    segment->where ? segment->where : "1");
	add_restrictions(out, source, query);
	list_filter_add_inner(out, filter);
}

static void add_own_order(struct strbuf *out, const struct list_source *source,
			  const struct list_segment *segment, bool is_descending)
{
	const char *direction = is_descending ? " DESC" : "";
	strbuf_adds(out, " ORDER BY ");
	if (segment->lead)
		strbuf_addf(out, "%s%s, ", segment->lead, direction);
	if (segment->sort)
		strbuf_addf(out, "%s%s, ", segment->sort, direction);
	strbuf_addf(out, "%s%s LIMIT :limit", source->key, direction);
}

/* The row as a table of its own: SQLite looks through it to the tables, and their indexes. */
static void add_wrapped(struct strbuf *out, const struct list_filter *filter,
			const struct list_query *query, const struct list_segment *segment,
			bool is_anchored)
{
	bool is_descending = segment->descending != (query->direction == LIST_BACKWARD);
	const char *direction = is_descending ? " DESC" : "";
	struct strbuf order;
	strbuf_init(&order);
	if (has_order(filter)) {
		list_filter_add_order(&order, filter);
		strbuf_adds(&order, " || ' ' || coalesce(r.sort, '')");
	} else {
		strbuf_adds(&order, "r.sort");
	}
	strbuf_addf(out, "SELECT r.key, %s AS sort_text, r.* FROM (", order.data);
	add_rows(out, filter, segment, query);
	add_lead(out, segment, is_descending, is_anchored);
	if (is_anchored && !has_order(filter))
		add_place(out, filter->source, segment, is_descending);
	strbuf_adds(out, ") AS r WHERE 1");
	list_filter_add_outer(out, filter);
	if (is_anchored && has_order(filter))
		strbuf_addf(out, " AND (%s, r.key) %s (:sort, :anchor)", order.data,
			    is_descending ? "<" : ">");
	strbuf_adds(out, " ORDER BY ");
	if (segment->lead)
		strbuf_addf(out, "r.lead_%s, ", direction);
	strbuf_addf(out, "%s%s, r.key%s LIMIT :limit", order.data, direction, direction);
	strbuf_release(&order);
}

void list_add_sql(struct strbuf *out, const struct list_filter *filter, int at,
		  const struct list_query *query, bool is_anchored)
{
	const struct list_segment segment = segment_at(filter, at);
	bool is_descending = segment.descending != (query->direction == LIST_BACKWARD);
	if (list_filter_wraps(filter)) {
		add_wrapped(out, filter, query, &segment, is_anchored);
		return;
	}
	add_rows(out, filter, &segment, query);
	add_lead(out, &segment, is_descending, is_anchored);
	if (is_anchored)
		add_place(out, filter->source, &segment, is_descending);
	add_own_order(out, filter->source, &segment, is_descending);
}
