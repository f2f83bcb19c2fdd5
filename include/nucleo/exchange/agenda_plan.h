/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_AGENDA_PLAN_H
#define NUCLEO_EXCHANGE_AGENDA_PLAN_H

#include <stdbool.h>

#include "nucleo/base/vector.h"
#include "nucleo/store/operation.h"
#include "nucleo/store/record_set.h"

/**
 * The agenda of one meeting while it is arranged: what is stored of it, and how it shall be. It
 * is written as the edits that make the one the other, places and labels included, so that
 * whoever puts an item somewhere never counts.
 */

struct agenda_node {
	const struct agenda_item *was; /**< as it is stored; NULL: one to be */
	struct agenda_node *parent;    /**< NULL: a top-level item */
	bool is_parked;                /**< left for the next meeting: not numbered */
	/* Of one to be. */
	char *title, *presenter; /**< owned; `presenter` may be NULL */
	int64_t minutes;         /**< planned; 0: not said */
	int64_t followup, commitment, carried_from; /**< keys; 0: none */
	/* As it is written. */
	int64_t key;
	char *label; /**< owned */
};

struct agenda_plan {
	int64_t meeting; /**< its key, which one to be has too */
	struct record_set items; /**< what is stored */
	/** Siblings stand in their order; where a part stands beside its parent is no matter. */
	VECTOR(struct agenda_node *) nodes;
};

/** Takes what is stored of the meeting's agenda. Release it in any case; zeroed is empty, the
 *  agenda of a meeting to be. */
enum rc agenda_plan_load(struct agenda_plan *plan, struct store *store, int64_t meeting,
			 struct error *err) ATTR_NODISCARD;
void agenda_plan_release(struct agenda_plan *plan);

/** The node of a stored item; NULL when it is not on this agenda. */
struct agenda_node *agenda_plan_find(const struct agenda_plan *plan, int64_t key);
/** Its place in `nodes`. */
size_t agenda_plan_index(const struct agenda_plan *plan, const struct agenda_node *node);
/** Puts a node at a place of `nodes`; what stood there and behind it follows. */
void agenda_plan_place(struct agenda_plan *plan, struct agenda_node *node, size_t at);
/** A new item at that place; its fields are to be filled in. */
struct agenda_node *agenda_plan_insert(struct agenda_plan *plan, size_t at);
/** The sibling `step` places on (negative: before it), or NULL. */
struct agenda_node *agenda_plan_sibling(const struct agenda_plan *plan,
					const struct agenda_node *node, int step);
bool agenda_plan_has_parts(const struct agenda_plan *plan, const struct agenda_node *node);

/** Gives every node its label and adds the edits to `operation`; new items are of its meeting. */
void agenda_plan_write(struct agenda_plan *plan, struct operation *operation);

#endif
