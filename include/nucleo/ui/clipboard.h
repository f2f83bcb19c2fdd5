/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_CLIPBOARD_H
#define NUCLEO_UI_CLIPBOARD_H

#include <stdbool.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

/** Longest text in base 64 that terminals take (xterm's limit), and the text it holds. */
#define CLIPBOARD_BASE64_MAX 74994
#define CLIPBOARD_TEXT_MAX (CLIPBOARD_BASE64_MAX / 4 * 3)

/**
 * Appends the bytes that ask a terminal to put `text` on its clipboard (OSC 52,
 * XTerm Control Sequences); whether it does, it never says. Control
 * characters but line ends and tabs are left out. `type` is that of the
 * terminal ($TERM; may be NULL); `in_screen`: GNU screen is between, which
 * passes on only what is wrapped for it, in pieces. RC_INVALID for more than
 * CLIPBOARD_TEXT_MAX bytes, RC_NOT_FOUND where there is no clipboard: such a terminal
 * might show the text instead.
 */
enum rc clipboard_add(struct strbuf *out, const char *text, const char *type, bool in_screen,
		      struct error *err) ATTR_NODISCARD;

#endif
