/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/acta_merge.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/store/children.h"

/* The institutions of a list of acronyms or names, each once; `find` knows or makes them. */
static key_list list_keys(struct acta_merge *merge, const char *list,
			  int64_t (*find)(struct acta_merge *merge, const char *name))
{
	key_list keys = {0};
	while (list && *list) {
		char *name = mem_strndup(list, strcspn(list, "\n"));
		meeting_add_key(&keys, find(merge, name));
		list += strlen(name);
		list += *list == '\n';
		free(name);
	}
	return keys;
}

static int64_t find_or_make(struct acta_merge *merge, const char *name)
{
	return merge_organization(merge, name, NULL);
}

static int64_t find_stored(struct acta_merge *merge, const char *name)
{
	return merge_organization_key(merge, name);
}

static void insert_responsibles(struct acta_merge *merge, int64_t followup, const key_list *keys)
{
	merge->result->added += (int)keys->count;
	meeting_add_responsible(merge->operation, followup, keys);
}

static void insert_followup(struct acta_merge *merge, const struct acta_followup *wanted)
{
	const struct followup_row row = {
		.meeting = merge->meeting,
		.item = merge_item_key(merge, wanted->item),
		.entry = merge_entry_key(merge, wanted->entry),
		.commitment = merge_commitment(merge, wanted->commitment),
		.day = merge->acta->date,
		.description = wanted->description,
		.kind = wanted->kind,
		.status = FOLLOWUP_PROPOSED,
		.due = wanted->due,
		.due_text = wanted->due_text,
	};
	key_list responsible = list_keys(merge, wanted->responsible, find_or_make);
	merge->result->added += 1 + (int)responsible.count;
	meeting_add_followup(merge->operation, &row, &responsible);
	vector_release(&responsible);
}

static enum rc delete_children(struct acta_merge *merge, enum child_table table, int64_t followup,
			       struct error *err)
{
	key_list keys = {0};
	enum rc rc = store_child_keys(merge->store, table, followup, &keys, err);
	for (size_t i = 0; i < keys.count; i++)
		merge_delete(merge, child_table_name(table), keys.items[i]);
	vector_release(&keys);
	return rc;
}

static bool is_same_list(const key_list *a, const key_list *b)
{
	for (size_t i = 0; i < a->count && i < b->count; i++)
		if (a->items[i] != b->items[i])
			return false;
	return a->count == b->count;
}

static enum rc update_responsibles(struct acta_merge *merge, const struct followup *stored,
				   const char *wanted, struct error *err)
{
	key_list before = list_keys(merge, stored->responsible, find_stored);
	key_list now = list_keys(merge, wanted, find_or_make);
	enum rc rc = RC_OK;
	if (!is_same_list(&before, &now)) {
		rc = delete_children(merge, CHILD_FOLLOWUP_RESPONSIBLE, stored->key, err);
		if (rc == RC_OK)
			insert_responsibles(merge, stored->key, &now);
	}
	vector_release(&before);
	vector_release(&now);
	return rc;
}

/* A proposal follows the acta; what somebody has taken in hand is his. */
static enum rc update_followup(struct acta_merge *merge, const struct followup *stored,
			       const struct acta_followup *wanted, struct error *err)
{
	if (stored->status != FOLLOWUP_PROPOSED)
		return RC_OK;
	int64_t commitment = merge_commitment(merge, wanted->commitment);
	struct merge_row row = merge_row(merge, "followup", stored->key);
	merge_set_text(&row, "description", stored->description, wanted->description);
	merge_set_enum(&row, "kind", &followup_kind_names, stored->kind, wanted->kind);
	merge_set_date(&row, "due", stored->due, wanted->due);
	merge_set_text(&row, "due_text", stored->due_text, wanted->due_text);
	merge_set(&row, "agenda_item", value_key(stored->item_key),
		  value_key(merge_item_key(merge, wanted->item)));
	merge_set(&row, "entry", value_key(stored->entry_key),
		  value_key(merge_entry_key(merge, wanted->entry)));
	merge_set(&row, "commitment", value_key(stored->commitment_key), value_key(commitment));
	merge_row_done(&row);
	return update_responsibles(merge, stored, wanted->responsible, err);
}

/* One that somebody took in hand may have words of her own by now: it still is
 * the one of its paragraph, which must not propose it again. */
static size_t *pair_followups(struct acta_merge *merge)
{
	const struct acta *acta = merge->acta;
	size_t count = acta->followups.count, stored_count = merge_count(merge, MERGE_FOLLOWUPS);
	struct match_text *wanted = mem_alloc_zero(count, sizeof(*wanted));
	struct match_text *stored = mem_alloc_zero(stored_count, sizeof(*stored));
	for (size_t i = 0; i < count; i++) {
		const struct acta_followup *followup = &acta->followups.items[i];
		wanted[i] = (struct match_text){.text = followup->description,
						.group = merge_entry_key(merge, followup->entry)};
	}
	for (size_t i = 0; i < stored_count; i++) {
		const struct followup *row = merge_at(merge, MERGE_FOLLOWUPS, i);
		stored[i] = (struct match_text){row->description, row->entry_key,
						row->status != FOLLOWUP_PROPOSED};
	}
	size_t *pairs = merge_pair(merge, MERGE_FOLLOWUPS, wanted, count, stored);
	free(wanted);
	free(stored);
	return pairs;
}

