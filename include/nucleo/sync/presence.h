/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_PRESENCE_H
#define NUCLEO_SYNC_PRESENCE_H

#include <stdint.h>

#include "nucleo/base/digest.h"
#include "nucleo/sync/drive.h"
#include "nucleo/sync/presence_person.h"

/**
 * Who has the database open: a file "who-ID" beside the log for each, written
 * anew every 30 s and removed at the end. Nothing rests on it. How long ago
 * somebody was there is told by how long the file has stayed the same by the
 * clock of whoever looks. Only for one that was never seen to change the moment
 * written in it counts, with tolerance for clocks that differ: somebody may have
 * ended badly long before this look. What the files hold is anybody's: it is
 * bounded, valid UTF-8 and without controls when it comes out of here.
 *
 * Times are those of clock_monotonic_ms(). Zeroed is one who has told nothing.
 */
struct presence {
	char *name; /**< owned, of the own file; NULL: none yet */
	int64_t told;
	struct digest words; /**< of what was told then */
	unsigned beats;
	VECTOR(struct presence_other) others;
};

/** Between two signs of life. */
#define PRESENCE_TELL_MS 30000
/** The same where there is something else to tell: another screen. */
#define PRESENCE_CHANGE_MS 4000

/** Says that this person is there (`age_ms` is not used), when the last sign is 30 s old, or 4 s
 *  and says something else; else does nothing. One call at most. */
void presence_tell(struct presence *presence, struct drive *drive,
		   const struct presence_person *own, int64_t now);

/** Looks at what others say; at some of them each time, where there are many. 18 calls at most. */
void presence_look(struct presence *presence, struct drive *drive, int64_t now);

/** Appends who is there besides this one, by institution and host. The texts are borrowed until
 *  the next look. */
void presence_list(const struct presence *presence, int64_t now, presence_people *people);

/** Removes the own file: one call at most. */
void presence_end(struct presence *presence, struct drive *drive);

/** Frees what it remembers; presence_end() comes first. */
void presence_release(struct presence *presence);

#endif
