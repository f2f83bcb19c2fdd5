/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_UNDO_PARTS_H
#define NUCLEO_STORE_UNDO_PARTS_H

#include "nucleo/store/edit.h"
#include "nucleo/store/operation.h"

/** Private to src/store/undo*.c. */

/** An operation to be taken back, as the history or the queue has it. */
struct undo_target {
	int64_t place; /**< in the order of all there are, those in the queue last */
	const char *words; /**< of the one it all began with; borrowed */
	struct strbuf text;
	VECTOR(struct edit) edits; /**< of the text */
};

/** Adds the inverse of each edit to `operation`, the last one first. RC_REFUSED when a row that
 *  would be deleted has been changed meanwhile. */
enum rc undo_compose(struct store *store, const struct undo_target *target,
		     struct operation *operation, struct error *err) ATTR_NODISCARD;

/** The inverse edits met something else than the operation left behind: RC_REFUSED, and `err` names
 *  the later operation that is to blame, where one can be found; else it says what it did. */
enum rc undo_explain(struct store *store, const struct undo_target *target, struct error *err);

#endif
