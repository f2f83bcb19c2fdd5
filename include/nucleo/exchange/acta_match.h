/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTA_MATCH_H
#define NUCLEO_EXCHANGE_ACTA_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Which stored text a text of a corrected acta is the present form of, so that
 * headings, paragraphs and proposals keep their keys, numbers and all that
 * refers to them when words, order or place change.
 */
struct match_text {
	const char *text; /**< borrowed */
	int64_t group;    /**< of the same place: a corrected text is looked for there only */
	bool is_loose;    /**< stored only: any wanted text of its place will do, last of all */
};

/** No stored text fits. */
#define MATCH_NONE SIZE_MAX

/**
 * Sets pairs[i] to the index of the stored text for wanted[i], or MATCH_NONE; no
 * stored text is used twice. First come equal texts in the same place, then
 * equal texts wherever they stand, then in each place the most similar with
 * half the words in common, then the loose ones.
 */
void match_texts(const struct match_text *wanted, size_t wanted_count,
		 const struct match_text *stored, size_t stored_count, size_t *pairs);

/**
 * Gives rows that are to stand in this order the ranks for it, changing as few
 * as can be: `ranks` holds the present ones, 0 for a new row. Ranks leave room
 * between them for rows that come later.
 */
void match_ranks(int64_t *ranks, size_t count);

#endif
