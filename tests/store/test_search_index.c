/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index follows the database whatever happens to either. */
#include "store/search_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/history.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/search_parts.h"

static void change(struct store *store, const char *table, int64_t key, const char *field,
		   const char *was, const char *now)
{
	struct operation *op = operation_new();
	operation_set_words(op, "cambio");
	operation_change(op, table, key, field, was ? value_text(was) : value_null(),
			 now ? value_text(now) : value_null());
	test_commit(store, op);
}

static void remove_row(struct store *store, const char *table, int64_t key)
{
	struct operation *op = operation_new();
	operation_set_words(op, "quita");
	operation_delete(op, table, key);
	test_commit(store, op);
}

/* ---- following the history */

static void additions_changes_and_deletions_of_others_are_followed(void **state)
{
	(void)state;
	struct store *mine = test_create("follow.db"), *other = test_open("follow.db");
	struct search *search = search_new(mine);
	expect_found(search, "zorzal", "");
	int64_t key = commit_followup(other, "S-2023-001", "Observar el zorzal");
	expect_found(search, "zorzal", "S-2023-001");
	change(other, "followup", key, "description", "Observar el zorzal", "Observar el colibrí");
	expect_found(search, "zorzal", "");
	expect_found(search, "colibri", "S-2023-001");
	/* Taken back, as undoing does. */
	change(other, "followup", key, "description", "Observar el colibrí", "Observar el zorzal");
	expect_found(search, "zorzal", "S-2023-001");
	expect_found(search, "colibri", "");
	remove_row(other, "followup", key);
	expect_found(search, "zorzal", "");
	/* What was missed while nobody looked. */
	search_free(search);
	key = commit_followup(other, "S-2023-002", "Observar la tangara");
	commit_followup(other, "S-2023-003", "Observar la garza");
	remove_row(other, "followup", key);
	expect_hits(mine, "tangara", "");
	expect_hits(mine, "garza", "S-2023-003");
	store_close(other);
	store_close(mine);
}

/* An edit of one table changes the text of records of others. */
static void what_depends_on_a_row_is_followed(void **state)
{
	(void)state;
	struct store *store = test_create("depend.db");
	struct group group = test_group(store);
	struct search *search = search_new(store);
	struct operation *op = operation_new();
	search_until_ready(search);
	operation_set_words(op, "partes");
	int64_t party = add_row(op, "commitment_party", "role", "lead", NULL);
	operation_field(op, "commitment", value_key(group.c1));
	operation_field(op, "organization", value_key(group.ame));
	int64_t followup = add_followup(op, "S-2023-001", "Nada");
	operation_field(op, "meeting", value_key(group.meeting));
	operation_field(op, "agenda_item", value_key(group.item1));
	operation_field(op, "commitment", value_key(group.c2));
	int64_t responsible = add_row(op, "followup_responsible", NULL);
	operation_field(op, "followup", value_key(followup));
	operation_field(op, "organization", value_key(group.ame));
	int64_t note = add_row(op, "followup_note", "text", "armadillo", NULL);
	operation_field(op, "followup", value_key(followup));
	int64_t person = add_row(op, "person", "post", "Vocalía", NULL);
	operation_field(op, "organization", value_key(group.fcd));
	test_commit(store, op);
	expect_found(search, "ame", "AME C1 S-2023-001");
	expect_found(search, "armadillo", "S-2023-001");
	expect_found(search, "vocalia", "FCD");
	change(store, "organization", group.ame, "acronym", "AME", "XAME");
	expect_found(search, "xame", "XAME C1 S-2023-001");
	expect_found(search, "ame", "");
	change(store, "meeting", group.meeting, "number", "AM-2023-05", "AM-2023-77");
	expect_found(
		search, "am-2023-77 punto",
		"AM-2023-77/1 AM-2023-77/2 AM-2023-77/2.a AM-2023-77 AM-2023-77/2#1 S-2023-001");
	change(store, "agenda_item", group.item1, "label", "1", "41");
	expect_found(search, "punto 41", "AM-2023-77/41 S-2023-001");
	change(store, "agenda_item", group.item1, "title", "Título de punto", "Tucán");
	expect_found(search, "tucan", "AM-2023-77/41 AM-2023-77");
	change(store, "commitment", group.c2, "code", "C2", "C22");
	expect_found(search, "c22", "C22 S-2023-001");
	change(store, "plan", group.plan, "code", "paga2", "paga22");
	expect_found(search, "paga22/c10", "C10");
	change(store, "followup_note", note, "text", "armadillo", "perezoso");
	expect_found(search, "perezoso", "S-2023-001");
	change(store, "person", person, "post", "Vocalía", "Tesorería");
	expect_found(search, "vocalia", "");
	remove_row(store, "followup_note", note);
	expect_found(search, "perezoso", "");
	remove_row(store, "commitment_party", party);
	remove_row(store, "followup_responsible", responsible);
	expect_found(search, "xame", "XAME");
	remove_row(store, "person", person);
	expect_found(search, "tesoreria", "");
	search_free(search);
	store_close(store);
}

