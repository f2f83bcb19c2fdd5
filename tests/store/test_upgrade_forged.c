/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/upgrade_test.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/upgrade.h"
#include "nucleo/sync/folder.h"

/* A member who has not upgraded reads what somebody else wrote into the log. */
struct forgery {
	struct drive *drive;
	struct log_head head; /* of the log */
	struct store *replica;
	unsigned ids;
};

static int forgery_make(void **state)
{
	struct forgery *forgery = mem_alloc_zero(1, sizeof(*forgery));
	if (folder_make(state) != 0)
		return -1;
	char *log = folder_path("log");
	forgery->drive = folder_open(log);
	free(log);
	forgery->replica = released_replica("replica.db");
	released_group(forgery->replica);
	assert_int_equal(run_rounds(forgery->replica, forgery->drive).condition, SHARE_FINE);
	forgery->head = replica_head(forgery->replica);
	*state = forgery;
	return 0;
}

static int forgery_remove(void **state)
{
	struct forgery *forgery = *state;
	store_close(forgery->replica);
	folder_close(forgery->drive);
	free(forgery);
	return folder_remove(state);
}

/* Somebody's program, and what stands after its words. */
struct forged {
	const char *by, *host, *program, *rest;
};

static void publish_forged(struct forgery *forgery, const struct forged *forged)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text,
		    "{\"op\":\"%032x\",\"parent\":\"%s\",\"at\":\"2023-11-17T20:42:07Z\","
		    "\"by\":\"%s\",\"host\":\"%s\",\"program\":%s,\"words\":\"w\","
		    "\"undoes\":null,%s}",
		    ++forgery->ids, forgery->head.hash.hex, forged->by, forged->host,
		    forged->program, forged->rest);
	forge_operation(forgery->drive, &forgery->head, text.data, text.length);
	strbuf_release(&text);
}

/*
 * In the templates "S" stands for the schema there is, "N" for the next and "M" for the one after;
 * "H" for the hash of the script to the next.
 */
static char *fill(const char *template)
{
	struct strbuf out;
	strbuf_init(&out);
	for (; *template; template++)
		if (*template == 'H')
			strbuf_adds(&out, schema_script_hash(RELEASED + 1).hex);
		else if (strchr("SNM", *template))
			strbuf_addf(&out, "%d",
				    RELEASED + (*template == 'N') + 2 * (*template == 'M'));
		else
			strbuf_addch(&out, *template);
	return strbuf_detach(&out);
}

#define MIGRATION(schema, members) "\"schema\":" schema ",\"edits\":[],\"migration\":" members
#define ONE_EDIT "[{\"table\":\"plan\",\"key\":77,\"insert\":{\"code\":\"x\"}}]"

static const struct {
	const char *rest;
	enum share_condition condition;
} cases[] = {
	{MIGRATION("N", "{\"number\":N,\"sha256\":\"H\"}"), SHARE_FINE},
	{MIGRATION("N", "{\"number\":N,\"sha256\":\"H0\"}"), SHARE_NEWER},
	{MIGRATION("N", "{\"number\":N,\"sha256\":\"\"}"), SHARE_NEWER},
	{MIGRATION("N", "{\"number\":N,\"sha256\":null}"), SHARE_NEWER},
	{MIGRATION("N", "{\"number\":N}"), SHARE_NEWER},
	{MIGRATION("N", "{\"number\":\"N\",\"sha256\":\"H\"}"), SHARE_NEWER},
	{MIGRATION("N", "{\"number\":N.0,\"sha256\":\"H\"}"), SHARE_NEWER},
	{MIGRATION("N", "{}"), SHARE_NEWER},
	{MIGRATION("N", "null"), SHARE_NEWER},
	{MIGRATION("N", "[N,\"H\"]"), SHARE_NEWER},
	/* Not the next one, or another than it says. */
	{MIGRATION("S", "{\"number\":S,\"sha256\":\"H\"}"), SHARE_NEWER},
	{MIGRATION("M", "{\"number\":M,\"sha256\":\"H\"}"), SHARE_NEWER},
	{MIGRATION("S", "{\"number\":N,\"sha256\":\"H\"}"), SHARE_NEWER},
	{MIGRATION("99", "{\"number\":99,\"sha256\":\"H\"}"), SHARE_NEWER},
	{MIGRATION("99", "{\"number\":99,\"sha256\":\"\"}"), SHARE_NEWER},
	{MIGRATION("N", "{\"number\":-1,\"sha256\":\"\"}"), SHARE_NEWER},
	{"\"schema\":N,\"edits\":" ONE_EDIT ",\"migration\":{\"number\":N,\"sha256\":\"H\"}",
	 SHARE_NEWER},
	/* Made for a structure that the tables do not have yet. */
	{"\"schema\":N,\"edits\":" ONE_EDIT, SHARE_NEWER},
	{"\"schema\":0,\"edits\":" ONE_EDIT, SHARE_DAMAGED},
	{"\"schema\":-1,\"edits\":" ONE_EDIT, SHARE_DAMAGED},
	/* A third kind; and one of the first with a remark. */
	{"\"schema\":S,\"edits\":[],\"restore\":{}", SHARE_NEWER},
	{"\"schema\":S,\"edits\":[],\"migrations\":1", SHARE_NEWER},
	{"\"schema\":S,\"edits\":[]", SHARE_FINE},
	{"\"schema\":S,\"edits\":" ONE_EDIT ",\"remark\":{\"migration\":1}", SHARE_FINE},
};

