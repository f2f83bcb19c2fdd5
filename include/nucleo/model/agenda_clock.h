/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_AGENDA_CLOCK_H
#define NUCLEO_MODEL_AGENDA_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/date.h"
#include "nucleo/model/records.h"

/** How a meeting stands against its plan. Times are of one day; one that goes on past midnight
 *  counts on. Pure. */

/** What the clock must know of an item; those that are parts of others and parked ones count as any
 *  other with minutes of their own. */
struct clock_item {
	int state;             /**< enum item_state */
	int64_t planned, spent; /**< minutes; 0: not said */
	day_minute resumed;     /**< of the one in progress; DAY_MINUTE_NONE */
};

/** Minutes spent on an item by now, those running included. A clock that is a little behind the one
 *  that began the item makes none of them. */
int64_t clock_spent(const struct clock_item *item, day_minute now);

/** Minutes as they may be summed: what the drive says beyond a week is no plan. */
int64_t clock_minutes(int64_t minutes);
/** Minutes an item is planned to take of its meeting: none when it is parked. */
int64_t clock_planned(const struct agenda_item *item);

struct agenda_clock {
	int64_t planned;   /**< of all items */
	int64_t spent;     /**< on all of them by now */
	int64_t length;    /**< of the meeting, from its hours; 0: they are not said */
	int64_t over;      /**< planned beyond that length; 0 when it fits or nothing is known */
	int64_t remaining; /**< of the items still to come, and of the one in progress */
	/** When it ends at this pace: now and what remains; before it begins, from its hour. A time
	 *  of day, past midnight too. DAY_MINUTE_NONE without any planned minutes. */
	day_minute ends;
	int64_t late; /**< minutes from the hour it was convened to end until `ends`; 0: none */
};

void agenda_clock_read(const struct clock_item *items, size_t count, day_minute starts,
		       day_minute ends, day_minute now, struct agenda_clock *clock);

#endif
