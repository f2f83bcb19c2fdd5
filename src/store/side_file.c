/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/side_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"

#define PAGE_SIZE 4096

/*
 * Makes an empty file where there is none. A pipe or a link somebody put there is not opened, nor
 * a file cut within its last page, which SQLite would take for blank.
 */
static enum rc make_file(const char *path, struct error *err)
{
	struct stat st;
	if (lstat(path, &st) == 0)
		return S_ISREG(st.st_mode) && st.st_size % PAGE_SIZE == 0
			       ? RC_OK
			       : error_set(err, RC_INVALID, "%s", path);
	enum rc rc = file_make_parent(path, err);
	if (rc != RC_OK)
		return rc;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	return fd >= 0 || errno == EEXIST
		       ? RC_OK
		       : error_set(err, RC_IO, _("no se puede crear «%s»: %s"), path,
				   strerror(errno));
}

/* First column of the first row, or -1. */
static enum rc ask(struct store *file, const char *sql, int64_t *answer, struct error *err)
{
	struct query query;
	query_begin_text(&query, file, sql);
	*answer = query_next(&query) ? query_integer(&query, 0) : -1;
	return query_end(&query, err);
}

/* One a program of ours made, and nothing more in it that could act. */
static enum rc check(const struct side_file *file, struct store *store, struct error *err)
{
	int64_t is_ours = 0;
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(&sql,
		    "SELECT (SELECT application_id FROM pragma_application_id) = %s"
		    " AND (SELECT user_version FROM pragma_user_version) = %s"
		    " AND (SELECT count(*) FROM sqlite_schema"
		    " WHERE type IN ('trigger', 'view')) = 0"
		    " AND (SELECT count(*) FROM sqlite_schema WHERE name IN (%s)) = %s",
		    file->application_id, file->version, file->names, file->count);
	enum rc rc = ask(store, sql.data, &is_ours, err);
	strbuf_release(&sql);
	if (rc == RC_OK && is_ours != 1)
		rc = error_set(err, RC_INVALID, "%s", store->path);
	return rc;
}

static enum rc count_tables(struct store *store, int64_t *count, struct error *err)
{
	return ask(store, "SELECT count(*) FROM sqlite_schema", count, err);
}

static enum rc build(const struct side_file *file, struct store *store, struct error *err)
{
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(&sql, "PRAGMA application_id = %s; PRAGMA user_version = %s; %s",
		    file->application_id, file->version, file->tables);
	enum rc rc = store_run_sql(store, sql.data, err);
	strbuf_release(&sql);
	return rc;
}

/* Asked again under the lock of writers: another process may be making the tables right now. */
static enum rc make_tables(const struct side_file *file, struct store *store, struct error *err)
{
	int64_t tables = 0;
	enum rc rc = count_tables(store, &tables, err);
	if (rc != RC_OK || tables)
		return rc;
	rc = transaction_begin_write(store, err);
	if (rc != RC_OK)
		return rc;
	rc = count_tables(store, &tables, err);
	if (rc == RC_OK && !tables)
		rc = build(file, store, err);
	return transaction_end(store, rc, err);
}

static enum rc connect_file(const struct side_file *file, const char *path, struct store **store,
			    struct error *err)
{
	struct store_options options = {
		.mode = STORE_READ_WRITE, .wait_ms = file->wait_ms, .today = DATE_NONE};
	enum rc rc = path ? make_file(path, err) : RC_OK;
	return rc == RC_OK ? store_connect(path, &options, store, err) : rc;
}

bool side_file_is_damaged(const struct store *file)
{
	int result = sqlite3_errcode(file->db) & 0xFF;
	return result == SQLITE_CORRUPT || result == SQLITE_NOTADB;
}

enum rc side_file_open(const struct side_file *file, const char *path, struct store **opened,
		       struct error *err)
{
	struct store *store = NULL;
	enum rc rc = connect_file(file, path, &store, err);
	if (rc == RC_OK)
		rc = store_run_sql(store, file->settings, err);
	if (rc == RC_OK)
		rc = make_tables(file, store, err);
	if (rc == RC_OK)
		rc = check(file, store, err);
	if (rc == RC_OK) {
		*opened = store;
		return RC_OK;
	}
	if (store && side_file_is_damaged(store))
		rc = error_set(err, RC_INVALID, "%s", path);
	store_close(store);
	return rc;
}
