/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_NEAREST_H
#define NUCLEO_BASE_NEAREST_H

#include <stddef.h>

/**
 * "Did you mean": of the names offered, the one most like a mistyped word,
 * case and accents aside. A name is like it when it begins with the word or
 * differs in at most a third of its letters (missing, extra, wrong or swapped).
 */
enum { NEAREST_MAX = 32 /**< longer words are like nothing */ };

struct nearest {
	char word[NEAREST_MAX + 1]; /**< folded; "" matches nothing */
	const char *best;           /**< borrowed from whoever offered it; NULL: none */
	size_t distance;
};

void nearest_init(struct nearest *nearest, const char *word);
void nearest_offer(struct nearest *nearest, const char *name);

#endif
