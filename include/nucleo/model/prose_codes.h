/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PROSE_CODES_H
#define NUCLEO_MODEL_PROSE_CODES_H

#include "nucleo/model/prose_words.h"

/** Commitments named in a text: "C5", "C 5", "C2, C3 y C4", "C1 a C4", "compromisos 2 y 3".
 *  Private to prose_*.c. */
enum { CODE_MAX = 99 };

struct code_list {
	unsigned char numbers[CODE_MAX];
	size_t count;
	size_t first; /**< its first word */
	size_t next;  /**< first word after the list */
};

/** A list that begins at this very word; ranges are expanded. */
bool codes_at(const struct prose_words *words, size_t at, size_t end, struct code_list *list);
/** "el 5 y el 6": a list of numbers alone, where it is clear that commitments are meant. */
bool bare_codes_at(const struct prose_words *words, size_t at, size_t end,
		   struct code_list *list);
void code_print(char code[8], unsigned number);
/** First code of a range of words; false and "" when none. */
bool codes_first(const struct prose_words *words, struct word_range range, char code[8]);

#endif
