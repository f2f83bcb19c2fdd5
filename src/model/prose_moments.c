/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_moments.h"

#include <string.h>

#include "nucleo/base/attributes.h"

/*
 * Each way of saying a time is one function that reads it from a word on and
 * says what day it means. What is not known (no meeting date) gives words
 * without a day.
 */
enum { YEARS_AHEAD = 10 };

static size_t match(const struct moment_reader *reader, size_t at, const char *pattern)
{
	return words_match(reader->words, at, reader->end, pattern);
}

static bool knows_today(const struct moment_reader *reader)
{
	return reader->context->meeting_date != DATE_NONE;
}

static day_number month_start_after(day_number date, int months)
{
	struct civil_date c = date_to_civil(date);
	int month = c.month - 1 + months;
	return date_from_civil(c.year + month / 12, month % 12 + 1, 1);
}

static day_number add_months(day_number date, int months)
{
	struct civil_date first = date_to_civil(month_start_after(date, months));
	int day = date_to_civil(date).day, last = date_days_in_month(first.year, first.month);
	return date_from_civil(first.year, first.month, day < last ? day : last);
}

/* Monday is 0. 1970-01-01 was a Thursday. */
static int weekday_of(day_number date)
{
	return ((date + 3) % 7 + 7) % 7;
}

static day_number add_working_days(day_number date, int days)
{
	while (days > 0)
		days -= weekday_of(++date) < 5;
	return date;
}

/* A number of one to four digits and nothing else; -1 otherwise. */
static int plain_number(const struct moment_reader *reader, size_t at)
{
	const char *folded = word_folded(reader->words, at);
	size_t length = strspn(folded, "0123456789");
	int value = 0;
	if (at >= reader->end || !length || length > 4 || folded[length])
		return -1;
	for (; *folded; folded++)
		value = value * 10 + (*folded - '0');
	return value;
}

/* The year words at `at` mean, "2024", "de 2024", "del próximo año", "de este año"; 0: none. */
static size_t read_year(const struct moment_reader *reader, size_t at, int *year)
{
	size_t of = match(reader, at, ",? de|del ano?");
	if (!of)
		of = match(reader, at, ",|de|del");
	*year = plain_number(reader, at + of);
	if (*year >= 1900 && *year < 2200)
		return of + 1;
	size_t used = match(reader, at, "de|del proximo|siguiente ano");
	if (!used)
		used = match(reader, at, "de|del ano proximo|siguiente|entrante");
	if (!used)
		used = match(reader, at, "de|del ano que viene");
	*year = used ? reader->today.year + 1 : reader->today.year;
	if (!used)
		used = match(reader, at, "de|del este|presente ano");
	if (!used)
		used = match(reader, at, "de|del ano en curso");
	return knows_today(reader) ? used : 0;
}

/* The year of a month and day whose next occurrence is meant. */
static day_number next_occurrence(const struct moment_reader *reader, int month, int day)
{
	if (!knows_today(reader))
		return DATE_NONE;
	for (int year = reader->today.year; year <= reader->today.year + 8; year++) {
		day_number date = date_from_civil(year, month, day);
		if (date != DATE_NONE && date >= reader->context->meeting_date)
			return date;
	}
	return DATE_NONE;
}

static struct moment day_moment(size_t next, day_number date)
{
	return (struct moment){.next = next, .date = date, .first = DATE_NONE};
}

static struct moment period_moment(size_t next, day_number first, day_number last)
{
	return (struct moment){.next = next, .date = last, .first = first};
}

/* "15/3/24", "15/03": what date_parse() does not take, its year of two digits or left out. */
static day_number short_date(const struct moment_reader *reader, struct word_range range)
{
	int day = plain_number(reader, range.from), month = plain_number(reader, range.from + 2);
	if (range.to - range.from < 3 || !word_is(reader->words, range.from + 1, "/") ||
	    day < 1 || month < 1)
		return DATE_NONE;
	if (range.to - range.from == 3)
		return next_occurrence(reader, month, day);
	int year = plain_number(reader, range.from + 4);
	return range.to - range.from == 5 && year >= 0 && year < 100
		       ? date_from_civil(2000 + year, month, day)
		       : DATE_NONE;
}

