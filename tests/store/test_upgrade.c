/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/upgrade_test.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/search.h"
#include "nucleo/store/upgrade.h"
#include "nucleo/sync/folder.h"

/* Two members with a replica each, and the folder they share: nobody has upgraded it yet. */
struct team {
	struct drive *drive;
	struct store *ours, *theirs;
	struct group group;
};

static int team_make(void **state)
{
	struct team *team = mem_alloc_zero(1, sizeof(*team));
	if (folder_make(state) != 0)
		return -1;
	char *log = folder_path("log");
	team->drive = folder_open(log);
	free(log);
	team->ours = released_replica("ours.db");
	team->theirs = released_replica("theirs.db");
	team->group = released_group(team->ours);
	commit_released_followup(team->ours, "de antes");
	assert_int_equal(run_rounds(team->ours, team->drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(team->theirs, team->drive).condition, SHARE_FINE);
	*state = team;
	return 0;
}

static int team_remove(void **state)
{
	struct team *team = *state;
	store_close(team->ours);
	store_close(team->theirs);
	folder_close(team->drive);
	free(team);
	return folder_remove(state);
}

static void exchange(struct team *team)
{
	assert_int_equal(run_rounds(team->ours, team->drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(team->theirs, team->drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(team->ours, team->drive).condition, SHARE_FINE);
}

/* Both have the newest schema, the same rows, nothing in a queue, and what the history says. */
static void assert_alike(struct team *team)
{
	struct store *const both[] = {team->ours, team->theirs};
	for (size_t i = 0; i < ARRAY_COUNT(both); i++) {
		assert_int_equal(schema_of_replica(both[i]), NEWEST);
		assert_int_equal(replica_counts(both[i]).waiting, 0);
		assert_int_equal(replica_counts(both[i]).parked, 0);
		assert_sound(both[i]);
	}
	assert_string_equal(replica_digest(team->ours).hex, replica_digest(team->theirs).hex);
}

static void assert_value(struct store *replica, const char *sql, const char *expected)
{
	char *value = replica_value(replica, sql);
	assert_string_equal(value, expected);
	free(value);
}

static const char migrations_in_history[] =
	"SELECT count(*) FROM history WHERE json_type(text, '$.migration') IS NOT NULL"
	" AND refused IS NULL";

/* ---- opening */

static enum rc open_usual(const char *name, struct error *err)
{
	struct store *store = NULL;
	char *path = folder_path(name);
	const struct store_options options = {.path = path, .today = test_today()};
	enum rc rc = replica_open(&options, &store, err);
	store_close(store);
	free(path);
	return rc;
}

static void it_is_not_used_before_it_is_upgraded(void **state)
{
	struct team *team = *state;
	struct error refusal = {0};
	assert_int_equal(open_usual("ours.db", &refusal), RC_REFUSED);
	assert_non_null(strstr(refusal.text, "nucleo upgrade"));
	assert_non_null(strstr(refusal.text, "ours.db"));
	struct operation *op = operation_new();
	add_row(op, "plan", "code", "paga3", NULL);
	assert_int_equal(operation_commit(op, team->ours, NULL, &refusal), RC_REFUSED);
	assert_non_null(strstr(refusal.text, "nucleo upgrade"));
	operation_free(op);
	assert_int_equal(replica_counts(team->ours).waiting, 0);
	upgrade(team->ours, team->drive);
	assert_done(open_usual("ours.db", err));
}

/* ---- the usual way */

static void the_group_goes_on_over_an_upgrade(void **state)
{
	struct team *team = *state;
	upgrade(team->ours, team->drive);
	assert_int_equal(schema_of_replica(team->theirs), RELEASED);
	assert_int_equal(run_rounds(team->theirs, team->drive).condition, SHARE_FINE);
	assert_alike(team);
	assert_value(team->theirs, "SELECT priority FROM followup", "1");
	assert_value(team->theirs, "SELECT group_concat(code) FROM plan", "paga2");
	struct operation *op = operation_new();
	operation_set_words(op, "tema");
	int64_t topic = add_row(op, "topic", "name", "datos", NULL);
	test_commit(team->theirs, op);
	commit_followup(team->ours, "de después");
	exchange(team);
	assert_alike(team);
	assert_true(topic > 0);
	assert_value(team->ours, "SELECT name FROM topic", "datos");
	assert_value(team->ours, migrations_in_history, "2");
	/* Once more there is nothing to do. */
	struct log_head head = replica_head(team->ours);
	upgrade(team->ours, team->drive);
	assert_int_equal(replica_head(team->ours).number, head.number);
}

/* Somebody new has all of it from the first operation on. */
static void the_history_leads_through_it(void **state)
{
	struct team *team = *state;
	upgrade(team->ours, team->drive);
	commit_followup(team->ours, "de después");
	exchange(team);
	store_close(team->theirs);
	replica_remove_files("theirs.db");
	team->theirs = released_replica("theirs.db");
	assert_int_equal(run_rounds(team->theirs, team->drive).condition, SHARE_FINE);
	assert_alike(team);
}

static void an_empty_group_is_upgraded_too(void **state)
{
	struct team *team = *state;
	char *log = folder_path("empty");
	struct drive *drive = folder_open(log);
	struct store *first = released_replica("first.db"), *second = released_replica("second.db");
	struct team empty = {.drive = drive, .ours = first, .theirs = second};
	(void)team;
	upgrade(first, drive);
	assert_int_equal(replica_head(first).number, 2);
	commit_followup(first, "la primera");
	exchange(&empty);
	assert_alike(&empty);
	assert_done(replica_rewind(second, 0, err));
	assert_int_equal(replica_counts(second).waiting, 3);
	assert_sound(second);
	exchange(&empty);
	assert_alike(&empty);
	store_close(first);
	store_close(second);
	folder_close(drive);
	free(log);
}

static bool count_hit(void *context, const void *hit)
{
	(void)hit;
	return ++*(int *)context > 0;
}

static int hits(struct search *search, const char *text)
{
	struct search_progress progress = {.is_ready = false};
	struct search_question question = {.text = text, .limit = 10};
	int count = 0;
	while (!progress.is_ready)
		assert_done(search_prepare(search, &progress, err));
	assert_done(search_run(search, &question, count_hit, &count, err));
	return count;
}

/* What a script changed is found too, though no edit says that it was. */
static void the_index_follows(void **state)
{
	struct team *team = *state;
	struct search *search = search_new(team->theirs);
	assert_int_equal(hits(search, "urgente"), 0);
	upgrade(team->ours, team->drive);
	assert_int_equal(run_rounds(team->theirs, team->drive).condition, SHARE_FINE);
	assert_int_equal(hits(search, "urgente"), 1);
	assert_int_equal(hits(search, "antes"), 1);
	search_free(search);
}

/* ---- what waits in a queue meanwhile */

static void change_title(struct store *replica, int64_t commitment, const char *title)
{
	struct operation *op = operation_new();
	operation_set_words(op, "título: %s", title);
	operation_change(op, "commitment", commitment, "title", value_null(), value_text(title));
	commit_released(replica, op);
}

static void what_waits_crosses_it(void **state)
{
	struct team *team = *state;
	struct operation *op = operation_new();
	operation_set_words(op, "se va");
	operation_delete(op, "meeting", team->group.meeting);
	commit_released(team->theirs, op);
	commit_released_followup(team->theirs, "espera");
	change_title(team->theirs, team->group.c1, "nuevo");
	upgrade(team->ours, team->drive);
	exchange(team);
	assert_alike(team);
	assert_value(team->ours, "SELECT title FROM commitment", "nuevo");
	assert_value(team->ours,
		     "SELECT group_concat(code || description) FROM"
		     " (SELECT * FROM followup ORDER BY code)",
		     "S-2023-001de antes (urgente),S-2023-002espera");
	/* As it was made, with the schema its author had, after the migrations. */
	assert_value(team->ours,
		     "SELECT json_extract(text, '$.schema') - (SELECT min(json_extract(text,"
		     " '$.schema')) FROM history) FROM history ORDER BY number DESC LIMIT 1",
		     "0");
}

/* Its own waiting operations are published before, on the structure they were made for. */
static void what_waits_here_goes_first(void **state)
{
	struct team *team = *state;
	commit_released_followup(team->ours, "espera");
	upgrade(team->ours, team->drive);
	exchange(team);
	assert_alike(team);
	assert_value(team->ours,
		     "SELECT json_type(text, '$.migration') FROM history"
		     " ORDER BY number DESC LIMIT 1",
		     "object");
}

static void a_conflict_over_it_is_parked(void **state)
{
	struct team *team = *state;
	change_title(team->theirs, team->group.c1, "suyo");
	change_title(team->ours, team->group.c1, "nuestro");
	upgrade(team->ours, team->drive);
	assert_int_equal(run_rounds(team->theirs, team->drive).condition, SHARE_FINE);
	assert_int_equal(replica_counts(team->theirs).parked, 1);
	assert_sound(team->theirs);
	assert_string_equal(replica_digest(team->ours).hex, replica_digest(team->theirs).hex);
}

/* ---- two at once */

/* A drive at which somebody else acts right before something is put there. */
struct race {
	struct drive drive; /* first: the seam's handle */
	struct drive *real;
	struct store *other;
};

static struct race *race_of(struct drive *drive)
{
	return (struct race *)(void *)drive;
}

static enum drive_result race_refresh(struct drive *drive, const char *folder, struct error *err)
{
	struct drive *real = race_of(drive)->real;
	return real->ops->refresh(real, folder, err);
}

static enum drive_result race_read(struct drive *drive, const char *name, size_t limit,
				   struct strbuf *out, struct error *err)
{
	struct drive *real = race_of(drive)->real;
	return real->ops->read(real, name, limit, out, err);
}

static enum drive_result race_put(struct drive *drive, const char *name, const char *bytes,
				  size_t length, struct error *err)
{
	struct race *race = race_of(drive);
	struct store *other = race->other;
	race->other = NULL;
	if (other)
		upgrade(other, race->real);
	return race->real->ops->put_if_absent(race->real, name, bytes, length, err);
}

static const struct drive_ops race_ops = {
	.refresh = race_refresh, .read = race_read, .put_if_absent = race_put};

static void of_two_at_once_one_does_it(void **state)
{
	struct team *team = *state;
	struct race race = {
		.drive = {.ops = &race_ops}, .real = team->drive, .other = team->theirs};
	upgrade(team->ours, &race.drive);
	exchange(team);
	assert_alike(team);
	assert_value(team->ours, migrations_in_history, "2");
}

/* ---- a drive that is away, and one that forgets */

static enum drive_result lose_put(struct drive *drive, const char *name, const char *bytes,
				  size_t length, struct error *err)
{
	(void)drive, (void)name, (void)bytes, (void)length;
	error_set(err, RC_BUSY, "nadie responde");
	return DRIVE_UNKNOWN;
}

static void nothing_of_it_is_queued(void **state)
{
	struct team *team = *state;
	static const struct drive_ops ops = {
		.refresh = race_refresh, .read = race_read, .put_if_absent = lose_put};
	struct race race = {.drive = {.ops = &ops}, .real = team->drive};
	struct error refusal = {0};
	struct log_head head = replica_head(team->ours);
	assert_int_equal(try_upgrade(team->ours, &race.drive, &refusal), RC_BUSY);
	assert_true(refusal.text[0]);
	assert_int_equal(replica_counts(team->ours).waiting, 0);
	assert_int_equal(replica_head(team->ours).number, head.number);
	assert_int_equal(schema_of_replica(team->ours), RELEASED);
	assert_sound(team->ours);
	upgrade(team->ours, team->drive);
}

/* The two migrations and what followed. */
enum { LOST = 3 };

static void lose_after(int64_t number)
{
	for (int64_t lost = number + 1; lost <= number + LOST; lost++) {
		char name[64];
		snprintf(name, sizeof(name), "log/00000/%012" PRId64 ".json", lost);
		char *path = folder_path(name);
		assert_int_equal(unlink(path), 0);
		free(path);
	}
}

/* We upgrade, and do something more; gives the last operation before that. */
static int64_t upgrade_and_go_on(struct team *team)
{
	int64_t before = replica_head(team->ours).number;
	upgrade(team->ours, team->drive);
	commit_followup(team->ours, "nuestra");
	assert_int_equal(run_rounds(team->ours, team->drive).condition, SHARE_FINE);
	return before;
}

/* The server lost the upgrade and what we did after it; others upgraded it again. */
static void whose_migration_waits_finds_it_done(void **state)
{
	struct team *team = *state;
	int64_t before = upgrade_and_go_on(team);
	lose_after(before);
	commit_released_followup(team->theirs, "suya");
	upgrade(team->theirs, team->drive);
	exchange(team);
	assert_alike(team);
	assert_value(team->ours, migrations_in_history, "2");
	assert_value(team->theirs,
		     "SELECT group_concat(description) FROM (SELECT * FROM followup ORDER BY code)",
		     "de antes (urgente),suya (urgente),nuestra");
}

/* The same, and nobody has: what a person agreed to here is published again. */
static void a_lost_migration_is_published_again(void **state)
{
	struct team *team = *state;
	int64_t before = upgrade_and_go_on(team);
	lose_after(before);
	commit_released_followup(team->theirs, "suya");
	assert_int_equal(run_rounds(team->theirs, team->drive).condition, SHARE_FINE);
	exchange(team);
	assert_alike(team);
	assert_value(team->ours, migrations_in_history, "2");
}

/* While one waits, others come in: it is run again after each. */
static void a_migration_that_waits_is_taken_back(void **state)
{
	struct team *team = *state;
	int64_t before = upgrade_and_go_on(team);
	assert_done(replica_rewind(team->ours, before, err));
	assert_int_equal(replica_counts(team->ours).waiting, LOST);
	assert_int_equal(schema_of_replica(team->ours), NEWEST);
	assert_sound(team->ours);
	assert_int_equal(schema_of_replica(team->ours), NEWEST);
	lose_after(before);
	commit_released_followup(team->theirs, "suya");
	assert_int_equal(run_rounds(team->theirs, team->drive).condition, SHARE_FINE);
	exchange(team);
	assert_alike(team);
}

/* ---- data that does not fit */

static void add_plan(struct store *replica, const char *code, bool with_commitment)
{
	struct operation *op = operation_new();
	operation_set_words(op, "plan %s", code);
	int64_t plan = add_row(op, "plan", "code", code, NULL);
	if (with_commitment) {
		add_row(op, "commitment", "code", "C9", "sort", "x", NULL);
		operation_field(op, "plan", value_key(plan));
	}
	commit_released(replica, op);
}

/* The first script does, the second does not: by a rule of a table, or of a reference. */
static void what_does_not_fit_is_not_published(void **state)
{
	struct team *team = *state;
	struct error refusal = {0};
	add_plan(team->ours, "sobra", true);
	assert_int_equal(try_upgrade(team->ours, team->drive, &refusal), RC_REFUSED);
	assert_non_null(strstr(refusal.text, "commitment"));
	assert_int_equal(schema_of_replica(team->ours), RELEASED + 1);
	int64_t head = replica_head(team->ours).number;
	assert_int_equal(try_upgrade(team->ours, team->drive, &refusal), RC_REFUSED);
	assert_int_equal(replica_head(team->ours).number, head);
	assert_sound(team->ours);
	assert_int_equal(run_rounds(team->theirs, team->drive).condition, SHARE_FINE);
	assert_string_equal(replica_digest(team->ours).hex, replica_digest(team->theirs).hex);
}

int main(void)
{
#define TEAM(test) cmocka_unit_test_setup_teardown(test, team_make, team_remove)
	const struct CMUnitTest tests[] = {
		TEAM(it_is_not_used_before_it_is_upgraded),
		TEAM(the_group_goes_on_over_an_upgrade),
		TEAM(the_history_leads_through_it),
		TEAM(an_empty_group_is_upgraded_too),
		TEAM(the_index_follows),
		TEAM(what_waits_crosses_it),
		TEAM(what_waits_here_goes_first),
		TEAM(a_conflict_over_it_is_parked),
		TEAM(of_two_at_once_one_does_it),
		TEAM(nothing_of_it_is_queued),
		TEAM(whose_migration_waits_finds_it_done),
		TEAM(a_lost_migration_is_published_again),
		TEAM(a_migration_that_waits_is_taken_back),
		TEAM(what_does_not_fit_is_not_published),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
