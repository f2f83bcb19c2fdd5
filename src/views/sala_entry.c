/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/editing.h"
#include "nucleo/views/sala_parts.h"

/* What is done with a line of the record. */

/* Composes an operation; `entry` is the one it is about. */
typedef enum rc composer(struct sala *page, const struct resolution *entry, int64_t with,
			 struct operation *operation, struct error *err);

/* Commits what `compose` makes, and says it. The entry stays selected. */
static unsigned change(struct sala *page, struct ui *ui, composer *compose, int64_t with)
{
	const struct resolution *entry = sala_record_selected(page);
	struct operation *operation;
	struct error err;
	unsigned done;
	if (!entry)
		return UI_REDRAW; /* gone meanwhile */
	operation = operation_new();
	sala_record_select(page, entry->key);
	enum rc rc = compose(page, entry, with, operation, &err);
	if (rc != RC_OK)
		done = sala_say(ui, &err);
	else
		rc = sala_commit(page, ui, operation, &done);
	if (rc == RC_OK)
		ui_say(ui, ROLE_NOTICE, _("Hecho; u lo deshace: %s"), operation_words(operation));
	operation_free(operation);
	return done;
}

static enum rc shift(struct sala *page, const struct resolution *entry, int64_t by,
		     struct operation *operation, struct error *err)
{
	return minutes_shift(session_store(page->session), entry->key, (int)by, operation, err);
}

static enum rc join(struct sala *page, const struct resolution *entry, int64_t with,
		    struct operation *operation, struct error *err)
{
	(void)with;
	return minutes_join(session_store(page->session), entry->key, operation, err);
}

static enum rc move_to(struct sala *page, const struct resolution *entry, int64_t item,
		       struct operation *operation, struct error *err)
{
	const struct minutes_place to = {.meeting = page->key, .item = item};
	return minutes_move(session_store(page->session), entry->key, &to, operation, err);
}

static enum rc retype(struct sala *page, const struct resolution *entry, int64_t kind,
		      struct operation *operation, struct error *err)
{
	return minutes_retype(session_store(page->session), entry->key, (int)kind, operation, err);
}

static enum rc hide(struct sala *page, const struct resolution *entry, int64_t with,
		    struct operation *operation, struct error *err)
{
	(void)with;
	return minutes_mark(session_store(page->session), entry->key, !entry->is_private,
			    entry->is_doubt, operation, err);
}

static enum rc doubt(struct sala *page, const struct resolution *entry, int64_t with,
		     struct operation *operation, struct error *err)
{
	(void)with;
	return minutes_mark(session_store(page->session), entry->key, entry->is_private,
			    !entry->is_doubt, operation, err);
}

/* ---- what is asked first */

static unsigned picked_item(struct view *view, struct ui *ui, int64_t id)
{
	return change((struct sala *)view, ui, move_to, id);
}

static unsigned ask_item(struct sala *page, struct ui *ui)
{
	VECTOR(struct ui_choice) choices = {0};
	for (size_t i = 0; i < page->items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->items, i);
		if (item->key != page->shown)
			vector_push(&choices, ((struct ui_choice){.text = item->title,
								  .detail = item->label,
								  .also = item->label,
								  .id = item->key}));
	}
	const struct ui_pick pick = {.label = _("Mover al punto: "),
				     .choices = choices.items,
				     .count = choices.count,
				     .selected = page->current,
				     .picked = picked_item};
	unsigned done = UI_REDRAW;
	if (choices.count)
		done = ui_pick(ui, &pick);
	else
		ui_say(ui, ROLE_DIM, "%s", _("No hay otro punto al cual moverla."));
	vector_release(&choices);
	return done;
}

static unsigned picked_kind(struct view *view, struct ui *ui, int64_t id)
{
	return change((struct sala *)view, ui, retype, id);
}

static unsigned ask_kind(struct ui *ui, const struct resolution *entry)
{
	struct ui_choice choices[ENTRY_UNDERTAKING + 1];
	for (int kind = 0; kind <= ENTRY_UNDERTAKING; kind++)
		choices[kind] = (struct ui_choice){.text = enum_label(&entry_kind_names, kind),
						   .id = kind};
	const struct ui_pick pick = {.label = _("Es: "),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .selected = entry->kind,
				     .picked = picked_kind};
	return ui_pick(ui, &pick);
}

/* ---- a follow-up of the marked sentence */

static int64_t last_marked(const struct sala *page, struct prose_span *mark)
{
	const struct sala_record *record = &page->record;
	for (size_t i = record->entries.count; i-- > 0;) {
		*mark = record->marks.items[i];
		if (mark->length)
			return sala_record_at(page, i)->key;
	}
	return 0;
}

/* Of a selected line without a mark all of it. */
static int64_t selected_sentence(const struct sala *page, struct prose_span *mark)
{
	const struct resolution *entry = sala_record_selected(page);
	if (!entry)
		return 0;
	*mark = page->record.marks.items[page->record.selected];
	if (!mark->length)
		*mark = (struct prose_span){0, strlen(entry->text)};
	return entry->key;
}

