/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/fault_vfs.h"
#include "store/replica_test.h"
#include "sync/memory_drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INCOMING 3

/*
 * A replica with a history of three operations and three that wait, one on the row of another;
 * three more come in: one whose code is taken, one that conflicts with what waits, one that the
 * rules refuse.
 */
struct scene {
	struct group group;
	char *texts[INCOMING];
	struct log_operation incoming[INCOMING];
	struct memory_drive *drive;
};

/* All that waits is in the history at once, as on a drive of one's own. */
static void confirm_all(struct store *replica)
{
	struct pending_operation first;
	pending_operation_init(&first);
	for (;;) {
		struct log_head head = replica_head(replica);
		assert_done(pending_first(replica, &first, err));
		if (!first.number)
			break;
		assert_true(log_set_parent(first.text.data, first.text.length, &head.hash));
		assert_done(replica_confirm(replica, &head, first.text.data, first.text.length,
					    err));
	}
	pending_operation_release(&first);
}

static void change_title(struct store *replica, int64_t commitment, const char *title)
{
	struct operation *op = operation_new();
	operation_set_words(op, "título: %s", title);
	operation_change(op, "commitment", commitment, "title", value_null(), value_text(title));
	test_commit(replica, op);
}

static void add_incoming(struct scene *scene, size_t which, struct log_head *head)
{
	struct log_operation *operation = &scene->incoming[which];
	const char *text = scene->texts[which];
	operation->text = text;
	operation->length = strlen(text);
	operation->at.number = head->number + 1;
	operation->at.hash = digest_of(text, operation->length);
	memcpy(operation->id.hex, text + strlen("{\"op\":\""), sizeof(operation->id.hex) - 1);
	*head = operation->at;
}

static char *refused_text(const struct log_head *head)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text,
		    "{\"op\":\"%032x\",\"parent\":\"%s\",\"at\":\"2023-11-17T20:42:07Z\","
		    "\"by\":\"FCD\",\"host\":\"h\",\"program\":\"1.0\",\"schema\":1,"
		    "\"words\":\"w\",\"undoes\":null,\"edits\":[{\"table\":\"plan\",\"key\":7,"
		    "\"set\":{\"title\":\"x\"},\"was\":{\"title\":\"y\"}}]}",
		    7u, head->hash.hex);
	return strbuf_detach(&text);
}

static void make_incoming(struct scene *scene, struct store *theirs)
{
	struct log_head head = replica_head(theirs), at = head;
	commit_followup(theirs, "de otros");
	change_title(theirs, scene->group.c1, "de otros");
	confirm_all(theirs);
	for (size_t i = 0; i < INCOMING - 1; i++) {
		struct strbuf text;
		strbuf_init(&text);
		assert_done(replica_operation(theirs, head.number + 1, &at, &text, err));
		scene->texts[i] = strbuf_detach(&text);
		add_incoming(scene, i, &head);
	}
	scene->texts[INCOMING - 1] = refused_text(&head);
	add_incoming(scene, INCOMING - 1, &head);
}

/* A deletion and a row of a row that waits. */
static void commit_rest(struct store *ours, const struct group *group)
{
	char *key = replica_value(ours, "SELECT key FROM followup ORDER BY code DESC LIMIT 1");
	struct operation *op = operation_new();
	operation_set_words(op, "nota, y un punto menos");
	add_row(op, "followup_note", "text", "nota", NULL);
	operation_field(op, "followup", value_key(strtoll(key, NULL, 10)));
	operation_delete(op, "agenda_item", group->item2a);
	test_commit(ours, op);
	free(key);
}

static void fill_drive(struct scene *scene, struct store *theirs)
{
	struct error refusal;
	struct log_head head = log_head_none(), at;
	scene->drive = memory_drive_new();
	for (int64_t number = 1; number <= 3 + INCOMING; number++) {
		struct strbuf text;
		strbuf_init(&text);
		if (number <= 3)
			assert_done(replica_operation(theirs, number, &at, &text, err));
		else
			strbuf_adds(&text, scene->texts[number - 4]);
		assert_int_equal(log_append(memory_drive_drive(scene->drive), &head, text.data,
					    text.length, &refusal),
				 LOG_DONE);
		head.number++;
		head.hash = digest_of(text.data, text.length);
		strbuf_release(&text);
	}
}

static int scene_make(void **state)
{
	static struct scene scene;
	if (folder_make(state) != 0)
		return -1;
	store_close(test_replica("theirs.db"));
	struct store *theirs = replica_reopen("theirs.db");
	scene.group = test_group(theirs);
	commit_followup(theirs, "base");
	change_title(theirs, scene.group.c2, "base");
	confirm_all(theirs);
	replica_copy_files("theirs.db", "base.db");
	make_incoming(&scene, theirs);
	fill_drive(&scene, theirs);
	store_close(theirs);
	struct store *ours = replica_reopen("base.db");
	commit_followup(ours, "nuestro");
	change_title(ours, scene.group.c1, "nuestro");
	commit_rest(ours, &scene.group);
	store_close(ours);
	*state = &scene;
	return 0;
}

