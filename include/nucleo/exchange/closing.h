/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CLOSING_H
#define NUCLEO_EXCHANGE_CLOSING_H

#include "nucleo/model/closing.h"
#include "nucleo/store/operation.h"

/**
 * Closing a meeting: what its record lacks, the follow-ups proposed in it, and the end of its
 * session. Whoever has an operation composed here commits it, or throws it away after an error. The
 * screen and the commands both close through this.
 */

/** Looks at the record as it stands; the report is released by the caller after RC_OK. */
enum rc closing_check(struct store *store, int64_t meeting, struct closing_report *report,
		      struct error *err) ATTR_NODISCARD;

struct closing_wish {
	int64_t meeting;
	const char *reason; /**< why it is closed although something is missing; NULL or "": none */
	day_minute now;     /**< the time of day */
};

/**
 * Adds the edits that close it: the clock of the item in progress stops, the hour and the reason
 * are kept. RC_REFUSED, saying what to do instead, for one that is not in session, and for one
 * that lacks something as long as there is no reason; RC_NOT_FOUND.
 */
enum rc closing_close(struct store *store, const struct closing_wish *wish,
		      struct operation *operation, struct error *err) ATTR_NODISCARD;

/** What becomes of a follow-up that was proposed in the meeting. */
enum closing_verdict { CLOSING_LEAVE, CLOSING_CONFIRM, CLOSING_DROP };

struct closing_choice {
	int64_t followup;
	enum closing_verdict verdict;
	/** As a person writes them; NULL: as they are, "": none. Owned. */
	char *responsible, *due, *commitment;
};

struct closing_table {
	int64_t meeting;
	VECTOR(struct closing_choice) rows;
};

/** The row of that follow-up; NULL when there is none. */
struct closing_choice *closing_table_row(const struct closing_table *table, int64_t followup);
void closing_table_release(struct closing_table *table);

/**
 * Adds all that the table says, in one operation; it stays empty when that changes nothing. What
 * is no proposal any more, because somebody else confirmed or dropped it, stays so. RC_NOT_FOUND
 * for one that is not of the meeting; RC_INVALID for a value that will not do, each beginning
 * with the code of the follow-up.
 */
enum rc closing_confirm(struct store *store, const struct closing_table *table,
			struct operation *operation, struct error *err) ATTR_NODISCARD;

#endif
