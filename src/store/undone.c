/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/undone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/store/connection.h"
#include "nucleo/store/list_source.h"

/* Keys of what is queued are negative, as in the list. */
static void take(struct undone_table *table, struct query *query)
{
	const char *op = query_text(query, 0, NULL);
	int64_t number = query_integer(query, 1), queued = query_integer(query, 2);
	struct undone_operation *undone = vector_add(&table->operations);
	snprintf(undone->op.hex, sizeof(undone->op.hex), "%s", op ? op : "");
	undone->key = queued ? queued - HISTORY_QUEUE : number;
}

enum rc undone_gather(struct store *store, struct undone_table *table, struct error *err)
{
	struct query query;
	query_begin(&query, store,
		    store->is_replica ? STATEMENT_UNDONE_OR_QUEUED : STATEMENT_UNDONE);
	while (query_next(&query))
		take(table, &query);
	return query_end(&query, err);
}

void undone_release(struct undone_table *table)
{
	vector_release(&table->operations);
}

static int compare(const void *op, const void *undone)
{
	return strcmp(op, ((const struct undone_operation *)undone)->op.hex);
}

int64_t undone_by(const struct undone_table *table, const char *op)
{
	const struct undone_operation *found =
		op && table->operations.count
			? bsearch(op, table->operations.items, table->operations.count,
				  sizeof(*table->operations.items), compare)
			: NULL;
	return found ? found->key : 0;
}
