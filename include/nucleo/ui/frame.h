/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_FRAME_H
#define NUCLEO_UI_FRAME_H

#include "nucleo/ui/canvas.h"
#include "nucleo/ui/keymap.h"

/** What a window must have; below it the screen only says so. */
#define FRAME_COLUMNS_MIN 30
#define FRAME_ROWS_MIN 8

/** The parts of the screen; one that has no room, or no use, has no rows. */
struct frame {
	struct region top;      /**< the tabs, or the path to where one is */
	struct region sentence; /**< the line that matters */
	struct region upper_rule;
	struct region body;
	struct region lower_rule;
	struct region message; /**< what just happened, or what is being asked */
	struct region hints;   /**< keys that work here */
};

bool frame_fits(int rows, int columns);
/** Divides the screen; pure. Rules are left out below 16 rows. */
struct frame frame_layout(struct region screen, bool has_sentence);

/** Columns of a row that something drawn there takes, up to `to`; none when it is not drawn. */
struct frame_span {
	int from, to;
};

struct frame_tab {
	const char *key;        /**< label of its key */
	const char *title;      /**< translated */
	struct frame_span span; /**< where it was drawn; set by frame_draw_tabs() */
};

struct frame_step {
	const char *title;      /**< translated */
	struct frame_span span; /**< where it was drawn; set by frame_draw_path() */
};

/** Draws the program's name and the tabs, shortened until they fit. */
void frame_draw_tabs(struct region row, struct frame_tab *tabs, size_t count, size_t active);
/** Draws "Agenda › AM-2023-05 › …", the start cut when it is too long. */
void frame_draw_path(struct region row, struct frame_step *steps, size_t count);
/**
 * Draws a line of parts joined by " · ", most telling first. What does not fit
 * is left out whole parts at a time, as long as half of the row stays in use.
 */
void frame_draw_parts(struct region row, enum role role, const char *text);
/**
 * Draws the keys of `context` that have a hint, `? ayuda` always and first;
 * OP_BACK only when there is somewhere to go back to. `spans` gets where each
 * op stands.
 */
void frame_draw_hints(struct region row, const struct keymap *keymap, enum context context,
		      bool can_go_back, struct frame_span spans[OP_COUNT]);
/** Draws, instead of everything else, that the window is too small. */
void frame_draw_too_small(struct region screen);

#endif
