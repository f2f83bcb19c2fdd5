/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/schema.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/schema_data.h"

/* What a replica keeps for itself about the log it is of. */
#define FIRST_SCHEMA "first_schema"

static enum rc set_number(struct store *store, int64_t number, struct error *err)
{
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(&sql, "PRAGMA user_version = %" PRId64, number);
	enum rc rc = store_run_sql(store, sql.data, err);
	strbuf_release(&sql);
	return rc;
}

/* The one row of a query that gives a number. */
static enum rc read_number(struct query *query, int64_t *number, struct error *err)
{
	int64_t found = query_next(query) ? query_integer(query, 0) : 0;
	enum rc rc = query_end(query, err);
	if (rc == RC_OK)
		*number = found;
	return rc;
}

enum rc schema_number(struct store *store, int64_t *number, struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_SCHEMA_NUMBER);
	return read_number(&query, number, err);
}

static const struct schema_script *script_to(int64_t number)
{
	return number >= 1 && number <= schema_script_count ? &schema_scripts[number - 1] : NULL;
}

struct digest schema_script_hash(int64_t number)
{
	const struct schema_script *script = script_to(number);
	return script ? digest_of(script->sql, strlen(script->sql)) : (struct digest){""};
}

/* ---- from nothing */

static enum rc run_scripts(struct store *store, int64_t number, struct error *err)
{
	enum rc rc = RC_OK;
	for (int64_t i = 1; i <= number && rc == RC_OK; i++) {
		const struct schema_script *script = script_to(i);
		rc = script ? store_run_sql(store, script->sql, err)
			    : error_set(err, RC_REFUSED,
					_("«%s» es de un nucleo más nuevo (esquema %lld); "
					  "actualice este"),
					store->called, (long long)number);
	}
	return rc == RC_OK ? set_number(store, number, err) : rc;
}

enum rc schema_build(struct store *store, int64_t number, struct error *err)
{
	struct strbuf mark;
	enum rc rc = transaction_begin_write(store, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&mark);
	strbuf_addf(&mark, "PRAGMA application_id = %d", STORE_APPLICATION_ID);
	rc = run_scripts(store, number, err);
	if (rc == RC_OK)
		rc = store_run_sql(store, mark.data, err);
	strbuf_release(&mark);
	return transaction_end(store, rc, err);
}

typedef VECTOR(char *) names;

static void names_release(names *tables)
{
	for (size_t i = 0; i < tables->count; i++)
		free(tables->items[i]);
	vector_release(tables);
}

/* No table can be removed while a query is running: their names come first. */
static enum rc list_tables(struct store *store, names *tables, struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_SCHEMA);
	while (query_next(&query)) {
		const char *type = query_text(&query, 0, NULL),
			   *name = query_text(&query, 1, NULL);
		if (type && name && strcmp(type, "table") == 0)
			*vector_add(tables) = mem_strdup(name);
	}
	return query_end(&query, err);
}

static enum rc drop_table(struct store *store, const char *table, struct error *err)
{
	char *sql = sqlite3_mprintf("DROP TABLE \"%w\"", table);
	if (!sql)
		return store_error(store, SQLITE_NOMEM, err);
	enum rc rc = store_run_sql(store, sql, err);
	sqlite3_free(sql);
	return rc;
}

/*
 * Whether rows must find what they refer to. Tables that others refer to can only be made anew
 * while they need not, and the pragma for it does nothing inside a transaction.
 */
static void enforce_references(struct store *store, bool enforce)
{
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, enforce ? 1 : 0, NULL);
}

enum rc schema_rebuild(struct store *store, int64_t number, struct error *err)
{
	names tables = {0};
	enforce_references(store, false);
	enum rc rc = list_tables(store, &tables, err);
	for (size_t i = 0; i < tables.count && rc == RC_OK; i++)
		rc = drop_table(store, tables.items[i], err);
	names_release(&tables);
	if (rc == RC_OK)
		rc = run_scripts(store, number, err);
	enforce_references(store, true);
	return rc;
}

/* ---- where a history begins */

