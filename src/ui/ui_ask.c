/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/ui_parts.h"

unsigned ui_ask(struct ui *ui, const struct ui_question *question)
{
	ui->question = *question;
	ui->asking = ASKING_LINE;
	prompt_set(&ui->prompt, question->text ? question->text : "");
	return UI_REDRAW;
}

enum context ui_context_now(const struct ui *ui)
{
	if (ui->asking == ASKING_NOTHING)
		return view_context(ui_view(ui));
	return ui->asking == ASKING_LINE && ui->question.complete ? CONTEXT_COMPLETION
								  : CONTEXT_PROMPT;
}

unsigned ui_pick(struct ui *ui, const struct ui_pick *pick)
{
	ui->pick = *pick;
	ui->asking = ASKING_CHOICE;
	prompt_set(&ui->prompt, pick->typed ? pick->typed : "");
	picker_set(&ui->picker, pick->choices, pick->count, pick->selected);
	if (ui->prompt.text.length)
		picker_narrow(&ui->picker, ui->prompt.text.data);
	dialog_set(&ui->dialog, pick->text);
	return UI_REDRAW;
}

static void text_changed(struct ui *ui)
{
	const char *text = ui->prompt.text.data;
	ui->dirty = true;
	ui->prompt.fault_length = 0;
	if (ui->asking == ASKING_CHOICE)
		picker_narrow(&ui->picker, text);
	else if (ui->question.changed)
		ui_apply(ui, ui->question.changed(ui_view(ui), ui, text));
}

/* What the handlers are told may make them ask the next question: this one is over before. */
static void finish(struct ui *ui, enum asking asked, unsigned consequences)
{
	if (consequences & UI_KEEP)
		ui->asking = asked;
	ui->dirty = true;
	ui_apply(ui, consequences);
}

static void answer(struct ui *ui)
{
	ui->asking = ASKING_NOTHING;
	finish(ui, ASKING_LINE,
	       ui->question.answered(ui_view(ui), ui, ui->prompt.text.data));
}

static void complete(struct ui *ui)
{
	ui_apply(ui, ui->question.complete(ui_view(ui), ui, ui->prompt.text.data,
					   ui->prompt.cursor));
}

void ui_mark_fault(struct ui *ui, size_t start, size_t length)
{
	ui->prompt.fault = start;
	ui->prompt.fault_length = length;
}

unsigned ui_complete(struct ui *ui, size_t start, size_t length, const char *text)
{
	prompt_replace(&ui->prompt, start, length, text);
	text_changed(ui);
	return UI_REDRAW;
}

static void pick(struct ui *ui)
{
	int64_t id;
	if (!picker_selected(&ui->picker, &id))
		return; /* the list says that nothing answers */
	ui->asking = ASKING_NOTHING;
	finish(ui, ASKING_CHOICE, ui->pick.picked(ui_view(ui), ui, id));
}

static void cancel(struct ui *ui)
{
	unsigned (*cancelled)(struct view *view, struct ui *ui) =
		ui->asking == ASKING_CHOICE ? ui->pick.cancelled : ui->question.cancelled;
	ui->asking = ASKING_NOTHING;
	ui->dirty = true;
	if (cancelled)
		ui_apply(ui, cancelled(ui_view(ui), ui));
}

static void edited(struct ui *ui, size_t length_before)
{
	if (ui->prompt.text.length != length_before)
		text_changed(ui);
}

/* Pages are those of what one reads, where that is more than what one picks from. */
static bool choose_op(struct ui *ui, enum op op)
{
	return dialog_op(&ui->dialog, op) || picker_op(&ui->picker, op);
}

void ui_ask_op(struct ui *ui, enum op op)
{
	bool choosing = ui->asking == ASKING_CHOICE;
	size_t length = ui->prompt.text.length;
	ui->dirty = true;
	if (prompt_op(&ui->prompt, op))
		edited(ui, length);
	else if (op == OP_ACCEPT && choosing)
		pick(ui);
	else if (op == OP_ACCEPT)
		answer(ui);
	else if (op == OP_CANCEL)
		cancel(ui);
	else if (op == OP_COMPLETE)
		complete(ui);
	else if (!(choosing && choose_op(ui, op)) && op != OP_NONE)
		ui_do(ui, op);
}

void ui_ask_type(struct ui *ui, const char *text)
{
	size_t length = ui->prompt.text.length;
	ui->dirty = true;
	prompt_insert(&ui->prompt, text);
	edited(ui, length);
}
