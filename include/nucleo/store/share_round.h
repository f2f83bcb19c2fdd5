/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SHARE_ROUND_H
#define NUCLEO_STORE_SHARE_ROUND_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/store/store.h"
#include "nucleo/sync/drive.h"
#include "nucleo/sync/turn.h"

/**
 * One round of a replica with the drive: what others published comes in, what waits
 * goes out. No transaction is open while the drive is used, and nothing is lost
 * wherever a round ends: the next one, by whatever process, goes on.
 */
enum share_condition {
	SHARE_FINE,	 /**< the drive answered, and nothing is waiting */
	SHARE_AWAY,	 /**< it does not say: later, the same again */
	SHARE_READ_ONLY, /**< nothing can be published here */
	SHARE_NEWER,	 /**< a newer program writes there: what it wrote is not understood */
	SHARE_DAMAGED,	 /**< a file of the log is damaged: nothing after it can be read */
	SHARE_LOST_TAIL, /**< it lost operations that this replica has; share_publish_again() */
	SHARE_COPY_DAMAGED, /**< the replica is: share_repair() */
	SHARE_CONDITIONS
};

struct share_report {
	enum share_condition condition;
	char reason[1024]; /**< for a person; "" when SHARE_FINE */
	bool has_more;	   /**< it ended to let others have a turn: begin the next at once */
	int64_t received, published;
	int64_t wait_ms;   /**< others publish before: begin the next round after this time */
	int64_t requeued; /**< of a branch that the group did not take: to be published again */
	bool is_other_log; /**< the drive has another log there now: nothing was done with it */
};

struct share_round {
	struct store *replica;
	struct drive *drive;
	const struct random_id *log; /**< which it must be, where it is not as it was; NULL: any */
	struct turn *turn; /**< kept from one round to the next; NULL: whoever is faster wins */
	bool read_only;	  /**< publish nothing */
	bool check_head;  /**< whether it still has our head: first, and after it was away */
};

/** The error is of the replica; what is wrong with the drive is in the report. */
enum rc share_run(const struct share_round *round, struct share_report *report,
		  struct error *err) ATTR_NODISCARD;

/**
 * Publishes the operations of this replica that the drive does not have (any more), as they are:
 * what a server lost, when a person agrees; and a database that had no log yet. Goes on
 * where it ended when called again. RC_CONFLICT when the drive has others in their place.
 */
enum rc share_publish_again(const struct share_round *round, struct share_report *report,
			struct error *err) ATTR_NODISCARD;

#endif
