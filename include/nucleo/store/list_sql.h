/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_LIST_SQL_H
#define NUCLEO_STORE_LIST_SQL_H

#include "nucleo/store/list_source.h"
#include "nucleo/store/query.h"

/**
 * Private to src/store: a filter made ready for the statements of a list. Texts
 * of people are always bound; what stands in the statement comes from the
 * program's own tables.
 */
struct list_filter {
	const struct list_source *source;
	const struct filter *filter; /**< NULL: none */
	VECTOR(int64_t) keys;        /**< of the records named, one a value; 0: not a record */
	/** Operations that touched them, as JSON, one a value; owned, NULL: not asked for. */
	VECTOR(char *) operations;
};

/** Looks up the records the filter names. RC_BUSY or RC_IO from the store; release in any case. */
enum rc list_filter_init(struct list_filter *filter, struct store *store,
			 enum record_kind_id kind, const struct filter *terms,
			 struct error *err) ATTR_NODISCARD;
void list_filter_release(struct list_filter *filter);
/** Whether its conditions or its order are on the finished row rather than on tables. */
bool list_filter_wraps(const struct list_filter *filter);
/** Append the conditions on tables, and those on the row `r`; each begins with " AND ". */
void list_filter_add_inner(struct strbuf *out, const struct list_filter *filter);
void list_filter_add_outer(struct strbuf *out, const struct list_filter *filter);
/** Appends the expression, on the row `r`, of a text that sorts as the filter says. */
void list_filter_add_order(struct strbuf *out, const struct list_filter *filter);
void list_filter_bind(const struct list_filter *filter, struct query *query);

/** In how many segments the list is read. */
int list_segment_count(const struct list_filter *filter);
/** Appends the statement of a segment; `is_anchored`: only rows beyond (:sort, :anchor). */
void list_add_sql(struct strbuf *out, const struct list_filter *filter, int segment,
		  const struct list_query *query, bool is_anchored);

#endif
