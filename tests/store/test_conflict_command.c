/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members whose changes meet: what their commands say, and how they decide. */
#include "store/members_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST "list", "organizations", "--json"

static char *put_organization(const struct home *home, const char *name)
{
	char text[200];
	snprintf(text, sizeof(text), "siglas,nombre,sector\nAME,%s,publico\n", name);
	return put_text(home, "org.csv", text);
}

static void import(struct home *home, const char *member, int wanted, const char *name)
{
	char *file = put_organization(home, name);
	AS(home, member, wanted, "--wait", wanted ? "0.2" : "10", "import", "organizations", file);
	free(file);
}

/* Luis wrote a name while the drive was away, and Ana another one. */
static void meet(struct home *home)
{
	AS(home, "ana", 0, "init");
	import(home, "ana", 0, "Asociación");
	AS(home, "luis", 0, LIST);
	wait_for_silence(home);
	drive_leaves(home);
	import(home, "luis", 4, "De Luis");
	drive_returns(home);
	import(home, "ana", 0, "De Ana");
	AS(home, "luis", 0, LIST);
}

static void what_waits_is_listed_with_both_values(void **state)
{
	struct home *home = *state;
	meet(home);
	AS(home, "luis", 0, "conflicts", "--json");
	assert_json(home, "$[0].by", "luis");
	assert_json(home, "$[0].fields[0].record", "AME");
	assert_json(home, "$[0].fields[0].field", "name");
	assert_json(home, "$[0].fields[0].seen", "Asociación");
	assert_json(home, "$[0].fields[0].mine", "De Luis");
	assert_json(home, "$[0].fields[0].theirs", "De Ana");
	assert_json(home, "$[0].fields[0].by", "ana");
	assert_json(home, "$[0].fields[0].choices[2]", "both");
	AS(home, "luis", 0, "conflictos");
	assert_out(home, "AME · Nombre");
	assert_out(home, "usted vio: Asociación");
	assert_out(home, "usted puso: De Luis");
	assert_out(home, "De Ana");
	assert_out(home, "name=theirs Tomar lo de ana (De Ana)");
	AS(home, "ana", 0, "conflicts");
	assert_out(home, "Nada espera una decisión.");
	AS(home, "ana", 0, "conflicts", "--json");
	assert_out(home, "[]");
}

static void a_command_decides(void **state)
{
	struct home *home = *state;
	meet(home);
	AS(home, "luis", 2, "decide", "1");
	assert_err(home, "falta decidir name=");
	AS(home, "luis", 2, "decide", "1", "title=mine");
	assert_err(home, "hay: AME.name");
	AS(home, "luis", 2, "decide", "1", "quizás");
	AS(home, "luis", 2, "decide", "1", "name=quizás");
	AS(home, "luis", 1, "decide", "2", "mine");
	AS(home, "luis", 1, "--read-only", "decide", "1", "mine");
	AS(home, "luis", 0, "--read-only", "conflicts");
	assert_int_equal(queued(home, "luis"), 1);
	AS(home, "luis", 0, "decide", "1", "both", "--json");
	assert_out(home, "decided");
	AS(home, "ana", 0, LIST);
	assert_json(home, "$[0].name", "De Ana / De Luis");
	AS(home, "luis", 0, "conflicts", "--json");
	assert_out(home, "[]");
	assert_no_err(home, "decisión");
	ALIKE(home, 3, "ana", "luis");
	AS(home, "luis", 0, "conflicts", "decided", "--json");
	assert_json(home, "$[0].outcome", "both");
	assert_json(home, "$[0].operation.edits[0].set.name", "De Luis");
	AS(home, "luis", 0, "conflicts", "decided");
	assert_out(home, "both");
}

static void a_field_is_decided_by_its_name(void **state)
{
	struct home *home = *state;
	meet(home);
	AS(home, "luis", 0, "decidir", "1", "AME.name==Asociación de Municipalidades");
	AS(home, "ana", 0, LIST);
	assert_json(home, "$[0].name", "Asociación de Municipalidades");
	import(home, "ana", 0, "De Ana otra vez");
	ALIKE(home, 4, "ana", "luis");
}

