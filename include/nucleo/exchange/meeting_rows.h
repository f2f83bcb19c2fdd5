/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_MEETING_ROWS_H
#define NUCLEO_EXCHANGE_MEETING_ROWS_H

#include <stdbool.h>

#include "nucleo/store/children.h"
#include "nucleo/store/operation.h"
#include "nucleo/store/record_set.h"
#include "nucleo/store/row.h"

/**
 * The rows a meeting leaves, the same whether an acta is read or somebody writes while others
 * speak. Texts are borrowed until the call returns; keys are 0 for none.
 */

/** No place in a meeting is beyond it: one more can always be counted. */
enum { MEETING_RANK_MAX = 1 << 28 };

struct entry_row {
	int64_t key; /**< that it gets; 0: any */
	int64_t meeting, item, organization;
	int64_t rank;
	const char *number; /**< of the meeting */
	const char *text;
	int kind; /**< enum entry_kind; a decision gets its number when it is committed */
	int decision_kind; /**< ENUM_NONE: no decision */
	const char *objections, *tally;
	bool is_private, is_doubt;
};

struct followup_row {
	int64_t meeting, item, entry, commitment;
	day_number day; /**< of the meeting: its year is in the code */
	const char *description;
	int kind, status; /**< enum followup_kind, enum followup_status */
	day_number due;
	const char *due_text;
};

/** What a meeting hears of a commitment as a whole. */
struct measure_row {
	int64_t meeting, item, commitment;
	day_number day;
	percent_hundredths percent;
};

/** Add a row and return its key. */
int64_t meeting_add_entry(struct operation *operation, const struct entry_row *row);
int64_t meeting_add_followup(struct operation *operation, const struct followup_row *row,
			     const key_list *responsible);
int64_t meeting_add_measure(struct operation *operation, const struct measure_row *row);
/** Who is responsible, in that order. */
void meeting_add_responsible(struct operation *operation, int64_t followup, const key_list *keys);

/** Owned: "AM-2023-05" gives "R-2023-05-?", which the store counts up. */
char *meeting_decision_number(const char *number) ATTR_NODISCARD;

/** A list of keys, each once: what comes again is left out, and so is 0. */
void meeting_add_key(key_list *keys, int64_t key);

/** Changes a time of day from what the row has; DAY_MINUTE_NONE is none. */
void meeting_change_time(struct operation *operation, const char *table,
			 const struct stored_row *row, const char *column, day_minute time);

/** The meeting as lists show it, the one record of the set, which is the caller's; RC_NOT_FOUND. */
enum rc meeting_record_load(struct store *store, int64_t meeting, struct record_set *set,
			    struct error *err) ATTR_NODISCARD;

/** The meeting's row (empty before, owned by the caller) for whoever is to change something of it:
 *  RC_REFUSED when its acta is approved, RC_NOT_FOUND. */
enum rc meeting_open_row(struct store *store, int64_t meeting, struct stored_row *row,
			 struct error *err) ATTR_NODISCARD;

#endif
