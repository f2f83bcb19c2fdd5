/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_CODES_H
#define NUCLEO_STORE_CODES_H

#include <stdbool.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/store.h"

/**
 * Private to src/store: codes that count ("S-2023-014"). Whoever composes an
 * operation leaves the number open, "S-2023-?": which one is free is known only
 * when the operation is run after all those before it, and again each time it is.
 * The members of an operation's text are found as they are written by
 * operation_compose(), without blanks.
 */

/**
 * Appends the text with the next free number of its series in place of the "?" of each code that
 * is open; a text without any as it is. Codes written out in the same operation are not looked at.
 * A row that is deleted has the code it has now: an open one may have got another number since its
 * author saw it.
 */
enum rc codes_number(struct store *store, const char *text, struct strbuf *out,
		     struct error *err) ATTR_NODISCARD;

/** Appends the text with the codes that it inserts open again: those of an operation that was
 *  published elsewhere, and is to be once more after others. */
void codes_reopen(const char *text, struct strbuf *out);

/** Whether the column holds codes that count and some row has this one. */
enum rc codes_is_taken(struct store *store, const char *table, const char *column,
		       const char *code, bool *is_taken, struct error *err) ATTR_NODISCARD;
/** Appends the code with its number open: "S-2023-?" for "S-2023-014". */
void codes_add_open(struct strbuf *out, const char *code);

#endif
