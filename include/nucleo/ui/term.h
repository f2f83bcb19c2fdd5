/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_TERM_H
#define NUCLEO_UI_TERM_H

#include "nucleo/base/error.h"
#include "nucleo/ui/canvas.h"
#include "nucleo/ui/key.h"
#include "nucleo/ui/mouse.h"

enum term_event_kind {
	TERM_TIMEOUT, /**< nothing came in the time given */
	TERM_KEY,
	TERM_PASTE,
	TERM_MOUSE,
	TERM_RESIZE, /**< ask for the size again and draw; also after a pause */
	TERM_END,    /**< the terminal is gone, or the program was asked to end */
};

struct term_event {
	enum term_event_kind kind;
	key_code key;     /**< TERM_KEY */
	/** TERM_PASTE: valid UTF-8, line ends as '\n', no other controls; borrowed until the next
	 *  read. `is_cut`: there was more. */
	const char *text;
	bool is_cut;
	struct mouse_event mouse; /**< TERM_MOUSE */
};

/** Longest paste taken; the rest is dropped. */
#define TERM_PASTE_MAX 65536

struct term;

/** A terminal: the real one (term_curses.c) or that of the tests (term_script.c). */
struct term_class {
	void (*size)(struct term *term, int *rows, int *columns);
	/** Waits at most `timeout` milliseconds; 0 takes only what is there already. */
	void (*read)(struct term *term, int timeout, struct term_event *event);
	/** Shows the canvas, sending what differs from the last one in one write. */
	void (*draw)(struct term *term, const struct canvas *canvas);
	/** The next draw repaints everything, whatever the terminal shows now. */
	void (*forget)(struct term *term);
	/**
	 * Asks for `text` to be put on the clipboard; nobody says whether it was.
	 * Errors as clipboard_add() has them.
	 */
	enum rc (*copy)(struct term *term, const char *text, struct error *err);
	/** Has clicks and the wheel reported, or leaves them to the terminal, as at first. */
	void (*set_mouse)(struct term *term, bool on);
	/** Gives the terminal back to the shell until the program is resumed. */
	void (*suspend)(struct term *term);
	/** Gives the terminal to another program for as long as `run`, given `context`, takes. */
	void (*lend)(struct term *term, void (*run)(void *context), void *context);
	/** Restores the terminal and frees. */
	void (*close)(struct term *term);
};

struct term {
	const struct term_class *class;
	/** A read ends, as if its time were up, when this descriptor becomes readable; 0: none. */
	int watched;
};

/**
 * Opens the terminal on standard input and output. RC_USAGE when they are no
 * terminal, RC_NOT_FOUND when its type is unknown. It is restored by close, at
 * exit() and when a signal ends the program. At most one is open.
 */
struct term *term_curses_open(struct error *err) ATTR_NODISCARD;
/** Whether the terminal's font may lack lines and bars (the Linux console's does). */
bool term_is_plain(void);

/** Restores the terminal and frees; NULL is ignored. */
void term_close(struct term *term);

#endif
