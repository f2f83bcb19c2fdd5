/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/records.h"
#include "nucleo/store/replica.h"
#include "tree.h"

static char folder[64];

int folder_make(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/nucleo-store-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

int folder_remove(void **state)
{
	(void)state;
	return tree_remove(folder);
}

char *folder_path(const char *name)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", folder, name);
	return strbuf_detach(&path);
}

struct digest test_digest(const char *name)
{
	struct strbuf bytes;
	char *path = folder_path(name);
	strbuf_init(&bytes);
	assert_done(file_read(path, 1 << 24, &bytes, err));
	struct digest digest = digest_of(bytes.data, bytes.length);
	strbuf_release(&bytes);
	free(path);
	return digest;
}

int files_in_folder(void)
{
	int count = 0;
	char *path = folder_path("");
	DIR *dir = opendir(path);
	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	free(path);
	return count;
}

day_number test_today(void)
{
	return date_from_civil(2023, 11, 17);
}

static struct store_options options_for(const char *path)
{
	return (struct store_options){.path = path,
				      .actor = "FCD",
				      .mode = STORE_READ_WRITE,
				      .wait_ms = 5000,
				      .today = test_today()};
}

struct store *test_create(const char *name)
{
	struct store *store = NULL;
	char *path = folder_path(name);
	struct store_options options = options_for(path);
	assert_done(store_create(&options, &store, err));
	free(path);
	return store;
}

struct store *test_open(const char *name)
{
	struct store *store = NULL;
	char *path = folder_path(name);
	struct store_options options = options_for(path);
	assert_done(store_open(&options, &store, err));
	free(path);
	return store;
}

struct store *test_replica(const char *name)
{
	const struct random_id uuid = {"0123456789abcdef0123456789abcdef"};
	struct store *replica = NULL;
	char *path = folder_path(name);
	struct store_options options = options_for(path);
	assert_done(replica_create(path, &uuid, 0, err));
	assert_done(replica_open(&options, &replica, err));
	free(path);
	return replica;
}

enum rc test_try_open(const char *name, struct error *err)
{
	struct store *store = NULL;
	char *path = folder_path(name);
	struct store_options options = options_for(path);
	enum rc rc = store_open(&options, &store, err);
	store_close(store);
	free(path);
	return rc;
}

int64_t test_commit(struct store *store, struct operation *operation)
{
	int64_t number = 0;
	assert_done(operation_commit(operation, store, &number, err));
	operation_free(operation);
	return number;
}

static sqlite3 *open_raw(const char *name)
{
	sqlite3 *db = NULL;
	char *path = folder_path(name);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	free(path);
	return db;
}

void test_sql(const char *name, const char *sql)
{
	sqlite3 *db = open_raw(name);
	char *message = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %.200s", message, sql);
	sqlite3_close(db);
}

char *test_query(const char *name, const char *sql)
{
	sqlite3 *db = open_raw(name);
	sqlite3_stmt *stmt = NULL;
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	const char *text = NULL;
	if (sqlite3_step(stmt) == SQLITE_ROW)
		text = (const char *)sqlite3_column_text(stmt, 0);
	char *copy = mem_strdup(text ? text : "");
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return copy;
}

void test_hold(const char *name, int pipe_end)
{
	sqlite3 *db = open_raw(name);
	if (sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK ||
	    write(pipe_end, "x", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

int64_t add_row(struct operation *operation, const char *table, ...)
{
	va_list args;
	int64_t key = operation_insert(operation, table);
	va_start(args, table);
	for (const char *column; (column = va_arg(args, const char *));)
		operation_field(operation, column, value_text(va_arg(args, const char *)));
	va_end(args);
	return key;
}

static int64_t add_commitment(struct operation *operation, int64_t plan, const char *code)
{
	char *sort = commitment_sort_key("paga2", code);
	int64_t key = add_row(operation, "commitment", "code", code, "sort", sort, NULL);
	operation_field(operation, "plan", value_key(plan));
	free(sort);
	return key;
}

static int64_t add_item(struct operation *operation, const struct group *group, const char *label,
			int rank, int64_t parent)
{
	int64_t key = add_row(operation, "agenda_item", "label", label, "title", "Título de punto",
			      "state", "pending", NULL);
	operation_field(operation, "meeting", value_key(group->meeting));
	operation_field(operation, "rank", value_integer(rank));
	operation_field(operation, "parent", value_key(parent));
	return key;
}

struct group test_group(struct store *store)
{
	struct group group;
	struct operation *op = operation_new();
	operation_set_words(op, "grupo de prueba");
	group.fcd = add_row(op, "organization", "acronym", "FCD", "name", "Fundación Ciudadanía",
			    "sector", "civil_society", "sort", "fcd", NULL);
	group.ame = add_row(op, "organization", "acronym", "AME", "sector", "public", "sort", "ame",
			    NULL);
	group.cne = add_row(op, "organization", "acronym", "CNE", "sector", "public", "sort", "cne",
			    NULL);
	group.plan = add_row(op, "plan", "code", "paga2", "title", "Segundo plan", "starts",
			     "2023-01-01", "ends", "2024-12-31", NULL);
	group.c1 = add_commitment(op, group.plan, "C1");
	group.c2 = add_commitment(op, group.plan, "C2");
	group.c3 = add_commitment(op, group.plan, "C10");
	group.meeting = add_row(op, "meeting", "number", "AM-2023-05", "date", "2023-11-17",
				"starts", "15:00", "ends", "17:00", "status", "closed", NULL);
	group.item1 = add_item(op, &group, "1", 1, 0);
	group.item2 = add_item(op, &group, "2", 2, 0);
	group.item2a = add_item(op, &group, "2.a", 3, group.item2);
	group.entry = add_row(op, "entry", "kind", "note", "text", "El CNE pregunta por el avance.",
			      NULL);
	operation_field(op, "meeting", value_key(group.meeting));
	operation_field(op, "agenda_item", value_key(group.item2));
	operation_field(op, "rank", value_integer(1));
	operation_field(op, "organization", value_key(group.cne));
	test_commit(store, op);
	return group;
}
