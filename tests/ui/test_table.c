/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/ui/table.h"
#include "ui/screen_test.h"

/* A source of rows 0..count-1 in the order of their number, as the store would give them. */
struct numbers {
	int64_t count;
	int64_t moved, moved_to; /* the row with key `moved` sorts as if it were `moved_to` + ½ */
	int64_t removed;
	size_t fetched, fetches;
	bool broken;
};

#define NONE (-1)

/* Twice the place, so that a moved row fits between two. */
static int64_t place_of(const struct numbers *numbers, int64_t key)
{
	return key == numbers->moved ? numbers->moved_to * 2 + 1 : key * 2;
}

static int64_t key_at(const struct numbers *numbers, int64_t place)
{
	int64_t key = place / 2;
	if (place == numbers->moved_to * 2 + 1 && numbers->moved != NONE)
		key = numbers->moved;
	else if (place % 2 || place < 0 || key >= numbers->count || key == numbers->moved)
		return NONE;
	return key == numbers->removed ? NONE : key;
}

static void add_number(struct numbers *numbers, int64_t key, struct table_rows *out)
{
	char text[64];
	snprintf(text, sizeof(text), "%08lld", (long long)place_of(numbers, key));
	struct table_row *row = table_rows_add(out, key, text);
	snprintf(text, sizeof(text), "F%lld", (long long)key);
	table_row_text(row, 0, ROLE_TEXT, text);
	snprintf(text, sizeof(text), "Acción número %lld con palabras", (long long)key);
	table_row_text(row, 1, key % 2 ? ROLE_BAD : ROLE_GOOD, key == 3 ? "日本語 ñandú\x1b[2J" : text);
	if (out->columns > 2) {
		table_row_bar(row, 2, ROLE_BAR, (int)(key % 101) * 100, 5000);
		table_row_text(row, 3, ROLE_TEXT, key % 2 ? "atrás" : "adelante");
		table_row_brief(row, 3, key % 2 ? "-" : "+");
	}
	numbers->fetched++;
}

static enum rc fetch_numbers(void *context, const struct table_query *query,
			     struct table_rows *out, struct error *err)
{
	struct numbers *numbers = context;
	int step = query->backwards ? -1 : 1;
	int64_t end = numbers->count * 2 + 1;
	int64_t place = query->backwards ? end : -1;
	if (numbers->broken)
		return error_set(err, RC_IO, "No se pudo leer «%s».", "acciones");
	if (query->sort)
		place = strtoll(query->sort, NULL, 10);
	if (place > end)
		place = end + 1;
	numbers->fetches++;
	for (place += step; place >= 0 && place <= end && out->count < query->limit; place += step)
		if (key_at(numbers, place) != NONE)
			add_number(numbers, key_at(numbers, place), out);
	return RC_OK;
}

static enum rc locate_number(void *context, int64_t key, struct strbuf *sort, struct error *err)
{
	const struct numbers *numbers = context;
	if (key < 0 || key >= numbers->count || key == numbers->removed)
		return error_set(err, RC_NOT_FOUND, "No existe.");
	strbuf_addf(sort, "%08lld", (long long)place_of(numbers, key));
	return RC_OK;
}

static const struct table_column columns[] = {
	{.title = "N.º", .min = 7},
	{.title = "Descripción", .brief = "Qué", .min = 12, .weight = 1},
	{.title = "Avance", .min = 10, .max = 20, .weight = 1, .drop = 1, .is_bar = true},
	{.title = "Ritmo", .brief = "R", .min = 1, .max = 8, .weight = 3, .align = ALIGN_RIGHT},
};

static struct numbers numbers_of(int64_t count)
{
	return (struct numbers){.count = count, .moved = NONE, .moved_to = NONE, .removed = NONE};
}

static void open_table(struct table *table, struct numbers *numbers)
{
	struct error err;
	struct table_source source = {numbers, fetch_numbers, locate_number};
	table_init(table, columns, ARRAY_COUNT(columns), source);
	table->empty = "No hay acciones. n añade la primera.";
	assert_int_equal(table_load(table, &err), RC_OK);
}

static void draw(struct table *table, struct canvas *canvas, int rows, int width)
{
	canvas_reset(canvas, rows, width);
	table_draw(table, canvas_region(canvas), true);
}

static int64_t selected(const struct table *table)
{
	return table_selected(table) ? table_selected(table)->key : NONE;
}

static void layouts(void **state)
{
	(void)state;
	static const struct {
		int width, expected[4];
	} cases[] = {
		{200, {7, 162, 20, 8}}, {80, {7, 42, 20, 8}}, {60, {7, 22, 20, 8}},
		{50, {7, 17, 15, 8}},   {38, {7, 13, 11, 4}}, {33, {7, 12, 10, 1}},
		{32, {7, 15, 0, 8}},    {22, {7, 12, 0, 1}},  {15, {7, 7, 0, 0}},
		{5, {5, 0, 0, 0}},      {0, {0, 0, 0, 0}},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		int widths[4], sum = 0;
		table_layout(columns, 4, cases[i].width, widths);
		for (size_t j = 0; j < 4; j++)
			sum += widths[j] + (widths[j] && sum);
		assert_true(sum <= cases[i].width);
		assert_memory_equal(widths, cases[i].expected, sizeof(widths));
	}
}

