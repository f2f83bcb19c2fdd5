/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_WORKER_H
#define NUCLEO_STORE_WORKER_H

#include "nucleo/base/strbuf.h"
#include "nucleo/sync/channel.h"
#include "nucleo/sync/presence_person.h"

/**
 * The process that alone touches the drive: it finds the log, keeps the replica and the
 * drive alike by rounds (share_round.h), and publishes the database people see. share.h is the
 * other side, and speaks to it in these messages.
 */

/** What the program asks. */
enum worker_request {
	/** The first: `text` is the acronym of who acts, a line feed and the path, `code` worker
	 *  flags. Answered by WORKER_OPENED. */
	WORKER_OPEN = 1,
	/** A round now. Answered by WORKER_STATE once it has ended. */
	WORKER_SYNC,
	/** The program is about to end: a round, and the file people see if it is time for it. */
	WORKER_FINISH,
	/** Publish again what the drive lost, as a person has agreed. Answered as a round. */
	WORKER_REPUBLISH,
	/** Bring the database to the schema of this program, in the name of `text`. Answered by
	 *  WORKER_UPGRADED. */
	WORKER_UPGRADE,
	/** Look how the drive is; `code` 1: all of the log. Answered by WORKER_FINDINGs and
	 *  WORKER_CHECKED with the same serial. */
	WORKER_CHECK,
	/** Make the replica anew, which is damaged. Answered by WORKER_REPAIRED. */
	WORKER_REPAIR,
	/** Who is at the program and where, for others to see: `text` is the acronym, the post and
	 *  the screen, a line feed between them. Not answered. */
	WORKER_PERSON,
	/** A look at who else is there. Answered by WORKER_PEOPLE, then as a round. */
	WORKER_LOOK,
	/** A round, and a backup at the path `text`; what came of it is a notice. Answered as a
	 *  round. */
	WORKER_BACKUP,
	/** Put another database in the place of the one at a path, whether that is open or not:
	 *  `text` is who acts, a line feed, the name of the local copy to be restored, a line feed
	 *  and the path. Answered by WORKER_RESTORED once a round has opened it. */
	WORKER_RESTORE,
};

enum worker_flag {
	WORKER_CREATE = 1,    /**< make a new database, which must not be there yet */
	WORKER_READ_ONLY = 2, /**< publish nothing */
	WORKER_SCREEN = 4,    /**< rounds by itself, and moments of calm */
};

/** What it answers, or says by itself when something has changed. */
enum worker_answer {
	/** `code` an enum rc with its error in `text`; when RC_OK that is the uuid of the log. */
	WORKER_OPENED = 100,
	/** What takes long goes on. */
	WORKER_PROGRESS,
	/** `code` an enum share_condition with its reason in `text`, `number` worker news. */
	WORKER_STATE,
	/** How many others have the database open: `number`; and in `text` who, as far as they have
	 *  room: worker_add_person() of each. */
	WORKER_PEOPLE,
	/** `code` an enum rc with its error in `text`. */
	WORKER_UPGRADED,
	/** `code` an enum rc with its error in `text`; when RC_OK that is what stands in the names
	 *  of what was there before. */
	WORKER_RESTORED,
	/** Something a person should read, once. */
	WORKER_NOTICE,
	/** `code` an enum health_check, `number` its enum health_status, `text` what was found, a
	 *  line feed and the advice. */
	WORKER_FINDING,
	WORKER_CHECKED,
	/** `code` an enum rc with its error in `text`. */
	WORKER_REPAIRED,
};

enum worker_news {
	WORKER_MOVED = 1,     /**< records came in, or the queue changed */
	WORKER_OTHER_LOG = 2, /**< the path leads to another database now: open it anew */
	WORKER_WRITES = 4,    /**< operations can be published here */
	WORKER_REPLACED = 8,  /**< the replica is another file now: open it anew */
};

/** Appends a line of WORKER_PEOPLE: the words of a person and the moment she was seen. */
void worker_add_person(struct strbuf *out, const struct presence_person *person, int64_t seen);
/** Reads such lines of a text, which is cut up for it: the people borrow from it. Their ages are
 *  those of the moment `now`. */
void worker_read_people(char *text, int64_t now, presence_people *people);

/** For channel_start(). */
void worker_run(struct channel *channel);

#endif
