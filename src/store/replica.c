/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/replica.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/interrupt.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/backup.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/schema.h"

/* How long one process of a user waits for another that receives much. */
#define LOCAL_WAIT_MS 20000
/* Of SQLite's machine, between two looks whether somebody wants it to end. */
enum { STEPS = 100000 };

/*
 * "template" is an operation as it was composed, "text" as it was last run, "changes" what
 * takes it back and null while it is not applied. The version counts changes of the records.
 */
#define LOCAL_TABLES                                                                            \
	"CREATE TABLE pending (number INTEGER PRIMARY KEY, op TEXT NOT NULL UNIQUE,"            \
	" since TEXT NOT NULL, template TEXT NOT NULL, text TEXT NOT NULL, changes BLOB,"       \
	" parked TEXT, parked_at INTEGER) STRICT;"                                              \
	"CREATE TABLE local_state (name TEXT PRIMARY KEY, value TEXT) STRICT;"                  \
	"INSERT INTO local_state (name, value) VALUES ('version', '0');"

bool replica_table_is_shared(const char *table)
{
	static const char *const others[] = {"history", "pending", "local_state"};
	for (size_t i = 0; i < ARRAY_COUNT(others); i++)
		if (strcmp(table, others[i]) == 0)
			return false;
	return true;
}

/* What a backup has of the kind is of another copy. */
static enum rc add_local_tables(struct store *database, const struct random_id *uuid,
				struct error *err)
{
	enum rc rc = store_run_sql(database,
				   "DROP TABLE IF EXISTS pending;"
				   "DROP TABLE IF EXISTS local_state;" LOCAL_TABLES,
				   err);
	if (rc == RC_OK)
		rc = replica_remember(database, "uuid", uuid->hex, err);
	if (rc == RC_OK)
		rc = schema_remember_first(database, err);
	return rc;
}

typedef VECTOR(char *) texts;

static enum rc read_queue(struct store *database, texts *queue, struct error *err)
{
	struct query query;
	query_begin_text(&query, database, "SELECT text FROM pending ORDER BY number DESC");
	while (query_next(&query)) {
		size_t length;
		const char *text = query_text(&query, 0, &length);
		*vector_add(queue) = mem_strndup(text ? text : "", length);
	}
	return query_end(&query, err);
}

/* Each goes before the others, the last one first; then they are run as after any pull. */
static enum rc queue_again(struct store *replica, const texts *queue, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < queue->count && rc == RC_OK; i++)
		rc = pending_put_first(replica, queue->items[i], err);
	return rc == RC_OK && queue->count ? pending_run_again(replica, err) : rc;
}

static enum rc adopt(struct store *database, const struct random_id *uuid, const texts *queue,
		     struct error *err)
{
	enum rc rc = transaction_begin_write(database, err);
	if (rc != RC_OK)
		return rc;
	rc = add_local_tables(database, uuid, err);
	if (rc == RC_OK)
		rc = queue_again(database, queue, err);
	return transaction_end(database, rc, err);
}

/* WAL comes last, and closing leaves one file. */
enum rc replica_adopt(struct store *database, const struct random_id *uuid, struct error *err)
{
	const texts none = {0};
	enum rc rc = adopt(database, uuid, &none, err);
	return rc == RC_OK ? store_run_sql(database, "PRAGMA journal_mode = WAL", err) : rc;
}

enum rc replica_adopt_queue(struct store *database, const struct random_id *uuid, struct error *err)
{
	texts queue = {0};
	int64_t count = 0;
	enum rc rc = backup_queued(database, &count, err);
	if (rc == RC_OK && count)
		rc = read_queue(database, &queue, err);
	if (rc == RC_OK)
		rc = adopt(database, uuid, &queue, err);
	for (size_t i = 0; i < queue.count; i++)
		free(queue.items[i]);
	vector_release(&queue);
	return rc == RC_OK ? store_run_sql(database, "PRAGMA journal_mode = WAL", err) : rc;
}

enum rc replica_create(const char *path, const struct random_id *uuid, int schema,
		       struct error *err)
{
	const struct store_options options = {
		.path = path, .mode = STORE_READ_WRITE, .schema = schema};
	return store_make_file(&options, uuid, err);
}

/*
 * The log is checkpointed by whoever has time: not at the end of each command, where
 * it would cost more than what the command did.
 */
