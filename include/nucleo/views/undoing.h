/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_UNDOING_H
#define NUCLEO_VIEWS_UNDOING_H

#include "nucleo/views/session.h"

/** Taking back what one points at, rather than what one did last. */

/**
 * For OP_UNDO and OP_REDO where an operation of the history is selected: that one; what another
 * person or machine did only after asking. UI_PASS for other ops, and without a row (`key` 0).
 */
unsigned undoing_op(struct session *session, struct ui *ui, enum op op, int64_t key);
/** Has a record of the trash back: undoes the operation that removed it, as undoing_op() does. */
unsigned undoing_recover(struct session *session, struct ui *ui, enum op op, int64_t key);

#endif
