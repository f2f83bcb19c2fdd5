/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/agenda_label.h"

#include <stdbool.h>
#include <string.h>

enum { LETTERS = 26 };

/* As columns of a spreadsheet are named: no letter stands for nothing, so "aa" follows "z". */
static void add_letters(struct strbuf *out, size_t number)
{
	char letters[16];
	size_t at = sizeof(letters);
	for (; number && at; number = (number - 1) / LETTERS)
		letters[--at] = (char)('a' + (number - 1) % LETTERS);
	strbuf_add(out, letters + at, sizeof(letters) - at);
}

void agenda_label_add(struct strbuf *out, const char *parent, size_t number)
{
	if (!parent) {
		strbuf_addf(out, "%zu", number);
		return;
	}
	strbuf_addf(out, "%s.", parent);
	add_letters(out, number);
}

static size_t digit_of(char c, size_t base)
{
	if (base == 10)
		return c >= '0' && c <= '9' ? (size_t)(c - '0') : base;
	return c >= 'a' && c <= 'z' ? (size_t)(c - 'a') + 1 : base + 1;
}

size_t agenda_label_number(const char *label)
{
	const char *dot = strrchr(label, '.'), *own = dot ? dot + 1 : label;
	bool is_letters = *own >= 'a' && *own <= 'z';
	size_t base = is_letters ? LETTERS : 10, number = 0;
	for (const char *at = own; *at; at++) {
		size_t digit = digit_of(*at, base);
		if (digit > (is_letters ? base : base - 1) || number > AGENDA_LABEL_MAX / base)
			return 0;
		number = number * base + digit;
	}
	return number <= AGENDA_LABEL_MAX ? number : 0;
}
