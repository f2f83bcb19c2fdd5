/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_CHANGES_H
#define NUCLEO_STORE_CHANGES_H

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/store.h"

/**
 * Private to src/store: what happened to the rows of shared tables, as bytes from
 * which it can be taken back exactly (changesets of SQLite's session extension).
 * Inside a write transaction.
 */
struct sqlite3_session;

enum rc changes_begin(struct store *store, struct sqlite3_session **session, struct error *err)
	ATTR_NODISCARD;
/** Ends what was begun and, when `rc` is RC_OK, appends its bytes to `out` (nothing when nothing
 *  changed); returns `rc` or the error of this. A session that was not begun is NULL. */
enum rc changes_end(struct store *store, struct sqlite3_session *session, enum rc rc,
		    struct strbuf *out, struct error *err) ATTR_NODISCARD;

/** Takes back the changes last made that were not taken back yet. RC_IO when the rows are not as
 *  they were left: the database is damaged. RC_CONFLICT when rows have given each other their
 *  unique values, which no order of changing rows one by one takes back. */
enum rc changes_take_back(struct store *store, const void *bytes, size_t length,
			  struct error *err) ATTR_NODISCARD;

#endif
