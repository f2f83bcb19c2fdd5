/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a group decided: numbers, ballots and arithmetic, on a real database. */
#include "store/fault_vfs.h"
#include "store/record_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/decision.h"
#include "nucleo/exchange/record_add.h"
#include "nucleo/exchange/record_remove.h"
#include "nucleo/store/setting.h"
#include "nucleo/store/undo.h"

static int64_t entry(void)
{
	return record_keys[RECORD_RESOLUTION];
}

static enum rc try_edit(struct store *store, const char *const *words, struct error *refusal)
{
	struct record_assignment pairs[12];
	char *fields[12];
	size_t count = 0;
	struct operation *operation = operation_new();
	for (; words[count]; count++)
		assert_done(
			record_assignment_parse(words[count], &fields[count], &pairs[count], err));
	enum rc rc = decision_edit_entry(store, entry(), pairs, count, operation, refusal);
	if (rc == RC_OK && !operation_is_empty(operation))
		rc = operation_commit(operation, store, NULL, refusal);
	operation_free(operation);
	while (count)
		free(fields[--count]);
	return rc;
}

#define DECIDE(store, ...)                                                                  \
	assert_done(try_edit(store, (const char *const[]){__VA_ARGS__, NULL}, err))

static void refuse(struct store *store, enum rc expected, const char *says,
		   const char *const *words)
{
	struct error err = {0};
	assert_int_equal(try_edit(store, words, &err), expected);
	if (!strstr(err.text, says))
		fail_msg("«%s» does not say «%s»", err.text, says);
}

#define REFUSE(store, rc, says, ...)                                                        \
	refuse(store, rc, says, (const char *const[]){__VA_ARGS__, NULL})

static void assert_stored(const char *sql, const char *expected)
{
	char *found = test_query(RECORD_DATABASE, sql);
	assert_string_equal(found, expected);
	free(found);
}

static void assert_tally(const char *expected)
{
	assert_stored("SELECT tally FROM entry WHERE kind = 'decision'", expected);
}

static void assert_ballots(const char *expected)
{
	assert_stored("SELECT group_concat(w, ' ') FROM (SELECT o.acronym || ':' || b.choice AS w"
		      " FROM ballot AS b JOIN organization AS o ON o.key = b.organization"
		      " ORDER BY o.acronym)",
		      expected);
}

static void attend(struct store *store)
{
	ADD(RECORD_ATTENDEE, "meeting=AM-2023-05", "organization=AME", "capacity=member");
	ADD(RECORD_ATTENDEE, "meeting=AM-2023-05", "organization=CNE", "capacity=member");
	ADD(RECORD_ATTENDEE, "meeting=AM-2023-05", "organization=UTPL", "capacity=member");
}

static void undo(struct store *store, enum undo_direction direction)
{
	const struct undo_request request = {.direction = direction};
	struct strbuf words;
	int64_t number;
	strbuf_init(&words);
	assert_done(undo_commit(store, &request, &words, &number, err));
	strbuf_release(&words);
}

static void a_tally_is_judged_and_numbered(void **state)
{
	struct store *store = record_store();
	(void)state;
	DECIDE(store, "decision_kind=vote", "vote_rule=two_thirds", "votes_for=9",
	       "votes_against=4", "votes_abstained=1");
	assert_tally("9 a favor, 4 en contra, 1 abstención; dos tercios de 13 votos son 9: "
		     "se aprueba");
	assert_stored("SELECT decision_number || ' ' || decision_kind || ' ' || vote_rule || ' ' ||"
		      " votes_for || ' ' || votes_against || ' ' || votes_abstained FROM entry"
		      " WHERE kind = 'decision'",
		      "R-2023-05-01 vote two_thirds 9 4 1");
	assert_words("AM-2023-05/2#1: decisión, por votación: 9 a favor, 4 en contra, 1 "
		     "abstención; dos tercios de 13 votos son 9: se aprueba");
	/* The number stays, and what was not said is as it was. */
	DECIDE(store, "votes_for=8");
	assert_tally("8 a favor, 4 en contra, 1 abstención; dos tercios de 12 votos son 8: "
		     "se aprueba");
	assert_stored("SELECT decision_number FROM entry WHERE kind = 'decision'", "R-2023-05-01");
	store_close(store);
}

