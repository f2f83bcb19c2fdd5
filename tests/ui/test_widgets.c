/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/ui/pager.h"
#include "nucleo/ui/prompt.h"

static void edit(struct prompt *prompt, const enum op *ops, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_true(prompt_op(prompt, ops[i]));
}

static void prompt_edits_by_character(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum op ops[4];
		size_t count;
		const char *expected;
		size_t cursor;
	} cases[] = {
		{"añ", {OP_ERASE_BACK}, 1, "a", 1},
		{"a\xCC\x81", {OP_ERASE_BACK}, 1, "", 0},
		{"日本", {OP_CURSOR_LEFT, OP_ERASE_BACK}, 2, "本", 0},
		{"uno dos  ", {OP_ERASE_WORD}, 1, "uno ", 4},
		{"uno dos", {OP_ERASE_WORD, OP_ERASE_WORD, OP_ERASE_WORD}, 3, "", 0},
		{"uno dos", {OP_CURSOR_LEFT, OP_ERASE_LINE}, 2, "s", 0},
		{"uno", {OP_CURSOR_START, OP_ERASE_HERE}, 2, "no", 0},
		{"uno", {OP_CURSOR_START, OP_CURSOR_LEFT, OP_ERASE_BACK}, 3, "uno", 0},
		{"uno", {OP_CURSOR_RIGHT, OP_ERASE_HERE}, 2, "uno", 3},
		{"uno dos  ", {OP_WORD_LEFT, OP_ERASE_HERE}, 2, "uno os  ", 4},
		{"uno dos", {OP_WORD_LEFT, OP_WORD_LEFT, OP_WORD_LEFT}, 3, "uno dos", 0},
		{"uno dos", {OP_CURSOR_START, OP_WORD_RIGHT, OP_ERASE_LINE}, 3, " dos", 0},
		{"uno dos", {OP_WORD_RIGHT}, 1, "uno dos", 7},
		{"", {OP_ERASE_BACK, OP_ERASE_HERE, OP_ERASE_WORD, OP_ERASE_LINE}, 4, "", 0},
		{"a\nb\tc\x1b[1m\xff", {OP_CURSOR_START, OP_CURSOR_END}, 2,
		 "a b c[1m\xEF\xBF\xBD", 11},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct prompt prompt;
		prompt_init(&prompt);
		prompt_set(&prompt, cases[i].text);
		edit(&prompt, cases[i].ops, cases[i].count);
		assert_string_equal(prompt.text.data, cases[i].expected);
		assert_int_equal(prompt.cursor, cases[i].cursor);
		prompt_release(&prompt);
	}
}

static void prompt_inserts_where_the_cursor_is(void **state)
{
	(void)state;
	struct prompt prompt;
	prompt_init(&prompt);
	prompt_set(&prompt, "ac");
	prompt_op(&prompt, OP_CURSOR_LEFT);
	prompt_type(&prompt, 0xF1);
	prompt_type(&prompt, K_F1);
	prompt_type(&prompt, K_CTRL | 'A');
	prompt_insert(&prompt, "b\x07");
	assert_string_equal(prompt.text.data, "añbc");
	assert_int_equal(prompt.cursor, 4);
	assert_false(prompt_op(&prompt, OP_UP));
	prompt_release(&prompt);
}

static void prompt_takes_so_much_and_no_more(void **state)
{
	(void)state;
	struct prompt prompt;
	char *much = mem_alloc_zero(PROMPT_MAX * 3, 1);
	for (size_t i = 0; i + 2 < PROMPT_MAX * 3; i += 2)
		memcpy(much + i, "ñ", 2);
	prompt_init(&prompt);
	prompt_set(&prompt, "x");
	prompt_insert(&prompt, much);
	prompt_type(&prompt, 0xF1);
	assert_int_equal(prompt.text.length, PROMPT_MAX - 1);
	assert_true(utf8_is_valid(prompt.text.data, prompt.text.length));
	prompt_release(&prompt);
	free(much);
}

static void prompt_shows_its_cursor_at_any_width(void **state)
{
	(void)state;
	struct prompt prompt;
	struct canvas canvas;
	prompt_init(&prompt);
	canvas_init(&canvas);
	prompt_set(&prompt, "una frase más larga que la ventana, con 日本語 al final");
	for (int width = 2; width < 90; width++) {
		canvas_reset(&canvas, 1, width);
		prompt_draw(&prompt, canvas_region(&canvas), "Filtrar: ");
		assert_int_equal(canvas.cursor_row, 0);
		assert_in_range(canvas.cursor_column, width / 2 < 9 ? width / 2 : 9, width - 1);
	}
	struct strbuf dump;
	strbuf_init(&dump);
	canvas_reset(&canvas, 1, 20);
	prompt_draw(&prompt, canvas_region(&canvas), "Filtrar: ");
	canvas_dump(&canvas, &dump);
	assert_string_equal(dump.data, "Filtrar:  al final\ncursor 0,18\n");
	strbuf_release(&dump);
	canvas_release(&canvas);
	prompt_release(&prompt);
}

/* ---- pager ---- */

