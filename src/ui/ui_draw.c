/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/ui_parts.h"

static void draw_path(struct ui *ui, struct region row)
{
	const struct page *pages[UI_DEPTH_MAX];
	struct strbuf titles[UI_DEPTH_MAX];
	struct frame_step steps[UI_DEPTH_MAX];
	size_t depth = ui_top(ui)->depth;
	for (const struct page *page = ui_top(ui); page; page = page->below)
		pages[page->depth - 1] = page;
	for (size_t i = 0; i < depth; i++) {
		strbuf_init(&titles[i]);
		pages[i]->view->class->title(pages[i]->view, &titles[i]);
		steps[i] = (struct frame_step){.title = titles[i].data};
	}
	frame_draw_path(row, steps, depth);
	for (size_t i = 0; i < depth; i++) {
		ui->top_spans[i] = steps[i].span;
		strbuf_release(&titles[i]);
	}
}

static void draw_tabs(struct ui *ui, struct region row)
{
	struct frame_tab tabs[UI_SCREENS_MAX];
	struct strbuf keys[UI_SCREENS_MAX];
	size_t count = ui->setup->screen_count;
	for (size_t i = 0; i < count; i++) {
		const struct ui_screen *screen = &ui->setup->screens[i];
		strbuf_init(&keys[i]);
		key_add_label(&keys[i], ui->setup->keymap->keys[screen->op][0]);
		tabs[i] = (struct frame_tab){.key = keys[i].data, .title = _(screen->title)};
	}
	frame_draw_tabs(row, tabs, count, ui->screen);
	for (size_t i = 0; i < count; i++) {
		ui->top_spans[i] = tabs[i].span;
		strbuf_release(&keys[i]);
	}
}

static void draw_what_happened(const struct ui *ui, struct region row)
{
	region_label(region_rest(row, 0, 1), ALIGN_LEFT, ui->message_role, ui->message.data);
}

/* Draws the sign, if there is one; gives what is left of the row. */
static struct region draw_sign(const struct ui *ui, struct region row)
{
	struct strbuf sign;
	int after = 0;
	strbuf_init(&sign);
	if (ui->setup->sign)
		ui->setup->sign(ui->setup->context, &sign);
	if (sign.length)
		after = region_text(row, 0, 1, ROLE_WARNING, sign.data);
	strbuf_release(&sign);
	return region_rest(row, 0, after);
}

/* Those who look at the wall are not told what others did, nor what waits for the drive. */
static bool is_quiet(struct ui *ui)
{
	bool is_wrong = ui->message_role == ROLE_ERROR || ui->message_role == ROLE_WARNING;
	return ui_view(ui)->class->is_bare && ui->asking == ASKING_NOTHING &&
	       !(ui->message.length && is_wrong);
}

static void draw_message(struct ui *ui, struct region row)
{
	struct strbuf status;
	if (is_quiet(ui))
		return;
	if (ui->asking != ASKING_NOTHING) {
		prompt_draw(&ui->prompt, region_rest(row, 0, 1),
			    ui->asking == ASKING_CHOICE ? ui->pick.label : ui->question.label);
		return;
	}
	row = draw_sign(ui, row);
	if (ui->message.length) {
		draw_what_happened(ui, row);
		return;
	}
	strbuf_init(&status);
	if (ui->setup->status)
		ui->setup->status(ui->setup->context, &status);
	frame_draw_parts(region_rest(row, 0, 1), ROLE_DIM, status.data);
	strbuf_release(&status);
}

/* A refused answer is explained in the place of the hints. */
static void draw_hints(struct ui *ui, struct region row)
{
	bool refused = ui->asking != ASKING_NOTHING && ui->message.length;
	if (ui_view(ui)->class->is_bare && ui->asking == ASKING_NOTHING)
		row.columns = 0;
	frame_draw_hints(refused ? region_part(row, 0, 0, 0, 0) : row, ui->setup->keymap,
			 ui_context_now(ui), ui_top(ui)->depth > 1, ui->hint_spans);
	if (refused)
		draw_what_happened(ui, row);
}

static void draw_body(struct view *view, struct region body)
{
	if (view->failure.code == RC_OK) {
		view->class->draw(view, body);
		return;
	}
	region_paragraph(region_part(body, 0, 1, body.rows, body.columns - 2), ROLE_ERROR,
			 view->failure.text);
	region_cursor(body, 0, 0);
}

/* Of a text that is long and choices that are many, each gets half. */
static struct region choices_place(const struct ui *ui, struct region body)
{
	struct region place = picker_place(&ui->picker, body);
	int text = dialog_place(&ui->dialog, body, 0).rows;
	int limit = body.rows - 1 - (text < body.rows / 2 ? text : body.rows / 2);
	if (ui->dialog.text && place.rows > limit)
		place = region_rest(body, body.rows - limit, 0);
	return place;
}

static void rule_over(struct region body, struct region place)
{
	region_rule_across(region_part(body, place.row - body.row - 1, 0, 1, body.columns),
			   ROLE_RULE);
}

/* A screen reader hears the choice the cursor is on; where one types is lit instead. */
static void draw_picker(struct ui *ui, struct region body)
{
	const struct canvas *canvas = &ui->canvas;
	struct region screen = canvas_region(&ui->canvas);
	region_select(region_part(screen, canvas->cursor_row, canvas->cursor_column, 1, 1));
	struct region place = choices_place(ui, body);
	struct region text = dialog_place(&ui->dialog, body, place.rows);
	rule_over(body, place);
	if (text.rows)
		rule_over(body, text);
	dialog_draw(&ui->dialog, text);
	picker_draw(&ui->picker, place, ui->prompt.text.data);
}

bool ui_has_tabs(const struct ui *ui)
{
	return ui_top(ui)->depth == 1 && ui->setup->screen_count > 1;
}

static void draw_screen(struct ui *ui)
{
	struct view *view = ui_view(ui);
	struct region screen = canvas_region(&ui->canvas);
	struct strbuf sentence;
	strbuf_init(&sentence);
	if (view->class->sentence && view->failure.code == RC_OK)
		view->class->sentence(view, &sentence);
	struct frame frame = frame_layout(screen, sentence.length > 0);
	ui->frame = frame;
	if (ui_has_tabs(ui))
		draw_tabs(ui, frame.top);
	else
		draw_path(ui, frame.top);
	frame_draw_parts(region_rest(frame.sentence, 0, 1), ROLE_SENTENCE, sentence.data);
	region_rule_across(frame.upper_rule, ROLE_RULE);
	draw_body(view, frame.body);
	region_rule_across(frame.lower_rule, ROLE_RULE);
	draw_hints(ui, frame.hints);
	draw_message(ui, frame.message);
	if (ui->asking == ASKING_CHOICE)
		draw_picker(ui, frame.body);
	strbuf_release(&sentence);
}

bool ui_is_visible(const struct ui *ui)
{
	return frame_fits(ui->canvas.rows, ui->canvas.columns);
}

void ui_draw(struct ui *ui)
{
	struct term *term = ui_term(ui);
	int rows, columns;
	ui_settle(ui);
	term->class->size(term, &rows, &columns);
	canvas_reset(&ui->canvas, rows, columns);
	if (ui_is_visible(ui))
		draw_screen(ui);
	else
		frame_draw_too_small(canvas_region(&ui->canvas));
	term->class->draw(term, &ui->canvas);
	ui->dirty = false;
}
