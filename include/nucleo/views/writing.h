/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_WRITING_H
#define NUCLEO_VIEWS_WRITING_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/store/local.h"

/**
 * A text somebody is writing and has not saved: a form, the line of a meeting. As long as the
 * session knows of it, what was typed is kept on this machine and is offered again after the
 * program was killed (see local.h).
 */

struct session;

/** Most milliseconds that what is typed is ahead of what is kept. */
#define WRITING_KEEP_MS 700

struct writing {
	struct draft draft;
	/** Fills the draft, which has no texts, with what is typed. */
	void (*collect)(void *context, struct draft *draft);
	void *context;
	bool is_dirty;    /**< something was typed since it was kept */
	bool is_ended;    /**< saved as a record, or not wanted: nothing is kept any more */
	int64_t tried_at; /**< when it was last kept, or tried to be; clock_monotonic_ms() */
	struct error failure; /**< of that; said once */
	struct writing *next; /**< the session's own */
};

/** The session keeps it from now on; its draft, `collect` and `context` are set. */
void writing_begin(struct session *session, struct writing *writing);
/** Something was typed: keeps it, unless that was done just now. */
void writing_changed(struct session *session, struct writing *writing);
/** Keeps what is not kept yet. */
void writing_keep(struct session *session, struct writing *writing);
/** It is a record now, or not wanted: nothing of it is kept until something is typed again. */
void writing_end(struct session *session, struct writing *writing);
/** Leaves it to be offered again, if there is anything to offer; the session forgets it. */
void writing_leave(struct session *session, struct writing *writing);

#endif
