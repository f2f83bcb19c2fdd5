/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/ui/frame.h"
#include "nucleo/ui/table.h"
#include "ui/screen_test.h"

/* A small program of two screens: a list one can filter, and pages one opens from it. */
struct world {
	int64_t count;
	bool broken;
	int changes; /* how often `changed` says yes */
	int loads;
	const char *greeting;
};

struct list_view {
	struct view view;
	struct world *world;
	struct table table;
	struct strbuf filter;
};

struct page_view {
	struct view view;
	struct world *world;
	int64_t key;
};

static const char *const words[] = {"árbol", "Ñandú", "casa", "Ciudadanía", "gobierno"};

static enum rc fetch_words(void *context, const struct table_query *query, struct table_rows *out,
			   struct error *err)
{
	struct list_view *list = context;
	int64_t step = query->backwards ? -1 : 1;
	int64_t at = query->sort ? query->key : query->backwards ? list->world->count : -1;
	(void)err;
	for (at += step; at >= 0 && at < list->world->count && out->count < query->limit;
	     at += step) {
		char text[64];
		snprintf(text, sizeof(text), "%s %d", words[at % 5], (int)at);
		if (!utf8_has_words(text, list->filter.data))
			continue;
		table_row_text(table_rows_add(out, at, text), 0, ROLE_TEXT, text);
	}
	return RC_OK;
}

static struct list_view *list_of(struct view *view)
{
	return (struct list_view *)(void *)view;
}

static void list_title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, "Palabras");
}

static void list_sentence(const struct view *view, struct strbuf *out)
{
	const struct list_view *list = (const struct list_view *)(const void *)view;
	strbuf_addf(out, "%d palabras · filtro «%s»", (int)list->world->count, list->filter.data);
}

static enum rc list_load(struct view *view, struct ui *ui, struct error *err)
{
	struct list_view *list = list_of(view);
	assert_ptr_equal(ui_context(ui), list->world);
	list->world->loads++;
	if (list->world->broken)
		return error_set(err, RC_IO, "No se pudo leer la base; revise la unidad de red.");
	return table_load(&list->table, err);
}

static void list_draw(struct view *view, struct region body)
{
	table_draw(&list_of(view)->table, body, true);
}

static unsigned filter_changed(struct view *view, struct ui *ui, const char *text)
{
	struct list_view *list = list_of(view);
	(void)ui;
	strbuf_reset(&list->filter);
	utf8_fold(&list->filter, text);
	return UI_RELOAD;
}

static unsigned filter_done(struct view *view, struct ui *ui, const char *text)
{
	(void)view;
	if (strcmp(text, "mal") != 0)
		return UI_REDRAW;
	ui_say(ui, ROLE_ERROR, "%s", "Esa palabra no vale.");
	return UI_KEEP;
}

static unsigned filter_cancelled(struct view *view, struct ui *ui)
{
	return filter_changed(view, ui, "");
}

static struct view *page_new(struct world *world, int64_t key);

static unsigned list_op(struct view *view, struct ui *ui, enum op op)
{
	struct list_view *list = list_of(view);
	const struct table_row *row = table_selected(&list->table);
	if (table_op(&list->table, op))
		return UI_REDRAW;
	if (op == OP_OPEN && row)
		return ui_open(ui, page_new(list->world, row->key));
	if (op == OP_BACK && list->filter.length)
		return filter_cancelled(view, ui);
	if (op == OP_FILTER)
		return ui_ask(ui, &(struct ui_question){.label = "Filtrar: ",
							.text = list->filter.data,
							.changed = filter_changed,
							.answered = filter_done,
							.cancelled = filter_cancelled});
	return UI_PASS;
}

static void list_close(struct view *view)
{
	table_release(&list_of(view)->table);
	strbuf_release(&list_of(view)->filter);
	free(view);
}

static struct view *open_list(void *context)
{
	static const struct view_class class = {
		.name = "words",
		.context = CONTEXT_LIST,
		.title = list_title,
		.sentence = list_sentence,
		.load = list_load,
		.draw = list_draw,
		.op = list_op,
		.close = list_close,
	};
	static const struct table_column columns[] = {
		{.title = "Palabra", .min = 10, .weight = 1}};
	struct list_view *list = mem_alloc_zero(1, sizeof(*list));
	list->view.class = &class;
	list->world = context;
	strbuf_init(&list->filter);
	table_init(&list->table, columns, 1,
		   (struct table_source){.context = list, .fetch = fetch_words});
	return &list->view;
}

