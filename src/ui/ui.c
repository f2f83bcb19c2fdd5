/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/ui.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/vector.h"
#include "nucleo/ui/frame.h"
#include "nucleo/ui/help.h"
#include "nucleo/ui/prompt.h"

/* Keys taken before a frame is drawn in any case. */
#define BATCH_MAX 4096
/* Views one can open over each other. */
#define DEPTH_MAX 32

struct stack {
	struct view *views[DEPTH_MAX];
	size_t depth;
};

struct ui {
	const struct ui_setup *setup;
	struct canvas canvas;
	struct stack stacks[UI_SCREENS_MAX];
	size_t screen; /* index of the one in front */
	bool dirty, quitting;
	int64_t polled_at; /* clock_monotonic_ms() */
	enum role message_role;
	struct strbuf message;
	bool asking;
	struct ui_question question;
	struct prompt prompt;
};

static struct term *term_of(const struct ui *ui)
{
	return ui->setup->term;
}

static struct stack *front(struct ui *ui)
{
	return &ui->stacks[ui->screen];
}

static struct view *top_view(struct ui *ui)
{
	return front(ui)->views[front(ui)->depth - 1];
}

static enum context view_context(const struct view *view)
{
	if (view->failure.code != RC_OK)
		return CONTEXT_BROWSE; /* there is nothing to open or filter */
	return view->class->context_now ? view->class->context_now(view) : view->class->context;
}

static void load(struct ui *ui, struct view *view)
{
	view->stale = false;
	view->failure.code = RC_OK;
	view->failure.text[0] = '\0';
	enum rc rc = view->class->load(view, ui, &view->failure);
	view->failure.code = rc;
	ui->dirty = true;
}

/* ---- the stack of views ---- */

static void push(struct ui *ui, struct view *view)
{
	struct stack *stack = front(ui);
	if (stack->depth == DEPTH_MAX) {
		view->class->close(view);
		ui_say(ui, ROLE_ERROR, "%s", _("Hay demasiadas páginas abiertas; vuelva con Esc."));
		return;
	}
	stack->views[stack->depth++] = view;
	load(ui, view);
}

static void pop(struct ui *ui)
{
	struct stack *stack = front(ui);
	struct view *view = stack->views[--stack->depth];
	view->class->close(view);
	ui->dirty = true;
	if (stack->depth && top_view(ui)->stale)
		load(ui, top_view(ui));
}

static void pop_to_root(struct ui *ui)
{
	while (front(ui)->depth > 1)
		pop(ui);
}

static void show_screen(struct ui *ui, size_t screen)
{
	if (screen == ui->screen && front(ui)->depth) {
		pop_to_root(ui);
		return;
	}
	ui->screen = screen;
	ui->dirty = true;
	if (!front(ui)->depth)
		push(ui, ui->setup->screens[screen].open(ui->setup->context));
	else if (top_view(ui)->stale)
		load(ui, top_view(ui));
}

void ui_mark_stale(struct ui *ui)
{
	for (size_t i = 0; i < ui->setup->screen_count; i++)
		for (size_t j = 0; j < ui->stacks[i].depth; j++)
			ui->stacks[i].views[j]->stale = true;
	top_view(ui)->stale = false;
}

/* What is on the screen is read again now, the rest when it is next shown. */
static void reload_all(struct ui *ui)
{
	ui_mark_stale(ui);
	load(ui, top_view(ui));
}

/* ---- what views ask for ---- */

unsigned ui_open(struct ui *ui, struct view *view)
{
	push(ui, view);
	return UI_REDRAW;
}

void ui_say(struct ui *ui, enum role role, const char *format, ...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	strbuf_reset(&ui->message);
	strbuf_adds(&ui->message, text);
	ui->message_role = role;
	ui->dirty = true;
}

unsigned ui_ask(struct ui *ui, const struct ui_question *question)
{
	ui->question = *question;
	ui->asking = true;
	prompt_set(&ui->prompt, question->text ? question->text : "");
	return UI_REDRAW;
}

void *ui_context(struct ui *ui)
{
	return ui->setup->context;
}

/* ---- ops ---- */

static void apply(struct ui *ui, unsigned consequences)
{
	if (consequences & UI_REDRAW)
		ui->dirty = true;
	if (consequences & UI_QUIT)
		ui->quitting = true;
	if (consequences & UI_CLOSE && front(ui)->depth > 1)
		pop(ui);
	if (consequences & UI_RELOAD)
		load(ui, top_view(ui));
}

