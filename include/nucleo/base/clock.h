/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_CLOCK_H
#define NUCLEO_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/date.h"

/** Today in the time zone of this machine. */
day_number clock_today(void);
/** The time of day there. */
day_minute clock_time_of_day(void);
/** Appends the present moment in UTC, "2023-11-17T20:42:07Z". */
void clock_add_utc(struct strbuf *out);
/** The present moment, in seconds of the epoch. */
int64_t clock_utc_seconds(void);
/** Reads a moment as clock_add_utc() writes it; false when it is none. */
bool clock_parse_utc(const char *utc, int64_t *seconds);
/** Appends a moment in UTC as clock_add_utc() writes it in local time: "15h42:07" for one of
 *  today, "17/11/2023 15h42" for another day; as it is when it is no such moment. */
void clock_add_local(struct strbuf *out, const char *utc);

/** The day and the time of day here of a moment in UTC; false when it is none. */
bool clock_find_local(const char *utc, day_number *day, day_minute *time);

/** Seconds since a moment in UTC as clock_add_utc() writes it; -1 when it is none. */
int64_t clock_seconds_since(const char *utc);
/** Appends how long ago something was: "ahora", "hace 20 s", "hace 3 min". */
void clock_add_age(struct strbuf *out, int64_t ms);

/** Milliseconds since some fixed moment; never goes back. */
int64_t clock_monotonic_ms(void);
/** The same moment in microseconds. */
int64_t clock_monotonic_us(void);

#endif
