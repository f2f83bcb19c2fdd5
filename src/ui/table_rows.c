/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/vector.h"
#include "nucleo/ui/table_window.h"

struct table_row *table_rows_add(struct table_rows *rows, int64_t key, const char *sort)
{
	struct table_row *row = vector_add(rows);
	row->key = key;
	row->sort = mem_strdup(sort);
	row->cells = mem_alloc_zero(rows->columns, sizeof(*row->cells));
	for (size_t i = 0; i < rows->columns; i++)
		row->cells[i].value = row->cells[i].mark = BAR_NONE;
	return row;
}

void table_row_text(struct table_row *row, size_t column, enum role role, const char *text)
{
	struct table_cell *cell = &row->cells[column];
	free(cell->text);
	cell->text = mem_strdup_null(text);
	cell->role = role;
}

void table_row_brief(struct table_row *row, size_t column, const char *brief)
{
	free(row->cells[column].brief);
	row->cells[column].brief = mem_strdup_null(brief);
}

void table_row_note(struct table_row *row, const char *note)
{
	free(row->note);
	row->note = mem_strdup_null(note);
}

void table_row_bar(struct table_row *row, size_t column, enum role role, int value, int mark)
{
	struct table_cell *cell = &row->cells[column];
	cell->role = role;
	cell->value = value;
	cell->mark = mark;
}

static void release_row(struct table_row *row, size_t columns)
{
	for (size_t i = 0; i < columns; i++) {
		free(row->cells[i].text);
		free(row->cells[i].brief);
	}
	free(row->cells);
	free(row->sort);
	free(row->note);
}

void table_rows_cut(struct table_rows *rows, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		release_row(&rows->items[i], rows->columns);
	for (size_t i = last; i < rows->count; i++)
		rows->items[first + i - last] = rows->items[i];
	rows->count -= last - first;
}

void table_rows_release(struct table_rows *rows)
{
	table_rows_cut(rows, 0, rows->count);
	vector_release(rows);
}

void table_rows_reverse(struct table_rows *rows)
{
	for (size_t i = 0, j = rows->count; i + 1 < j; i++) {
		struct table_row row = rows->items[i];
		rows->items[i] = rows->items[--j];
		rows->items[j] = row;
	}
}

void table_rows_append(struct table_rows *rows, struct table_rows *more)
{
	for (size_t i = 0; i < more->count; i++)
		vector_push(rows, more->items[i]);
	vector_release(more);
}
