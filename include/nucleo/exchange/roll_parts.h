/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ROLL_PARTS_H
#define NUCLEO_EXCHANGE_ROLL_PARTS_H

#include "nucleo/exchange/roll.h"

/** Private to src/exchange/roll*.c. */

void roll_mark_init(struct roll_mark *mark, int status);
/** Makes `to`, which owns its text, like `from`. */
void roll_mark_copy(struct roll_mark *to, const struct roll_mark *from);
void roll_mark_release(struct roll_mark *mark);
bool roll_mark_equal(const struct roll_mark *a, const struct roll_mark *b);
/** Gives `to` what differs between `was` and `now`. */
void roll_mark_carry(struct roll_mark *to, const struct roll_mark *was,
		     const struct roll_mark *now);

/** A new row, absent as far as is known. */
struct roll_row *roll_add_row(struct roll *roll, int64_t organization, const char *acronym,
			      const char *name);

#endif
