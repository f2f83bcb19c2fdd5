/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/record_set.h"

#include <stdlib.h>

#include "nucleo/base/vector.h"

bool record_set_add(void *context, const void *row)
{
	struct record_set *set = context;
	set->rows = vector_grow_(set->rows, set->count, &set->capacity, set->kind->size);
	record_copy(set->kind, set->rows + set->count * set->kind->size, row);
	set->count++;
	return true;
}

enum rc record_set_load(struct record_set *set, struct store *store, enum record_kind_id kind,
			const struct list_query *query, struct error *err)
{
	*set = (struct record_set){.kind = &record_kinds[kind]};
	enum rc rc = store_list(store, kind, query, record_set_add, set, err);
	if (rc != RC_OK)
		record_set_release(set);
	return rc;
}

const void *record_set_at(const struct record_set *set, size_t i)
{
	return set->rows + i * set->kind->size;
}

void record_set_release(struct record_set *set)
{
	/* A set never loaded has no kind, and no rows either. */
	for (size_t i = 0; i < set->count; i++)
		record_release(set->kind, set->rows + i * set->kind->size);
	free(set->rows);
	*set = (struct record_set){.kind = set->kind};
}