static void page_title(const struct view *view, struct strbuf *out)
{
	const struct page_view *page = (const struct page_view *)(const void *)view;
	strbuf_addf(out, "Palabra número %d", (int)page->key);
}

static enum rc page_load(struct view *view, struct ui *ui, struct error *err)
{
	(void)view;
	(void)ui;
	(void)err;
	return RC_OK;
}

static void page_draw(struct view *view, struct region body)
{
	struct page_view *page = (struct page_view *)(void *)view;
	region_label(body, ALIGN_LEFT, ROLE_TEXT, page->world->greeting);
	region_cursor(body, 0, 0);
}

static void page_close(struct view *view)
{
	free(view);
}

static unsigned second_answered(struct view *view, struct ui *ui, const char *text)
{
	(void)view;
	ui_say(ui, ROLE_NOTICE, "segunda: %s", text);
	return UI_REDRAW;
}

static unsigned first_answered(struct view *view, struct ui *ui, const char *text)
{
	(void)view;
	return ui_ask(ui, &(struct ui_question){
				  .label = "Segunda: ", .text = text, .answered = second_answered});
}

static unsigned page_op(struct view *view, struct ui *ui, enum op op)
{
	struct page_view *page = (struct page_view *)(void *)view;
	if (op == OP_DOWN)
		return ui_ask(ui, &(struct ui_question){.label = "Primera: ",
							.answered = first_answered});
	if (op == OP_LAST)
		return UI_QUIT;
	if (op != OP_OPEN)
		return UI_PASS;
	ui_say(ui, ROLE_NOTICE, "abierta %d", (int)page->key + 1);
	return ui_open(ui, page_new(page->world, page->key + 1));
}

static struct view *page_new(struct world *world, int64_t key)
{
	static const struct view_class class = {
		.name = "page",
		.context = CONTEXT_DETAIL,
		.title = page_title,
		.load = page_load,
		.draw = page_draw,
		.op = page_op,
		.close = page_close,
	};
	struct page_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &class;
	page->world = world;
	page->key = key;
	return &page->view;
}

static struct view *open_page(void *context)
{
	return page_new(context, 1000);
}

static unsigned world_changed(void *context, struct ui *ui)
{
	struct world *world = context;
	(void)ui;
	if (!world->changes)
		return UI_NOTHING;
	world->changes--;
	world->count++;
	return UI_RELOAD;
}

static void world_status(void *context, struct strbuf *out)
{
	(void)context;
	strbuf_adds(out, "guardado 15h42:07 · FCD");
}

static const struct ui_screen screens[] = {
	{OP_SCREEN_COMMITMENTS, "Compromisos", open_list},
	{OP_SCREEN_AGENDA, "Agenda", open_page},
	{OP_SCREEN_ATTENDEES, "Asistentes", open_page},
	{OP_SCREEN_FOLLOWUPS, "Acciones", open_list},
};

static struct ui_setup setup_of(struct world *world)
{
	return (struct ui_setup){
		.screens = screens,
		.screen_count = ARRAY_COUNT(screens),
		.context = world,
		.changed = world_changed,
		.status = world_status,
	};
}

static void scripts(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int rows, columns;
		const char *script;
	} cases[] = {
		{"frame-80x24", 24, 80, "Down Down"},
		{"frame-40x10", 10, 40, "Down Down"},
		{"frame-30x8", 8, 30, "3"},
		{"frame-too-small", 7, 29, "Down"},
		{"frame-recovered", 24, 80, "Down size:20x5 Down j 3 size:80x24"},
		{"frame-path", 24, 80, "Enter Enter Enter"},
		{"frame-path-cut", 10, 40, "Enter Enter Enter Enter"},
		{"frame-back", 24, 80, "Down Enter Enter Esc Esc Esc Esc"},
		{"frame-help", 24, 80, "?"},
		{"frame-help-end", 10, 40, "F1 End"},
		{"frame-help-closed", 10, 60, "? ?"},
		{"frame-filter-typing", 12, 60, "/ type:nandu Down"},
		{"frame-filter-kept", 12, 60, "/ type:CIUDADANÍA Enter End"},
		{"frame-filter-cleared", 12, 60, "/ type:arbol Enter Down Esc"},
		{"frame-filter-cancelled", 12, 60, "/ type:arbol Esc"},
		{"frame-filter-nothing", 12, 60, "/ type:xyz"},
		{"frame-filter-refused", 12, 60, "/ type:mal Enter"},
		{"frame-filter-pasted", 12, 60, "/ paste:casa\\n1 Left Left"},
		{"frame-useless-key", 12, 60, "F12"},
		{"frame-screens-keep-their-place", 12, 60, "Down Down 4 Down 1"},
		{"frame-same-screen-goes-home", 12, 60, "Down Enter Enter 1"},
		{"frame-two-questions", 12, 60, "2 Down type:uno Enter type:_dos Enter"},
		{"frame-change-by-others", 12, 60, "Down Down idle idle"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct world world = {.count = 40, .changes = 2, .greeting = "Hola\x1b]0;x\x07"};
		struct ui_setup setup = setup_of(&world);
		screen_expect(cases[i].name, cases[i].rows, cases[i].columns, cases[i].script,
			      &setup);
	}
}

