/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/table.h"

#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/ui/table_window.h"

void table_init(struct table *table, const struct table_column *columns, size_t count,
		struct table_source source)
{
	*table = (struct table){
		.columns = columns, .source = source, .page = 1, .chunk = TABLE_CHUNK};
	table->rows.columns = count > TABLE_COLUMNS_MAX ? TABLE_COLUMNS_MAX : count;
}

void table_release(struct table *table)
{
	table_rows_release(&table->rows);
}

const struct table_row *table_selected(const struct table *table)
{
	return table->selected < table->rows.count ? &table->rows.items[table->selected] : NULL;
}

enum rc table_load_first(struct table *table, struct error *err)
{
	table->failure.code = RC_OK;
	return table_window_edge(table, false, err);
}

/* Where the row is today; its old place when it is gone. */
static enum rc locate(const struct table *table, int64_t key, struct strbuf *sort,
		      struct error *err)
{
	struct strbuf now;
	if (!table->source.locate)
		return RC_OK;
	strbuf_init(&now);
	enum rc rc = table->source.locate(table->source.context, key, &now, err);
	if (rc == RC_OK) {
		strbuf_reset(sort);
		strbuf_adds(sort, now.data);
	}
	strbuf_release(&now);
	return rc;
}

/* What others add at the top is seen by whoever looks at the top. */
static void stay_at_top(struct table *table)
{
	if (table->at_start && table->selected < table->page)
		table->top = 0;
}

enum rc table_load(struct table *table, struct error *err)
{
	const struct table_row *row = table_selected(table);
	bool was_at_top = table->at_start && table->top == 0;
	if (!row)
		return table_load_first(table, err);
	struct strbuf sort;
	strbuf_init(&sort);
	strbuf_adds(&sort, row->sort);
	int64_t key = row->key;
	enum rc rc = locate(table, key, &sort, err);
	if (rc == RC_OK || rc == RC_NOT_FOUND) {
		struct table_query place = {.sort = sort.data, .key = key};
		rc = table_window_around(table, &place, table->selected - table->top, err);
	}
	strbuf_release(&sort);
	if (rc == RC_OK && was_at_top)
		stay_at_top(table);
	if (rc == RC_OK)
		table->failure.code = RC_OK;
	return rc;
}

enum rc table_select(struct table *table, int64_t key, struct error *err)
{
	struct strbuf sort;
	for (size_t i = 0; i < table->rows.count; i++) {
		if (table->rows.items[i].key == key) {
			table->selected = i;
			return RC_OK;
		}
	}
	if (!table->source.locate)
		return RC_NOT_FOUND;
	strbuf_init(&sort);
	enum rc rc = locate(table, key, &sort, err);
	struct table_query place = {.sort = sort.data, .key = key};
	if (rc == RC_OK)
		rc = table_window_around(table, &place, table->page / 2, err);
	strbuf_release(&sort);
	return rc;
}

bool table_point(struct table *table, int row, int column)
{
	if (!region_holds(table->place, row, column))
		return false;
	size_t index = table->top + (size_t)(row - table->place.row);
	if (index >= table->rows.count)
		return false;
	table->selected = index;
	return true;
}

size_t table_heading_at(const struct table *table, int row, int column)
{
	int widths[TABLE_COLUMNS_MAX], at = table->place.column + 1;
	if (table->hide_header || !table->rows.count || row != table->place.row - 1)
		return SIZE_MAX;
	table_layout(table->columns, table->rows.columns, table->place.columns - 1, widths);
	for (size_t i = 0; i < table->rows.columns; i++) {
		if (widths[i] && column >= at && column < at + widths[i])
			return i;
		at += widths[i] ? widths[i] + 1 : 0;
	}
	return SIZE_MAX;
}

/* A cell is one field of a line: what would end it is a space. */
static void copy_cell(const char *text, struct strbuf *out)
{
	for (; text && *text; text++)
		strbuf_addch(out, *text == '\n' || *text == '\t' ? ' ' : *text);
}

bool table_copy(const struct table *table, struct strbuf *out)
{
	const struct table_row *row = table_selected(table);
	bool first = true;
	for (size_t i = 0; row && i < table->rows.columns; i++) {
		if (table->columns[i].is_bar)
			continue;
		if (!first)
			strbuf_addch(out, '\t');
		copy_cell(row->cells[i].text, out);
		first = false;
	}
	return row != NULL;
}

static void move_down(struct table *table, size_t rows)
{
	(void)table_window_reach(table, table->selected + rows, &table->failure);
	table->selected += rows;
	if (table->selected >= table->rows.count)
		table->selected = table->rows.count ? table->rows.count - 1 : 0;
}

static void move_up(struct table *table, size_t rows)
{
	(void)table_window_reach_back(table, rows, &table->failure);
	table->selected -= rows < table->selected ? rows : table->selected;
}

bool table_op(struct table *table, enum op op)
{
	size_t step = table->page > 1 ? table->page - 1 : 1;
	table->failure.code = RC_OK;
	switch (op) {
	case OP_UP:
		move_up(table, 1);
		return true;
	case OP_DOWN:
		move_down(table, 1);
		return true;
	case OP_PAGE_UP:
		move_up(table, step);
		return true;
	case OP_PAGE_DOWN:
		move_down(table, step);
		return true;
	case OP_FIRST:
	case OP_LAST:
		(void)table_window_edge(table, op == OP_LAST, &table->failure);
		return true;
	default:
		return false;
	}
}