/* The same hits in the same order as from an index made anew. */
static void following_gives_what_reading_anew_gives(void **state)
{
	(void)state;
	struct store *store = test_create("same.db");
	struct search *search = search_new(store);
	struct group group = test_group(store);
	int64_t keys[40];
	for (int i = 0; i < 40; i++) {
		char code[32];
		snprintf(code, sizeof(code), "S-2023-%03d", i + 1);
		keys[i] = commit_followup(store, code, i % 2 ? "mono y mono" : "mono con loro");
		if (i % 3 == 0)
			search_until_ready(search);
	}
	for (int i = 0; i < 40; i += 4)
		change(store, "followup", keys[i], "status", "open",
		       i % 8 ? "done" : "in_progress");
	change(store, "meeting", group.meeting, "date", "2023-11-17", "2024-11-17");
	search_until_ready(search);
	char *followed = search_ids(search, "mono", 100);
	search_free(search);
	char *file = index_file();
	assert_int_equal(unlink(file), 0);
	free(file);
	expect_hits(store, "mono", followed);
	free(followed);
	store_close(store);
}

/* A large change is not followed record by record, and found all the same. */
static void a_large_change_is_read_anew(void **state)
{
	(void)state;
	struct store *store = test_create("large.db");
	struct search *search = search_new(store);
	search_until_ready(search);
	struct operation *op = operation_new();
	operation_set_words(op, "muchas");
	for (int i = 1; i <= 6000; i++) {
		char code[32];
		snprintf(code, sizeof(code), "S-2023-%04d", i);
		add_followup(op, code, i == 4321 ? "La aguja" : "Paja");
	}
	test_commit(store, op);
	assert_in_range(search_until_ready(search), 3, 10);
	expect_found(search, "aguja", "S-2023-4321");
	/* More than are ranked at once: a code is found wherever it stands. */
	char *ids = search_ids(search, "s-2023-5999", 5);
	assert_string_equal(ids, "S-2023-5999");
	free(ids);
	ids = search_ids(search, "paja", 2);
	assert_string_equal(ids, "S-2023-0001 S-2023-0002 +");
	free(ids);
	search_free(search);
	store_close(store);
}

