/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_FUZZY_H
#define NUCLEO_BASE_FUZZY_H

#include "nucleo/base/strbuf.h"

/** What is looked at of a longer text, and of a longer word of a pattern. */
enum { FUZZY_TEXT_MAX = 256, FUZZY_WORD_MAX = 32 };

/** What fuzzy_match() gives for a text that does not answer. */
#define FUZZY_NONE (-1)

/**
 * How well `text` answers what somebody types to find it, case and accents
 * aside: the letters of each word of `pattern` occur in it in their order,
 * with any others between; the words themselves in any order. More for letters
 * side by side, at the start of a word, and for whole words; FUZZY_NONE when a
 * word is not there, 0 for no words.
 *
 * `marks` (may be NULL) gets a byte for each byte of `text`: '^' where a
 * character was used, ' ' elsewhere.
 */
int fuzzy_match(const char *text, const char *pattern, struct strbuf *marks);

/**
 * As fuzzy_match(), each word being in `text` or, for a quarter less, in
 * `also`: other names of the same thing. A whole name is worth more than letters
 * scattered over a text. `also` may be NULL.
 */
int fuzzy_match_either(const char *text, const char *also, const char *pattern);

#endif
