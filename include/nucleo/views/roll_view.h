/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_ROLL_VIEW_H
#define NUCLEO_VIEWS_ROLL_VIEW_H

#include "nucleo/exchange/roll.h"
#include "nucleo/views/grid_layout.h"
#include "nucleo/views/session.h"

/** Private to src/views/roll*.c: the page where the attendance of a meeting is taken. */

struct roll_view {
	struct view view;
	struct session *session;
	int64_t meeting;
	struct roll roll;
	struct quorum_rule rule;
	VECTOR(size_t) order; /**< rows of the roll in the order of the groups */
	struct grid grid;
	size_t selected;      /**< index into `order` */
	int top;              /**< first line shown */
	struct region place;  /**< where the groups were drawn */
	struct strbuf typed;  /**< of an acronym that is being looked for */
	bool is_found;        /**< one begins so */
	bool had_quorum;      /**< when it was last looked */
	struct ui *ui;        /**< of the frame it is on, for what a click does */
};

/** What it is asked to count now: all who came once the meeting is over. */
day_minute roll_view_moment(const struct roll_view *page);
/** The row of the roll that is selected; there is one. */
size_t roll_view_row(const struct roll_view *page);

void roll_view_draw(struct view *view, struct region body);
void roll_view_sentence(const struct view *view, struct strbuf *out);

#endif
