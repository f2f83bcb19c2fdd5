/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/query.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/record_sql.h"

const char *const statement_texts[STATEMENT_COUNT] = {
#define STATEMENT(id, sql) [STATEMENT_##id] = sql,
#include "nucleo/store/statements.def"
#undef STATEMENT
};

static bool is_good(const struct query *query)
{
	return query->result == SQLITE_OK || query->result == SQLITE_ROW;
}

static void prepare(struct query *query, const char *sql)
{
	query->result = sqlite3_prepare_v3(query->store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
					   &query->stmt, NULL);
}

void query_begin(struct query *query, struct store *store, enum statement_id id)
{
	*query = (struct query){.store = store, .stmt = store->statements[id]};
	if (!query->stmt || sqlite3_stmt_busy(query->stmt)) {
		/* Already running: somebody reads while visiting rows. This run gets its own. */
		query->is_owned = query->stmt != NULL;
		prepare(query, statement_texts[id]);
		if (!query->is_owned)
			store->statements[id] = query->stmt;
	}
}

static struct cached_statement *cache_find(struct store *store, const char *sql)
{
	for (size_t i = 0; i < STORE_CACHE_SIZE; i++)
		if (store->cache[i].sql && strcmp(store->cache[i].sql, sql) == 0)
			return &store->cache[i];
	return NULL;
}

/* The slot used longest ago whose statement is not running; NULL when all are. */
static struct cached_statement *cache_victim(struct store *store)
{
	struct cached_statement *victim = NULL;
	for (size_t i = 0; i < STORE_CACHE_SIZE; i++) {
		struct cached_statement *slot = &store->cache[i];
		if (slot->stmt && sqlite3_stmt_busy(slot->stmt))
			continue;
		if (!victim || slot->used < victim->used)
			victim = slot;
	}
	return victim;
}

static void cache_keep(struct store *store, const char *sql, struct query *query)
{
	struct cached_statement *slot = cache_victim(store);
	query->is_owned = slot == NULL;
	if (!slot)
		return;
	sqlite3_finalize(slot->stmt);
	free(slot->sql);
	*slot = (struct cached_statement){mem_strdup(sql), query->stmt, ++store->clock};
}

void query_begin_text(struct query *query, struct store *store, const char *sql)
{
	struct cached_statement *slot = cache_find(store, sql);
	*query = (struct query){.store = store};
	if (slot && !sqlite3_stmt_busy(slot->stmt)) {
		query->stmt = slot->stmt;
		slot->used = ++store->clock;
		return;
	}
	query->is_owned = true;
	prepare(query, sql);
	if (!slot && query->result == SQLITE_OK)
		cache_keep(store, sql, query);
}

/* The parameter's index, or 0 when there is nothing to bind. */
static int parameter(const struct query *query, const char *name)
{
	return is_good(query) ? sqlite3_bind_parameter_index(query->stmt, name) : 0;
}

void query_bind_text_n(struct query *query, const char *name, const char *text, size_t length)
{
	int index = parameter(query, name);
	if (index)
		query->result = sqlite3_bind_text64(query->stmt, index, text, length, SQLITE_STATIC,
						    SQLITE_UTF8);
}

void query_bind_text(struct query *query, const char *name, const char *text)
{
	query_bind_text_n(query, name, text, text ? strlen(text) : 0);
}

void query_bind_bytes(struct query *query, const char *name, const void *bytes, size_t length)
{
	int index = parameter(query, name);
	if (index)
		query->result = sqlite3_bind_blob64(query->stmt, index, bytes, length,
						    SQLITE_STATIC);
}

void query_bind_integer(struct query *query, const char *name, int64_t value)
{
	int index = parameter(query, name);
	if (index)
		query->result = sqlite3_bind_int64(query->stmt, index, value);
}

void query_bind_pointer(struct query *query, const char *name, void *value, const char *type)
{
	int index = parameter(query, name);
	if (index)
		query->result = sqlite3_bind_pointer(query->stmt, index, value, type, NULL);
}

bool query_next(struct query *query)
{
	if (is_good(query))
		query->result = sqlite3_step(query->stmt);
	return query->result == SQLITE_ROW;
}

/* A missing text is null, or there was no memory to convert it; the two must not be confused. */
const char *query_text(struct query *query, int column, size_t *length)
{
	if (length)
		*length = 0;
	if (!is_good(query) || sqlite3_column_type(query->stmt, column) == SQLITE_NULL)
		return NULL;
	const char *text = (const char *)sqlite3_column_text(query->stmt, column);
	if (!text) {
		if (sqlite3_errcode(query->store->db) == SQLITE_NOMEM)
			query->result = SQLITE_NOMEM;
		return NULL;
	}
	if (length)
		*length = (size_t)sqlite3_column_bytes(query->stmt, column);
	return text;
}

const void *query_bytes(struct query *query, int column, size_t *length)
{
	*length = 0;
	if (!is_good(query) || sqlite3_column_type(query->stmt, column) == SQLITE_NULL)
		return NULL;
	const void *bytes = sqlite3_column_blob(query->stmt, column);
	if (!bytes && sqlite3_errcode(query->store->db) == SQLITE_NOMEM)
		query->result = SQLITE_NOMEM;
	*length = bytes ? (size_t)sqlite3_column_bytes(query->stmt, column) : 0;
	return bytes;
}

int64_t query_integer(struct query *query, int column)
{
	return is_good(query) ? sqlite3_column_int64(query->stmt, column) : 0;
}

enum rc query_end(struct query *query, struct error *err)
{
	enum rc rc = RC_OK;
	if (!is_good(query) && query->result != SQLITE_DONE)
		rc = store_error(query->store, query->result, err);
	if (query->is_owned) {
		sqlite3_finalize(query->stmt);
	} else if (query->stmt) {
		sqlite3_reset(query->stmt);
		sqlite3_clear_bindings(query->stmt);
	}
	query->stmt = NULL;
	return rc;
}

enum rc query_run(struct store *store, enum statement_id id, struct error *err)
{
	struct query query;
	query_begin(&query, store, id);
	query_next(&query);
	return query_end(&query, err);
}

enum rc query_run_number(struct store *store, enum statement_id id, int64_t number,
			 struct error *err)
{
	struct query query;
	query_begin(&query, store, id);
	query_bind_integer(&query, ":number", number);
	query_next(&query);
	return query_end(&query, err);
}