static void a_failed_load_says_why_and_recovers(void **state)
{
	(void)state;
	struct world world = {.count = 3, .broken = true, .greeting = ""};
	struct ui_setup setup = setup_of(&world);
	screen_expect("frame-failed", 12, 40, "Down Enter", &setup);
	world.changes = 1;
	world.broken = false;
	screen_expect("frame-failed-recovered", 12, 40, "idle", &setup);
}

static struct term_script play(const char *keys, struct world *world)
{
	struct term_script script;
	struct ui_setup setup = setup_of(world);
	term_script_init(&script, 24, 80, keys);
	screen_play(&script, &setup);
	return script;
}

static void nothing_new_draws_nothing(void **state)
{
	(void)state;
	struct world world = {.count = 3, .greeting = ""};
	struct term_script script = play("idle idle idle idle idle idle idle idle", &world);
	assert_int_equal(script.draws, 1);
	assert_int_equal(world.loads, 1);
	term_script_release(&script);
}

static void a_burst_of_keys_is_one_frame(void **state)
{
	(void)state;
	struct world world = {.count = 3000, .greeting = ""};
	struct strbuf keys;
	strbuf_init(&keys);
	strbuf_adds(&keys, "batch");
	for (int i = 0; i < 500; i++)
		strbuf_adds(&keys, " Down");
	struct term_script script = play(keys.data, &world);
	assert_int_equal(script.draws, 2);
	struct strbuf row;
	strbuf_init(&row);
	screen_row(&script.shown, script.shown.cursor_row, &row);
	assert_string_equal(row.data, "▶árbol 500");
	strbuf_release(&row);
	strbuf_release(&keys);
	term_script_release(&script);
}

static void leaving_and_redrawing(void **state)
{
	(void)state;
	struct world world = {.count = 3, .greeting = ""};
	struct term_script script = play("Ctrl-Z Ctrl-L Down", &world);
	assert_int_equal(script.suspends, 1);
	assert_int_equal(script.forgets, 2);
	assert_int_equal(script.draws, 4);
	assert_int_equal(world.loads, 3);
	term_script_release(&script);
	script = play("2 End Up Up", &world);
	assert_string_equal(script.rest, " Up Up");
	term_script_release(&script);
	script = play("size:10x4 q Down Down Down", &world);
	assert_string_equal(script.rest, " Down Down Down");
	term_script_release(&script);
}

/* While typing, letters are text: none of them quits, none moves. */
static void letters_are_text_in_a_prompt(void **state)
{
	(void)state;
	struct world world = {.count = 40, .greeting = ""};
	struct term_script script = play("/ q j 1 ?", &world);
	struct strbuf row;
	strbuf_init(&row);
	screen_row(&script.shown, 22, &row);
	assert_string_equal(row.data, " Filtrar: qj1?");
	assert_int_equal(script.shown.cursor_row, 22);
	assert_int_equal(script.shown.cursor_column, 14);
	strbuf_release(&row);
	term_script_release(&script);
}

static void any_size_any_moment(void **state)
{
	(void)state;
	struct world world = {.count = 400, .greeting = "Hola"};
	struct strbuf keys;
	unsigned seed = 11;
	strbuf_init(&keys);
	static const char *const some[] = {"Down", "PgDn", "Enter", "Esc", "/",  "type:a", "Esc",
					   "?",	   "2",	   "1",	    "End", "G", "k",	  "idle"};
	for (int i = 0; i < 3000; i++) {
		seed = seed * 1103515245u + 12345u;
		if (seed & 0x10000)
			strbuf_addf(&keys, "size:%ux%u ", (seed >> 17) % 220, (seed >> 25) % 60);
		strbuf_addf(&keys, "%s ", some[(seed >> 18) % ARRAY_COUNT(some)]);
	}
	strbuf_adds(&keys, "size:80x24 Ctrl-C 1");
	struct term_script script = play(keys.data, &world);
	assert_in_range(script.shown.cursor_row, 0, 23);
	term_script_release(&script);
	strbuf_release(&keys);
}

