/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/seen.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/machine.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/seen_parts.h"

/* In local_state: "NUMBER MOMENT". */
static const char name[] = "history-seen";

enum rc seen_recall(struct store *store, struct seen_mark *mark, struct error *err)
{
	struct strbuf kept;
	enum rc rc = RC_OK;
	strbuf_init(&kept);
	*mark = (struct seen_mark){.number = INT64_MAX};
	machine_name(mark->host);
	if (store->is_replica)
		rc = replica_recall(store, name, &kept, err);
	if (rc == RC_OK && kept.length) {
		char *rest;
		mark->number = strtoll(kept.data, &rest, 10);
		snprintf(mark->at, sizeof(mark->at), "%s", rest + (*rest == ' '));
	}
	strbuf_release(&kept);
	return rc;
}

enum rc seen_move(struct store *store, struct error *err)
{
	struct log_head head;
	struct strbuf value;
	if (!store->is_replica)
		return RC_OK;
	enum rc rc = history_head(store, &head, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&value);
	strbuf_addf(&value, "%" PRId64 " ", head.number);
	clock_add_utc(&value);
	rc = replica_remember(store, name, value.data, err);
	strbuf_release(&value);
	return rc;
}

void seen_bind(struct query *query, const struct store *store, const struct seen_mark *mark)
{
	query_bind_integer(query, ":seen", mark->number);
	query_bind_text(query, ":actor", store->actor);
	query_bind_text(query, ":host", mark->host);
}

enum rc seen_count(struct store *store, const struct seen_mark *mark, int64_t *count,
		   struct error *err)
{
	struct query query;
	int64_t found = 0;
	query_begin(&query, store, STATEMENT_HISTORY_NEW);
	seen_bind(&query, store, mark);
	if (query_next(&query))
		found = query_integer(&query, 0);
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		*count = found;
	return rc;
}
