/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SNAPSHOT_H
#define NUCLEO_STORE_SNAPSHOT_H

#include <stdbool.h>

#include "nucleo/base/error.h"
#include "nucleo/store/store.h"
#include "nucleo/sync/drive.h"
#include "nucleo/sync/log.h"

/**
 * A whole database in one file that any SQLite opens: the tables as the history
 * says, without what waits in a queue. It is what people find beside the log, and
 * what shortens a first open; nothing else is read from it.
 *
 * Its header (https://www.sqlite.org/fileformat.html, offsets 24, 92 and 96) tells that a
 * nucleo wrote it and up to which operation: the change counter is that number, and
 * in place of the version of SQLite stands a mark. Any other tool that
 * writes into it puts its own there.
 */
#define SNAPSHOT_HEADER_SIZE 100

/** Writes one of the replica to a free local path; `head` is its last operation. */
enum rc snapshot_write(struct store *replica, const char *path, struct log_head *head,
		       struct error *err) ATTR_NODISCARD;

/** The same of any store, with the operations that wait, if there are such: they have no effect on
 *  its tables and lie in its table "pending". For a backup, which should lose nothing. */
enum rc snapshot_write_with_queue(struct store *store, const char *path, struct log_head *head,
				  struct error *err) ATTR_NODISCARD;

/** Whether such a header is of a file that only nucleo has written, and its last operation. */
bool snapshot_header_read(const unsigned char *header, size_t length, int64_t *number)
	ATTR_NODISCARD;

/** A local copy of a database that came from elsewhere. */
struct snapshot_copy {
	const char *path;
	const char *called;	   /**< what messages call it */
	/** It came from: drive_moved() is called while it is checked. NULL: from a local disk. */
	const struct drive *drive;
};

/**
 * Opens it, checked from its length to the last page, and gives the end of its history.
 * Errors as store_open(); RC_IO when it is damaged or came only in part.
 */
enum rc snapshot_open(const struct snapshot_copy *copy, struct store **store,
		      struct log_head *head, struct error *err) ATTR_NODISCARD;

#endif
