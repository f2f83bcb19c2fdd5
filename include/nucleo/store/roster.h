/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_ROSTER_H
#define NUCLEO_STORE_ROSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/date.h"
#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/store.h"

/** Who has a seat in the group on one day: members and observers. */

struct roster_seat {
	int64_t organization;
	char *acronym, *name; /**< owned; name may be NULL */
	int sector;           /**< enum sector */
	int capacity;         /**< enum capacity; a member who observes too is a member */
};

typedef VECTOR(struct roster_seat) roster;

struct roster_query {
	day_number day;
	/**
	 * Of a meeting that is over: whoever is a member since nobody knows when and no meeting
	 * names was none then, as in attendance.h. One to come has a seat for it all the same.
	 */
	bool is_over;
};

/** Members by sector, then observers, each in the order of their acronyms. Release it; it is
 *  empty after an error. */
enum rc store_roster(struct store *store, const struct roster_query *query, roster *seats,
		     struct error *err) ATTR_NODISCARD;
void roster_release(roster *seats);

#endif
