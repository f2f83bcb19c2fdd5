/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_TEXT_DIFF_H
#define NUCLEO_MODEL_TEXT_DIFF_H

#include <stddef.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"

/**
 * What changed from one version of a text to another, word by word: the
 * shortest way from one to the other, as far as that can be found at a bounded
 * cost; else line by line, and word by word within the lines that changed; else
 * all of it. Pure: nothing but the two texts decides. No character as a reader
 * sees it is ever cut in two.
 */
enum text_run_kind { TEXT_SAME, TEXT_REMOVED, TEXT_ADDED };

struct text_run {
	enum text_run_kind kind;
	const char *text; /**< where it begins, in the text before; of TEXT_ADDED in
			     that after */
	size_t length;	  /**< bytes; never 0 */
};

/**
 * The runs in reading order; where something took the place of something else,
 * what was removed comes first. Without those added they are the text before,
 * without those removed the text after.
 */
struct text_diff {
	VECTOR(struct text_run) runs;
};

/** Longer texts, in bytes, are not compared: one took the place of the other.
 */
#define TEXT_DIFF_MAX ((size_t)256 * 1024)

/** Compares; the runs point into both texts, which must outlive them. Release
 * it afterwards. */
void text_diff_init(struct text_diff *diff, const char *before, const char *after);
void text_diff_release(struct text_diff *diff);

/** Appends it as one text, signs alone telling the runs apart:
 *  "avance [-38-]{+40+} %". */
void text_diff_add_marked(struct strbuf *out, const struct text_diff *diff);

#endif
