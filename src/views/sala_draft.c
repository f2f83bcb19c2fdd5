/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/row.h"
#include "nucleo/views/sala_parts.h"

/* What is typed and not written yet, kept on this machine and offered again. */

enum { EXCERPT_COLUMNS = 50 };
/* Answers that are no draft's id. */
enum { ANSWER_LATER = -1, ANSWER_DISCARD = -2 };

/* With the key of the entry it will be: whoever finds the draft knows whether it is one already. */
static void add_line(const struct sala *page, struct draft *draft)
{
	struct strbuf key;
	strbuf_init(&key);
	strbuf_addf(&key, "%lld", (long long)page->next_entry);
	draft_add(draft, "line", "", page->line.prompt.text.data);
	draft_add(draft, "entry", "", key.data);
	strbuf_release(&key);
}

static void collect(void *context, struct draft *draft)
{
	const struct sala *page = context;
	if (page->line.prompt.text.length)
		add_line(page, draft);
	if (page->paragraph.length)
		draft_add(draft, "text", "", page->paragraph.data);
}

static void begin(struct sala *page)
{
	struct writing *writing = &page->writing;
	struct strbuf title;
	strbuf_init(&title);
	strbuf_addf(&title, _("Sala, %s"), sala_meeting(page)->number);
	draft_init(&writing->draft, SALA_DRAFT, page->key, title.data);
	writing->collect = collect;
	writing->context = page;
	writing_begin(page->session, writing);
	strbuf_release(&title);
}

void sala_draft_settle(struct sala *page)
{
	struct writing *writing = &page->writing;
	if (writing->collect && writing->draft.key == page->key)
		return;
	if (writing->collect) {
		writing_leave(page->session, writing);
		draft_release(&writing->draft);
		*writing = (struct writing){0};
		prompt_set(&page->line.prompt, "");
		strbuf_reset(&page->paragraph);
	}
	if (page->key)
		begin(page);
}

void sala_draft_changed(struct sala *page)
{
	if (!page->writing.collect)
		return;
	if (!page->line.prompt.text.length) {
		page->next_entry = 0;
	} else if (!page->next_entry) {
		page->next_entry = random_key();
		page->line_item = page->current;
	}
	if (page->line.prompt.text.length || page->paragraph.length)
		writing_changed(page->session, &page->writing);
	else
		writing_end(page->session, &page->writing);
}

/* ---- offered again */

static int64_t entry_of(const struct draft *draft)
{
	const struct draft_text *text = draft_text_named(draft, "entry");
	return text ? strtoll(text->text, NULL, 10) : 0;
}

/* The program died between writing the entry and forgetting the draft. */
static bool is_written(struct session *session, const struct draft *draft)
{
	int64_t key = entry_of(draft);
	struct stored_row row = {0};
	bool is_there = key && store_row(session_store(session), "entry", key, &row, NULL) == RC_OK;
	row_release(&row);
	return is_there;
}

/* Those that can be offered; what is an entry already is no draft any more. */
static enum rc list_drafts(struct session *session, struct draft_list *list)
{
	size_t left = 0;
	enum rc rc = local_list_drafts(session->local, list, NULL);
	for (size_t i = 0; rc == RC_OK && i < list->drafts.count; i++) {
		struct draft *draft = &list->drafts.items[i];
		bool is_sala = strcmp(draft->kind, SALA_DRAFT) == 0;
		if (is_sala && is_written(session, draft) &&
		    local_remove_draft(session->local, draft->id, NULL) == RC_OK)
			draft_release(draft);
		else
			list->drafts.items[left++] = *draft;
	}
	if (rc == RC_OK && left < list->drafts.count) {
		list->drafts.count = left;
		session_count_drafts(session);
	}
	return rc;
}

static void take_up(struct sala *page, struct ui *ui, const struct draft *draft)
{
	const struct draft_text *line = draft_text_named(draft, "line");
	const struct draft_text *text = draft_text_named(draft, "text");
	page->writing.draft.id = draft->id;
	page->next_entry = line ? entry_of(draft) : 0;
	page->line_item = page->current;
	if (line)
		sala_line_set(page, line->text);
	if (text) {
		strbuf_reset(&page->paragraph);
		strbuf_adds(&page->paragraph, text->text);
		ui_open(ui, sala_text_new(page));
	}
	sala_go(page, SALA_LINE);
}

static const struct draft *draft_with(const struct draft_list *list, int64_t id)
{
	for (size_t i = 0; i < list->drafts.count; i++)
		if (list->drafts.items[i].id == id)
			return &list->drafts.items[i];
	return NULL;
}

static unsigned take_draft(struct sala *page, struct ui *ui, int64_t id)
{
	struct local *local = page->session->local;
	struct draft_list list = {0};
	struct error err;
	enum rc rc = local_list_drafts(local, &list, &err);
	const struct draft *draft = rc == RC_OK ? draft_with(&list, id) : NULL;
	if (draft)
		rc = local_take_draft(local, id, &err);
	if (draft && rc == RC_OK)
		take_up(page, ui, draft);
	draft_list_release(&list);
	session_count_drafts(page->session);
	return rc == RC_OK ? UI_REDRAW : sala_say(ui, &err);
}

