/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_PROMPT_H
#define NUCLEO_UI_PROMPT_H

#include <stdbool.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/ui/canvas.h"
#include "nucleo/ui/key.h"
#include "nucleo/ui/op.h"

/** Most bytes one can type; more is not taken. */
#define PROMPT_MAX 4096

/** Some bytes of it that are drawn otherwise. */
struct prompt_span {
	size_t start, length;
	enum role role;
};

/** One line of text being typed, edited by what a reader sees as characters. */
struct prompt {
	struct strbuf text; /**< valid UTF-8 without control characters */
	size_t cursor;      /**< byte, at a character boundary */
	size_t fault, fault_length; /**< bytes drawn as wrong; checked when drawn */
	/** More of them, in order and apart from each other; borrowed. Without any the fault
	 *  counts. */
	const struct prompt_span *spans;
	size_t span_count;
};

void prompt_init(struct prompt *prompt);
void prompt_release(struct prompt *prompt);
/** Replaces the text; the cursor goes to its end. */
void prompt_set(struct prompt *prompt, const char *text);
/** Inserts pasted text: line ends and tabs as a space, other controls dropped. */
void prompt_insert(struct prompt *prompt, const char *text);
/** As prompt_insert(), in the place of some bytes; the cursor goes behind. */
void prompt_replace(struct prompt *prompt, size_t start, size_t length, const char *text);
/** Inserts a typed character. */
void prompt_type(struct prompt *prompt, key_code key);
/** Does the CURSOR_ and ERASE_ ops; false for any other. */
bool prompt_op(struct prompt *prompt, enum op op);
/** Puts the cursor at a column of the screen; `field` is where it was drawn, without a label. */
void prompt_point(struct prompt *prompt, struct region field, int column);
/** Draws `label` and as much of the text around the cursor as fits; places the cursor. */
void prompt_draw(const struct prompt *prompt, struct region region, const char *label);

#endif
