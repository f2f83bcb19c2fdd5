/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "nucleo/base/utf8.h"

enum { YEAR_MIN = 1900, YEAR_MAX = 2199 };

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Howard Hinnant, "chrono-compatible low-level date algorithms": days from
 * civil, for years after 0; the year is taken to begin in March. */
day_number date_from_civil(int year, int month, int day)
{
	if (year < YEAR_MIN || year > YEAR_MAX || day < 1 || day > date_days_in_month(year, month))
		return DATE_NONE;
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct civil_date date_to_civil(day_number date)
{
	int z = date + 719468;
	int era = z / 146097;
	int day_of_era = z - era * 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
			   day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int mp = (5 * day_of_year + 2) / 153;
	int month = mp < 10 ? mp + 3 : mp - 9;
	return (struct civil_date){
		.year = year_of_era + era * 400 + (month <= 2),
		.month = month,
		.day = day_of_year - (153 * mp + 2) / 5 + 1,
	};
}

day_number date_month_end(int year, int month)
{
	return date_from_civil(year, month, date_days_in_month(year, month));
}

/* Reads digits, at least `min` and at most `max` of them; -1 otherwise. */
static int read_number(const char **text, int min, int max)
{
	int value = 0, digits = 0;
	while (digits < max && isdigit((unsigned char)**text)) {
		value = value * 10 + (*(*text)++ - '0');
		digits++;
	}
	return digits < min ? -1 : value;
}

static bool skip_char(const char **text, const char *allowed)
{
	if (!**text || !strchr(allowed, **text))
		return false;
	(*text)++;
	return true;
}

day_number date_parse_iso(const char *text)
{
	int year = read_number(&text, 4, 4);
	if (year < 0 || !skip_char(&text, "-"))
		return DATE_NONE;
	int month = read_number(&text, 2, 2);
	if (month < 0 || !skip_char(&text, "-"))
		return DATE_NONE;
	int day = read_number(&text, 2, 2);
	return *text ? DATE_NONE : date_from_civil(year, month, day);
}

day_number date_parse(const char *text)
{
	const char *at = text;
	int day = read_number(&at, 1, 2);
	if (day < 0 || !skip_char(&at, "/-."))
		return date_parse_iso(text);
	int month = read_number(&at, 1, 2);
	if (month < 0 || !skip_char(&at, "/-."))
		return date_parse_iso(text);
	int year = read_number(&at, 4, 4);
	return *at ? DATE_NONE : date_from_civil(year, month, day);
}

void date_add_iso(struct strbuf *out, day_number date)
{
	if (date == DATE_NONE)
		return;
	struct civil_date c = date_to_civil(date);
	strbuf_addf(out, "%04d-%02d-%02d", c.year, c.month, c.day);
}

void date_add_local(struct strbuf *out, day_number date)
{
	if (date == DATE_NONE)
		return;
	struct civil_date c = date_to_civil(date);
	strbuf_addf(out, "%02d/%02d/%04d", c.day, c.month, c.year);
}

static const char *const month_names[] = {
	"enero", "febrero", "marzo",	  "abril",   "mayo",	  "junio",
	"julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre",
};

const char *date_month_name(int month)
{
	return month < 1 || month > 12 ? "" : month_names[month - 1];
}

int date_month_named(const char *word)
{
	if (utf8_equal_folded(word, "setiembre") || utf8_equal_folded(word, "set"))
		return 9;
	for (int month = 1; month <= 12; month++) {
		const char *name = date_month_name(month);
		char brief[4] = {0};
		memcpy(brief, name, 3);
		if (utf8_equal_folded(word, name) || utf8_equal_folded(word, brief) ||
		    (month == 9 && utf8_equal_folded(word, "sept")))
			return month;
	}
	return 0;
}

day_minute daytime_parse(const char *text)
{
	int hours = read_number(&text, 1, 2), minutes = 0;
	if (hours < 0 || !skip_char(&text, "hH:."))
		return DAY_MINUTE_NONE;
	if (*text)
		minutes = read_number(&text, 1, 2);
	if (*text || hours > 23 || minutes < 0 || minutes > 59)
		return DAY_MINUTE_NONE;
	return hours * 60 + minutes;
}

void daytime_add_iso(struct strbuf *out, day_minute time)
{
	if (time != DAY_MINUTE_NONE)
		strbuf_addf(out, "%02d:%02d", time / 60, time % 60);
}

int daytime_between(day_minute from, day_minute to)
{
	return to >= from ? to - from : to + DAY_MINUTES - from;
}

void daytime_add_local(struct strbuf *out, day_minute time)
{
	if (time != DAY_MINUTE_NONE)
		strbuf_addf(out, "%02dh%02d", time / 60, time % 60);
}