static bool change_screen(struct ui *ui, enum op op)
{
	for (size_t i = 0; i < ui->setup->screen_count; i++) {
		if (ui->setup->screens[i].op == op) {
			show_screen(ui, i);
			return true;
		}
	}
	return false;
}

static void redraw(struct ui *ui)
{
	term_of(ui)->class->forget(term_of(ui));
	reload_all(ui);
}

static void say_useless(struct ui *ui)
{
	if (top_view(ui)->failure.code != RC_OK)
		ui_say(ui, ROLE_DIM, "%s",
		       _("Todavía no se pudo leer; Ctrl-L lo intenta otra vez."));
	else
		ui_say(ui, ROLE_DIM, "%s", _("Esa tecla no hace nada aquí; ? muestra las que sí."));
}

/* What the frame does with an op that no view took. */
static void default_op(struct ui *ui, enum op op)
{
	switch (op) {
	case OP_QUIT:
		ui->quitting = true;
		break;
	case OP_HELP:
		push(ui, help_view_new(ui->setup->keymap, view_context(top_view(ui))));
		break;
	case OP_BACK:
		if (front(ui)->depth > 1)
			pop(ui);
		break;
	case OP_REDRAW:
		redraw(ui);
		break;
	case OP_SUSPEND:
		term_of(ui)->class->suspend(term_of(ui));
		redraw(ui);
		break;
	default:
		if (!change_screen(ui, op))
			say_useless(ui);
	}
}

static void do_op(struct ui *ui, enum op op)
{
	struct view *view = top_view(ui);
	unsigned consequences = UI_PASS;
	if (op == OP_NONE) {
		say_useless(ui);
		return;
	}
	if (view->failure.code == RC_OK)
		consequences = view->class->op(view, ui, op);
	if (consequences & UI_PASS)
		default_op(ui, op);
	else
		apply(ui, consequences);
}

/* ---- the prompt ---- */

static void text_changed(struct ui *ui)
{
	ui->dirty = true;
	if (ui->question.changed)
		apply(ui, ui->question.changed(top_view(ui), ui, ui->prompt.text.data));
}

static void answer(struct ui *ui)
{
	ui->asking = false; /* so that the answer may ask the next question */
	unsigned consequences =
		ui->question.answered(top_view(ui), ui, ui->prompt.text.data);
	if (consequences & UI_KEEP)
		ui->asking = true;
	ui->dirty = true;
	apply(ui, consequences);
}

static void cancel(struct ui *ui)
{
	ui->asking = false;
	ui->dirty = true;
	if (ui->question.cancelled)
		apply(ui, ui->question.cancelled(top_view(ui), ui));
}

static void prompt_key(struct ui *ui, key_code key)
{
	enum op op = keymap_find(ui->setup->keymap, CONTEXT_PROMPT, key);
	ui->dirty = true;
	if (key_is_text(key)) {
		prompt_type(&ui->prompt, key);
		text_changed(ui);
	} else if (op == OP_ACCEPT) {
		answer(ui);
	} else if (op == OP_CANCEL) {
		cancel(ui);
	} else if (prompt_op(&ui->prompt, op)) {
		text_changed(ui);
	} else if (op != OP_NONE) {
		do_op(ui, op);
	}
}

/* ---- drawing ---- */

static void draw_path(struct ui *ui, struct region row)
{
	const struct stack *stack = front(ui);
	struct strbuf titles[DEPTH_MAX];
	const char *texts[DEPTH_MAX];
	for (size_t i = 0; i < stack->depth; i++) {
		strbuf_init(&titles[i]);
		stack->views[i]->class->title(stack->views[i], &titles[i]);
		texts[i] = titles[i].data;
	}
	frame_draw_path(row, texts, stack->depth);
	for (size_t i = 0; i < stack->depth; i++)
		strbuf_release(&titles[i]);
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
		tabs[i] = (struct frame_tab){keys[i].data, _(screen->title)};
	}
	frame_draw_tabs(row, tabs, count, ui->screen);
	for (size_t i = 0; i < count; i++)
		strbuf_release(&keys[i]);
}

static void draw_what_happened(const struct ui *ui, struct region row)
{
	region_label(region_rest(row, 0, 1), ALIGN_LEFT, ui->message_role, ui->message.data);
}

