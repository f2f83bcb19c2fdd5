/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/form.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/ui/form_parts.h"

struct form *form_of(struct view *view)
{
	return (struct form *)(void *)view;
}

struct form_slot *form_focused(struct form *form)
{
	return form->focus < form->slots.count ? &form->slots.items[form->focus] : NULL;
}

/* ---- values ---- */

const char *slot_value(const struct form_slot *slot)
{
	switch (slot->field.kind) {
	case FORM_LINE:
		return slot->line.text.data;
	case FORM_TEXT:
		return slot->text.text.data;
	case FORM_CHOICE:
	case FORM_LIST:
		break;
	}
	return slot->chosen.data;
}

static void set_value(struct form_slot *slot, const char *text)
{
	switch (slot->field.kind) {
	case FORM_LINE:
		prompt_set(&slot->line, text);
		break;
	case FORM_TEXT:
		editor_replace(&slot->text, text);
		break;
	case FORM_CHOICE:
	case FORM_LIST:
		strbuf_reset(&slot->chosen);
		strbuf_adds(&slot->chosen, text);
		break;
	}
}

const char *form_value(const struct form *form, size_t field)
{
	return slot_value(&form->slots.items[field]);
}

static bool is_changed(const struct form_slot *slot)
{
	return strcmp(slot_value(slot), slot->initial.data) != 0;
}

bool form_field_is_changed(const struct form *form, size_t field)
{
	return is_changed(&form->slots.items[field]);
}

bool form_is_changed(const struct form *form)
{
	size_t i = 0;
	while (i < form->slots.count && !is_changed(&form->slots.items[i]))
		i++;
	return i < form->slots.count;
}

void form_set_value(struct form *form, size_t field, const char *text)
{
	set_value(&form->slots.items[field], text);
	form_has_changed(form, field);
}

void form_set_stored(struct form *form, size_t field, const char *text)
{
	struct form_slot *slot = &form->slots.items[field];
	bool follows = !is_changed(slot);
	strbuf_reset(&slot->initial);
	strbuf_adds(&slot->initial, text);
	if (follows)
		set_value(slot, text);
}

void form_set_note(struct form *form, size_t field, const char *note)
{
	struct form_slot *slot = &form->slots.items[field];
	strbuf_reset(&slot->note);
	strbuf_adds(&slot->note, note ? note : "");
	slot->notes_result = false;
}

void form_set_result(struct form *form, size_t field, const char *result)
{
	form_set_note(form, field, result);
	form->slots.items[field].notes_result = true;
}

void form_set_choices(struct form *form, size_t field, const struct form_choice *choices,
		      size_t count)
{
	form->slots.items[field].field.choices = choices;
	form->slots.items[field].field.choice_count = count;
}

void form_set_hidden(struct form *form, size_t field, bool hidden)
{
	form->slots.items[field].hidden = hidden;
	if (form->focus == field && hidden)
		form->focus = form_visible_from(form, field, false);
}

/* ---- what is wrong ---- */

static void set_fault(struct form_slot *slot, const char *message)
{
	strbuf_reset(&slot->fault);
	strbuf_adds(&slot->fault, message);
}

bool form_check(struct form *form, size_t field)
{
	struct form_slot *slot = &form->slots.items[field];
	struct error err;
	const char *value = slot_value(slot);
	bool is_empty = !value[strspn(value, " \n")];
	set_fault(slot, "");
	if (slot->hidden)
		return true;
	if (is_empty && slot->field.is_required)
		set_fault(slot, _("Falta este dato."));
	else if (form->setup.check &&
		 form->setup.check(form->setup.context, form, field, &err) != RC_OK)
		set_fault(slot, err.text);
	return !slot->fault.length;
}

void form_has_changed(struct form *form, size_t field)
{
	if (form->slots.items[field].fault.length)
		(void)form_check(form, field);
	if (form->setup.changed)
		form->setup.changed(form->setup.context, form, field);
}

unsigned form_refuse(struct form *form, struct ui *ui, size_t field, const char *message)
{
	form->is_writing = false;
	form->focus = field;
	set_fault(&form->slots.items[field], message);
	ui_say(ui, ROLE_ERROR, "%s: %s", form->slots.items[field].field.label, message);
	return UI_REDRAW;
}

/* ---- moving ---- */

size_t form_visible_from(const struct form *form, size_t slot, bool backwards)
{
	size_t at = slot;
	while (at < form->slots.count && form->slots.items[at].hidden)
		at = backwards ? at - 1 : at + 1; /* before the first is beyond the last */
	return at < form->slots.count ? at : form->slots.count;
}

