/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/ui.h"

#include <stdarg.h>
#include <stdio.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/utf8.h"
#include "nucleo/ui/ui_parts.h"

/* Keys taken before a frame is drawn in any case. */
#define BATCH_MAX 4096

struct term *ui_term(const struct ui *ui)
{
	return ui->setup->term;
}

void *ui_context(struct ui *ui)
{
	return ui->setup->context;
}

unsigned ui_open(struct ui *ui, struct view *view)
{
	ui_push(ui, view);
	return UI_REDRAW;
}

unsigned ui_replace(struct ui *ui, struct view *view)
{
	ui->next = view;
	return UI_CLOSE | UI_REDRAW;
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

static void forget_message(struct ui *ui)
{
	if (!ui->message.length)
		return;
	strbuf_reset(&ui->message);
	ui->dirty = true;
}

void ui_unsay_notice(struct ui *ui)
{
	if (ui->asking == ASKING_NOTHING && ui->message_role == ROLE_NOTICE)
		forget_message(ui);
}

/* ---- the loop ---- */

static void type_key(struct ui *ui, key_code key)
{
	struct strbuf character;
	strbuf_init(&character);
	utf8_append(&character, key);
	ui_type(ui, character.data);
	strbuf_release(&character);
}

/* Blind keys are dangerous: in a window too small only leaving works. */
static void handle_key(struct ui *ui, key_code key)
{
	bool asking = ui->asking != ASKING_NOTHING, visible = ui_is_visible(ui);
	forget_message(ui);
	if (!asking)
		ui_settle(ui);
	if (visible && key_is_text(key) && (asking || ui_takes_text(ui))) {
		type_key(ui, key);
		return;
	}
	enum op op = keymap_find(ui->setup->keymap, ui_context_now(ui), key);
	if (asking && visible)
		ui_ask_op(ui, op);
	else if (visible || op == OP_QUIT || op == OP_SUSPEND || op == OP_REDRAW)
		ui_do(ui, op);
}

/* What is pasted where nothing is written would be keys pressed blindly. */
static void handle_paste(struct ui *ui, const struct term_event *event)
{
	forget_message(ui);
	ui_settle(ui);
	if (!ui_is_visible(ui))
		return;
	if (ui->asking == ASKING_NOTHING && !ui_takes_text(ui)) {
		ui_say(ui, ROLE_DIM, "%s", _("Aquí no se escribe: lo pegado no se tomó."));
		return;
	}
	if (event->is_cut)
		ui_say(ui, ROLE_WARNING,
		       _("Lo pegado es muy largo: se tomaron los primeros %d KiB."),
		       TERM_PASTE_MAX / 1024);
	ui_type(ui, event->text); /* which may have taken less, and says so */
}

static int poll_ms(const struct ui *ui)
{
	return ui->setup->poll_ms ? ui->setup->poll_ms : UI_POLL_MS;
}

void ui_look_within(struct ui *ui, int ms)
{
	int64_t last = clock_monotonic_ms() + ms - poll_ms(ui);
	if (last < ui->polled_at)
		ui->polled_at = last;
}

static void poll_data(struct ui *ui)
{
	ui->polled_at = clock_monotonic_ms();
	if (!ui->setup->changed)
		return;
	unsigned consequences = ui->setup->changed(ui->setup->context, ui);
	if (consequences & UI_RELOAD)
		ui_reload_all(ui);
	else
		ui_apply(ui, consequences);
}

static bool is_busy(struct ui *ui)
{
	const struct view *view = ui_view(ui);
	return view->busy && view->class->work && view->failure.code == RC_OK;
}

static void handle(struct ui *ui, const struct term_event *event)
{
	switch (event->kind) {
	case TERM_KEY:
		handle_key(ui, event->key);
		break;
	case TERM_PASTE:
		handle_paste(ui, event);
		break;
	case TERM_MOUSE:
		forget_message(ui);
		ui_mouse(ui, &event->mouse);
		break;
	case TERM_RESIZE:
		ui->dirty = true;
		break;
	case TERM_END:
		ui->quitting = true;
		break;
	case TERM_TIMEOUT:
		if (is_busy(ui))
			ui_apply(ui, ui_view(ui)->class->work(ui_view(ui), ui));
		else
			poll_data(ui);
		break;
	}
	ui_note_place(ui);
}

/* How long to wait for a key before looking at the data. */
static int patience(const struct ui *ui)
{
	int poll_ms = ui->setup->poll_ms ? ui->setup->poll_ms : UI_POLL_MS;
	int64_t due = ui->polled_at + poll_ms - clock_monotonic_ms();
	int soon = ui->setup->soon ? ui->setup->soon(ui->setup->context) : -1;
	if (soon >= 0 && soon < due)
		due = soon;
	return due < 1 ? 1 : (int)due;
}

/* One wait, then whatever came together with it, so that a burst is one frame. */
static void turn(struct ui *ui)
{
	struct term *term = ui_term(ui);
	struct term_event event;
	term->class->read(term, is_busy(ui) ? 0 : patience(ui), &event);
	handle(ui, &event);
	for (int i = 0; i < BATCH_MAX && !ui->quitting && event.kind != TERM_TIMEOUT; i++) {
		term->class->read(term, 0, &event);
		if (event.kind != TERM_TIMEOUT)
			handle(ui, &event);
	}
}

static void release(struct ui *ui)
{
	ui_close_pages(ui);
	canvas_release(&ui->canvas);
	strbuf_release(&ui->message);
	prompt_release(&ui->prompt);
	picker_release(&ui->picker);
	dialog_release(&ui->dialog);
}

void ui_run(const struct ui_setup *setup)
{
	struct ui ui = {.setup = setup, .polled_at = clock_monotonic_ms()};
	setup->term->watched = setup->watched;
	canvas_init(&ui.canvas);
	ui.canvas.plain = setup->plain;
	strbuf_init(&ui.message);
	prompt_init(&ui.prompt);
	ui_set_mouse(&ui, ui_has_mouse(&ui));
	ui_show_screen(&ui, 0);
	ui_note_place(&ui);
	if (setup->begin)
		ui_apply(&ui, setup->begin(setup->context, &ui));
	while (!ui.quitting) {
		if (ui.dirty)
			ui_draw(&ui);
		turn(&ui);
	}
	release(&ui);
}
