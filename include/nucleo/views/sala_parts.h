/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_SALA_PARTS_H
#define NUCLEO_VIEWS_SALA_PARTS_H

#include "nucleo/exchange/minutes.h"
#include "nucleo/model/agenda_clock.h"
#include "nucleo/store/entry_origin.h"
#include "nucleo/store/record_set.h"
#include "nucleo/ui/picker.h"
#include "nucleo/ui/prompt.h"
#include "nucleo/ui/table.h"
#include "nucleo/views/session.h"
#include "nucleo/views/writing.h"

/**
 * Private to src/views/sala*.c: the room of a meeting while it lasts. Three parts share the
 * screen, and in a narrow one take turns: the agenda with the clock of its items, the record of
 * an item, and the line one writes.
 *   sala.c         the parts together
 *   sala_load.c    which meeting, and what there is of it
 *   sala_agenda.c  the agenda, and walking it
 *   sala_record.c, sala_record_draw.c  the record of an item
 *   sala_entry.c   what is done with a line of it
 *   sala_line.c    the line, its preview and what completes it
 *   sala_notes.c   lines written into the record
 *   sala_values.c  measurements a line says, confirmed first
 *   sala_text.c    several paragraphs at once, and where a line is divided
 *   sala_draft.c   what is typed and not written yet
 */

enum sala_part { SALA_LINE, SALA_RECORD, SALA_AGENDA };

/** A line on the screen of the record. */
struct sala_row {
	size_t entry;     /**< index of `entries` */
	char *text;       /**< owned */
	enum role role;
	bool is_first;    /**< of its entry */
	bool is_marked;   /**< the sentence that says something is to be done begins here */
	struct prose_span mark; /**< what of it belongs to that sentence */
	size_t said; /**< bytes of it that were said; behind them stands who wrote it down */
};

struct sala_record {
	VECTOR(size_t) entries;        /**< of the item shown, indexes of the page's */
	VECTOR(struct prose_span) marks; /**< of each what the detector found; length 0: nothing */
	VECTOR(struct sala_row) rows;
	int width;            /**< the rows are broken for; 0: they have to be made */
	size_t selected;      /**< index of `entries` */
	int64_t selected_key; /**< of that, to find it again; 0: the last one */
	size_t top, page;     /**< first row in sight, and how many last were */
	struct region place;
};

struct sala_line {
	struct prompt prompt;
	struct capture capture; /**< what it amounts to */
	bool is_read;           /**< `capture` is to be released */
	VECTOR(struct prompt_span) spans; /**< of its tokens */
	struct strbuf preview;
	bool has_problem;
	struct capture_choices choices; /**< offered to complete it; without any none is shown */
	struct picker picker;
	struct region place;
};

struct sala {
	struct view view;
	struct session *session;
	int64_t key; /**< of the meeting; 0: there is none to be recorded */
	bool is_open; /**< it is in session, and one may write */
	struct record_set meeting, items, entries, followups;
	struct minutes_context minutes;
	bool has_minutes; /**< it is to be released */
	struct entry_origins origins;
	int64_t current; /**< the item lines go to; 0: before the first one */
	day_minute now;
	struct strbuf quorum, others; /**< who is there, and who else is in the room; or "" */
	bool is_quorum_lost;
	enum sala_part part; /**< that has the keys */
	struct table agenda;
	int64_t shown; /**< the item of the record */
	int64_t made_followup; /**< just now, which the same key then opens; 0: none */
	struct sala_record record;
	struct sala_line line;
	int64_t next_entry; /**< the key of what is in the line once it is written; 0: none yet */
	int64_t line_item; /**< the item it was begun in, though another may have gone on since */
	struct strbuf paragraph; /**< what is in the editor over the page; or "" */
	struct writing writing;  /**< the line and the paragraph */
};

/** The meeting; NULL when there is none. */
const struct meeting *sala_meeting(const struct sala *page);
/** The item that what is typed goes to; 0: before the first one. */
int64_t sala_line_item(const struct sala *page);
/** An item by its key; NULL for 0 and when it is gone. */
const struct agenda_item *sala_item(const struct sala *page, int64_t key);
/** Gives the keys to a part; one that is not there gives them to the next that is. */
void sala_go(struct sala *page, enum sala_part part);
/** Commits. After RC_OK the caller says what happened; after RC_CONFLICT what was written waits for
 *  a decision, and the page for that is open. `*done` is what the handler has to return. */
enum rc sala_commit(struct sala *page, struct ui *ui, struct operation *operation,
		    unsigned *done);