static enum rc tune(struct store *replica, const struct store_options *options, struct error *err)
{
	sqlite3_db_config(replica->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	replica->read_only = options->mode == STORE_READ_ONLY;
	return store_run_sql(replica,
			     "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0", err);
}

enum rc replica_open(const struct store_options *options, struct store **replica,
		     struct error *err)
{
	struct store *opened = NULL;
	struct store_options writing = *options;
	writing.mode = STORE_READ_WRITE;
	writing.wait_ms = LOCAL_WAIT_MS; /* for processes of this user, not for the drive */
	enum rc rc = store_open_file(&writing, true, &opened, err);
	if (rc != RC_OK)
		return rc;
	rc = tune(opened, options, err);
	if (rc != RC_OK) {
		store_close(opened);
		return rc;
	}
	*replica = opened;
	return RC_OK;
}

/* Where no screen is ever opened nobody else has time, and a log that only grows is read whole
 * after each crash. So many pages are some forty operations. */
#define WAL_PAGES "1000"

enum rc replica_relax(struct store *replica, struct error *err)
{
	replica->is_relaxed = true;
	return store_run_sql(replica,
			     "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -500;"
			     "PRAGMA wal_autocheckpoint = " WAL_PAGES,
			     err);
}

/* Of a copy it is most often the disk of the copy that has no room: that is the one to name. */
static enum rc copy_error(struct store *replica, int result, const char *path, struct error *err)
{
	int failure = sqlite3_system_errno(replica->db);
	if (interrupt_is_pending())
		return error_set(err, RC_BUSY, _("se interrumpió; no quedó nada a medias"));
	if ((result & 0xFF) == SQLITE_FULL)
		return error_set(err, RC_IO, _("no queda espacio en el disco de «%s»"), path);
	if ((result & 0xFF) == SQLITE_IOERR || (result & 0xFF) == SQLITE_CANTOPEN)
		return error_set(err, RC_IO, _("no se pudo escribir «%s»: %s"), path,
				 failure ? strerror(failure) : sqlite3_errstr(result));
	return store_error(replica, result, err);
}

static int is_interrupted(void *context)
{
	(void)context;
	return interrupt_is_pending();
}

/* VACUUM attaches its target, which nothing else may do, and forces it to the disk as the replica
 * is: for a copy of the moment that is for nothing. */
enum rc replica_copy(struct store *replica, const char *path, struct error *err)
{
	char *sql = sqlite3_mprintf("PRAGMA synchronous = OFF; VACUUM INTO '%q'", path);
	if (!sql)
		return store_error(replica, SQLITE_NOMEM, err);
	sqlite3_limit(replica->db, SQLITE_LIMIT_ATTACHED, 1);
	sqlite3_progress_handler(replica->db, STEPS, is_interrupted, NULL);
	int result = sqlite3_exec(replica->db, sql, NULL, NULL, NULL);
	enum rc rc = result == SQLITE_OK ? RC_OK : copy_error(replica, result, path, err);
	sqlite3_progress_handler(replica->db, 0, NULL, NULL);
	sqlite3_limit(replica->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_free(sql);
	enum rc again = store_run_sql(replica, "PRAGMA synchronous = FULL",
				      rc == RC_OK ? err : NULL);
	if (replica->is_relaxed)
		again = replica_relax(replica, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? again : rc;
}

enum rc replica_set_aside(struct store *replica, struct error *err)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s.", replica->path);
	clock_add_utc(&path);
	size_t length = path.length;
	for (int i = 2; access(path.data, F_OK) == 0; i++) {
		strbuf_truncate(&path, length);
		strbuf_addf(&path, "-%d", i);
	}
	enum rc rc = replica_copy(replica, path.data, err);
	strbuf_release(&path);
	return rc;
}

static bool is_there(const char *path, const char *end)
{
	struct strbuf name;
	strbuf_init(&name);
	strbuf_addf(&name, "%s%s", path, end);
	bool is = access(name.data, F_OK) == 0;
	strbuf_release(&name);
	return is;
}

static bool move_part(const char *path, const char *other, const char *end)
{
	struct strbuf from, to;
	strbuf_init(&from);
	strbuf_init(&to);
	strbuf_addf(&from, "%s%s", path, end);
	strbuf_addf(&to, "%s%s", other, end);
	bool is_moved = rename(from.data, to.data) == 0;
	strbuf_release(&from);
	strbuf_release(&to);
	return is_moved;
}

/* The file goes first: without it nobody opens what is left. Its log belongs to it wherever a move
 * was ended, unless another file has the name by now. */
bool replica_move(const char *path, const char *other)
{
	static const char *const logs[] = {"-wal", "-shm"};
	if (!is_there(other, "") && !move_part(path, other, ""))
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(logs); i++)
		if (!is_there(path, "") && !is_there(other, logs[i]))
			(void)move_part(path, other, logs[i]);
	return true;
}

void replica_checkpoint(struct store *replica)
{
	sqlite3_wal_checkpoint_v2(replica->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/* ---- what is kept for this user alone */

enum rc replica_recall(struct store *replica, const char *name, struct strbuf *value,
		       struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_LOCAL_STATE);
	query_bind_text(&query, ":name", name);
	const char *text = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	if (text)
		strbuf_adds(value, text);
	return query_end(&query, err);
}

enum rc replica_remember(struct store *replica, const char *name, const char *value,
			 struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_LOCAL_STATE_SET);
	query_bind_text(&query, ":name", name);
	query_bind_text(&query, ":value", value);
	query_next(&query);
	return query_end(&query, err);
}

enum rc replica_version(struct store *replica, int64_t *version, struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_LOCAL_STATE);
	query_bind_text(&query, ":name", "version");
	int64_t found = query_next(&query) ? query_integer(&query, 0) : 0;
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		*version = found;
	return rc;
}

enum rc replica_version_next(struct store *replica, struct error *err)
{
	return query_run(replica, STATEMENT_LOCAL_VERSION_NEXT, err);
}
