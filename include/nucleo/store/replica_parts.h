/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_REPLICA_PARTS_H
#define NUCLEO_STORE_REPLICA_PARTS_H

#include "nucleo/store/edit.h"
#include "nucleo/store/replica.h"

/** Private to src/store: what the parts of a replica share. */

/** store_version() of one: it counts changes of the records, whoever made them. */
enum rc replica_version(struct store *replica, int64_t *version, struct error *err)
	ATTR_NODISCARD;
enum rc replica_version_next(struct store *replica, struct error *err) ATTR_NODISCARD;

/** Makes a database of ours that nobody has open the replica of the log with that uuid. */
enum rc replica_adopt(struct store *database, const struct random_id *uuid, struct error *err)
	ATTR_NODISCARD;

/** The same, with what waits in the table of a backup: it waits in the queue of the replica. */
enum rc replica_adopt_queue(struct store *database, const struct random_id *uuid,
			    struct error *err) ATTR_NODISCARD;

/** Writes a copy, queue and all, to a free path. */
enum rc replica_copy(struct store *replica, const char *path, struct error *err) ATTR_NODISCARD;

/** Takes what waits back from the tables, inside a write transaction; where no order of rows does
 *  that (see changes_take_back()) they are made anew from the history. */
enum rc replica_take_back(struct store *replica, struct error *err) ATTR_NODISCARD;

/** Empties the shared tables and the history, inside a write transaction. */
enum rc replica_clear(struct store *replica, struct error *err) ATTR_NODISCARD;

#endif
