/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/vote.h"

#include "nucleo/base/i18n.h"

enum { SECTORS = SECTOR_OTHER + 1 };

static int cast(const int votes[3])
{
	return votes[BALLOT_FOR] + votes[BALLOT_AGAINST];
}

static bool is_possible(const int votes[3])
{
	for (int choice = 0; choice < 3; choice++)
		if (votes[choice] < 0 || votes[choice] > VOTES_MAX)
			return false;
	return true;
}

static int rounded_up(int votes, int numerator, int denominator)
{
	return (votes * numerator + denominator - 1) / denominator;
}

/* Votes in favour it takes, of so many. */
static int votes_needed(enum vote_rule rule, int votes)
{
	switch (rule) {
	case VOTE_TWO_THIRDS:
		return rounded_up(votes, 2, 3);
	case VOTE_FOUR_FIFTHS:
		return rounded_up(votes, 4, 5);
	default:
		return votes / 2 + 1;
	}
}

static bool is_carried(const int votes[3])
{
	return votes[BALLOT_FOR] > votes[BALLOT_AGAINST];
}

/* Sectors that voted, and in how many of them a majority was in favour. */
static int sectors_voting(const struct vote_tally *tally, int *carried)
{
	int voting = 0;
	*carried = 0;
	for (int i = 0; i < SECTORS; i++) {
		voting += cast(tally->sector_votes[i]) > 0;
		*carried += is_carried(tally->sector_votes[i]);
	}
	return voting;
}

static bool has_sectors(const struct vote_tally *tally)
{
	for (int i = 0; i < SECTORS; i++)
		if (cast(tally->sector_votes[i]) + tally->sector_votes[i][BALLOT_ABSTAINED] > 0)
			return true;
	return false;
}

static enum rc check(enum vote_rule rule, const struct vote_tally *tally, struct error *err)
{
	bool possible = is_possible(tally->votes);
	for (int i = 0; i < SECTORS; i++)
		possible = possible && is_possible(tally->sector_votes[i]);
	if (!possible)
		return error_set(err, RC_INVALID,
				 _("Los votos son números de 0 a %d. Corrija la cuenta."),
				 VOTES_MAX);
	if (rule == VOTE_BY_SECTOR && !has_sectors(tally))
		return error_set(err, RC_INVALID,
				 _("Para contar por sector hay que decir cómo votó cada "
				   "institución. Anote los votos o elija otra regla."));
	if (cast(tally->votes) == 0)
		return error_set(err, RC_INVALID,
				 _("Nadie votó a favor ni en contra: no hay nada que contar. "
				   "Anote los votos o elija otra forma de decidir."));
	return RC_OK;
}

enum rc vote_judge(enum vote_rule rule, const struct vote_tally *tally, struct vote_result *result,
		   struct error *err)
{
	enum rc rc = check(rule, tally, err);
	if (rc != RC_OK)
		return rc;
	int carried;
	int voting = sectors_voting(tally, &carried);
	if (rule == VOTE_BY_SECTOR)
		*result = (struct vote_result){carried == voting, voting};
	else
		result->needed = votes_needed(rule, cast(tally->votes));
	if (rule != VOTE_BY_SECTOR)
		result->is_passed = tally->votes[BALLOT_FOR] >= result->needed;
	return RC_OK;
}

static const char *plural(int count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

static void add_share(struct strbuf *out, enum vote_rule rule, const struct vote_tally *tally,
		      const struct vote_result *result)
{
	static const char *const shares[] = {
		[VOTE_SIMPLE] = "la mayoría simple",
		[VOTE_TWO_THIRDS] = "dos tercios",
		[VOTE_FOUR_FIFTHS] = "cuatro quintos",
	};
	int votes = cast(tally->votes);
	strbuf_addf(out, "%s de %d %s %s %d", shares[rule], votes, plural(votes, "voto", "votos"),
		    plural(result->needed, "es", "son"), result->needed);
	if (!result->is_passed && tally->votes[BALLOT_FOR] == tally->votes[BALLOT_AGAINST])
		strbuf_adds(out, "; empate");
	else if (!result->is_passed && tally->votes[BALLOT_FOR] > 0)
		strbuf_addf(out, " y hubo %d", tally->votes[BALLOT_FOR]);
	else if (!result->is_passed)
		strbuf_adds(out, " y no hubo ninguno");
}

static void add_sector(struct strbuf *out, int sector, const int votes[3])
{
	strbuf_adds(out, sector_names.names[sector].label);
	if (cast(votes) == 0)
		strbuf_adds(out, " solo se abstuvo (no cuenta)");
	else
		strbuf_addf(out, " %d a %d", votes[BALLOT_FOR], votes[BALLOT_AGAINST]);
	if (cast(votes) > 0 && votes[BALLOT_FOR] == votes[BALLOT_AGAINST])
		strbuf_adds(out, " (empate)");
}

static void add_sectors(struct strbuf *out, const struct vote_tally *tally)
{
	const char *between = "";
	strbuf_adds(out, "mayoría en cada sector: ");
	for (int i = 0; i < SECTORS; i++) {
		const int *votes = tally->sector_votes[i];
		if (cast(votes) + votes[BALLOT_ABSTAINED] == 0)
			continue;
		strbuf_adds(out, between);
		add_sector(out, i, votes);
		between = ", ";
	}
	int carried;
	int voting = sectors_voting(tally, &carried);
	strbuf_addf(out, "; la hay en %d de %d %s", carried, voting,
		    plural(voting, "sector", "sectores"));
}

void vote_add_arithmetic(struct strbuf *out, enum vote_rule rule, const struct vote_tally *tally,
			 const struct vote_result *result)
{
	int abstained = tally->votes[BALLOT_ABSTAINED];
	strbuf_addf(out, "%d a favor, %d en contra, %d %s; ", tally->votes[BALLOT_FOR],
		    tally->votes[BALLOT_AGAINST], abstained,
		    plural(abstained, "abstención", "abstenciones"));
	if (rule == VOTE_BY_SECTOR)
		add_sectors(out, tally);
	else
		add_share(out, rule, tally, result);
	strbuf_adds(out, result->is_passed ? ": se aprueba" : ": no se aprueba");
}
