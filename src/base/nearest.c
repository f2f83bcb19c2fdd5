/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/nearest.h"

#include <string.h>

#include "nucleo/base/utf8.h"

/* Folded copy of `text`; empty when it does not fit. */
static void fold_short(char out[NEAREST_MAX + 1], const char *text)
{
	struct strbuf folded;
	strbuf_init(&folded);
	if (strlen(text) <= NEAREST_MAX)
		utf8_fold(&folded, text);
	memcpy(out, folded.data, folded.length <= NEAREST_MAX ? folded.length : 0);
	out[folded.length <= NEAREST_MAX ? folded.length : 0] = '\0';
	strbuf_release(&folded);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: Levenshtein and swaps of neighbours. */
static size_t edit_distance(const char *a, const char *b)
{
	size_t cost[NEAREST_MAX + 1][NEAREST_MAX + 1];
	size_t rows = strlen(a), columns = strlen(b);
	for (size_t i = 0; i <= rows; i++)
		cost[i][0] = i;
	for (size_t j = 0; j <= columns; j++)
		cost[0][j] = j;
	for (size_t i = 1; i <= rows; i++) {
		for (size_t j = 1; j <= columns; j++) {
			size_t replace = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			size_t skip = least(cost[i - 1][j], cost[i][j - 1]) + 1;
			cost[i][j] = least(replace, skip);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
		}
	}
	return cost[rows][columns];
}

void nearest_init(struct nearest *nearest, const char *word)
{
	*nearest = (struct nearest){.distance = NEAREST_MAX};
	fold_short(nearest->word, word);
}

void nearest_offer(struct nearest *nearest, const char *name)
{
	char folded[NEAREST_MAX + 1];
	size_t length = strlen(nearest->word);
	fold_short(folded, name);
	if (!length || !folded[0])
		return;
	size_t distance = edit_distance(nearest->word, folded);
	if (distance > least(length, strlen(folded)) / 3 &&
	    (length < 2 || strncmp(folded, nearest->word, length) != 0))
		return;
	if (distance < nearest->distance) {
		nearest->distance = distance;
		nearest->best = name;
	}
}
