/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_RESCUE_H
#define NUCLEO_STORE_RESCUE_H

#include <stdbool.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/store/share_place.h"
#include "nucleo/store/store.h"

/**
 * Another replica in the place of a damaged one. The damaged files get another name and are never
 * removed; what can still be read of their queue, which is nowhere else, goes into the new
 * replica by the ids of its operations. A note beside them says how far that has come, so that
 * whoever ends it after a crash neither loses nor doubles anything. All of it under the lock
 * of the worker.
 */

/** What came of a queue. */
struct rescue_report {
	int64_t waiting, parked; /**< operations that are in the new queue */
	int64_t lost;		 /**< of which one knows that they were there and cannot be read */
	bool is_partial;	 /**< there may have been more: not all of it can be read */
	char *aside; /**< owned path of the damaged file; NULL: nothing was to be done */
};
void rescue_report_release(struct rescue_report *report);
/** Appends that in words. */
void rescue_report_add(struct strbuf *out, const struct rescue_report *report);

/** Takes the replica of that log out of the way, and notes that its queue is to be rescued. */
enum rc rescue_set_aside(const struct share_place *place, const struct random_id *uuid,
			 struct error *err) ATTR_NODISCARD;
/** Goes on with that where a crash ended it: to be called before a replica is looked for. */
enum rc rescue_resume(const struct share_place *place, const struct random_id *uuid,
		      struct error *err) ATTR_NODISCARD;
/** Queues in `replica` what the one set aside had queued, when that was noted and not done yet. */
enum rc rescue_queue(const struct share_place *place, const struct random_id *uuid,
		     struct store *replica, struct rescue_report *report,
		     struct error *err) ATTR_NODISCARD;

/** Copies a damaged file, and what lies beside it, with the beginning that every replica has; false
 *  when that cannot be. Private to src/store. */
bool rescue_copy_with_header(const char *path, const char *copy);

/** Queues in `replica` what is queued in `damaged` and neither there nor in its history. */
enum rc rescue_between(struct store *damaged, struct store *replica, struct rescue_report *report,
		       struct error *err) ATTR_NODISCARD;

#endif
