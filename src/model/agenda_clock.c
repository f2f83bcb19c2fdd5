/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/agenda_clock.h"

#include "nucleo/model/names.h"

enum { MINUTES_MAX = 7 * DAY_MINUTES };

int64_t clock_minutes(int64_t minutes)
{
	if (minutes < 0)
		return 0;
	return minutes > MINUTES_MAX ? MINUTES_MAX : minutes;
}

/* The clocks of two machines differ: one that reads earlier than the beginning is far more often
 * behind it than half a day past midnight. */
static int64_t running(day_minute resumed, day_minute now)
{
	int64_t minutes = daytime_between(resumed, now);
	return now < resumed && minutes > DAY_MINUTES / 2 ? 0 : minutes;
}

int64_t clock_spent(const struct clock_item *item, day_minute now)
{
	int64_t spent = clock_minutes(item->spent);
	if (item->state != ITEM_IN_PROGRESS || item->resumed == DAY_MINUTE_NONE ||
	    now == DAY_MINUTE_NONE)
		return spent;
	return clock_minutes(spent + running(item->resumed, now));
}

int64_t clock_planned(const struct agenda_item *item)
{
	return item->parked ? 0 : clock_minutes(item->minutes_planned);
}

static int64_t still_to_come(const struct clock_item *item, day_minute now)
{
	switch (item->state) {
	case ITEM_PENDING:
		return clock_minutes(item->planned);
	case ITEM_IN_PROGRESS:
		return clock_minutes(clock_minutes(item->planned) - clock_spent(item, now));
	default:
		return 0;
	}
}

static bool has_begun(const struct clock_item *item)
{
	return item->state == ITEM_IN_PROGRESS || item->state == ITEM_DONE || item->spent > 0;
}

/* How much later than its hour a meeting ends, both as times of day: whichever way round the
 * clock is shorter. */
static int64_t minutes_late(day_minute convened, day_minute ends)
{
	int64_t late = daytime_between(convened, ends);
	return late > DAY_MINUTES / 2 ? 0 : late;
}

void agenda_clock_read(const struct clock_item *items, size_t count, day_minute starts,
		       day_minute ends, day_minute now, struct agenda_clock *clock)
{
	bool begun = false;
	*clock = (struct agenda_clock){.ends = DAY_MINUTE_NONE};
	for (size_t i = 0; i < count; i++) {
		clock->planned += clock_minutes(items[i].planned);
		clock->spent += clock_spent(&items[i], now);
		clock->remaining += still_to_come(&items[i], now);
		begun |= has_begun(&items[i]);
	}
	if (starts != DAY_MINUTE_NONE && ends != DAY_MINUTE_NONE)
		clock->length = daytime_between(starts, ends);
	if (clock->length > 0 && clock->planned > clock->length)
		clock->over = clock->planned - clock->length;
	if (clock->planned == 0)
		return;
	day_minute from = !begun && starts != DAY_MINUTE_NONE && now < starts ? starts : now;
	if (from == DAY_MINUTE_NONE)
		return;
	clock->ends = (day_minute)((from + clock->remaining) % DAY_MINUTES);
	if (ends != DAY_MINUTE_NONE)
		clock->late = minutes_late(ends, clock->ends);
}
