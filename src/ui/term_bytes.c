/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/term_bytes.h"

#include <stdbool.h>
#include <string.h>

/* ASCII for G0 (ECMA-35): lines are drawn with their own characters, so it is never another. */
#define ASCII_SET "\033(B"

/* Attributes asked for since the last character, as the parameters of one SGR (ECMA-48 8.3.117). */
struct pending {
	struct strbuf parameters;
	bool is_asked, is_reset; /**< anything; from a plain start */
	bool is_plain;		 /**< what the terminal has now is known to be none */
};

/* The length of the SGR at `bytes`, 0 when there is none. */
static size_t sgr_length(const char *bytes, size_t length)
{
	size_t at = 2;
	if (length < 3 || bytes[0] != '\033' || bytes[1] != '[')
		return 0;
	while (at < length && ((bytes[at] >= '0' && bytes[at] <= '9') || bytes[at] == ';'))
		at++;
	return at < length && bytes[at] == 'm' ? at + 1 : 0;
}

/* Takes the parameters of one SGR; those before a reset count no more. */
static void ask(struct pending *pending, const char *parameters, size_t length)
{
	bool resets = !length || (parameters[0] == '0' && (length == 1 || parameters[1] == ';'));
	pending->is_asked = true;
	if (resets) {
		pending->is_reset = true;
		strbuf_reset(&pending->parameters);
		parameters += length > 1 ? 2 : length;
		length -= length > 1 ? 2 : length;
	}
	if (length && pending->parameters.length)
		strbuf_addch(&pending->parameters, ';');
	strbuf_add(&pending->parameters, parameters, length);
}

static void answer(struct pending *pending, struct strbuf *out)
{
	bool is_none = pending->is_reset && !pending->parameters.length;
	if (!pending->is_asked)
		return;
	if (is_none && !pending->is_plain)
		strbuf_adds(out, "\033[m");
	else if (!is_none)
		strbuf_addf(out, "\033[%s%sm", pending->is_reset && !pending->is_plain ? "0;" : "",
			    pending->parameters.data);
	pending->is_plain = is_none;
	pending->is_asked = pending->is_reset = false;
	strbuf_reset(&pending->parameters);
}

void term_bytes_add(struct strbuf *out, const char *bytes, size_t length)
{
	struct pending pending = {0};
	strbuf_init(&pending.parameters);
	for (size_t at = 0, run; at < length; at += run) {
		const char *here = bytes + at;
		size_t left = length - at;
		if (left >= 3 && memcmp(here, ASCII_SET, 3) == 0) {
			run = 3;
			continue;
		}
		run = sgr_length(here, left);
		if (run) {
			ask(&pending, here + 2, run - 3);
			continue;
		}
		/* To the next Esc; this byte may be one that begins something else. */
		const char *next = memchr(here + 1, '\033', left - 1);
		run = next ? (size_t)(next - here) : left;
		answer(&pending, out);
		strbuf_add(out, here, run);
	}
	answer(&pending, out);
	strbuf_release(&pending.parameters);
}
