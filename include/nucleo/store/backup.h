/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_BACKUP_H
#define NUCLEO_STORE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/error.h"
#include "nucleo/store/store.h"
#include "nucleo/sync/log.h"

/**
 * A whole database in one plain SQLite file: tables and history, and what waits in the queue of
 * the copy it is made of (see snapshot.h), which a restore runs again.
 */
struct backup_report {
	struct log_head head; /**< the last operation in it; its number is how many there are */
	int64_t queued;	      /**< operations that wait, and were kept as such */
	int64_t bytes;
	struct digest sha256; /**< of the file */
};

/**
 * Writes a backup to a free path. It is made beside it, forced to the disk and checked as
 * backup_check() does before it gets its name: nothing half written is ever seen there. RC_REFUSED
 * when the name is taken, which is never written over; RC_IO when there is no room or permission.
 */
enum rc backup_write(struct store *store, const char *path, bool replay,
		     struct backup_report *report, struct error *err) ATTR_NODISCARD;

/** Checks a database that was opened with snapshot_open(): references, and the chain of its
 *  history; with `replay` also that its tables are what the history says. RC_INVALID. */
enum rc backup_check(struct store *store, bool replay, struct error *err) ATTR_NODISCARD;

/** How many operations wait in a file that is no replica: those of the table a backup keeps. */
enum rc backup_queued(struct store *store, int64_t *count, struct error *err) ATTR_NODISCARD;

/** What a person wants to know of a database before she puts it in the place of another. */
struct backup_facts {
	int64_t operations; /**< number of the last one; 0: none */
	char at[32];	    /**< its moment, in UTC */
	char by[128];	    /**< acronym of its author */
	char words[256];
	int64_t schema, queued;
	int64_t organizations, commitments, meetings, followups;
};

enum rc backup_facts(struct store *store, struct backup_facts *facts, struct error *err)
	ATTR_NODISCARD;

/** Copies a text of a database that may be anybody's: without control characters, and cut at the
 *  end of a character where it is too long for `size` bytes. */
void backup_copy_text(char *out, size_t size, const char *text);

#endif
