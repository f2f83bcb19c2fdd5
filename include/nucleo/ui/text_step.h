/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_TEXT_STEP_H
#define NUCLEO_UI_TEXT_STEP_H

#include <stddef.h>

/**
 * Steps through text being typed: valid UTF-8 without control characters but
 * '\n'. Places are bytes where a character begins as a reader sees it, or the
 * end. Pure.
 */

/** Where the line that `at` is in begins, and where it ends: at a '\n' or the end of the text. */
size_t text_line_start(const char *text, size_t at);
size_t text_line_end(const char *text, size_t at);
/** The character before `at`, the one behind it; the ends of the text stop them. */
size_t text_character_before(const char *text, size_t at);
size_t text_character_after(const char *text, size_t at);
/** `at`, or the end of the character it would cut in two. */
size_t text_whole_character(const char *text, size_t at);
/** Where the word before `at` begins; where the one behind it ends. */
size_t text_word_before(const char *text, size_t at);
size_t text_word_after(const char *text, size_t at);

#endif
