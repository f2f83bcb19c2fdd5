/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/children.h"

#include "nucleo/store/query.h"

static const struct {
	const char *name;
	enum statement_id keys;
} children[] = {
	[CHILD_FOLLOWUP_RESPONSIBLE] = {"followup_responsible",
					STATEMENT_FOLLOWUP_RESPONSIBLE_KEYS},
	[CHILD_FOLLOWUP_NOTE] = {"followup_note", STATEMENT_FOLLOWUP_NOTE_KEYS},
	[CHILD_COMMITMENT_LEAD] = {"commitment_party", STATEMENT_COMMITMENT_LEAD_KEYS},
	[CHILD_COMMITMENT_COUNTERPART] = {"commitment_party",
					  STATEMENT_COMMITMENT_COUNTERPART_KEYS},
	[CHILD_COMMITMENT_SUPPORT] = {"commitment_party", STATEMENT_COMMITMENT_SUPPORT_KEYS},
};

bool key_list_has(const key_list *keys, int64_t key)
{
	for (size_t i = 0; i < keys->count; i++)
		if (keys->items[i] == key)
			return true;
	return false;
}

const char *child_table_name(enum child_table table)
{
	return children[table].name;
}

enum rc store_child_keys(struct store *store, enum child_table table, int64_t parent,
			 key_list *keys, struct error *err)
{
	struct query query;
	size_t before = keys->count;
	query_begin(&query, store, children[table].keys);
	query_bind_integer(&query, ":parent", parent);
	while (query_next(&query))
		vector_push(keys, query_integer(&query, 0));
	enum rc rc = query_end(&query, err);
	if (rc != RC_OK)
		keys->count = before;
	return rc;
}
