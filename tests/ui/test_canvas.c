/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/ui/canvas.h"
#include "nucleo/ui/wrap.h"

static void expect_dump(const struct canvas *canvas, const char *expected)
{
	struct strbuf dump;
	strbuf_init(&dump);
	canvas_dump(canvas, &dump);
	assert_string_equal(dump.data, expected);
	strbuf_release(&dump);
}

static void text_is_clipped_and_clean(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
		int after;
	} cases[] = {
		{"corto", "corto", 5},
		{"demasiado largo", "demasiad", 8},
		{"a\xCC\x81rbol", "a\xCC\x81rbol", 5},
		{"日本語日本", "日本語日", 8},
		{"x日本語日", "x日本語", 7},
		{"a\x1b[2Jb\x07\x7f", "a[2Jb", 5},
		{"uno\ndos\ttres", "uno dos", 8},
		{"\xE2\x80\xAE" "abc\xC2\x9B", "abc", 3},
		{"\xff\xc0ok", "\xEF\xBF\xBD\xEF\xBF\xBDok", 4},
		{"", "", 0},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct canvas canvas;
		struct strbuf expected;
		canvas_init(&canvas);
		canvas_reset(&canvas, 1, 8);
		strbuf_init(&expected);
		strbuf_addf(&expected, "%s\ncursor -1,-1\n", cases[i].expected);
		assert_int_equal(region_text(canvas_region(&canvas), 0, 0, ROLE_TEXT, cases[i].text),
				 cases[i].after);
		expect_dump(&canvas, expected.data);
		strbuf_release(&expected);
		canvas_release(&canvas);
	}
}

static void piled_marks_stay_in_their_cell(void **state)
{
	(void)state;
	struct canvas canvas;
	struct strbuf text;
	canvas_init(&canvas);
	canvas_reset(&canvas, 1, 4);
	strbuf_init(&text);
	strbuf_addch(&text, 'e');
	for (int i = 0; i < 500; i++)
		strbuf_adds(&text, "\xCC\x81");
	strbuf_adds(&text, "f");
	assert_int_equal(region_text(canvas_region(&canvas), 0, 0, ROLE_TEXT, text.data), 2);
	const struct cell *cell = canvas_cell(&canvas, 0, 0);
	assert_true(memchr(cell->text, '\0', sizeof(cell->text)) != NULL);
	assert_true(utf8_is_valid(cell->text, strlen(cell->text)));
	assert_string_equal(canvas_cell(&canvas, 0, 1)->text, "f");
	strbuf_release(&text);
	canvas_release(&canvas);
}

static void half_a_wide_character_never_stays(void **state)
{
	(void)state;
	struct canvas canvas;
	canvas_init(&canvas);
	canvas_reset(&canvas, 3, 6);
	struct region region = canvas_region(&canvas);
	for (int row = 0; row < 3; row++)
		region_text(region, row, 0, ROLE_TEXT, "日本語");
	region_text(region, 0, 1, ROLE_TEXT, "x");
	region_text(region, 1, 2, ROLE_TEXT, "x");
	region_text(region, 2, 1, ROLE_TEXT, "語");
	expect_dump(&canvas, " x本語\n日x 語\n 語 語\ncursor -1,-1\n");
	int columns = 0;
	for (int column = 0; column < 6; column++)
		columns += canvas_cell(&canvas, 2, column)->width;
	assert_int_equal(columns, 6);
	canvas_release(&canvas);
}

static void nothing_leaves_its_region(void **state)
{
	(void)state;
	static const int at[] = {-9, -1, 0, 2, 3, 4, 99};
	for (size_t i = 0; i < ARRAY_COUNT(at); i++) {
		for (size_t j = 0; j < ARRAY_COUNT(at); j++) {
			struct canvas canvas;
			canvas_init(&canvas);
			canvas_reset(&canvas, 5, 5);
			struct region part =
				region_part(region_part(canvas_region(&canvas), 1, 1, 3, 3), at[i],
					    at[j], 99, 99);
			for (int row = -2; row < 9; row++)
				region_text(part, row, row / 2, ROLE_TEXT, "MMMMMMMM");
			region_select(part);
			region_cursor(part, 0, 0);
			region_paragraph(part, ROLE_TEXT, "M M M M M MMMM");
			for (int k = 0; k < 5; k++) {
				assert_string_equal(canvas_cell(&canvas, 0, k)->text, " ");
				assert_string_equal(canvas_cell(&canvas, 4, k)->text, " ");
				assert_string_equal(canvas_cell(&canvas, k, 0)->text, " ");
				assert_string_equal(canvas_cell(&canvas, k, 4)->text, " ");
				assert_false(canvas_cell(&canvas, k, 4)->selected);
			}
			canvas_release(&canvas);
		}
	}
}

static void bars(void **state)
{
	(void)state;
	static const struct {
		int cells, value, mark;
		const char *expected;
	} cases[] = {
		{10, 0, BAR_NONE, "··········"},    {10, 10000, BAR_NONE, "██████████"},
		{10, 3800, 4400, "███▊|·····"},	    {10, 4800, 2000, "██|█▊·····"},
		{10, 2000, 10000, "██·······|"},    {10, 1, BAR_NONE, "▏·········"},
		{10, BAR_NONE, 5000, "·····|····"}, {4, 5000, BAR_NONE, "██··"},
		{3, 99999, 99999, "██|"},	    {0, 5000, 5000, ""},
	};
	struct strbuf bar;
	strbuf_init(&bar);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		strbuf_reset(&bar);
		bar_add(&bar, cases[i].cells, cases[i].value, cases[i].mark);
		assert_string_equal(bar.data, cases[i].expected);
	}
	strbuf_release(&bar);
}

