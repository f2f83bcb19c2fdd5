/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_DAILY_BACKUP_H
#define NUCLEO_STORE_DAILY_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/date.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/share_place.h"
#include "nucleo/store/store.h"

/**
 * Backups that nobody asked for: one for each day on which the database was used, in the folder of
 * its place, kept few. They are plain files as backup.h writes them, "2024-01-31-1234-89abcdef.db":
 * the day, the last operation and the beginning of its hash. Not compressed: whoever needs one may
 * have no nucleo, and what they take has a limit anyway.
 */
struct daily_backup {
	day_number day;
	int64_t operations;
	char hash[9]; /**< its beginning */
	int64_t bytes;
	char *path; /**< owned */
};

typedef VECTOR(struct daily_backup) daily_backups;

/** Those that are there, the newest first; none where there is no folder. */
void daily_backups_read(daily_backups *backups, const struct share_place *place);
void daily_backups_release(daily_backups *backups);

/** What they may take together (300 MB), but for the newest, which stays whatever its size. */
#define DAILY_BYTES_MAX INT64_C(300000000)

/**
 * Which of them stay: the newest of each of the 7 latest days, 4 latest weeks (from Monday on) and
 * 12 latest months that have one, as long as there is room; `keep` has one place for each. Days
 * count when there is a backup of them: who is away for a month loses none by that.
 */
void daily_backups_choose(const daily_backups *backups, bool *keep);

/**
 * Makes today's, unless there is one, nothing has changed since the last, or another process of the
 * user is at it; then removes those that need not stay. `*is_made` says whether. Takes as long as
 * a backup does.
 */
enum rc daily_backup_make(struct store *replica, const struct share_place *place, day_number today,
			  bool *is_made, struct error *err) ATTR_NODISCARD;

#endif
