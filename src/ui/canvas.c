/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/canvas.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/ui/wrap.h"

void canvas_init(struct canvas *canvas)
{
	*canvas = (struct canvas){.cursor_row = -1, .cursor_column = -1};
}

void canvas_release(struct canvas *canvas)
{
	free(canvas->cells);
	canvas_init(canvas);
}

static int side(int wanted)
{
	return wanted < 1 ? 1 : wanted > CANVAS_SIDE_MAX ? CANVAS_SIDE_MAX : wanted;
}

static size_t cell_count(const struct canvas *canvas)
{
	return (size_t)canvas->rows * (size_t)canvas->columns;
}

void canvas_reset(struct canvas *canvas, int rows, int columns)
{
	static const struct cell blank = {.text = " ", .width = 1};
	if (!canvas->cells || side(rows) != canvas->rows || side(columns) != canvas->columns) {
		canvas->rows = side(rows);
		canvas->columns = side(columns);
		canvas->cells = mem_resize(canvas->cells, cell_count(canvas), sizeof(blank));
	}
	for (size_t i = 0; i < cell_count(canvas); i++)
		canvas->cells[i] = blank;
	canvas->cursor_row = canvas->cursor_column = -1;
}

void canvas_copy(struct canvas *to, const struct canvas *from)
{
	size_t count = cell_count(from);
	if (!to->cells || cell_count(to) != count)
		to->cells = mem_resize(to->cells, count, sizeof(*to->cells));
	memcpy(to->cells, from->cells, count * sizeof(*to->cells));
	to->rows = from->rows;
	to->columns = from->columns;
	to->cursor_row = from->cursor_row;
	to->cursor_column = from->cursor_column;
	to->plain = from->plain;
}

static struct cell *cell_at(const struct canvas *canvas, int row, int column)
{
	return canvas->cells + (size_t)row * (size_t)canvas->columns + column;
}

const struct cell *canvas_cell(const struct canvas *canvas, int row, int column)
{
	return cell_at(canvas, row, column);
}

static void dump_row(const struct canvas *canvas, int row, struct strbuf *out)
{
	size_t end = out->length;
	for (int column = 0; column < canvas->columns; column++) {
		const struct cell *cell = canvas_cell(canvas, row, column);
		if (!cell->width)
			continue;
		strbuf_adds(out, cell->text);
		if (strcmp(cell->text, " ") != 0)
			end = out->length;
	}
	strbuf_truncate(out, end);
	strbuf_addch(out, '\n');
}

void canvas_dump(const struct canvas *canvas, struct strbuf *out)
{
	for (int row = 0; row < canvas->rows; row++)
		dump_row(canvas, row, out);
	strbuf_addf(out, "cursor %d,%d\n", canvas->cursor_row, canvas->cursor_column);
}

void canvas_dump_styles(const struct canvas *canvas, struct strbuf *out)
{
	for (int row = 0; row < canvas->rows; row++) {
		for (int column = 0; column < canvas->columns; column++) {
			const struct cell *cell = canvas_cell(canvas, row, column);
			char letter = role_letter(cell->role);
			if (cell->selected)
				letter = (char)(letter == '.' ? '#' : toupper(letter));
			strbuf_addch(out, letter);
		}
		strbuf_addch(out, '\n');
	}
}

struct region canvas_region(struct canvas *canvas)
{
	return (struct region){canvas, 0, 0, canvas->rows, canvas->columns};
}

/* Limits a span of `length` from `at` to 0..limit. */
static void clip(int *at, int *length, int limit)
{
	if (*at < 0) {
		*length += *at;
		*at = 0;
	}
	if (*at > limit)
		*at = limit;
	if (*length > limit - *at)
		*length = limit - *at;
	if (*length < 0)
		*length = 0;
}

struct region region_part(struct region outer, int row, int column, int rows, int columns)
{
	clip(&row, &rows, outer.rows);
	clip(&column, &columns, outer.columns);
	return (struct region){outer.canvas, outer.row + row, outer.column + column, rows, columns};
}

bool region_holds(struct region region, int row, int column)
{
	return row >= region.row && row < region.row + region.rows &&
	       column >= region.column && column < region.column + region.columns;
}

struct region region_row(struct region outer, int row)
{
	return region_part(outer, row, 0, 1, outer.columns);
}

struct region region_rest(struct region outer, int rows, int columns)
{
	return region_part(outer, rows, columns, outer.rows - rows, outer.columns - columns);
}

