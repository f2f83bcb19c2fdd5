/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_MINUTES_H
#define NUCLEO_EXCHANGE_MINUTES_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/model/capture.h"
#include "nucleo/store/operation.h"

/**
 * The record of a meeting while it is written: lines become entries, follow-ups and
 * measurements, and entries are moved, split, joined and retyped. Each call adds the edits of
 * one step to an operation (empty until then), with words for the history, and writes
 * nothing: commit it. After an error the operation is as it was. The screen of the meeting
 * and the commands both write through it.
 */

/**
 * What is known to whoever reads a line of a meeting. Owned, of one moment. Those that came to it
 * are meant first. "C5" is of the plan in force on its day, else of the newest begun by then;
 * where another plan has the same, that is "paga1/C5".
 */
struct minutes_context {
	struct capture_context capture; /**< points into what follows */
	int64_t meeting;
	char *number; /**< of the meeting */
	int status;   /**< enum meeting_status */
	struct minutes_names *names; /**< private */
};

/** RC_NOT_FOUND for a meeting that is gone, RC_IO. Release it after RC_OK. */
enum rc minutes_context_load(struct store *store, int64_t meeting,
			     struct minutes_context *context, struct error *err) ATTR_NODISCARD;
void minutes_context_release(struct minutes_context *context);

/** Where a line goes. */
struct minutes_place {
	int64_t meeting;
	int64_t item;   /**< 0: before the first item */
	int64_t behind; /**< the entry it comes right behind; 0: at the end of the item */
	int64_t entry;  /**< of a new one: the key it gets, by which it is known whether it was
			     written; 0: any */
};

/**
 * Adds what a line amounts to: the entry, institutions nobody knew yet (marked for review), its
 * follow-up (proposed; open where the meeting is closed already) and its measurements, as of the
 * meeting's day: a meeting has one figure of each commitment, which a later line puts right.
 * `*entry` is the key of the new one. The measurements that `said` lists are written too when
 * `takes_said`; those of commitments nobody knows are left out. RC_INVALID for a line that says
 * nothing or too much, RC_REFUSED for an approved acta, RC_NOT_FOUND for a meeting, item or entry
 * that is gone.
 */
enum rc minutes_add_line(struct store *store, const struct minutes_place *place,
			 const struct capture *capture, bool takes_said,
			 struct operation *operation, int64_t *entry, struct error *err)
	ATTR_NODISCARD;

/**
 * Adds the follow-ups of a sentence of an entry, filled in as the reader of actas does: one for
 * each it says, and where it says none one of the speaker's. A note that reads as a request or an
 * undertaking as a whole becomes one. `*followup` is the key of the first. RC_REFUSED naming the
 * follow-up the sentence has already, RC_CONFLICT when the text is no longer as long.
 */
enum rc minutes_add_followup(struct store *store, int64_t entry, struct prose_span sentence,
			     struct operation *operation, int64_t *followup, struct error *err)
	ATTR_NODISCARD;

/** Moves an entry to another place of its meeting, its follow-ups with it; nothing to commit where
 *  it is there already. */
enum rc minutes_move(struct store *store, int64_t entry, const struct minutes_place *to,
		     struct operation *operation, struct error *err) ATTR_NODISCARD;
/** Moves it one line up (-1) or down (1) within its item; RC_NOT_FOUND at the end. */
enum rc minutes_shift(struct store *store, int64_t entry, int by, struct operation *operation,
		      struct error *err) ATTR_NODISCARD;
/** Splits the text at a byte, where a character begins: what is behind becomes the next entry, of
 *  the same speaker. `*second` is its key. RC_INVALID where one part would be empty. */
enum rc minutes_split(struct store *store, int64_t entry, size_t at, struct operation *operation,
		      int64_t *second, struct error *err) ATTR_NODISCARD;
/** Adds the text of the next entry of the item to this one and removes that; its follow-ups come
 *  along. RC_NOT_FOUND for the last, RC_REFUSED when the next is a decision, or one of both is
 *  private. */
enum rc minutes_join(struct store *store, int64_t entry, struct operation *operation,
		     struct error *err) ATTR_NODISCARD;
/** Makes it a note, a request, an undertaking, or a decision (by consensus: see decision.h). What
 *  stops being one loses its ballots and its number, which is never given again. */
enum rc minutes_retype(struct store *store, int64_t entry, int kind,
		       struct operation *operation, struct error *err) ATTR_NODISCARD;
/** Whether it is private, whether it is a doubt. */
enum rc minutes_mark(struct store *store, int64_t entry, bool is_private, bool is_doubt,
		     struct operation *operation, struct error *err) ATTR_NODISCARD;

/** ---- the agenda while it is walked; `now` is the time of day */

/** Makes the item the one in progress: the one that was stops its clock (and is done), this one's
 *  begins. A draft or convened meeting begins its session. 0: only that, or stops what is in
 *  progress.
 *  RC_REFUSED for a meeting that is closed. */
enum rc minutes_go_to(struct store *store, int64_t meeting, int64_t item, day_minute now,
		      struct operation *operation, struct error *err) ATTR_NODISCARD;
/** The item that comes next: of those pending the first behind the one in progress, else the first
 *  there is; 0 for none. */
enum rc minutes_next_item(struct store *store, int64_t meeting, int64_t *item,
			  struct error *err) ATTR_NODISCARD;
/** Sets the state of an item: deferred, or done without going to another. */
enum rc minutes_set_item(struct store *store, int64_t item, int state, day_minute now,
			 struct operation *operation, struct error *err) ATTR_NODISCARD;

#endif
