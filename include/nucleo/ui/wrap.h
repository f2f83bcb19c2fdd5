/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_WRAP_H
#define NUCLEO_UI_WRAP_H

#include "nucleo/base/vector.h"

/** A line of a wrapped text: bytes from `start`, blanks at its end left out. */
struct wrap_line {
	size_t start, length;
};

typedef VECTOR(struct wrap_line) wrap_lines;

/**
 * Appends to `lines` the lines of `text` at most `columns` wide (1 or more):
 * broken at blanks, at line ends, and inside a word only when the word alone
 * is too wide. No text is one empty line.
 */
void wrap_text(const char *text, int columns, wrap_lines *lines);

#endif
