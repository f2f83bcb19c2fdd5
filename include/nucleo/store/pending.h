/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_PENDING_H
#define NUCLEO_STORE_PENDING_H

#include <stdbool.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/children.h"
#include "nucleo/store/store.h"

/**
 * The queue of a replica: operations that are not on the drive yet, in their
 * order. Each has been run on the tables, and is run again whenever others come
 * in before it. One that then conflicts is parked with the later ones on the same
 * records: kept, without effect, until a person decides. A migration is never queued when it
 * is made (see upgrade.h), but is after a fork; it leaves when another one has come in.
 */
struct pending_counts {
	int64_t waiting, parked;
	char since[32]; /**< moment of the oldest that waits, in UTC; "" without any */
};

enum rc pending_count(struct store *replica, struct pending_counts *counts, struct error *err)
	ATTR_NODISCARD;

/** Appends the keys of the rows that waiting operations edit and of the records those are or were
 *  parts of, in ascending order; none for a database that is no replica. */
enum rc pending_keys(struct store *store, key_list *keys, struct error *err) ATTR_NODISCARD;

/** The operation to be published next. */
struct pending_operation {
	int64_t number; /**< its place in the queue; 0: none is waiting */
	struct strbuf text; /**< its parent is still to be set */
};

/** `operation` has been initialised; release it. */
enum rc pending_first(struct store *replica, struct pending_operation *operation,
		      struct error *err) ATTR_NODISCARD;
void pending_operation_init(struct pending_operation *operation);
void pending_operation_release(struct pending_operation *operation);

/* What follows is private to src/store, and inside a write transaction. */

/** Runs an operation as operation_compose() gives it, and queues it; errors as those of
 *  operation_commit(). */
enum rc pending_add(struct store *replica, const char *text, struct error *err) ATTR_NODISCARD;
/** Queues one of the history before all others, without running it. */
enum rc pending_put_first(struct store *replica, const char *text, struct error *err)
	ATTR_NODISCARD;
/** Takes the operation out of the queue, if it is there. */
enum rc pending_remove(struct store *replica, const char *id, struct error *err) ATTR_NODISCARD;
/** Takes all back from the tables, newest first (errors as changes_take_back()); and runs them
 *  again, oldest first. */
enum rc pending_take_back(struct store *replica, struct error *err) ATTR_NODISCARD;
/** None has an effect on the tables any more, which have been made anew. */
enum rc pending_forget_changes(struct store *replica, struct error *err) ATTR_NODISCARD;
enum rc pending_run_again(struct store *replica, struct error *err) ATTR_NODISCARD;
/** Runs those after a place of the queue, which have no effect on the tables. */
enum rc pending_run_from(struct store *replica, int64_t number, struct error *err) ATTR_NODISCARD;
/** Queues an operation as operation_compose() gives it and, when it does not apply, or there is a
 *  `reason` (may be NULL) not to try, parks it. */
enum rc pending_keep(struct store *replica, const char *text, const char *reason, bool *is_parked,
		     struct error *err) ATTR_NODISCARD;
/** Takes a parked operation out of the queue, in whose place `composed` (NULL: nothing) is
 *  queued; those that follow it go behind that and are tried again. RC_NOT_FOUND when none is
 *  parked at this place; other errors as pending_add(). */
enum rc pending_decide(struct store *replica, int64_t number, const char *composed,
		       struct error *err) ATTR_NODISCARD;
/** Parks the operation at this place of the queue, which has no effect on the tables. */
enum rc pending_park(struct store *replica, int64_t number, const char *reason,
		     struct error *err) ATTR_NODISCARD;

#endif
