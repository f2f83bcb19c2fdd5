/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/agenda_plan.h"

#include <stdlib.h>

#include "nucleo/base/memory.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/model/agenda_label.h"

/* ---- what is stored */

/* An item whose parent is gone, or stands on another agenda, is a top-level one. */
static void find_parents(struct agenda_plan *plan)
{
	for (size_t i = 0; i < plan->nodes.count; i++) {
		struct agenda_node *node = plan->nodes.items[i];
		node->parent = agenda_plan_find(plan, node->was->parent_key);
	}
}

enum rc agenda_plan_load(struct agenda_plan *plan, struct store *store, int64_t meeting,
			 struct error *err)
{
	const struct list_query query = {.meeting = meeting};
	plan->meeting = meeting;
	enum rc rc = record_set_load(&plan->items, store, RECORD_AGENDA, &query, err);
	for (size_t i = 0; rc == RC_OK && i < plan->items.count; i++) {
		const struct agenda_item *item = record_set_at(&plan->items, i);
		struct agenda_node *node = agenda_plan_insert(plan, i);
		node->was = item;
		node->key = item->key;
		node->is_parked = item->parked;
	}
	if (rc == RC_OK)
		find_parents(plan);
	return rc;
}

void agenda_plan_release(struct agenda_plan *plan)
{
	for (size_t i = 0; i < plan->nodes.count; i++) {
		free(plan->nodes.items[i]->title);
		free(plan->nodes.items[i]->presenter);
		free(plan->nodes.items[i]->label);
		free(plan->nodes.items[i]);
	}
	vector_release(&plan->nodes);
	record_set_release(&plan->items);
}

/* ---- places */

struct agenda_node *agenda_plan_find(const struct agenda_plan *plan, int64_t key)
{
	for (size_t i = 0; key && i < plan->nodes.count; i++)
		if (plan->nodes.items[i]->key == key)
			return plan->nodes.items[i];
	return NULL;
}

size_t agenda_plan_index(const struct agenda_plan *plan, const struct agenda_node *node)
{
	size_t i = 0;
	while (i < plan->nodes.count && plan->nodes.items[i] != node)
		i++;
	return i;
}

static void put(struct agenda_plan *plan, struct agenda_node *node, size_t from, size_t at)
{
	for (; from > at; from--)
		plan->nodes.items[from] = plan->nodes.items[from - 1];
	for (; from < at; from++)
		plan->nodes.items[from] = plan->nodes.items[from + 1];
	plan->nodes.items[at] = node;
}

void agenda_plan_place(struct agenda_plan *plan, struct agenda_node *node, size_t at)
{
	size_t from = agenda_plan_index(plan, node), last = plan->nodes.count - 1;
	if (from < at)
		at--;
	put(plan, node, from, at < last ? at : last);
}

struct agenda_node *agenda_plan_insert(struct agenda_plan *plan, size_t at)
{
	struct agenda_node *node = mem_alloc_zero(1, sizeof(*node));
	vector_push(&plan->nodes, node);
	put(plan, node, plan->nodes.count - 1, at);
	return node;
}

static bool are_siblings(const struct agenda_node *a, const struct agenda_node *b)
{
	return a->parent == b->parent && a->is_parked == b->is_parked;
}

struct agenda_node *agenda_plan_sibling(const struct agenda_plan *plan,
					const struct agenda_node *node, int step)
{
	size_t i = agenda_plan_index(plan, node);
	while (step) {
		i = step < 0 ? i - 1 : i + 1;
		if (i >= plan->nodes.count)
			return NULL;
		if (are_siblings(plan->nodes.items[i], node))
			step += step < 0 ? 1 : -1;
	}
	return plan->nodes.items[i];
}

bool agenda_plan_has_parts(const struct agenda_plan *plan, const struct agenda_node *node)
{
	for (size_t i = 0; i < plan->nodes.count; i++)
		if (plan->nodes.items[i]->parent == node)
			return true;
	return false;
}