/* A field that is passed empty is not wrong yet; one that was filled in may be. */
static void judge_left(struct form *form)
{
	struct form_slot *slot = form_focused(form);
	if (slot && *slot_value(slot))
		(void)form_check(form, form->focus);
}

void form_go(struct form *form, size_t slot)
{
	form->is_writing = false;
	if (slot == form->focus)
		return;
	judge_left(form);
	form->focus = slot;
}

/* Behind the last field is the line that saves; there both directions end. */
static unsigned step(struct form *form, bool backwards)
{
	if (!backwards && form->focus < form->slots.count) {
		form_go(form, form_visible_from(form, form->focus + 1, false));
	} else if (backwards && form->focus) {
		size_t before = form_visible_from(form, form->focus - 1, true);
		form_go(form, before == form->slots.count ? form->focus : before);
	}
	form->is_writing = false;
	return UI_REDRAW;
}

static unsigned go_to_end(struct form *form, bool backwards)
{
	form_go(form, backwards ? form_visible_from(form, 0, false) : form->slots.count);
	return UI_REDRAW;
}

/* ---- saving and leaving ---- */

static unsigned say_wrong(struct form *form, struct ui *ui, size_t first)
{
	const struct form_slot *slot = &form->slots.items[first];
	form->is_writing = false;
	form->focus = first;
	ui_say(ui, ROLE_ERROR, _("No se guardó. %s: %s"), slot->field.label, slot->fault.data);
	return UI_REDRAW;
}

static unsigned save(struct form *form, struct ui *ui)
{
	size_t first_wrong = form->slots.count;
	for (size_t i = form->slots.count; i-- > 0;)
		if (!form_check(form, i))
			first_wrong = i;
	if (first_wrong < form->slots.count)
		return say_wrong(form, ui, first_wrong);
	return form->setup.save(form->setup.context, ui, form);
}

enum { LEAVE_STAY, LEAVE_SAVE, LEAVE_DISCARD };

static unsigned picked_leave(struct view *view, struct ui *ui, int64_t id)
{
	struct form *form = form_of(view);
	if (id == LEAVE_STAY)
		return UI_REDRAW;
	if (id == LEAVE_SAVE)
		return save(form, ui);
	if (form->setup.discarded)
		form->setup.discarded(form->setup.context, form);
	return UI_CLOSE;
}

static void add_changed_labels(const struct form *form, struct strbuf *out)
{
	bool first = true;
	for (size_t i = 0; i < form->slots.count; i++) {
		if (!is_changed(&form->slots.items[i]))
			continue;
		strbuf_addf(out, "%s%s", first ? "" : ", ", form->slots.items[i].field.label);
		first = false;
	}
}

static unsigned leave(struct form *form, struct ui *ui)
{
	const struct ui_choice choices[] = {
		{.text = _("Seguir escribiendo"), .id = LEAVE_STAY},
		{.text = _("Guardar"), .id = LEAVE_SAVE},
		{.text = _("Dejarlo sin guardar"), .id = LEAVE_DISCARD},
	};
	struct strbuf text;
	if (!form_is_changed(form))
		return UI_CLOSE;
	strbuf_init(&text);
	strbuf_adds(&text, _("Hay cambios sin guardar: "));
	add_changed_labels(form, &text);
	unsigned consequences = ui_pick(ui, &(struct ui_pick){
						     .label = _("Salir: "),
						     .text = text.data,
						     .choices = choices,
						     .count = ARRAY_COUNT(choices),
						     .picked = picked_leave,
					     });
	strbuf_release(&text);
	return consequences;
}

/* ---- keys ---- */

static void say_full(struct ui *ui)
{
	ui_say(ui, ROLE_WARNING, "%s", _("No cabe más en este campo; lo que sobra no se tomó."));
}

static unsigned type_line(struct form *form, struct ui *ui, const char *text)
{
	struct form_slot *slot = form_focused(form);
	size_t limit = slot->field.limit ? slot->field.limit : PROMPT_MAX;
	size_t length = slot->line.text.length, room = limit > length ? limit - length : 0;
	struct strbuf clean;
	strbuf_init(&clean);
	utf8_add_clean(&clean, text, strlen(text));
	if (clean.length > room) {
		strbuf_truncate(&clean, utf8_valid_prefix(clean.data, room));
		say_full(ui);
	}
	if (clean.length) {
		prompt_insert(&slot->line, clean.data);
		form_has_changed(form, form->focus);
	}
	strbuf_release(&clean);
	return UI_REDRAW;
}

