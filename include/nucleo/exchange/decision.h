/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_DECISION_H
#define NUCLEO_EXCHANGE_DECISION_H

#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/model/vote.h"
#include "nucleo/store/operation.h"

/** How the group decided what an entry says. */

struct decision_ballot {
	int64_t organization;
	int choice; /**< enum ballot_choice */
};

struct decision {
	int kind;               /**< enum decision_kind */
	const char *objections; /**< one a line, "FCD: no está de acuerdo con el plazo"; NULL: none.
				     Needed for DECISION_RESERVATIONS */
	int rule;               /**< enum vote_rule, of DECISION_VOTE */
	/** By institution; else the tally below. */
	VECTOR(struct decision_ballot) ballots;
	int votes[3]; /**< by enum ballot_choice, without ballots */
};

void decision_release(struct decision *decision);

/**
 * Makes the entry that decision, or changes how it was decided: a number R-AAAA-NN-? of its
 * meeting where it has none, the ballots, the figures and the printed arithmetic. Adds to
 * `operation`, with words for the history. RC_INVALID where what is said does not add up, as
 * vote_judge(); RC_REFUSED for an approved acta, RC_NOT_FOUND.
 */
enum rc decision_record(struct store *store, int64_t entry, const struct decision *decision,
			struct operation *operation, struct error *err) ATTR_NODISCARD;
/** Reads how it was decided; `decision` is released by the caller after RC_OK. */
enum rc decision_load(struct store *store, int64_t entry, struct decision *decision,
		      struct error *err) ATTR_NODISCARD;

#endif
