/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CONVENING_PARTS_H
#define NUCLEO_EXCHANGE_CONVENING_PARTS_H

#include "nucleo/exchange/convening.h"
#include "nucleo/store/record_set.h"

/**
 * Shared by the files of convening.h:
 *   convening.c          what is proposed
 *   convening_owed.c     follow-ups and commitments
 *   convening_list.c     the list of proposals: marking, printing
 *   convening_number.c   the number of the next meeting
 *   convening_compose.c  the operation
 */

/** Proposals being gathered. */
struct proposing {
	struct store *store;
	const struct convening *convening;
	struct proposal_list *list;
	struct record_set agenda; /**< of the meeting as it is stored; empty for one to be */
	struct record_set held;   /**< meetings held before that day, the newest first */
};

/** Titles of the items commitments and follow-ups become parts of, where the agenda has none that
 *  speaks of them; and what such an item, and the one that closes an agenda, speaks of, folded.
 *  In the group's language, as they are stored. */
#define CONVENING_COMMITMENTS "Estado de los compromisos"
#define CONVENING_FOLLOWUPS "Seguimiento de acciones"
#define CONVENING_COMMITMENTS_WORD "compromisos"
#define CONVENING_FOLLOWUPS_WORD "acciones"
#define CONVENING_CLOSING_WORD "varios"

/** Most columns of a title made from what others wrote. */
enum { CONVENING_TITLE_COLUMNS = 160 };

/** A new proposal of a group, with its title in one line. */
struct proposal *proposal_add(struct proposal_list *list, enum proposal_group group,
			      const char *title);
/** Whether a title speaks of a word, given folded. */
bool convening_speaks_of(const char *title, const char *folded);
/** Appends how many of the meetings held are later than that day, with the days since: "hace 45
 *  días, 2 reuniones". */
void convening_add_age(const struct proposing *proposing, day_number since, struct strbuf *out);

/** ---- convening_owed.c */
enum rc convening_propose_followups(struct proposing *proposing, struct error *err) ATTR_NODISCARD;
enum rc convening_propose_commitments(struct proposing *proposing,
				      struct error *err) ATTR_NODISCARD;

#endif
