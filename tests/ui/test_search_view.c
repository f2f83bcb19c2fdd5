/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen that searches everything, on real databases in a temporary folder. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "nucleo/exchange/demo.h"
#include "ui/desk.h"

static int64_t insert(struct operation *operation, const char *table, ...)
{
	const char *column;
	va_list columns;
	int64_t key = operation_insert(operation, table);
	va_start(columns, table);
	while ((column = va_arg(columns, const char *)) != NULL)
		operation_field(operation, column, value_text(va_arg(columns, const char *)));
	va_end(columns);
	return key;
}

static void commit(struct store *store, struct operation *operation)
{
	operation_set_words(operation, "cambio");
	desk_commit(store, operation);
}

/* Said before the first item of the agenda. */
static void add_opening(struct store *store, struct operation *op, int64_t rank, const char *text)
{
	insert(op, "entry", "kind", "note", "text", text, NULL);
	operation_field(op, "meeting", value_key(desk_find(store, RECORD_MEETING, "AM-2023-05")));
	operation_field(op, "rank", value_integer(rank));
}

/* Of the kinds the demonstration lacks, one each. */
static void add_rest(struct store *store)
{
	struct operation *op = operation_new();
	int64_t c6 = desk_find(store, RECORD_COMMITMENT, "C6");
	insert(op, "milestone", "title", "Prueba piloto del portal", NULL);
	operation_field(op, "commitment", value_key(c6));
	operation_field(op, "number", value_integer(7));
	insert(op, "document", "kind", "evidence", "title", "Informe del portal", NULL);
	operation_field(op, "commitment", value_key(c6));
	insert(op, "document", "kind", "guide", "title", "Guía sin dueño", NULL);
	insert(op, "person", "post", "Secretaría de actas", "name", "Zutana Mengánez", NULL);
	operation_field(op, "organization", value_key(desk_find(store, RECORD_ORGANIZATION, "FCD")));
	add_opening(store, op, 1, "Verificada la concurrencia, se declara instalada la sesión.");
	add_opening(store, op, 2, "Hay quórum con nueve instituciones.");
	commit(store, op);
}

static void make_large(void)
{
	struct store *store = desk_create_store("large.db");
	struct operation *op = operation_new();
	for (int i = 1; i <= 4500; i++) {
		char code[16];
		snprintf(code, sizeof(code), "S-2023-%04d", i);
		insert(op, "followup", "code", code, "description",
		       i == 4400 ? "La aguja" : "Un poco de paja", "kind", "task", "status", "open",
		       NULL);
	}
	commit(store, op);
	store_close(store);
}

/* Besides those of every desk: found.db, with something of every kind, and large.db. */
static int make_folder(void **state)
{
	if (desk_make_folder(state) != 0)
		return -1;
	struct store *store = desk_create_store("found.db");
	assert_done(demo_fill(store, err));
	add_rest(store);
	store_close(store);
	make_large();
	return 0;
}

struct scene {
	const char *name, *database, *keys;
};

