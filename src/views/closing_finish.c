/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/closing_view.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/minutes.h"
#include "nucleo/store/operation.h"

enum { ANSWER_MEND, ANSWER_REASON };

static struct closing_view *page_of(struct view *view)
{
	return (struct closing_view *)view;
}

static unsigned say_error(struct ui *ui, const struct error *err)
{
	ui_say(ui, ROLE_ERROR, "%s", err->text);
	return UI_RELOAD;
}

static enum rc commit(struct closing_view *page, struct ui *ui, struct operation *operation,
		      struct error *err)
{
	enum rc rc = operation_commit(operation, session_store(page->session), NULL, err);
	if (rc == RC_OK)
		ui_mark_stale(ui);
	return rc;
}

/* ---- one value of one action */

static enum rc save_value(struct closing_view *page, struct ui *ui,
			  const struct closing_choice *choice, struct error *err)
{
	struct closing_table table = {.meeting = page->key};
	struct operation *operation = operation_new();
	vector_push(&table.rows, *choice);
	enum rc rc = closing_confirm(session_store(page->session), &table, operation, err);
	if (rc == RC_OK && !operation_is_empty(operation))
		rc = commit(page, ui, operation, err);
	/* What it says is the caller's. */
	vector_release(&table.rows);
	operation_free(operation);
	return rc;
}

/* Where one answers for one value of one action, only what is wrong with it is news. */
static void say_wrong(struct ui *ui, const struct followup *followup, const char *field,
		      const struct error *err)
{
	struct strbuf known;
	strbuf_init(&known);
	strbuf_addf(&known, "%s: %s: ", followup->id, field);
	bool is_known = strncmp(err->text, known.data, known.length) == 0;
	ui_say(ui, ROLE_ERROR, "%s", err->text + (is_known ? known.length : 0));
	strbuf_release(&known);
}

/* The day that words like "+2s" or "enero 2027" say, as the line of the room reads them; else what
 * was typed, to be judged as a date. Owned. */
static char *day_said(const struct closing_view *page, const char *text)
{
	struct minutes_context context;
	struct capture capture;
	struct strbuf line;
	struct error err;
	if (!*text || minutes_context_load(session_store(page->session), page->key, &context,
					   &err) != RC_OK)
		return mem_strdup(text);
	strbuf_init(&line);
	strbuf_addf(&line, "x !%s", text + (*text == '!'));
	capture_read(&context.capture, line.data, &capture);
	strbuf_reset(&line);
	if (capture.due != DATE_NONE && strcmp(capture.text, "x") == 0)
		date_add_local(&line, capture.due);
	else
		strbuf_adds(&line, text);
	capture_release(&capture);
	minutes_context_release(&context);
	return strbuf_detach(&line);
}

static unsigned save_answer(struct view *view, struct ui *ui, const char *text, enum op op)
{
	struct closing_view *page = page_of(view);
	const struct followup *followup = closing_view_followup(page);
	struct closing_choice choice = {.followup = followup ? followup->key : 0};
	const char *field = "responsible";
	struct error err;
	if (!followup)
		return UI_RELOAD;
	if (op == OP_SET_RESPONSIBLE) {
		choice.responsible = mem_strdup(text);
	} else if (op == OP_SET_DUE) {
		field = "due";
		choice.due = day_said(page, text);
	} else {
		field = "commitment";
		choice.commitment = mem_strdup(text);
	}
	enum rc rc = save_value(page, ui, &choice, &err);
	free(choice.responsible);
	free(choice.due);
	free(choice.commitment);
	if (rc == RC_OK)
		return UI_RELOAD;
	say_wrong(ui, followup, field, &err);
	return rc == RC_CONFLICT ? UI_RELOAD : UI_KEEP | UI_REDRAW;
}

static unsigned responsible_answered(struct view *view, struct ui *ui, const char *text)
{
	return save_answer(view, ui, text, OP_SET_RESPONSIBLE);
}

static unsigned due_answered(struct view *view, struct ui *ui, const char *text)
{
	return save_answer(view, ui, text, OP_SET_DUE);
}

static unsigned commitment_answered(struct view *view, struct ui *ui, const char *text)
{
	return save_answer(view, ui, text, OP_SET_COMMITMENT);
}

unsigned closing_ask_value(struct closing_view *page, struct ui *ui, enum op op)
{
	const struct followup *followup = closing_view_followup(page);
	struct ui_question question = {0};
	struct strbuf text;
	if (!page->in_actions || !followup || !session_may_write(page->session, ui, op))
		return UI_REDRAW;
	strbuf_init(&text);
	if (op == OP_SET_RESPONSIBLE) {
		record_list_add(&text, followup->responsible, ", ");
		question.label = _("Responsable: ");
		question.answered = responsible_answered;
	} else if (op == OP_SET_DUE) {
		date_add_local(&text, followup->due);
		question.label = _("Vence: ");
		question.answered = due_answered;
	} else {
		strbuf_adds(&text, followup->commitment ? followup->commitment : "");
		question.label = _("Compromiso: ");
		question.answered = commitment_answered;
	}
	question.text = text.data;
	unsigned done = ui_ask(ui, &question);
	strbuf_release(&text);
	return done;
}

