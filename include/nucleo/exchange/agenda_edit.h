/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_AGENDA_EDIT_H
#define NUCLEO_EXCHANGE_AGENDA_EDIT_H

#include "nucleo/store/operation.h"

/** Moving the items of an agenda: each move is one operation that numbers the rest anew. */

enum agenda_move {
	AGENDA_UP, /**< before the item (or part of the same item) it follows */
	AGENDA_DOWN,
	AGENDA_TO,     /**< to be the n-th of its siblings; the last when there are fewer */
	AGENDA_IN,     /**< a part of the item before it */
	AGENDA_OUT,    /**< no part any more: the item after the one it was a part of */
	AGENDA_PARK,   /**< off this agenda, for the next one; its parts go with it */
	AGENDA_UNPARK, /**< on it again, at the end but before what always closes it */
};

struct agenda_step {
	enum agenda_move move;
	size_t to; /**< of AGENDA_TO, from 1 */
};

/** The move a person calls so, "up", "arriba" or "3"; false when there is none. */
bool agenda_step_read(const char *word, struct agenda_step *step);
/** Names of the moves, apart by a comma, for a message. */
const char *agenda_step_choices(void);

/**
 * Adds to `operation` (empty until then) the edits that move an item, with words for the
 * history; it stays empty when the item is there already, as at the end of the list. Commit it.
 * RC_NOT_FOUND, RC_REFUSED: the meeting is over, or there is no such move from where it is.
 */
enum rc agenda_edit_move(struct store *store, int64_t item, const struct agenda_step *step,
			 struct operation *operation, struct error *err) ATTR_NODISCARD;

/** RC_REFUSED unless the agenda of the meeting can still be arranged: it is neither closed nor
 *  approved. */
struct meeting;
enum rc agenda_edit_check(const struct meeting *meeting, struct error *err) ATTR_NODISCARD;

#endif
