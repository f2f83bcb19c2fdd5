/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue of a damaged replica: into another one, wherever that ends and whatever can be read. */
#include "store/fault_vfs.h"
#include "store/replica_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/rescue.h"
#include "nucleo/sync/folder.h"

enum { QUEUED = 6, PARKED = 4 };

/* A replica with some operations queued, one of them parked, and an empty one of the same log. */
struct scene {
	struct share_place place;
	struct random_id uuid;
	char name[64], note[64];
	char *ids[QUEUED];
	struct digest tables;
};

static void make_empty(const struct scene *scene)
{
	char *path = folder_path("empty.db");
	assert_done(replica_create(path, &scene->uuid, 0, err));
	store_close(replica_reopen("empty.db"));
	free(path);
}

static void note_ids(struct scene *scene, struct store *replica)
{
	for (int i = 0; i < QUEUED; i++) {
		char sql[80];
		snprintf(sql, sizeof(sql), "SELECT op FROM pending WHERE number = %d", i + 1);
		scene->ids[i] = replica_value(replica, sql);
	}
}

static int scene_make(void **state)
{
	struct scene *scene = mem_alloc_zero(1, sizeof(*scene));
	if (folder_make(state) != 0)
		return -1;
	scene->uuid = random_id_new();
	scene->place.folder = folder_path("");
	snprintf(scene->name, sizeof(scene->name), "%s.db", scene->uuid.hex);
	snprintf(scene->note, sizeof(scene->note), "%s.rescue", scene->uuid.hex);
	make_empty(scene);
	replica_copy_files("empty.db", scene->name);
	struct store *replica = replica_reopen(scene->name);
	for (int i = 0; i < QUEUED; i++) {
		char what[32];
		snprintf(what, sizeof(what), "Cosa %d", i + 1);
		commit_followup(replica, what);
	}
	assert_done(replica_park(replica, PARKED, "otra persona cambió lo mismo", err));
	note_ids(scene, replica);
	scene->tables = replica_tables_digest(replica);
	store_close(replica);
	*state = scene;
	return 0;
}

static int scene_remove(void **state)
{
	struct scene *scene = *state;
	for (int i = 0; i < QUEUED; i++)
		free(scene->ids[i]);
	share_place_release(&scene->place);
	free(scene);
	return folder_remove(state);
}

#define IN_A_SCENE(test) cmocka_unit_test_setup_teardown(test, scene_make, scene_remove)

static void assert_none_is_lost(const struct scene *scene, struct store *replica)
{
	for (int i = 0; i < QUEUED; i++)
		assert_int_equal(queue_count(replica, scene->ids[i]), 1);
	assert_int_equal(replica_counts(replica).waiting, QUEUED - 1);
	assert_int_equal(replica_counts(replica).parked, 1);
	assert_string_equal(replica_tables_digest(replica).hex, scene->tables.hex);
	assert_sound(replica);
}

/* As a worker does that finds the note, or none. */
static struct rescue_report finish(const struct scene *scene)
{
	struct rescue_report report;
	char *path = folder_path(scene->name);
	assert_done(rescue_resume(&scene->place, &scene->uuid, err));
	if (access(path, F_OK) != 0)
		replica_copy_files("empty.db", scene->name);
	struct store *replica = replica_reopen(scene->name);
	assert_done(rescue_queue(&scene->place, &scene->uuid, replica, &report, err));
	store_close(replica);
	free(path);
	return report;
}

static void all_of_the_queue_moves(void **state)
{
	const struct scene *scene = *state;
	assert_done(rescue_set_aside(&scene->place, &scene->uuid, err));
	struct rescue_report report = finish(scene), again;
	assert_int_equal(report.waiting, QUEUED - 1);
	assert_int_equal(report.parked, 1);
	assert_int_equal(report.lost, 0);
	assert_false(report.is_partial);
	assert_non_null(report.aside);
	assert_int_equal(access(report.aside, F_OK), 0);
	struct store *replica = replica_reopen(scene->name);
	assert_none_is_lost(scene, replica);
	char *reason = replica_value(replica, "SELECT parked FROM pending WHERE parked NOTNULL");
	assert_string_equal(reason, "otra persona cambió lo mismo");
	store_close(replica);
	/* It is done once. */
	again = finish(scene);
	assert_null(again.aside);
	free(reason);
	rescue_report_release(&report);
}

