/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_WORKER_PARTS_H
#define NUCLEO_STORE_WORKER_PARTS_H

#include <stdbool.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/store/share_place.h"
#include "nucleo/store/share_round.h"
#include "nucleo/store/worker.h"
#include "nucleo/sync/log.h"
#include "nucleo/sync/presence.h"

/** Private to src/store: the parts of the worker. */
struct worker {
	struct channel *channel;
	struct share_place place;
	struct drive *log, *beside;
	struct store *replica; /**< NULL until the log was found */
	struct random_id uuid; /**< of its log */
	int lock;	       /**< descriptor of the file that is locked for a round */
	int flags;	       /**< enum worker_flag of the request */
	bool is_replacing;     /**< a replica that is there is to be set aside */
	bool is_replaced;      /**< it was; the program is still to be told */
	bool is_joined;	       /**< the log on the drive is that of the replica */
	bool is_alone;	       /**< there is no log: the replica is a copy of the moment */
	bool check_head;
	struct turn turn;
	int poll_ms;	/**< between two looks at the drive */
	bool is_far;	/**< it lies on a network */
	bool has_published;
	bool has_looked_at_clock;
	/* Who has the database open. */
	struct presence presence;
	char *actor, *post, *screen; /**< owned; NULL: not known */
	char since[32]; /**< moment of the opening, in UTC */
	int64_t progress_at; /**< when it was told last that work goes on */
	char *people; /**< owned: the others, as the program was told; NULL: nothing yet */
	int64_t next_look;
	bool has_met; /* there was such a look before */
	int64_t head_seen_at; /**< when the drive was asked last for what it already gave */
	int64_t opened_at;   /**< moment of the opening, as of clock_monotonic_ms() */
	day_number backed_up; /**< the last day on which it was seen to; 0: none */
	char *refusal; /**< why nothing can be published here; NULL: not known */
	/* The file people see. */
	int64_t changed_at, publish_after;
	bool is_unpublished;
};

void worker_send(struct worker *worker, enum worker_answer kind, int code, int64_t number,
		 const char *text);

/** Tells the program, which may be waiting, that work goes on. Often called, seldom sent. */
void worker_tell_progress(struct worker *worker);
/** Whether the program is still there. */
bool worker_is_wanted(struct worker *worker);

/**
 * Finds the log and opens its replica, which is made where there is none: from what the drive
 * has, or by adopting a database that has no log yet. With WORKER_CREATE both are made.
 * RC_NOT_FOUND: there is no database; RC_BUSY: the drive does not say.
 */
enum rc worker_join(struct worker *worker, bool create, struct error *err) ATTR_NODISCARD;
/** RC_NOT_FOUND when there is neither a log nor a database: nothing is made on the local disk
 *  for a path that leads nowhere. */
enum rc worker_check_exists(struct worker *worker, struct error *err) ATTR_NODISCARD;
/** Opens the replica of the log that was found at the path last, without the drive. */
enum rc worker_open_current(struct worker *worker, struct error *err) ATTR_NODISCARD;

/** Makes the replica once more from what the drive has, and sets the one that is there aside, with
 *  what is queued in it rescued. RC_BUSY when the drive does not say: nothing is touched
 *  then. Under the lock. */
enum rc worker_make_anew(struct worker *worker, struct error *err) ATTR_NODISCARD;

/* ---- worker_copy.c */

/** A local copy of a database on the drive; it may become a replica. */
struct worker_copy {
	char *path;
	struct store *store;
	struct log_head head;
};
/** A free path, and nothing there yet. Release it in any case. */
void worker_copy_init(struct worker_copy *copy, const struct worker *worker);
void worker_copy_release(struct worker_copy *copy);
/** Fetches it, `called` so in messages, and opens it checked from end to end. RC_NOT_FOUND, RC_IO
 *  when it is damaged, RC_BUSY. */