static void assert_stopped(struct forgery *forgery, size_t which)
{
	struct share_report report = run_rounds(forgery->replica, forgery->drive);
	if (report.condition != cases[which].condition)
		fail_msg("%s: %d %s", cases[which].rest, (int)report.condition, report.reason);
	assert_sound(forgery->replica);
	if (report.condition == SHARE_FINE)
		return;
	/* What came before it is there, and what is ours waits. */
	assert_true(report.reason[0]);
	assert_int_equal(schema_of_replica(forgery->replica), RELEASED);
	assert_int_equal(replica_head(forgery->replica).number, 1);
	assert_int_equal(replica_counts(forgery->replica).waiting, 1);
}

static void what_is_not_known_is_never_run(void **state)
{
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		assert_int_equal(forgery_make(state), 0);
		struct forgery *forgery = *state;
		char *rest = fill(cases[i].rest);
		publish_forged(forgery, &(const struct forged){"FCD", "h", "\"1.0\"", rest});
		commit_released_followup(forgery->replica, "espera");
		assert_stopped(forgery, i);
		/* Each time anew. */
		assert_stopped(forgery, i);
		free(rest);
		assert_int_equal(forgery_remove(state), 0);
	}
}

static void a_migration_comes_once(void **state)
{
	struct forgery *forgery = *state;
	for (int i = 0; i < 2; i++) {
		struct log_operation operation;
		char *text = migration_text(RELEASED + 1, &forgery->head, &operation);
		forge_operation(forgery->drive, &forgery->head, text, operation.length);
		free(text);
	}
	assert_int_equal(run_rounds(forgery->replica, forgery->drive).condition, SHARE_NEWER);
	assert_int_equal(replica_head(forgery->replica).number, 2);
	assert_int_equal(schema_of_replica(forgery->replica), RELEASED + 1);
	assert_sound(forgery->replica);
}

/* By a newer program of the same user, while this one has it open. */
static void a_replica_that_was_upgraded_is_left_to_the_newer_program(void **state)
{
	struct forgery *forgery = *state;
	char *rest = fill("\"schema\":S,\"edits\":" ONE_EDIT);
	test_sql("replica.db", "PRAGMA user_version = 99");
	publish_forged(forgery, &(const struct forged){"FCD", "h", "\"1.0\"", rest});
	assert_int_equal(run_rounds(forgery->replica, forgery->drive).condition, SHARE_NEWER);
	assert_int_equal(replica_head(forgery->replica).number, 1);
	free(rest);
}