static int scene_remove(void **state)
{
	struct scene *scene = *state;
	for (size_t i = 0; i < INCOMING; i++)
		free(scene->texts[i]);
	memory_drive_free(scene->drive);
	return folder_remove(state);
}

/* ---- what is done while something fails */

typedef enum rc action(struct scene *scene, struct store *replica, struct error *err);

static enum rc commit(struct scene *scene, struct store *replica, struct error *err)
{
	struct operation *op = operation_new();
	operation_set_words(op, "de todo un poco");
	add_row(op, "followup", "code", "S-2023-?", "description", "nueva", "kind", "task",
		"status", "open", NULL);
	operation_change(op, "commitment", scene->group.c3, "axis", value_null(),
			 value_text("eje"));
	operation_delete(op, "entry", scene->group.entry);
	enum rc rc = operation_commit(op, replica, NULL, err);
	operation_free(op);
	return rc;
}

static enum rc receive(struct scene *scene, struct store *replica, struct error *err)
{
	return replica_receive(replica, scene->incoming, INCOMING, err);
}

static enum rc confirm(struct scene *scene, struct store *replica, struct error *err)
{
	struct pending_operation first;
	struct log_head head = {0};
	(void)scene;
	pending_operation_init(&first);
	enum rc rc = replica_operation(replica, 3, &head, &first.text, err);
	if (rc == RC_OK)
		rc = pending_first(replica, &first, err);
	if (rc == RC_OK) {
		assert_true(log_set_parent(first.text.data, first.text.length, &head.hash));
		rc = replica_confirm(replica, &head, first.text.data, first.text.length, err);
	}
	pending_operation_release(&first);
	return rc;
}

static enum rc go_back(struct scene *scene, struct store *replica, struct error *err)
{
	(void)scene;
	return replica_rewind(replica, 1, err);
}

static enum rc park(struct scene *scene, struct store *replica, struct error *err)
{
	(void)scene;
	return replica_park(replica, 2, "a ver", err);
}

static enum rc round_of(struct scene *scene, struct store *replica, struct error *err)
{
	struct share_report report = {0};
	const struct share_round round = {.replica = replica,
					  .drive = memory_drive_drive(scene->drive),
					  .check_head = true};
	enum rc rc = share_run(&round, &report, err);
	/* Nothing is wrong with this drive. */
	if (rc == RC_OK && report.condition != SHARE_FINE)
		fail_msg("%s", report.reason);
	return rc;
}

/* ---- what is found afterwards */

static char *all_of(struct store *replica)
{
	struct strbuf all;
	strbuf_init(&all);
	strbuf_adds(&all, replica_digest(replica).hex);
	char *queue = replica_value(
		replica, "SELECT group_concat(quote(number) || quote(text) || quote(parked) ||"
			 " (changes IS NULL)) FROM (SELECT * FROM pending ORDER BY number)");
	strbuf_adds(&all, queue);
	free(queue);
	return strbuf_detach(&all);
}

/* What the action makes of the base when nothing fails. */
static char *after_of(struct scene *scene, action *act)
{
	struct error refusal;
	replica_copy_files("base.db", "try.db");
	struct store *replica = replica_reopen("try.db");
	if (act(scene, replica, &refusal) != RC_OK)
		fail_msg("%s", refusal.text);
	char *after = all_of(replica);
	assert_sound(replica);
	store_close(replica);
	return after;
}

struct trial {
	struct scene *scene;
	action *act;
	bool is_random; /* what it does is not the same each time: a commit has an id of its own */
	bool has_steps; /* it is several transactions, each of which may be the last */
	char *before, *after;
	size_t files; /* of the drive */
};

/* All of it or nothing; and whichever it was, once more leads to the same. */
static void check(struct trial *trial, enum rc rc, const struct error *refusal)
{
	struct error none = {.text = ""};
	struct store *replica = replica_reopen("try.db");
	char *found = all_of(replica);
	assert_intact(replica);
	bool is_before = strcmp(found, trial->before) == 0;
	bool is_after = trial->is_random ? replica_counts(replica).waiting == 4
					 : strcmp(found, trial->after) == 0;
	if (!is_before && !is_after && !trial->has_steps)
		fail_msg("half of it is there (%s)", refusal->text);
	/* The base is sound, and so is what the action makes of it. */
	if (!is_before && (!is_after || trial->is_random))
		assert_sound(replica);
	if (rc == RC_OK && !is_after)
		fail_msg("done, and it is not there");
	if (rc != RC_OK)
		assert_true(refusal->text[0]);
	if (!is_after && trial->act(trial->scene, replica, &none) != RC_OK)
		fail_msg("it cannot go on: %s", none.text);
	free(found);
	found = all_of(replica);
	if (!trial->is_random)
		assert_string_equal(found, trial->after);
	free(found);
	store_close(replica);
}

