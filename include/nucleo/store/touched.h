/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_TOUCHED_H
#define NUCLEO_STORE_TOUCHED_H

#include "nucleo/base/strbuf.h"
#include "nucleo/model/record.h"
#include "nucleo/store/store.h"

/** Which operations changed a record; all but the first function is private to src/store. */

/** Appends what the filter of the history takes after "registro:" for a record: what people call
 *  it, else its key. */
enum rc touched_code(struct store *store, enum record_kind_id kind, int64_t key,
		     struct strbuf *code, struct error *err) ATTR_NODISCARD;

/**
 * The key of the record that is, or once was, called `code`, whatever its kind: as store_find(), or
 * the key itself. RC_NOT_FOUND.
 */
enum rc touched_find(struct store *store, const char *code, int64_t *key,
		     struct error *err) ATTR_NODISCARD;

/**
 * Appends the operations that edit the record, or rows that belong to it or did by then, as a JSON
 * array of their keys in the history: a meeting's agenda, entries, attendance and follow-ups, a
 * commitment's milestones and reports. Reads the history once, from its beginning: whatever belongs
 * to a record was made after it.
 */
enum rc touched_operations(struct store *store, int64_t key, struct strbuf *operations,
			   struct error *err) ATTR_NODISCARD;

#endif
