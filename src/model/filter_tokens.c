/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/model/filter_parts.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* After the quote that closes the one at `at`; one never closed lasts to the end, so that a
 * phrase being typed is a phrase already. */
static size_t after_quotes(const char *text, size_t at)
{
	for (at++; text[at] && text[at] != '"'; at++)
		;
	return at + (text[at] == '"');
}

static size_t token_end(const char *text, size_t at)
{
	while (text[at] && !is_blank(text[at]))
		at = text[at] == '"' ? after_quotes(text, at) : at + 1;
	return at;
}

/* Length of the name before ':'; 0 when it can be none ("15:00", "\"a: b\""). */
static size_t name_length(const char *text, size_t at, size_t end)
{
	size_t length = 0;
	if (isdigit((unsigned char)text[at]))
		return 0;
	while (at + length < end && text[at + length] != ':' && text[at + length] != '"')
		length++;
	return at + length < end && text[at + length] == ':' ? length : 0;
}

bool filter_next_token(const char *text, size_t from, struct filter_token *token)
{
	while (is_blank(text[from]))
		from++;
	if (!text[from])
		return false;
	size_t end = token_end(text, from), at = from;
	*token = (struct filter_token){.span = {from, end - from}};
	token->is_negated = text[at] == '-' && at + 1 < end;
	at += token->is_negated;
	token->name = (struct filter_span){at, name_length(text, at, end)};
	if (token->name.length)
		at += token->name.length + 1;
	token->is_quoted = text[at] == '"';
	token->rest = (struct filter_span){at, end - at};
	return true;
}

bool filter_next_value(const char *text, size_t *at, size_t end, struct strbuf *value,
		       struct filter_span *span)
{
	size_t from = *at;
	if (from >= end)
		return false;
	strbuf_reset(value);
	while (*at < end && text[*at] != ',') {
		size_t next = text[*at] == '"' ? after_quotes(text, *at) : *at + 1;
		for (size_t i = *at; i < next && i < end; i++)
			if (text[i] != '"')
				strbuf_addch(value, text[i]);
		*at = next < end ? next : end;
	}
	*span = (struct filter_span){from, *at - from};
	*at += *at < end; /* the comma */
	return true;
}