enum rc schema_before(struct store *store, const char *text, size_t length, int64_t *number,
		      struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_OPERATION_SCHEMA_BEFORE);
	query_bind_text_n(&query, ":text", text, length);
	return read_number(&query, number, err);
}

/* 0: nothing was kept. */
static enum rc recall_first(struct store *replica, int64_t *number, struct error *err)
{
	struct strbuf kept;
	strbuf_init(&kept);
	enum rc rc = replica_recall(replica, FIRST_SCHEMA, &kept, err);
	if (rc == RC_OK)
		*number = strtoll(kept.data, NULL, 10);
	strbuf_release(&kept);
	return rc;
}

enum rc schema_remember_first(struct store *replica, struct error *err)
{
	int64_t number = 0;
	struct strbuf text;
	enum rc rc = schema_first(replica, &number, err);
	strbuf_init(&text);
	strbuf_addf(&text, "%" PRId64, number);
	if (rc == RC_OK)
		rc = replica_remember(replica, FIRST_SCHEMA, text.data, err);
	strbuf_release(&text);
	return rc;
}

static enum rc first_of_history(struct store *store, int64_t *number, struct error *err)
{
	struct log_head at;
	struct strbuf text;
	strbuf_init(&text);
	enum rc rc = replica_operation(store, 1, &at, &text, err);
	if (rc == RC_OK)
		rc = schema_before(store, text.data, text.length, number, err);
	else if (rc == RC_NOT_FOUND)
		rc = schema_number(store, number, err);
	strbuf_release(&text);
	return rc;
}

enum rc schema_first(struct store *store, int64_t *number, struct error *err)
{
	int64_t found = 0;
	enum rc rc = store->is_replica ? recall_first(store, &found, err) : RC_OK;
	if (rc == RC_OK && !found)
		rc = first_of_history(store, &found, err);
	if (rc == RC_OK)
		*number = found;
	return rc;
}

/* ---- migrations */

/* Most operations are none, which is told without reading them as JSON: a quote within a text has
 * a backslash before it, so that what is found is the name of a member. */
enum rc schema_migration(struct store *store, const char *text, size_t length, int64_t *number,
			 struct error *err)
{
	struct query query;
	*number = 0;
	if (!strstr(text, "\"migration\":"))
		return RC_OK;
	query_begin(&query, store, STATEMENT_OPERATION_MIGRATION);
	query_bind_text_n(&query, ":text", text, length);
	return read_number(&query, number, err);
}

static enum rc misfit_error(struct store *store, const struct schema_script *script,
			    const char *detail, struct error *err)
{
	return error_set(err, RC_REFUSED,
			 _("los datos de «%s» no caben en el esquema %d (%s); no se ha cambiado "
			   "nada"),
			 store->called, script->number, detail ? detail : "?");
}

/* What constraints say is of the data, and so the same on every machine; the rest is not. */
static enum rc run_migration(struct store *store, const struct schema_script *script,
			     struct error *err)
{
	int result = sqlite3_exec(store->db, script->sql, NULL, NULL, NULL);
	if ((result & 0xFF) == SQLITE_CONSTRAINT)
		return misfit_error(store, script, sqlite3_errmsg(store->db), err);
	return result == SQLITE_OK ? RC_OK : store_error(store, result, err);
}

static enum rc check_references(struct store *store, const struct schema_script *script,
				struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, store, STATEMENT_REFERENCES_BROKEN);
	if (query_next(&query))
		found = misfit_error(store, script, query_text(&query, 0, NULL), err);
	enum rc rc = query_end(&query, err);
	return rc != RC_OK ? rc : found;
}

enum rc schema_migrate(struct store *store, int64_t number, struct error *err)
{
	const struct schema_script *script = script_to(number);
	if (!script)
		return error_set(err, RC_REFUSED, _("este nucleo no conoce el esquema %lld"),
				 (long long)number);
	enforce_references(store, false);
	enum rc rc = run_migration(store, script, err);
	if (rc == RC_OK)
		rc = check_references(store, script, err);
	enforce_references(store, true);
	return rc == RC_OK ? set_number(store, number, err) : rc;
}
