/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_REPLICA_H
#define NUCLEO_STORE_REPLICA_H

#include <stdbool.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/store/store.h"
#include "nucleo/sync/log.h"

/**
 * A user's own copy of a group's database, on a local disk: the shared tables and
 * the history as far as they were read from the drive, and on top of them the
 * operations of this user that are not on the drive yet (pending.h). The screen
 * and every query use it alone. It is a store like any other; an operation
 * committed to it is queued.
 *
 * Several processes of the user have it open at once. WAL and synchronous = FULL:
 * a commit survives a power cut.
 */

/** Makes an empty one at a free path, of the log with that uuid, which begins with that schema
 *  (0: the newest). Nothing stays of a failure. */
enum rc replica_create(const char *path, const struct random_id *uuid, int schema,
		       struct error *err) ATTR_NODISCARD;

/**
 * Opens one. Errors as store_open(). With STORE_READ_ONLY no operation can be
 * committed; what comes from the drive is still received.
 */
enum rc replica_open(const struct store_options *options, struct store **replica,
		     struct error *err) ATTR_NODISCARD;
/** What this connection commits can be had from the drive again: it does not wait for the disk. */
enum rc replica_relax(struct store *replica, struct error *err) ATTR_NODISCARD;

/**
 * Applies operations that come after the last one of the history, in one
 * transaction: pending ones are taken back, newest first; those that came are
 * recorded, and run or refused as the rules say; what is still pending is run again.
 * RC_INVALID when a text is no operation, RC_REFUSED when it is of a newer program;
 * nothing is changed then.
 */
enum rc replica_receive(struct store *replica, const struct log_operation *operations,
			size_t count, struct error *err) ATTR_NODISCARD;

/** Moves the first pending operation, published with this text, into the history. */
enum rc replica_confirm(struct store *replica, const struct log_head *head, const char *text,
			size_t length, struct error *err) ATTR_NODISCARD;

/**
 * Goes back to operation `number` of the history: all after it are pending again,
 * before those that were. For a log that went on otherwise from there.
 */
enum rc replica_rewind(struct store *replica, int64_t number, struct error *err)
	ATTR_NODISCARD;

/** Parks the pending operation at this place of the queue, which then has no effect. */
enum rc replica_park(struct store *replica, int64_t number, const char *reason,
		     struct error *err) ATTR_NODISCARD;
/** Keeps a copy as it is now beside it, with the time in its name: before something drastic. */
enum rc replica_set_aside(struct store *replica, struct error *err) ATTR_NODISCARD;
/** Gives the files of one another name; whether they have it. Ends a move that a crash ended. */
bool replica_move(const char *path, const char *other);
/** Brings the write-ahead log into the file, as far as nobody is reading. */
void replica_checkpoint(struct store *replica);

/** Appends the text of an operation of the history, and gives its place; RC_NOT_FOUND. */
enum rc replica_operation(struct store *replica, int64_t number, struct log_head *at,
			  struct strbuf *text, struct error *err) ATTR_NODISCARD;

/** Appends what was kept under a name for this user alone; nothing when there is nothing. */
enum rc replica_recall(struct store *replica, const char *name, struct strbuf *value,
		       struct error *err) ATTR_NODISCARD;
/** Keeps a text under a name; NULL: forgets it. */
enum rc replica_remember(struct store *replica, const char *name, const char *value,
			 struct error *err) ATTR_NODISCARD;

/** Whether a table is the group's, rather than the history or of this copy alone. */
bool replica_table_is_shared(const char *table);

#endif