static bool run_trial(struct trial *trial, void (*arm)(int kind, int countdown), int kind,
		      int countdown)
{
	struct error refusal = {.text = ""};
	replica_copy_files("base.db", "try.db");
	memory_drive_cut(trial->scene->drive, trial->files);
	struct store *replica = replica_reopen_safely("try.db");
	arm(kind, countdown);
	enum rc rc = trial->act(trial->scene, replica, &refusal);
	/* Half of the time the program goes on with what it has open. */
	bool has_failed = countdown % 2 ? false : fault_disarm();
	store_close(replica);
	has_failed |= fault_disarm();
	check(trial, rc, &refusal);
	return has_failed;
}

static void arm_disk(int kind, int countdown)
{
	fault_arm_disk((enum fault)kind, countdown);
}

static void arm_memory(int kind, int countdown)
{
	(void)kind;
	fault_arm_memory(countdown);
}

/* NUCLEO_SEEDS: every call of each kind, else some. */
static bool is_long(void)
{
	return getenv("NUCLEO_SEEDS") != NULL;
}

static int try_each(struct trial *trial, void (*arm)(int kind, int countdown), int kind, int step)
{
	int count = 0;
	for (int countdown = 1; run_trial(trial, arm, kind, countdown); countdown += step)
		count++;
	return count;
}

static void try_all(struct scene *scene, action *act, bool is_random, bool has_steps)
{
	struct trial trial = {.scene = scene, .act = act, .is_random = is_random,
			      .has_steps = has_steps};
	trial.files = memory_drive_count(scene->drive);
	struct store *replica = replica_reopen("base.db");
	trial.before = all_of(replica);
	store_close(replica);
	trial.after = after_of(scene, act);
	int trials = 0;
	for (int kind = 0; kind < FAULT_KINDS; kind++)
		trials += try_each(&trial, arm_disk, kind, is_long() ? 1 : 13);
	/* Thousands of allocations prepare the statements; a prime step meets all kinds. */
	trials += try_each(&trial, arm_memory, 0, is_long() ? 1 : 199);
	assert_true(trials >= FAULT_KINDS);
	print_message("%d faults\n", trials);
	memory_drive_cut(scene->drive, trial.files);
	free(trial.before);
	free(trial.after);
}

static void a_commit_is_queued_or_not(void **state)
{
	try_all(*state, commit, true, false);
}

static void a_commit_waits_for_the_disk(void **state)
{
	struct error refusal;
	replica_copy_files("base.db", "try.db");
	struct store *replica = replica_reopen_safely("try.db");
	unsigned before = fault_syncs();
	assert_int_equal(commit(*state, replica, &refusal), RC_OK);
	assert_true(fault_syncs() > before);
	store_close(replica);
}

static void what_comes_in_is_applied_or_not(void **state)
{
	try_all(*state, receive, false, false);
}

static void what_was_published_is_confirmed_or_not(void **state)
{
	try_all(*state, confirm, false, false);
}

static void going_back_is_done_or_not(void **state)
{
	try_all(*state, go_back, false, false);
}

static void an_operation_is_parked_or_not(void **state)
{
	try_all(*state, park, false, false);
}

static void a_round_goes_on_where_it_failed(void **state)
{
	try_all(*state, round_of, false, true);
}

static bool create_with_fault(void (*arm)(int kind, int countdown), int kind, int countdown)
{
	const struct random_id uuid = {"0123456789abcdef0123456789abcdef"};
	struct error refusal = {.text = ""};
	char *path = folder_path("made.db");
	int files = files_in_folder();
	arm(kind, countdown);
	enum rc rc = replica_create(path, &uuid, 0, &refusal);
	bool has_failed = fault_disarm();
	if (rc == RC_OK) {
		struct store *made = replica_reopen("made.db");
		assert_sound(made);
		assert_int_equal(replica_counts(made).waiting, 0);
		store_close(made);
		replica_remove_files("made.db");
	}
	if (files_in_folder() != files)
		fail_msg("something half-made was left: %s", refusal.text);
	free(path);
	return has_failed;
}

static void a_replica_is_made_or_not(void **state)
{
	(void)state;
	for (int kind = 0; kind < FAULT_KINDS; kind++) {
		int countdown = 1, step = is_long() ? 1 : 13;
		while (create_with_fault(arm_disk, kind, countdown))
			countdown += step;
		assert_true(countdown > 10);
	}
	int countdown = 1, step = is_long() ? 1 : 199;
	while (create_with_fault(arm_memory, 0, countdown))
		countdown += step;
	assert_true(countdown > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_commit_is_queued_or_not),
		cmocka_unit_test(a_commit_waits_for_the_disk),
		cmocka_unit_test(what_comes_in_is_applied_or_not),
		cmocka_unit_test(what_was_published_is_confirmed_or_not),
		cmocka_unit_test(going_back_is_done_or_not),
		cmocka_unit_test(an_operation_is_parked_or_not),
		cmocka_unit_test(a_round_goes_on_where_it_failed),
		cmocka_unit_test(a_replica_is_made_or_not),
	};
	fault_install();
	return cmocka_run_group_tests(tests, scene_make, scene_remove);
}