static void plain_signs_take_as_many_columns(void **state)
{
	(void)state;
	struct canvas canvas;
	canvas_init(&canvas);
	canvas.plain = true;
	canvas_reset(&canvas, 3, 12);
	struct region region = canvas_region(&canvas);
	region_rule_across(region, ROLE_RULE);
	region_bar(region_part(region, 1, 0, 1, 10), ROLE_BAR, 3800, 9900);
	region_text(region, 2, 0, ROLE_TEXT, "▶ ñandú … ✓");
	expect_dump(&canvas, "------------\n####.....|\n> ñandú ~ x\ncursor -1,-1\n");
	canvas_release(&canvas);
}

static void labels_are_cut_and_aligned(void **state)
{
	(void)state;
	struct canvas canvas;
	canvas_init(&canvas);
	canvas_reset(&canvas, 5, 7);
	struct region region = canvas_region(&canvas);
	region_label(region_row(region, 0), ALIGN_LEFT, ROLE_TEXT, "compromiso");
	region_label(region_row(region, 1), ALIGN_RIGHT, ROLE_TEXT, "38 %");
	region_label(region_row(region, 2), ALIGN_CENTRE, ROLE_TEXT, "uno");
	region_label(region_row(region, 3), ALIGN_RIGHT, ROLE_TEXT, "日本語日");
	region_label(region_row(region, 4), ALIGN_LEFT, ROLE_TEXT, "a\nb\tc");
	expect_dump(&canvas, "compro…\n   38 %\n  uno\n日本語…\na b c\ncursor -1,-1\n");
	canvas_release(&canvas);
}

static void wrapping(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int columns;
		const char *expected;
	} cases[] = {
		{"", 5, "|"},
		{"una frase corta", 9, "una frase|corta|"},
		{"una frase corta", 5, "una|frase|corta|"},
		{"interminable", 5, "inter|minab|le|"},
		{"de interminable", 5, "de|inter|minab|le|"},
		{"uno\n\ndos", 5, "uno||dos|"},
		{"uno \n dos", 9, "uno| dos|"},
		{"日本語日本", 5, "日本|語日|本|"},
		{"日本", 1, "日|本|"},
		{"a   b", 2, "a|b|"},
		{"ñandú árbol", 5, "ñandú|árbol|"},
		{"fin\n", 5, "fin||"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		wrap_lines lines = {0};
		struct strbuf got;
		strbuf_init(&got);
		wrap_text(cases[i].text, cases[i].columns, &lines);
		for (size_t j = 0; j < lines.count; j++) {
			strbuf_add(&got, cases[i].text + lines.items[j].start,
				   lines.items[j].length);
			strbuf_addch(&got, '|');
		}
		assert_string_equal(got.data, cases[i].expected);
		strbuf_release(&got);
		vector_release(&lines);
	}
}

static void style_dump(void **state)
{
	(void)state;
	struct canvas canvas;
	struct strbuf dump;
	canvas_init(&canvas);
	canvas_reset(&canvas, 2, 6);
	struct region region = canvas_region(&canvas);
	region_text(region, 0, 1, ROLE_BAD, "no");
	region_text(region, 1, 1, ROLE_GOOD, "sí");
	region_select(region_part(region, 1, 0, 1, 4));
	strbuf_init(&dump);
	canvas_dump_styles(&canvas, &dump);
	assert_string_equal(dump.data, ".xx...\n#GG#..\n");
	strbuf_release(&dump);
	canvas_release(&canvas);
}

static void every_role_has_its_own_letter(void **state)
{
	(void)state;
	for (enum role a = 0; a < ROLE_COUNT; a++)
		for (enum role b = a + 1; b < ROLE_COUNT; b++)
			assert_int_not_equal(role_letter(a), role_letter(b));
}

/* What somebody must notice shows without colour too. */
static void mono_theme_uses_no_colour(void **state)
{
	(void)state;
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		assert_int_equal(theme_mono.looks[role].foreground, COLOUR_DEFAULT);
		assert_int_equal(theme_mono.looks[role].background, COLOUR_DEFAULT);
	}
	assert_true(theme_mono.selected.reverse && theme_colour.selected.reverse);
	assert_true(theme_mono.looks[ROLE_TAB_ACTIVE].reverse);
}

static void a_paragraph_that_ends_early_says_so(void **state)
{
	(void)state;
	struct canvas canvas;
	struct strbuf dump;
	canvas_init(&canvas);
	strbuf_init(&dump);
	canvas_reset(&canvas, 2, 8);
	assert_int_equal(region_paragraph(canvas_region(&canvas), ROLE_TEXT, "uno dos tres"), 2);
	canvas_dump(&canvas, &dump);
	assert_string_equal(dump.data, "uno dos\ntres\ncursor -1,-1\n");
	canvas_reset(&canvas, 2, 8);
	region_paragraph(canvas_region(&canvas), ROLE_TEXT, "uno dos tres cuatro");
	strbuf_reset(&dump);
	canvas_dump(&canvas, &dump);
	assert_string_equal(dump.data, "uno dos\ntres cu…\ncursor -1,-1\n");
	strbuf_release(&dump);
	canvas_release(&canvas);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_clipped_and_clean),
		cmocka_unit_test(piled_marks_stay_in_their_cell),
		cmocka_unit_test(half_a_wide_character_never_stays),
		cmocka_unit_test(nothing_leaves_its_region),
		cmocka_unit_test(bars),
		cmocka_unit_test(plain_signs_take_as_many_columns),
		cmocka_unit_test(labels_are_cut_and_aligned),
		cmocka_unit_test(wrapping),
		cmocka_unit_test(style_dump),
		cmocka_unit_test(every_role_has_its_own_letter),
		cmocka_unit_test(mono_theme_uses_no_colour),
		cmocka_unit_test(a_paragraph_that_ends_early_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
