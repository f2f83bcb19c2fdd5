/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_SESSION_H
#define NUCLEO_VIEWS_SESSION_H

#include <stdbool.h>

#include "nucleo/exchange/acting.h"
#include "nucleo/exchange/workplace.h"
#include "nucleo/model/record.h"
#include "nucleo/store/undo.h"
#include "nucleo/store/seen.h"
#include "nucleo/store/local.h"
#include "nucleo/ui/ui.h"
#include "nucleo/views/news.h"
#include "nucleo/views/writing.h"

/** Who works at the screen, as far as that has to be asked (views/person.c). */
struct session_person {
	enum acting acting; /**< as it was settled last */
	bool confirms; /**< she writes although her institution observes */
	enum op again; /**< what is done once she has answered; OP_NONE: nothing */
	char *chosen;  /**< owned: the institution, while her post is asked */
};

/** What all views share: the database, and where the person is. The `context` of the frame. */
struct session {
	const struct config *config; /**< what the person asked for */
	struct workplace workplace;  /**< closed until a database is chosen on the start screen */
	struct strbuf shown; /**< the message line as it was last looked at */
	int64_t parked;	 /**< operations that wait for a decision, as far as was told */
	bool has_said_return; /**< the report of the drive's return has been said */
	int64_t meeting; /**< the meeting looked at last; 0: the newest */
	struct seen_mark seen; /**< what others did after this is new, as long as this is open */
	bool has_seen;	       /**< it was read */
	int64_t seen_version;  /**< store_version() when the history was last looked at */
	bool has_told_news;    /**< the person was told what others did meanwhile */
	bool has_just_told;    /**< not before the last look, if at all */
	day_minute (*time_of_day)(void); /**< NULL: the machine's clock tells it */
	bool has_clock; /**< one is on the screen, to be read anew each minute */
	day_minute clock_shown; /**< as it was read last */
	bool shows_people; /**< what was read is who is here, which changes with time alone */
	struct session_person person;
	struct news news; /**< what was changed elsewhere just now */
	struct local *local; /**< keeps what is typed; NULL: nothing does */
	struct error local_failure; /**< why nothing is kept; said once */
	struct editing *editing;     /**< what is asked before a form opens; NULL: nothing yet */
	struct writing *writings; /**< what is being typed, see writing.h; NULL: nothing */
	size_t drafts;               /**< texts on offer that were not saved */
	int64_t taken; /**< the draft the Sala goes on with when it is next entered; 0: none */
	enum record_kind_id made_kind; /**< of the record saved last, */
	int64_t made; /**< which a list shows selected when it is next read; 0: none */
};

/** The open database. */
struct store *session_store(const struct session *session);
/** The time of day, for the clock of a meeting. */
day_minute session_time(const struct session *session);

/**
 * Whether she may write: to be asked by whatever op begins a change. When not, she is told why, or
 * is asked what is missing (who she is; whether she writes for an observer), and then `op` is
 * done by itself; OP_NONE: nothing is.
 */
bool session_may_write(struct session *session, struct ui *ui, enum op op);
/** Asks who she is, as often as she wants. Returns UI_REDRAW. */
unsigned session_ask_person(struct session *session, struct ui *ui);
/** Frees what it remembers. */
void session_person_release(struct session_person *person);

/** The kind of the draft of what is written in the Sala, whose key is that of the meeting. */
#define SALA_DRAFT "sala"
/** Offers to go on with what was being written in the Sala when the program ended, if anything
 *  was. */
unsigned session_offer_sala(struct session *session, struct ui *ui);
/** Goes on with a draft of the Sala, there. */
unsigned session_take_sala(struct session *session, struct ui *ui, int64_t meeting, int64_t draft);

/**
 * Has what is typed kept on this machine. Nothing is kept of the demonstration, which is gone
 * when the program ends. RC_IO, RC_BUSY: nothing is kept then.
 */
enum rc session_open_local(struct session *session, struct error *err) ATTR_NODISCARD;
/** Looks how many texts are on offer that were not saved. */
void session_count_drafts(struct session *session);
/** Keeps what was typed last, now that nothing more is, and says when that fails. */
void session_keep_writings(struct session *session, struct ui *ui);
/** Milliseconds until there is something to keep; -1: there is nothing. */
int session_writing_wait_ms(const struct session *session);

/** Closes what it has open. */
void session_release(struct session *session);

