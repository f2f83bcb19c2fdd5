/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_DECISION_H
#define NUCLEO_EXCHANGE_DECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/exchange/record_edit.h"
#include "nucleo/model/vote.h"
#include "nucleo/store/operation.h"

/** How the group decided what an entry says. */

struct decision_ballot {
	int64_t organization;
	int choice; /**< enum ballot_choice */
};

struct decision {
	int kind;         /**< enum decision_kind */
	char *objections; /**< one a line, "FCD: no está de acuerdo con el plazo"; NULL: none.
			       Needed for DECISION_RESERVATIONS. Owned */
	int rule;         /**< enum vote_rule, of DECISION_VOTE */
	/** By institution; else the tally below. */
	VECTOR(struct decision_ballot) ballots;
	int votes[3]; /**< by enum ballot_choice, without ballots */
};

void decision_release(struct decision *decision);

/**
 * Makes the entry that decision, or changes how it was decided: a number R-AAAA-NN-? of its
 * meeting where it has none, the ballots, the figures and the printed arithmetic. Adds to
 * `operation`, with words for the history; nothing when it was decided so already. RC_INVALID
 * where what is said does not add up, as vote_judge(); RC_REFUSED for an approved acta,
 * RC_NOT_FOUND. After an error the operation is as it was.
 */
enum rc decision_record(struct store *store, int64_t entry, const struct decision *decision,
			struct operation *operation, struct error *err) ATTR_NODISCARD;
/** Reads how it was decided; `decision` is released by the caller after RC_OK. Of an entry that is
 *  no decision yet, what is usual: as the group's settings say. */
enum rc decision_load(struct store *store, int64_t entry, struct decision *decision,
		      struct error *err) ATTR_NODISCARD;

/** Appends the figures and the arithmetic of a vote, as the acta will print them. */
enum rc decision_add_arithmetic(struct store *store, const struct decision *decision,
				struct strbuf *out, struct error *err) ATTR_NODISCARD;
/** Appends the acronyms of those who voted so, by their alphabet, apart by commas. */
enum rc decision_add_voters(struct store *store, const struct decision *decision, int choice,
			    struct strbuf *out, struct error *err) ATTR_NODISCARD;

/** Members of the group present at the meeting of the entry: those who may vote. Who has left a
 *  meeting that is in session may have voted before, but is not there any more. */
enum decision_presence { DECISION_WHO_CAME, DECISION_WHO_IS_THERE };
typedef VECTOR(int64_t) decision_voters;
enum rc decision_load_voters(struct store *store, int64_t entry, enum decision_presence presence,
			     decision_voters *voters, struct error *err) ATTR_NODISCARD;

/** ---- as a person writes it (exchange/decision_text.c): the commands and the page read alike */

/** Instead of acronyms, in one of the three lists: all present members the others do not name. */
#define DECISION_THE_REST "*"

/**
 * Changes `decision` as FIELD=VALUE pairs say: decision_kind, objections, vote_rule;
 * votes_for, votes_against and votes_abstained, or ballots_for, ballots_against and
 * ballots_abstained with acronyms apart by commas. Votes or a rule make it a vote where no kind
 * is said. Other fields are left alone. RC_INVALID, RC_USAGE, RC_NOT_FOUND: the message begins with
 * the field, whose place in `pairs` is `*blamed` (may be NULL); `decision` is to be released all
 * the same.
 */
enum rc decision_assign(struct store *store, int64_t entry, struct decision *decision,
			const struct record_assignment *pairs, size_t count, size_t *blamed,
			struct error *err) ATTR_NODISCARD;
/** Whether the field is one of those above that say how it was voted. */
bool decision_is_vote_field(const char *field);

/**
 * Changes an entry as FIELD=VALUE pairs say, those of a decision and any others of a resolution, in
 * one operation; as record_edit_assign() and record_edit_compose(). After an error the operation
 * is not to be used.
 */
enum rc decision_edit_entry(struct store *store, int64_t entry,
			    const struct record_assignment *pairs, size_t count,
			    struct operation *operation, struct error *err) ATTR_NODISCARD;

/** ---- for record_edit.h and minutes.h */

/** Adds the edits that leave nothing of how an entry was voted, its printed tally included where
 *  the program printed it. */
enum rc decision_forget_vote(struct store *store, int64_t entry, struct operation *operation,
			     struct error *err) ATTR_NODISCARD;

#endif