/* "15/03/2024", "15-03-2024", "15.03.2024", "2024-03-15", "15/3/24", "15/03". */
static struct moment read_numeric(const struct moment_reader *reader, size_t at)
{
	char text[16];
	size_t next = at;
	while (next < reader->end && (next == at || word_at(reader->words, next)->glued) &&
	       (word_at(reader->words, next)->kind == WORD_NUMBER ||
		word_matches(reader->words, next, "/|-")))
		next++;
	if (next == at || range_length(reader->words, at, next) >= sizeof(text))
		return day_moment(0, DATE_NONE);
	size_t length = range_length(reader->words, at, next);
	memcpy(text, reader->words->text + range_start(reader->words, at), length);
	text[length] = '\0';
	day_number date = date_parse(text);
	if (date == DATE_NONE)
		date = short_date(reader, (struct word_range){at, next});
	return day_moment(date == DATE_NONE ? 0 : next, date);
}

static int weekday_named(const struct moment_reader *reader, size_t at)
{
	static const char *const names[] = {"lunes",   "martes", "miercoles", "jueves",
					    "viernes", "sabado", "domingo"};
	for (int day = 0; day < 7; day++)
		if (at < reader->end && word_is(reader->words, at, names[day]))
			return day;
	return -1;
}

static int month_named(const struct moment_reader *reader, size_t at)
{
	if (at >= reader->end)
		return 0;
	if (word_matches(reader->words, at, "setiembre|sept"))
		return 9;
	for (int month = 1; month <= 12; month++)
		if (word_is(reader->words, at, date_month_name(month)))
			return month;
	return 0;
}

/* "15 de marzo de 2024", "viernes 24 de noviembre", "primero de marzo". */
static struct moment read_day_of_month(const struct moment_reader *reader, size_t at)
{
	int day, year;
	if (weekday_named(reader, at) >= 0) {
		at++;
		at += match(reader, at, ",? el?");
	}
	at += match(reader, at, "dia");
	size_t used = words_number(reader->words, at, reader->end, &day);
	size_t of = used ? match(reader, at + used, "de|del mes? de?") : 0;
	int month = of ? month_named(reader, at + used + of) : 0;
	if (!month)
		return day_moment(0, DATE_NONE);
	at += used + of + 1;
	size_t with_year = read_year(reader, at, &year);
	day_number date = with_year ? date_from_civil(year, month, day)
				    : next_occurrence(reader, month, day);
	return day_moment(at + with_year, date);
}

/* "viernes", "próximo viernes", "viernes de la próxima semana". */
static struct moment read_weekday(const struct moment_reader *reader, size_t at)
{
	at += match(reader, at, "proximo|este|siguiente");
	int day = weekday_named(reader, at);
	if (day < 0)
		return day_moment(0, DATE_NONE);
	at += 1 + match(reader, at + 1, "proximo|siguiente");
	size_t next_week = match(reader, at, "de la proxima|siguiente semana");
	if (!next_week)
		next_week = match(reader, at, "de la semana que viene");
	if (!knows_today(reader))
		return day_moment(at + next_week, DATE_NONE);
	day_number today = reader->context->meeting_date;
	if (next_week)
		return day_moment(at + next_week, today - weekday_of(today) + 7 + day);
	int ahead = (day - weekday_of(today) + 7) % 7;
	return day_moment(at, today + (ahead ? ahead : 7));
}

/* A month with its year, or the next such month: its first and last day. */
static struct moment read_month(const struct moment_reader *reader, size_t at)
{
	int year;
	at += match(reader, at, "el? mes de");
	int month = month_named(reader, at);
	if (!month)
		return day_moment(0, DATE_NONE);
	size_t with_year = read_year(reader, at + 1, &year);
	if (!with_year && !knows_today(reader))
		return day_moment(at + 1, DATE_NONE);
	if (!with_year)
		year = reader->today.year + (month < reader->today.month);
	return period_moment(at + 1 + with_year, date_from_civil(year, month, 1),
			     date_month_end(year, month));
}

