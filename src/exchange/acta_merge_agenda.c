/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/acta_merge.h"
#include "nucleo/exchange/meeting_rows.h"

/* The stored row a text was paired with; NULL for MATCH_NONE. */
static const void *paired(const struct acta_merge *merge, int which, size_t pair)
{
	return pair == MATCH_NONE ? NULL : merge_at(merge, which, pair);
}

/* "8.c" gives 803: what the labels of one agenda are told apart by. */
static int64_t label_number(const char *label)
{
	char *end;
	int64_t number = strtol(label, &end, 10) * 100;
	return *end == '.' && end[1] ? number + (end[1] - 'a') + 1 : number;
}

static int64_t insert_item(struct acta_merge *merge, const struct acta_item *item, int64_t rank)
{
	struct operation *operation = merge->operation;
	int64_t key = merge_insert(merge, "agenda_item");
	operation_field(operation, "meeting", value_key(merge->meeting));
	operation_field(operation, "parent", value_key(merge_item_key(merge, item->parent)));
	operation_field(operation, "rank", value_integer(rank));
	operation_field(operation, "label", value_text(item->label));
	operation_field(operation, "title", value_text(item->title));
	operation_field(operation, "state", value_text(enum_name(&item_state_names, ITEM_DONE)));
	return key;
}

static int64_t update_item(struct acta_merge *merge, const struct agenda_item *stored,
			   const struct acta_item *item, int64_t rank)
{
	struct merge_row row = merge_row(merge, "agenda_item", stored->key);
	merge_set(&row, "parent", value_key(stored->parent_key),
		  value_key(merge_item_key(merge, item->parent)));
	merge_set(&row, "rank", value_integer(stored->rank), value_integer(rank));
	merge_set_text(&row, "label", stored->label, item->label);
	merge_set_text(&row, "title", stored->title, item->title);
	merge_row_done(&row);
	return stored->key;
}

/* Labels are counted up again when an item goes: the heading tells more than its number. */
static size_t *pair_items(struct acta_merge *merge)
{
	const struct acta *acta = merge->acta;
	size_t count = acta->items.count, stored_count = merge_count(merge, MERGE_ITEMS);
	struct match_text *wanted = mem_alloc_zero(count, sizeof(*wanted));
	struct match_text *stored = mem_alloc_zero(stored_count, sizeof(*stored));
	for (size_t i = 0; i < count; i++)
		wanted[i] = (struct match_text){.text = acta->items.items[i].title,
						.group = label_number(acta->items.items[i].label)};
	for (size_t i = 0; i < stored_count; i++) {
		const struct agenda_item *row = merge_at(merge, MERGE_ITEMS, i);
		stored[i] = (struct match_text){row->title, label_number(row->label), true};
	}
	size_t *pairs = merge_pair(merge, MERGE_ITEMS, wanted, count, stored);
	free(wanted);
	free(stored);
	return pairs;
}

void merge_items(struct acta_merge *merge)
{
	size_t count = merge->acta->items.count, *pairs = pair_items(merge);
	int64_t *ranks = mem_alloc_zero(count, sizeof(*ranks));
	for (size_t i = 0; i < count; i++) {
		const struct agenda_item *stored = paired(merge, MERGE_ITEMS, pairs[i]);
		ranks[i] = stored ? stored->rank : 0;
	}
	match_ranks(ranks, count);
	for (size_t i = 0; i < count; i++) {
		const struct acta_item *item = &merge->acta->items.items[i];
		const struct agenda_item *stored = paired(merge, MERGE_ITEMS, pairs[i]);
		int64_t key = stored ? update_item(merge, stored, item, ranks[i])
				     : insert_item(merge, item, ranks[i]);
		vector_push(&merge->item_keys, key);
	}
	free(ranks);
	free(pairs);
}

