/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SCHEMA_H
#define NUCLEO_STORE_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/error.h"
#include "nucleo/store/store.h"

/**
 * Private to src/store: the structure of the tables. Its number (`user_version` of the file) is
 * that of the last script of share/schema that was run. Only what follows changes it.
 *
 * A script that leads to another schema is run by an operation of its own kind, which
 * names it by number and hash (see history.h): so it stands in the history at the
 * same place for everybody, and whoever replays the history changes the schema there.
 */

/** The number of the schema a database has now. */
enum rc schema_number(struct store *store, int64_t *number, struct error *err) ATTR_NODISCARD;

/** Runs the scripts up to `number` in an empty file and marks it as ours, in one transaction. */
enum rc schema_build(struct store *store, int64_t number, struct error *err) ATTR_NODISCARD;

/** Inside a write transaction and with no query running: removes the shared tables and the history
 *  with all that is in them, and makes them anew with schema `number`. */
enum rc schema_rebuild(struct store *store, int64_t number, struct error *err) ATTR_NODISCARD;

/** The schema that the first operation of the history is run on: what a replica was told when it
 *  was made; else by that operation; without any the one that is there. */
enum rc schema_first(struct store *store, int64_t *number, struct error *err) ATTR_NODISCARD;
/** Keeps that in a replica, which can lose its whole history and still be of the same log. */
enum rc schema_remember_first(struct store *replica, struct error *err) ATTR_NODISCARD;
/** The schema that an operation with this text is run on when it is the first. */
enum rc schema_before(struct store *store, const char *text, size_t length, int64_t *number,
		      struct error *err) ATTR_NODISCARD;

/** The hash of the script that leads to schema `number`, "" when this program has none. */
struct digest schema_script_hash(int64_t number);

/** The number a migration with this text leads to; 0 when it is none. Its parts are not checked. */
enum rc schema_migration(struct store *store, const char *text, size_t length, int64_t *number,
			 struct error *err) ATTR_NODISCARD;

/**
 * Inside a write transaction and with no query running: runs the script that leads to schema
 * `number`. RC_REFUSED when what is in the tables does not fit the new ones; RC_IO when
 * it cannot be run on this machine. On any error the transaction, or a savepoint
 * in it, must be rolled back.
 */
enum rc schema_migrate(struct store *store, int64_t number, struct error *err) ATTR_NODISCARD;

#endif