static void a_hundred_thousand_rows_open_as_fast_as_ten(void **state)
{
	(void)state;
	struct numbers numbers = numbers_of(100000);
	struct table table;
	struct canvas canvas;
	canvas_init(&canvas);
	open_table(&table, &numbers);
	draw(&table, &canvas, 24, 80);
	assert_true(numbers.fetched <= 256);
	table_op(&table, OP_LAST);
	draw(&table, &canvas, 24, 80);
	assert_int_equal(selected(&table), 99999);
	assert_true(numbers.fetched <= 768);
	table_op(&table, OP_FIRST);
	assert_int_equal(selected(&table), 0);
	table_release(&table);
	canvas_release(&canvas);
}

/* Walks by every kind of move and compares with simple arithmetic. */
static void moves_end_where_they_should(void **state)
{
	(void)state;
	static const int64_t counts[] = {0, 1, 10, 127, 128, 129, 300, 5000};
	static const enum op ops[] = {OP_DOWN, OP_UP, OP_PAGE_DOWN, OP_PAGE_UP, OP_FIRST, OP_LAST,
				      OP_PAGE_DOWN, OP_DOWN};
	for (size_t i = 0; i < ARRAY_COUNT(counts); i++) {
		struct numbers numbers = numbers_of(counts[i]);
		struct table table;
		struct canvas canvas;
		unsigned seed = 7;
		int64_t expected = 0, last = counts[i] - 1;
		canvas_init(&canvas);
		open_table(&table, &numbers);
		draw(&table, &canvas, 24, 80);
		for (int turn = 0; turn < 3000; turn++) {
			seed = seed * 1103515245u + 12345u;
			unsigned which = seed >> 16 & 0xFF;
			enum op op = which < 3 ? ops[4 + which % 2] : ops[which % 4];
			if (turn / 500 % 2)
				op = which % 8 ? OP_PAGE_DOWN : op;
			int64_t step = op == OP_DOWN ? 1 : op == OP_UP ? -1
				       : op == OP_PAGE_DOWN ? 22 : op == OP_PAGE_UP ? -22 : 0;
			expected = op == OP_FIRST ? 0 : op == OP_LAST ? last : expected + step;
			expected = expected > last ? last : expected;
			expected = expected < 0 ? 0 : expected;
			assert_true(table_op(&table, op));
			if (seed & 0x10000)
				draw(&table, &canvas, 24, 80);
			assert_int_equal(selected(&table), last < 0 ? NONE : expected);
			assert_true(table.rows.count <= 2048 + 256);
		}
		table_release(&table);
		canvas_release(&canvas);
	}
}

/* A row that others put first is seen by whoever looks at the top, and is not forced upon others. */
static void what_comes_first_is_seen_at_the_top(void **state)
{
	(void)state;
	struct numbers numbers = numbers_of(1000);
	struct table table;
	struct error err;
	struct canvas canvas;
	canvas_init(&canvas);
	numbers.removed = 0;
	open_table(&table, &numbers);
	draw(&table, &canvas, 24, 80);
	numbers.removed = NONE;
	assert_int_equal(table_load(&table, &err), RC_OK);
	assert_int_equal(selected(&table), 1);
	assert_int_equal(table.selected, 1);
	assert_int_equal(table.top, 0);
	assert_int_equal(table_select(&table, 500, &err), RC_OK);
	draw(&table, &canvas, 24, 80);
	size_t offset = table.selected - table.top;
	numbers.removed = 0;
	assert_int_equal(table_load(&table, &err), RC_OK);
	assert_int_equal(table.selected - table.top, offset);
	table_release(&table);
	canvas_release(&canvas);
}

static void selection_follows_its_row(void **state)
{
	(void)state;
	struct numbers numbers = numbers_of(1000);
	struct table table;
	struct error err;
	struct canvas canvas;
	canvas_init(&canvas);
	open_table(&table, &numbers);
	assert_int_equal(table_select(&table, 700, &err), RC_OK);
	draw(&table, &canvas, 24, 80);
	size_t offset = table.selected - table.top;
	assert_int_equal(table_load(&table, &err), RC_OK);
	assert_int_equal(selected(&table), 700);
	assert_int_equal(table.selected - table.top, offset);
	numbers.moved = 700;
	numbers.moved_to = 20;
	assert_int_equal(table_load(&table, &err), RC_OK);
	assert_int_equal(selected(&table), 700);
	table_op(&table, OP_UP);
	assert_int_equal(selected(&table), 20);
	numbers.removed = 20;
	assert_int_equal(table_load(&table, &err), RC_OK);
	assert_int_equal(selected(&table), 700);
	assert_int_equal(table_select(&table, 20, &err), RC_NOT_FOUND);
	numbers.count = 10;
	numbers.moved = NONE;
	assert_int_equal(table_load(&table, &err), RC_OK);
	assert_int_equal(selected(&table), 9);
	numbers.count = 0;
	assert_int_equal(table_load(&table, &err), RC_OK);
	assert_int_equal(selected(&table), NONE);
	draw(&table, &canvas, 24, 80);
	numbers.count = 5;
	assert_int_equal(table_load(&table, &err), RC_OK);
	assert_int_equal(selected(&table), 0);
	table_release(&table);
	canvas_release(&canvas);
}

