/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/fault_vfs.h"
#include "store/upgrade_test.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/store/schema.h"

#define MIGRATIONS 2

/* A replica whose queue is not empty, and the two migrations that come in. */
struct scene {
	struct log_operation incoming[MIGRATIONS];
};

/* All that waits is in the history at once, as on a drive of one's own. */
static void confirm_first(struct store *replica)
{
	struct pending_operation first;
	struct log_head head = replica_head(replica);
	pending_operation_init(&first);
	assert_done(pending_first(replica, &first, err));
	assert_true(log_set_parent(first.text.data, first.text.length, &head.hash));
	assert_done(replica_confirm(replica, &head, first.text.data, first.text.length, err));
	pending_operation_release(&first);
}

static void commit_rest(struct store *replica, const struct group *group)
{
	struct operation *op = operation_new();
	operation_set_words(op, "de todo un poco");
	operation_change(op, "commitment", group->c1, "title", value_null(), value_text("Uno"));
	operation_delete(op, "meeting", group->meeting);
	commit_released(replica, op);
}

static int scene_make(void **state)
{
	static struct scene scene;
	if (folder_make(state) != 0)
		return -1;
	struct store *replica = released_replica("base.db");
	struct group group = released_group(replica);
	confirm_first(replica);
	commit_released_followup(replica, "espera");
	commit_rest(replica, &group);
	struct log_head head = replica_head(replica);
	for (int i = 0; i < MIGRATIONS; i++) {
		migration_text(RELEASED + i + 1, &head, &scene.incoming[i]);
		head = scene.incoming[i].at;
	}
	store_close(replica);
	*state = &scene;
	return 0;
}

static int scene_remove(void **state)
{
	struct scene *scene = *state;
	for (int i = 0; i < MIGRATIONS; i++)
		free((char *)(uintptr_t)scene->incoming[i].text);
	return folder_remove(state);
}

typedef enum rc action(struct scene *scene, struct store *replica, struct error *err);

static enum rc receive(struct scene *scene, struct store *replica, struct error *err)
{
	return replica_receive(replica, scene->incoming, MIGRATIONS, err);
}

/* The migrations wait then, before what does. */
static enum rc go_back(struct scene *scene, struct store *replica, struct error *err)
{
	(void)scene;
	return replica_rewind(replica, 1, err);
}

/* The structure with it. */
static char *all_of(struct store *replica)
{
	struct strbuf all;
	strbuf_init(&all);
	strbuf_addf(&all, "%" PRId64 " %s", schema_of_replica(replica),
		    replica_digest(replica).hex);
	char *queue = replica_value(
		replica, "SELECT group_concat(quote(number) || quote(text) || quote(parked) ||"
			 " (changes IS NULL)) FROM (SELECT * FROM pending ORDER BY number)");
	char *structure = replica_value(replica, "SELECT group_concat(sql) FROM"
						 " (SELECT sql FROM sqlite_schema ORDER BY name)");
	strbuf_adds(&all, queue);
	strbuf_adds(&all, structure);
	free(queue);
	free(structure);
	return strbuf_detach(&all);
}

struct trial {
	struct scene *scene;
	action *act;
	const char *base;
	char *before, *after;
};

/* All of it or nothing; and whichever it was, once more leads to the same. */
static void check(struct trial *trial, enum rc rc, const struct error *refusal)
{
	struct error none = {.text = ""};
	struct store *replica = replica_reopen("try.db");
	char *found = all_of(replica);
	bool is_after = strcmp(found, trial->after) == 0;
	assert_sound(replica);
	if (!is_after && strcmp(found, trial->before) != 0)
		fail_msg("half of it is there (%s)", refusal->text);
	if (rc == RC_OK && !is_after)
		fail_msg("done, and it is not there");
	if (rc != RC_OK)
		assert_true(refusal->text[0]);
	if (!is_after && trial->act(trial->scene, replica, &none) != RC_OK)
		fail_msg("it cannot go on: %s", none.text);
	free(found);
	found = all_of(replica);
	assert_string_equal(found, trial->after);
	free(found);
	store_close(replica);
}

static bool run_trial(struct trial *trial, int kind, int countdown)
{
	struct error refusal = {.text = ""};
	replica_copy_files(trial->base, "try.db");
	struct store *replica = replica_reopen_safely("try.db");
	if (kind < FAULT_KINDS)
		fault_arm_disk((enum fault)kind, countdown);
	else
		fault_arm_memory(countdown);
	enum rc rc = trial->act(trial->scene, replica, &refusal);
	store_close(replica);
	bool has_failed = fault_disarm();
	check(trial, rc, &refusal);
	return has_failed;
}

static void try_all(struct scene *scene, action *act, const char *base)
{
	struct trial trial = {.scene = scene, .act = act, .base = base};
	bool is_long = getenv("NUCLEO_SEEDS") != NULL;
	struct error refusal = {.text = ""};
	replica_copy_files(base, "try.db");
	struct store *replica = replica_reopen("try.db");
	trial.before = all_of(replica);
	if (act(scene, replica, &refusal) != RC_OK)
		fail_msg("%s", refusal.text);
	trial.after = all_of(replica);
	assert_sound(replica);
	store_close(replica);
	assert_string_not_equal(trial.before, trial.after);
	/* Thousands of allocations: a prime step meets all kinds. */
	for (int kind = 0; kind <= FAULT_KINDS; kind++) {
		int step = is_long ? 1 : kind < FAULT_KINDS ? 13 : 499, countdown = 1;
		while (run_trial(&trial, kind, countdown))
			countdown += step;
		assert_true(countdown > 1);
	}
	free(trial.before);
	free(trial.after);
}

static void migrations_come_in_whole_or_not(void **state)
{
	try_all(*state, receive, "base.db");
}

static void going_back_over_them_is_done_or_not(void **state)
{
	replica_copy_files("base.db", "newest.db");
	struct store *replica = replica_reopen("newest.db");
	assert_done(receive(*state, replica, err));
	store_close(replica);
	try_all(*state, go_back, "newest.db");
}

int main(void)
{
#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_make, scene_remove)
	const struct CMUnitTest tests[] = {
		SCENE(migrations_come_in_whole_or_not),
		SCENE(going_back_over_them_is_done_or_not),
	};
	fault_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
