/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/attendance.h"

#include "nucleo/model/names.h"

enum presence presence_of(int status, int mode, bool is_member)
{
	switch (status) {
	case ATTENDANCE_PRESENT:
		return mode == MODE_VIRTUAL ? PRESENCE_VIRTUAL : PRESENCE_IN_PERSON;
	case ATTENDANCE_EXCUSED:
		return PRESENCE_EXCUSED;
	case ATTENDANCE_ABSENT:
		return PRESENCE_ABSENT;
	default:
		return is_member ? PRESENCE_ABSENT : PRESENCE_NONE;
	}
}

enum presence presence_best(enum presence a, enum presence b)
{
	if (a == PRESENCE_NONE || b == PRESENCE_NONE)
		return a > b ? a : b;
	return a < b ? a : b;
}

bool member_term_has(const struct member_term *term, day_number first_named, day_number day)
{
	day_number starts = term->starts == DATE_NONE ? first_named : term->starts;
	return starts != DATE_NONE && day >= starts &&
	       (term->ends == DATE_NONE || day <= term->ends);
}

void attendance_tally_add(struct attendance_tally *tally, enum presence presence)
{
	bool came = presence == PRESENCE_IN_PERSON || presence == PRESENCE_VIRTUAL;
	if (presence == PRESENCE_NONE)
		return;
	tally->meetings++;
	tally->attended += came;
	tally->has_come |= came;
	if (presence == PRESENCE_ABSENT && !tally->has_come)
		tally->absence_streak++;
}
