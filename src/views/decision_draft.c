/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/decision_parts.h"

/* What is written of a decision and not saved, kept on this machine and taken up again. */

/* How votes are counted is no field of a record. */
#define COUNTING "counting"
/* What was stored, for the program to see whether others changed it meanwhile. */
#define SEEN "seen"

static const char *text_name(size_t field)
{
	return decision_field_names[field] ? decision_field_names[field] : COUNTING;
}

/* What is chosen is kept as a code, which is not shown among the words of a draft. */
static bool is_code(size_t field)
{
	return field == FIELD_KIND || field == FIELD_RULE || field == FIELD_COUNTING;
}

static void collect(void *context, struct draft *draft)
{
	const struct decision_page *page = context;
	if (page->was)
		draft_add(draft, SEEN, page->was, page->was);
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const char *text = form_value(page->form, i);
		if (form_field_is_changed(page->form, i))
			draft_add(draft, text_name(i), is_code(i) ? text : "", text);
	}
}

void decision_draft_begin(struct decision_page *page, const struct draft *draft)
{
	const struct resolution *entry = decision_page_entry(page);
	const struct draft_text *seen = draft ? draft_text_named(draft, SEEN) : NULL;
	struct writing *writing = &page->writing;
	struct strbuf title;
	strbuf_init(&title);
	strbuf_addf(&title, _("Decisión %s"), entry ? entry->id : "");
	draft_init(&writing->draft, DECISION_DRAFT, page->entry, title.data);
	writing->draft.id = draft ? draft->id : 0;
	writing->collect = collect;
	writing->context = page;
	writing_begin(page->session, writing);
	if (seen)
		page->was = mem_strdup(seen->text);
	strbuf_release(&title);
}

void decision_draft_show(const struct draft *draft, struct decision_fields *fields)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const struct draft_text *text = draft_text_named(draft, text_name(i));
		if (text)
			fields->fields[i].draft = text->text;
	}
}

void decision_draft_changed(struct decision_page *page, const struct form *form)
{
	page->form = form;
	if (form_is_changed(form))
		writing_changed(page->session, &page->writing);
	else
		writing_end(page->session, &page->writing);
}

const char *decision_draft_label(const char *name)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (strcmp(text_name(i), name) == 0)
			return decision_field_label(i);
	return name;
}

/* The one that was asked for, else the latest of that entry; NULL. */
static const struct draft *find(const struct draft_list *list, int64_t entry, int64_t wanted)
{
	for (size_t i = 0; i < list->drafts.count; i++) {
		const struct draft *draft = &list->drafts.items[i];
		if (strcmp(draft->kind, DECISION_DRAFT) == 0 && draft->key == entry &&
		    (!wanted || draft->id == wanted))
			return draft;
	}
	return NULL;
}

/* It would be lost were it not taken up: to leave it, she leaves the page. */
static unsigned open_page(struct session *session, struct ui *ui, int64_t entry, int64_t wanted)
{
	struct draft_list list = {0};
	const struct draft *draft = NULL;
	if (session->local && local_list_drafts(session->local, &list, NULL) == RC_OK)
		draft = find(&list, entry, wanted);
	if (draft && local_take_draft(session->local, draft->id, NULL) != RC_OK)
		draft = NULL;
	unsigned done = ui_open(ui, decision_view_new(session, entry, draft));
	if (draft)
		ui_say(ui, ROLE_NOTICE, "%s",
		       _("Se recuperó lo que se escribía aquí y no se guardó; Esc permite "
			 "descartarlo."));
	draft_list_release(&list);
	session_count_drafts(session);
	return done;
}

unsigned decision_take_up(struct session *session, struct ui *ui, int64_t entry, int64_t draft)
{
	struct record_edit *edit = NULL;
	struct error err;
	if (!session_may_write(session, ui, OP_DECISION))
		return UI_REDRAW;
	if (record_edit_begin(session_store(session), RECORD_RESOLUTION, entry, &edit, &err) !=
	    RC_OK)
		return editing_say(ui, &err);
	record_edit_free(edit);
	return open_page(session, ui, entry, draft);
}

unsigned decision_open(struct session *session, struct ui *ui, int64_t entry)
{
	return decision_take_up(session, ui, entry, 0);
}
