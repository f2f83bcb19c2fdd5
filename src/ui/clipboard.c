/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/clipboard.h"

#include <string.h>

#include "nucleo/base/base64.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

#define BEGIN "\033]52;c;"
#define END "\a"
/* What GNU screen passes on goes between these, not much more at a time than a line. */
#define WRAP "\033P"
#define UNWRAP "\033\\"
#define PIECE_MAX 240

static void add_clean(struct strbuf *out, const char *text)
{
	while (*text) {
		if (*text == '\n' || *text == '\t')
			strbuf_addch(out, *text++);
		else
			utf8_next_grapheme(&text, out);
	}
}

static void add_wrapped(struct strbuf *out, const char *bytes, size_t length)
{
	for (size_t at = 0; at < length; at += PIECE_MAX) {
		size_t rest = length - at;
		strbuf_adds(out, WRAP);
		strbuf_add(out, bytes + at, rest < PIECE_MAX ? rest : PIECE_MAX);
		strbuf_adds(out, UNWRAP);
	}
}

static bool has_clipboard(const char *type)
{
	return type && strcmp(type, "linux") != 0 && strcmp(type, "dumb") != 0 &&
	       strncmp(type, "vt", 2) != 0;
}

enum rc clipboard_add(struct strbuf *out, const char *text, const char *type, bool in_screen,
		      struct error *err)
{
	struct strbuf clean, bytes;
	if (!has_clipboard(type))
		return error_set(err, RC_NOT_FOUND,
				 _("Esta terminal no tiene portapapeles; "
				   "use nucleo show en otra."));
	strbuf_init(&clean);
	strbuf_init(&bytes);
	add_clean(&clean, text);
	bool fits = clean.length <= CLIPBOARD_TEXT_MAX;
	if (fits) {
		strbuf_adds(&bytes, BEGIN);
		base64_add(&bytes, clean.data, clean.length);
		strbuf_adds(&bytes, END);
		if (in_screen)
			add_wrapped(out, bytes.data, bytes.length);
		else
			strbuf_add(out, bytes.data, bytes.length);
	}
	strbuf_release(&clean);
	strbuf_release(&bytes);
	if (fits)
		return RC_OK;
	return error_set(err, RC_INVALID,
			 _("Es demasiado para el portapapeles de una terminal (más de %d bytes)."),
			 CLIPBOARD_TEXT_MAX);
}
