/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/ui/editor.h"

static void edit(struct editor *editor, const enum op *ops)
{
	for (; *ops; ops++)
		assert_true(editor_op(editor, *ops));
}

static void keys_edit(void **state)
{
	static const struct {
		const char *text;
		enum op ops[6];
		const char *typed, *expected;
	} cases[] = {
		{"añ", {OP_ERASE_BACK}, "", "a"},
		{"e\xCC\x81", {OP_ERASE_BACK}, "", ""},
		{"uno dos", {OP_ERASE_WORD}, "x", "uno x"},
		{"uno\ndos", {OP_ERASE_LINE}, "", "uno\n"},
		{"uno\ndos", {OP_ERASE_LINE, OP_ERASE_LINE}, "", "uno"},
		{"uno\ndos", {OP_CURSOR_START, OP_ERASE_BACK}, "", "unodos"},
		{"uno\ndos", {OP_UP, OP_ERASE_HERE}, "", "unodos"},
		{"uno\ndos", {OP_UP, OP_CURSOR_START}, "x", "xuno\ndos"},
		{"uno\ndos", {OP_TEXT_START, OP_CURSOR_END, OP_NEW_LINE}, "x", "uno\nx\ndos"},
		{"uno dos", {OP_WORD_LEFT}, "x", "uno xdos"},
		{"uno dos", {OP_TEXT_START, OP_WORD_RIGHT}, "x", "unox dos"},
		{"a\nb\nc", {OP_PARAGRAPH_UP, OP_PARAGRAPH_UP}, "x", "a\nxb\nc"},
		{"a\nb\nc", {OP_TEXT_START, OP_PARAGRAPH_DOWN}, "x", "a\nxb\nc"},
		{"a\nb\nc", {OP_TEXT_START, OP_PAGE_DOWN, OP_TEXT_END}, "x", "a\nb\ncx"},
		/* a short line does not lose the column */
		{"largo\n\nlargo", {OP_UP, OP_UP}, "x", "largox\n\nlargo"},
		{"", {OP_UP, OP_DOWN, OP_ERASE_BACK, OP_ERASE_HERE, OP_CURSOR_END}, "x", "x"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct editor editor;
		editor_init(&editor, 0);
		editor_set(&editor, cases[i].text);
		edit(&editor, cases[i].ops);
		editor_insert(&editor, cases[i].typed);
		assert_string_equal(editor.text.data, cases[i].expected);
		editor_release(&editor);
	}
}

static void what_comes_in_is_clean(void **state)
{
	static const struct {
		const char *pasted, *expected;
	} cases[] = {
		{"a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"a\tb", "a b"},
		{"\x1b[31mrojo\x07\x7f", "[31mrojo"},
		{"\xC2\x9B" "31m", "31m"},		   /* a control of eight bits */
		{"a\xE2\x80\xA8" "b\xE2\x80\xA9" "c\xC2\x85" "d", "a\nb\nc\nd"},
		{"\xE2\x80\xAE" "abc\xE2\x81\xA6", "abc"}, /* marks that turn text round */
		{"\xFF\xC3(", "\xEF\xBF\xBD\xEF\xBF\xBD("},
		{"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* half a pair */
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct editor editor;
		editor_init(&editor, 0);
		editor_insert(&editor, cases[i].pasted);
		assert_string_equal(editor.text.data, cases[i].expected);
		editor_op(&editor, OP_EDIT_UNDO);
		assert_string_equal(editor.text.data, "");
		editor_release(&editor);
	}
}

/* A letter before a mark becomes one character with it; the cursor is not within. */
static void the_cursor_is_between_characters(void **state)
{
	struct editor editor;
	(void)state;
	editor_init(&editor, 0);
	editor_set(&editor, "\xCC\x81");
	editor_op(&editor, OP_TEXT_START);
	editor_insert(&editor, "e");
	assert_int_equal(editor.cursor, 3);
	editor_insert(&editor, "z");
	assert_string_equal(editor.text.data, "e\xCC\x81z");
	editor_set(&editor, "uno dos");
	editor_op(&editor, OP_WORD_LEFT);
	editor_op(&editor, OP_ERASE_WORD);
	editor_op(&editor, OP_TEXT_END);
	editor_op(&editor, OP_EDIT_UNDO);
	assert_string_equal(editor.text.data, "uno dos");
	assert_int_equal(editor.cursor, 4);
	editor_release(&editor);
}

static void there_is_an_end_to_it(void **state)
{
	struct editor editor;
	char *much = mem_alloc_zero(EDITOR_MAX * 2 + 1, 1);
	(void)state;
	for (size_t i = 0; i + 2 <= EDITOR_MAX * 2; i += 2)
		memcpy(much + i, "ñ", 2);
	editor_init(&editor, 101);
	editor_insert(&editor, "x");
	assert_false(editor.is_full);
	editor_insert(&editor, much);
	assert_true(editor.is_full);
	assert_int_equal(editor.text.length, 101);
	editor_insert(&editor, "y");
	assert_true(editor.is_full);
	editor_op(&editor, OP_NEW_LINE);
	assert_true(editor.is_full);
	assert_int_equal(editor.text.length, 101);
	editor_op(&editor, OP_ERASE_BACK);
	assert_false(editor.is_full);
	editor_insert(&editor, "ñ");
	assert_false(editor.is_full);
	editor_release(&editor);
	/* However much is pasted and undone, what is remembered has an end too. */
	editor_init(&editor, 0);
	for (int i = 0; i < 60; i++) {
		editor_replace(&editor, i % 2 ? "" : much);
		assert_in_range(editor.changes_bytes, 0, (1u << 20) + 2 * EDITOR_MAX);
	}
	assert_int_equal(editor.text.length, 0);
	editor_op(&editor, OP_EDIT_UNDO);
	assert_int_equal(editor.text.length, EDITOR_MAX);
	editor_release(&editor);
	free(much);
}

static void words_are_undone(void **state)
{
	static const char *const steps[] = {"uno dos tres", "uno dos ", "uno ", ""};
	struct editor editor;
	(void)state;
	editor_init(&editor, 0);
	for (const char *at = steps[0]; *at; at++)
		editor_insert(&editor, (char[]){*at, '\0'});
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		assert_string_equal(editor.text.data, steps[i]);
		editor_op(&editor, OP_EDIT_UNDO);
	}
	for (size_t i = ARRAY_COUNT(steps); i-- > 0;) {
		assert_string_equal(editor.text.data, steps[i]);
		editor_op(&editor, OP_EDIT_REDO);
	}
	editor_op(&editor, OP_EDIT_UNDO);
	editor_insert(&editor, "x");
	editor_op(&editor, OP_EDIT_REDO); /* what was undone is gone */
	assert_string_equal(editor.text.data, "uno dos x");
	editor_release(&editor);
}

/* ---- against a model ---- */

/* A text as a list of characters, and where the cursor is in it: what anyone would write first. */
struct model {
	char *characters[512];
	size_t count, cursor;
};

static void model_release(struct model *model)
{
	for (size_t i = 0; i < model->count; i++)
		free(model->characters[i]);
	model->count = model->cursor = 0;
}

static void model_insert(struct model *model, const char *character)
{
	for (size_t i = model->count++; i > model->cursor; i--)
		model->characters[i] = model->characters[i - 1];
	model->characters[model->cursor++] = mem_strdup(character);
}

static void model_erase(struct model *model, size_t from)
{
	size_t count = model->cursor - from;
	for (size_t i = from; i < model->cursor; i++)
		free(model->characters[i]);
	for (size_t i = model->cursor; i < model->count; i++)
		model->characters[i - count] = model->characters[i];
	model->count -= count;
	model->cursor = from;
}

static bool is_at(const struct model *model, size_t index, const char *character)
{
	return index < model->count && strcmp(model->characters[index], character) == 0;
}

static bool is_blank(const struct model *model, size_t index)
{
	return is_at(model, index, " ") || is_at(model, index, "\n");
}

static size_t model_word_before(const struct model *model)
{
	size_t at = model->cursor;
	while (at && is_blank(model, at - 1))
		at--;
	while (at && !is_blank(model, at - 1))
		at--;
	return at;
}

static size_t model_line_before(const struct model *model)
{
	size_t at = model->cursor;
	while (at && !is_at(model, at - 1, "\n"))
		at--;
	return at == model->cursor && at ? at - 1 : at;
}

static void model_op(struct model *model, enum op op)
{
	size_t before = model->cursor ? model->cursor - 1 : 0;
	switch (op) {
	case OP_CURSOR_LEFT:
		model->cursor = before;
		break;
	case OP_CURSOR_RIGHT:
		model->cursor += model->cursor < model->count;
		break;
	case OP_WORD_LEFT:
		model->cursor = model_word_before(model);
		break;
	case OP_TEXT_START:
		model->cursor = 0;
		break;
	case OP_TEXT_END:
		model->cursor = model->count;
		break;
	case OP_ERASE_BACK:
		model_erase(model, before);
		break;
	case OP_ERASE_HERE:
		if (model->cursor < model->count) {
			model->cursor++;
			model_erase(model, model->cursor - 1);
		}
		break;
	case OP_ERASE_WORD:
		model_erase(model, model_word_before(model));
		break;
	case OP_ERASE_LINE:
		model_erase(model, model_line_before(model));
		break;
	case OP_NEW_LINE:
		model_insert(model, "\n");
		break;
	default:
		fail_msg("the model does not know %s", op_info(op)->name);
	}
}

static void expect_same(const struct editor *editor, const struct model *model)
{
	struct strbuf text;
	size_t cursor = 0;
	strbuf_init(&text);
	for (size_t i = 0; i < model->count; i++) {
		strbuf_adds(&text, model->characters[i]);
		if (i + 1 == model->cursor)
			cursor = text.length;
	}
	assert_string_equal(editor->text.data, text.data);
	assert_int_equal(editor->cursor, cursor);
	strbuf_release(&text);
}

/* Every line is there once, in order, and fits. */
static void expect_lines(const struct editor *editor, int width)
{
	size_t at = 0;
	for (size_t i = 0; i < editor->lines.count; i++) {
		const struct editor_line *line = &editor->lines.items[i];
		assert_int_equal(line->start, at);
		assert_true(line->end > line->start || line->is_last);
		size_t end = line->end;
		while (end > line->start && editor->text.data[end - 1] == ' ')
			end--;
		char *text = mem_strndup(editor->text.data + line->start, end - line->start);
		assert_true(utf8_width(text) <= (width < 2 ? 2 : width));
		free(text);
		at = line->end + line->is_last;
	}
	assert_int_equal(at, editor->text.length + 1);
}

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static void press_random(struct editor *editor, struct model *model, uint32_t *random)
{
	static const char *const characters[] = {"a",  "z", " ",  " ",	 "ñ",
						 "日", "—", "-",  "e\xCC\x81", "(",
						 "🇪🇨", "👩‍💻", ".", "/"};
	static const enum op ops[] = {
		OP_CURSOR_LEFT, OP_CURSOR_LEFT, OP_CURSOR_RIGHT, OP_WORD_LEFT,	OP_TEXT_START,
		OP_TEXT_END,	OP_ERASE_BACK,	OP_ERASE_HERE,	 OP_ERASE_WORD, OP_ERASE_LINE,
		OP_NEW_LINE,	OP_NEW_LINE,
	};
	uint32_t what = next_random(random) % 30;
	if (what < ARRAY_COUNT(ops)) {
		editor_op(editor, ops[what]);
		model_op(model, ops[what]);
	} else if (model->count < ARRAY_COUNT(model->characters)) {
		const char *character =
			characters[next_random(random) % ARRAY_COUNT(characters)];
		/* Two flags side by side are one character or another: not for this model. */
		if (strlen(character) > 6 && (is_at(model, model->cursor, character) ||
					      (model->cursor &&
					       is_at(model, model->cursor - 1, character))))
			return;
		editor_insert(editor, character);
		model_insert(model, character);
	}
}

static void any_keys_do_what_they_say(void **state)
{
	struct canvas canvas;
	(void)state;
	canvas_init(&canvas);
	for (uint32_t seed = 1; seed <= 60; seed++) {
		struct editor editor;
		struct model model = {.count = 0};
		uint32_t random = seed;
		int width = 1 + (int)(seed % 30);
		editor_init(&editor, 0);
		for (int i = 0; i < 300; i++) {
			press_random(&editor, &model, &random);
			expect_same(&editor, &model);
			if (i % 10)
				continue;
			canvas_reset(&canvas, 5, width + 1);
			editor_draw(&editor, canvas_region(&canvas));
			expect_lines(&editor, width < 2 ? 1 : width);
			assert_in_range(canvas.cursor_row, 0, 4);
			assert_in_range(canvas.cursor_column, 0, width);
		}
		char *end = mem_strdup(editor.text.data);
		for (int i = 0; i < 600; i++)
			editor_op(&editor, OP_EDIT_UNDO);
		assert_string_equal(editor.text.data, "");
		for (int i = 0; i < 600; i++)
			editor_op(&editor, OP_EDIT_REDO);
		assert_string_equal(editor.text.data, end);
		free(end);
		model_release(&model);
		editor_release(&editor);
	}
	canvas_release(&canvas);
}

/* Up and Down, pages and clicks keep to the lines as they are shown, and to whole characters. */
static void any_move_ends_on_a_character(void **state)
{
	static const enum op ops[] = {OP_UP,	      OP_DOWN,	  OP_PAGE_UP,	OP_PAGE_DOWN,
				      OP_CURSOR_END,  OP_CURSOR_START, OP_WORD_RIGHT,
				      OP_PARAGRAPH_UP, OP_PARAGRAPH_DOWN, OP_CURSOR_LEFT};
	static const char text[] =
		"Una frase con 日本語 en medio, y un párrafo e\xCC\x81l mismo largo.\n\n"
		"unapalabratanlargaquenocabeenningunalíneadelapantalla 👩‍💻👩‍💻👩‍💻\n   fin  ";
	struct canvas canvas;
	uint32_t random = 7;
	(void)state;
	canvas_init(&canvas);
	for (int width = 2; width < 40; width += 3) {
		struct editor editor;
		editor_init(&editor, 0);
		editor_set(&editor, text);
		for (int i = 0; i < 200; i++) {
			canvas_reset(&canvas, 4, width);
			editor_draw(&editor, canvas_region(&canvas));
			if (next_random(&random) % 4)
				editor_op(&editor, ops[next_random(&random) % ARRAY_COUNT(ops)]);
			else
				editor_point(&editor, (int)(next_random(&random) % 4),
					     (int)(next_random(&random) % (uint32_t)width));
			size_t cursor = editor.cursor;
			assert_int_equal(
				utf8_valid_prefix(editor.text.data, cursor), cursor);
			/* a step to the right and back is no step */
			if (editor.text.data[cursor]) {
				editor_op(&editor, OP_CURSOR_RIGHT);
				editor_op(&editor, OP_CURSOR_LEFT);
				assert_int_equal(editor.cursor, cursor);
			}
		}
		assert_string_equal(editor.text.data, text);
		editor_release(&editor);
	}
	canvas_release(&canvas);
}

/* ---- what shows ---- */

static void lines_break_where_they_may(void **state)
{
	static const struct {
		int columns;
		const char *text, *lines; /* a `|` behind each */
		int row, column;          /* of the cursor, at the end of the text */
	} cases[] = {
		{11, "una frase larga", "una frase |larga|", 1, 5},
		{9, "veinti—dós", "veinti—|dós|", 1, 3},
		{8, "«año 2024»", "«año |2024»|", 1, 5},
		{7, "日本語日本語", "日本語|日本語|", 1, 6},
		{6, "desproporcionado", "despr|oporc|ionad|o|", 3, 1},
		{8, "a\n\nb", "a||b|", 2, 1},
		{8, "uno   \n", "uno   ||", 1, 0},
		{5, "uno      ", "uno      |", 0, 4}, /* blanks hang over the edge */
		{8, "e\xCC\x81l", "e\xCC\x81l|", 0, 2},
	};
	struct canvas canvas;
	struct strbuf got;
	(void)state;
	canvas_init(&canvas);
	strbuf_init(&got);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct editor editor;
		editor_init(&editor, 0);
		editor_set(&editor, cases[i].text);
		canvas_reset(&canvas, 4, cases[i].columns);
		editor_draw(&editor, canvas_region(&canvas));
		strbuf_reset(&got);
		for (size_t line = 0; line < editor.lines.count; line++) {
			const struct editor_line *at = &editor.lines.items[line];
			strbuf_add(&got, editor.text.data + at->start, at->end - at->start);
			strbuf_addch(&got, '|');
		}
		assert_string_equal(got.data, cases[i].lines);
		assert_int_equal(canvas.cursor_row, cases[i].row);
		assert_int_equal(canvas.cursor_column, cases[i].column);
		editor_release(&editor);
	}
	strbuf_release(&got);
	canvas_release(&canvas);
}

static void it_scrolls_with_the_cursor(void **state)
{
	struct editor editor;
	struct canvas canvas;
	struct strbuf dump;
	(void)state;
	canvas_init(&canvas);
	strbuf_init(&dump);
	editor_init(&editor, 0);
	editor_set(&editor, "uno\ndos\ntres\ncuatro");
	canvas_reset(&canvas, 2, 10);
	editor_draw(&editor, canvas_region(&canvas));
	canvas_dump(&canvas, &dump);
	assert_string_equal(dump.data, "tres\ncuatro\ncursor 1,6\n");
	edit(&editor, (enum op[]){OP_UP, OP_UP, OP_NONE});
	canvas_reset(&canvas, 2, 10);
	editor_draw(&editor, canvas_region(&canvas));
	strbuf_reset(&dump);
	canvas_dump(&canvas, &dump);
	assert_string_equal(dump.data, "dos\ntres\ncursor 0,3\n");
	strbuf_release(&dump);
	editor_release(&editor);
	canvas_release(&canvas);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_edit),
		cmocka_unit_test(what_comes_in_is_clean),
		cmocka_unit_test(the_cursor_is_between_characters),
		cmocka_unit_test(there_is_an_end_to_it),
		cmocka_unit_test(words_are_undone),
		cmocka_unit_test(any_keys_do_what_they_say),
		cmocka_unit_test(any_move_ends_on_a_character),
		cmocka_unit_test(lines_break_where_they_may),
		cmocka_unit_test(it_scrolls_with_the_cursor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
