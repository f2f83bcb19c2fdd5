/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_UNDO_H
#define NUCLEO_STORE_UNDO_H

#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/store.h"

/**
 * Taking back what was done, and taking that back again. Nothing is erased: an undo is an
 * operation of its own with the inverse edits, newest first, and the id of what it undoes; a redo
 * is the undo of an undo. So an operation, what undid it, what undid that and so on hang together,
 * and whether it is in force is told by how many they are.
 */
enum undo_direction { UNDO, REDO };

struct undo_request {
	enum undo_direction direction;
	/** Which operation, by its place in the history or by its id, for one that is still
	 *  queued. Neither: the last one of this institution on this machine; what was undone
	 *  can be redone so until something else is done. */
	int64_t number;
	const char *op;
};

/**
 * Appends what was undone or redone to `words`, and gives the number of the new operation, 0 while
 * it is queued. RC_NOT_FOUND when there is nothing, or no such operation; RC_REFUSED with
 * the reason when it is undone (or in force) already, cannot be undone, or somebody has built on
 * it: the message names that later operation. Else as operation_commit(). Nothing is
 * written then.
 */
enum rc undo_commit(struct store *store, const struct undo_request *request, struct strbuf *words,
		    int64_t *number, struct error *err) ATTR_NODISCARD;

#endif
