/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_CLOSING_VIEW_H
#define NUCLEO_VIEWS_CLOSING_VIEW_H

#include "nucleo/exchange/closing.h"
#include "nucleo/store/record_set.h"
#include "nucleo/ui/table.h"
#include "nucleo/views/session.h"

/**
 * Private to src/views/closing*.c: what a meeting lacks, the follow-ups proposed in it, and the
 * end of its session.
 *   closing.c         the page: what is read, drawn and where each key leads
 *   closing_rows.c    the rows of both tables
 *   closing_finish.c  confirming and closing
 */
struct closing_view {
	struct view view;
	struct session *session;
	int64_t key;
	struct record_set meeting, followups;
	struct closing_report report;
	struct closing_table marks; /**< what a person said is to become of a proposal */
	struct table remarks, actions;
	bool in_actions; /**< that table has the keys */
	bool was_shown;  /**< it was read once: the keys are where the person put them */
};

/** The meeting; NULL when it is not read. */
const struct meeting *closing_view_meeting(const struct closing_view *page);
/** The selected follow-up; NULL for none. */
const struct followup *closing_view_followup(const struct closing_view *page);
/** What becomes of a follow-up: as the person said, else it is confirmed when it is complete. */
enum closing_verdict closing_view_verdict(const struct closing_view *page,
					  const struct followup *followup);
/** How many proposals are to become that. */
size_t closing_view_count(const struct closing_view *page, enum closing_verdict verdict);

/* ---- closing_rows.c */

/** Makes both tables, empty. */
void closing_rows_init(struct closing_view *page);

/* ---- closing_finish.c */

/** Confirms what is marked, then closes; asks why when something is missing. */
unsigned closing_finish(struct closing_view *page, struct ui *ui);
/** Asks for one value of the selected follow-up, and saves it. */
unsigned closing_ask_value(struct closing_view *page, struct ui *ui, enum op op);

#endif
