/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/exchange/acta_parts.h"

/* The day of the meeting as headers write it: "17/11/2023", "viernes 17 de noviembre de 2023", "a
 * los diecisiete días del mes de noviembre de dos mil veintitrés". */

struct date_words {
	int day, month, year;
	int count;  /* words so far */
	int day_at; /* word that may be the day */
	bool is_millennium; /* "dos mil" was said; what follows adds to it */
};

static int leading_number(const char *word, size_t length)
{
	int value = 0;
	size_t digits = 0;
	while (digits < length && digits < 5 && isdigit((unsigned char)word[digits]))
		value = value * 10 + (word[digits++] - '0');
	return digits && digits < 5 ? value : -1;
}

/* "diecisiete"; -1 for no number up to thirty. */
static int named_number(const char *word, size_t length)
{
	static const char *const names[] = {
		"|uno|un|primero|primer|", "|dos|", "|tres|", "|cuatro|", "|cinco|", "|seis|",
		"|siete|", "|ocho|", "|nueve|", "|diez|", "|once|", "|doce|", "|trece|",
		"|catorce|", "|quince|", "|dieciseis|", "|diecisiete|", "|dieciocho|",
		"|diecinueve|", "|veinte|", "|veintiuno|veintiun|", "|veintidos|", "|veintitres|",
		"|veinticuatro|", "|veinticinco|", "|veintiseis|", "|veintisiete|",
		"|veintiocho|", "|veintinueve|", "|treinta|",
	};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (acta_word_in(word, length, names[i]))
			return (int)i + 1;
	return -1;
}

/* "treinta" and "uno", "dos mil" and "veintitrés": spelt numbers of several words. */
static bool take_spelt(struct date_words *date, const char *word, size_t length)
{
	int number = named_number(word, length);
	if (acta_word_in(word, length, "|mil|") && date->month) {
		date->year = 2000;
		date->is_millennium = true;
		return true;
	}
	if (number < 0)
		return false;
	if (date->is_millennium)
		date->year += number;
	else if (!date->month && date->day == 30 && number == 1)
		date->day = 31;
	else if (!date->month)
		date->day = number;
	date->day_at = date->month ? date->day_at : date->count;
	return true;
}

/* "9 de marzo", "a los nueve días del mes de marzo": a number further away is not the day. */
enum { DAY_REACH = 5 };

static void take_month_word(struct date_words *date, int month)
{
	if (date->month || !month)
		return;
	date->month = month;
	if (date->count - date->day_at > DAY_REACH)
		date->day = 0;
}

/* Takes one word of "viernes 17 de noviembre del 2023" or "noviembre 17, 2023". */
static void take_date_word(struct date_words *date, const char *word, size_t length)
{
	char name[24] = {0};
	int number = leading_number(word, length);
	if (number < 0 && take_spelt(date, word, length)) {
		date->count++;
		return;
	}
	if (number < 0) {
		size_t used = acta_bare_length(word, length);
		if (used && used < sizeof(name)) {
			memcpy(name, word, used);
			take_month_word(date, date_month_named(name));
		}
	} else if (number > 31 && !date->year) {
		date->year = number;
	} else if (number <= 31 && (!date->day || !date->month)) {
		date->day = number;
		date->day_at = date->count;
	}
	date->count++;
}

enum { YEAR_FIRST = 2000, YEAR_LAST = 2099 };

static day_number sane_date(int year, int month, int day)
{
	if (year >= 0 && year < 100)
		year += 2000;
	if (year < YEAR_FIRST || year > YEAR_LAST)
		return DATE_NONE;
	return date_from_civil(year, month, day);
}

/* Reads up to four digits; -1 when there are none or more. */
static int take_figures(const char **text)
{
	int value = leading_number(*text, strspn(*text, "0123456789"));
	*text += strspn(*text, "0123456789");
	return value;
}

/* The month between two signs, as figures or as a name; -1 when it is neither. */
static int take_month(const char **text)
{
	char name[16] = {0};
	size_t length = 0;
	if (isdigit((unsigned char)**text))
		return take_figures(text);
	while (isalpha((unsigned char)(*text)[length]) && length + 1 < sizeof(name))
		length++;
	memcpy(name, *text, length);
	*text += length;
	return length && date_month_named(name) ? date_month_named(name) : -1;
}

static bool take_sign(const char **text)
{
	if (!**text || !strchr("/.-", **text))
		return false;
	(*text)++;
	return true;
}

/* "17/11/2023", "2023-11-17", "17-nov-2023", "17/11/23" at the beginning of the text. */
static bool parse_figures(const char *text, day_number *date)
{
	int first = take_figures(&text);
	if (first < 0 || !take_sign(&text))
		return false;
	int month = take_month(&text);
	if (month < 0 || !take_sign(&text))
		return false;
	int last = take_figures(&text);
	if (last < 0)
		return false;
	*date = first > 31 ? sane_date(first, month, last) : sane_date(last, month, first);
	return true;
}

bool acta_find_date(const char *text, day_number *date)
{
	struct date_words words = {0};
	for (const char *at = text; *at; at += acta_word_length(at), at += strspn(at, " \n")) {
		if (isdigit((unsigned char)*at) && parse_figures(at, date))
			return true;
		if (*at == '(' && isdigit((unsigned char)at[1]) && parse_figures(at + 1, date))
			return true;
	}
	for (const char *at = text; *at; at += acta_word_length(at), at += strspn(at, " \n"))
		take_date_word(&words, at, acta_word_length(at));
	if (!words.month || !words.day)
		return false;
	*date = words.year ? sane_date(words.year, words.month, words.day) : DATE_NONE;
	return true;
}
