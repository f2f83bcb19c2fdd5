/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_UI_PARTS_H
#define NUCLEO_UI_UI_PARTS_H

#include "nucleo/ui/canvas.h"
#include "nucleo/ui/dialog.h"
#include "nucleo/ui/frame.h"
#include "nucleo/ui/picker.h"
#include "nucleo/ui/prompt.h"
#include "nucleo/ui/ui.h"

/** Inside of the frame: what its files (src/ui/ui*.c) share. Views include ui.h. */

/** Views one can open over each other. */
#define UI_DEPTH_MAX 32

/**
 * A view and those it was opened over, down to the first of its screen. Pages
 * are counted, not owned: more than one way may lead over the same page.
 */
struct page {
	struct view *view;  /**< owned; closed with the last user */
	struct page *below; /**< used; NULL: the first of its screen */
	size_t depth;       /**< 1 for the first */
	int users;
};

/** A step of the way one went: a page in front of its screen. */
struct place {
	size_t screen;
	struct page *page; /**< used */
};

/** Steps remembered; the oldest are forgotten. */
#define UI_TRAIL_MAX 50

struct trail {
	struct place places[UI_TRAIL_MAX];
	size_t count;
	size_t at; /**< where one is; what lies after it was gone back from */
};

/** What the message line asks. */
enum asking { ASKING_NOTHING, ASKING_LINE, ASKING_CHOICE };

struct ui {
	const struct ui_setup *setup;
	struct canvas canvas;
	struct page *tops[UI_SCREENS_MAX]; /**< of each screen; NULL: not opened yet */
	size_t screen;                     /**< index of the one in front */
	struct trail trail;
	struct view *next; /**< owned: opened once the one in front is closed; or NULL */
	bool dirty, quitting;
	int64_t polled_at; /**< clock_monotonic_ms() */
	enum role message_role;
	struct strbuf message;
	enum asking asking;
	struct ui_question question;
	struct ui_pick pick;
	struct picker picker;
	struct dialog dialog; /**< over the choices */
	struct prompt prompt; /**< what is typed, of either */
	struct mouse_event last_click; /**< to tell a double click */
	struct frame frame;            /**< as last drawn */
	struct frame_span top_spans[UI_DEPTH_MAX]; /**< the tabs, or the steps of the path */
	struct frame_span hint_spans[OP_COUNT];
};

struct term *ui_term(const struct ui *ui);

/* ---- ui_pages.c: what is open ---- */

/** The page, and the view, in front. */
struct page *ui_top(const struct ui *ui);
struct view *ui_view(const struct ui *ui);
/** Whose keys work in it; of a view that could not be read, few. */
enum context view_context(const struct view *view);
/** Reads the view; what went wrong is kept in it. */
void ui_load(struct ui *ui, struct view *view);
/** Reads the view in front if what it shows is out of date. */
void ui_settle(struct ui *ui);
/** One more, and one less, user of the page (may be NULL). */
struct page *page_use(struct page *page);
void page_leave(struct page *page);
/** Puts that page in front of its screen, and the screen in front; read again when stale. */
void ui_go(struct ui *ui, size_t screen, struct page *page);
/** Opens `view` (owned from here) over the one in front. */
void ui_push(struct ui *ui, struct view *view);
/** Back to the page below, if there is one. */
void ui_pop(struct ui *ui);
/** Brings a screen to the front; the one that is there already, to its first page. */
void ui_show_screen(struct ui *ui, size_t screen);
/** What is on the screen is read again now, the rest when it is next shown. */
void ui_reload_all(struct ui *ui);
void ui_close_pages(struct ui *ui);

/* ---- ui_trail.c ---- */

/** Remembers where one is, when that is not where one was. */
void ui_note_place(struct ui *ui);
/** Goes a step back or forward, or says that there is none. */
void ui_travel(struct ui *ui, bool forward);
void ui_forget_trail(struct ui *ui);

/* ---- ui_ops.c: what keys do ---- */

void ui_apply(struct ui *ui, unsigned consequences);
/** Gives what is typed, or pasted, to what is asked or to the view in front. */
void ui_type(struct ui *ui, const char *text);
/** Whether the view in front takes what is typed as text. */
bool ui_takes_text(const struct ui *ui);

/* ---- ui_palette.c ---- */

/** Asks which op to do, of all that work here. */
void ui_palette(struct ui *ui);

/* ---- ui_copy.c ---- */

/** Copies what is selected, asking what of it where there is a choice. */
void ui_copy(struct ui *ui);

/* ---- ui_ask.c: questions and choices ---- */

/** Does an op of the prompt. */
void ui_ask_op(struct ui *ui, enum op op);
/** Whose keys work now: those of what is asked, else of the view in front. */
enum context ui_context_now(const struct ui *ui);
/** Inserts what was typed or pasted. */
void ui_ask_type(struct ui *ui, const char *text);

/* ---- ui_mouse.c ---- */

bool ui_has_mouse(const struct ui *ui);
void ui_set_mouse(struct ui *ui, bool on);
void ui_mouse(struct ui *ui, const struct mouse_event *event);

/* ---- ui_draw.c ---- */

void ui_draw(struct ui *ui);
/** Whether the first row shows the screens, not the path to where one is. */
bool ui_has_tabs(const struct ui *ui);
/** Whether the window was large enough to draw in. */
bool ui_is_visible(const struct ui *ui);

#endif
