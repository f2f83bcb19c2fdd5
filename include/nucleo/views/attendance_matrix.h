/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_ATTENDANCE_MATRIX_H
#define NUCLEO_VIEWS_ATTENDANCE_MATRIX_H

#include "nucleo/model/names.h"
#include "nucleo/store/attendance.h"
#include "nucleo/views/session.h"

/**
 * Private to src/views/attendance_matrix*.c: who came to which meeting, a line
 * an institution, a column a meeting, the newest beside the totals. The cursor
 * is on a name or on a cell.
 */

/** Columns of a meeting. */
#define MATRIX_CELL 3

/** Groups of institutions: the sectors of the members, then these. */
enum { MATRIX_OBSERVERS = SECTOR_OTHER + 1, MATRIX_OTHERS };

/** A line of the body: an institution, or the heading of its group above it. */
struct matrix_line {
	size_t line; /**< of the table */
	bool is_heading;
};

struct matrix {
	struct view view;
	struct session *session;
	struct attendance_table table;
	VECTOR(size_t) order; /**< lines of the table that are shown, by group */
	VECTOR(struct matrix_line) lines;
	size_t selected; /**< index into `order` */
	int64_t selected_key;
	size_t meeting; /**< under the cursor, 0 the newest; `on_name`: none */
	bool on_name;
	size_t right, cells; /**< newest meeting shown, and how many there is room for */
	size_t top, page;    /**< first line shown, and how many there is room for */
	struct region place; /**< where lines were last drawn */
	int cells_at;        /**< column of `place` where the oldest meeting shown begins */
	size_t shown;        /**< meetings */
};

/** The institution shown at place `i` of the order. */
const struct attendance_line *matrix_line_at(const struct matrix *page, size_t i);
/** The group it is shown in. */
int matrix_group(const struct attendance_line *line);
/** Whether the group should ask what is the matter: who has left is not missed. */
bool matrix_is_missed(const struct attendance_line *line);
/** The meeting, counted from the newest; NULL when it was not read. */
const struct attendance_meeting *matrix_meeting_at(const struct matrix *page, size_t meeting);
/** enum presence of the institution at the meeting, counted from the newest. */
int matrix_presence_at(const struct matrix *page, const struct attendance_line *line,
		       size_t meeting);
/** Brings the cursor into sight, sideways and up and down. */
void matrix_settle(struct matrix *page);
/** Appends who and what is under the cursor. */
void matrix_add_note(const struct matrix *page, struct strbuf *out);
void matrix_draw(struct view *view, struct region body);

#endif
