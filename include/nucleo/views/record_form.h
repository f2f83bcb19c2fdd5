/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_RECORD_FORM_H
#define NUCLEO_VIEWS_RECORD_FORM_H

#include "nucleo/ui/form.h"
#include "nucleo/views/editing_parts.h"
#include "nucleo/views/writing.h"

/**
 * Private to src/views/record_form*.c: a record in a form, what was stored when it began, and
 * the draft of what is typed.
 */

/** A field of the form. */
struct record_form_field {
	size_t edit;  /**< its place in the edit */
	char *was;    /**< owned: what is stored, as far as is known here */
	char *seen; /**< owned: what she saw before others changed what she changes too; or NULL */
	struct record_choices choices;
	struct form_choice *shown; /**< owned: the same, for the form */
};

struct record_form {
	struct session *session;
	struct record_edit *edit;
	struct editing_target target;
	struct record_form_field fields[RECORD_EDIT_FIELDS_MAX];
	size_t count;
	struct form *form; /**< NULL before it is first drawn or changed */
	struct writing writing;
};

/** Whether the person wrote something else in the field than is stored. */
bool record_form_is_touched(const struct record_form *form, size_t field);

/* ---- record_form_draft.c */

/** Has what is typed kept; `draft` is what was typed before, taken over already, or NULL. */
void record_form_begin_draft(struct record_form *form, const struct draft *draft);
/** The draft as it is typed now, for whoever goes on with it and takes what it owns: it is no
 *  longer the form's. */
struct draft *record_form_hand_over(struct record_form *form);

#endif
