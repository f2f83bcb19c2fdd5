/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/schema_data.h"

/* What can be told without opening; also spares SQLite pipes and devices, which would hang. */
enum rc store_check_file(const char *path, struct error *err)
{
	struct stat st;
	if (stat(path, &st) != 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return error_set(err, RC_NOT_FOUND, _("no existe la base «%s»"), path);
		return error_set(err, RC_IO, _("no se puede leer «%s»: %s"), path, strerror(errno));
	}
	if (S_ISDIR(st.st_mode))
		return error_set(err, RC_INVALID, _("«%s» es una carpeta, no una base"), path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, RC_INVALID, _("«%s» no es un archivo común"), path);
	if (access(path, R_OK) != 0)
		return error_set(err, RC_IO, _("no se puede leer «%s»: %s"), path, strerror(errno));
	return RC_OK;
}

enum rc store_check_version(const char *path, int64_t application_id, int64_t user_version,
			    struct error *err)
{
	if (application_id != STORE_APPLICATION_ID)
		return error_set(err, RC_INVALID,
				 _("«%s» es una base SQLite de otro programa; no se ha tocado"),
				 path);
	if (user_version < 1)
		return error_set(err, RC_INVALID,
				 _("«%s» tiene el esquema %lld, que no es de ningún nucleo; no se "
				   "ha tocado"),
				 path, (long long)user_version);
	if (user_version > schema_script_count)
		return error_set(
			err, RC_REFUSED,
			_("«%s» fue hecha con un nucleo más nuevo (esquema %lld, este conoce "
			  "hasta el %d); ábrala con ese o actualice este"),
			path, (long long)user_version, schema_script_count);
	return RC_OK;
}

enum rc store_check_upgraded(const char *path, int64_t user_version, struct error *err)
{
	if (user_version == schema_script_count)
		return RC_OK;
	return error_set(err, RC_REFUSED,
			 _("«%s» tiene el esquema %lld y este nucleo usa el %d: actualícela con "
			   "«nucleo upgrade»; quien tenga un nucleo más viejo podrá entonces solo "
			   "leerla"),
			 path, (long long)user_version, schema_script_count);
}


static int64_t big_endian_32(const unsigned char *bytes)
{
	return (int64_t)bytes[0] << 24 | (int64_t)bytes[1] << 16 | (int64_t)bytes[2] << 8 |
	       bytes[3];
}

/*
 * Reads the 100-byte header (https://www.sqlite.org/fileformat.html) through SQLite's own
 * file handle, before any query: a query may roll back a journal, and a file that is not ours
 * must stay as it is. A handle of our own would drop SQLite's locks when closed.
 */
static enum rc check_header(struct store *store, struct error *err)
{
	unsigned char header[100];
	sqlite3_int64 size = 0;
	sqlite3_file *file = NULL;
	int result = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (result == SQLITE_OK)
		result = file->pMethods->xFileSize(file, &size);
	if (result == SQLITE_OK && size == 0)
		return error_set(err, RC_INVALID, _("«%s» está vacío; no es una base de nucleo"),
				 store->called);
	if (result == SQLITE_OK)
		result = file->pMethods->xRead(file, header, sizeof(header), 0);
	if (result == SQLITE_IOERR_SHORT_READ ||
	    (result == SQLITE_OK && memcmp(header, "SQLite format 3", 16) != 0))
		return error_set(err, RC_INVALID, _("«%s» no es una base SQLite; no se ha tocado"),
				 store->called);
	if (result != SQLITE_OK)
		return store_error(store, result, err);
	return store_check_version(store->called, big_endian_32(header + 68),
				   big_endian_32(header + 60), err);
}

/* Of a file others can write: what is not in our schema could act behind our back. */
static enum rc check_foreign_objects(struct store *store, struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, store, STATEMENT_FOREIGN_OBJECT);
	if (query_next(&query))
		found = error_set(
			err, RC_INVALID,
			_("«%s» contiene un objeto que nucleo no puso («%s»); no se abre"),
			store->called, query_text(&query, 0, NULL));
	enum rc rc = query_end(&query, err);
	return found != RC_OK ? found : rc;
}