static void put_note(const struct scene *scene, const char *text)
{
	char *path = folder_path(scene->note);
	assert_done(file_replace(path, text, strlen(text), err));
	free(path);
}

static void rename_part(const struct scene *scene, const char *aside, const char *end)
{
	struct strbuf from, to;
	strbuf_init(&from);
	strbuf_init(&to);
	strbuf_addf(&from, "%s%s%s", scene->place.folder, scene->name, end);
	strbuf_addf(&to, "%s%s%s", scene->place.folder, aside, end);
	assert_int_equal(rename(from.data, to.data), 0);
	strbuf_release(&from);
	strbuf_release(&to);
}

/* The note alone; the file without its log; all of it; another replica; what was queued in it, but
 * the note still there. */
static void a_crash_anywhere_loses_and_doubles_nothing(void **state)
{
	const struct scene *scene = *state;
	struct strbuf aside;
	strbuf_init(&aside);
	replica_copy_files(scene->name, "kept.db");
	for (int stop = 0; stop < 5; stop++) {
		struct rescue_report report = {0};
		strbuf_reset(&aside);
		strbuf_addf(&aside, "%s.%d", scene->name, stop);
		replica_copy_files("kept.db", scene->name);
		put_note(scene, aside.data);
		if (stop >= 1)
			rename_part(scene, aside.data, "");
		if (stop >= 2)
			rename_part(scene, aside.data, "-wal");
		if (stop >= 3)
			replica_copy_files("empty.db", scene->name);
		if (stop >= 4) {
			report = finish(scene);
			rescue_report_release(&report);
			put_note(scene, aside.data);
		}
		report = finish(scene);
		rescue_report_release(&report);
		struct store *replica = replica_reopen(scene->name);
		assert_none_is_lost(scene, replica);
		store_close(replica);
		char *note = folder_path(scene->note);
		assert_int_not_equal(access(note, F_OK), 0);
		free(note);
	}
	strbuf_release(&aside);
}

/* What a person throws away after that does not come back with a note that a crash left. */
static void what_was_rescued_once_is_not_again(void **state)
{
	const struct scene *scene = *state;
	assert_done(rescue_set_aside(&scene->place, &scene->uuid, err));
	struct rescue_report report = finish(scene);
	struct store *replica = replica_reopen(scene->name);
	assert_done(store_run_sql(replica, "DELETE FROM pending WHERE parked NOTNULL", err));
	store_close(replica);
	put_note(scene, strrchr(report.aside, '/') + 1);
	rescue_report_release(&report);
	report = finish(scene);
	replica = replica_reopen(scene->name);
	assert_int_equal(replica_counts(replica).parked, 0);
	store_close(replica);
	rescue_report_release(&report);
}

static void what_the_group_has_is_not_queued(void **state)
{
	const struct scene *scene = *state;
	char *log = folder_path("log");
	struct drive *drive = folder_open(log);
	replica_copy_files(scene->name, "before.db");
	struct store *replica = replica_reopen(scene->name);
	assert_int_equal(run_rounds(replica, drive).condition, SHARE_FINE);
	store_close(replica);
	/* The damaged one had not heard of it. */
	replica_copy_files("before.db", scene->name);
	assert_done(rescue_set_aside(&scene->place, &scene->uuid, err));
	replica_copy_files("empty.db", scene->name);
	replica = replica_reopen(scene->name);
	assert_int_equal(run_rounds(replica, drive).condition, SHARE_FINE);
	store_close(replica);
	struct rescue_report report = finish(scene);
	assert_int_equal(report.waiting, 0);
	assert_int_equal(report.parked, 1);
	replica = replica_reopen(scene->name);
	for (int i = 0; i < QUEUED; i++)
		assert_int_equal(history_count(replica, scene->ids[i]) +
					 queue_count(replica, scene->ids[i]),
				 1);
	assert_sound(replica);
	store_close(replica);
	rescue_report_release(&report);
	folder_close(drive);
	free(log);
}

/* ---- damage */