/* No nucleo publishes one; every replica says the same of it, and the group goes on. */
static void one_that_does_not_fit_changes_nothing(void **state)
{
	struct forgery *forgery = *state;
	struct operation *op = operation_new();
	add_row(op, "plan", "code", "no cabe", NULL);
	commit_released(forgery->replica, op);
	assert_int_equal(run_rounds(forgery->replica, forgery->drive).condition, SHARE_FINE);
	forgery->head = replica_head(forgery->replica);
	for (int i = 1; i <= 2; i++) {
		struct log_operation operation;
		char *text = migration_text(RELEASED + i, &forgery->head, &operation);
		forge_operation(forgery->drive, &forgery->head, text, operation.length);
		free(text);
	}
	assert_int_equal(run_rounds(forgery->replica, forgery->drive).condition, SHARE_FINE);
	assert_int_equal(schema_of_replica(forgery->replica), RELEASED + 1);
	char *refused = replica_value(forgery->replica,
				      "SELECT refused FROM history ORDER BY number DESC LIMIT 1");
	assert_string_equal(refused, "refused");
	free(refused);
	char *plans = replica_value(forgery->replica, "SELECT count(*) FROM plan");
	assert_string_equal(plans, "2");
	free(plans);
	assert_sound(forgery->replica);
	/* References are as strict as before. */
	publish_forged(forgery,
		       &(const struct forged){"FCD", "h", "\"1.0\"",
					      "\"schema\":1,\"edits\":[{\"table\":\"commitment\","
					      "\"key\":5,\"insert\":{\"plan\":4242,\"code\":\"C7\","
					      "\"sort\":\"x\"}}]"});
	assert_int_equal(run_rounds(forgery->replica, forgery->drive).condition, SHARE_FINE);
	char *commitments = replica_value(forgery->replica, "SELECT count(*) FROM commitment");
	assert_string_equal(commitments, "1");
	free(commitments);
	assert_sound(forgery->replica);
}

/* ---- who is concerned */

static const struct forged writers[] = {
	{"AME", "pc-1", "\"0.0.1\"", NULL},   {"AME", "pc-1", "\"999.0\"", NULL},
	{"CNE", "pc-2", "\"999.0\"", NULL},   {"CNE", "pc-2", "\"0.0.9\"", NULL},
	{"IAEN", "pc-3", "\"0.0.10\"", NULL}, {"MDI", "pc-4", "null", NULL},
};

static void those_who_become_readers_are_named(void **state)
{
	struct forgery *forgery = *state;
	struct upgrade_plan plan;
	for (size_t i = 0; i < ARRAY_COUNT(writers); i++) {
		struct forged forged = writers[i];
		char rest[200];
		snprintf(rest, sizeof(rest),
			 "\"schema\":%d,\"edits\":[{\"table\":\"plan\",\"key\":%zu,\"insert\":"
			 "{\"code\":\"p%zu\"}}]",
			 RELEASED, i + 100, i);
		forged.rest = rest;
		publish_forged(forgery, &forged);
	}
	assert_int_equal(run_rounds(forgery->replica, forgery->drive).condition, SHARE_FINE);
	assert_done(upgrade_plan(&plan, forgery->replica, err));
	assert_int_equal(plan.schema, RELEASED);
	assert_int_equal(plan.newest, NEWEST);
	/* By their last operation, and never this machine. */
	assert_int_equal(plan.outdated.count, 3);
	assert_string_equal(plan.outdated.items[0].by, "CNE");
	assert_string_equal(plan.outdated.items[0].host, "pc-2");
	assert_string_equal(plan.outdated.items[0].program, "0.0.9");
	assert_string_equal(plan.outdated.items[0].at, "2023-11-17T20:42:07Z");
	assert_string_equal(plan.outdated.items[1].by, "IAEN");
	assert_string_equal(plan.outdated.items[2].program, "");
	upgrade_plan_release(&plan);
	/* Who wrote long ago is not waited for. */
	test_sql("replica.db", "UPDATE history SET at = '2023-08-18T20:42:07Z'");
	assert_done(upgrade_plan(&plan, forgery->replica, err));
	assert_int_equal(plan.outdated.count, 0);
	upgrade_plan_release(&plan);
}

int main(void)
{
#define FORGED(test) cmocka_unit_test_setup_teardown(test, forgery_make, forgery_remove)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_known_is_never_run),
		FORGED(a_migration_comes_once),
		FORGED(a_replica_that_was_upgraded_is_left_to_the_newer_program),
		FORGED(one_that_does_not_fit_changes_nothing),
		FORGED(those_who_become_readers_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
