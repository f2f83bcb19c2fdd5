/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_TERM_SCRIPT_H
#define NUCLEO_UI_TERM_SCRIPT_H

#include "nucleo/ui/term.h"

/**
 * A terminal that plays a script and keeps the last canvas. The script is
 * words apart by spaces: a key name ("Down", "Ctrl-R", "q"), or
 *   type:TEXT    each character of TEXT ("_" is a space)
 *   paste:TEXT   a bracketed paste ("_" is a space, "\n" a line end)
 *   size:CxR     the window becomes C columns wide and R rows high
 *   click:R,C    a click on row R, column C, counted from 0; dblclick:R,C: two, quickly
 *   again        the last click once more, quickly
 *   wheel-up:R,C  the wheel, there; also wheel-down:R,C
 *   idle         nothing comes until the time is over
 *   batch        from here on, keys come faster than frames are drawn
 */
struct term_script {
	struct term term;
	struct canvas shown;
	int rows, columns;
	int draws;    /**< frames so far */
	int suspends; /**< how often it was left, or lent */
	int forgets;
	bool batch;
	bool mouse; /**< whether its events are asked for; they come in any case */
	struct mouse_event click; /**< the last one */
	bool clicks_again;        /**< it is the first of two */
	int64_t clock; /**< of the mouse: a second goes by with each word */
	const char *rest;   /**< of the script */
	const char *typing; /**< of a word "type:" */
	struct strbuf text;
	struct strbuf copied; /**< what was last put on the clipboard */
};

/** `script` is borrowed; an unknown word ends the program with a message. */
void term_script_init(struct term_script *script, int rows, int columns, const char *keys);
void term_script_release(struct term_script *script);

#endif
