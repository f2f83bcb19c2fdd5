/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_ATTENDANCE_H
#define NUCLEO_STORE_ATTENDANCE_H

#include <stddef.h>

#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/model/attendance.h"
#include "nucleo/store/store.h"

/** Who came to which of the meetings that were held: those in session, closed or approved. */

struct attendance_meeting {
	int64_t key;
	char *number;
	day_number date;
};

struct attendance_line {
	int64_t key; /**< of the institution */
	char *acronym, *name, *sort;
	int sector, role; /**< enum capacity of today's membership; ENUM_NONE: none */
	struct attendance_tally tally; /**< of all meetings held */
	unsigned char *presences;      /**< enum presence, one a meeting of the window */
};

struct attendance_table {
	VECTOR(struct attendance_meeting) meetings; /**< the window, newest first */
	VECTOR(struct attendance_line) lines;       /**< by key */
	size_t first;                               /**< meetings newer than the window */
	size_t held;                                /**< meetings in all */
};

struct attendance_query {
	int64_t organization; /**< this one alone; 0: all */
	size_t first, count;  /**< the window; without it only tallies are made */
};

/** Reads each row once, and keeps no more than the window. The table is released by the caller,
 *  and empty after an error. */
enum rc store_attendance(struct store *store, const struct attendance_query *query,
			 struct attendance_table *table, struct error *err) ATTR_NODISCARD;
void attendance_table_release(struct attendance_table *table);
/** The line of an institution; NULL when there is none. */
const struct attendance_line *attendance_line_of(const struct attendance_table *table,
						 int64_t organization);

#endif
