/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_SESSION_H
#define NUCLEO_VIEWS_SESSION_H

#include <stdbool.h>

#include "nucleo/exchange/workplace.h"
#include "nucleo/model/record.h"
#include "nucleo/ui/ui.h"

/** What all views share: the database, and where the person is. The `context` of the frame. */
struct session {
	const struct config *config; /**< what the person asked for */
	struct workplace workplace;  /**< closed until a database is chosen on the start screen */
	struct strbuf shown; /**< the message line as it was last looked at */
	int64_t parked;	 /**< operations that wait for a decision, as far as was told */
	bool has_said_return; /**< the report of the drive's return has been said */
	int64_t meeting; /**< the meeting looked at last; 0: the newest */
};

/** The open database. */
struct store *session_store(const struct session *session);

/** Closes what it has open. */
void session_release(struct session *session);

/** For struct ui_setup. */
unsigned session_changed(void *context, struct ui *ui);
unsigned session_op(void *context, struct ui *ui, enum op op);
void session_status(void *context, struct strbuf *out);

/** Makes `session->meeting` an existing meeting, the newest when it is none; 0 without any. */
enum rc session_find_meeting(struct session *session, struct error *err) ATTR_NODISCARD;

/** The screens of the digits, first views (views/<name>.c each). `context` is the session. */
struct view *commitments_view_new(void *context);
struct view *meetings_view_new(void *context);
struct view *attendees_view_new(void *context);
struct view *followups_view_new(void *context);
struct view *search_view_new(void *context);
/** Shown where there is no database; ends when one is open. */
struct view *start_view_new(void *context);
extern const struct ui_screen start_screen;
extern const struct ui_screen main_screens[];
extern const size_t main_screen_count;

/** Pages of one record. */
struct view *commitment_view_new(struct session *session, int64_t key);
struct view *followup_view_new(struct session *session, int64_t key);
struct view *organization_view_new(struct session *session, int64_t key);
/** A meeting, at one of its agenda items and, with the keys there, one of the entries below it;
 *  `item` 0: at its heading; `entry` 0: none. */
struct view *meeting_view_new(struct session *session, int64_t key, int64_t item, int64_t entry);
/** Opens the pictures of a commitment, from its page or from where it is selected. */
unsigned commitment_op(struct session *session, struct ui *ui, enum op op, int64_t key);

/** What waits for a decision, and one of it by its id: opened at once after a form whose save
 *  others came before (see conflict_keep()). */
struct view *conflicts_view_new(struct session *session);
struct view *conflict_view_new(struct session *session, const char *op);

/** Pictures of many records. Who came to which meeting: */
struct view *attendance_matrix_new(struct session *session);
/** The measurements of a commitment, or of the indicators an institution presents. */
struct view *plot_view_new(struct session *session, enum record_kind_id kind, int64_t key);
/** The milestones of the plan that commitment belongs to, in time; at that commitment. */
struct view *timeline_view_new(struct session *session, int64_t commitment);

#endif