/** For struct ui_setup. */
unsigned session_begin(void *context, struct ui *ui);
void session_sign(void *context, struct strbuf *out);
unsigned session_changed(void *context, struct ui *ui);
int session_soon(void *context);
unsigned session_op(void *context, struct ui *ui, enum op op);
void session_status(void *context, struct strbuf *out);

/** Undoes or redoes, and says what came of it. */
unsigned session_undo(struct session *session, struct ui *ui, const struct undo_request *request);

/** Reads `session->seen` once: as it was when this was opened. */
enum rc session_find_seen(struct session *session, struct error *err) ATTR_NODISCARD;
/** Makes `session->meeting` an existing meeting, the newest when it is none; 0 without any. */
enum rc session_find_meeting(struct session *session, struct error *err) ATTR_NODISCARD;

/** The screens of the digits, first views (views/<name>.c each). `context` is the session. */
struct view *commitments_view_new(void *context);
struct view *meetings_view_new(void *context);
struct view *attendees_view_new(void *context);
struct view *followups_view_new(void *context);
struct view *sala_view_new(void *context);
struct view *search_view_new(void *context);
struct view *history_view_new(void *context);
/** Shown where there is no database; ends when one is open. */
struct view *start_view_new(void *context);
extern const struct ui_screen start_screen;
extern const struct ui_screen main_screens[];
extern const size_t main_screen_count;

/** What changed a record and what belongs to it: the history, with a filter. */
struct view *versions_view_new(struct session *session, enum record_kind_id kind, int64_t key);
/** What an operation did; `key` is that of its row in the history. */
struct view *operation_view_new(struct session *session, int64_t key);
/** What was removed and is not back. */
struct view *trash_view_new(struct session *session);

/** Pages of one record. */
struct view *commitment_view_new(struct session *session, int64_t key);
struct view *followup_view_new(struct session *session, int64_t key);
struct view *organization_view_new(struct session *session, int64_t key);
/** A meeting, at one of its agenda items and, with the keys there, one of the entries below it;
 *  `item` 0: at its heading; `entry` 0: none. */
struct view *meeting_view_new(struct session *session, int64_t key, int64_t item, int64_t entry);
/** Takes the attendance of a meeting. */
struct view *roll_view_new(struct session *session, int64_t meeting);
/** How the group decided what an entry of a meeting says, to be written, for OP_DECISION: where she
 *  may write and the acta is not approved; else she is told. What was being written there when
 *  the program ended is taken up again. */
unsigned decision_open(struct session *session, struct ui *ui, int64_t entry);
/** The kind of the draft of a decision, whose key is that of the entry. */
#define DECISION_DRAFT "decision"
/** Goes on with that draft of the entry's; 0: the latest. */
unsigned decision_take_up(struct session *session, struct ui *ui, int64_t entry, int64_t draft);
/** What a person calls a text of such a draft, translated. */
const char *decision_draft_label(const char *name);
/** Asks which of the group's settings is to be changed. */
unsigned settings_ask(struct session *session, struct ui *ui);
/** The end of a meeting: what its record lacks, and the follow-ups proposed in it. */
struct view *closing_view_new(struct session *session, int64_t meeting);
/** Does OP_CLOSE_MEETING, OP_READBACK and OP_PROJECTOR for a meeting; UI_PASS for any other. */
unsigned closing_op(struct session *session, struct ui *ui, enum op op, int64_t meeting);
/** Opens the pictures of a commitment, from its page or from where it is selected. */
unsigned commitment_op(struct session *session, struct ui *ui, enum op op, int64_t key);

/** What waits for a decision, and one of it by its id: opened at once after a form whose save
 *  others came before (see conflict_keep()). */
struct view *conflicts_view_new(struct session *session);
struct view *conflict_view_new(struct session *session, const char *op);
/** How the database is: the drive, the log and this machine. */
struct view *health_view_new(struct session *session);
/** Who else has the database open. */
struct view *people_view_new(struct session *session);

/** Pictures of many records. Who came to which meeting: */
struct view *attendance_matrix_new(struct session *session);
/** The measurements of a commitment, or of the indicators an institution presents. */
struct view *plot_view_new(struct session *session, enum record_kind_id kind, int64_t key);
/** The milestones of the plan that commitment belongs to, in time; at that commitment. */
struct view *timeline_view_new(struct session *session, int64_t commitment);

#endif
