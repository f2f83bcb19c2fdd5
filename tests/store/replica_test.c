/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/replica_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/file.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/verify.h"

struct store *replica_reopen_safely(const char *name)
{
	struct store *replica = NULL;
	char *path = folder_path(name);
	struct store_options options = {.path = path,
					.actor = "FCD",
					.mode = STORE_READ_WRITE,
					.wait_ms = 5000,
					.any_schema = true,
					.today = test_today()};
	assert_done(replica_open(&options, &replica, err));
	free(path);
	return replica;
}

struct store *replica_reopen(const char *name)
{
	struct store *replica = replica_reopen_safely(name);
	assert_int_equal(sqlite3_exec(replica->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL),
			 SQLITE_OK);
	return replica;
}

static const char *const parts[] = {"", "-wal", "-shm"};

static char *part_path(const char *name, const char *part)
{
	struct strbuf file;
	strbuf_init(&file);
	strbuf_addf(&file, "%s%s", name, part);
	char *path = folder_path(file.data);
	strbuf_release(&file);
	return path;
}

static void copy_part(const char *from, const char *to)
{
	struct strbuf bytes;
	strbuf_init(&bytes);
	if (access(from, F_OK) == 0) {
		assert_done(file_read(from, 1 << 26, &bytes, err));
		FILE *file = fopen(to, "wb");
		assert_non_null(file);
		assert_int_equal(fwrite(bytes.data, 1, bytes.length, file), bytes.length);
		assert_int_equal(fclose(file), 0);
	}
	strbuf_release(&bytes);
}

/* Not the memory that its processes share: it is made anew from the other two. */
void replica_copy_files(const char *from, const char *to)
{
	replica_remove_files(to);
	for (size_t i = 0; i < 2; i++) {
		char *source = part_path(from, parts[i]), *target = part_path(to, parts[i]);
		copy_part(source, target);
		free(source);
		free(target);
	}
}

void replica_remove_files(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		char *path = part_path(name, parts[i]);
		unlink(path);
		free(path);
	}
}

struct log_head replica_head(struct store *replica)
{
	struct log_head head = {0};
	assert_done(history_head(replica, &head, err));
	return head;
}

struct pending_counts replica_counts(struct store *replica)
{
	struct pending_counts counts = {0};
	assert_done(pending_count(replica, &counts, err));
	return counts;
}

static sqlite3_stmt *prepare(struct store *replica, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	assert_int_equal(sqlite3_prepare_v2(replica->db, sql, -1, &stmt, NULL), SQLITE_OK);
	return stmt;
}

/* Each value with its type, so that no two rows read the same. */
static void add_rows(struct strbuf *out, struct store *replica, const char *table)
{
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(&sql, "SELECT * FROM \"%s\" ORDER BY 1", table);
	sqlite3_stmt *rows = prepare(replica, sql.data);
	strbuf_addf(out, "\n%s\n", table);
	while (sqlite3_step(rows) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(rows); i++) {
			strbuf_addf(out, "%d:", sqlite3_column_type(rows, i));
			const char *text = (const char *)sqlite3_column_text(rows, i);
			int length = sqlite3_column_bytes(rows, i);
			strbuf_addf(out, "%d:", length);
			strbuf_add(out, text ? text : "", (size_t)length);
		}
	assert_int_equal(sqlite3_finalize(rows), SQLITE_OK);
	strbuf_release(&sql);
}

static struct digest digest(struct store *replica, bool with_history)
{
	struct strbuf all;
	strbuf_init(&all);
	sqlite3_stmt *tables = prepare(
		replica, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
	while (sqlite3_step(tables) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(tables, 0);
		if (replica_table_is_shared(name) ||
		    (with_history && strcmp(name, "history") == 0))
			add_rows(&all, replica, name);
	}
	assert_int_equal(sqlite3_finalize(tables), SQLITE_OK);
	struct digest of_all = digest_of(all.data, all.length);
	strbuf_release(&all);
	return of_all;
}

struct digest replica_digest(struct store *replica)
{
	return digest(replica, true);
}

struct digest replica_tables_digest(struct store *replica)
{
	return digest(replica, false);
}

char *replica_value(struct store *replica, const char *sql)
{
	sqlite3_stmt *stmt = prepare(replica, sql);
	const char *text = NULL;
	if (sqlite3_step(stmt) == SQLITE_ROW)
		text = (const char *)sqlite3_column_text(stmt, 0);
	char *copy = mem_strdup(text ? text : "");
	sqlite3_finalize(stmt);
	return copy;
}

void assert_intact(struct store *replica)
{
	char *verdict = replica_value(replica, "PRAGMA integrity_check");
	assert_string_equal(verdict, "ok");
	free(verdict);
}

void assert_sound(struct store *replica)
{
	assert_intact(replica);
	assert_done(store_verify(replica, err));
}

static int64_t count(struct store *replica, const char *sql, const char *id)
{
	sqlite3_stmt *stmt = prepare(replica, sql);
	assert_int_equal(sqlite3_bind_text(stmt, 1, id, -1, SQLITE_STATIC), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	int64_t found = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return found;
}

int64_t history_count(struct store *replica, const char *id)
{
	return count(replica, "SELECT count(*) FROM history WHERE json_extract(text, '$.op') = ?",
		     id);
}

int64_t queue_count(struct store *replica, const char *id)
{
	return count(replica, "SELECT count(*) FROM pending WHERE op = ?", id);
}

struct share_report run_rounds(struct store *replica, struct drive *drive)
{
	const struct share_round round = {
		.replica = replica, .drive = drive, .check_head = true};
	struct share_report report;
	int rounds = 0;
	do {
		assert_done(share_run(&round, &report, err));
		assert_true(++rounds < 1000);
	} while (report.has_more);
	return report;
}

void commit_followup(struct store *replica, const char *what)
{
	struct operation *op = operation_new();
	operation_set_words(op, "nueva: %s", what);
	add_row(op, "followup", "code", "S-2023-?", "description", what, "kind", "task", "status",
		"open", NULL);
	assert_int_equal(test_commit(replica, op), 0);
}

void forge_operation(struct drive *drive, struct log_head *head, const char *text, size_t length)
{
	struct error refusal;
	if (log_append(drive, head, text, length, &refusal) != LOG_DONE)
		fail_msg("%s", refusal.text);
	head->number++;
	head->hash = digest_of(text, length);
}
