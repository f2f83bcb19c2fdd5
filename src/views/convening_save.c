/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/views/convening.h"
#include "nucleo/views/editing_parts.h"

/* ---- a number somebody else gave a meeting meanwhile */

static bool is_number_taken(const struct convening_view *page)
{
	int64_t key;
	struct error ignored;
	return page->edit && store_find(session_store(page->session), RECORD_MEETING,
					page->number.data, &key, &ignored) == RC_OK;
}

static unsigned renumber(struct convening_view *page, struct ui *ui, const struct error *err)
{
	struct strbuf next;
	strbuf_init(&next);
	enum rc rc = convening_next_number(session_store(page->session), page->convening.date,
					   &next, NULL);
	if (rc != RC_OK) {
		strbuf_release(&next);
		return editing_say(ui, err);
	}
	ui_say(ui, ROLE_WARNING,
	       _("Otra persona ya agregó %s: F2 otra vez guarda esta como %s."),
	       page->number.data, next.data);
	record_edit_set(page->edit, record_edit_index(page->edit, "number"), next.data);
	strbuf_release(&page->number);
	page->number = next;
	return UI_REDRAW;
}

/* ---- saving */

static void forget_draft(struct convening_view *page)
{
	/* One that cannot be removed is offered once more: better than too few. */
	if (page->draft.id)
		(void)!local_remove_draft(page->session->local, page->draft.id, NULL);
	page->draft.id = 0;
}

static unsigned saved(struct convening_view *page, struct ui *ui, const char *words)
{
	forget_draft(page);
	ui_mark_stale(ui);
	ui_say(ui, ROLE_NOTICE, _("Guardado: %s"), words);
	if (!page->edit)
		return UI_CLOSE | UI_RELOAD;
	page->session->made = record_edit_key(page->edit);
	page->session->made_kind = RECORD_MEETING;
	return ui_replace(ui, meeting_view_new(page->session, page->session->made, 0, 0));
}

static unsigned refuse(struct convening_view *page, struct ui *ui, enum rc rc,
		       const struct error *err)
{
	if (rc == RC_REFUSED && is_number_taken(page))
		return renumber(page, ui, err);
	if (rc != RC_CONFLICT)
		return editing_say(ui, err);
	ui_say(ui, ROLE_WARNING, _("%s Esto se leyó otra vez; F2 de nuevo guarda."), err->text);
	return UI_RELOAD;
}

static enum rc compose(struct convening_view *page, struct operation *operation, struct error *err)
{
	const struct convening_change change = {&page->convening, &page->list, false};
	return page->edit ? convening_compose(page->edit, &page->list, operation, NULL, err)
			  : convening_compose_change(session_store(page->session), &change,
						     operation, err);
}

unsigned convening_save(struct convening_view *page, struct ui *ui)
{
	struct operation *operation = operation_new();
	struct error err;
	unsigned done;
	enum rc rc = compose(page, operation, &err);
	if (rc == RC_OK && operation_is_empty(operation)) {
		ui_say(ui, ROLE_DIM, "%s", _("No había nada que guardar."));
		operation_free(operation);
		return UI_CLOSE;
	}
	if (rc == RC_OK)
		rc = operation_commit(operation, session_store(page->session), NULL, &err);
	done = rc == RC_OK ? saved(page, ui, operation_words(operation))
			   : refuse(page, ui, rc, &err);
	operation_free(operation);
	return done;
}

unsigned convening_return(struct convening_view *page, struct ui *ui)
{
	static const struct editing_context nothing;
	const struct record_form_start start = {
		.target = {RECORD_MEETING, 0}, .context = &nothing, .draft = &page->draft};
	struct error err;
	struct view *form = record_form_new(page->session, &start, &err);
	if (!form)
		return editing_say(ui, &err);
	page->draft.id = 0;
	return ui_replace(ui, form);
}
