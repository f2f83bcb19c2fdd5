/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_EDITOR_H
#define NUCLEO_UI_EDITOR_H

#include <stdbool.h>

#include "nucleo/base/vector.h"
#include "nucleo/ui/canvas.h"
#include "nucleo/ui/op.h"

/** Text of many lines being written. It moves by what a reader sees as characters. */

/** Most bytes of a text where its owner asks for no less. */
#define EDITOR_MAX 65536

/** A line as it is shown: bytes [start, end) of the text, without a line end. */
struct editor_line {
	size_t start, end;
	bool is_last; /**< of its paragraph: a line end, or the end of the text, follows */
};

typedef VECTOR(struct editor_line) editor_lines;

/** A change, to be taken back: at byte `at`, `removed` gave way to `inserted`. */
struct editor_change {
	size_t at;
	size_t cursor;                  /**< before it */
	struct strbuf removed, inserted;
};

struct editor {
	struct strbuf text; /**< valid UTF-8, no control characters but '\n' */
	size_t cursor;      /**< byte, where a character begins, or the end */
	size_t limit;       /**< bytes of `text` */
	bool is_full;       /**< the last insertion was too long for it */
	int column;         /**< where Up and Down try to stay; -1: where the cursor is */
	editor_lines lines; /**< broken for `width`; none: to be broken anew */
	int width;
	size_t top;          /**< first line in sight */
	size_t page;         /**< lines last drawn */
	struct region place; /**< where */
	VECTOR(struct editor_change) changes;
	size_t done;          /**< of `changes`; those behind it were taken back */
	size_t changes_bytes; /**< that they hold */
	bool is_typing;       /**< a letter that follows belongs to the last change */
};

/** Empty; `limit` 0 is EDITOR_MAX. */
void editor_init(struct editor *editor, size_t limit);
void editor_release(struct editor *editor);
/** Another text, cleaned and cut as editor_insert() does it: nothing to undo, the cursor at its end. */
void editor_set(struct editor *editor, const char *text);
/** As editor_set(), but it can be undone. */
void editor_replace(struct editor *editor, const char *text);
/**
 * Inserts what was typed or pasted, cleaned by utf8_add_clean(). What has no
 * room within the limit is left out, and `is_full` says so.
 */
void editor_insert(struct editor *editor, const char *text);
/** Does the ops of CONTEXT_EDITOR that move, erase, undo and begin lines; false for others. */
bool editor_op(struct editor *editor, enum op op);
/** Puts the cursor at that place of the screen; false when it is outside. */
bool editor_point(struct editor *editor, int row, int column);
/** Draws the lines around the cursor, and the cursor. */
void editor_draw(struct editor *editor, struct region region);

/**
 * Appends the lines of `text` (valid UTF-8), at most `columns` wide, broken
 * where Unicode's line breaking (UAX #14) allows it, inside a word only when it
 * is too wide alone. Blanks at the end of a line belong to it and may be
 * beyond. Pure.
 */
void editor_break_lines(const struct strbuf *text, int columns, editor_lines *lines);

#endif
