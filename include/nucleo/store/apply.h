/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_APPLY_H
#define NUCLEO_STORE_APPLY_H

#include <stddef.h>

#include "nucleo/base/error.h"
#include "nucleo/store/edit.h"
#include "nucleo/store/store.h"

/**
 * Private to src/store: the one function that writes shared tables. Runs the
 * edits of an operation's text in their order, inside a write transaction.
 * On any error the transaction must be rolled back. RC_INVALID when the text is
 * no operation; RC_CONFLICT, RC_REFUSED, RC_IO as operation_commit().
 */
enum rc apply_edits(struct store *store, const char *text, size_t length, struct error *err)
	ATTR_NODISCARD;

/** RC_INVALID when an edit names a table, or a column of it, that is not the schema's. */
enum rc apply_check_names(struct store *store, const struct edit *edit, struct error *err)
	ATTR_NODISCARD;

#endif
