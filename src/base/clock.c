/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strptime() and timegm() */
#define _GNU_SOURCE
#include "nucleo/base/clock.h"

#include <time.h>

#include "nucleo/base/i18n.h"

day_number clock_today(void)
{
	time_t now = time(NULL);
	struct tm local;
	localtime_r(&now, &local);
	return date_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

day_minute clock_time_of_day(void)
{
	time_t now = time(NULL);
	struct tm local;
	localtime_r(&now, &local);
	return local.tm_hour * 60 + local.tm_min;
}

void clock_add_utc(struct strbuf *out)
{
	time_t now = time(NULL);
	struct tm utc;
	char text[32];
	gmtime_r(&now, &utc);
	strbuf_add(out, text, strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc));
}

int64_t clock_utc_seconds(void)
{
	return time(NULL);
}

bool clock_parse_utc(const char *utc, int64_t *seconds)
{
	struct tm moment = {0};
	const char *end = strptime(utc, "%Y-%m-%dT%H:%M:%SZ", &moment);
	if (!end || *end)
		return false;
	*seconds = timegm(&moment);
	return true;
}

void clock_add_local(struct strbuf *out, const char *utc)
{
	struct tm local;
	char text[32];
	int64_t seconds;
	if (!clock_parse_utc(utc, &seconds)) {
		strbuf_adds(out, utc);
		return;
	}
	time_t when = (time_t)seconds;
	localtime_r(&when, &local);
	bool is_today = date_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday) ==
			clock_today();
	strbuf_add(out, text,
		   strftime(text, sizeof(text), is_today ? "%Hh%M:%S" : "%d/%m/%Y %Hh%M", &local));
}

bool clock_find_local(const char *utc, day_number *day, day_minute *time)
{
	struct tm local;
	int64_t seconds;
	if (!clock_parse_utc(utc, &seconds))
		return false;
	time_t when = (time_t)seconds;
	localtime_r(&when, &local);
	*day = date_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
	*time = local.tm_hour * 60 + local.tm_min;
	return true;
}

void clock_add_age(struct strbuf *out, int64_t ms)
{
	long long seconds = ms / 1000;
	if (seconds < 2)
		strbuf_adds(out, _("ahora"));
	else if (seconds < 60)
		strbuf_addf(out, _("hace %lld s"), seconds);
	else
		strbuf_addf(out, _("hace %lld min"), seconds / 60);
}

int64_t clock_monotonic_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void)
{
	return clock_monotonic_us() / 1000;
}

int64_t clock_seconds_since(const char *utc)
{
	int64_t seconds;
	return clock_parse_utc(utc, &seconds) ? (int64_t)time(NULL) - seconds : -1;
}
