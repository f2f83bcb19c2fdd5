/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_ATTENDANCE_H
#define NUCLEO_MODEL_ATTENDANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/date.h"

/**
 * Who came to what, over many meetings. An acta names those who came and
 * seldom those who did not: a member on the day of a meeting whom its acta
 * does not name was absent. Observers and guests owe nobody their presence, so
 * they count only where an acta names them.
 */

/** What one meeting was to one institution. */
enum presence {
	PRESENCE_NONE, /**< it was no member that day, and is not named */
	PRESENCE_IN_PERSON, /**< also when the acta does not say how it took part */
	PRESENCE_VIRTUAL,
	PRESENCE_EXCUSED,
	PRESENCE_ABSENT,
	PRESENCE_COUNT
};

/** From what its row of the attendance says (enums of names.h; ENUM_NONE: there is no row). */
enum presence presence_of(int status, int mode, bool is_member);
/** The more favourable of two: a meeting may name an institution twice. */
enum presence presence_best(enum presence a, enum presence b);

/** A time of membership; an unknown end is open. */
struct member_term {
	day_number starts, ends;
};

/**
 * Whether the term has the day in it. One that began nobody knows when counts
 * from `first_named`, the first meeting that names the institution: nothing
 * says that it was a member before (DATE_NONE: none names it).
 */
bool member_term_has(const struct member_term *term, day_number first_named, day_number day);

struct attendance_tally {
	int64_t attended; /**< meetings it came to */
	int64_t meetings; /**< meetings it could have come to */
	/** The latest ones missed in a row. One with an excuse counts as not attended, but
	 *  neither makes the row longer nor ends it. */
	int64_t absence_streak;
	bool has_come; /**< the row has ended */
};

/** Adds a meeting; the newest comes first. */
void attendance_tally_add(struct attendance_tally *tally, enum presence presence);

/** Absences in a row from which the group should ask what is the matter. */
#define ABSENCES_TO_NOTICE 2

#endif
