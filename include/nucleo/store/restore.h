/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_RESTORE_H
#define NUCLEO_STORE_RESTORE_H

#include "nucleo/base/vector.h"
#include "nucleo/store/backup.h"
#include "nucleo/store/share_place.h"

/**
 * What a restore is made of, and what it would do, before anything is done (share_restore() does
 * it). The file may be anybody's: it is copied first, and the copy is checked from its length to
 * running its whole history again.
 */
struct restore_source {
	char *name; /**< of the copy, in the folder of the place; owned */
	char *path; /**< of the copy; owned */
	struct store *store; /**< the copy, open */
	struct backup_facts facts;
};

/** Reads `file` into a private copy for this place. RC_NOT_FOUND, RC_INVALID when it is damaged or
 *  not ours, RC_REFUSED when it is of a newer program. Release it in any case. */
enum rc restore_read(struct restore_source *source, const struct share_place *place,
		     const char *file, struct error *err) ATTR_NODISCARD;
/** Removes the copy. */
void restore_release(struct restore_source *source);

/** An operation that the present database has and the file does not. */
struct restore_lost {
	char at[32], by[128], words[256];
};

/** How many of them are told, the latest first. */
enum { RESTORE_LOST_MAX = 5 };

struct restore_difference {
	int64_t common; /**< operations both have, from the first on */
	int64_t lost;	/**< that the present database has after those */
	int64_t gained; /**< that the file has after those: of another line, or later */
	int64_t queued; /**< that wait in this user's copy of the present database */
	size_t count;
	struct restore_lost latest[RESTORE_LOST_MAX];
};

enum rc restore_compare(struct store *present, const struct restore_source *source,
			struct restore_difference *difference, struct error *err) ATTR_NODISCARD;

#endif
