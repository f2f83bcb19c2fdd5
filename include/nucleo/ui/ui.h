/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_UI_H
#define NUCLEO_UI_UI_H

#include "nucleo/ui/keymap.h"
#include "nucleo/ui/picker.h"
#include "nucleo/ui/term.h"
#include "nucleo/ui/view.h"

/** The frame around the views: reads keys, keeps the stacks of views, draws. */

/** One screen, reached by the key of its op. */
struct ui_screen {
	enum op op;
	const char *title;                  /**< msgid */
	struct view *(*open)(void *context); /**< its first view, when it is first shown */
};

/** Most screens there can be. */
#define UI_SCREENS_MAX 10

/** How often the data is looked at while nobody types, in milliseconds. */
#define UI_POLL_MS 1200

struct ui_setup {
	struct term *term;
	const struct keymap *keymap;
	const struct ui_screen *screens; /**< the first one is shown */
	size_t screen_count;
	void *context; /**< given to the functions below and to `open` */
	/**
	 * Looks at the data, now and then and when `watched` says so: UI_RELOAD when it
	 * changed, UI_REDRAW when only the message line did. May ui_say(); may be NULL.
	 */
	unsigned (*changed)(void *context, struct ui *ui);
	/** Handles an op that no view took; UI_PASS: nor does this. May be NULL. */
	unsigned (*op)(void *context, struct ui *ui, enum op op);
	int watched; /**< a descriptor, readable when there is something to look at; 0: none */
	int poll_ms; /**< how often to look without being told; 0: UI_POLL_MS */
	/** Asks what has to be asked once the first screen is shown; may be NULL. */
	unsigned (*begin)(void *context, struct ui *ui);
	/** Appends a word that always stands first in the message line, as long as there is one;
	 *  may be NULL. */
	void (*sign)(void *context, struct strbuf *out);
	/** Milliseconds after which to look in any case, -1: any; may be NULL. */
	int (*soon)(void *context);
	/** Appends what the message line shows when nothing happened; may be NULL. */
	void (*status)(void *context, struct strbuf *out);
	/** Whether clicks and the wheel do something; OP_MOUSE changes it. NULL: they never do. */
	bool *mouse;
	bool plain; /**< ASCII for lines and signs */
};

/** Runs until the person quits or the terminal ends. The terminal stays open. */
void ui_run(const struct ui_setup *setup);

/** Opens `view` (owned from here) over the one that asks; returns UI_REDRAW. */
unsigned ui_open(struct ui *ui, struct view *view);
/** Opens `view` (owned from here) in place of the one that asks, which is to be closed: returns
 *  what its handler has to return. */
unsigned ui_replace(struct ui *ui, struct view *view);
/** Shows what happened in the message line until the next key. */
void ui_say(struct ui *ui, enum role role, const char *format, ...) ATTR_PRINTF(3, 4);
/** Makes room in the message line for what is newer than a ROLE_NOTICE; all else said stays. */
void ui_unsay_notice(struct ui *ui);

/** A line asked from the person, by the view in front. */
struct ui_question {
	const char *label; /**< translated, borrowed until answered; "Filtrar: " */
	const char *text;  /**< to begin with; may be NULL */
	/** At every change of the text; may be NULL. */
	unsigned (*changed)(struct view *view, struct ui *ui, const char *text);
	/**
	 * At Enter; `text` is valid until the next question is asked. To refuse:
	 * ui_say() why and return UI_KEEP.
	 */
	unsigned (*answered)(struct view *view, struct ui *ui, const char *text);
	/** At Esc; may be NULL. */
	unsigned (*cancelled)(struct view *view, struct ui *ui);
	/**
	 * At Tab: what could stand at `cursor`, a byte of `text`. Answers with
	 * ui_complete(), or says what there is. May be NULL.
	 */
	unsigned (*complete)(struct view *view, struct ui *ui, const char *text, size_t cursor);
};

/** Puts `text` in the place of some bytes of the line being asked; returns UI_REDRAW. */
unsigned ui_complete(struct ui *ui, size_t start, size_t length, const char *text);

/** Shows some bytes of the line being asked as wrong, until it changes. */
void ui_mark_fault(struct ui *ui, size_t start, size_t length);

/** Asks; returns UI_REDRAW. Ops that are not editing (Up, PgDn...) still go to the view. */
unsigned ui_ask(struct ui *ui, const struct ui_question *question);

/** A choice asked from the person, by the view in front. */
struct ui_pick {
	const char *label; /**< translated, borrowed until picked; "Ordenar por: " */
	/**
	 * What is to be known before choosing, shown over the choices; translated, copied. With
	 * it this is a dialog: it asks one thing, each choice says what comes of it, and Esc
	 * changes nothing. May be NULL.
	 */
	const char *text;
	const char *begun; /**< what narrows the choices to begin with; may be NULL */
	/** In the order to be shown; copied, so they may go when ui_pick() returns. */
	const struct ui_choice *choices;
	size_t count;
	int64_t selected; /**< `id` of the one to begin at; the first when there is none such */
	/** At Enter. To refuse: ui_say() why and return UI_KEEP. May ask the next question. */
	unsigned (*picked)(struct view *view, struct ui *ui, int64_t id);
	/** At Enter on what is typed, which is none of the choices and valid until the next
	 *  question is asked; NULL: only a choice will do. */
	unsigned (*typed)(struct view *view, struct ui *ui, const char *text);
	/** At Esc; may be NULL. */
	unsigned (*cancelled)(struct view *view, struct ui *ui);
};

/**
 * Shows the choices over the lower part of the body; typing narrows them, the
 * moving ops move among them. Returns UI_REDRAW.
 */
unsigned ui_pick(struct ui *ui, const struct ui_pick *pick);

/**
 * Has the person's own editor (VISUAL, EDITOR) change `text`, which gets at most
 * `limit` bytes, cleaned by utf8_add_clean(); the screen is back afterwards. On
 * failure `text` is as it was, and the message says where what was written lies.
 */
enum rc ui_edit_outside(struct ui *ui, struct strbuf *text, size_t limit, struct error *err)
	ATTR_NODISCARD;
/** Has the view in front do it, or the frame where the view does not care: as if its key had been
 *  pressed. */
void ui_do(struct ui *ui, enum op op);

/** Goes back to where one was before this screen, whatever was opened from it since. */
void ui_leave_screen(struct ui *ui);

/** Has the data looked at (see `changed` of the setup) within so many milliseconds, if that is
 *  sooner than it would be. */
void ui_look_within(struct ui *ui, int ms);

/** Has every view but the one in front read again before it is next shown. */
void ui_mark_stale(struct ui *ui);

/** Appends where one is: the name of the screen, and the title of the page in front. What a first
 *  view adds to its title, as a filter, is left out, unless its `place` says it. */
void ui_add_place(const struct ui *ui, struct strbuf *out);

/** The context of `ui`'s setup. */
void *ui_context(struct ui *ui);

#endif
