/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_DATE_H
#define NUCLEO_BASE_DATE_H

#include <limits.h>
#include <stdbool.h>

#include "nucleo/base/strbuf.h"

/** A calendar date as the count of days since 1970-01-01, or DATE_NONE. */
typedef int day_number;
#define DATE_NONE INT_MIN

/** A time of day in minutes since midnight, or DAY_MINUTE_NONE. */
typedef int day_minute;
#define DAY_MINUTE_NONE (-1)

struct civil_date {
	int year;  /**< 1900 to 2199: what an acta can mean */
	int month; /**< 1 to 12 */
	int day;   /**< 1 to 31 */
};

/** DATE_NONE when there is no such day. */
day_number date_from_civil(int year, int month, int day);
struct civil_date date_to_civil(day_number date);
int date_days_in_month(int year, int month);
/** Last day of the month; DATE_NONE when there is no such month. */
day_number date_month_end(int year, int month);

/** Reads "2023-11-17", the whole text; DATE_NONE when it is anything else. */
day_number date_parse_iso(const char *text);
/** Reads "17/11/2023", "17-11-2023", "17.11.2023" or the ISO form, the whole text. */
day_number date_parse(const char *text);
/** Appends "2023-11-17"; nothing for DATE_NONE. */
void date_add_iso(struct strbuf *out, day_number date);
/** Appends "17/11/2023"; nothing for DATE_NONE. */
void date_add_local(struct strbuf *out, day_number date);

/** Month 1 to 12 for a Spanish month name or its usual abbreviation, any case; else 0. */
int date_month_named(const char *word);

/** "enero" for 1; "" when there is no such month. In the language of the records. */
const char *date_month_name(int month);

enum { DAY_MINUTES = 24 * 60 };

/** Minutes from one time of day to another, the next day's when that is how it reads. */
int daytime_between(day_minute from, day_minute to);
/** Reads "15h00", "15:00", "15H", "15.00" or "9h5", the whole text; DAY_MINUTE_NONE otherwise. */
day_minute daytime_parse(const char *text);
/** Appends "15:00"; nothing for DAY_MINUTE_NONE. */
void daytime_add_iso(struct strbuf *out, day_minute time);
/** Appends "15h00"; nothing for DAY_MINUTE_NONE. */
void daytime_add_local(struct strbuf *out, day_minute time);

#endif
