/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_CONNECTION_H
#define NUCLEO_STORE_CONNECTION_H

#include "nucleo/base/digest.h"
#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/query.h"
#include "nucleo/store/store.h"

/** Private to src/store: what a store is made of, and how it talks to SQLite. */

/** "Nucl": marks a file as ours (see `application_id` in the SQLite file format). */
#define STORE_APPLICATION_ID 0x4E75636C

/** Statements made from pieces (lists, edits), kept by their text. */
#define STORE_CACHE_SIZE 32

struct cached_statement {
	char *sql;
	struct sqlite3_stmt *stmt;
	uint64_t used; /**< the larger, the more recent */
};

struct store {
	struct sqlite3 *db;
	char *path, *called, *actor, *post;
	bool read_only, throw_away;
	char *read_only_reason; /**< NULL: none but that it was asked for */
	char *hold; /**< reason of store_hold(); NULL: none */
	bool any_schema; /**< see struct store_options */
	bool is_replica; /**< what is committed is queued; see replica.h */
	bool is_relaxed; /**< see replica_relax() */
	bool is_damaged; /**< SQLite found pages that are not as they were written */
	day_number today;
	int64_t data_version;
	struct sqlite3_stmt *statements[STATEMENT_COUNT];
	struct cached_statement cache[STORE_CACHE_SIZE];
	uint64_t clock; /**< counts uses of the cache */
	bool keeps_own; /**< whether `own` is wanted, see arrivals.h */
	VECTOR(struct random_id) own; /**< operations committed through this store */
	/** Called after each operation that was committed; may be NULL. */
	void (*committed)(void *context);
	void *committed_context;
};

/** A connection ready for queries, to `path` or (NULL) to a new database in memory; nothing of
 *  the file is read yet. */
enum rc store_connect(const char *path, const struct store_options *options, struct store **store,
		      struct error *err) ATTR_NODISCARD;
/** store_open(), for either kind of database. */
enum rc store_open_file(const struct store_options *options, bool is_replica, struct store **store,
			struct error *err) ATTR_NODISCARD;
/** Makes a new, empty database; with `uuid` the replica of that log. Once it has its name it is
 *  whole. RC_REFUSED when the file exists. */
enum rc store_make_file(const struct store_options *options, const struct random_id *uuid,
			struct error *err) ATTR_NODISCARD;
/** Whether the file that is open has another name by now, or none. */
bool store_has_moved(const struct store *store);
/** Makes `store` the connection that `opened` is, which is gone then; whether it writes and what is
 *  called after a commit stay. No query may be running on either. */
void store_become(struct store *store, struct store *opened);
/** Makes an empty file at a free path, with the permissions the user's umask gives; `wanted` is
 *  what the message of a failure calls it. */
enum rc store_make_empty(const char *path, const char *wanted, struct error *err) ATTR_NODISCARD;
/** Gives a finished file its name, for good; RC_REFUSED when the name has been taken meanwhile. */
enum rc store_take_name(const char *temporary, const char *path, struct error *err)
	ATTR_NODISCARD;
/** How the file is written and read. Reads it already: only once it is known to be ours. */
enum rc store_tune(struct store *store, struct error *err) ATTR_NODISCARD;
/** Refuses a file that is not ours, or of a schema that this program does not know. */
enum rc store_check_version(const char *path, int64_t application_id, int64_t user_version,
			    struct error *err) ATTR_NODISCARD;
/** Refuses one that has to be upgraded before this program can use it. */
enum rc store_check_upgraded(const char *path, int64_t user_version, struct error *err)
	ATTR_NODISCARD;

/** Runs a text of statements that give no rows. */
enum rc store_run_sql(struct store *store, const char *sql, struct error *err) ATTR_NODISCARD;

/** What went wrong, from a result code of SQLite and its message, in words for a person. */
enum rc store_error(struct store *store, int result, struct error *err);

/**
 * Begins a transaction that is ended with transaction_end(): one that may
 * write (waits for others as long as the store's options say), or a view of one
 * moment for several queries; inside another one the latter does nothing.
 */
enum rc transaction_begin_write(struct store *store, struct error *err) ATTR_NODISCARD;
enum rc transaction_begin_read(struct store *store, bool *begun, struct error *err) ATTR_NODISCARD;
/** Commits when `rc` is RC_OK, else rolls back; returns `rc` or the error of the commit. */
enum rc transaction_end(struct store *store, enum rc rc, struct error *err) ATTR_NODISCARD;

#endif
