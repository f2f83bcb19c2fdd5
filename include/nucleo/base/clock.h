/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_CLOCK_H
#define NUCLEO_BASE_CLOCK_H

#include <stdint.h>

#include "nucleo/base/date.h"

/** Today in the time zone of this machine. */
day_number clock_today(void);
/** Appends the present moment in UTC, "2023-11-17T20:42:07Z". */
void clock_add_utc(struct strbuf *out);
/** Appends the local time of day, "15h42:07". */
void clock_add_time_of_day(struct strbuf *out);

/** Milliseconds since some fixed moment; never goes back. */
int64_t clock_monotonic_ms(void);

#endif
