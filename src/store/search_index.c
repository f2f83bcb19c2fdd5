/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/search_parts.h"

/* "NucX", and the number of the tables below: another number is another index. */
#define INDEX_APPLICATION_ID "1316315992"
#define INDEX_VERSION "2"
#define PAGE_SIZE 4096
/* How long another process that fills the same index is waited for. */
#define INDEX_WAIT_MS 2000

/*
 * "record" says which row of "text" is whose; its id orders hits that match
 * equally (search_update.c makes it). The codes are folded, to be compared whole.
 */
#define INDEX_TABLES                                                                               \
	"CREATE TABLE state (head INTEGER NOT NULL, hash TEXT NOT NULL, version INTEGER NOT NULL," \
	" kind INTEGER NOT NULL,"                                                                  \
	" after INTEGER NOT NULL, done INTEGER NOT NULL, total INTEGER NOT NULL);"                 \
	"CREATE TABLE queued (kind INTEGER NOT NULL, key INTEGER NOT NULL);"                       \
	"CREATE TABLE record (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"                      \
	" key INTEGER NOT NULL, code TEXT, long_code TEXT, UNIQUE (kind, key));"                   \
	"CREATE VIRTUAL TABLE text USING fts5(code, title, body, place,"                           \
	" tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');"
#define INDEX_MARKS                                                                                \
	"PRAGMA application_id = " INDEX_APPLICATION_ID ";"                                        \
	"PRAGMA user_version = " INDEX_VERSION ";"

enum rc search_index_rc(struct search *search, enum rc rc)
{
	if (rc != RC_OK)
		search->index_failed = true;
	return rc;
}

char *search_index_path(const char *path)
{
	struct strbuf name;
	char *real = realpath(path, NULL);
	if (!real)
		return NULL;
	strbuf_init(&name);
	strbuf_addf(&name, "search/%s.db", digest_of(real, strlen(real)).hex);
	char *full = file_state_path(name.data);
	strbuf_release(&name);
	free(real);
	return full;
}

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
	return fd >= 0 || errno == EEXIST ? RC_OK : error_set(err, RC_IO, "%s", path);
}

/* First column of the first row, or -1. */
static enum rc ask(struct store *index, const char *sql, int64_t *answer, struct error *err)
{
	struct query query;
	query_begin_text(&query, index, sql);
	*answer = query_next(&query) ? query_integer(&query, 0) : -1;
	return query_end(&query, err);
}

/* One a program of ours made, and nothing more in it that could act. */
static enum rc check(struct store *index, struct error *err)
{
	int64_t is_ours = 0;
	enum rc rc = ask(index,
			 "SELECT (SELECT application_id FROM pragma_application_id)"
			 " = " INDEX_APPLICATION_ID " AND (SELECT user_version FROM"
			 " pragma_user_version) = " INDEX_VERSION " AND (SELECT count(*) FROM"
			 " sqlite_schema WHERE type IN ('trigger', 'view')) = 0"
			 " AND (SELECT count(*) FROM sqlite_schema WHERE name IN"
			 " ('state', 'queued', 'record', 'text')) = 4",
			 &is_ours, err);
	if (rc == RC_OK && is_ours != 1)
		rc = error_set(err, RC_INVALID, "%s", index->path);
	return rc;
}

static enum rc count_tables(struct store *index, int64_t *count, struct error *err)
{
	return ask(index, "SELECT count(*) FROM sqlite_schema", count, err);
}

/* Asked again under the lock of writers: another process may be making the tables right now. */
static enum rc make_tables(struct store *index, struct error *err)
{
	int64_t tables = 0;
	enum rc rc = count_tables(index, &tables, err);
	if (rc != RC_OK || tables)
		return rc;
	rc = transaction_begin_write(index, err);
	if (rc != RC_OK)
		return rc;
	rc = count_tables(index, &tables, err);
	if (rc == RC_OK && !tables)
		rc = store_run_sql(index, INDEX_MARKS INDEX_TABLES, err);
	return transaction_end(index, rc, err);
}

static enum rc connect_file(struct search *search, struct error *err)
{
	struct store_options options = {
		.mode = STORE_READ_WRITE, .wait_ms = INDEX_WAIT_MS, .today = DATE_NONE};
	enum rc rc = search->path ? make_file(search->path, err) : RC_OK;
	return rc == RC_OK ? store_connect(search->path, &options, &search->index, err) : rc;
}

/*
 * NORMAL is enough: what a power cut takes from an index is read again. A journal
 * file rather than WAL, for homes may lie on a network drive.
 */
enum rc search_index_open(struct search *search, struct error *err)
{
	enum rc rc = connect_file(search, err);
	if (rc == RC_OK)
		rc = store_run_sql(search->index,
				   "PRAGMA page_size = 4096; PRAGMA journal_mode = DELETE;"
				   "PRAGMA synchronous = NORMAL;"
				   "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY",
				   err);
	if (rc == RC_OK)
		rc = make_tables(search->index, err);
	if (rc == RC_OK)
		rc = check(search->index, err);
	if (rc != RC_OK)
		search_index_close(search);
	return search_index_rc(search, rc);
}

void search_index_close(struct search *search)
{
	store_close(search->index);
	search->index = NULL;
}

void search_index_remove(const struct search *search)
{
	struct strbuf journal;
	strbuf_init(&journal);
	strbuf_addf(&journal, "%s-journal", search->path);
	unlink(search->path);
	unlink(journal.data);
	strbuf_release(&journal);
}

enum rc search_index_clear(struct search *search, struct error *err)
{
	return search_index_rc(
		search,
		store_run_sql(search->index,
			      "DROP TABLE state; DROP TABLE queued; DROP TABLE record;"
			      "DROP TABLE text;" INDEX_TABLES,
			      err));
}

enum rc search_state_load(struct search *search, struct search_state *state, struct error *err)
{
	struct query query;
	query_begin_text(&query, search->index,
			 "SELECT head, hash, kind, after, done, total, version FROM state");
	strbuf_reset(&state->hash);
	if (query_next(&query)) {
		const char *hash = query_text(&query, 1, NULL);
		strbuf_adds(&state->hash, hash ? hash : "");
		state->head = query_integer(&query, 0);
		state->kind = query_integer(&query, 2);
		state->after = query_integer(&query, 3);
		state->done = query_integer(&query, 4);
		state->total = query_integer(&query, 5);
		state->version = query_integer(&query, 6);
	}
	return search_index_rc(search, query_end(&query, err));
}

enum rc search_state_save(struct search *search, const struct search_state *state,
			  struct error *err)
{
	struct query query;
	enum rc rc =
		search_index_rc(search, store_run_sql(search->index, "DELETE FROM state", err));
	if (rc != RC_OK)
		return rc;
	query_begin_text(&query, search->index,
			 "INSERT INTO state (head, hash, version, kind, after, done, total) VALUES"
			 " (:head, :hash, :version, :kind, :after, :done, :total)");
	query_bind_integer(&query, ":head", state->head);
	query_bind_text(&query, ":hash", state->hash.data);
	query_bind_integer(&query, ":version", state->version);
	query_bind_integer(&query, ":kind", state->kind);
	query_bind_integer(&query, ":after", state->after);
	query_bind_integer(&query, ":done", state->done);
	query_bind_integer(&query, ":total", state->total);
	query_next(&query);
	return search_index_rc(search, query_end(&query, err));
}