static int64_t insert_entry(struct acta_merge *merge, const struct acta_entry *entry, int64_t rank)
{
	const struct prose_resolution *resolution = &entry->resolution;
	const struct entry_row row = {
		.meeting = merge->meeting,
		.item = merge_item_key(merge, entry->item),
		.organization = merge_organization(merge, entry->speaker, NULL),
		.rank = rank,
		.number = merge->acta->number,
		.text = entry->text,
		.kind = resolution->kind,
		.decision_kind = resolution->decision_kind,
		.objections = resolution->objections,
		.tally = resolution->tally,
	};
	merge->result->added++;
	return meeting_add_entry(merge->operation, &row);
}

/* A decision that stays one keeps its number; one that is none any more loses it. */
static void update_decision(struct acta_merge *merge, struct merge_row *row,
			    const struct resolution *stored, const struct prose_resolution *now)
{
	char *number = NULL;
	if (now->kind == ENTRY_DECISION)
		number = stored->decision_number ? mem_strdup(stored->decision_number)
						 : meeting_decision_number(merge->acta->number);
	merge_set_enum(row, "kind", &entry_kind_names, stored->kind, now->kind);
	merge_set_text(row, "decision_number", stored->decision_number, number);
	merge_set_enum(row, "decision_kind", &decision_kind_names, stored->decision_kind,
		 now->decision_kind);
	merge_set_text(row, "objections", stored->objections, now->objections);
	merge_set_text(row, "tally", stored->tally, now->tally);
	free(number);
}

static int64_t update_entry(struct acta_merge *merge, const struct resolution *stored,
			    const struct acta_entry *entry, int64_t rank)
{
	int64_t organization = merge_organization(merge, entry->speaker, NULL);
	struct merge_row row = merge_row(merge, "entry", stored->key);
	merge_set(&row, "agenda_item", value_key(stored->item_key),
		  value_key(merge_item_key(merge, entry->item)));
	merge_set(&row, "rank", value_integer(stored->rank), value_integer(rank));
	merge_set(&row, "organization",
		  value_key(merge_organization_key(merge, stored->organization)),
		  value_key(organization));
	merge_set_text(&row, "text", stored->text, entry->text);
	update_decision(merge, &row, stored, &entry->resolution);
	merge_row_done(&row);
	return stored->key;
}

static size_t *pair_entries(struct acta_merge *merge)
{
	const struct acta *acta = merge->acta;
	size_t count = acta->entries.count, stored_count = merge_count(merge, MERGE_ENTRIES);
	struct match_text *wanted = mem_alloc_zero(count, sizeof(*wanted));
	struct match_text *stored = mem_alloc_zero(stored_count, sizeof(*stored));
	for (size_t i = 0; i < count; i++) {
		const struct acta_entry *entry = &acta->entries.items[i];
		wanted[i] = (struct match_text){.text = entry->text,
						.group = merge_item_key(merge, entry->item)};
	}
	for (size_t i = 0; i < stored_count; i++) {
		const struct resolution *row = merge_at(merge, MERGE_ENTRIES, i);
		stored[i] = (struct match_text){.text = row->text, .group = row->item_key};
	}
	size_t *pairs = merge_pair(merge, MERGE_ENTRIES, wanted, count, stored);
	free(wanted);
	free(stored);
	return pairs;
}

void merge_entries(struct acta_merge *merge)
{
	size_t count = merge->acta->entries.count, *pairs = pair_entries(merge);
	int64_t *ranks = mem_alloc_zero(count, sizeof(*ranks));
	for (size_t i = 0; i < count; i++) {
		const struct resolution *stored = paired(merge, MERGE_ENTRIES, pairs[i]);
		ranks[i] = stored ? stored->rank : 0;
	}
	match_ranks(ranks, count);
	for (size_t i = 0; i < count; i++) {
		const struct acta_entry *entry = &merge->acta->entries.items[i];
		const struct resolution *stored = paired(merge, MERGE_ENTRIES, pairs[i]);
		int64_t key = stored ? update_entry(merge, stored, entry, ranks[i])
				     : insert_entry(merge, entry, ranks[i]);
		vector_push(&merge->entry_keys, key);
	}
	free(ranks);
	free(pairs);
}
