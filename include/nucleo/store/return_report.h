/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_RETURN_REPORT_H
#define NUCLEO_STORE_RETURN_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/store.h"

/**
 * What happened when the drive came back after a spell without it: operations waited for longer
 * than a minute, and then they went out and what others did came in. It is gathered in the
 * replica, in the transactions that do it, and stays there until the next spell.
 */
struct return_report {
	bool is_there;	       /**< a spell has ended; false: all else is empty */
	bool is_told;	       /**< a person has read it */
	char since[32];	       /**< since when the oldest had waited, in UTC */
	int64_t published;     /**< operations of this user that went out */
	int64_t received;      /**< operations of others that came in */
	struct strbuf others;  /**< whose: "AME 3, CNE 2" */
	VECTOR(char *) merged; /**< names of records that both sides changed, without a conflict */
	int64_t parked;	       /**< operations that wait for a decision now */
};

void return_report_init(struct return_report *report);
void return_report_release(struct return_report *report);
/** Reads it into an initialised one. */
enum rc return_report_load(struct store *store, struct return_report *report,
			   struct error *err) ATTR_NODISCARD;
/** It has been read; it stays for whoever looks for it. */
enum rc return_report_told(struct store *store, struct error *err) ATTR_NODISCARD;
/** Whether there is one that nobody has read: cheap enough to ask every second. */
bool return_report_is_new(struct store *store);

/* What follows is private to src/store, and inside a write transaction of a replica. */

/** A spell goes on or, if something has waited long enough, begins. */
enum rc return_report_begin(struct store *replica, bool *is_spell,
			    struct error *err) ATTR_NODISCARD;
/** Operations after this number of the history came in. */
enum rc return_report_received(struct store *replica, int64_t number,
			       struct error *err) ATTR_NODISCARD;
/** One went out. */
enum rc return_report_published(struct store *replica, struct error *err) ATTR_NODISCARD;
/** The spell ends when nothing waits any more. */
enum rc return_report_end(struct store *replica, struct error *err) ATTR_NODISCARD;

#endif
