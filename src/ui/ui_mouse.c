/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/ui/ui_parts.h"

/* Two clicks on one place so near in time are one double click, in milliseconds. */
#define DOUBLE_CLICK 400
/* Rows the wheel moves. */
#define WHEEL_ROWS 3

bool ui_has_mouse(const struct ui *ui)
{
	return ui->setup->mouse && *ui->setup->mouse;
}

void ui_set_mouse(struct ui *ui, bool on)
{
	if (ui->setup->mouse)
		*ui->setup->mouse = on;
	ui_term(ui)->class->set_mouse(ui_term(ui), on);
}

/* Which of the spans the column is in; `count` for none. */
static size_t span_at(const struct frame_span *spans, size_t count, int column)
{
	size_t i = 0;
	while (i < count && (column < spans[i].from || column >= spans[i].to))
		i++;
	return i;
}

/* A hand moves a little between two clicks. */
static bool is_double(struct ui *ui, const struct mouse_event *event)
{
	struct mouse_event last = ui->last_click;
	bool again = event->at && last.at && event->at - last.at <= DOUBLE_CLICK &&
		     event->row == last.row && abs(event->column - last.column) <= 1;
	ui->last_click = *event;
	if (again)
		ui->last_click.at = 0; /* a third click begins anew */
	return again;
}

/* ---- where nothing is asked ---- */

/* The page of a step of the path. */
static void go_up_to(struct ui *ui, size_t step)
{
	struct page *page = ui_top(ui);
	while (page->depth > step + 1)
		page = page->below;
	if (page != ui_top(ui))
		ui_go(ui, ui->screen, page);
}

static void click_top(struct ui *ui, int column)
{
	bool tabs = ui_has_tabs(ui);
	size_t count = tabs ? ui->setup->screen_count : ui_top(ui)->depth;
	size_t i = span_at(ui->top_spans, count, column);
	if (i == count)
		return;
	if (tabs)
		ui_show_screen(ui, i);
	else if (ui_takes_text(ui))
		ui_do(ui, OP_CANCEL);
	else
		go_up_to(ui, i);
}

/* In pictures, and where one writes, the keys that open are others. */
static enum op opening_op(const struct ui *ui)
{
	if (ui_takes_text(ui))
		return OP_ACCEPT;
	return op_works_in(OP_OPEN, view_context(ui_view(ui))) ? OP_OPEN : OP_OPEN_HERE;
}

static unsigned press(struct view *view, const struct mouse_event *event)
{
	return view->class->press ? view->class->press(view, event->row, event->column) : UI_PASS;
}

static void click_body(struct ui *ui, const struct mouse_event *event, bool twice)
{
	struct view *view = ui_view(ui);
	if (view->failure.code != RC_OK)
		return;
	if (view->class->focus)
		view->class->focus(view, event->row, event->column);
	ui->dirty = true;
	unsigned done = press(view, event);
	if (!(done & UI_PASS))
		ui_apply(ui, done);
	else if (view->class->point && view->class->point(view, event->row, event->column) && twice)
		ui_do(ui, opening_op(ui));
}

/* Over a part without the keys the wheel would move another than one points at. */
static void turn_wheel_of_view(struct ui *ui, const struct mouse_event *event)
{
	struct view *view = ui_view(ui);
	bool up = event->act == MOUSE_WHEEL_UP, sideways = view->class->is_sideways;
	enum op op = sideways ? up ? OP_STEP_LEFT : OP_STEP_RIGHT : up ? OP_UP : OP_DOWN;
	if (view->failure.code != RC_OK)
		return;
	if (view->class->focus)
		view->class->focus(view, event->row, event->column);
	for (int i = 0; i < (sideways ? 1 : WHEEL_ROWS); i++)
		ui_apply(ui, view->class->op(view, ui, op));
}

static void turn_wheel(struct ui *ui, const struct mouse_event *event)
{
	if (ui->asking != ASKING_CHOICE) {
		turn_wheel_of_view(ui, event);
		return;
	}
	for (int i = 0; i < WHEEL_ROWS; i++)
		picker_op(&ui->picker, event->act == MOUSE_WHEEL_UP ? OP_UP : OP_DOWN);
	ui->dirty = true;
}

/* ---- all of it ---- */

static void click_hints(struct ui *ui, int column)
{
	enum op op = (enum op)span_at(ui->hint_spans, OP_COUNT, column);
	if (op == OP_COUNT)
		return;
	if (ui->asking == ASKING_NOTHING)
		ui_do(ui, op);
	else
		ui_ask_op(ui, op);
}

static void click_choice(struct ui *ui, const struct mouse_event *event, bool twice)
{
	ui->dirty = true;
	if (picker_point(&ui->picker, event->row, event->column) && twice)
		ui_ask_op(ui, OP_ACCEPT);
}

/* Who clicks on what a question shows while it is typed has found it. */
static void accept_shown(struct ui *ui)
{
	if (ui->asking == ASKING_LINE && ui->question.changed)
		ui_ask_op(ui, OP_ACCEPT);
	ui_settle(ui);
}

/* While something is asked, only its choices, its hints and what it shows answer. */
static void click(struct ui *ui, const struct mouse_event *event)
{
	bool twice = is_double(ui, event);
	bool in_body = region_holds(ui->frame.body, event->row, event->column);
	if (region_holds(ui->frame.hints, event->row, event->column)) {
		click_hints(ui, event->column);
	} else if (ui->asking == ASKING_CHOICE) {
		click_choice(ui, event, twice);
	} else if (in_body) {
		accept_shown(ui);
		if (ui->asking == ASKING_NOTHING)
			click_body(ui, event, twice);
	} else if (ui->asking == ASKING_NOTHING &&
		   region_holds(ui->frame.top, event->row, event->column)) {
		click_top(ui, event->column);
	}
}

void ui_mouse(struct ui *ui, const struct mouse_event *event)
{
	if (!ui_has_mouse(ui) || !ui_is_visible(ui))
		return;
	ui_settle(ui);
	if (event->act == MOUSE_PRESS)
		click(ui, event);
	else
		turn_wheel(ui, event);
}
