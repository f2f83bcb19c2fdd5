/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed from one version of a text to another. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/text_diff.h"

static void assert_marked(const char *before, const char *after, const char *expected)
{
	struct text_diff diff;
	struct strbuf marked;
	strbuf_init(&marked);
	text_diff_init(&diff, before, after);
	text_diff_add_marked(&marked, &diff);
	assert_string_equal(marked.data, expected);
	text_diff_release(&diff);
	strbuf_release(&marked);
}

static void words_are_what_changes(void **state)
{
	(void)state;
	assert_marked("", "", "");
	assert_marked("igual", "igual", "igual");
	assert_marked("", "nuevo", "{+nuevo+}");
	assert_marked("viejo", "", "[-viejo-]");
	assert_marked("avance 38 %", "avance 40 %", "avance [-38-]{+40+} %");
	assert_marked("entregar los datos", "entregar pronto los datos",
		      "entregar {+pronto +}los datos");
	assert_marked("uno, dos, tres", "uno, tres", "uno, [-dos, -]tres");
	assert_marked("AM-2023-05", "AM-2023-06", "AM-2023-[-05-]{+06+}");
}

/* Not "[-el-]{+la+} [-plan-]{+meta+}": what stands between is a blank. */
static void neighbours_are_one_change(void **state)
{
	(void)state;
	assert_marked("ver el plan hoy", "ver la meta hoy", "ver [-el plan-]{+la meta+} hoy");
	assert_marked("a\nb", "c\nd", "[-a-]{+c+}\n[-b-]{+d+}");
}

/* An accent of its own, and joined emoji, stay with what they belong to. */
static void characters_are_whole(void **state)
{
	(void)state;
	assert_marked("acta", "a\u0301cta", "[-acta-]{+a\u0301cta+}");
	assert_marked("x 👩‍🌾 y", "x 👩 y", "x [-👩‍🌾-]{+👩+} y");
	assert_marked("a\r\nb", "a\nb", "a[-\r-]\nb");
}

/* ---- whatever the texts: the runs give both of them */

static void assert_gives_both(const char *before, const char *after)
{
	struct text_diff diff;
	struct strbuf first, second;
	strbuf_init(&first);
	strbuf_init(&second);
	text_diff_init(&diff, before, after);
	for (size_t i = 0; i < diff.runs.count; i++) {
		const struct text_run *run = &diff.runs.items[i];
		assert_true(run->length > 0);
		if (i)
			assert_true(run->kind != diff.runs.items[i - 1].kind);
		if (run->kind != TEXT_ADDED)
			strbuf_add(&first, run->text, run->length);
		if (run->kind != TEXT_REMOVED)
			strbuf_add(&second, run->text, run->length);
	}
	assert_string_equal(first.data, before);
	assert_string_equal(second.data, after);
	if (utf8_is_valid(before, strlen(before)) && utf8_is_valid(after, strlen(after)))
		for (size_t i = 0; i < diff.runs.count; i++)
			assert_true(
				utf8_is_valid(diff.runs.items[i].text, diff.runs.items[i].length));
	text_diff_release(&diff);
	strbuf_release(&first);
	strbuf_release(&second);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static char *random_text(uint32_t *seed, size_t pieces)
{
	static const char *const parts[] = {"acta",    "plan", " ",    " ",   "  ", "\n",
					    "ñandú",   "38",   "%",    ",",   ".",  "\r\n",
					    "e\u0301", "🌾",    "\xff", "\x01"};
	struct strbuf text;
	strbuf_init(&text);
	while (pieces--)
		strbuf_adds(&text, parts[next_random(seed) % ARRAY_COUNT(parts)]);
	return strbuf_detach(&text);
}

static void random_texts_come_back(void **state)
{
	(void)state;
	uint32_t seed = 7;
	for (int i = 0; i < 3000; i++) {
		char *before = random_text(&seed, next_random(&seed) % 40);
		char *after = random_text(&seed, next_random(&seed) % 40);
		assert_gives_both(before, after);
		free(before);
		free(after);
	}
}

/* Every nth line of so many says something else. */
static char *lines_of(int count, int nth, const char *what)
{
	struct strbuf text;
	strbuf_init(&text);
	for (int i = 0; i < count; i++)
		strbuf_addf(&text, "La línea %d dice %s aquí.\n", i, i % nth ? "lo mismo" : what);
	return strbuf_detach(&text);
}

/* More edits than are looked for at once: found line by line, and within the
 * line by words. */
static void many_changes_are_found_by_lines(void **state)
{
	(void)state;
	char *before = lines_of(1600, 4, "esto"), *after = lines_of(1600, 4, "algo muy otro");
	struct text_diff diff;
	text_diff_init(&diff, before, after);
	assert_gives_both(before, after);
	size_t removed = 0, longest = 0;
	for (size_t i = 0; i < diff.runs.count; i++)
		if (diff.runs.items[i].kind == TEXT_REMOVED) {
			removed++;
			longest = diff.runs.items[i].length > longest ? diff.runs.items[i].length
								      : longest;
		}
	assert_int_equal(removed, 400);
	assert_int_equal(longest, strlen("esto"));
	text_diff_release(&diff);
	free(before);
	free(after);
}

static char *repeated(const char *part, size_t bytes)
{
	struct strbuf text;
	strbuf_init(&text);
	while (text.length + strlen(part) <= bytes)
		strbuf_adds(&text, part);
	return strbuf_detach(&text);
}

static void hostile_sizes_end_soon(void **state)
{
	(void)state;
	static const char *const parts[] = {"a ", "b ", ".", ",", "x\n", "y\n", "\xff", "\u0301"};
	int64_t start = clock_monotonic_ms();
	for (size_t i = 0; i + 1 < ARRAY_COUNT(parts); i++) {
		char *before = repeated(parts[i], 65536), *after = repeated(parts[i + 1], 65536);
		assert_gives_both(before, after);
		free(before);
		free(after);
	}
	char *huge = repeated("a b", TEXT_DIFF_MAX + 10);
	assert_gives_both(huge, "a");
	assert_gives_both("", huge);
	free(huge);
	assert_true(clock_monotonic_ms() - start < 4000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_what_changes),
		cmocka_unit_test(neighbours_are_one_change),
		cmocka_unit_test(characters_are_whole),
		cmocka_unit_test(random_texts_come_back),
		cmocka_unit_test(many_changes_are_found_by_lines),
		cmocka_unit_test(hostile_sizes_end_soon),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
