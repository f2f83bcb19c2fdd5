/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_HISTORY_H
#define NUCLEO_STORE_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/store/store.h"
#include "nucleo/sync/log.h"

/**
 * Private to src/store: the chain of operations, of two kinds. One changes rows by its "edits". The
 * other, a migration, has none of them and runs a script of share/schema that the program knows by
 * number and hash, to give all tables another structure:
 *
 *   {"op":..., ..., "schema":2, ..., "edits":[], "migration":{"number":2,"sha256":"..."}}
 *
 * "schema" is the structure an operation needs, for a migration the one it leads to; what needs
 * more than there is, or is of a third kind, comes from a newer program.
 */

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
 *  a newer program: nothing after it can be understood either. */
enum rc history_check(struct store *store, const struct log_head *head, const char *text,
		      size_t length, struct error *err) ATTR_NODISCARD;

/** Adds it to the chain; `refused` is why it changed nothing, NULL when it has been run. */
enum rc history_record(struct store *store, const struct log_head *head, const char *text,
		       const char *refused, struct error *err) ATTR_NODISCARD;

/** Both: runs and adds. */
enum rc history_append(struct store *store, const struct log_head *head, const char *text,
		       size_t length, struct error *err) ATTR_NODISCARD;

/** A row of the history; borrowed. */
struct history_row {
	int64_t number;
	const char *hash, *refused, *text;
	size_t length;
};

/** The row a query (HISTORY_ALL) is at. */
struct query;
struct history_row history_row_of(struct query *query);
/** Whether it is the one after `head`, with the hash of its text. RC_INVALID. */
enum rc history_check_row(const struct log_head *head, const struct history_row *row,
			  struct error *err) ATTR_NODISCARD;
/** Runs its operation once more on `copy`, whose head is the one before it and on which no query is
 *  running. RC_INVALID when the row is not what was written. */
enum rc history_replay(struct store *copy, const struct history_row *row, struct error *err)
	ATTR_NODISCARD;

#endif
