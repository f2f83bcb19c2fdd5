/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CONFLICT_EDIT_H
#define NUCLEO_EXCHANGE_CONFLICT_EDIT_H

#include "nucleo/store/conflict.h"

/**
 * Chooses, for one thing of a conflict, another value as a person spells it; "" is no value. It
 * follows the rules the field has where a record is added. RC_INVALID says which one it breaks;
 * RC_REFUSED when this cannot be written anew.
 */
enum rc conflict_edit_text(struct store *store, const struct conflict *conflict,
			   struct conflict_item *item, const char *text,
			   struct error *err) ATTR_NODISCARD;
/** Whether it may have several lines: to be written where line ends are kept. */
bool conflict_edit_is_long(const struct conflict_item *item);

#endif
