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
 * Runs the operation with this text, inside a write transaction. RC_INVALID when the
 * text is no operation or does not follow `head`; else as operation_commit().
 */
enum rc history_run(struct store *store, const struct log_head *head, const char *text,
		    size_t length, struct error *err) ATTR_NODISCARD;
/** Whether history_run() would find the text in order, before its edits. RC_REFUSED when it is of
 *  a newer program. */
enum rc history_check(struct store *store, const struct log_head *head, const char *text,
		      size_t length, struct error *err) ATTR_NODISCARD;

/** Adds it to the chain; `refused` is why it changed nothing, NULL when it has been run. */
enum rc history_record(struct store *store, const struct log_head *head, const char *text,
		       const char *refused, struct error *err) ATTR_NODISCARD;

/** Both: runs and adds. */
enum rc history_append(struct store *store, const struct log_head *head, const char *text,
		       size_t length, struct error *err) ATTR_NODISCARD;

/** Runs the operation of the history row a query is at (HISTORY_ALL) once more on `copy`, whose
 *  head is the one before it. RC_INVALID when the row is not what was written. */
struct query;
enum rc history_replay(struct store *copy, struct query *row, struct error *err) ATTR_NODISCARD;

#endif