static void institutions_vote(void **state)
{
	struct store *store = record_store();
	(void)state;
	attend(store);
	DECIDE(store, "vote_rule=by_sector", "ballots_against=ame", "ballots_for=*");
	assert_ballots("AME:against CNE:for UTPL:for");
	assert_tally("2 a favor, 1 en contra, 0 abstenciones; mayoría en cada sector: público 1 a "
		     "1 (empate), academia 1 a 0; la hay en 1 de 2 sectores: no se aprueba");
	/* FCD came as a guest. Who changes her mind keeps her row. */
	snapshot("before");
	char *row = test_query(RECORD_DATABASE, "SELECT b.key FROM ballot AS b JOIN organization"
						" AS o ON o.key = b.organization WHERE acronym ="
						" 'AME'");
	DECIDE(store, "ballots_abstained=AME");
	assert_ballots("AME:abstained CNE:for UTPL:for");
	char *again = test_query(RECORD_DATABASE, "SELECT key FROM ballot WHERE choice ="
						  " 'abstained'");
	assert_string_equal(row, again);
	free(row);
	free(again);
	take_back(store);
	assert_as(store, "before");
	/* A count alone says nothing of institutions. */
	DECIDE(store, "votes_for=2", "votes_against=1", "vote_rule=simple");
	assert_ballots("");
	store_close(store);
}

/* While they sit, who has left does not vote with the rest; by name one can, who voted before. */
static void who_left_is_not_among_the_rest(void **state)
{
	struct store *store = record_store();
	(void)state;
	ADD(RECORD_ATTENDEE, "meeting=AM-2023-05", "organization=AME", "capacity=member");
	ADD(RECORD_ATTENDEE, "meeting=AM-2023-05", "organization=UTPL", "capacity=member",
	    "departed=16:40");
	DECIDE(store, "vote_rule=simple", "ballots_for=*");
	assert_ballots("AME:for UTPL:for");
	struct record_edit *edit =
		begin_edit(store, RECORD_MEETING, record_keys[RECORD_MEETING]);
	put_text(edit, "status", "in_session");
	assert_true(save_edit(store, edit));
	DECIDE(store, "decision_kind=consensus");
	DECIDE(store, "vote_rule=simple", "ballots_for=*");
	assert_ballots("AME:for");
	DECIDE(store, "ballots_against=UTPL", "ballots_for=*");
	assert_ballots("AME:for UTPL:against");
	store_close(store);
}

static void what_does_not_add_up_is_refused(void **state)
{
	struct store *store = record_store();
	(void)state;
	snapshot("before");
	REFUSE(store, RC_INVALID, "Nadie votó", "decision_kind=vote");
	REFUSE(store, RC_INVALID, "Nadie votó", "votes_abstained=3");
	REFUSE(store, RC_INVALID, "cada institución", "vote_rule=by_sector", "votes_for=3");
	REFUSE(store, RC_INVALID, "votes_for: «-1»", "votes_for=-1");
	REFUSE(store, RC_INVALID, "votes_for: «10000»", "votes_for=10000");
	REFUSE(store, RC_INVALID, "vote_rule: «casi»", "vote_rule=casi", "votes_for=1");
	REFUSE(store, RC_INVALID, "ballots_against: fcd está dos veces", "ballots_for=FCD,AME",
	       "ballots_against=fcd");
	REFUSE(store, RC_NOT_FOUND, "ballots_for: no hay «XYZ»", "ballots_for=XYZ");
	REFUSE(store, RC_USAGE, "no ambas cosas", "ballots_for=FCD", "votes_for=1");
	REFUSE(store, RC_USAGE, "dos veces", "votes_for=2", "votes_for=1");
	REFUSE(store, RC_INVALID, "los votos son de una votación", "votes_for=2",
	       "decision_kind=noted");
	REFUSE(store, RC_INVALID, "kind: solo una decisión", "votes_for=2", "kind=note");
	REFUSE(store, RC_USAGE, "tally: la escribe el programa", "votes_for=2", "tally=dos");
	REFUSE(store, RC_INVALID, "ballots_against: «*», los demás presentes, va en una sola de las listas",
	       "ballots_for=*", "ballots_against=*");
	REFUSE(store, RC_INVALID, "Escriba las reservas", "decision_kind=reservations");
	assert_as(store, "before");
	/* Nobody is said to be present as a member. */
	test_sql(RECORD_DATABASE, "UPDATE attendance SET status = 'absent'");
	REFUSE(store, RC_INVALID, "tome primero la asistencia", "ballots_for=*");
	store_close(store);
}

