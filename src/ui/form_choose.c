/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/ui/form_parts.h"

/* The choice that leaves a field empty. */
#define CHOICE_NONE (-1)

/* ---- what is chosen ---- */

static const struct form_choice *choice_with(const struct form_slot *slot, const char *value,
					     size_t length)
{
	for (size_t i = 0; i < slot->field.choice_count; i++) {
		const struct form_choice *choice = &slot->field.choices[i];
		if (strncmp(choice->value, value, length) == 0 && !choice->value[length])
			return choice;
	}
	return NULL;
}

/* The length of the value that `values` begins with. */
static size_t value_length(const struct form_slot *slot, const char *values)
{
	return slot->field.kind == FORM_LIST ? strcspn(values, ",") : strlen(values);
}

/* Where a value stands in the field; NULL: nowhere. */
static const char *find_value(const struct form_slot *slot, const char *value)
{
	const char *at = slot->chosen.data;
	size_t length;
	for (; *at; at += length + (at[length] == ',')) {
		length = value_length(slot, at);
		if (length == strlen(value) && memcmp(at, value, length) == 0)
			return at;
	}
	return NULL;
}

void slot_add_shown(const struct form_slot *slot, struct strbuf *out)
{
	const char *at = slot_value(slot);
	if (slot->field.kind == FORM_LINE || slot->field.kind == FORM_TEXT) {
		strbuf_adds(out, at);
		return;
	}
	for (size_t length; *at; at += length + (at[length] == ',')) {
		length = value_length(slot, at);
		const struct form_choice *choice = choice_with(slot, at, length);
		if (at != slot->chosen.data)
			strbuf_adds(out, ", ");
		if (choice)
			strbuf_adds(out, choice->text);
		else
			strbuf_add(out, at, length);
	}
}

bool form_unchoose(struct form_slot *slot)
{
	const char *comma = slot->field.kind == FORM_LIST ? strrchr(slot->chosen.data, ',') : NULL;
	if (!slot->chosen.length)
		return false;
	strbuf_truncate(&slot->chosen, comma ? (size_t)(comma - slot->chosen.data) : 0);
	return true;
}

/* Takes a value out that is in the list, with the comma on one side of it. */
static void take_out(struct form_slot *slot, const char *at, size_t length)
{
	struct strbuf rest;
	size_t start = (size_t)(at - slot->chosen.data), end = start + length;
	if (slot->chosen.data[end] == ',')
		end++;
	else if (start)
		start--;
	strbuf_init(&rest);
	strbuf_add(&rest, slot->chosen.data, start);
	strbuf_adds(&rest, slot->chosen.data + end);
	strbuf_release(&slot->chosen);
	slot->chosen = rest;
}

/* One that is in the list already is taken out again. */
static void choose(struct form_slot *slot, const char *value)
{
	const char *there = slot->field.kind == FORM_LIST ? find_value(slot, value) : NULL;
	if (there) {
		take_out(slot, there, strlen(value));
		return;
	}
	if (slot->field.kind == FORM_CHOICE)
		strbuf_reset(&slot->chosen);
	else if (slot->chosen.length)
		strbuf_addch(&slot->chosen, ',');
	strbuf_adds(&slot->chosen, value);
}

/* ---- asking ---- */

/* One goes on to the next field, or to the next of a list. */
static unsigned picked(struct view *view, struct ui *ui, int64_t id)
{
	struct form *form = form_of(view);
	struct form_slot *slot = form_focused(form);
	size_t field = form->focus;
	(void)ui;
	if (id == CHOICE_NONE)
		strbuf_reset(&slot->chosen);
	else if ((size_t)id < slot->field.choice_count) /* its owner may have others by now */
		choose(slot, slot->field.choices[id].value);
	form_has_changed(form, field);
	if (slot->field.kind == FORM_CHOICE)
		form_go(form, form_visible_from(form, field + 1, false));
	return UI_REDRAW;
}

typedef VECTOR(struct ui_choice) choices;

static void add_choices(const struct form_slot *slot, choices *out)
{
	const struct ui_choice none = {.text = _("(dejarlo vacío)"), .id = CHOICE_NONE};
	for (size_t i = 0; i < slot->field.choice_count; i++) {
		const struct form_choice *from = &slot->field.choices[i];
		bool listed = slot->field.kind == FORM_LIST && find_value(slot, from->value);
		struct ui_choice choice = {.text = from->text,
					   .detail = listed ? _("✓ quitar") : from->detail,
					   .also = from->also,
					   .id = (int64_t)i};
		vector_push(out, choice);
	}
	if (!slot->field.is_required && slot->chosen.length)
		vector_push(out, none);
}

static int64_t chosen_now(const struct form_slot *slot)
{
	for (size_t i = 0; i < slot->field.choice_count; i++)
		if (strcmp(slot->field.choices[i].value, slot->chosen.data) == 0)
			return (int64_t)i;
	return 0;
}

unsigned form_choose(struct form *form, struct ui *ui, const char *typed)
{
	const struct form_slot *slot = form_focused(form);
	choices offered = {0};
	add_choices(slot, &offered);
	strbuf_reset(&form->pick_label);
	strbuf_addf(&form->pick_label, "%s: ", slot->field.label);
	unsigned consequences = ui_pick(ui, &(struct ui_pick){
						     .label = form->pick_label.data,
						     .typed = typed,
						     .choices = offered.items,
						     .count = offered.count,
						     .selected = chosen_now(slot),
						     .picked = picked,
					     });
	vector_release(&offered);
	return consequences;
}