static void a_failed_read_keeps_what_is_there(void **state)
{
	(void)state;
	struct numbers numbers = numbers_of(1000);
	struct table table;
	struct error err;
	struct canvas canvas;
	canvas_init(&canvas);
	open_table(&table, &numbers);
	draw(&table, &canvas, 10, 60);
	table_op(&table, OP_DOWN);
	numbers.broken = true;
	assert_int_equal(table_load(&table, &err), RC_IO);
	assert_int_equal(selected(&table), 1);
	table_op(&table, OP_LAST);
	draw(&table, &canvas, 10, 60);
	screen_expect_canvas("table-failure", &canvas);
	numbers.broken = false;
	table_op(&table, OP_LAST);
	assert_int_equal(selected(&table), 999);
	table_release(&table);
	canvas_release(&canvas);
}

static void drawn_at_many_sizes(void **state)
{
	(void)state;
	struct numbers numbers = numbers_of(30);
	struct table table;
	struct canvas canvas;
	canvas_init(&canvas);
	open_table(&table, &numbers);
	for (int i = 0; i < 5; i++)
		table_op(&table, OP_DOWN);
	draw(&table, &canvas, 12, 80);
	screen_expect_canvas("table-80", &canvas);
	draw(&table, &canvas, 5, 36);
	screen_expect_canvas("table-36", &canvas);
	draw(&table, &canvas, 5, 30);
	screen_expect_canvas("table-30", &canvas);
	struct strbuf styles;
	strbuf_init(&styles);
	canvas_dump_styles(&canvas, &styles);
	screen_expect_text("table-30-styles", styles.data);
	strbuf_release(&styles);
	for (int rows = 1; rows < 40; rows++)
		for (int width = 1; width < 60; width += 3) {
			draw(&table, &canvas, rows, width);
			if (rows > 1)
				assert_in_range(canvas.cursor_row, 1, rows - 1);
		}
	draw(&table, &canvas, 40, 80);
	assert_int_equal(table.top, 0);
	table_release(&table);
	numbers.count = 0;
	open_table(&table, &numbers);
	draw(&table, &canvas, 4, 30);
	screen_expect_canvas("table-empty", &canvas);
	table_release(&table);
	canvas_release(&canvas);
}

static enum rc fetch_tree(void *context, const struct table_query *query, struct table_rows *out,
			  struct error *err)
{
	static const char *const items[] = {"1 Bienvenida", "8 Varios", "a Curso", "9 Fin"};
	(void)context;
	(void)err;
	for (int64_t i = 0; i < 4 && !query->backwards; i++) {
		if (query->sort && i <= query->key)
			continue;
		struct table_row *row = table_rows_add(out, i, items[i]);
		row->depth = i == 2;
		table_row_text(row, 0, ROLE_TEXT, items[i]);
	}
	return RC_OK;
}

static void a_tree_is_a_table_with_steps(void **state)
{
	(void)state;
	static const struct table_column tree[] = {
		{.title = "", .min = 8, .weight = 1, .is_tree = true}};
	struct table table;
	struct error err;
	struct canvas canvas;
	struct strbuf dump;
	canvas_init(&canvas);
	strbuf_init(&dump);
	table_init(&table, tree, 1, (struct table_source){.fetch = fetch_tree});
	table.hide_header = true;
	assert_int_equal(table_load(&table, &err), RC_OK);
	canvas_reset(&canvas, 4, 20);
	table_draw(&table, canvas_region(&canvas), false);
	canvas_dump(&canvas, &dump);
	assert_string_equal(dump.data,
			    "›1 Bienvenida\n 8 Varios\n   a Curso\n 9 Fin\ncursor -1,-1\n");
	strbuf_release(&dump);
	table_release(&table);
	canvas_release(&canvas);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layouts),
		cmocka_unit_test(a_hundred_thousand_rows_open_as_fast_as_ten),
		cmocka_unit_test(moves_end_where_they_should),
		cmocka_unit_test(what_comes_first_is_seen_at_the_top),
		cmocka_unit_test(selection_follows_its_row),
		cmocka_unit_test(a_failed_read_keeps_what_is_there),
		cmocka_unit_test(drawn_at_many_sizes),
		cmocka_unit_test(a_tree_is_a_table_with_steps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
