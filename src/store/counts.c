/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/counts.h"

#include "nucleo/store/query.h"

enum rc store_count_followups(struct store *store, struct followup_counts *counts,
			      struct error *err)
{
	struct query query;
	struct strbuf today;
	struct followup_counts found = {0};
	strbuf_init(&today);
	date_add_iso(&today, store_today(store));
	query_begin(&query, store, STATEMENT_FOLLOWUP_COUNTS);
	query_bind_text(&query, ":today", today.data);
	if (query_next(&query)) {
		found.overdue = query_integer(&query, 1);
		found.undated = query_integer(&query, 2);
		found.pending = query_integer(&query, 0) + found.undated;
	}
	enum rc rc = query_end(&query, err);
	strbuf_release(&today);
	if (rc == RC_OK)
		*counts = found;
	return rc;
}
