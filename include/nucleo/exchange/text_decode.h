/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_TEXT_DECODE_H
#define NUCLEO_EXCHANGE_TEXT_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

/** Bytes of a file from anywhere made text of ours. */

/** What decoding had to repair. */
struct text_decoding {
	bool is_cp1252;	      /**< read as Windows-1252 */
	size_t control_count; /**< control characters dropped */
};

/**
 * Appends `bytes`, UTF-8 or Windows-1252, to `out` as clean UTF-8: lines end in
 * '\n' (a form feed is kept in front of the line it begins), no BOM, no other
 * control characters but tabs, plain blanks for the wide ones, a soft hyphen only
 * where it ends a line (as '-'). RC_INVALID when it is no text; `out` is then
 * unchanged.
 */
enum rc text_decode(const char *bytes, size_t length, struct strbuf *out,
		    struct text_decoding *decoding, struct error *err) ATTR_NODISCARD;

/** Whether the bytes begin with a mark that says UTF-16. */
bool text_is_utf16(const char *bytes, size_t length);
/**
 * Appends text_is_utf16() text to `out` as UTF-8, at most half as long again, for
 * text_decode(). RC_INVALID when it is cut off or no such text; `out` is then
 * unchanged.
 */
enum rc text_from_utf16(const char *bytes, size_t length, struct strbuf *out, struct error *err)
	ATTR_NODISCARD;

/** What text_decode() makes of text that is UTF-8 already. */
void text_clean(const char *text, struct strbuf *out);

/** Line, from 1, of the byte at `at`, whatever ends lines. */
int text_line_of(const char *bytes, size_t at);

#endif