static bool add_code(void *context, const void *record)
{
	strbuf_adds(context, ((const struct followup *)record)->id);
	return false;
}

static void say_followup(struct sala *page, struct ui *ui, int64_t followup)
{
	const struct list_query itself = {.key = followup, .limit = 1};
	struct strbuf code;
	strbuf_init(&code);
	if (store_list(session_store(page->session), RECORD_FOLLOWUP, &itself, add_code, &code,
		       NULL) == RC_OK)
		ui_say(ui, ROLE_NOTICE, _("→ acción %s; F8 otra vez la edita"), code.data);
	strbuf_release(&code);
}

static unsigned make_followup(struct sala *page, struct ui *ui, int64_t entry,
			      struct prose_span sentence)
{
	struct operation *operation = operation_new();
	struct error err;
	int64_t followup;
	unsigned done;
	enum rc rc = minutes_add_followup(session_store(page->session), entry, sentence, operation,
					  &followup, &err);
	if (rc != RC_OK)
		done = sala_say(ui, &err);
	else
		rc = sala_commit(page, ui, operation, &done);
	if (rc == RC_OK) {
		page->made_followup = followup;
		say_followup(page, ui, followup);
	}
	operation_free(operation);
	return done;
}

unsigned sala_to_followup(struct sala *page, struct ui *ui)
{
	bool is_selected = page->part == SALA_RECORD;
	struct prose_span sentence = {0, 0};
	int64_t entry =
		is_selected ? selected_sentence(page, &sentence) : last_marked(page, &sentence);
	if (!entry) {
		ui_say(ui, ROLE_DIM, "%s",
		       _("Ninguna frase está marcada en este punto; elija una en lo anotado."));
		return UI_REDRAW;
	}
	if (!session_may_write(page->session, ui, OP_TO_FOLLOWUP))
		return UI_REDRAW;
	sala_record_select(page, is_selected ? entry : 0);
	return make_followup(page, ui, entry, sentence);
}

/* ---- keys */

static unsigned edit(struct sala *page, struct ui *ui, enum op op)
{
	const struct resolution *entry = sala_record_selected(page);
	const struct editing_place place = {
		.kind = RECORD_RESOLUTION,
		.key = entry ? entry->key : 0,
		.makes = {RECORD_KIND_COUNT},
		.context = {.meeting = page->key, .item = page->shown},
	};
	if (entry)
		sala_record_select(page, entry->key);
	return editing_op(page->session, ui, op, &place);
}

/* What came of it, where something did: that is what one looks for there. */
static unsigned open_entry(struct sala *page, struct ui *ui)
{
	const struct resolution *entry = sala_record_selected(page);
	for (size_t i = 0; entry && i < page->followups.count; i++) {
		const struct followup *followup = record_set_at(&page->followups, i);
		if (followup->entry_key == entry->key)
			return ui_open(ui, followup_view_new(page->session, followup->key));
	}
	return edit(page, ui, OP_EDIT);
}

static unsigned change_selected(struct sala *page, struct ui *ui, enum op op)
{
	const struct resolution *entry = sala_record_selected(page);
	switch (op) {
	case OP_MOVE_ENTRY:
		return ask_item(page, ui);
	case OP_RETYPE_ENTRY:
		return ask_kind(ui, entry);
	case OP_RAISE_ENTRY:
		return change(page, ui, shift, -1);
	case OP_LOWER_ENTRY:
		return change(page, ui, shift, 1);
	case OP_SPLIT_ENTRY:
		return sala_ask_split(page, ui, entry);
	case OP_JOIN_ENTRY:
		return change(page, ui, join, 0);
	case OP_HIDE_ENTRY:
		return change(page, ui, hide, 0);
	case OP_DOUBT_ENTRY:
		return change(page, ui, doubt, 0);
	case OP_DECISION:
		return decision_open(page->session, ui, entry->key);
	default:
		return UI_PASS;
	}
}

static bool is_change(enum op op)
{
	return op == OP_MOVE_ENTRY || op == OP_RETYPE_ENTRY || op == OP_RAISE_ENTRY ||
	       op == OP_LOWER_ENTRY || op == OP_SPLIT_ENTRY || op == OP_JOIN_ENTRY ||
	       op == OP_HIDE_ENTRY || op == OP_DOUBT_ENTRY || op == OP_DECISION;
}

unsigned sala_entry_op(struct sala *page, struct ui *ui, enum op op)
{
	const struct resolution *entry = sala_record_selected(page);
	if (sala_record_move(page, op))
		return UI_REDRAW;
	if (op == OP_VERSIONS && entry)
		return ui_open(ui,
			       versions_view_new(page->session, RECORD_RESOLUTION, entry->key));
	if (op == OP_OPEN)
		return open_entry(page, ui);
	if (!is_change(op))
		return edit(page, ui, op);
	if (!entry) {
		ui_say(ui, ROLE_DIM, "%s", _("Aquí no hay nada seleccionado."));
		return UI_REDRAW;
	}
	return session_may_write(page->session, ui, op) ? change_selected(page, ui, op)
							: UI_REDRAW;
}
