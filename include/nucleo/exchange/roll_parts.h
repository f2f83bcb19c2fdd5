/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ROLL_PARTS_H
#define NUCLEO_EXCHANGE_ROLL_PARTS_H

#include "nucleo/exchange/roll.h"

/** Private to src/exchange/roll*.c. */

void roll_mark_init(struct roll_mark *mark, int status);
/** Makes `to`, which owns its text, like `from`. */
void roll_mark_copy(struct roll_mark *to, const struct roll_mark *from);
void roll_mark_release(struct roll_mark *mark);

/** A new row, absent as far as is known. */
struct roll_row *roll_add_row(struct roll *roll, int64_t organization, const char *acronym,
			      const char *name);

#endif