static void other_fields_change_beside_it(void **state)
{
	struct store *store = record_store();
	(void)state;
	DECIDE(store, "votes_for=3", "kind=decision", "text=Se aprueba.",
	       "objections=FCD: el plazo es corto");
	assert_stored("SELECT text || '|' || objections FROM entry WHERE kind = 'decision'",
		      "Se aprueba.|FCD: el plazo es corto");
	assert_words("AM-2023-05/2#1: texto «El CNE pregunta por el avance.» -> «Se aprueba.»; "
		     "AM-2023-05/2#1: decisión, por votación: 3 a favor, 0 en contra, 0 "
		     "abstenciones; la mayoría simple de 3 votos son 2: se aprueba");
	store_close(store);
}

/* Changed as any other record: what is no vote any more has no votes. */
static void a_vote_is_forgotten(void **state)
{
	struct store *store = record_store();
	(void)state;
	attend(store);
	DECIDE(store, "ballots_for=*", "vote_rule=simple");
	snapshot("voted");
	struct record_edit *edit = begin_edit(store, RECORD_RESOLUTION, entry());
	put_text(edit, "decision_kind", "por consenso");
	assert_true(save_edit(store, edit));
	assert_ballots("");
	assert_stored("SELECT count(*) FROM entry WHERE tally IS NULL AND vote_rule IS NULL AND"
		      " votes_for IS NULL AND decision_number IS NOT NULL",
		      "1");
	undo(store, UNDO);
	assert_as(store, "voted");
	edit = begin_edit(store, RECORD_RESOLUTION, entry());
	put_text(edit, "kind", "nota");
	assert_true(save_edit(store, edit));
	assert_ballots("");
	assert_stored("SELECT count(*) FROM entry WHERE decision_kind IS NULL AND tally IS NULL",
		      "1");
	undo(store, UNDO);
	assert_as(store, "voted");
	struct error refusal;
	edit = begin_edit(store, RECORD_RESOLUTION, entry());
	put_text(edit, "tally", "todos a favor");
	assert_int_equal(try_save_edit(store, edit, &refusal), RC_INVALID);
	store_close(store);
}

static void removal_takes_the_ballots_along(void **state)
{
	struct store *store = record_store();
	struct operation *operation = operation_new();
	(void)state;
	attend(store);
	DECIDE(store, "ballots_for=*", "vote_rule=simple");
	snapshot("voted");
	assert_done(record_remove(store, RECORD_RESOLUTION, entry(), operation, err));
	test_commit(store, operation);
	assert_ballots("");
	undo(store, UNDO);
	assert_as(store, "voted");
	undo(store, REDO);
	assert_ballots("");
	store_close(store);
}

static void undone_and_redone_it_is_the_same(void **state)
{
	struct store *store = record_store();
	(void)state;
	attend(store);
	snapshot("before");
	DECIDE(store, "ballots_for=*", "ballots_against=AME", "vote_rule=four_fifths");
	snapshot("after");
	undo(store, UNDO);
	assert_as(store, "before");
	undo(store, REDO);
	assert_as(store, "after");
	store_close(store);
}

static void the_settings_say_what_is_usual(void **state)
{
	struct store *store = record_store();
	struct decision decision;
	(void)state;
	assert_done(decision_load(store, entry(), &decision, err));
	assert_int_equal(decision.kind, DECISION_CONSENSUS);
	assert_int_equal(decision.rule, VOTE_SIMPLE);
	decision_release(&decision);
	struct operation *operation = operation_new();
	assert_done(setting_change(store, SETTING_VOTE_RULE, "two_thirds", operation, err));
	test_commit(store, operation);
	assert_done(decision_load(store, entry(), &decision, err));
	assert_int_equal(decision.kind, DECISION_VOTE);
	assert_int_equal(decision.rule, VOTE_TWO_THIRDS);
	decision_release(&decision);
	DECIDE(store, "votes_for=3", "votes_against=2");
	assert_tally("3 a favor, 2 en contra, 0 abstenciones; dos tercios de 5 votos son 4 y hubo "
		     "3: no se aprueba");
	store_close(store);
}