/** Says what went wrong. */
unsigned sala_say(struct ui *ui, const struct error *err);

/* ---- sala_load.c */

enum rc sala_load(struct sala *page, struct ui *ui, struct error *err) ATTR_NODISCARD;
void sala_release_records(struct sala *page);

/* ---- sala_agenda.c */

void sala_agenda_init(struct sala *page);
/** Appends where the meeting is and when it will end. */
void sala_add_clock(const struct sala *page, struct strbuf *out);
/** Goes to the item after the one in progress; begins the session. */
unsigned sala_next_item(struct sala *page, struct ui *ui);
unsigned sala_agenda_op(struct sala *page, struct ui *ui, enum op op);

/* ---- sala_record.c */

/** Puts in the pane what belongs to the item that is to be shown. */
void sala_record_show(struct sala *page);
void sala_record_release(struct sala_record *record);
/** Its rows have to be made again. */
void sala_record_forget_rows(struct sala_record *record);
/** One of its entries, by its place. */
const struct resolution *sala_record_at(const struct sala *page, size_t i);
/** The selected entry; NULL when there is none. */
const struct resolution *sala_record_selected(const struct sala *page);
/** Selects an entry when it is next shown; 0: the last one. */
void sala_record_select(struct sala *page, int64_t key);
bool sala_record_move(struct sala *page, enum op op);
bool sala_record_point(struct sala *page, int row, int column);

/* ---- sala_record_draw.c */

void sala_record_draw(struct sala *page, struct region region, bool focus);

/* ---- sala_entry.c */

unsigned sala_entry_op(struct sala *page, struct ui *ui, enum op op);
/** Makes a follow-up of the sentence marked: of the selected entry where the record has the keys,
 *  else of the last one that has one. */
unsigned sala_to_followup(struct sala *page, struct ui *ui);

/* ---- sala_line.c */

void sala_line_init(struct sala_line *line);
void sala_line_release(struct sala_line *line);
/** Reads it: after it changed, or what is known beside it. */
void sala_line_read(struct sala *page);
void sala_line_set(struct sala *page, const char *text);
unsigned sala_line_type(struct sala *page, struct ui *ui, const char *text);
unsigned sala_line_op(struct sala *page, struct ui *ui, enum op op);
/** Draws the line and below it what it amounts to; `over` is where choices may be shown. */
void sala_line_draw(struct sala *page, struct region region, struct region over, bool focus);

/* ---- sala_notes.c */

/** Lines to be written, one after the other. Zeroed is empty. */
struct sala_note {
	char *text; /**< as typed, owned */
	struct capture capture;
};

struct sala_notes {
	VECTOR(struct sala_note) items;
	bool is_paragraphs; /**< they come from the editor */
};

/** Appends the paragraphs of a text: apart by empty lines where it has them, else one a line. */
void sala_notes_add_paragraphs(struct sala *page, struct sala_notes *notes, const char *text);
/** Whether some of them say measurements that have to be confirmed. */
bool sala_notes_say_values(const struct sala_notes *notes);
void sala_notes_release(struct sala_notes *notes);
/**
 * Writes them, each an operation, the measurements they still have too. Those that are written
 * leave the list, and the line or the paragraph is what is left. `*entry` is the last one written,
 * 0 for none.
 */
enum rc sala_notes_write(struct sala *page, struct ui *ui, struct sala_notes *notes,
			 int64_t *entry, unsigned *done);
/** Writes the line of the page; asks first about measurements. */
unsigned sala_note_down(struct sala *page, struct ui *ui);
/** Writes it as a decision. */
unsigned sala_note_decision(struct sala *page, struct ui *ui);

/* ---- sala_values.c */

/** Opens the table of what the notes say; takes them over. */
struct view *sala_values_new(struct sala *page, struct sala_notes *notes);

/* ---- sala_text.c */

/** Opens the editor on the paragraph of the page. */
struct view *sala_text_new(struct sala *page);
/** Opens it on what is in the line, with more behind it. */
unsigned sala_write_text(struct sala *page, struct ui *ui, const char *more);
/** Asks where the entry is to be divided. */
unsigned sala_ask_split(struct sala *page, struct ui *ui, const struct resolution *entry);

/* ---- sala_draft.c */

/** Has the line of this meeting kept; one of another meeting is left to be offered. */
void sala_draft_settle(struct sala *page);
/** Something was typed, or all of it is written or gone. */
void sala_draft_changed(struct sala *page);
/** Offers what was typed before and not written, if there is anything. */
void sala_draft_offer(struct sala *page, struct ui *ui);

#endif
