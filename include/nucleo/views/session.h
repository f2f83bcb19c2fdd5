/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_SESSION_H
#define NUCLEO_VIEWS_SESSION_H

#include <stdbool.h>

#include "nucleo/exchange/workplace.h"
#include "nucleo/model/record.h"
#include "nucleo/store/local.h"
#include "nucleo/ui/ui.h"

/** What all views share: the database, and where the person is. The `context` of the frame. */
struct session {
	const struct config *config; /**< what the person asked for */
	struct workplace workplace;  /**< closed until a database is chosen on the start screen */
	struct strbuf shown; /**< the message line as it was last looked at */
	int64_t meeting; /**< the meeting looked at last; 0: the newest */
	struct local *local; /**< keeps what is typed; NULL: nothing does */
	struct error local_failure; /**< why nothing is kept; said once */
	struct editing *editing;     /**< what is asked before a form opens; NULL: nothing yet */
	struct record_form *writing; /**< the form that is open; NULL: none */
	size_t drafts;               /**< texts on offer that were not saved */
	enum record_kind_id made_kind; /**< of the record saved last, */
	int64_t made; /**< which a list shows selected when it is next read; 0: none */
};

/** The open database. */
struct store *session_store(const struct session *session);

/**
 * Has what is typed kept on this machine. Nothing is kept of the demonstration, which is gone
 * when the program ends. RC_IO, RC_BUSY: nothing is kept then.
 */
enum rc session_open_local(struct session *session, struct error *err) ATTR_NODISCARD;
/** Looks how many texts are on offer that were not saved. */
void session_count_drafts(struct session *session);
/** Keeps what was typed last, now that nothing more is, and says when that fails. */
void session_keep_draft(struct session *session, struct ui *ui);

/** Closes what it has open. */
void session_release(struct session *session);

/** For struct ui_setup. */
unsigned session_changed(void *context, struct ui *ui);
int session_soon(void *context);
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

/** Pictures of many records. Who came to which meeting: */
struct view *attendance_matrix_new(struct session *session);
/** The measurements of a commitment, or of the indicators an institution presents. */
struct view *plot_view_new(struct session *session, enum record_kind_id kind, int64_t key);
/** The milestones of the plan that commitment belongs to, in time; at that commitment. */
struct view *timeline_view_new(struct session *session, int64_t commitment);

#endif
