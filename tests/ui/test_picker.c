/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "ui/screen_test.h"

/* A page that asks to pick one of many fruits, and says which it was. */
struct fruit_view {
	struct view view;
	int64_t picked;
};

enum { FRUIT_NONE = -1, FRUIT_REFUSED = 3, FRUIT_ASKS_AGAIN = 4 };

static const struct ui_choice fruits[] = {
	{"ananá de la Costa", "F2", "pineapple", 0},
	{"limón sutil", "l", "lime", 1},
	{"naranjilla", NULL, NULL, 2},
	{"una fruta que se rechaza", NULL, NULL, FRUIT_REFUSED},
	{"una fruta que pregunta otra vez, con un nombre más ancho que la ventana", "Ctrl-X",
	 NULL, FRUIT_ASKS_AGAIN},
};

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, "Frutas");
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	(void)view;
	(void)ui;
	(void)err;
	return RC_OK;
}

static void draw(struct view *view, struct region body)
{
	const struct fruit_view *page = (const struct fruit_view *)(void *)view;
	char text[32];
	snprintf(text, sizeof(text), "picked %d", (int)page->picked);
	for (int row = 0; row < body.rows; row++)
		region_text(body, row, 1, ROLE_TEXT, row ? "below" : text);
	region_cursor(body, 0, 0);
}

static unsigned ask(struct ui *ui, int64_t selected);

static unsigned picked(struct view *view, struct ui *ui, int64_t id)
{
	if (id == FRUIT_REFUSED) {
		ui_say(ui, ROLE_ERROR, "%s", "Esa no.");
		return UI_KEEP;
	}
	if (id == FRUIT_ASKS_AGAIN)
		return ask(ui, 1);
	((struct fruit_view *)(void *)view)->picked = id;
	return UI_REDRAW;
}

static unsigned cancelled(struct view *view, struct ui *ui)
{
	(void)view;
	ui_say(ui, ROLE_NOTICE, "%s", "Ninguna.");
	return UI_REDRAW;
}

/* The choices go away as soon as they are asked: the frame keeps its own. */
static unsigned ask(struct ui *ui, int64_t selected)
{
	struct ui_choice mine[ARRAY_COUNT(fruits)];
	memcpy(mine, fruits, sizeof(mine));
	unsigned consequences = ui_pick(ui, &(struct ui_pick){.label = "Fruta: ",
							      .choices = mine,
							      .count = ARRAY_COUNT(mine),
							      .selected = selected,
							      .picked = picked,
							      .cancelled = cancelled});
	memset(mine, 0, sizeof(mine));
	return consequences;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	(void)view;
	return op == OP_FILTER ? ask(ui, FRUIT_NONE) : UI_PASS;
}

static void close_page(struct view *view)
{
	free(view);
}

static struct view *open_fruits(void *context)
{
	static const struct view_class class = {
		.name = "fruits",
		.context = CONTEXT_LIST,
		.title = title,
		.load = load,
		.draw = draw,
		.op = op,
		.close = close_page,
	};
	struct fruit_view *page = mem_alloc_zero(1, sizeof(*page));
	(void)context;
	page->view.class = &class;
	page->picked = FRUIT_NONE;
	return &page->view;
}

static const struct ui_screen screen = {OP_SCREEN_AGENDA, "Frutas", open_fruits};

static void play(struct term_script *script, int rows, int columns, const char *keys)
{
	struct ui_setup setup = {.screens = &screen, .screen_count = 1};
	term_script_init(script, rows, columns, keys);
	screen_play(script, &setup);
}

static void expect_row(const char *keys, int row, const char *expected)
{
	struct term_script script;
	struct strbuf text;
	strbuf_init(&text);
	play(&script, 24, 80, keys);
	screen_row(&script.shown, row, &text);
	assert_string_equal(text.data, expected);
	strbuf_release(&text);
	term_script_release(&script);
}

static void choices_lie_over_the_body(void **state)
{
	struct ui_setup setup = {.screens = &screen, .screen_count = 1};
	(void)state;
	screen_expect("picker-80x24", 24, 80, "/", &setup);
	screen_expect("picker-40x10", 10, 40, "/", &setup);
	screen_expect("picker-40x10-end", 10, 40, "/ PgDn", &setup);
	screen_expect("picker-typed-80x24", 24, 80, "/ type:otra_que Left", &setup);
	screen_expect("picker-nothing-80x24", 24, 80, "/ type:xyz Enter", &setup);
	screen_expect("picker-refused-80x24", 24, 80, "/ type:rechaza Enter", &setup);
}

static void letters_and_the_place_of_typing_are_lit(void **state)
{
	struct term_script script;
	struct strbuf styles;
	(void)state;
	strbuf_init(&styles);
	play(&script, 10, 40, "/ type:una_q Down");
	canvas_dump_styles(&script.shown, &styles);
	screen_expect_text("picker-styles-40x10", styles.data);
	strbuf_release(&styles);
	term_script_release(&script);
}

static void keys_pick_and_leave(void **state)
{
	static const struct {
		const char *keys, *first_row;
	} cases[] = {
		{"/ Enter", " picked 0"},
		{"/ Down Enter", " picked 1"},
		{"/ Down Down Up Enter", " picked 1"},
		{"/ PgDn Up Up Enter", " picked 2"},
		{"/ Up PgUp Enter", " picked 0"},
		{"/ type:lim Enter", " picked 1"},
		{"/ type:na Down Left End Enter", " picked 0"},
		{"/ type:LIMON Enter", " picked 1"},
		{"/ type:pine Enter", " picked 0"},
		{"/ type:limx Backspace Enter", " picked 1"},
		{"/ paste:na\\nra Enter", " picked 2"},
		{"/ Esc", " picked -1"},
		{"/ type:xyz Enter Esc", " picked -1"},
		{"/ type:rechaza Enter Ctrl-U Down Enter", " picked 1"},
		/* one asked from within another begins at the choice it names */
		{"/ type:otra_vez Enter Enter", " picked 1"},
		/* in a window too small nothing is picked unseen */
		{"/ size:20x5 Enter size:80x24 Down Enter", " picked 1"},
		{"batch / type:lim Enter", " picked 1"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		expect_row(cases[i].keys, 2, cases[i].first_row);
	expect_row("/ Esc", 22, " Ninguna.");
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(choices_lie_over_the_body),
		cmocka_unit_test(letters_and_the_place_of_typing_are_lit),
		cmocka_unit_test(keys_pick_and_leave),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