static unsigned discard(struct sala *page, struct ui *ui, int64_t id)
{
	struct error err;
	enum rc rc = local_remove_draft(page->session->local, id, &err);
	session_count_drafts(page->session);
	return rc == RC_OK ? UI_REDRAW : sala_say(ui, &err);
}

static unsigned answered(struct view *view, struct ui *ui, int64_t id)
{
	struct sala *page = (struct sala *)view;
	if (id == ANSWER_LATER)
		return UI_REDRAW;
	return id < ANSWER_DISCARD ? discard(page, ui, ANSWER_DISCARD - id)
				   : take_draft(page, ui, id);
}

static void add_excerpt(struct strbuf *out, const struct draft *draft)
{
	const struct draft_text *text = draft_text_named(draft, "text");
	if (!text)
		text = draft_text_named(draft, "line");
	strbuf_adds(out, "«");
	utf8_fit(out, text ? text->text : "", EXCERPT_COLUMNS);
	strbuf_adds(out, "»");
}

static void ask(struct ui *ui, const struct draft *draft)
{
	struct strbuf take;
	strbuf_init(&take);
	strbuf_adds(&take, _("Seguir escribiendo "));
	add_excerpt(&take, draft);
	const struct ui_choice choices[] = {
		{.text = take.data, .id = draft->id},
		{.text = _("Dejarlo para después, en los borradores"), .id = ANSWER_LATER},
		{.text = _("Descartarlo: no vuelve"), .id = ANSWER_DISCARD - draft->id},
	};
	const struct ui_pick pick = {.label = _("Borrador: "),
				     .text = _("Aquí se escribía algo que no llegó a anotarse."),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = answered};
	ui_pick(ui, &pick);
	strbuf_release(&take);
}

/* Nothing is put in the place of what is being typed. */
static bool has_room(const struct sala *page)
{
	return page->session->local && page->is_open && !page->line.prompt.text.length &&
	       !page->paragraph.length;
}

/* The draft that was asked for, else any of this meeting; NULL. */
static const struct draft *find_offer(const struct sala *page, const struct draft_list *list,
				      int64_t wanted)
{
	for (size_t i = 0; i < list->drafts.count; i++) {
		const struct draft *draft = &list->drafts.items[i];
		if (strcmp(draft->kind, SALA_DRAFT) == 0 && draft->key == page->key &&
		    (!wanted || draft->id == wanted))
			return draft;
	}
	return NULL;
}

void sala_draft_offer(struct sala *page, struct ui *ui)
{
	struct draft_list list = {0};
	const struct draft *draft = NULL;
	int64_t wanted = page->session->taken;
	page->session->taken = 0;
	if (has_room(page) && list_drafts(page->session, &list) == RC_OK)
		draft = find_offer(page, &list, wanted);
	if (draft && wanted)
		(void)take_draft(page, ui, wanted);
	else if (draft)
		ask(ui, draft);
	else if (wanted)
		ui_say(ui, ROLE_WARNING, "%s",
		       _("Esa reunión no está en sesión; el borrador sigue en la lista."));
	draft_list_release(&list);
}

unsigned session_take_sala(struct session *session, struct ui *ui, int64_t meeting, int64_t draft)
{
	session->meeting = meeting;
	session->taken = draft;
	ui_mark_stale(ui);
	ui_do(ui, OP_SCREEN_SALA);
	return UI_REDRAW;
}

/* ---- when the program begins */

static unsigned picked_begin(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	struct draft_list list = {0};
	unsigned done = UI_REDRAW;
	(void)view;
	if (id == ANSWER_LATER || local_list_drafts(session->local, &list, NULL) != RC_OK)
		return UI_REDRAW;
	const struct draft *draft = draft_with(&list, id);
	if (draft)
		done = session_take_sala(session, ui, draft->key, id);
	draft_list_release(&list);
	return done;
}

static unsigned ask_begin(struct ui *ui, const struct draft *draft)
{
	const struct ui_choice choices[] = {
		{.text = _("Seguir escribiendo en la Sala"), .id = draft->id},
		{.text = _("Dejarlo para después, en los borradores"), .id = ANSWER_LATER},
	};
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, _("%s: se escribía algo que no llegó a anotarse.\n"), draft->title);
	add_excerpt(&text, draft);
	const struct ui_pick pick = {.label = _("Borrador: "),
				     .text = text.data,
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = picked_begin};
	unsigned done = ui_pick(ui, &pick);
	strbuf_release(&text);
	return done;
}

unsigned session_offer_sala(struct session *session, struct ui *ui)
{
	struct draft_list list = {0};
	unsigned done = UI_NOTHING;
	if (!session->local || list_drafts(session, &list) != RC_OK)
		return UI_NOTHING;
	for (size_t i = 0; i < list.drafts.count && done == UI_NOTHING; i++)
		if (strcmp(list.drafts.items[i].kind, SALA_DRAFT) == 0)
			done = ask_begin(ui, &list.drafts.items[i]);
	draft_list_release(&list);
	return done;
}