static void fill(struct pager *pager)
{
	pager_heading(pager, "C6 Portal Nacional de Transparencia");
	pager_field(pager, "Responsable", "DPE, con el apoyo de muchas otras instituciones");
	pager_field(pager, "Plazo", "31/12/2024");
	pager_field(pager, "Nada", NULL);
	pager_heading(pager, "Acciones");
	pager_add_link(pager, 11, "Primera acción, que ocupa más de una línea de la ventana");
	pager_add_link(pager, 12, "Segunda");
	pager_heading(pager, "Texto");
	pager_text(pager, ROLE_TEXT, "uno\ndos\ntres\ncuatro\ncinco\nseis\nsiete");
	pager_add_link(pager, 13, "Última");
}

static void show(struct pager *pager, struct canvas *canvas, int rows, int columns)
{
	canvas_reset(canvas, rows, columns);
	pager_draw(pager, canvas_region(canvas), true);
}

static void pager_draws_and_marks(void **state)
{
	(void)state;
	struct pager pager;
	struct canvas canvas;
	struct strbuf dump;
	pager_init(&pager);
	canvas_init(&canvas);
	strbuf_init(&dump);
	fill(&pager);
	show(&pager, &canvas, 10, 40);
	canvas_dump(&canvas, &dump);
	assert_string_equal(dump.data, " C6 Portal Nacional de Transparencia\n"
				       " Responsable  DPE, con el apoyo de\n"
				       "              muchas otras instituciones\n"
				       " Plazo        31/12/2024\n"
				       "\n"
				       " Acciones\n"
				       "▶Primera acción, que ocupa más de una\n"
				       " línea de la ventana\n"
				       " Segunda\n"
				       "\n"
				       "cursor 6,0\n");
	assert_true(canvas_cell(&canvas, 7, 5)->selected);
	assert_false(canvas_cell(&canvas, 8, 5)->selected);
	strbuf_release(&dump);
	pager_release(&pager);
	canvas_release(&canvas);
}

static void pager_walks_links_and_lines(void **state)
{
	(void)state;
	struct pager pager;
	struct canvas canvas;
	int64_t link;
	pager_init(&pager);
	canvas_init(&canvas);
	fill(&pager);
	show(&pager, &canvas, 10, 40);
	assert_true(pager_link(&pager, &link));
	assert_int_equal(link, 11);
	pager_op(&pager, OP_DOWN);
	assert_true(pager_link(&pager, &link));
	assert_int_equal(link, 12);
	assert_int_equal(pager.top, 0);
	int steps = 0;
	while (pager_link(&pager, &link) && link == 12 && steps++ < 50)
		pager_op(&pager, OP_DOWN);
	while ((!pager_link(&pager, &link) || link != 13) && steps++ < 50) {
		pager_op(&pager, OP_DOWN);
		show(&pager, &canvas, 10, 40);
	}
	assert_int_equal(link, 13);
	assert_in_range(steps, 1, 12);
	pager_op(&pager, OP_FIRST);
	assert_int_equal(pager.top, 0);
	assert_true(pager_link(&pager, &link));
	assert_int_equal(link, 11);
	pager_op(&pager, OP_LAST);
	assert_true(pager_link(&pager, &link));
	assert_int_equal(link, 13);
	for (int i = 0; i < 40; i++)
		pager_op(&pager, OP_UP);
	assert_int_equal(pager.top, 0);
	pager_release(&pager);
	canvas_release(&canvas);
}

static void pager_keeps_its_place(void **state)
{
	(void)state;
	struct pager pager;
	struct canvas canvas;
	int64_t link;
	pager_init(&pager);
	canvas_init(&canvas);
	fill(&pager);
	show(&pager, &canvas, 6, 40);
	pager_op(&pager, OP_PAGE_DOWN);
	pager_op(&pager, OP_DOWN);
	show(&pager, &canvas, 6, 40);
	assert_true(pager_link(&pager, &link));
	int64_t before = link;
	size_t top = pager.top;
	pager_clear(&pager);
	fill(&pager);
	show(&pager, &canvas, 6, 40);
	assert_int_equal(pager.top, top);
	assert_true(pager_link(&pager, &link));
	assert_int_equal(link, before);
	for (int width = 1; width < 100; width++) {
		show(&pager, &canvas, 6, width);
		assert_in_range(canvas.cursor_row, 0, 5);
	}
	pager_clear(&pager);
	show(&pager, &canvas, 6, 40);
	assert_false(pager_link(&pager, &link));
	for (enum op op = OP_UP; op <= OP_LAST; op++)
		pager_op(&pager, op);
	pager_release(&pager);
	canvas_release(&canvas);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prompt_edits_by_character),
		cmocka_unit_test(prompt_inserts_where_the_cursor_is),
		cmocka_unit_test(prompt_takes_so_much_and_no_more),
		cmocka_unit_test(prompt_shows_its_cursor_at_any_width),
		cmocka_unit_test(pager_draws_and_marks),
		cmocka_unit_test(pager_walks_links_and_lines),
		cmocka_unit_test(pager_keeps_its_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
