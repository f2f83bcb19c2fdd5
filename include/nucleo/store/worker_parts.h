/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_WORKER_PARTS_H
#define NUCLEO_STORE_WORKER_PARTS_H

#include <stdbool.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/store/share_place.h"
#include "nucleo/store/share_round.h"
#include "nucleo/store/worker.h"
#include "nucleo/sync/log.h"

/** Private to src/store: the parts of the worker. */
struct worker {
	struct channel *channel;
	struct share_place place;
	struct drive *log, *beside;
	struct store *replica; /**< NULL until the log was found */
	struct random_id uuid; /**< of its log */
	int lock;	       /**< descriptor of the file that is locked for a round */
	int flags;	       /**< enum worker_flag of the request */
	bool is_joined;	       /**< the log on the drive is that of the replica */
	bool is_alone;	       /**< there is no log: the replica is a copy of the moment */
	bool check_head;
	struct turn turn;
	int poll_ms;	/**< between two looks at the drive */
	bool has_looked_at_clock;
	char *refusal; /**< why nothing can be published here; NULL: not known */
	/* The file people see. */
	int64_t changed_at, publish_after;
	bool is_unpublished;
};

void worker_send(struct worker *worker, enum worker_answer kind, int code, int64_t number,
		 const char *text);

/** Whether the program is still there. */
bool worker_is_wanted(struct worker *worker);

/**
 * Finds the log and opens its replica, which is made where there is none: from what the drive
 * has, or by adopting a database that has no log yet. With WORKER_CREATE both are made.
 * RC_NOT_FOUND: there is no database; RC_BUSY: the drive does not say.
 */
enum rc worker_join(struct worker *worker, bool create, struct error *err) ATTR_NODISCARD;
/** RC_NOT_FOUND when there is neither a log nor a database: nothing is made on the local disk
 *  for a path that leads nowhere. */
enum rc worker_check_exists(struct worker *worker, struct error *err) ATTR_NODISCARD;
/** Opens the replica of the log that was found at the path last, without the drive. */
enum rc worker_open_current(struct worker *worker, struct error *err) ATTR_NODISCARD;

/** Publishes the file people see, if it is older than the replica. */
void worker_publish(struct worker *worker);

#endif