/* Edits made while the database is first read, before and behind the place it has come to. */
static void changes_during_the_first_reading_are_not_lost(void **state)
{
	(void)state;
	struct store *store = test_create("during.db");
	struct operation *op = operation_new();
	int64_t keys[4500];
	operation_set_words(op, "muchas");
	for (int i = 0; i < 4500; i++) {
		char code[32];
		snprintf(code, sizeof(code), "S-2023-%04d", i + 1);
		keys[i] = add_followup(op, code, "Paja");
	}
	test_commit(store, op);
	struct search *search = search_new(store);
	struct search_progress progress = {0};
	assert_done(search_prepare(search, &progress, err));
	assert_false(progress.is_ready);
	assert_int_equal(progress.total, 4500);
	assert_in_range(progress.done, 1, 4499);
	for (int i = 0; i < 4500; i += 1500)
		change(store, "followup", keys[i], "description", "Paja", "Aguja");
	remove_row(store, "followup", keys[7]);
	commit_followup(store, "S-2023-9999", "Otra aguja");
	expect_found(search, "aguja", "S-2023-0001 S-2023-1501 S-2023-3001 S-2023-9999");
	expect_found(search, "s-2023-0008", "");
	search_free(search);
	store_close(store);
}

static void refused_operations_change_nothing(void **state)
{
	(void)state;
	struct store *store = test_create("refused.db");
	struct group group = test_group(store);
	struct search *search = search_new(store);
	search_until_ready(search);
	struct log_head head;
	assert_done(history_head(store, &head, err));
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(
		&text,
		"{\"op\":\"0123456789abcdef0123456789abcdef\",\"parent\":\"%s\",\"at\":"
		"\"2023-11-17T20:42:07Z\",\"by\":\"\",\"host\":\"\",\"program\":\"1\",\"schema\":1,"
		"\"words\":\"x\",\"undoes\":null,\"edits\":[{\"table\":\"entry\",\"key\":%lld,"
		"\"delete\":true,\"was\":{}}]}",
		head.hash.hex, (long long)group.entry);
	assert_done(history_record(store, &head, text.data, "no se puede", err));
	expect_found(search, "pregunta", "AM-2023-05/2#1");
	strbuf_release(&text);
	search_free(search);
	store_close(store);
}

/* What waits in a queue is found as long as it has an effect, and not after. */
static void what_waits_in_a_queue_is_found(void **state)
{
	(void)state;
	struct store *store = test_replica("cola.db");
	struct search *search = search_new(store);
	struct pending_operation first;
	search_until_ready(search);
	struct operation *op = operation_new();
	operation_set_words(op, "nueva");
	add_row(op, "followup", "code", "S-2023-?", "description", "Catastro de fuentes", "kind",
		"task", "status", "open", NULL);
	test_commit(store, op);
	search_until_ready(search);
	expect_found(search, "catastro", "S-2023-001");
	pending_operation_init(&first);
	assert_done(pending_first(store, &first, err));
	assert_done(replica_park(store, first.number, "espera", err));
	search_until_ready(search);
	expect_found(search, "catastro", "");
	pending_operation_release(&first);
	search_free(search);
	store_close(store);
}

/* ---- another database, another index */

static void replace_file(const char *from, const char *to)
{
	char *source = folder_path(from), *target = folder_path(to);
	assert_int_equal(rename(source, target), 0);
	free(source);
	free(target);
}

/* Two databases of as many operations: only the hash tells them apart. */
static void another_database_in_its_place_is_noticed(void **state)
{
	(void)state;
	struct store *store = test_create("place.db");
	commit_followup(store, "S-2023-001", "Observar el zorzal");
	expect_hits(store, "zorzal", "S-2023-001");
	store_close(store);
	store = test_create("other.db");
	commit_followup(store, "S-2023-001", "Observar la garza");
	store_close(store);
	replace_file("other.db", "place.db");
	store = test_open("place.db");
	expect_hits(store, "zorzal", "");
	expect_hits(store, "garza", "S-2023-001");
	store_close(store);
	/* A copy from before the last operations. */
	store = test_create("other.db");
	store_close(store);
	replace_file("other.db", "place.db");
	store = test_open("place.db");
	expect_hits(store, "garza", "");
	store_close(store);
}

