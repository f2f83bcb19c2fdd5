/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/model/prose_words.h"

static int units(const char *folded)
{
	static const struct {
		const char *word;
		int value;
	} names[] = {
		{"un", 1},	     {"una", 1},
		{"uno", 1},	     {"primero", 1},
		{"dos", 2},	     {"tres", 3},
		{"cuatro", 4},	     {"cinco", 5},
		{"seis", 6},	     {"siete", 7},
		{"ocho", 8},	     {"nueve", 9},
		{"diez", 10},	     {"once", 11},
		{"doce", 12},	     {"trece", 13},
		{"catorce", 14},     {"quince", 15},
		{"dieciseis", 16},   {"diecisiete", 17},
		{"dieciocho", 18},   {"diecinueve", 19},
		{"veinte", 20},	     {"veintiun", 21},
		{"veintiuno", 21},   {"veintidos", 22},
		{"veintitres", 23},  {"veinticuatro", 24},
		{"veinticinco", 25}, {"veintiseis", 26},
		{"veintisiete", 27}, {"veintiocho", 28},
		{"veintinueve", 29}, {"cien", 100},
		{"ninguna", 0},	     {"ningun", 0},
		{"cero", 0},
	};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (names[i].word[0] == folded[0] && strcmp(names[i].word, folded) == 0)
			return names[i].value;
	return -1;
}

static int tens(const char *folded)
{
	static const char *const names[] = {"treinta", "cuarenta", "cincuenta", "sesenta",
					    "setenta", "ochenta",  "noventa"};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (names[i][0] == folded[0] && strcmp(names[i], folded) == 0)
			return 30 + 10 * (int)i;
	return -1;
}

/* "15", "1ro", "1ero": digits and at most the letters of an ordinal. */
static int digits(const char *folded)
{
	char *rest;
	if (!isdigit((unsigned char)folded[0]) || strspn(folded, "0123456789") > 6)
		return -1;
	long value = strtol(folded, &rest, 10);
	if (*rest && strcmp(rest, "ro") != 0 && strcmp(rest, "ero") != 0 &&
	    strcmp(rest, "er") != 0)
		return -1;
	return (int)value;
}

static size_t number_words(const struct prose_words *words, size_t at, size_t end, int *value)
{
	const char *folded = word_folded(words, at);
	int unit;
	if ((*value = tens(folded)) < 0) {
		*value = units(folded);
		return *value >= 0;
	}
	if (at + 2 < end && word_is(words, at + 1, "y") &&
	    (unit = units(word_folded(words, at + 2))) >= 1 && unit <= 9) {
		*value += unit;
		return 3;
	}
	return 1;
}

size_t words_number(const struct prose_words *words, size_t at, size_t end, int *value)
{
	if (at >= end)
		return 0;
	if ((*value = digits(word_folded(words, at))) >= 0)
		return 1 + words_match(words, at + 1, end, "^");
	size_t used = number_words(words, at, end, value);
	if (used)
		used += words_match(words, at + used, end, "( # )");
	return used;
}

/* Whether the mark at `mark` groups thousands: "2.047", "1.234.567", but not "0.845" nor "84.72".
 */
static bool groups_thousands(const char *text, const char *mark)
{
	size_t after = strspn(mark + 1, "0123456789");
	if (mark[1 + after] == '.' || mark[1 + after] == ',')
		return true;
	return *mark == '.' && after == 3 && text[0] != '0' && mark - text <= 3;
}

bool word_figure(const struct prose_words *words, size_t at, double *value)
{
	const char *text = word_folded(words, at);
	long long digits_read = 0, scale = 1;
	bool after_mark = false;
	if (word_at(words, at)->kind != WORD_NUMBER || strlen(text) > 15)
		return false;
	for (const char *c = text; *c; c++) {
		if (isdigit((unsigned char)*c)) {
			digits_read = digits_read * 10 + (*c - '0');
			scale *= after_mark ? 10 : 1;
		} else if (!groups_thousands(text, c)) {
			if (after_mark)
				return false;
			after_mark = true;
		}
	}
	/* One division of exact integers: 84.72 is the double nearest to it. */
	*value = (double)digits_read / (double)scale;
	return true;
}
