/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SHARE_PLACE_H
#define NUCLEO_STORE_SHARE_PLACE_H

#include "nucleo/base/digest.h"
#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

/**
 * Where a user keeps her replicas: a folder for each path of a database, in the
 * folder for state, and in it a file for each log that was ever found there. A
 * path that now leads to another database has another replica, and what waits in
 * the old one is still there. All of it is found without touching the drive.
 */
struct share_place {
	char *called; /**< the path of the database, as a person gave it */
	char *path;   /**< the same, absolute */
	char *log;    /**< of the folder with the log */
	const char *name; /**< the last part of `path` */
	char *folder; /**< of the replicas */
};

/** `path` as a person gave it. Owned: release it in any case. */
void share_place_init(struct share_place *place, const char *path);
void share_place_release(struct share_place *place);

/** Owned path of a file in the folder; of the replica of that log. */
char *share_place_file(const struct share_place *place, const char *name) ATTR_NODISCARD;
char *share_place_replica(const struct share_place *place, const struct random_id *uuid)
	ATTR_NODISCARD;

/** Which log was found there last; RC_NOT_FOUND: none yet. */
enum rc share_place_current(const struct share_place *place, struct random_id *uuid,
			    struct error *err) ATTR_NODISCARD;
enum rc share_place_set_current(const struct share_place *place, const struct random_id *uuid,
				struct error *err) ATTR_NODISCARD;

#endif
