/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "ui/screen_test.h"

/* A page that asks one thing, after a text of any length. */
struct page {
	struct view view;
	int64_t picked;
};

enum { MINE = 1, THEIRS, LATER, NOTHING };

static const char short_text[] = "El avance de C6 cambió en el disco.";
static const char long_text[] =
	"Usted puso el avance de C6 en 38 %. Mientras tanto AME, hace cuatro minutos, lo puso en "
	"40 % y anotó:\n\n«Se suman las tres regionales que faltaban; el informe está en la "
	"carpeta compartida y lo revisó la contraparte.»\n\nLo que usted elija queda en la "
	"historia junto a lo otro, y se puede deshacer.\nFin.";

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, "Compromisos");
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
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "picked %d", (int)((struct page *)(void *)view)->picked);
	for (int row = 0; row < body.rows; row++)
		region_text(body, row, 1, ROLE_TEXT, row ? "below" : text.data);
	strbuf_release(&text);
	region_cursor(body, 0, 0);
}

static unsigned picked(struct view *view, struct ui *ui, int64_t id)
{
	(void)ui;
	((struct page *)(void *)view)->picked = id;
	return UI_REDRAW;
}

static unsigned cancelled(struct view *view, struct ui *ui)
{
	(void)ui;
	((struct page *)(void *)view)->picked = NOTHING;
	return UI_REDRAW;
}

/* The text goes away as soon as it is asked: the frame keeps its own. */
static unsigned ask(struct ui *ui, const char *text)
{
	static const struct ui_choice choices[] = {
		{.text = "Quedarme con lo mío (38)", .id = MINE},
		{.text = "Tomar lo de AME (40)", .id = THEIRS},
		{.text = "Decidir más tarde", .id = LATER},
	};
	char *mine = mem_strdup(text);
	unsigned consequences = ui_pick(ui, &(struct ui_pick){.label = "Avance de C6: ",
							      .text = mine,
							      .choices = choices,
							      .count = ARRAY_COUNT(choices),
							      .selected = LATER,
							      .picked = picked,
							      .cancelled = cancelled});
	memset(mine, 'x', strlen(mine));
	free(mine);
	return consequences;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	(void)view;
	return op == OP_FILTER ? ask(ui, short_text)
	       : op == OP_SORT ? ask(ui, long_text)
			       : UI_PASS;
}

static void close_page(struct view *view)
{
	free(view);
}

static struct view *open_page(void *context)
{
	static const struct view_class class = {
		.name = "page",
		.context = CONTEXT_LIST,
		.title = title,
		.load = load,
		.draw = draw,
		.op = op,
		.close = close_page,
	};
	struct page *page = mem_alloc_zero(1, sizeof(*page));
	(void)context;
	page->view.class = &class;
	return &page->view;
}

static const struct ui_screen screen = {OP_SCREEN_AGENDA, "Compromisos", open_page};
static const struct ui_setup setup = {.screens = &screen, .screen_count = 1};

static void it_says_what_it_is_about(void **state)
{
	(void)state;
	screen_expect("dialog-80x24", 24, 80, "/", &setup);
	screen_expect("dialog-40x10", 10, 40, "/", &setup);
	screen_expect("dialog-long-80x24", 24, 80, "o", &setup);
	screen_expect("dialog-long-40x10", 10, 40, "o", &setup);
	screen_expect("dialog-long-30x8", 8, 30, "o", &setup);
	screen_expect("dialog-scrolled-40x10", 10, 40, "o PgDn PgDn", &setup);
	screen_expect("dialog-end-40x10", 10, 40, "o PgDn PgDn PgDn PgDn PgDn PgDn PgDn", &setup);
}

static void keys_choose(void **state)
{
	static const struct {
		const char *keys, *first_row;
	} cases[] = {
		{"/ Enter", " picked 3"},
		{"/ Up Enter", " picked 2"},
		{"/ Up Up Up Enter", " picked 1"},
		{"/ type:mío Enter", " picked 1"},
		{"/ Esc", " picked 4"},
		{"o PgDn PgUp PgDn Up Enter", " picked 2"},
		/* one letter, or one twice, picks nothing */
		{"/ type:tt", " picked 0"},
		/* the next question has no text left over: pages move among choices again */
		{"/ Esc : PgDn Esc", " picked 4"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct term_script script;
		struct strbuf row;
		strbuf_init(&row);
		term_script_init(&script, 24, 80, cases[i].keys);
		screen_play(&script, &setup);
		screen_row(&script.shown, 2, &row);
		assert_string_equal(row.data, cases[i].first_row);
		strbuf_release(&row);
		term_script_release(&script);
	}
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_says_what_it_is_about),
		cmocka_unit_test(keys_choose),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
