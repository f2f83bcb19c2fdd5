/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_TRASH_H
#define NUCLEO_STORE_TRASH_H

#include "nucleo/base/strbuf.h"
#include "nucleo/store/store.h"

/**
 * Private to src/store: what was removed and is not back, for RECORD_TRASH. It stands nowhere but
 * in the history: each row is the last operation that removed it. Rows that went with the record
 * they belonged to are not told apart from it, nor is what an undo took away.
 *
 * Appends a JSON array of objects {key, table, kind, code, text, at, by, number, operation}, the
 * newest first; at most TRASH_MAX of them.
 */
enum rc trash_gather(struct store *store, struct strbuf *out, struct error *err) ATTR_NODISCARD;

#define TRASH_MAX 10000

#endif
