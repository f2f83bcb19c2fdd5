/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SCREEN_TEST_H
#define NUCLEO_TESTS_SCREEN_TEST_H

#include "nucleo/ui/canvas.h"
#include "nucleo/ui/term_script.h"
#include "nucleo/ui/ui.h"

/**
 * Screen tests: scripted keys, then the last canvas against a file.
 *
 *	screen_expect("commitments-80x24", 24, 80, "Down Down Enter", &setup);
 *
 * compares with tests/ui/expected/commitments-80x24.txt and fails showing the
 * lines that differ. NUCLEO_UPDATE_DUMPS=1 writes the file instead: look at
 * what git then shows as changed.
 */

/**
 * Runs the screen of `setup` (terminal and, when NULL, keymap are filled in)
 * in a window of that size with a script (see term_script.h) and compares.
 */
void screen_expect(const char *name, int rows, int columns, const char *script,
		   const struct ui_setup *setup);
/** As above, and gives the played script for more questions; the caller releases it. */
void screen_play(struct term_script *script, const struct ui_setup *setup);
/** Compares one canvas. */
void screen_expect_canvas(const char *name, const struct canvas *canvas);
/** Compares any text. */
void screen_expect_text(const char *name, const char *text);
/** Appends row `row` of the canvas as text, without trailing blanks. */
void screen_row(const struct canvas *canvas, int row, struct strbuf *out);

#endif