static unsigned type_text(struct form *form, struct ui *ui, const char *text)
{
	struct form_slot *slot = form_focused(form);
	form->is_writing = true;
	editor_insert(&slot->text, text);
	if (slot->text.is_full)
		say_full(ui);
	form_has_changed(form, form->focus);
	return UI_REDRAW;
}

static unsigned form_type(struct view *view, struct ui *ui, const char *text)
{
	struct form *form = form_of(view);
	const struct form_slot *slot = form_focused(form);
	if (!slot)
		return UI_PASS;
	switch (slot->field.kind) {
	case FORM_LINE:
		return type_line(form, ui, text);
	case FORM_TEXT:
		return type_text(form, ui, text);
	case FORM_CHOICE:
	case FORM_LIST:
		break;
	}
	return form_choose(form, ui, text);
}

static unsigned accept(struct form *form, struct ui *ui)
{
	const struct form_slot *slot = form_focused(form);
	if (!slot)
		return save(form, ui);
	if (slot->field.kind == FORM_CHOICE || slot->field.kind == FORM_LIST)
		return form_choose(form, ui, "");
	if (slot->field.kind == FORM_TEXT) {
		form->is_writing = true;
		return UI_REDRAW;
	}
	if (form_visible_from(form, form->focus + 1, false) == form->slots.count)
		return save(form, ui);
	return step(form, false);
}

/* Does an op of the text in the field; false when it is not one. */
static bool edit(struct form *form, enum op op)
{
	struct form_slot *slot = form_focused(form);
	if (!slot)
		return false;
	if (slot->field.kind == FORM_LINE) {
		size_t length = slot->line.text.length;
		if (!prompt_op(&slot->line, op))
			return false;
		if (slot->line.text.length != length)
			form_has_changed(form, form->focus);
		return true;
	}
	bool erases = op == OP_ERASE_BACK || op == OP_ERASE_HERE || op == OP_ERASE_LINE;
	if (slot->field.kind == FORM_TEXT || !erases || !form_unchoose(slot))
		return false;
	form_has_changed(form, form->focus);
	return true;
}

static unsigned picked_nothing(struct view *view, struct ui *ui, int64_t id)
{
	(void)view;
	(void)ui;
	(void)id;
	return UI_REDRAW;
}

/* Where the text lies that could not be taken has to be read whole. */
static unsigned show_failure(struct ui *ui, const char *message)
{
	const struct ui_choice choice = {.text = _("Volver al formulario")};
	return ui_pick(ui, &(struct ui_pick){.label = _("Editor: "),
					     .text = message,
					     .choices = &choice,
					     .count = 1,
					     .picked = picked_nothing});
}

static unsigned write_outside(struct form *form, struct ui *ui)
{
	struct form_slot *slot = form_focused(form);
	unsigned consequences = UI_REDRAW;
	struct strbuf text;
	struct error err;
	if (!slot || slot->field.kind != FORM_TEXT) {
		ui_say(ui, ROLE_DIM, "%s", _("El otro editor es para los textos largos."));
		return UI_REDRAW;
	}
	strbuf_init(&text);
	strbuf_adds(&text, slot->text.text.data);
	if (ui_edit_outside(ui, &text, slot->text.limit, &err) != RC_OK) {
		consequences = show_failure(ui, err.text);
	} else if (strcmp(text.data, slot->text.text.data) != 0) {
		editor_replace(&slot->text, text.data);
		form_has_changed(form, form->focus);
	}
	strbuf_release(&text);
	return consequences;
}

static unsigned write_op(struct form *form, struct ui *ui, enum op op)
{
	struct editor *editor = &form_focused(form)->text;
	char *before = mem_strdup(editor->text.data);
	unsigned consequences = UI_REDRAW;
	if (op == OP_END_TEXT)
		form->is_writing = false;
	else if (!editor_op(editor, op))
		consequences = UI_PASS;
	if (editor->is_full)
		say_full(ui);
	if (strcmp(before, editor->text.data) != 0)
		form_has_changed(form, form->focus);
	free(before);
	return consequences;
}