static void what_is_left_as_it_is_changes_nothing(void **state)
{
	struct home *home = *state;
	meet(home);
	AS(home, "luis", 0, "decide", "1", "theirs");
	assert_int_equal(queued(home, "luis"), 0);
	AS(home, "luis", 0, LIST);
	assert_json(home, "$[0].name", "De Ana");
	ALIKE(home, 2, "ana", "luis");
}

static void a_decision_can_wait_for_the_drive(void **state)
{
	struct home *home = *state;
	meet(home);
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "luis", 4, "--wait", "0.2", "decide", "1", "mine");
	AS(home, "luis", 0, "--wait", "0.2", LIST);
	assert_json(home, "$[0].name", "De Luis");
	drive_returns(home);
	AS(home, "luis", 0, LIST);
	AS(home, "ana", 0, LIST);
	assert_json(home, "$[0].name", "De Luis");
	ALIKE(home, 3, "ana", "luis");
}

/* Its worker sleeps while Ana is faster: the command itself ends with the conflict. */
static void a_command_ends_with_the_conflict_it_met(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	import(home, "ana", 0, "Asociación");
	AS(home, "luis", 0, LIST);
	wait_for_silence(home);
	drive_leaves(home);
	char *file = put_organization(home, "De Luis");
	pid_t luis =
		START(home, "luis", "--wait", "3000", "import", "organizations", file, "--json");
	wait_for_queue(home, "luis", 1);
	pid_t worker = worker_of(luis);
	assert_int_equal(kill(worker, SIGSTOP), 0);
	drive_returns(home);
	import(home, "ana", 0, "De Ana");
	assert_int_equal(kill(worker, SIGCONT), 0);
	assert_int_equal(member_finish(home, "luis", luis), 3);
	assert_json(home, "$.conflict.fields[0].mine", "De Luis");
	assert_json(home, "$.conflict.fields[0].theirs", "De Ana");
	assert_json(home, "$.conflict.fields[0].by", "ana");
	assert_err(home, "nucleo conflicts");
	free(file);
}

/* Ana changes a record, or removes it, before Luis's worker gets to what his command wrote. */
static void expect_conflict(struct home *home, const char *const *luis, const char *const *ana)
{
	AS(home, "luis", 0, "list", "followups");
	wait_for_silence(home);
	drive_leaves(home);
	pid_t child = member_start(home, "luis", luis);
	wait_for_queue(home, "luis", 1);
	pid_t worker = worker_of(child);
	assert_int_equal(kill(worker, SIGSTOP), 0);
	drive_returns(home);
	become(home, "ana");
	if (run_words(home, ana) != 0)
		fail_msg("%s", home->err.data);
	assert_int_equal(kill(worker, SIGCONT), 0);
	assert_int_equal(member_finish(home, "luis", child), 3);
	assert_err(home, "nucleo conflicts");
}
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define WAITING(...) WORDS("--wait", "3000", __VA_ARGS__, "--json")

static void set_and_remove_end_with_it_too(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "followup", "description=Primera");
	AS(home, "ana", 0, "list", "followups", "--json");
	char *code = ask_json(home, "SELECT json_extract(?1, '$[0].id')");
	expect_conflict(home, WAITING("set", "followup", code, "description=De Luis"),
			WORDS("set", "followup", code, "description=De Ana"));
	assert_json(home, "$.conflict.fields[0].field", "description");
	assert_json(home, "$.conflict.fields[0].seen", "Primera");
	assert_json(home, "$.conflict.fields[0].mine", "De Luis");
	assert_json(home, "$.conflict.fields[0].theirs", "De Ana");
	assert_json(home, "$.conflict.fields[0].by", "ana");
	assert_out(home, "\"at\"");
	AS(home, "luis", 0, "decide", "1", "theirs");
	expect_conflict(home, WAITING("remove", "followup", code),
			WORDS("set", "followup", code, "description=Otra vez de Ana"));
	assert_out(home, "Otra vez de Ana");
	AS(home, "luis", 0, "show", "followup", code);
	assert_out(home, "Otra vez de Ana");
	free(code);
}