static void draw_message(struct ui *ui, struct region row)
{
	struct strbuf status;
	if (ui->asking) {
		prompt_draw(&ui->prompt, region_rest(row, 0, 1), ui->question.label);
		return;
	}
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
	const struct view *view = top_view(ui);
	enum context context = ui->asking ? CONTEXT_PROMPT : view_context(view);
	if (ui->asking && ui->message.length)
		draw_what_happened(ui, row);
	else
		frame_draw_hints(row, ui->setup->keymap, context, front(ui)->depth > 1);
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

static void draw_screen(struct ui *ui)
{
	struct view *view = top_view(ui);
	struct region screen = canvas_region(&ui->canvas);
	struct strbuf sentence;
	strbuf_init(&sentence);
	if (view->class->sentence && view->failure.code == RC_OK)
		view->class->sentence(view, &sentence);
	struct frame frame = frame_layout(screen, sentence.length > 0);
	if (front(ui)->depth == 1 && ui->setup->screen_count > 1)
		draw_tabs(ui, frame.top);
	else
		draw_path(ui, frame.top);
	frame_draw_parts(region_rest(frame.sentence, 0, 1), ROLE_SENTENCE, sentence.data);
	region_rule_across(frame.upper_rule, ROLE_RULE);
	draw_body(view, frame.body);
	region_rule_across(frame.lower_rule, ROLE_RULE);
	draw_hints(ui, frame.hints);
	draw_message(ui, frame.message);
	strbuf_release(&sentence);
}

static void draw(struct ui *ui)
{
	int rows, columns;
	term_of(ui)->class->size(term_of(ui), &rows, &columns);
	canvas_reset(&ui->canvas, rows, columns);
	if (frame_fits(ui->canvas.rows, ui->canvas.columns))
		draw_screen(ui);
	else
		frame_draw_too_small(canvas_region(&ui->canvas));
	term_of(ui)->class->draw(term_of(ui), &ui->canvas);
	ui->dirty = false;
}

/* ---- the loop ---- */

/* Blind keys are dangerous: in a window too small only leaving works. */
static bool is_visible(const struct ui *ui)
{
	return frame_fits(ui->canvas.rows, ui->canvas.columns);
}

static void handle_key(struct ui *ui, key_code key)
{
	if (ui->message.length) {
		strbuf_reset(&ui->message);
		ui->dirty = true;
	}
	if (ui->asking && is_visible(ui)) {
		prompt_key(ui, key);
		return;
	}
	enum context context = ui->asking ? CONTEXT_PROMPT : view_context(top_view(ui));
	enum op op = keymap_find(ui->setup->keymap, context, key);
	if (is_visible(ui) || op == OP_QUIT || op == OP_SUSPEND || op == OP_REDRAW)
		do_op(ui, op);
}

static void poll_data(struct ui *ui)
{
	ui->polled_at = clock_monotonic_ms();
	if (ui->setup->changed && ui->setup->changed(ui->setup->context))
		reload_all(ui);
}

static void handle(struct ui *ui, const struct term_event *event)
{
	switch (event->kind) {
	case TERM_KEY:
		handle_key(ui, event->key);
		break;
	case TERM_PASTE:
		if (!ui->asking)
			break;
		prompt_insert(&ui->prompt, event->text);
		text_changed(ui);
		break;
	case TERM_RESIZE:
		ui->dirty = true;
		break;
	case TERM_END:
		ui->quitting = true;
		break;
	case TERM_TIMEOUT:
		poll_data(ui);
		break;
	}
}

/* One wait, then whatever came together with it, so that a burst is one frame. */
static void turn(struct ui *ui)
{
	struct term *term = term_of(ui);
	struct term_event event;
	int64_t due = ui->polled_at + UI_POLL_MS - clock_monotonic_ms();
	term->class->read(term, due < 1 ? 1 : (int)due, &event);
	handle(ui, &event);
	for (int i = 0; i < BATCH_MAX && !ui->quitting && event.kind != TERM_TIMEOUT; i++) {
		term->class->read(term, 0, &event);
		if (event.kind != TERM_TIMEOUT)
			handle(ui, &event);
	}
}

static void release(struct ui *ui)
{
	for (size_t i = 0; i < UI_SCREENS_MAX; i++)
		while (ui->stacks[i].depth) {
			struct view *view = ui->stacks[i].views[--ui->stacks[i].depth];
			view->class->close(view);
		}
	canvas_release(&ui->canvas);
	strbuf_release(&ui->message);
	prompt_release(&ui->prompt);
}

void ui_run(const struct ui_setup *setup)
{
	struct ui ui = {.setup = setup, .polled_at = clock_monotonic_ms()};
	canvas_init(&ui.canvas);
	ui.canvas.plain = setup->plain;
	strbuf_init(&ui.message);
	prompt_init(&ui.prompt);
	show_screen(&ui, 0);
	while (!ui.quitting) {
		if (ui.dirty)
			draw(&ui);
		turn(&ui);
	}
	release(&ui);
}