/* Again as SQLite sees it, after it has rolled back what a crash may have left; and an upgrade may
 * be in the write-ahead log that is not in the file yet. */
static enum rc check_marks(struct store *store, struct error *err)
{
	struct query query;
	int64_t application_id = 0, user_version = 0;
	query_begin(&query, store, STATEMENT_FILE_MARKS);
	if (query_next(&query)) {
		application_id = query_integer(&query, 0);
		user_version = query_integer(&query, 1);
	}
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		rc = store_check_version(store->called, application_id, user_version, err);
	return rc != RC_OK || store->any_schema
		       ? rc
		       : store_check_upgraded(store->called, user_version, err);
}

/* A database alone: another tool may have left it in WAL mode, which needs files beside it. When
 * somebody holds the file it stays: SQLite says so and nothing breaks. */
static void leave_wal(struct store *store)
{
	if (!store->read_only)
		sqlite3_exec(store->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
}

enum rc store_open_file(const struct store_options *options, bool is_replica, struct store **store,
			struct error *err)
{
	struct store *opened = NULL;
	enum rc rc = store_check_file(options->path, err);
	if (rc == RC_OK)
		rc = store_connect(options->path, options, &opened, err);
	if (rc == RC_OK)
		rc = check_header(opened, err);
	if (rc == RC_OK)
		rc = store_tune(opened, err);
	if (rc == RC_OK)
		rc = check_marks(opened, err);
	if (rc == RC_OK)
		rc = check_foreign_objects(opened, err);
	if (rc != RC_OK) {
		store_close(opened);
		return rc;
	}
	opened->is_replica = is_replica;
	if (!is_replica)
		leave_wal(opened);
	store_has_changed(opened);
	*store = opened;
	return RC_OK;
}

enum rc store_open(const struct store_options *options, struct store **store, struct error *err)
{
	return store_open_file(options, false, store, err);
}

const char *store_path(const struct store *store)
{
	return store->called;
}

const char *store_actor(const struct store *store)
{
	return store->actor;
}

const char *store_post(const struct store *store)
{
	return store->post;
}

void store_set_person(struct store *store, const char *actor, const char *post)
{
	char *new_actor = mem_strdup(actor ? actor : ""), *new_post = mem_strdup(post ? post : "");
	free(store->actor);
	free(store->post);
	store->actor = new_actor;
	store->post = new_post;
}

bool store_is_read_only(const struct store *store)
{
	return store->read_only || store->hold;
}

bool store_is_held(const struct store *store)
{
	return store->hold && !store->read_only;
}

void store_add_read_only_reason(const struct store *store, struct strbuf *out)
{
	const char *reason = store_is_held(store) ? store->hold : store->read_only_reason;
	if (reason && *reason)
		strbuf_adds(out, reason);
	else
		strbuf_addf(out, _("«%s» está abierta solo para leer"), store_path(store));
}

void store_hold(struct store *store, const char *reason)
{
	char *hold = mem_strdup_null(reason);
	free(store->hold);
	store->hold = hold;
}

void store_set_read_only(struct store *store, const char *reason)
{
	store->read_only = true;
	free(store->read_only_reason);
	store->read_only_reason = mem_strdup(reason);
}

void store_on_commit(struct store *store, void (*committed)(void *context), void *context)
{
	store->committed = committed;
	store->committed_context = context;
}

day_number store_today(const struct store *store)
{
	return store->today;
}

static enum rc history_length(struct store *store, int64_t *length, struct error *err)
{
	struct log_head last;
	enum rc rc = history_head(store, &last, err);
	if (rc == RC_OK)
		*length = last.number;
	return rc;
}

enum rc store_version(struct store *store, int64_t *version, struct error *err)
{
	return store->is_replica ? replica_version(store, version, err)
				 : history_length(store, version, err);
}

bool store_has_changed(struct store *store)
{
	struct query query;
	struct error ignored;
	int64_t version = store->data_version;
	query_begin(&query, store, STATEMENT_DATA_VERSION);
	if (query_next(&query))
		version = query_integer(&query, 0);
	bool has_changed = query_end(&query, &ignored) == RC_OK && version != store->data_version;
	store->data_version = version;
	return has_changed;
}
