/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SHARE_H
#define NUCLEO_STORE_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/health.h"
#include "nucleo/store/share_round.h"
#include "nucleo/store/store.h"
#include "nucleo/sync/presence_person.h"

/**
 * A group's database on a drive, for the program that shows it: a store that is the
 * user's replica, and a worker process that keeps it and the drive alike. Nothing
 * here touches the drive, and nothing waits longer than it is told to.
 */
struct share;

struct share_options {
	struct store_options store; /**< `path` is that of the database on the drive */
	bool create;  /**< make a new one, which must not be there yet */
	bool on_screen; /**< the worker looks by itself, and commits do not wait for it */
	int wait_ms;  /**< how long the drive is waited for, at opening and after each commit */
};

/** What came of a restore. */
struct share_restored {
	struct store *store; /**< as of share_open() */
	char stamp[32];	     /**< stands behind ".before-" in the names of what was there before */
};

/** Starts the worker: before any database is opened, and before the terminal is. */
enum rc share_start(struct share **share, struct error *err) ATTR_NODISCARD;

/**
 * Opens the database; `*store` is closed by share_close(). A replica that is there is opened
 * without waiting (on the screen) or with what came in meanwhile; else it is made, which
 * waits for the drive. RC_NOT_FOUND, RC_INVALID and RC_REFUSED as store_open() and store_create();
 * RC_BUSY when the drive does not answer in time.
 */
enum rc share_open(struct share *share, const struct share_options *options,
		   struct store **store, struct error *err) ATTR_NODISCARD;

/** Ends: without `on_screen` the file people see is brought up to date. NULL is ignored. */
void share_close(struct share *share);

/** Asks for a round and waits for its end; false when it did not end in time. */
bool share_sync(struct share *share, int wait_ms);
/** Publishes again what the drive lost; to be called when a person has agreed. */
bool share_republish(struct share *share, int wait_ms);

/**
 * Brings the database, opened with `any_schema`, to the schema of this program (see upgrade.h).
 * RC_BUSY when the drive does not answer: nothing of it is queued, and it can be asked for again.
 */
enum rc share_upgrade(struct share *share, int wait_ms, struct error *err) ATTR_NODISCARD;

/** Asks the worker how the drive is; with `is_full` all of the log is read. What it finds comes
 *  with share_poll(). */
void share_check(struct share *share, bool is_full);
/** What was found so far, borrowed until the next call; `*is_done`: there will be no more. When the
 *  drive does not answer, that is what was found. */
const health_findings *share_findings(struct share *share, bool *is_done);
/** Waits until it is done, as long as something goes on. */
void share_wait_for_check(struct share *share, int wait_ms);

/**
 * Makes the replica anew, which is damaged (see rescue.h): the store stays the same struct, open on
 * the new file. With a wait of 0 that comes with share_poll(). RC_BUSY when it did not come in
 * time, or the drive does not answer: then nothing was touched.
 */
enum rc share_repair(struct share *share, int wait_ms, struct error *err);

/** Whether that was asked for and has not been answered. */
bool share_is_repairing(const struct share *share);
/** Who else has the database open. */
struct share_people {
	presence_people list; /**< by institution and host; their texts are borrowed from here */
	char *text;	      /**< owned */
	int64_t unnamed;      /**< others who found no room in the list */
};

/** Whom the worker saw at its last look; ages are those of this moment. Release it. */
void share_people(const struct share *share, struct share_people *people);
void share_people_release(struct share_people *people);
/** Has the worker look now, and waits for it; false when it did not answer in time. */
bool share_look_at_people(struct share *share, int wait_ms);
/** Tells others who is here (as the store says, see store_set_person()) and at what. Cheap when
 *  nothing has changed. */
void share_tell_person(struct share *share, const char *screen);
/**
 * Puts the checked copy that is called `name` in the folder of its place (restore.h) in the place
 * of the database at the path, whether that is open or not, and opens it as share_open() does. What
 * was there is kept beside. RC_BUSY when the drive does not answer: all is then as it was.
 */
enum rc share_restore(struct share *share, const struct share_options *options, const char *name,
		      struct share_restored *restored, struct error *err) ATTR_NODISCARD;

/** Has a backup written to a free path (backup.h), after a round; what came of it is a notice.
 *  False when it could not be asked for. Never waits. */
bool share_backup(struct share *share, const char *path);

/** Takes in what the worker has said; whether records changed by it. Never waits. */
bool share_poll(struct share *share);
/** A descriptor that becomes readable when there is something to take in. */
int share_descriptor(const struct share *share);

/** Owned path of a file in this user's folder of that database, on a local disk. */
char *share_file(const struct share *share, const char *name) ATTR_NODISCARD;

struct share_status {
	enum share_condition condition;
	const char *reason; /**< borrowed until the next call; "" when all is well */
	int64_t waiting, parked;
	char since[32];	    /**< the oldest that waits, in UTC */
	int64_t people;	    /**< others who have it open, as far as is known */
	bool has_looked;    /**< the drive was looked at since this was opened */
	bool is_other_log;  /**< the path leads to another database now */
};

void share_status(struct share *share, struct share_status *status);
/** Appends what a person should read once; nothing when there is nothing new. */
void share_take_notice(struct share *share, struct strbuf *out);

#endif