/* ---- drawing ---- */

/* Brings the selection into sight and fills the page as far as there are rows. */
static void settle(struct table *table, size_t page)
{
	table->page = page ? page : 1;
	(void)table_window_reach_back(table, table->page, &table->failure);
	if (table->selected < table->top)
		table->top = table->selected;
	if (table->selected >= table->top + table->page)
		table->top = table->selected - table->page + 1;
	(void)table_window_reach(table, table->top + table->page - 1, &table->failure);
	if (table->top + table->page > table->rows.count)
		table->top = table->rows.count > table->page ? table->rows.count - table->page : 0;
}

/* The text, or its shorter form where only that fits. */
static const char *fitting(const char *text, const char *brief, int columns)
{
	return brief && utf8_width(text) > columns ? brief : text;
}

static void draw_cell(const struct table *table, struct region place, size_t i,
		      const struct table_row *row)
{
	const struct table_column *column = &table->columns[i];
	const struct table_cell *cell = &row->cells[i];
	if (column->is_tree)
		place = region_rest(place, 0, row->depth * 2);
	if (column->draw)
		column->draw(table->source.context, place, row, cell);
	else if (column->is_bar)
		region_bar(place, cell->role, cell->value, cell->mark);
	else if (cell->text)
		region_label(place, column->align, cell->role,
			     fitting(cell->text, cell->brief, place.columns));
}

/* The heading, and behind it the sign of the order where the rows are sorted by it. */
static void draw_title(const struct table_column *column, struct region region, const char *sign)
{
	const char *title = *column->title ? _(column->title) : "";
	const char *brief = column->brief ? _(column->brief) : NULL;
	int room = region.columns - (sign ? 1 : 0);
	struct strbuf text;
	strbuf_init(&text);
	utf8_fit(&text, fitting(title, brief, room), room);
	if (sign)
		strbuf_adds(&text, sign);
	region_label(region, column->align, ROLE_HEADING, text.data);
	strbuf_release(&text);
}

static void draw_header(const struct table *table, struct region line, const int *widths)
{
	int at = 1;
	for (size_t i = 0; i < table->rows.columns; i++) {
		const struct table_column *column = &table->columns[i];
		if (!widths[i])
			continue;
		draw_title(column, region_part(line, 0, at, 1, widths[i]),
			   i == table->sorted ? table->sorted_sign : NULL);
		at += widths[i] + 1;
	}
}

static void draw_row(const struct table *table, struct region line, const int *widths,
		     const struct table_row *row)
{
	int at = 1;
	if (row->sign)
		region_text(line, 0, 0, row->sign_role, row->sign);
	for (size_t i = 0; i < table->rows.columns; i++) {
		if (!widths[i])
			continue;
		draw_cell(table, region_part(line, 0, at, 1, widths[i]), i, row);
		at += widths[i] + 1;
	}
}

static void draw_selection(struct region line, bool focus)
{
	region_text(line, 0, 0, ROLE_TEXT, focus ? "▶" : "›");
	if (!focus)
		return;
	region_select(line);
	region_cursor(line, 0, 0);
}

static void draw_empty(const struct table *table, struct region body, bool focus)
{
	if (table->empty && table->failure.code == RC_OK)
		region_paragraph(region_rest(body, 0, 1), ROLE_DIM, table->empty);
	if (focus)
		region_cursor(body, 0, 0);
}

static void draw_failure(const struct table *table, struct region body)
{
	struct region line = region_row(body, body.rows - 1);
	if (table->failure.code == RC_OK)
		return;
	region_clear(line);
	region_label(region_rest(line, 0, 1), ALIGN_LEFT, ROLE_ERROR, table->failure.text);
}

/* Rows of a table from which some may be given to the note. */
#define ROWS_FOR_NOTE 12

static int note_rows(const struct table *table, struct region body)
{
	return body.rows >= ROWS_FOR_NOTE ? table->note_rows : 0;
}

void table_draw(struct table *table, struct region region, bool focus)
{
	int widths[TABLE_COLUMNS_MAX];
	struct region body = table->hide_header ? region : region_rest(region, 1, 0);
	struct region note = region_rest(body, body.rows - note_rows(table, body), 0);
	body.rows -= note.rows;
	table->place = body;
	settle(table, (size_t)body.rows);
	table_layout(table->columns, table->rows.columns, region.columns - 1, widths);
	if (!table->hide_header && table->rows.count)
		draw_header(table, region_row(region, 0), widths);
	if (!table->rows.count)
		draw_empty(table, body, focus);
	for (size_t i = table->top; i < table->rows.count && i < table->top + table->page; i++) {
		struct region line = region_row(body, (int)(i - table->top));
		draw_row(table, line, widths, &table->rows.items[i]);
		if (i == table->selected)
			draw_selection(line, focus);
	}
	if (table_selected(table) && table_selected(table)->note)
		region_note(note, table_selected(table)->note);
	draw_failure(table, body);
}
