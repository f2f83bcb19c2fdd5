/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_STORE_H
#define NUCLEO_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/date.h"
#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

/**
 * One group's database. Only src/store knows it is SQLite. Reads go through
 * list.h, writes through operation.h; nothing else changes a row.
 */
struct store;

enum store_mode { STORE_READ_WRITE, STORE_READ_ONLY };

struct store_options {
	const char *path;  /**< of the database file */
	/** What messages call it, where that is not its path: it may be a copy. NULL: the path. */
	const char *called;
	const char *actor; /**< acronym of who acts, as given; NULL: unknown */
	const char *post;  /**< her post there; NULL: not said */
	enum store_mode mode;
	int wait_ms;      /**< how long to wait for somebody else's write */
	day_number today; /**< the day "overdue" and "current" refer to */
	bool throw_away;  /**< nobody will miss it after a power cut: do not wait for the disk */
	int schema; /**< store_create(): number of the schema it is made with; 0: the newest */
	/** Opens one of an older schema too, to upgrade it or for its history; nothing can be
	 *  committed to it. */
	bool any_schema;
};

/**
 * Opens an existing database. RC_NOT_FOUND when there is no such file,
 * RC_INVALID when it is not SQLite or not ours, RC_REFUSED when it is newer than this
 * program or has to be upgraded (see upgrade.h), RC_IO when it is unreadable or damaged;
 * each has its own message and leaves the file untouched. `*store` is owned by the caller.
 */
enum rc store_open(const struct store_options *options, struct store **store, struct error *err)
	ATTR_NODISCARD;

/** The errors of store_open() that can be told without opening the file. */
enum rc store_check_file(const char *path, struct error *err) ATTR_NODISCARD;

/** Makes a new, empty database and opens it; RC_REFUSED when the file exists. */
enum rc store_create(const struct store_options *options, struct store **store, struct error *err)
	ATTR_NODISCARD;

void store_close(struct store *store);

/** Removes the files of a database that nobody has open; those that are not there are no matter. */
void store_remove(const char *path);

/** What it is called: the path a person knows. */
const char *store_path(const struct store *store);
/** Acronym of who acts; "" when not known. */
const char *store_actor(const struct store *store);
/** Her post; "" when not known. */
const char *store_post(const struct store *store);
/** Who acts from now on; NULL: not known. */
void store_set_person(struct store *store, const char *actor, const char *post);

/** Whether nothing can be committed, for whatever reason: one mode. */
bool store_is_read_only(const struct store *store);
/** From now on nothing can be committed; `reason` is what a person is told then. */
void store_set_read_only(struct store *store, const char *reason);
/** As store_set_read_only(), until it is called with NULL: a person has first to say something
 *  (see acting.h). What else makes the store read-only stays. */
void store_hold(struct store *store, const char *reason);
/** Whether that hold is all that keeps anything from being committed. */
bool store_is_held(const struct store *store);
/** Appends why nothing can be committed, in words for a person. */
void store_add_read_only_reason(const struct store *store, struct strbuf *out);
/** Has `committed` called after each operation that was committed. */
void store_on_commit(struct store *store, void (*committed)(void *context), void *context);
day_number store_today(const struct store *store);

/** A number that grows whenever the records change: 0 in an empty database. */
enum rc store_version(struct store *store, int64_t *version, struct error *err) ATTR_NODISCARD;

/** Whether somebody else committed since the last call; cheap enough to ask every second. */
bool store_has_changed(struct store *store);

#endif