static enum rc record_consensus(struct store *store, struct error *err)
{
	const struct decision consensus = {.kind = DECISION_CONSENSUS};
	struct operation *operation = operation_new();
	enum rc rc = decision_record(store, entry(), &consensus, operation, err);
	if (rc == RC_OK && !operation_is_empty(operation))
		rc = operation_commit(operation, store, NULL, err);
	operation_free(operation);
	return rc;
}

static void decided_twice_alike_nothing_is_written(void **state)
{
	struct store *store = record_store();
	(void)state;
	assert_done(record_consensus(store, err));
	snapshot("decided");
	assert_done(record_consensus(store, err));
	assert_as(store, "decided");
	assert_stored("SELECT count(*) FROM history WHERE words LIKE '%decisión%'", "1");
	assert_words("AM-2023-05/2#1: decisión, por consenso");
	store_close(store);
}

/* Neither what is composed here nor what comes from elsewhere changes an approved acta. */
static void an_approved_acta_stays(void **state)
{
	struct store *store = record_store();
	struct error refusal = {0};
	(void)state;
	DECIDE(store, "ballots_for=FCD", "vote_rule=simple");
	char *key = test_query(RECORD_DATABASE, "SELECT key FROM ballot");
	struct operation *operation = operation_new();
	operation_set_words(operation, "aprueba");
	operation_change(operation, "meeting", record_keys[RECORD_MEETING], "status",
			 value_text("closed"), value_text("approved"));
	test_commit(store, operation);
	snapshot("approved");
	assert_int_equal(record_consensus(store, &refusal), RC_REFUSED);
	assert_non_null(strstr(refusal.text, "está aprobada"));
	operation = operation_new();
	operation_set_words(operation, "cambia un voto");
	operation_change(operation, "ballot", strtoll(key, NULL, 10), "choice", value_text("for"),
			 value_text("against"));
	assert_int_equal(operation_commit(operation, store, NULL, &refusal), RC_REFUSED);
	operation_free(operation);
	operation = operation_new();
	operation_set_words(operation, "agrega un voto");
	operation_insert(operation, "ballot");
	operation_field(operation, "entry", value_key(entry()));
	operation_field(operation, "organization", value_key(record_keys[RECORD_ORGANIZATION]));
	operation_field(operation, "choice", value_text("for"));
	assert_int_equal(operation_commit(operation, store, NULL, &refusal), RC_REFUSED);
	operation_free(operation);
	free(key);
	assert_as(store, "approved");
	store_close(store);
}

/* A memory or a disk that fails: decided whole, or not at all. */
static void a_failure_leaves_it_whole(void **state)
{
	enum { COUNTDOWN_MAX = 3000 };
	struct store *store = record_store();
	bool failed = true;
	(void)state;
	attend(store);
	snapshot("before");
	for (int countdown = 1; failed && countdown < COUNTDOWN_MAX; countdown += 7) {
		struct error refusal = {0};
		fault_arm_memory(countdown);
		enum rc rc = try_edit(
			store, (const char *const[]){"ballots_for=*", "vote_rule=simple", NULL},
			&refusal);
		failed = fault_disarm();
		if (rc != RC_OK) {
			assert_true(refusal.text[0]);
			assert_as(store, "before");
		} else if (failed) { /* what failed could be done without */
			undo(store, UNDO);
		}
	}
	assert_false(failed);
	assert_ballots("AME:for CNE:for UTPL:for");
	store_close(store);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(a_tally_is_judged_and_numbered),
		IN_A_FOLDER(institutions_vote),
		IN_A_FOLDER(who_left_is_not_among_the_rest),
		IN_A_FOLDER(what_does_not_add_up_is_refused),
		IN_A_FOLDER(other_fields_change_beside_it),
		IN_A_FOLDER(a_vote_is_forgotten),
		IN_A_FOLDER(removal_takes_the_ballots_along),
		IN_A_FOLDER(undone_and_redone_it_is_the_same),
		IN_A_FOLDER(the_settings_say_what_is_usual),
		IN_A_FOLDER(decided_twice_alike_nothing_is_written),
		IN_A_FOLDER(an_approved_acta_stays),
		IN_A_FOLDER(a_failure_leaves_it_whole),
	};
	fault_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