/* ---- writing */

/* An agenda in the order it is read: each item, then its parts; what is parked comes last. */
struct sequence {
	struct agenda_plan *plan;
	VECTOR(struct agenda_node *) nodes;
};

static void take(struct sequence *sequence, struct agenda_node *node, size_t number);

static void take_parts(struct sequence *sequence, const struct agenda_node *parent, bool is_parked)
{
	size_t number = 0;
	for (size_t i = 0; i < sequence->plan->nodes.count; i++) {
		struct agenda_node *node = sequence->plan->nodes.items[i];
		if (node->parent == parent && (parent || node->is_parked == is_parked))
			take(sequence, node, ++number);
	}
}

static void take(struct sequence *sequence, struct agenda_node *node, size_t number)
{
	struct strbuf label;
	strbuf_init(&label);
	if (node->is_parked && !node->parent)
		strbuf_addf(&label, "P%zu", number);
	else
		agenda_label_add(&label, node->parent ? node->parent->label : NULL, number);
	free(node->label);
	node->label = strbuf_detach(&label);
	vector_push(&sequence->nodes, node);
	take_parts(sequence, node, node->is_parked);
}

static void insert(const struct agenda_node *node, int64_t rank, int64_t meeting,
		   struct operation *operation)
{
	operation_field(operation, "meeting", value_key(meeting));
	operation_field(operation, "parent", value_key(node->parent ? node->parent->key : 0));
	operation_field(operation, "rank", value_integer(rank));
	operation_field(operation, "label", value_text(node->label));
	operation_field(operation, "title", value_text(node->title));
	operation_field(operation, "presenter", value_text(node->presenter));
	operation_field(operation, "minutes_planned",
			node->minutes ? value_integer(node->minutes) : value_null());
	operation_field(operation, "state",
			value_text(enum_name(&item_state_names, ITEM_PENDING)));
	operation_field(operation, "carried_from", value_key(node->carried_from));
	operation_field(operation, "followup", value_key(node->followup));
	operation_field(operation, "commitment", value_key(node->commitment));
}

static void change(const struct agenda_node *node, int64_t rank, struct operation *operation)
{
	const struct agenda_item *was = node->was;
	operation_change(operation, "agenda_item", was->key, "parent", value_key(was->parent_key),
			 value_key(node->parent ? node->parent->key : 0));
	operation_change(operation, "agenda_item", was->key, "rank", value_integer(was->rank),
			 value_integer(rank));
	operation_change(operation, "agenda_item", was->key, "label", value_text(was->label),
			 value_text(node->label));
	operation_change(operation, "agenda_item", was->key, "parked", value_integer(was->parked),
			 value_integer(node->is_parked));
}

/* Ranks that tell stored items apart serve again, each for whoever stands there now: so an item
 * that does not move is not written, and others may be moved meanwhile. */
static int64_t rank_at(const struct agenda_plan *plan, size_t i, int64_t last)
{
	const struct agenda_item *item =
		i < plan->items.count ? record_set_at(&plan->items, i) : NULL;
	bool serves = item && item->rank > last && item->rank <= MEETING_RANK_MAX;
	return serves ? item->rank : last + 1;
}

void agenda_plan_write(struct agenda_plan *plan, struct operation *operation)
{
	struct sequence sequence = {.plan = plan};
	int64_t rank = 0;
	take_parts(&sequence, NULL, false);
	take_parts(&sequence, NULL, true);
	for (size_t i = 0; i < sequence.nodes.count; i++) {
		struct agenda_node *node = sequence.nodes.items[i];
		rank = rank_at(plan, i, rank);
		if (node->was) {
			change(node, rank, operation);
			continue;
		}
		node->key = operation_insert(operation, "agenda_item");
		insert(node, rank, plan->meeting, operation);
	}
	vector_release(&sequence.nodes);
}
