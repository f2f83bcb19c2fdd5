/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/model/vote.h"

struct row {
	enum vote_rule rule;
	int votes[3];
	const char *printed;
};

static void assert_printed(const struct vote_tally *tally, enum vote_rule rule,
			   const char *expected)
{
	struct error err;
	struct vote_result result;
	struct strbuf out;
	strbuf_init(&out);
	assert_int_equal(vote_judge(rule, tally, &result, &err), RC_OK);
	vote_add_arithmetic(&out, rule, tally, &result);
	assert_string_equal(out.data, expected);
	bool says_passed = strstr(out.data, "no se aprueba") == NULL;
	assert_int_equal(result.is_passed, says_passed);
	strbuf_release(&out);
}

static void figures_are_judged(void **state)
{
	static const struct row rows[] = {
		{VOTE_SIMPLE, {9, 4, 1},
		 "9 a favor, 4 en contra, 1 abstención; la mayoría simple de 13 votos son 7: "
		 "se aprueba"},
		{VOTE_SIMPLE, {6, 6, 2},
		 "6 a favor, 6 en contra, 2 abstenciones; la mayoría simple de 12 votos son 7; "
		 "empate: no se aprueba"},
		{VOTE_SIMPLE, {1, 0, 0},
		 "1 a favor, 0 en contra, 0 abstenciones; la mayoría simple de 1 voto es 1: "
		 "se aprueba"},
		{VOTE_SIMPLE, {0, 1, 0},
		 "0 a favor, 1 en contra, 0 abstenciones; la mayoría simple de 1 voto es 1 y no "
		 "hubo ninguno: no se aprueba"},
		{VOTE_TWO_THIRDS, {9, 4, 1},
		 "9 a favor, 4 en contra, 1 abstención; dos tercios de 13 votos son 9: "
		 "se aprueba"},
		{VOTE_TWO_THIRDS, {8, 5, 1},
		 "8 a favor, 5 en contra, 1 abstención; dos tercios de 13 votos son 9 y hubo 8: "
		 "no se aprueba"},
		{VOTE_TWO_THIRDS, {8, 4, 0},
		 "8 a favor, 4 en contra, 0 abstenciones; dos tercios de 12 votos son 8: "
		 "se aprueba"},
		{VOTE_TWO_THIRDS, {3, 3, 0},
		 "3 a favor, 3 en contra, 0 abstenciones; dos tercios de 6 votos son 4; empate: "
		 "no se aprueba"},
		{VOTE_FOUR_FIFTHS, {8, 2, 0},
		 "8 a favor, 2 en contra, 0 abstenciones; cuatro quintos de 10 votos son 8: "
		 "se aprueba"},
		{VOTE_FOUR_FIFTHS, {8, 3, 0},
		 "8 a favor, 3 en contra, 0 abstenciones; cuatro quintos de 11 votos son 9 y "
		 "hubo 8: no se aprueba"},
		{VOTE_TWO_THIRDS, {VOTES_MAX, VOTES_MAX - 1, 0},
		 "9999 a favor, 9998 en contra, 0 abstenciones; dos tercios de 19997 votos son "
		 "13332 y hubo 9999: no se aprueba"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct vote_tally tally = {.votes = {rows[i].votes[0], rows[i].votes[1],
						     rows[i].votes[2]}};
		assert_printed(&tally, rows[i].rule, rows[i].printed);
	}
}

static void each_sector_has_its_majority(void **state)
{
	struct vote_tally tally = {.votes = {9, 4, 1},
				   .sector_votes = {[SECTOR_PUBLIC] = {5, 1, 0},
						    [SECTOR_CIVIL_SOCIETY] = {2, 2, 0},
						    [SECTOR_ACADEMIA] = {2, 1, 1}}};
	(void)state;
	assert_printed(&tally, VOTE_BY_SECTOR,
		       "9 a favor, 4 en contra, 1 abstención; mayoría en cada sector: público 5 a "
		       "1, OSC 2 a 2 (empate), academia 2 a 1; la hay en 2 de 3 sectores: "
		       "no se aprueba");
	tally.sector_votes[SECTOR_CIVIL_SOCIETY][BALLOT_AGAINST] = 1;
	tally.votes[BALLOT_AGAINST] = 3;
	assert_printed(&tally, VOTE_BY_SECTOR,
		       "9 a favor, 3 en contra, 1 abstención; mayoría en cada sector: público 5 a "
		       "1, OSC 2 a 1, academia 2 a 1; la hay en 3 de 3 sectores: se aprueba");
}

/* A sector that only abstains neither carries a decision nor stops it. */
static void a_sector_that_abstains_does_not_count(void **state)
{
	struct vote_tally tally = {.votes = {3, 0, 1},
				   .sector_votes = {[SECTOR_PUBLIC] = {3, 0, 0},
						    [SECTOR_PRIVATE] = {0, 0, 1}}};
	(void)state;
	assert_printed(&tally, VOTE_BY_SECTOR,
		       "3 a favor, 0 en contra, 1 abstención; mayoría en cada sector: público 3 a "
		       "0, privado solo se abstuvo (no cuenta); la hay en 1 de 1 sector: "
		       "se aprueba");
}

static void what_cannot_be_counted_is_refused(void **state)
{
	static const struct {
		enum vote_rule rule;
		struct vote_tally tally;
		const char *says;
	} rows[] = {
		{VOTE_SIMPLE, {.votes = {0, 0, 0}}, "Nadie votó"},
		{VOTE_TWO_THIRDS, {.votes = {0, 0, 5}}, "Nadie votó"},
		{VOTE_SIMPLE, {.votes = {-1, 2, 0}}, "de 0 a 9999"},
		{VOTE_SIMPLE, {.votes = {VOTES_MAX + 1, 2, 0}}, "de 0 a 9999"},
		{VOTE_BY_SECTOR, {.votes = {9, 4, 1}}, "cada institución"},
		{VOTE_BY_SECTOR,
		 {.votes = {0, 0, 1}, .sector_votes = {[SECTOR_PUBLIC] = {0, 0, 1}}},
		 "Nadie votó"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct error err = {0};
		struct vote_result result = {true, 42};
		enum rc rc = vote_judge(rows[i].rule, &rows[i].tally, &result, &err);
		assert_int_equal(rc, RC_INVALID);
		assert_non_null(strstr(err.text, rows[i].says));
		assert_int_equal(result.needed, 42);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_judged),
		cmocka_unit_test(each_sector_has_its_majority),
		cmocka_unit_test(a_sector_that_abstains_does_not_count),
		cmocka_unit_test(what_cannot_be_counted_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
