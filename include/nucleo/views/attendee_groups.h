/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_ATTENDEE_GROUPS_H
#define NUCLEO_VIEWS_ATTENDEE_GROUPS_H

#include "nucleo/ui/canvas.h"
#include "nucleo/views/grid_layout.h"

/** Who takes part in a meeting, in groups side by side: those below are beside enum sector. */
enum {
	ATTENDEE_OBSERVERS = 16,
	ATTENDEE_GUESTS,
	ATTENDEE_MISSING,
	ATTENDEE_GROUP_LIMIT,
	ATTENDEE_COLUMN_MIN = 18
};

/** Of one who takes part; what has no sector stands with the others. */
int attendee_group(int capacity, int sector);

/** Draws one cell of the grid. */
typedef void attendee_cell(const void *page, size_t cell, struct region place);
/** Draws the groups, which grid_arrange() has placed, from the line `top` on. */
void attendee_groups_draw(const struct grid *grid, int top, struct region body,
			  attendee_cell *draw, const void *page);

#endif
