/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/views/editing_parts.h"

/* What was typed and not saved, because the program died or the person left it so. */

/* How much of what was typed is shown, to tell drafts apart. */
enum { EXCERPT_COLUMNS = 60 };
/* Answers that are no draft's place in the list. */
enum { ANSWER_BEGIN = -1, ANSWER_DISCARD = -2 };

static const struct record_kind *kind_of(const struct draft *draft)
{
	const struct record_kind *kind = record_kind_named(draft->kind);
	return kind && record_edit_knows(kind->id) ? kind : NULL;
}

/* Of the line of a meeting, which is of no record. */
static bool is_of_sala(const struct draft *draft)
{
	return strcmp(draft->kind, SALA_DRAFT) == 0;
}

/* Of how the group decided something, whose key is that of the entry. */
static bool is_of_decision(const struct draft *draft)
{
	return strcmp(draft->kind, DECISION_DRAFT) == 0;
}

static bool is_known(const struct draft *draft)
{
	return kind_of(draft) || is_of_sala(draft) || is_of_decision(draft);
}

/* The drafts that are about `target`, or all. */
static enum rc find(struct session *session, const struct editing_target *target,
		    struct error *err)
{
	struct draft_list all = {0};
	struct editing *editing = session->editing;
	draft_list_release(&editing->drafts);
	if (!session->local)
		return RC_OK;
	enum rc rc = local_list_drafts(session->local, &all, err);
	for (size_t i = 0; i < all.drafts.count; i++) {
		struct draft *draft = &all.drafts.items[i];
		const struct record_kind *kind = kind_of(draft);
		bool is_sought = kind && target && kind->id == target->kind &&
				 draft->key == target->key;
		if (is_sought || (!target && is_known(draft)))
			vector_push(&editing->drafts.drafts, *draft);
		else
			draft_release(draft);
	}
	vector_release(&all.drafts);
	return rc;
}

/* From where it differs from what is stored: what comes before says nothing new. */
static const char *new_part(const struct draft_text *text)
{
	size_t same = 0;
	while (text->text[same] && text->text[same] == text->was[same])
		same++;
	while (same && ((unsigned char)text->text[same] & 0xC0) == 0x80)
		same--;
	return text->text + same;
}

/* The longest new text says most of what it was. */
static void add_excerpt(struct strbuf *out, const struct draft *draft)
{
	const char *longest = "";
	struct strbuf line;
	for (size_t i = 0; i < draft->texts.count; i++) {
		const char *part = new_part(&draft->texts.items[i]);
		if (strlen(part) > strlen(longest))
			longest = part;
	}
	strbuf_init(&line);
	strbuf_adds(&line, longest);
	for (char *at = line.data; *at; at++)
		if (*at == '\n' || *at == '\t')
			*at = ' ';
	strbuf_trim(&line);
	strbuf_adds(out, "«");
	utf8_fit(out, line.data, EXCERPT_COLUMNS);
	strbuf_adds(out, "»");
	strbuf_release(&line);
}

/* "acción S-2023-014 · 15h42:07 · «Entregar los da…»" */
static void add_line(struct strbuf *out, const struct draft *draft)
{
	strbuf_addf(out, "%s · ", draft->title);
	clock_add_local(out, draft->at);
	strbuf_adds(out, " · ");
	add_excerpt(out, draft);
}

/* ---- taking it up again, or not */

static unsigned open_form(struct session *session, struct ui *ui, const struct draft *draft)
{
	struct editing *editing = session->editing;
	const struct record_form_start start = {
		.target = editing->target, .context = &editing->place.context, .draft = draft};
	struct error err;
	enum rc rc = draft ? local_take_draft(session->local, draft->id, &err) : RC_OK;
	if (rc == RC_OK) {
		rc = record_form_open(session, ui, &start, &err);
		/* It can still be read in the list. */
		if (rc != RC_OK && draft)
			(void)!local_leave_draft(session->local, draft->id, NULL);
	}
	session_count_drafts(session);
	return rc == RC_OK ? UI_REDRAW : editing_say(ui, &err);
}

static enum rc discard(struct session *session, struct error *err)
{
	const struct draft *draft = &session->editing->drafts.drafts.items[0];
	enum rc rc = local_remove_draft(session->local, draft->id, err);
	session_count_drafts(session);
	return rc;
}

static unsigned answered(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	struct error err;
	(void)view;
	if (id >= 0)
		return open_form(session, ui, &session->editing->drafts.drafts.items[id]);
	if (id == ANSWER_DISCARD && discard(session, &err) != RC_OK)
		return editing_say(ui, &err);
	return open_form(session, ui, NULL);
}

/* Choices with the lines of drafts, owned until they were asked about. */
struct offer {
	VECTOR(struct ui_choice) choices;
	VECTOR(char *) lines;
};

static void add_drafts(struct offer *offer, const struct draft_list *list, const char *before)
{
	for (size_t i = 0; i < list->drafts.count; i++) {
		struct strbuf line;
		strbuf_init(&line);
		strbuf_adds(&line, before);
		add_line(&line, &list->drafts.items[i]);
		char *text = strbuf_detach(&line);
		vector_push(&offer->lines, text);
		vector_push(&offer->choices,
			    ((struct ui_choice){.text = text, .id = (int64_t)i}));
	}
}

