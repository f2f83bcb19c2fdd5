/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_VOTE_H
#define NUCLEO_MODEL_VOTE_H

#include <stdbool.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/names.h"

/**
 * How a vote is judged. Abstentions are printed and do not count among the votes:
 *	VOTE_SIMPLE		more in favour than against; a tie does not pass
 *	VOTE_TWO_THIRDS, VOTE_FOUR_FIFTHS	that share of the votes for and against, rounded up
 *	VOTE_BY_SECTOR		more in favour than against in each sector that cast a vote for or
 *				against; one that only abstained does not stand in the way
 * Pure.
 */
enum { VOTES_MAX = 9999 }; /**< of each choice */

struct vote_tally {
	int votes[3]; /**< by enum ballot_choice */
	/** By sector, of a vote by institution; all 0 where only the tally is known. */
	int sector_votes[SECTOR_OTHER + 1][3];
};

struct vote_result {
	bool is_passed;
	int needed; /**< votes in favour it takes; of VOTE_BY_SECTOR, sectors */
};

/** RC_INVALID where nobody voted for or against, for a number that cannot be, and for
 *  VOTE_BY_SECTOR without the votes of institutions. */
enum rc vote_judge(enum vote_rule rule, const struct vote_tally *tally, struct vote_result *result,
		   struct error *err) ATTR_NODISCARD;

/**
 * Appends the figures and the arithmetic, as an acta states them: "9 a favor, 4 en contra, 1
 * abstención; dos tercios de 13 votos son 9: se aprueba". It is the group's record, so it is not
 * translated. `result` is that of vote_judge().
 */
void vote_add_arithmetic(struct strbuf *out, enum vote_rule rule, const struct vote_tally *tally,
			 const struct vote_result *result);

#endif