static struct moment year_moment(size_t next, int year)
{
	return period_moment(next, date_from_civil(year, 1, 1), date_from_civil(year, 12, 31));
}

/* "2024", "el año 2024", "próximo año", "este año"; a bare number only near the meeting's year.
 */
static struct moment read_whole_year(const struct moment_reader *reader, size_t at)
{
	int year = 0;
	static const char *const next_year[] = {
		"proximo|siguiente ano", "ano proximo|siguiente|entrante", "ano que viene"};
	static const char *const this_year[] = {"este|presente ano", "ano en curso"};
	for (size_t i = 0; i < ARRAY_COUNT(next_year); i++) {
		size_t used = match(reader, at, next_year[i]);
		if (used && knows_today(reader))
			return year_moment(at + used, reader->today.year + 1);
		if (used)
			return day_moment(at + used, DATE_NONE);
	}
	for (size_t i = 0; i < ARRAY_COUNT(this_year); i++) {
		size_t used = match(reader, at, this_year[i]);
		if (used && knows_today(reader))
			return year_moment(at + used, reader->today.year);
	}
	size_t named = match(reader, at, "ano");
	size_t used = word_at(reader->words, at + named)->kind == WORD_NUMBER
			      ? read_year(reader, at + named, &year)
			      : 0;
	if (!used || (!named && knows_today(reader) &&
		      (year < reader->today.year || year > reader->today.year + YEARS_AHEAD)))
		return day_moment(0, DATE_NONE);
	return year_moment(at + named + used, year);
}

/* "próximo mes", "próxima semana", "esta semana", "mes que viene", "mes", "semana". */
static struct moment read_week_or_month(const struct moment_reader *reader, size_t at)
{
	static const struct {
		const char *words;
		int weeks, months;
	} periods[] = {
		{"proximo|siguiente mes", -1, 1},
		{"mes proximo|siguiente|entrante", -1, 1},
		{"mes que viene", -1, 1},
		{"este|presente mes", -1, 0},
		{"mes en curso", -1, 0},
		{"proxima|siguiente semana", 1, -1},
		{"semana proxima|siguiente|entrante", 1, -1},
		{"semana que viene", 1, -1},
		{"esta|presente semana", 0, -1},
	};
	for (size_t i = 0; i < ARRAY_COUNT(periods); i++) {
		size_t used = match(reader, at, periods[i].words);
		if (!used)
			continue;
		if (!knows_today(reader))
			return day_moment(at + used, DATE_NONE);
		day_number today = reader->context->meeting_date;
		if (periods[i].weeks >= 0) {
			day_number monday = today - weekday_of(today) + 7 * periods[i].weeks;
			return period_moment(at + used, monday, monday + 6);
		}
		day_number first = month_start_after(today, periods[i].months);
		return period_moment(at + used, first, month_start_after(first, 1) - 1);
	}
	return day_moment(0, DATE_NONE);
}

static struct moment read_meeting(const struct moment_reader *reader, size_t at)
{
	static const char *const next[] = {
		"proxima|siguiente|proximo|siguiente "
		"reunion|sesion|encuentro|plenaria|convocatoria|cita",
		"reunion|sesion|plenaria proxima|siguiente",
	};
	for (size_t i = 0; i < ARRAY_COUNT(next); i++) {
		size_t used = match(reader, at, next[i]);
		if (used)
			return (struct moment){.next = at + used,
					       .date = reader->context->next_meeting,
					       .first = DATE_NONE,
					       .meeting = true};
	}
	return day_moment(0, DATE_NONE);
}

/* Any period with a first and a last day; what "fines de" and "primer trimestre de" speak of. */
static struct moment read_period(const struct moment_reader *reader, size_t at)
{
	struct moment moment = read_month(reader, at);
	if (!moment.next)
		moment = read_week_or_month(reader, at);
	if (!moment.next)
		moment = read_whole_year(reader, at);
	if (moment.next || !knows_today(reader))
		return moment;
	struct civil_date today = reader->today;
	if (match(reader, at, "mes"))
		return period_moment(at + 1, date_from_civil(today.year, today.month, 1),
				     date_month_end(today.year, today.month));
	if (match(reader, at, "ano"))
		return year_moment(at + 1, today.year);
	if (match(reader, at, "semana")) {
		day_number monday =
			reader->context->meeting_date - weekday_of(reader->context->meeting_date);
		return period_moment(at + 1, monday, monday + 6);
	}
	return moment;
}

