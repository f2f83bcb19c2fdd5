/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_PICKER_H
#define NUCLEO_UI_PICKER_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/vector.h"
#include "nucleo/ui/canvas.h"
#include "nucleo/ui/op.h"

/** A list of choices narrowed by typing, best answer first (see fuzzy_match()). */

/** Something to pick. Strings are text for a person, already translated. */
struct ui_choice {
	const char *text;
	const char *detail; /**< shown dim at the right: a key, a number; may be NULL */
	const char *also;   /**< more words that find it, not shown; may be NULL */
	int64_t id;         /**< what it is to whoever asks */
};

struct picker_item {
	char *text, *detail, *also; /**< owned; the last two may be NULL */
	int64_t id;
};

/** A choice that answers what was typed. */
struct picker_hit {
	size_t item;
	int score;
};

struct picker {
	VECTOR(struct picker_item) items;
	VECTOR(struct picker_hit) hits; /**< best first, equals in the order given */
	size_t selected, top;           /**< indexes of `hits` */
	size_t page;                    /**< hits last drawn */
	struct region place;            /**< where */
	/** What is typed may be taken as it is: the last hit, unless a choice is called so. */
	bool takes_typed;
};

/** Zeroed is empty. */
void picker_release(struct picker *picker);
/** Takes copies of the choices, all shown, and selects the one called `selected`, or the first. */
void picker_set(struct picker *picker, const struct ui_choice *choices, size_t count,
		int64_t selected);
/** Shows those that answer `typed` and selects the best. */
void picker_narrow(struct picker *picker, const char *typed);
/** Does UP, DOWN, PAGE_UP and PAGE_DOWN; false for any other op. */
bool picker_op(struct picker *picker, enum op op);
/** The selected choice; false when nothing answers, or it is what was typed. */
bool picker_selected(const struct picker *picker, int64_t *id);
/** Whether what was typed is selected, as it is. */
bool picker_typed_is_selected(const struct picker *picker);
/** The lower part of `body` that the picker takes; pure. */
struct region picker_place(const struct picker *picker, struct region body);
/**
 * Draws over its place, lighting the letters that answer `typed`. The cursor
 * goes to the selected choice.
 */
void picker_draw(struct picker *picker, struct region place, const char *typed);
/** Selects the choice drawn at that place of the screen; false when there is none. */
bool picker_point(struct picker *picker, int row, int column);

#endif