static void every_state_at_every_size(void **state)
{
	static const struct window *const sizes[] = {&window_usual, &window_small, &window_large};
	static const struct scene scenes[] = {
		{"search-asked", "found.db", "s"},
		{"search-typing", "found.db", "s type:gobierno"},
		{"search-kept", "found.db", "s type:gobierno Enter Down Down"},
		{"search-end", "found.db", "s type:gobierno Enter End"},
		{"search-nothing", "found.db", "s type:xyz Enter"},
		{"search-no-words", "found.db", "s type:¿? Enter"},
		{"search-empty", "empty.db", "8 type:datos"},
		{"search-more", "large.db", "F8 type:paja Enter"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		for (size_t j = 0; j < ARRAY_COUNT(sizes); j++)
			desk_expect(scenes[i].name, scenes[i].database, sizes[j],
				    scenes[i].keys);
}

/* Enter jumps to the place, whatever was found. */
static void enter_jumps_there(void **state)
{
	static const struct scene scenes[] = {
		{"search-to-commitment", "found.db", "s type:C6 Enter Enter"},
		{"search-to-milestone", "found.db", "s type:piloto_del_portal Enter Enter"},
		{"search-to-meeting", "found.db", "s type:AM-2023-05 Enter Enter"},
		{"search-to-item", "found.db", "s type:AM-2023-05/8.a Enter Enter"},
		{"search-to-entry", "found.db", "s type:AM-2023-05/3#7 Enter Enter"},
		{"search-to-followup", "found.db", "s type:S-2023-004 Enter Enter"},
		{"search-to-organization", "found.db", "s type:secretaria_de_actas Enter Enter"},
		{"search-to-indicator", "found.db", "s type:cuenca Enter Enter"},
		{"search-to-document", "found.db", "s type:informe_del_portal Enter Enter"},
		{"search-to-entry-before", "found.db", "s type:concurrencia Enter Enter"},
		{"search-to-nowhere", "found.db", "s type:sin_dueño Enter Enter"},
		{"search-to-entry-low", "found.db",
		 "size:40x10 s type:AM-2023-05/3#7 Enter Enter size:80x24"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		desk_expect(scenes[i].name, scenes[i].database, &window_usual, scenes[i].keys);
	desk_expect("search-to-entry", "found.db", &window_small, "s type:AM-2023-05/3#7 Enter Enter");
	desk_expect("search-to-entry-before", "found.db", &window_small,
		    "s type:concurrencia Enter Enter");
}

static void ways_back_and_again(void **state)
{
	static const struct scene scenes[] = {
		/* the selection is kept, and asking again keeps the words */
		{"search-back", "found.db", "s type:gobierno Enter Down Down Down Enter Esc"},
		{"search-back-from-entry-before", "found.db", "s type:concurrencia Enter Enter Esc"},
		{"search-entry-before-copied", "found.db", "s type:quorum Enter Enter y"},
		{"search-back-from-entry", "found.db", "s type:AM-2023-05/3#7 Enter Enter Esc"},
		{"search-again", "found.db", "s type:gobierno Enter Down / type:_abierto"},
		{"search-again-cancelled", "found.db", "s type:gobierno Enter / type:_zzz Esc"},
		{"search-cancelled", "found.db", "s type:gobierno Esc"},
		/* the key asks from anywhere, also from a page it led to */
		{"search-from-page", "found.db", "s type:C6 Enter Enter s"},
		{"search-from-elsewhere", "found.db", "s type:C6 Enter Enter 1 s"},
		{"search-moved-while-typing", "found.db", "s type:gobierno Down Down"},
		{"search-enter-without-hits", "found.db", "s Enter Enter"},
		{"search-trail", "found.db", "s type:gobierno Enter Down Enter ["},
		{"search-copy", "found.db", "s type:piloto_del Enter y"},
		{"search-pasted", "found.db", "s paste:datos\\nabiertos"},
		{"search-help", "found.db", "s type:datos Enter ? PgDn"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		desk_expect(scenes[i].name, scenes[i].database, &window_usual, scenes[i].keys);
}

/* ---- somebody else */

static void add_better_hit(struct store *other, int turn)
{
	struct operation *op = operation_new();
	(void)turn;
	insert(op, "followup", "code", "S-2024-001", "description", "Gobierno", "kind", "task",
	       "status", "open", NULL);
	commit(other, op);
}

/* A better hit comes in above: the selection stays on its record. */
static void what_others_save_is_found(void **state)
{
	struct desk desk;
	struct term_script script;
	(void)state;
	struct store *store = desk_create_store("shared.db");
	assert_done(demo_fill(store, err));
	store_close(store);
	desk_open(&desk, "shared.db", false);
	desk.other = desk_open_store("shared.db", false);
	desk.others_work = add_better_hit;
	struct ui_setup setup = desk_setup(&desk);
	term_script_init(&script, 24, 80, "s type:gobierno Enter Down idle");
	screen_play(&script, &setup);
	screen_expect_canvas("search-others-80x24", &script.shown);
	term_script_release(&script);
	desk_close(&desk);
}

/* ---- the first reading of a large database */

struct watch {
	struct term_class class;
	void (*draw)(struct term *term, const struct canvas *canvas);
	struct canvas seen;
	int times;
};
static struct watch watch;

static void watch_draw(struct term *term, const struct canvas *canvas)
{
	struct strbuf row;
	strbuf_init(&row);
	screen_row(canvas, 1, &row);
	if (strstr(row.data, "Preparando") && !watch.times++)
		canvas_copy(&watch.seen, canvas);
	strbuf_release(&row);
	watch.draw(term, canvas);
}

static void expect_reading(const struct window *window)
{
	struct desk desk;
	struct term_script script;
	char reading[64], answer[64];
	snprintf(reading, sizeof(reading), "search-preparing-%s", window->name);
	snprintf(answer, sizeof(answer), "search-prepared-%s", window->name);
	desk_open(&desk, "large.db", false);
	struct ui_setup setup = desk_setup(&desk);
	term_script_init(&script, window->rows, window->columns, "batch s type:aguja");
	watch = (struct watch){.class = *script.term.class};
	watch.draw = watch.class.draw;
	watch.class.draw = watch_draw;
	script.term.class = &watch.class;
	canvas_init(&watch.seen);
	screen_play(&script, &setup);
	assert_in_range(watch.times, 1, 10);
	screen_expect_canvas(reading, &watch.seen);
	screen_expect_canvas(answer, &script.shown);
	canvas_release(&watch.seen);
	term_script_release(&script);
	desk_close(&desk);
}

/* Keys are taken meanwhile; the answer to what was typed comes when all is read. */
static void a_large_database_is_read_between_keys(void **state)
{
	(void)state;
	expect_reading(&window_usual);
	expect_reading(&window_small);
	expect_reading(&window_large);
}

static void plain_glyphs(void **state)
{
	(void)state;
	desk_expect_plain("search-plain", "found.db", "s type:gobierno Enter Down");
	desk_expect_plain("search-plain-asked", "found.db", "s");
}

/* What was searched for stands out, also without colours. */
static void found_words_stand_out(void **state)
{
	struct desk desk;
	struct term_script script;
	struct strbuf styles;
	(void)state;
	desk_open(&desk, "found.db", false);
	struct ui_setup setup = desk_setup(&desk);
	strbuf_init(&styles);
	term_script_init(&script, 24, 80, "s type:datos_abiertos Enter");
	screen_play(&script, &setup);
	canvas_dump_styles(&script.shown, &styles);
	screen_expect_text("search-styles-80x24", styles.data);
	strbuf_release(&styles);
	term_script_release(&script);
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_at_every_size),
		cmocka_unit_test(enter_jumps_there),
		cmocka_unit_test(ways_back_and_again),
		cmocka_unit_test(what_others_save_is_found),
		cmocka_unit_test(a_large_database_is_read_between_keys),
		cmocka_unit_test(plain_glyphs),
		cmocka_unit_test(found_words_stand_out),
	};
	setlocale(LC_ALL, "");
	return cmocka_run_group_tests(tests, make_folder, desk_remove_folder);
}