/* `? ayuda` is on every hints line, whatever the width. */
static void help_is_never_cut(void **state)
{
	(void)state;
	struct keymap keymap;
	keymap_init(&keymap);
	for (int width = FRAME_COLUMNS_MIN; width < 200; width++) {
		for (enum context context = 0; context < CONTEXT_PROMPT; context++) {
			struct canvas canvas;
			struct strbuf row;
			struct frame_span spans[OP_COUNT];
			canvas_init(&canvas);
			strbuf_init(&row);
			canvas_reset(&canvas, 1, width);
			frame_draw_hints(canvas_region(&canvas), &keymap, context, true,
					 spans);
			screen_row(&canvas, 0, &row);
			assert_int_equal(strncmp(row.data, " ? ayuda", 8), 0);
			assert_true(utf8_width(row.data) <= width);
			strbuf_release(&row);
			canvas_release(&canvas);
		}
	}
}

static void tabs_shorten(void **state)
{
	(void)state;
	static const struct {
		int width;
		size_t active;
		const char *expected;
	} cases[] = {
		{80, 1, " nucleo  1 Compromisos  2 Agenda  3 Asistentes  4 Acciones"},
		{55, 1, " 1 Compromisos  2 Agenda  3 Asistentes  4 Acciones"},
		{50, 1, " 1 Compromisos 2 Agenda 3 Asistentes 4 Acciones"},
		{40, 1, " 1 Compro… 2 Agenda 3 Asiste… 4 Accion…"},
		{34, 1, " 1 Comp… 2 Agenda 3 Asis… 4 Acci…"},
		{30, 0, " 1 Compromisos 2 3 4"},
	};
	struct frame_tab tabs[] = {
		{.key = "1", .title = "Compromisos"},
		{.key = "2", .title = "Agenda"},
		{.key = "3", .title = "Asistentes"},
		{.key = "4", .title = "Acciones"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct canvas canvas;
		struct strbuf row;
		canvas_init(&canvas);
		strbuf_init(&row);
		canvas_reset(&canvas, 1, cases[i].width);
		frame_draw_tabs(canvas_region(&canvas), tabs, 4, cases[i].active);
		screen_row(&canvas, 0, &row);
		assert_string_equal(row.data, cases[i].expected);
		strbuf_release(&row);
		canvas_release(&canvas);
	}
}

static void parts_are_left_out_whole(void **state)
{
	(void)state;
	static const struct {
		int width;
		const char *text, *expected;
	} cases[] = {
		{40, "13 de 15 atrás · media 24 % · en cero: 3", "13 de 15 atrás · media 24 % · en cero: 3"},
		{39, "13 de 15 atrás · media 24 % · en cero: 3", "13 de 15 atrás · media 24 %"},
		{26, "13 de 15 atrás · media 24 % · en cero: 3", "13 de 15 atrás"},
		{13, "13 de 15 atrás · media 24 % · en cero: 3", "13 de 15 atr…"},
		/* Better a cut part than a row nearly empty. */
		{30, "C4 · Construyendo más y mejor información", "C4 · Construyendo más y mejor…"},
		{30, "", ""},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct canvas canvas;
		struct strbuf row;
		canvas_init(&canvas);
		strbuf_init(&row);
		canvas_reset(&canvas, 1, cases[i].width);
		frame_draw_parts(canvas_region(&canvas), ROLE_SENTENCE, cases[i].text);
		screen_row(&canvas, 0, &row);
		assert_string_equal(row.data, cases[i].expected);
		strbuf_release(&row);
		canvas_release(&canvas);
	}
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts),
		cmocka_unit_test(a_failed_load_says_why_and_recovers),
		cmocka_unit_test(nothing_new_draws_nothing),
		cmocka_unit_test(a_burst_of_keys_is_one_frame),
		cmocka_unit_test(leaving_and_redrawing),
		cmocka_unit_test(letters_are_text_in_a_prompt),
		cmocka_unit_test(any_size_any_moment),
		cmocka_unit_test(help_is_never_cut),
		cmocka_unit_test(tabs_shorten),
		cmocka_unit_test(parts_are_left_out_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