/* What stands in for a sign on a terminal whose font has only Latin-1. */
static const char *plain_sign(const char *text)
{
	static const struct {
		char sign[4], plain[2];
	} table[] = {
		{"─", "-"}, {"│", "|"}, {"▶", ">"}, {"›", ">"}, {"…", "~"}, {"█", "#"},
		{"▉", "#"}, {"▊", "#"}, {"▋", "#"}, {"▌", "="}, {"▍", "-"}, {"▎", "-"},
		{"▏", "."}, {"·", "."}, {"↑", "^"}, {"↓", "v"}, {"←", "<"}, {"→", ">"},
		{"✓", "x"}, {"✗", "!"}, {"●", "*"}, {"○", "o"}, {"⚑", "!"}, {"—", "-"},
		{"–", "-"}, {"“", "\""}, {"”", "\""}, {"‘", "'"}, {"’", "'"}, {"•", "*"},
		{"▲", "+"}, {"▼", "v"}, {"≈", "="}, {"Δ", "D"}, {"★", "#"},
		{"⇡", "^"}, {"↶", "<"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		if (strncmp(table[i].sign, text, sizeof(table[i].sign)) == 0)
			return table[i].plain;
	return text;
}

static void blank_cell(struct cell *cell)
{
	memset(cell->text, 0, sizeof(cell->text));
	cell->text[0] = ' ';
	cell->width = 1;
}

/* Half of a wide character cannot stay when the other half is overwritten. */
static void break_wide(const struct canvas *canvas, int row, int column)
{
	struct cell *cell = cell_at(canvas, row, column);
	if (!cell->width && column > 0)
		blank_cell(cell - 1);
	if (cell->width == 2 && column + 1 < canvas->columns)
		blank_cell(cell + 1);
}

static void put(struct canvas *canvas, int row, int column, struct cell cell)
{
	for (int i = 0; i < cell.width; i++)
		break_wide(canvas, row, column + i);
	*cell_at(canvas, row, column) = cell;
	if (cell.width < 2)
		return;
	struct cell right = {.role = cell.role, .selected = cell.selected};
	*cell_at(canvas, row, column + 1) = right;
}

/* Fills in the text, whole characters only. */
static void set_text(struct cell *cell, const char *text, size_t length)
{
	if (length >= sizeof(cell->text))
		length = utf8_valid_prefix(text, sizeof(cell->text) - 1);
	memcpy(cell->text, text, length);
}

int region_text(struct region region, int row, int column, enum role role, const char *text)
{
	struct strbuf grapheme;
	strbuf_init(&grapheme);
	while (*text && row >= 0 && row < region.rows && column >= 0) {
		struct cell cell = {.role = (uint8_t)role};
		bool blank = *text == '\n' || *text == '\t';
		strbuf_reset(&grapheme);
		int width = blank ? 1 : utf8_next_grapheme(&text, &grapheme);
		if (blank)
			strbuf_adds((text++, &grapheme), " ");
		if (width <= 0)
			continue;
		if (column + width > region.columns)
			break;
		const char *shown = grapheme.data;
		if (region.canvas->plain)
			shown = plain_sign(shown);
		cell.width = (uint8_t)width;
		set_text(&cell, shown, strlen(shown));
		put(region.canvas, region.row + row, region.column + column, cell);
		column += width;
	}
	strbuf_release(&grapheme);
	return column;
}

void region_label(struct region region, enum align align, enum role role, const char *text)
{
	struct strbuf line, fitted;
	strbuf_init(&line);
	strbuf_init(&fitted);
	strbuf_adds(&line, text);
	for (char *at = line.data; (at = strpbrk(at, "\n\t")) != NULL;)
		*at = ' '; /* a label has one line; its words stay apart */
	int spare = region.columns - utf8_fit(&fitted, line.data, region.columns);
	int column = align == ALIGN_RIGHT ? spare : align == ALIGN_CENTRE ? spare / 2 : 0;
	region_text(region, 0, column, role, fitted.data);
	strbuf_release(&line);
	strbuf_release(&fitted);
}

int region_paragraph(struct region region, enum role role, const char *text)
{
	wrap_lines lines = {0};
	int row = 0;
	if (region.columns < 1)
		return 0;
	wrap_text(text, region.columns, &lines);
	for (; row < region.rows && (size_t)row < lines.count; row++) {
		struct wrap_line line = lines.items[row];
		bool cut = row == region.rows - 1 && (size_t)row + 1 < lines.count;
		size_t length = cut ? strlen(text + line.start) : line.length;
		char *part = mem_strndup(text + line.start, length);
		region_label(region_row(region, row), ALIGN_LEFT, role, part);
		free(part);
	}
	vector_release(&lines);
	return row;
}

void region_note(struct region region, const char *text)
{
	int rows = region_paragraph(region_rest(region, 0, 3), ROLE_DIM, text);
	region_rule_down(region_part(region, 0, 1, rows, 1), ROLE_RULE);
}

void region_rule_across(struct region region, enum role role)
{
	for (int column = 0; column < region.columns; column++)
		region_text(region, 0, column, role, "─");
}

void region_rule_down(struct region region, enum role role)
{
	for (int row = 0; row < region.rows; row++)
		region_text(region, row, 0, role, "│");
}

void bar_add(struct strbuf *out, int cells, int value, int mark)
{
	static const char *const partial[] = {"·", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
	int eighths = value <= 0 ? 0 : (int)((int64_t)value * cells * 8 / BAR_WHOLE);
	int marked = mark < 0 ? -1 : (int)((int64_t)mark * cells / BAR_WHOLE);
	if (marked >= cells)
		marked = cells - 1;
	if (value > 0 && !eighths)
		eighths = 1; /* a little is not nothing */
	for (int cell = 0; cell < cells; cell++) {
		int full = eighths - cell * 8;
		full = full < 0 ? 0 : full > 8 ? 8 : full;
		strbuf_adds(out, cell == marked ? "|" : partial[full]);
	}
}

void region_bar(struct region region, enum role role, int value, int mark)
{
	struct strbuf bar;
	if (value == BAR_NONE && mark == BAR_NONE)
		return;
	strbuf_init(&bar);
	bar_add(&bar, region.columns, value, mark);
	region_text(region, 0, 0, role, bar.data);
	strbuf_release(&bar);
}

void region_clear(struct region region)
{
	for (int row = 0; row < region.rows; row++)
		for (int column = 0; column < region.columns; column++)
			region_text(region, row, column, ROLE_TEXT, " ");
}

void region_select(struct region region)
{
	for (int row = 0; row < region.rows; row++)
		for (int column = 0; column < region.columns; column++)
			cell_at(region.canvas, region.row + row, region.column + column)->selected =
				1;
}

void region_cursor(struct region region, int row, int column)
{
	if (row < 0 || row >= region.rows || column < 0 || column >= region.columns)
		return;
	region.canvas->cursor_row = region.row + row;
	region.canvas->cursor_column = region.column + column;
}
