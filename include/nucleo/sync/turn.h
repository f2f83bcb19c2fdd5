/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_TURN_H
#define NUCLEO_SYNC_TURN_H

#include <stdint.h>

#include "nucleo/sync/drive.h"

/**
 * Turns among those who publish at once, so that nobody loses for ever. Whoever
 * loses a number leaves a file "turn-TICKET-ID" beside the log, with the next
 * ticket, and publishes again when nobody with a lower one is there. It is mere
 * politeness: safety does not rest on it, a file that stays the same for 3 s by
 * the clock of whoever waits is ignored and removed, and nobody waits longer.
 *
 * Nothing here sleeps; times are those of clock_monotonic_ms(). Zeroed is one
 * who has lost nothing.
 */
struct turn {
	unsigned ticket; /**< 0: none */
	char *name;	 /**< owned, of the file; NULL: none */
	int64_t since;	 /**< when it was left */
	int64_t next_look;
	VECTOR(struct turn_seen) others;
};

/** The longest that somebody waits for others. */
#define TURN_PATIENCE_MS 3000

/** After a loss: takes the next ticket, or shows that the one taken is still wanted. Three calls
 *  at most. */
void turn_lost(struct turn *turn, struct drive *drive, int64_t now);

/** Milliseconds to wait before asking again; 0: publish now. Three calls at most, and one more for
 *  each who was there and has gone; none before the time that an earlier answer gave. */
int64_t turn_wait(struct turn *turn, struct drive *drive, int64_t now);

/** After publishing, or giving it up: lets the others go on. One call at most. */
void turn_end(struct turn *turn, struct drive *drive);

/** Frees what it remembers; turn_end() comes first. */
void turn_release(struct turn *turn);

#endif