static void into_one_file(const char *name)
{
	test_sql(name, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/* Each page in its turn, at its beginning and in its middle. Whatever is queued after is what was
 * written, or waits for a person; what is not is told. */
static void damage_page(const struct scene *scene, long page, long at)
{
	struct rescue_report report;
	char bytes[64];
	replica_copy_files("whole.db", scene->name);
	char *path = folder_path(scene->name);
	FILE *file = fopen(path, "r+b");
	memset(bytes, 0xff, sizeof(bytes));
	assert_int_equal(fseek(file, (page - 1) * 4096 + at, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, 1, sizeof(bytes), file), sizeof(bytes));
	assert_int_equal(fclose(file), 0);
	free(path);
	assert_done(rescue_set_aside(&scene->place, &scene->uuid, err));
	report = finish(scene);
	struct store *replica = replica_reopen(scene->name);
	int64_t kept = 0;
	for (int i = 0; i < QUEUED; i++)
		kept += queue_count(replica, scene->ids[i]);
	if (kept < QUEUED && !report.lost && !report.is_partial)
		fail_msg("page %ld at %ld: %d of %d, and nothing is said", page, at, (int)kept,
			 QUEUED);
	assert_sound(replica);
	char *odd = replica_value(replica, "SELECT count(*) FROM pending WHERE parked IS NULL AND"
					   " NOT json_extract(template, '$.words') GLOB"
					   " 'nueva: Cosa [1-6]'");
	assert_string_equal(odd, "0");
	free(odd);
	store_close(replica);
	remove(report.aside);
	rescue_report_release(&report);
}

static void whatever_page_is_damaged(void **state)
{
	const struct scene *scene = *state;
	into_one_file(scene->name);
	replica_copy_files(scene->name, "whole.db");
	char *first = test_query("whole.db", "SELECT rootpage FROM sqlite_schema"
					     " WHERE name = 'pending'");
	char *count = test_query("whole.db", "PRAGMA page_count");
	const long at[] = {0, 2000, 4000};
	for (size_t i = 0; i < ARRAY_COUNT(at); i++) {
		damage_page(scene, 1, at[i]);
		for (long page = strtol(first, NULL, 10); page <= strtol(count, NULL, 10); page++)
			damage_page(scene, page, at[i]);
	}
	free(first);
	free(count);
}

/* SQLite does not see a byte that changed within a text. */
static void what_may_have_changed_waits_for_a_person(void **state)
{
	static const char *const changes[] = {
		("UPDATE pending SET template = replace(template, 'Cosa 2', 'Cosa 8')"
		" WHERE number = 2"),
		"UPDATE pending SET text = replace(text, 'Cosa 3', 'Cosb 3') WHERE number = 3",
		"UPDATE pending SET template = substr(template, 1, 100) WHERE number = 5",
		"UPDATE pending SET op = 'x' || substr(op, 2) WHERE number = 6",
	};
	const struct scene *scene = *state;
	for (size_t i = 0; i < ARRAY_COUNT(changes); i++)
		test_sql(scene->name, changes[i]);
	assert_done(rescue_set_aside(&scene->place, &scene->uuid, err));
	struct rescue_report report = finish(scene);
	assert_int_equal(report.waiting, 1);
	assert_int_equal(report.parked, 3);
	assert_int_equal(report.lost, 2);
	struct store *replica = replica_reopen(scene->name);
	char *waiting = replica_value(replica, "SELECT number FROM pending WHERE parked IS NULL");
	assert_string_equal(waiting, "1");
	assert_sound(replica);
	store_close(replica);
	free(waiting);
	rescue_report_release(&report);
}

/* The first hundred bytes, which say what the file is: without them SQLite opens nothing. */
static void a_beginning_that_is_lost_is_made_again(void **state)
{
	const struct scene *scene = *state;
	replica_copy_files(scene->name, "kept.db");
	for (int i = 0; i < 2; i++) {
		char bytes[100];
		memset(bytes, i ? 0 : 'x', sizeof(bytes));
		replica_copy_files("kept.db", scene->name);
		/* With what is still in the log of the file, and without. */
		if (i)
			into_one_file(scene->name);
		char *path = folder_path(scene->name);
		FILE *file = fopen(path, "r+b");
		assert_int_equal(fwrite(bytes, 1, sizeof(bytes), file), sizeof(bytes));
		assert_int_equal(fclose(file), 0);
		free(path);
		assert_done(rescue_set_aside(&scene->place, &scene->uuid, err));
		struct rescue_report report = finish(scene);
		struct store *replica = replica_reopen(scene->name);
		assert_none_is_lost(scene, replica);
		store_close(replica);
		assert_false(report.is_partial);
		rescue_report_release(&report);
	}
}

static void what_is_no_database_gives_nothing(void **state)
{
	static const char *const files[] = {"", "x", "SQLite format 3"};
	const struct scene *scene = *state;
	char *path = folder_path(scene->name);
	for (size_t i = 0; i < ARRAY_COUNT(files); i++) {
		replica_remove_files(scene->name);
		assert_done(file_replace(path, files[i], strlen(files[i]), err));
		assert_done(rescue_set_aside(&scene->place, &scene->uuid, err));
		struct rescue_report report = finish(scene);
		assert_int_equal(report.waiting + report.parked, 0);
		assert_true(report.is_partial);
		assert_int_equal(access(report.aside, F_OK), 0);
		rescue_report_release(&report);
	}
	free(path);
}

static void a_note_leads_nowhere_else(void **state)
{
	static const char *const notes[] = {"", "\n", "../x", "/etc/passwd", "otro.db"};
	const struct scene *scene = *state;
	struct strbuf outside;
	strbuf_init(&outside);
	strbuf_addf(&outside, "%s/../x", scene->uuid.hex);
	for (size_t i = 0; i <= ARRAY_COUNT(notes); i++) {
		put_note(scene, i < ARRAY_COUNT(notes) ? notes[i] : outside.data);
		struct rescue_report report = finish(scene);
		assert_null(report.aside);
		struct store *replica = replica_reopen(scene->name);
		assert_none_is_lost(scene, replica);
		store_close(replica);
	}
	strbuf_release(&outside);
}

/* ---- a disk and a memory that fail */

static void a_fault_anywhere_is_made_good_by_the_next_try(void **state)
{
	const struct scene *scene = *state;
	bool was_hit = true;
	assert_done(rescue_set_aside(&scene->place, &scene->uuid, err));
	replica_copy_files("empty.db", scene->name);
	char *note = folder_path(scene->note);
	char *aside = NULL;
	{
		struct strbuf text;
		strbuf_init(&text);
		assert_done(file_read(note, 200, &text, err));
		aside = strbuf_detach(&text);
	}
	for (int n = 1; was_hit; n++) {
		struct rescue_report report;
		struct error failure;
		replica_copy_files("empty.db", scene->name);
		put_note(scene, aside);
		struct store *replica = replica_reopen_safely(scene->name);
		fault_arm_disk(n % 2 ? FAULT_DEAD : FAULT_TORN, n);
		enum rc rc = rescue_queue(&scene->place, &scene->uuid, replica, &report, &failure);
		was_hit = fault_disarm();
		rescue_report_release(&report);
		store_close(replica);
		if (rc == RC_OK && access(note, F_OK) == 0)
			fail_msg("call %d: done, and the note is still there", n);
		report = finish(scene);
		rescue_report_release(&report);
		replica = replica_reopen(scene->name);
		assert_none_is_lost(scene, replica);
		store_close(replica);
	}
	free(aside);
	free(note);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_SCENE(all_of_the_queue_moves),
		IN_A_SCENE(a_crash_anywhere_loses_and_doubles_nothing),
		IN_A_SCENE(what_was_rescued_once_is_not_again),
		IN_A_SCENE(what_the_group_has_is_not_queued),
		IN_A_SCENE(whatever_page_is_damaged),
		IN_A_SCENE(what_may_have_changed_waits_for_a_person),
		IN_A_SCENE(a_beginning_that_is_lost_is_made_again),
		IN_A_SCENE(what_is_no_database_gives_nothing),
		IN_A_SCENE(a_note_leads_nowhere_else),
		IN_A_SCENE(a_fault_anywhere_is_made_good_by_the_next_try),
	};
	setlocale(LC_ALL, "C.UTF-8");
	fault_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
