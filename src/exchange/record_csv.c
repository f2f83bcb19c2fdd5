/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_csv.h"

#include <string.h>

#include "nucleo/base/utf8.h"

#define DIGITS "0123456789"

static bool is_plain_number(const char *text)
{
	text += *text == '-' || *text == '+';
	size_t digits = strspn(text, DIGITS);
	text += digits;
	if (digits && (*text == '.' || *text == ',')) {
		size_t decimals = strspn(text + 1, DIGITS);
		text += decimals ? 1 + decimals : 0;
	}
	return digits && !*text;
}

/* Apostrophes that are there already would otherwise pass for one of ours. */
bool csv_is_formula(const char *text)
{
	text += strspn(text, "'");
	return *text && strchr("=+-@\t\r", *text) && !is_plain_number(text);
}

/* Valid UTF-8 with the quotes doubled. */
static void add_quoted(struct strbuf *out, const char *text)
{
	uint32_t c;
	strbuf_addch(out, '"');
	while ((c = utf8_next(&text)) != 0) {
		if (c == '"')
			strbuf_addch(out, '"');
		utf8_append(out, c);
	}
	strbuf_addch(out, '"');
}

void csv_add_cell(struct strbuf *out, const char *text)
{
	struct strbuf cell;
	strbuf_init(&cell);
	if (csv_is_formula(text))
		strbuf_addch(&cell, '\'');
	strbuf_adds(&cell, text);
	if (strpbrk(text, ",\"\r\n") || !utf8_is_valid(text, strlen(text)))
		add_quoted(out, cell.data);
	else
		strbuf_adds(out, cell.data);
	strbuf_release(&cell);
}

void record_add_csv_header(struct strbuf *out, const struct record_kind *kind)
{
	const char *separator = "";
	for (size_t i = 0; i < kind->field_count; i++) {
		if (!kind->fields[i].label)
			continue;
		strbuf_adds(out, separator);
		csv_add_cell(out, kind->fields[i].name);
		separator = ",";
	}
	strbuf_adds(out, "\r\n");
}

void record_add_csv(struct strbuf *out, const struct record_kind *kind, const void *row)
{
	struct strbuf value;
	const char *separator = "";
	strbuf_init(&value);
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];
		if (!field->label)
			continue;
		strbuf_reset(&value);
		if (field->type == FIELD_LIST)
			record_add_text(&value, field, row);
		else
			record_add_value(&value, field, row);
		strbuf_adds(out, separator);
		csv_add_cell(out, value.data);
		separator = ",";
	}
	strbuf_adds(out, "\r\n");
	strbuf_release(&value);
}