/* Both add what has the same code: one is given another, or given up. */
static void a_code_that_is_taken_is_changed(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	AS(home, "luis", 0, LIST);
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "luis", 4, "--wait", "0.2", "add", "organization", "acronym=CNE", "name=De Luis",
	   "sector=public");
	drive_returns(home);
	AS(home, "ana", 0, "add", "organization", "acronym=CNE", "name=De Ana", "sector=public");
	AS(home, "luis", 0, "conflicts");
	assert_out(home, "ya hay otro registro con igual «Siglas»");
	assert_out(home, "record=theirs Dejarlo: no se guarda");
	AS(home, "luis", 1, "decide", "1", "mine");
	assert_err(home, "Siglas");
	AS(home, "luis", 1, "decide", "1", "mine", "acronym==A/B");
	AS(home, "luis", 0, "decide", "1", "mine", "acronym==AAA");
	AS(home, "ana", 0, LIST);
	/* It is sorted by its new name. */
	assert_json(home, "$[0].acronym", "AAA");
	assert_json(home, "$[0].name", "De Luis");
	assert_json(home, "$[1].name", "De Ana");
	ALIKE(home, 2, "ana", "luis");
}

/* Both settle for the first time what the group had not: there is but one value. */
static void a_setting_made_by_both_is_decided(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	AS(home, "luis", 0, LIST);
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "luis", 4, "--wait", "0.2", "setting", "quorum=9");
	drive_returns(home);
	AS(home, "ana", 0, "setting", "quorum=2/3");
	AS(home, "luis", 0, "conflicts");
	AS(home, "luis", 0, "decide", "1", "mine");
	AS(home, "ana", 0, "setting", "quorum", "--json");
	assert_json(home, "$.value", "9");
	AS(home, "luis", 0, "undo");
	AS(home, "ana", 0, "setting", "quorum", "--json");
	assert_json(home, "$.value", "2/3");
	ALIKE(home, 3, "ana", "luis");
}

/* The drive was away for long: what happened is told once, and stays to be read. */
static void what_happened_meanwhile_is_told(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	import(home, "ana", 0, "Asociación");
	AS(home, "luis", 0, "conflicts", "report", "--json");
	assert_out(home, "null");
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "luis", 4, "--wait", "0.2", "add", "followup", "description=Una");
	wait_for_silence(home);
	char *path = replica_path(home, "luis");
	sql_on(path, "UPDATE pending SET since = '2023-11-16T10:00:00Z'");
	drive_returns(home);
	AS(home, "ana", 0, "add", "followup", "description=Otra");
	AS(home, "luis", 0, LIST);
	assert_err(home, "1 cambio suyo publicado; llegó 1 de otros (ana 1).");
	AS(home, "luis", 0, LIST);
	assert_no_err(home, "publicado");
	AS(home, "luis", 0, "conflicts", "report");
	assert_out(home, "1 cambio suyo publicado");
	AS(home, "luis", 0, "conflicts", "report", "--json");
	assert_json(home, "$.by", "ana 1");
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(what_waits_is_listed_with_both_values),
		WITH_MEMBERS(a_command_decides),
		WITH_MEMBERS(a_field_is_decided_by_its_name),
		WITH_MEMBERS(what_is_left_as_it_is_changes_nothing),
		WITH_MEMBERS(a_decision_can_wait_for_the_drive),
		WITH_MEMBERS(a_command_ends_with_the_conflict_it_met),
		WITH_MEMBERS(set_and_remove_end_with_it_too),
		WITH_MEMBERS(a_setting_made_by_both_is_decided),
		WITH_MEMBERS(what_happened_meanwhile_is_told),
		WITH_MEMBERS(a_code_that_is_taken_is_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