enum rc worker_copy_fetch(struct worker_copy *copy, struct drive *drive, const char *name,
			  const char *called, struct error *err) ATTR_NODISCARD;

/* ---- worker_check.c */

/** Looks at the drive for whoever asks how it is, and tells what it finds. */
void worker_check(struct worker *worker, const struct channel_message *request);
/** Gives a local copy the name of a replica, whole and on the disk. */
enum rc worker_name_replica(const char *copy, const char *path, struct error *err) ATTR_NODISCARD;

/* ---- worker_backup.c */

/** Makes the backup of the day if there is none, for a moment when nobody waits. Nothing else fails
 *  with it. */
void worker_back_up(struct worker *worker);
/** Makes one at a path, and tells the program what came of it. */
void worker_back_up_to(struct worker *worker, const char *path, enum share_condition condition);
/** Whether the program it works for has written, or is one that is there to. */
bool worker_has_written(const struct worker *worker);

/* ---- worker_restore.c */

/** What a stamp of a restore has room for. */
enum { WORKER_STAMP_SIZE = 32 };

/**
 * Puts a new log with the history of a checked local copy, called `name` in the folder of the
 * place, in the place of the one that is there, which is set aside under a name with the stamp. The
 * copy becomes the replica of the new log. Under the lock. Where it fails all is as it was.
 */
enum rc worker_restore(struct worker *worker, const char *name, char *stamp, struct error *err)
	ATTR_NODISCARD;
/** Where there is no log: whether there is one now, of a restore that was cut short. */
bool worker_finish_restore(struct worker *worker);

/* ---- worker_round.c */

/** What is known after rounds, of the drive and of the queue. */
struct worker_outcome {
	struct share_report report;
	int64_t news; /**< enum worker_news */
};

/** Of all processes of a user one at a time talks with the drive; RC_BUSY when another does so for
 *  longer than that, RC_IO when there can be no lock. */
enum { WORKER_LOCK_PATIENCE_MS = 8000 };
enum rc worker_lock(struct worker *worker, int patience_ms, struct error *err) ATTR_NODISCARD;
void worker_unlock(struct worker *worker);

/** Rounds until nothing is left to do, under the lock. */
void worker_do_rounds(struct worker *worker, struct worker_outcome *outcome);
/** worker_join(), and what is known of the place from before. Under the lock. */
enum rc worker_join_log(struct worker *worker, bool create, struct worker_outcome *outcome,
			struct error *err) ATTR_NODISCARD;
/** Shortens the next publication: for a moment when nobody waits. */
void worker_prepare(struct worker *worker);
void worker_note_change(struct worker *worker, const struct share_report *report);

/* ---- worker_people.c */

/** Tells others that this person is there, and the program who else is. */
void worker_meet(struct worker *worker);
/** Takes what WORKER_PERSON says. */
void worker_note_person(struct worker *worker, const char *text);
/** Looks who else is there, and tells the program in any case. */
void worker_look_at_people(struct worker *worker);
void worker_leave(struct worker *worker);

/* ---- worker_publish.c */

bool worker_may_write(const struct worker *worker);
/** Publishes the file people see, if it is older than the replica. */
void worker_publish(struct worker *worker);
/** Publishes it whatever lies under its name. */
void worker_publish_again(struct worker *worker);
/** Keeps a text for whoever can read it next. */
void worker_keep_notice(struct worker *worker, const struct strbuf *notice);
/** Tells what came about when there was nobody to read it. */
void worker_tell_kept_notice(struct worker *worker);
/** Whether it has its turn, after so long without a change. */
bool worker_is_time_to_publish(const struct worker *worker, int calm_ms);
/** When it has its turn, as another process left it. */
void worker_recall_turn(struct worker *worker);
/** Publishes a snapshot for first opens when the history passed a multiple of 1024. */
void worker_publish_base(struct worker *worker, int64_t before, int64_t after);
/** The program has ended: does what still has to be done when its turn comes. */
void worker_linger(struct worker *worker);

#endif
