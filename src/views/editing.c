/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/editing.h"

#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/operation.h"
#include "nucleo/store/record_set.h"
#include "nucleo/views/editing_parts.h"

/* Of one kind, on one page: more is found where that kind has a list. */
enum { PARTS_MAX = 500, PART_KINDS_MAX = 4 };

void editing_free(struct editing *editing)
{
	if (!editing)
		return;
	vector_release(&editing->targets);
	draft_list_release(&editing->drafts);
	operation_free(editing->removal);
	free(editing);
}

void editing_begin(struct session *session)
{
	editing_free(session->editing);
	session->editing = mem_alloc_zero(1, sizeof(*session->editing));
}

unsigned editing_say(struct ui *ui, const struct error *err)
{
	ui_say(ui, ROLE_ERROR, "%s", err->text);
	return UI_REDRAW;
}

/* ---- which record */

static unsigned do_it(struct session *session, struct ui *ui, struct editing_target target)
{
	return session->editing->op == OP_REMOVE ? editing_remove(session, ui, target)
						 : editing_open(session, ui, target);
}

static unsigned picked(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	(void)view;
	return do_it(session, ui, session->editing->targets.items[id]);
}

/* Choices whose texts are owned until they were asked about. */
struct choosing {
	struct editing *editing;
	enum record_kind_id kind;
	VECTOR(char *) texts;
};

static void add_choice(struct choosing *choosing, struct editing_target target, char *text)
{
	vector_push(&choosing->editing->targets, target);
	vector_push(&choosing->texts, text);
}

static unsigned ask_which(struct choosing *choosing, struct ui *ui, const char *label)
{
	VECTOR(struct ui_choice) choices = {0};
	for (size_t i = 0; i < choosing->texts.count; i++)
		vector_push(&choices, ((struct ui_choice){.text = choosing->texts.items[i],
							  .id = (int64_t)i}));
	const struct ui_pick pick = {.label = label,
				     .choices = choices.items,
				     .count = choices.count,
				     .picked = picked};
	unsigned done = ui_pick(ui, &pick);
	vector_release(&choices);
	return done;
}

static void release_choices(struct choosing *choosing)
{
	for (size_t i = 0; i < choosing->texts.count; i++)
		free(choosing->texts.items[i]);
	vector_release(&choosing->texts);
}

struct record_key {
	RECORD_HEAD;
};

static bool add_record(void *context, const void *record)
{
	struct choosing *choosing = context;
	struct strbuf text;
	strbuf_init(&text);
	editing_add_label(&text, choosing->kind, record);
	add_choice(choosing,
		   (struct editing_target){choosing->kind,
					   ((const struct record_key *)record)->key},
		   strbuf_detach(&text));
	return true;
}

static enum rc add_records(struct session *session, struct choosing *choosing,
			   const struct list_query *query, struct error *err)
{
	return store_list(session_store(session), choosing->kind, query, add_record, choosing,
			  err);
}

/* The record of the page, then its parts. */
static enum rc add_page(struct session *session, struct choosing *choosing, struct error *err)
{
	const struct editing_place *place = &choosing->editing->place;
	const struct editing_target whole = {place->kind, place->key};
	enum record_kind_id parts[PART_KINDS_MAX];
	size_t count = editing_parts_of(place->kind, parts, ARRAY_COUNT(parts));
	struct list_query itself = {.key = place->key, .limit = 1};
	struct list_query query = {.limit = PARTS_MAX};
	editing_restrict(&query, &whole);
	choosing->kind = place->kind;
	enum rc rc = add_records(session, choosing, &itself, err);
	for (size_t i = 0; i < count && rc == RC_OK; i++) {
		choosing->kind = parts[i];
		rc = add_records(session, choosing, &query, err);
	}
	return rc;
}

static unsigned choose_part(struct session *session, struct ui *ui)
{
	struct choosing choosing = {.editing = session->editing};
	struct error err;
	unsigned done;
	if (add_page(session, &choosing, &err) != RC_OK)
		done = editing_say(ui, &err);
	else if (choosing.texts.count == 1)
		done = do_it(session, ui, choosing.editing->targets.items[0]);
	else
		done = ask_which(&choosing, ui,
				 choosing.editing->op == OP_REMOVE ? _("Quitar: ") : _("Editar: "));
	release_choices(&choosing);
	return done;
}

static unsigned choose_record(struct session *session, struct ui *ui)
{
	const struct editing_place *place = &session->editing->place;
	if (!place->key) {
		ui_say(ui, ROLE_DIM, "%s", _("Aquí no hay nada seleccionado."));
		return UI_REDRAW;
	}
	if (place->kind == RECORD_KIND_COUNT || !record_edit_knows(place->kind)) {
		ui_say(ui, ROLE_DIM, "%s", _("Esto no se edita aquí."));
		return UI_REDRAW;
	}
	return place->is_page ? choose_part(session, ui)
			      : do_it(session, ui,
				      (struct editing_target){place->kind, place->key});
}

/* ---- which kind */

static unsigned choose_kind(struct session *session, struct ui *ui)
{
	const struct editing_place *place = &session->editing->place;
	struct choosing choosing = {.editing = session->editing};
	unsigned done = UI_REDRAW;
	for (size_t i = 0; i < EDITING_MAKES_MAX && place->makes[i] != RECORD_KIND_COUNT; i++)
		if (record_edit_knows(place->makes[i]))
			add_choice(&choosing, (struct editing_target){place->makes[i], 0},
				   mem_strdup(editing_new_title(place->makes[i])));
	if (!choosing.texts.count)
		ui_say(ui, ROLE_DIM, "%s", _("Aquí no se agrega nada."));
	else if (choosing.texts.count == 1)
		done = do_it(session, ui, choosing.editing->targets.items[0]);
	else
		done = ask_which(&choosing, ui, _("Agregar: "));
	release_choices(&choosing);
	return done;
}

/* ---- the keys */

unsigned editing_op(struct session *session, struct ui *ui, enum op op,
		    const struct editing_place *place)
{
	if (op != OP_EDIT && op != OP_NEW && op != OP_NEW_FOLLOWUP && op != OP_REMOVE)
		return UI_PASS;
	/* Before anybody types for nothing. */
	if (!session_may_write(session, ui, op))
		return UI_REDRAW;
	editing_begin(session);
	session->editing->op = op;
	session->editing->place = *place;
	if (op == OP_NEW_FOLLOWUP)
		return do_it(session, ui, (struct editing_target){RECORD_FOLLOWUP, 0});
	return op == OP_NEW ? choose_kind(session, ui) : choose_record(session, ui);
}

unsigned editing_page_op(struct session *session, struct ui *ui, enum op op,
			 enum record_kind_id kind, int64_t key)
{
	struct editing_place place = {.kind = kind, .key = key, .is_page = true};
	place.context.commitment = kind == RECORD_COMMITMENT ? key : 0;
	place.context.organization = kind == RECORD_ORGANIZATION ? key : 0;
	editing_page_makes(kind, place.makes);
	return editing_op(session, ui, op, &place);
}