enum rc merge_followups(struct acta_merge *merge, struct error *err)
{
	size_t *pairs = pair_followups(merge);
	enum rc rc = RC_OK;
	for (size_t i = 0; i < merge->acta->followups.count && rc == RC_OK; i++) {
		const struct acta_followup *wanted = &merge->acta->followups.items[i];
		if (pairs[i] == MATCH_NONE)
			insert_followup(merge, wanted);
		else
			rc = update_followup(merge, merge_at(merge, MERGE_FOLLOWUPS, pairs[i]),
					     wanted, err);
	}
	free(pairs);
	return rc;
}

static bool is_unused_key(const struct acta_merge *merge, int which, int64_t key)
{
	for (size_t i = 0; key && i < merge_count(merge, which); i++) {
		const struct merge_rows *rows = &merge->rows[which];
		/* Every record struct begins with its key. */
		if (!rows->used[i] && *(const int64_t *)merge_at(merge, which, i) == key)
			return true;
	}
	return false;
}

/* A follow-up that stays must not point to a paragraph or item that goes. */
static void detach_followup(struct acta_merge *merge, const struct followup *stored)
{
	struct merge_row row = merge_row(merge, "followup", stored->key);
	if (is_unused_key(merge, MERGE_ENTRIES, stored->entry_key))
		merge_set(&row, "entry", value_key(stored->entry_key), value_null());
	if (is_unused_key(merge, MERGE_ITEMS, stored->item_key))
		merge_set(&row, "agenda_item", value_key(stored->item_key), value_null());
	merge_row_done(&row);
}

/* Neither must a report that is no part of the acta. */
static void detach_reports(struct acta_merge *merge)
{
	for (size_t i = 0; i < merge_count(merge, MERGE_PROGRESS); i++) {
		const struct progress *stored = merge_at(merge, MERGE_PROGRESS, i);
		struct merge_row row = merge_row(merge, "progress", stored->key);
		if (merge->rows[MERGE_PROGRESS].used[i] && merge_is_report(stored) &&
		    is_unused_key(merge, MERGE_ITEMS, stored->item_key))
			merge_set(&row, "agenda_item", value_key(stored->item_key), value_null());
		merge_row_done(&row);
	}
}

static enum rc delete_followups(struct acta_merge *merge, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < merge_count(merge, MERGE_FOLLOWUPS) && rc == RC_OK; i++) {
		const struct followup *stored = merge_at(merge, MERGE_FOLLOWUPS, i);
		if (stored->status != FOLLOWUP_PROPOSED) {
			detach_followup(merge, stored);
			continue;
		}
		if (merge->rows[MERGE_FOLLOWUPS].used[i])
			continue;
		rc = delete_children(merge, CHILD_FOLLOWUP_RESPONSIBLE, stored->key, err);
		if (rc == RC_OK)
			rc = delete_children(merge, CHILD_FOLLOWUP_NOTE, stored->key, err);
		if (rc == RC_OK)
			merge_delete(merge, "followup", stored->key);
	}
	return rc;
}

static void delete_rows(struct acta_merge *merge, int which, const char *table)
{
	for (size_t i = 0; i < merge_count(merge, which); i++)
		if (!merge->rows[which].used[i])
			merge_delete(merge, table, *(const int64_t *)merge_at(merge, which, i));
}

static void delete_items(struct acta_merge *merge, bool subitems)
{
	for (size_t i = 0; i < merge_count(merge, MERGE_ITEMS); i++) {
		const struct agenda_item *row = merge_at(merge, MERGE_ITEMS, i);
		if (!merge->rows[MERGE_ITEMS].used[i] && (row->parent_key != 0) == subitems)
			merge_delete(merge, "agenda_item", row->key);
	}
}

enum rc merge_delete_unused(struct acta_merge *merge, struct error *err)
{
	enum rc rc = delete_followups(merge, err);
	if (rc != RC_OK)
		return rc;
	detach_reports(merge);
	delete_rows(merge, MERGE_PROGRESS, "progress");
	delete_rows(merge, MERGE_INDICATORS, "measurement");
	delete_rows(merge, MERGE_DOCUMENTS, "document");
	delete_rows(merge, MERGE_ENTRIES, "entry");
	delete_items(merge, true);
	delete_items(merge, false);
	delete_rows(merge, MERGE_ATTENDEES, "attendance");
	return RC_OK;
}