static void write_index(const char *path, const void *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

/* Every length it can be cut to at a block, and bytes overwritten all over. */
static void a_damaged_index_is_made_anew(void **state)
{
	(void)state;
	struct strbuf whole;
	struct store *store = test_create("damage.db");
	test_group(store);
	expect_hits(store, "pregunta", "AM-2023-05/2#1");
	char *path = index_file();
	strbuf_init(&whole);
	assert_done(file_read(path, 1 << 24, &whole, err));
	for (size_t length = 0; length < whole.length; length += 512) {
		write_index(path, whole.data, length);
		expect_hits(store, "pregunta", "AM-2023-05/2#1");
	}
	for (size_t at = 0; at < whole.length; at += 509) {
		struct strbuf bytes;
		strbuf_init(&bytes);
		strbuf_add(&bytes, whole.data, whole.length);
		memset(bytes.data + at, 0xA5, whole.length - at < 400 ? whole.length - at : 400);
		write_index(path, bytes.data, bytes.length);
		/* Damage SQLite cannot see may hide a word; it never ends in an error. */
		struct search *search = search_new(store);
		search_until_ready(search);
		free(search_ids(search, "pregunta", 5));
		search_free(search);
		strbuf_release(&bytes);
	}
	write_index(path, "no es una base", 14);
	expect_hits(store, "pregunta", "AM-2023-05/2#1");
	strbuf_reset(&whole);
	assert_done(file_read(path, 1 << 24, &whole, err));
	assert_memory_equal(whole.data, "SQLite format 3", 16);
	strbuf_release(&whole);
	free(path);
	store_close(store);
}

/* The index file of "hostile.db", as another tool leaves it. */
static void tamper(const char *path, const char *sql)
{
	char *name = folder_path("");
	test_sql(path + strlen(name), sql);
	free(name);
}

static void a_hostile_index_does_nothing(void **state)
{
	static const char *const scripts[] = {
		"CREATE TRIGGER t AFTER UPDATE ON state BEGIN DELETE FROM record; END",
		"CREATE VIEW v AS SELECT 1",
		"DROP TABLE record",
		"DROP TABLE text; CREATE TABLE text (code, title, body, place)",
		"DROP TABLE state; CREATE TABLE state (head, hash, kind, after, done, total)",
		"UPDATE state SET kind = -5, after = 3",
		"UPDATE state SET kind = 1000000",
		"UPDATE state SET head = -1",
		"UPDATE state SET head = 9223372036854775807",
		"UPDATE state SET hash = zeroblob(1000000)",
		"INSERT INTO state SELECT * FROM state",
		"UPDATE record SET kind = 77",
		"UPDATE record SET kind = -1 - kind",
		"UPDATE record SET key = key + 1",
		"DELETE FROM record",
		"DELETE FROM text",
		"PRAGMA user_version = 99",
		"PRAGMA application_id = 1",
		"PRAGMA journal_mode = WAL",
	};
	(void)state;
	struct store *store = test_create("hostile.db");
	test_group(store);
	for (size_t i = 0; i < ARRAY_COUNT(scripts); i++) {
		struct search *search = search_new(store);
		search_until_ready(search);
		search_free(search);
		char *path = index_file();
		tamper(path, scripts[i]);
		search = search_new(store);
		search_until_ready(search);
		free(search_ids(search, "pregunta", 5));
		free(search_ids(search, "C1", 5));
		search_free(search);
		unlink(path);
		free(path);
		expect_hits(store, "pregunta", "AM-2023-05/2#1");
	}
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(additions_changes_and_deletions_of_others_are_followed),
		IN_A_FOLDER(what_depends_on_a_row_is_followed),
		IN_A_FOLDER(following_gives_what_reading_anew_gives),
		IN_A_FOLDER(a_large_change_is_read_anew),
		IN_A_FOLDER(changes_during_the_first_reading_are_not_lost),
		IN_A_FOLDER(refused_operations_change_nothing),
		IN_A_FOLDER(what_waits_in_a_queue_is_found),
		IN_A_FOLDER(another_database_in_its_place_is_noticed),
		IN_A_FOLDER(a_damaged_index_is_made_anew),
		IN_A_FOLDER(a_hostile_index_does_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