static unsigned ask_offer(struct offer *offer, struct ui *ui, struct ui_pick pick)
{
	pick.choices = offer->choices.items;
	pick.count = offer->choices.count;
	unsigned done = ui_pick(ui, &pick);
	for (size_t i = 0; i < offer->lines.count; i++)
		free(offer->lines.items[i]);
	vector_release(&offer->lines);
	vector_release(&offer->choices);
	return done;
}

static unsigned ask(struct ui *ui, const struct draft_list *list)
{
	struct offer offer = {0};
	const struct ui_choice discard_it = {.text = _("Descartarlo y comenzar por lo guardado"),
					     .id = ANSWER_DISCARD};
	const struct ui_choice later = {
		.text = _("Dejarlo para después y comenzar por lo guardado"), .id = ANSWER_BEGIN};
	add_drafts(&offer, list, _("Recuperar "));
	if (list->drafts.count == 1)
		vector_push(&offer.choices, discard_it);
	vector_push(&offer.choices, later);
	return ask_offer(&offer, ui,
			 (struct ui_pick){.label = _("Borrador: "),
					  .text = _("Aquí se escribió algo que no se guardó."),
					  .picked = answered});
}

unsigned editing_open(struct session *session, struct ui *ui, struct editing_target target)
{
	struct error err;
	session->editing->target = target;
	if (find(session, &target, &err) != RC_OK)
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	return session->editing->drafts.drafts.count ? ask(ui, &session->editing->drafts)
						     : open_form(session, ui, NULL);
}

/* ---- all of them */

static const char *label_of(const struct draft *draft, const char *name)
{
	if (is_of_decision(draft))
		return decision_draft_label(name);
	const struct field *field = record_field_named(kind_of(draft), name);
	return field && field->label ? _(field->label) : name;
}

/* What was written in each field, to be read before it goes. */
static void add_texts(struct strbuf *out, const struct draft *draft)
{
	add_line(out, draft);
	for (size_t i = 0; i < draft->texts.count; i++) {
		const struct draft_text *text = &draft->texts.items[i];
		if (is_of_sala(draft))
			strbuf_addf(out, "\n%s", text->text);
		else if (strcmp(text->text, text->was) != 0)
			strbuf_addf(out, "\n%s: %s", label_of(draft, text->name), text->text);
	}
}

static unsigned decided(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	struct error err;
	(void)view;
	if (id >= 0 && !session_may_write(session, ui, OP_DRAFTS))
		return UI_REDRAW;
	const struct draft *draft = &session->editing->drafts.drafts.items[0];
	if (id >= 0 && is_of_sala(draft))
		return session_take_sala(session, ui, draft->key, draft->id);
	if (id >= 0 && is_of_decision(draft))
		return decision_take_up(session, ui, draft->key, draft->id);
	if (id >= 0)
		return open_form(session, ui, draft);
	if (id != ANSWER_DISCARD)
		return UI_REDRAW;
	if (discard(session, &err) != RC_OK)
		return editing_say(ui, &err);
	ui_say(ui, ROLE_NOTICE, "%s", _("El borrador se descartó."));
	return UI_REDRAW;
}

static unsigned decide(struct ui *ui, const struct draft *draft)
{
	const struct ui_choice choices[] = {
		{.text = is_of_sala(draft) ? _("Seguir escribiendo en la Sala")
					   : _("Recuperarlo en su formulario"),
		 .id = 0},
		{.text = _("Dejarlo como está"), .id = ANSWER_BEGIN},
		{.text = _("Descartarlo: no vuelve"), .id = ANSWER_DISCARD},
	};
	struct strbuf text;
	strbuf_init(&text);
	add_texts(&text, draft);
	const struct ui_pick pick = {.label = _("Borrador: "),
				     .text = text.data,
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = decided};
	unsigned done = ui_pick(ui, &pick);
	strbuf_release(&text);
	return done;
}

/* Only the one chosen stays in the list. */
static unsigned chosen(struct view *view, struct ui *ui, int64_t id)
{
	struct editing *editing = ((struct session *)ui_context(ui))->editing;
	struct draft_list *list = &editing->drafts;
	(void)view;
	for (size_t i = 0; i < list->drafts.count; i++)
		if (i != (size_t)id)
			draft_release(&list->drafts.items[i]);
	list->drafts.items[0] = list->drafts.items[id];
	list->drafts.count = 1;
	const struct draft *draft = &list->drafts.items[0];
	if (kind_of(draft))
		editing->target = (struct editing_target){kind_of(draft)->id, draft->key};
	return decide(ui, draft);
}

static unsigned choose(struct ui *ui, const struct draft_list *list)
{
	struct offer offer = {0};
	add_drafts(&offer, list, "");
	return ask_offer(&offer, ui,
			 (struct ui_pick){.label = _("Borradores: "), .picked = chosen});
}

unsigned editing_list_drafts(struct session *session, struct ui *ui)
{
	struct error err;
	editing_begin(session);
	if (find(session, NULL, &err) != RC_OK)
		return editing_say(ui, &err);
	if (session->editing->drafts.drafts.count)
		return choose(ui, &session->editing->drafts);
	ui_say(ui, ROLE_DIM, "%s", _("No hay textos sin guardar."));
	return UI_REDRAW;
}
