/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/dialog.h"

#include <stdlib.h>

#include "nucleo/ui/wrap.h"

/* Beyond so many columns the eye does not find the next line. */
#define LINE_COLUMNS_MAX 78

void dialog_release(struct dialog *dialog)
{
	free(dialog->text);
	*dialog = (struct dialog){0};
}

void dialog_set(struct dialog *dialog, const char *text)
{
	char *copy = mem_strdup_null(text);
	dialog_release(dialog);
	dialog->text = copy;
}

bool dialog_op(struct dialog *dialog, enum op op)
{
	size_t step = dialog->page > 1 ? dialog->page - 1 : 1;
	if (!dialog->text || dialog->lines <= dialog->page)
		return false;
	size_t last = dialog->lines - dialog->page;
	if (op == OP_PAGE_UP)
		dialog->top = dialog->top > step ? dialog->top - step : 0;
	else if (op == OP_PAGE_DOWN)
		dialog->top = last - dialog->top > step ? dialog->top + step : last;
	else
		return false;
	return true;
}

/* ---- drawing ---- */

static void wrap(const struct dialog *dialog, struct region place, wrap_lines *lines)
{
	int columns = place.columns - 2;
	if (columns > LINE_COLUMNS_MAX)
		columns = LINE_COLUMNS_MAX;
	wrap_text(dialog->text, columns > 1 ? columns : 1, lines);
}

/* A rule keeps the text from the choices. */
struct region dialog_place(const struct dialog *dialog, struct region body, int choices)
{
	wrap_lines lines = {0};
	int room = body.rows - choices - 1;
	if (!dialog->text || room < 1)
		return region_part(body, 0, 0, 0, 0);
	wrap(dialog, body, &lines);
	int rows = lines.count < (size_t)room ? (int)lines.count : room;
	vector_release(&lines);
	return region_part(body, room - rows, 0, rows, body.columns);
}

static void draw_line(const struct dialog *dialog, struct region row, struct wrap_line line)
{
	char *text = mem_strndup(dialog->text + line.start, line.length);
	region_text(row, 0, 1, ROLE_TEXT, text);
	free(text);
}

/* Where there is more, above or below, the edge says so. */
static void draw_edges(const struct dialog *dialog, struct region place)
{
	if (dialog->top)
		region_text(place, 0, place.columns - 1, ROLE_DIM, "↑");
	if (dialog->top + dialog->page < dialog->lines)
		region_text(place, place.rows - 1, place.columns - 1, ROLE_DIM, "↓");
}

void dialog_draw(struct dialog *dialog, struct region place)
{
	wrap_lines lines = {0};
	if (!dialog->text || place.rows < 1)
		return;
	region_clear(place);
	wrap(dialog, place, &lines);
	dialog->lines = lines.count;
	dialog->page = (size_t)place.rows;
	if (dialog->top + dialog->page > dialog->lines)
		dialog->top = dialog->lines > dialog->page ? dialog->lines - dialog->page : 0;
	for (size_t i = 0; i < dialog->page && dialog->top + i < lines.count; i++)
		draw_line(dialog, region_row(place, (int)i), lines.items[dialog->top + i]);
	draw_edges(dialog, place);
	vector_release(&lines);
}
