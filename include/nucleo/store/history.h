/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_HISTORY_H
#define NUCLEO_STORE_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/store/store.h"
#include "nucleo/sync/log.h"

/** Private to src/store: the chain of operations. */

/** The last operation; log_head_none() in an empty database. */
enum rc history_head(struct store *store, struct log_head *head, struct error *err)
	ATTR_NODISCARD;

/**
 * Runs the operation with this text and adds it to the chain, inside a write
 * transaction. RC_INVALID when the text is no operation or does not follow
 * `head`; else as operation_commit().
 */
enum rc history_append(struct store *store, const struct log_head *head, const char *text,
		       size_t length, struct error *err) ATTR_NODISCARD;

/** Adds an operation that was refused where it was published: it is kept and changes nothing. */
enum rc history_append_refused(struct store *store, const struct log_head *head,
			       const char *text, const char *refused, struct error *err)
	ATTR_NODISCARD;

#endif