enum part { PART_NONE, PART_BEGIN, PART_MIDDLE, PART_END };

static enum part part_named(const struct moment_reader *reader, size_t at)
{
	if (match(reader, at, "fin|fines|final|finales|cierre|termino"))
		return PART_END;
	if (match(reader, at, "mediados"))
		return PART_MIDDLE;
	return match(reader, at, "inicios|comienzos|principios|inicio") ? PART_BEGIN : PART_NONE;
}

/* The last day of a part: the middle ends with June or on the 15th, a beginning with February or
 * on the 10th. */
static day_number part_end(struct moment whole, enum part part)
{
	int length = whole.date - whole.first + 1;
	if (part == PART_END)
		return whole.date;
	if (length > 31)
		return add_months(whole.first, part == PART_MIDDLE ? 6 : 2) - 1;
	if (length < 28)
		return whole.first + (part == PART_MIDDLE ? 3 : 1);
	return whole.first + (part == PART_MIDDLE ? 14 : 9);
}

/* "fines de marzo", "mediados de año", "inicios del próximo mes". */
static struct moment read_part(const struct moment_reader *reader, size_t at)
{
	enum part part = part_named(reader, at);
	if (match(reader, at, "ultimo dia|dias")) {
		part = PART_END;
		at++;
	}
	size_t of = part == PART_NONE ? 0 : match(reader, at + 1, "de|del el|la?");
	if (!of)
		return day_moment(0, DATE_NONE);
	at += 1 + of;
	struct moment whole = read_period(reader, at);
	if (!whole.next || whole.first == DATE_NONE)
		return day_moment(whole.next, DATE_NONE);
	day_number date = part_end(whole, part);
	if (match(reader, at, "ano") && whole.next == at + 1 &&
	    date < reader->context->meeting_date)
		date = part_end(year_moment(whole.next, reader->today.year + 1), part);
	return day_moment(whole.next, date);
}

static int ordinal_named(const struct moment_reader *reader, size_t at)
{
	static const char *const names[] = {"primer|primera|1er", "segundo|segunda|2do",
					    "tercer|tercera|3er", "cuarto|cuarta|4to"};
	if (at < reader->end && word_matches(reader->words, at, "ultimo|ultima"))
		return 99;
	for (int i = 0; i < 4; i++)
		if (at < reader->end && word_matches(reader->words, at, names[i]))
			return i + 1;
	return 0;
}

/* Part `ordinal` of a year cut in pieces of `months`. */
static struct moment year_piece(const struct moment_reader *reader, size_t at, int ordinal,
				int months)
{
	int year;
	size_t with_year = read_year(reader, at, &year);
	int last = ordinal * months > 12 ? 12 : ordinal * months;
	if (!with_year && !knows_today(reader))
		return day_moment(at, DATE_NONE);
	if (!with_year)
		year = reader->today.year + (last < reader->today.month);
	return period_moment(at + with_year, date_from_civil(year, last - months + 1, 1),
			     date_month_end(year, last));
}

/* Part `ordinal` of a month cut in pieces of `days`; the last one takes the rest. */
static struct moment month_piece(const struct moment_reader *reader, size_t at, int ordinal,
				 int days)
{
	size_t of = match(reader, at, "de|del el|la?");
	struct moment month = read_period(reader, at + of);
	if (!of || !month.next || month.first == DATE_NONE)
		return day_moment(0, DATE_NONE);
	if (ordinal * days < (days == 15 ? 30 : 28))
		month.date = month.first + ordinal * days - 1;
	return day_moment(month.next, month.date);
}

