/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/agenda_edit.h"
#include "nucleo/exchange/record_edit.h"
#include "nucleo/model/agenda_clock.h"
#include "nucleo/views/convening.h"
#include "nucleo/views/editing_parts.h"
#include "nucleo/views/phrases.h"

/* The agenda on the page of its meeting: arranged, filled up, and convened. */

/* ---- what is shown of it */

void meeting_agenda_add_minutes(struct strbuf *out, const struct meeting_view *page)
{
	const struct meeting *meeting = meeting_view_meeting(page);
	int64_t planned = 0;
	for (size_t i = 0; i < page->records.items.count; i++)
		planned += clock_planned(record_set_at(&page->records.items, i));
	if (!planned || agenda_edit_check(meeting, NULL) != RC_OK)
		return;
	strbuf_adds(out, " · ");
	phrase_minutes(out, planned, meeting->starts, meeting->ends);
}

static void show_link(struct meeting_view *page, enum record_kind_id kind, int64_t key,
		      const char *label, const char *code)
{
	struct strbuf line;
	if (!key || !code)
		return;
	strbuf_init(&line);
	strbuf_addf(&line, "→ %s %s", label, code);
	detail_link(&page->detail, kind, key, 0, line.data);
	strbuf_release(&line);
}

void meeting_agenda_show(struct meeting_view *page, const struct agenda_item *item)
{
	struct strbuf text;
	strbuf_init(&text);
	if (item->parked)
		pager_text(&page->pager, ROLE_WARNING,
			   _("Aplazado: se propone para la próxima reunión."));
	pager_field(&page->pager, _("Presenta"), item->presenter);
	if (item->minutes_planned)
		strbuf_addf(&text, "%lld", (long long)item->minutes_planned);
	pager_field(&page->pager, _("Minutos previstos"), text.data);
	pager_field(&page->pager, _("Viene de"), item->carried_from);
	show_link(page, RECORD_FOLLOWUP, item->followup_key, _("acción"), item->followup);
	show_link(page, RECORD_COMMITMENT, item->commitment_key, _("compromiso"),
		  item->commitment);
	strbuf_release(&text);
}

/* ---- moving */

/* The item stays selected wherever it went; 0: the heading. */
static unsigned commit(struct meeting_view *page, struct ui *ui, struct operation *operation,
		       int64_t item)
{
	struct error err;
	enum rc rc = operation_commit(operation, session_store(page->detail.session), NULL, &err);
	if (rc != RC_OK)
		return editing_say(ui, &err) | UI_RELOAD;
	page->item = item;
	ui_mark_stale(ui);
	ui_say(ui, ROLE_NOTICE, _("Guardado: %s"), operation_words(operation));
	return UI_RELOAD;
}

static enum agenda_move move_of(enum op op, const struct agenda_item *item)
{
	switch (op) {
	case OP_ITEM_UP:
		return AGENDA_UP;
	case OP_ITEM_DOWN:
		return AGENDA_DOWN;
	case OP_ITEM_PART:
		return item->parent_key ? AGENDA_OUT : AGENDA_IN;
	default:
		return item->parked ? AGENDA_UNPARK : AGENDA_PARK;
	}
}

static unsigned move(struct meeting_view *page, struct ui *ui, enum op op,
		     const struct agenda_item *item)
{
	const struct agenda_step step = {.move = move_of(op, item)};
	struct operation *operation = operation_new();
	struct error err;
	unsigned done = UI_REDRAW;
	enum rc rc = agenda_edit_move(session_store(page->detail.session), item->key, &step,
				      operation, &err);
	if (rc != RC_OK)
		editing_say(ui, &err);
	else if (operation_is_empty(operation))
		ui_say(ui, ROLE_DIM, "%s", _("Ya está en el extremo."));
	else
		done = commit(page, ui, operation, item->key);
	operation_free(operation);
	return done;
}

/* ---- minutes */

static unsigned save_minutes(struct meeting_view *page, struct ui *ui, int64_t item,
			     const char *text)
{
	struct store *store = session_store(page->detail.session);
	struct operation *operation = operation_new();
	struct record_edit *edit = NULL;
	struct error err;
	unsigned done = UI_REDRAW;
	enum rc rc = record_edit_begin(store, RECORD_AGENDA, item, &edit, &err);
	if (rc == RC_OK) {
		record_edit_set(edit, record_edit_index(edit, "minutes_planned"), text);
		rc = record_edit_compose(edit, operation, NULL, &err);
	}
	if (rc != RC_OK)
		done = editing_say(ui, &err) | UI_KEEP;
	else if (!operation_is_empty(operation))
		done = commit(page, ui, operation, item);
	record_edit_free(edit);
	operation_free(operation);
	return done;
}

static unsigned answered_minutes(struct view *view, struct ui *ui, const char *text)
{
	struct meeting_view *page = (struct meeting_view *)view;
	const struct agenda_item *item = meeting_view_item(page);
	return item ? save_minutes(page, ui, item->key, text) : UI_REDRAW;
}

static unsigned ask_minutes(struct ui *ui, const struct agenda_item *item)
{
	char text[32];
	snprintf(text, sizeof(text), "%lld", (long long)item->minutes_planned);
	const struct ui_question question = {.label = _("Minutos previstos: "),
					     .text = item->minutes_planned ? text : NULL,
					     .answered = answered_minutes};
	return ui_ask(ui, &question);
}

/* ---- the meeting */

static unsigned convene(struct meeting_view *page, struct ui *ui, const struct meeting *meeting)
{
	const struct convening convening = {.meeting = meeting->key, .date = meeting->date};
	const struct convening_change change = {&convening, NULL, true};
	struct operation *operation = operation_new();
	struct error err;
	unsigned done = UI_REDRAW;
	enum rc rc = convening_compose_change(session_store(page->detail.session), &change,
					      operation, &err);
	const struct agenda_item *item = meeting_view_item(page);
	if (rc != RC_OK)
		editing_say(ui, &err);
	else if (operation_is_empty(operation))
		ui_say(ui, ROLE_DIM, _("%s ya está %s."), meeting->number,
		       enum_label(&meeting_status_names, meeting->status));
	else
		done = commit(page, ui, operation, item ? item->key : 0);
	operation_free(operation);
	return done;
}

static bool is_mine(enum op op)
{
	return op == OP_ITEM_UP || op == OP_ITEM_DOWN || op == OP_ITEM_PART || op == OP_PARK ||
	       op == OP_MINUTES || op == OP_PROPOSALS || op == OP_CONVENE;
}

unsigned meeting_agenda_op(struct meeting_view *page, struct ui *ui, enum op op)
{
	const struct meeting *meeting = meeting_view_meeting(page);
	const struct agenda_item *item = meeting_view_item(page);
	struct error err;
	if (!is_mine(op) || !meeting)
		return UI_PASS;
	if (agenda_edit_check(meeting, &err) != RC_OK)
		return editing_say(ui, &err);
	if (!session_may_write(page->detail.session, ui, op))
		return UI_REDRAW;
	if (op == OP_CONVENE)
		return convene(page, ui, meeting);
	if (op == OP_PROPOSALS)
		return ui_open(ui, convening_view_new(page->detail.session, meeting));
	if (!item) {
		ui_say(ui, ROLE_DIM, "%s", _("Primero seleccione un punto del orden del día."));
		return UI_REDRAW;
	}
	return op == OP_MINUTES ? ask_minutes(ui, item) : move(page, ui, op, item);
}
