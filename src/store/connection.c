/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/connection.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/functions.h"
#include "nucleo/sync/log.h"

/* No row is longer than one of the queue, an operation as it was composed and as it was run and
 * what takes it back: a damaged length field must not make SQLite ask for gigabytes. */
#define VALUE_SIZE_LIMIT ((int)(4 * LOG_TEXT_LIMIT))

enum rc store_error(struct store *store, int result, struct error *err)
{
	/* A replica is called what it is a copy of, which is not to blame for the local disk. */
	const char *path = store->is_replica ? store->path : store->called;
	switch (result & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_set(
			err, RC_BUSY,
			_("otra persona está usando «%s» en este momento; vuelva a intentarlo"),
			path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		store->is_damaged = true;
		if (store->is_replica)
			return error_set(err, RC_IO,
					 _("la copia de esta máquina está dañada («%s»): F12 o "
					   "«nucleo doctor --repair» la hace de nuevo desde el "
					   "disco"),
					 store->path);
		return error_set(
			err, RC_IO,
			_("«%s» está dañado; no siga escribiendo en él y restaure una copia"),
			path);
	case SQLITE_FULL:
		return error_set(err, RC_IO, _("no queda espacio en el disco de «%s»"), path);
	case SQLITE_NOMEM:
		return error_set(err, RC_IO, _("no alcanza la memoria para trabajar con «%s»"),
				 path);
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return error_set(err, RC_REFUSED,
				 _("no hay permiso para escribir en «%s» o en su carpeta"), path);
	case SQLITE_ERROR:
		return error_set(err, RC_IO, _("«%s» no tiene la estructura esperada: %s"), path,
				 sqlite3_errmsg(store->db));
	default:
		return error_set(err, RC_IO, _("no se puede usar «%s»: %s (código %d)"), path,
				 sqlite3_errstr(result), result);
	}
}

static int run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

/* The database is a file others can write: nothing in it may make us run code of theirs. */
static int protect(sqlite3 *db)
{
	static const struct {
		int option, value;
	} options[] = {
		{SQLITE_DBCONFIG_DEFENSIVE, 1},	     {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
		{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
		{SQLITE_DBCONFIG_DQS_DDL, 0},	     {SQLITE_DBCONFIG_DQS_DML, 0},
		{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
	};
	for (size_t i = 0; i < ARRAY_COUNT(options); i++) {
		int result = sqlite3_db_config(db, options[i].option, options[i].value, NULL);
		if (result != SQLITE_OK)
			return result;
	}
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, VALUE_SIZE_LIMIT);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	return SQLITE_OK;
}

static int configure(sqlite3 *db, const struct store_options *options)
{
	int result = protect(db);
	if (result == SQLITE_OK)
		result = sqlite3_extended_result_codes(db, 1);
	if (result == SQLITE_OK)
		result = sqlite3_busy_timeout(db, options->wait_ms);
	if (result == SQLITE_OK)
		result = functions_register(db);
	return result;
}

/* Rows lie all over the file, for their keys are random: with SQLite's own 2 MB a list of 10 000
 * reads each page several times. */
#define CACHE_SIZE "-4000"

/* EXTRA: without it a power cut just after a commit can bring the deleted journal back, and with
 * it undo what was acknowledged. */
enum rc store_tune(struct store *store, struct error *err)
{
	int result = run(store->db, "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
				    "PRAGMA cache_size = " CACHE_SIZE);
	if (result == SQLITE_OK)
		result = run(store->db, store->throw_away ? "PRAGMA synchronous = OFF"
							  : "PRAGMA synchronous = EXTRA");
	return result == SQLITE_OK ? RC_OK : store_error(store, result, err);
}

/* SQLite reads a name that begins with "file:" or ":" as something else than a file. */
static char *plain_path(const char *path)
{
	struct strbuf plain;
	strbuf_init(&plain);
	strbuf_addf(&plain, "%s%s", *path == '/' ? "" : "./", path);
	return strbuf_detach(&plain);
}

enum rc store_connect(const char *path, const struct store_options *options, struct store **store,
		      struct error *err)
{
	bool is_reader = path && options->mode == STORE_READ_ONLY;
	struct store *made = mem_alloc_zero(1, sizeof(*made));
	char *name = path ? plain_path(path) : mem_strdup(":memory:");
	made->path = mem_strdup(path ? path : ":memory:");
	made->called = mem_strdup(options->called ? options->called : made->path);
	store_set_person(made, options->actor, options->post);
	made->today = options->today;
	made->throw_away = options->throw_away;
	made->any_schema = options->any_schema;
	int mode = is_reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	/* The program has one thread: locking at every value read is for nothing. */
	int result = sqlite3_open_v2(name, &made->db, mode | SQLITE_OPEN_NOMUTEX, NULL);
	free(name);
	if (result == SQLITE_OK)
		result = configure(made->db, options);
	if (result != SQLITE_OK) {
		enum rc rc = store_error(made, result, err);
		store_close(made);
		return rc;
	}
	made->read_only = path && sqlite3_db_readonly(made->db, "main") != 0;
	*store = made;
	return RC_OK;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(store->statements[i]);
	for (size_t i = 0; i < STORE_CACHE_SIZE; i++) {
		sqlite3_finalize(store->cache[i].stmt);
		free(store->cache[i].sql);
	}
	sqlite3_close(store->db);
	free(store->path);
	free(store->called);
	free(store->read_only_reason);
	free(store->hold);
	vector_release(&store->own);
	free(store->actor);
	free(store->post);
	free(store);
}

bool store_has_moved(const struct store *store)
{
	int has_moved = 0;
	return sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved) ==
		       SQLITE_OK &&
	       has_moved;
}

/* Views and searches hold the address of the one that is there. */
void store_become(struct store *store, struct store *opened)
{
	struct store before = *store;
	*store = *opened;
	store->read_only = before.read_only;
	store->read_only_reason = before.read_only_reason;
	store->committed = before.committed;
	store->committed_context = before.committed_context;
	*opened = before;
	opened->read_only_reason = NULL;
	store_close(opened);
}

enum rc transaction_begin_write(struct store *store, struct error *err)
{
	return query_run(store, STATEMENT_BEGIN_WRITE, err);
}

enum rc transaction_begin_read(struct store *store, bool *begun, struct error *err)
{
	bool is_needed = sqlite3_get_autocommit(store->db) != 0;
	enum rc rc = is_needed ? query_run(store, STATEMENT_BEGIN_READ, err) : RC_OK;
	*begun = is_needed && rc == RC_OK;
	return rc;
}

enum rc transaction_end(struct store *store, enum rc rc, struct error *err)
{
	if (rc == RC_OK)
		rc = query_run(store, STATEMENT_COMMIT, err);
	/* After some errors SQLite has rolled back by itself. */
	if (rc != RC_OK && !sqlite3_get_autocommit(store->db)) {
		struct error ignored;
		if (query_run(store, STATEMENT_ROLLBACK, &ignored) != RC_OK)
			run(store->db, "ROLLBACK");
	}
	return rc;
}

enum rc store_run_sql(struct store *store, const char *sql, struct error *err)
{
	int result = run(store->db, sql);
	return result == SQLITE_OK ? RC_OK : store_error(store, result, err);
}
