/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_FORM_PARTS_H
#define NUCLEO_UI_FORM_PARTS_H

#include "nucleo/ui/editor.h"
#include "nucleo/ui/form.h"
#include "nucleo/ui/prompt.h"

/** Inside of a form: what its files (src/ui/form*.c) share. */

struct form_slot {
	struct form_field field;
	struct prompt line;     /**< the text of a FORM_LINE */
	struct editor text;     /**< that of a FORM_TEXT */
	struct strbuf chosen;   /**< the values of a FORM_CHOICE or FORM_LIST */
	struct strbuf initial;  /**< what it was without a draft */
	struct strbuf note;     /**< what its owner remarks */
	struct strbuf fault;    /**< what is wrong with it, as far as is shown */
	bool notes_result;      /**< what it remarks follows from what is written */
	bool hidden;
	struct region place;    /**< where it was drawn last, and its value; no rows: not at all */
	struct region value_place;
};

struct form {
	struct view view;
	struct form_setup setup; /**< `fields` is not used behind form_view_new() */
	struct strbuf title, sentence, pick_label;
	VECTOR(struct form_slot) slots;
	size_t focus;      /**< the slot that has the keys; their count: the line that saves */
	size_t top;        /**< the first slot drawn */
	bool is_writing;   /**< the editor of the focused slot lies over the form */
	struct region save_place;
};

/** The slot with the keys; NULL: the line that saves has them. */
struct form_slot *form_focused(struct form *form);
const char *slot_value(const struct form_slot *slot);
/** Appends what a person reads: the texts of what is chosen. */
void slot_add_shown(const struct form_slot *slot, struct strbuf *out);

/* ---- form_choose.c: fields with choices ---- */

/** Asks for a choice, narrowed by `typed`. */
unsigned form_choose(struct form *form, struct ui *ui, const char *typed);
/** Takes the last choice out of a list, or the only one; false when there is none. */
bool form_unchoose(struct form_slot *slot);

/* ---- form.c ---- */

/** A field has changed: says so to the owner, and judges it again if it was wrong. */
void form_has_changed(struct form *form, size_t field);
/** Shows what is wrong with a field, if anything is; false when something is. */
bool form_check(struct form *form, size_t field);
/** Gives the keys to another slot; the one that had them is judged. */
void form_go(struct form *form, size_t slot);
/** The nearest slot from `slot` on in that direction that is not hidden, or the count of slots. */
size_t form_visible_from(const struct form *form, size_t slot, bool backwards);

/* ---- form_draw.c ---- */

void form_draw(struct view *view, struct region body);

#endif
