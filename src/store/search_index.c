/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/search_parts.h"
#include "nucleo/store/side_file.h"

/* "NucX", and the number of the tables below: another number is another index. */
#define INDEX_APPLICATION_ID "1316315992"
#define INDEX_VERSION "2"
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
 * NORMAL is enough: what a power cut takes from an index is read again. A journal
 * file rather than WAL, for homes may lie on a network drive.
 */
static const struct side_file index_file = {
	.application_id = INDEX_APPLICATION_ID,
	.version = INDEX_VERSION,
	.settings = "PRAGMA page_size = 4096; PRAGMA journal_mode = DELETE;"
		    "PRAGMA synchronous = NORMAL;"
		    "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY",
	.tables = INDEX_TABLES,
	.names = "'state', 'queued', 'record', 'text'",
	.count = "4",
	.wait_ms = INDEX_WAIT_MS,
};

enum rc search_index_open(struct search *search, struct error *err)
{
	return search_index_rc(search,
			       side_file_open(&index_file, search->path, &search->index, err));
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