/* ---- the table as a whole */

static void fill_table(const struct closing_view *page, struct closing_table *table)
{
	for (size_t i = 0; i < page->followups.count; i++) {
		const struct followup *followup = record_set_at(&page->followups, i);
		enum closing_verdict verdict = closing_view_verdict(page, followup);
		if (verdict != CLOSING_LEAVE)
			vector_push(&table->rows,
				    ((struct closing_choice){.followup = followup->key,
							     .verdict = verdict}));
	}
}

static enum rc confirm(struct closing_view *page, struct ui *ui, struct error *err)
{
	struct closing_table table = {.meeting = page->key};
	struct operation *operation = operation_new();
	fill_table(page, &table);
	enum rc rc = closing_confirm(session_store(page->session), &table, operation, err);
	if (rc == RC_OK && !operation_is_empty(operation)) {
		rc = commit(page, ui, operation, err);
		if (rc == RC_OK)
			ui_say(ui, ROLE_NOTICE, _("Hecho; u lo deshace: %s"),
			       operation_words(operation));
	}
	closing_table_release(&table);
	operation_free(operation);
	return rc;
}

/* ---- the end of the session */

static unsigned close_with(struct closing_view *page, struct ui *ui, const char *reason)
{
	const struct closing_wish wish = {
		.meeting = page->key, .reason = reason, .now = session_time(page->session)};
	struct operation *operation = operation_new();
	struct error err;
	enum rc rc = closing_close(session_store(page->session), &wish, operation, &err);
	if (rc == RC_OK)
		rc = commit(page, ui, operation, &err);
	if (rc == RC_OK)
		ui_say(ui, ROLE_NOTICE, _("%s cerrada; u la vuelve a abrir"),
		       closing_view_meeting(page)->number);
	operation_free(operation);
	return rc == RC_OK ? UI_RELOAD : say_error(ui, &err);
}

static unsigned reason_answered(struct view *view, struct ui *ui, const char *text)
{
	if (text[strspn(text, " ")])
		return close_with(page_of(view), ui, text);
	ui_say(ui, ROLE_ERROR, "%s", _("Diga por qué se cierra así; Esc la deja abierta."));
	return UI_KEEP | UI_REDRAW;
}

static unsigned missing_answered(struct view *view, struct ui *ui, int64_t id)
{
	(void)view;
	if (id == ANSWER_MEND)
		return UI_RELOAD;
	return ui_ask(ui, &(struct ui_question){.label = _("Motivo: "),
						.answered = reason_answered});
}

static void add_remarks(const struct closing_report *report, struct strbuf *out)
{
	for (size_t i = 0; i < report->remarks.count; i++) {
		const struct closing_remark *remark = &report->remarks.items[i];
		if (remark->is_hint)
			continue;
		strbuf_adds(out, "\n! ");
		if (*remark->where)
			strbuf_addf(out, "%s: ", remark->where);
		strbuf_adds(out, remark->text);
	}
}

static unsigned ask_about_missing(struct closing_view *page, struct ui *ui,
				  const struct closing_report *report)
{
	size_t count = closing_missing(report);
	const struct ui_choice choices[] = {
		{.text = _("Dejarla abierta y completar lo que falta"), .id = ANSWER_MEND},
		{.text = _("Cerrarla así y decir por qué"), .id = ANSWER_REASON},
	};
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text,
		    ngettext("A %s le falta %zu cosa:", "A %s le faltan %zu cosas:", count),
		    closing_view_meeting(page)->number, count);
	add_remarks(report, &text);
	unsigned done = ui_pick(ui, &(struct ui_pick){.label = _("Cerrar: "),
						      .text = text.data,
						      .choices = choices,
						      .count = ARRAY_COUNT(choices),
						      .picked = missing_answered});
	strbuf_release(&text);
	return done | UI_RELOAD;
}

unsigned closing_finish(struct closing_view *page, struct ui *ui)
{
	struct closing_report report = {0};
	struct error err;
	const struct meeting *meeting = closing_view_meeting(page);
	if (!meeting || !session_may_write(page->session, ui, OP_FINISH_MEETING))
		return UI_REDRAW;
	size_t judged = closing_view_count(page, CLOSING_CONFIRM) +
			closing_view_count(page, CLOSING_DROP);
	enum rc rc = confirm(page, ui, &err);
	/* In a meeting that is closed already there is nothing else to do. */
	if (rc == RC_OK && judged && meeting->status >= MEETING_CLOSED)
		return UI_RELOAD;
	if (rc == RC_OK)
		rc = closing_check(session_store(page->session), page->key, &report, &err);
	if (rc != RC_OK)
		return say_error(ui, &err);
	unsigned done = closing_missing(&report) && meeting->status == MEETING_IN_SESSION
				? ask_about_missing(page, ui, &report)
				: close_with(page, ui, NULL);
	closing_report_release(&report);
	return done;
}
