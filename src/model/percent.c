/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/percent.h"

#include <ctype.h>
#include <string.h>

/* The digits after the mark as hundredths; -1 when there are more than two. */
static int read_decimals(const char **text)
{
	int value = 0, digits = 0;
	for (; isdigit((unsigned char)**text); (*text)++, digits++)
		if (digits < 2)
			value = value * 10 + (**text - '0');
	if (digits < 1 || digits > 2)
		return -1;
	return digits == 1 ? value * 10 : value;
}

percent_hundredths percent_parse(const char *text)
{
	int whole = 0, digits = 0, decimals = 0;
	for (; isdigit((unsigned char)*text) && digits < 4; text++, digits++)
		whole = whole * 10 + (*text - '0');
	if (!digits || digits > 3)
		return PERCENT_NONE;
	if (*text == '.' || *text == ',') {
		text++;
		decimals = read_decimals(&text);
	}
	text += strspn(text, " ");
	if (*text == '%')
		text++;
	if (*text || decimals < 0 || whole * 100 + decimals > PERCENT_FULL)
		return PERCENT_NONE;
	return whole * 100 + decimals;
}

percent_hundredths percent_from_points(double points)
{
	if (!(points >= 0 && points <= 100))
		return PERCENT_NONE;
	return (percent_hundredths)(points * 100 + 0.5);
}

void percent_add(struct strbuf *out, percent_hundredths value)
{
	if (value == PERCENT_NONE)
		return;
	strbuf_addf(out, "%d", value / 100);
	if (value % 10)
		strbuf_addf(out, ".%02d", value % 100);
	else if (value % 100)
		strbuf_addf(out, ".%d", value % 100 / 10);
}
