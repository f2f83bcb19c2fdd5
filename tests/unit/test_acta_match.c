/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/exchange/acta_match.h"

enum { TEXTS_MAX = 6 };

/* Texts are "place:words"; "!" before the place is loose. pairs: one digit each, "-" for none. */
static const struct {
	const char *wanted[TEXTS_MAX], *stored[TEXTS_MAX], *pairs;
} cases[] = {
	{{NULL}, {"1:a"}, ""},
	{{"1:a"}, {NULL}, "-"},
	{{"1:a", "1:b"}, {"1:a", "1:b"}, "01"},
	{{"1:b", "1:a"}, {"1:a", "1:b"}, "10"},
	/* The same words twice: each keeps its place. */
	{{"2:se aprueba"}, {"1:se aprueba", "2:se aprueba"}, "1"},
	{{"2:se aprueba", "1:se aprueba"}, {"1:se aprueba", "2:se aprueba"}, "10"},
	{{"3:se aprueba"}, {"1:se aprueba", "2:se aprueba"}, "0"},
	/* Corrected: half the words. */
	{{"1:uno dos tres cuatro"}, {"1:uno dos cinco seis"}, "0"},
	{{"1:uno dos tres cuatro"}, {"1:uno siete cinco seis"}, "-"},
	{{"1:uno dos tres cuatro"}, {"2:uno dos tres seis"}, "-"},
	/* The new one before the corrected one does not take its place. */
	{{"1:otra cosa nueva", "1:uno dos tres"}, {"1:uno dos cuatro"}, "-0"},
	{{"1:a b c d", "1:a b c e"}, {"1:a b c x", "1:a b c d"}, "10"},
	{{"1:a b c d"}, {"1:a b x x", "1:a b c x"}, "1"},
	/* Loose ones come last. */
	{{"1:nuevo"}, {"!1:viejo"}, "0"},
	{{"1:nuevo"}, {"!2:viejo"}, "-"},
	{{"1:nuevo dos", "1:dos tres"}, {"!1:viejo", "1:dos nuevo"}, "10"},
};

static size_t parse(const char *const *texts, struct match_text *out)
{
	size_t count = 0;
	for (; count < TEXTS_MAX && texts[count]; count++) {
		bool loose = *texts[count] == '!';
		out[count] = (struct match_text){.text = strchr(texts[count], ':') + 1,
						 .group = texts[count][loose] - '0',
						 .is_loose = loose};
	}
	return count;
}

static void texts_are_paired(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct match_text wanted[TEXTS_MAX], stored[TEXTS_MAX];
		size_t pairs[TEXTS_MAX] = {0};
		char found[TEXTS_MAX + 1] = "";
		size_t count = parse(cases[i].wanted, wanted);
		match_texts(wanted, count, stored, parse(cases[i].stored, stored), pairs);
		for (size_t j = 0; j < count; j++)
			found[j] = pairs[j] == MATCH_NONE ? '-' : (char)('0' + (int)pairs[j]);
		if (strcmp(found, cases[i].pairs) != 0)
			fail_msg("case %zu: %s", i, found);
	}
}

/* As many paragraphs as an acta may have lines, all of them changed. */
static void many_texts_take_no_time(void **state)
{
	(void)state;
	enum { MANY = 20000 };
	struct match_text *wanted = mem_alloc_zero(MANY, sizeof(*wanted));
	struct match_text *stored = mem_alloc_zero(MANY, sizeof(*stored));
	size_t *pairs = mem_alloc_zero(MANY, sizeof(*pairs));
	char (*texts)[24] = mem_alloc_zero(2 * MANY, sizeof(*texts));
	for (size_t i = 0; i < MANY; i++) {
		snprintf(texts[i], sizeof(*texts), "palabra%zu", i);
		snprintf(texts[MANY + i], sizeof(*texts), "otra%zu", i);
		wanted[i].text = texts[i];
		stored[i].text = texts[MANY + i];
	}
	match_texts(wanted, MANY, stored, MANY, pairs);
	for (size_t i = 0; i < MANY; i++)
		assert_true(pairs[i] == MATCH_NONE || pairs[i] < MANY);
	free(texts);
	free(pairs);
	free(stored);
	free(wanted);
}

static const struct {
	int64_t before[TEXTS_MAX], after[TEXTS_MAX];
	size_t count;
} rank_cases[] = {
	{{0}, {0}, 0},
	{{0, 0, 0}, {16, 32, 48}, 3},
	{{1, 2, 3}, {1, 2, 3}, 3},
	{{16, 0, 32}, {16, 24, 32}, 3},
	{{16, 0, 0, 32}, {16, 21, 26, 32}, 4},
	{{16, 32, 0}, {16, 32, 48}, 3},
	{{0, 16}, {8, 16}, 2},
	{{1, 0, 2}, {16, 32, 48}, 3},
	/* One moved up, one moved down: it alone changes. */
	{{48, 16, 32, 64}, {8, 16, 32, 64}, 4},
	{{32, 48, 16, 64}, {32, 48, 56, 64}, 4},
	{{16, 16, 16}, {16, 32, 48}, 3},
	{{-5, 16}, {8, 16}, 2},
	{{16, INT64_MAX}, {16, 32}, 2},
};

static void ranks_change_little(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rank_cases); i++) {
		int64_t ranks[TEXTS_MAX];
		memcpy(ranks, rank_cases[i].before, sizeof(ranks));
		match_ranks(ranks, rank_cases[i].count);
		for (size_t j = 0; j < rank_cases[i].count; j++)
			if (ranks[j] != rank_cases[i].after[j])
				fail_msg("case %zu: %zu is %lld", i, j, (long long)ranks[j]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_paired),
		cmocka_unit_test(many_texts_take_no_time),
		cmocka_unit_test(ranks_change_little),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