/* "primer trimestre de 2024", "segunda quincena de enero", "primera semana de diciembre". */
static struct moment read_ordinal(const struct moment_reader *reader, size_t at)
{
	static const struct {
		const char *name;
		int months;
	} pieces[] = {{"bimestre", 2}, {"trimestre", 3}, {"cuatrimestre", 4}, {"semestre", 6}};
	int ordinal = ordinal_named(reader, at);
	if (!ordinal)
		return day_moment(0, DATE_NONE);
	for (size_t i = 0; i < ARRAY_COUNT(pieces); i++)
		if (match(reader, at + 1, pieces[i].name))
			return year_piece(reader, at + 2,
					  ordinal > 12 / pieces[i].months ? 12 / pieces[i].months
									  : ordinal,
					  pieces[i].months);
	if (match(reader, at + 1, "quincena"))
		return month_piece(reader, at + 2, ordinal, 15);
	if (match(reader, at + 1, "semana"))
		return month_piece(reader, at + 2, ordinal, 7);
	return day_moment(0, DATE_NONE);
}

static day_number add_duration(const struct moment_reader *reader, int count, size_t unit)
{
	day_number today = reader->context->meeting_date;
	if (today == DATE_NONE || count > 3660)
		return DATE_NONE;
	if (word_matches(reader->words, unit, "hora|horas"))
		return today + (count + 23) / 24;
	if (word_matches(reader->words, unit, "semana|semanas"))
		return today + 7 * count;
	if (word_matches(reader->words, unit, "quincena|quincenas"))
		return today + 15 * count;
	if (word_matches(reader->words, unit, "mes|meses"))
		return count > 600 ? DATE_NONE : add_months(today, count);
	if (word_matches(reader->words, unit, "ano|anos"))
		return count > 50 ? DATE_NONE : add_months(today, 12 * count);
	return word_matches(reader->words, unit + 1, "habil|habiles|laborable|laborables")
		       ? add_working_days(today, count)
		       : today + count;
}

/* "30 días", "los próximos quince (15) días", "un mes", "48 horas". */
static struct moment read_duration(const struct moment_reader *reader, size_t at)
{
	int count;
	at += match(reader, at, "proximos|proximas|siguientes");
	size_t used = words_number(reader->words, at, reader->end, &count);
	size_t unit = at + used + match(reader, at + used, "proximos|proximas|siguientes");
	if (!used ||
	    !match(reader, unit,
		   "dia|dias|semana|semanas|quincena|quincenas|mes|meses|hora|horas|ano|anos"))
		return day_moment(0, DATE_NONE);
	struct moment moment = day_moment(unit + 1, add_duration(reader, count, unit));
	moment.next += match(reader, unit + 1,
			     "habil|habiles|laborable|laborables|calendario|plazo|corridos");
	moment.span = true;
	return moment;
}

typedef struct moment read_moment(const struct moment_reader *, size_t);

struct moment moment_at(const struct moment_reader *reader, size_t at)
{
	static read_moment *const readers[] = {
		read_numeric, read_day_of_month,  read_part,	 read_ordinal,	  read_meeting,
		read_month,   read_week_or_month, read_duration, read_whole_year, read_weekday,
	};
	at += match(reader, at, "el|la|los|las|lo");
	at += match(reader, at, "dia");
	for (size_t i = 0; i < ARRAY_COUNT(readers); i++) {
		struct moment moment = readers[i](reader, at);
		if (moment.next)
			return moment;
	}
	return day_moment(0, DATE_NONE);
}

struct moment moment_tomorrow(const struct moment_reader *reader, size_t at)
{
	int days = match(reader, at, "pasado manana") ? 2
		   : match(reader, at, "manana")      ? 1
		   : match(reader, at, "hoy")	      ? 0
						      : -1;
	if (days < 0)
		return day_moment(0, DATE_NONE);
	return day_moment(at + (days == 2 ? 2 : 1),
			  knows_today(reader) ? reader->context->meeting_date + days : DATE_NONE);
}

struct moment_reader moment_reader(const struct prose_context *context,
				   const struct prose_words *words, size_t end)
{
	struct moment_reader reader = {context, words, end, {0}};
	if (context->meeting_date != DATE_NONE)
		reader.today = date_to_civil(context->meeting_date);
	return reader;
}
