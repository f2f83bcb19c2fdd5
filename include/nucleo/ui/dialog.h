/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_DIALOG_H
#define NUCLEO_UI_DIALOG_H

#include "nucleo/ui/canvas.h"
#include "nucleo/ui/op.h"

/**
 * To ask in a dialog is ui_pick() with a `text`: what happened and what it
 * is about stands over the choices, each of which names its outcome. Esc must be
 * the outcome that changes nothing. This is that text; it scrolls where it does
 * not fit.
 */
struct dialog {
	char *text; /**< owned, wrapped when drawn; NULL: none */
	size_t top; /**< first line in sight */
	size_t lines, page; /**< in all, and in sight, as last drawn */
};

/** Zeroed is without a text. */
void dialog_release(struct dialog *dialog);
/** Takes a copy of `text`, which may be NULL. */
void dialog_set(struct dialog *dialog, const char *text);
/** Does PAGE_UP and PAGE_DOWN where not all of the text is in sight; else false. */
bool dialog_op(struct dialog *dialog, enum op op);
/** The lowest part of `body` over the choices, `choices` rows high, that the text needs; pure. */
struct region dialog_place(const struct dialog *dialog, struct region body, int choices);
/** Draws over that place. */
void dialog_draw(struct dialog *dialog, struct region place);

#endif