static unsigned form_op(struct view *view, struct ui *ui, enum op op)
{
	struct form *form = form_of(view);
	switch (op) {
	case OP_SAVE:
		return save(form, ui);
	case OP_NEXT_FIELD:
	case OP_PREVIOUS_FIELD:
		return step(form, op == OP_PREVIOUS_FIELD);
	case OP_OTHER_EDITOR:
		return write_outside(form, ui);
	default:
		break;
	}
	if (form->is_writing)
		return write_op(form, ui, op);
	switch (op) {
	case OP_UP:
	case OP_DOWN:
		return step(form, op == OP_UP);
	case OP_PAGE_UP:
	case OP_PAGE_DOWN:
		return go_to_end(form, op == OP_PAGE_UP);
	case OP_ACCEPT:
		return accept(form, ui);
	case OP_CANCEL:
		return leave(form, ui);
	default:
		return edit(form, op) ? UI_REDRAW : UI_PASS;
	}
}

/* ---- the mouse ---- */

/* What a double click opens: not a line, where one click has put the cursor. */
static bool form_point(struct view *view, int row, int column)
{
	struct form *form = form_of(view);
	if (form->is_writing)
		return editor_point(&form_focused(form)->text, row, column) && false;
	if (region_holds(form->save_place, row, column)) {
		form_go(form, form->slots.count);
		return true;
	}
	for (size_t i = 0; i < form->slots.count; i++) {
		struct form_slot *slot = &form->slots.items[i];
		if (!region_holds(slot->place, row, column))
			continue;
		form_go(form, i);
		if (slot->field.kind == FORM_LINE && region_holds(slot->value_place, row, column))
			prompt_point(&slot->line, slot->value_place, column);
		return slot->field.kind != FORM_LINE;
	}
	return false;
}

/* ---- the page ---- */

static enum context form_context(const struct view *view)
{
	return ((const struct form *)(const void *)view)->is_writing ? CONTEXT_EDITOR
								     : CONTEXT_FORM;
}

static void form_title(const struct view *view, struct strbuf *out)
{
	strbuf_adds(out, ((const struct form *)(const void *)view)->title.data);
}

static void form_sentence(const struct view *view, struct strbuf *out)
{
	strbuf_adds(out, ((const struct form *)(const void *)view)->sentence.data);
}

/* What one has typed is not read from anywhere; what it is compared with may have changed. */
static enum rc form_load(struct view *view, struct ui *ui, struct error *err)
{
	struct form *form = form_of(view);
	(void)err;
	if (form->setup.refreshed)
		form->setup.refreshed(form->setup.context, ui, form);
	return RC_OK;
}

static void release_slot(struct form_slot *slot)
{
	prompt_release(&slot->line);
	editor_release(&slot->text);
	strbuf_release(&slot->chosen);
	strbuf_release(&slot->initial);
	strbuf_release(&slot->note);
	strbuf_release(&slot->fault);
}

static void form_close(struct view *view)
{
	struct form *form = form_of(view);
	if (form->setup.release)
		form->setup.release(form->setup.context);
	for (size_t i = 0; i < form->slots.count; i++)
		release_slot(&form->slots.items[i]);
	vector_release(&form->slots);
	strbuf_release(&form->title);
	strbuf_release(&form->sentence);
	strbuf_release(&form->pick_label);
	free(form);
}

static void add_slot(struct form *form, const struct form_field *field)
{
	struct form_slot *slot = vector_add(&form->slots);
	slot->field = *field;
	prompt_init(&slot->line);
	editor_init(&slot->text, field->limit);
	strbuf_init(&slot->chosen);
	strbuf_init(&slot->initial);
	strbuf_init(&slot->note);
	strbuf_init(&slot->fault);
	if (field->value)
		set_value(slot, field->value);
	strbuf_adds(&slot->initial, slot_value(slot));
	if (field->draft)
		set_value(slot, field->draft);
	if (field->kind == FORM_TEXT)
		editor_set(&slot->text, slot->text.text.data);
}

struct view *form_view_new(const struct form_setup *setup)
{
	static const struct view_class class = {
		.name = "form",
		.context_now = form_context,
		.title = form_title,
		.sentence = form_sentence,
		.load = form_load,
		.draw = form_draw,
		.op = form_op,
		.type = form_type,
		.point = form_point,
		.close = form_close,
	};
	struct form *form = mem_alloc_zero(1, sizeof(*form));
	form->view.class = &class;
	form->setup = *setup;
	form->focus = setup->first;
	strbuf_init(&form->title);
	strbuf_init(&form->sentence);
	strbuf_init(&form->pick_label);
	strbuf_adds(&form->title, setup->title);
	strbuf_adds(&form->sentence, setup->sentence ? setup->sentence : "");
	for (size_t i = 0; i < setup->count; i++)
		add_slot(form, &setup->fields[i]);
	form->setup.fields = NULL;
	return &form->view;
}
