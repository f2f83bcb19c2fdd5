/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CONVOCATORIA_H
#define NUCLEO_EXCHANGE_CONVOCATORIA_H

#include <stdint.h>

#include "nucleo/base/vector.h"
#include "nucleo/exchange/paper.h"
#include "nucleo/store/record_set.h"

/**
 * What is sent to the group before a meeting: when and where it is, its agenda, and what
 * each institution has yet to deliver. It is a text of the group, so it is in Spanish whatever
 * the language of the program; it names institutions and posts. What was left for another
 * meeting is not in it, nor the notes and paragraphs of the record, which may be private.
 */

/** What one institution owes. */
struct convocatoria_debt {
	const struct organization *organization; /**< NULL: nobody was named for it */
	VECTOR(const struct followup *) followups;     /**< first those due first */
	VECTOR(const struct commitment *) commitments; /**< that it leads: blocked or behind */
};

/** All of it is owned, and points to each other. */
struct convocatoria {
	struct record_set meetings; /**< the one */
	struct record_set all_items, followups, commitments, organizations;
	VECTOR(const struct agenda_item *) items; /**< parts behind their whole */
	int64_t minutes; /**< planned for all of them; 0: not said */
	/** One for each institution, in Spanish order, then one for what nobody is named for. */
	VECTOR(struct convocatoria_debt) debts;
};

/** Reads it. RC_NOT_FOUND for a meeting that is gone, RC_IO. Release it after RC_OK. */
enum rc convocatoria_load(struct store *store, int64_t meeting, struct convocatoria *notice,
			  struct error *err) ATTR_NODISCARD;
void convocatoria_release(struct convocatoria *notice);

const struct meeting *convocatoria_meeting(const struct convocatoria *notice);
bool convocatoria_owes(const struct convocatoria_debt *debt);
/** How many minutes it lasts by its hours, which may lie on two days; 0: they are not said. */
int convocatoria_length(const struct meeting *meeting);

/** Appends it as a document. */
void convocatoria_add_paper(struct strbuf *out, const struct convocatoria *notice,
			    enum paper_format format);
/** Appends {"meeting": {...}, "minutes_planned", "agenda": [...], "owes": [...]}. */
void convocatoria_add_json(struct strbuf *out, const struct convocatoria *notice);
/** Appends a calendar file with the meeting as its event, made at `now` (seconds of the epoch),
 *  the document in its description. Errors as ics_write(). */
enum rc convocatoria_add_event(struct strbuf *out, const struct convocatoria *notice, int64_t now,
			       struct error *err) ATTR_NODISCARD;

#endif
