/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_RECORD_FORM_H
#define NUCLEO_VIEWS_RECORD_FORM_H

#include "nucleo/ui/form.h"
#include "nucleo/views/editing_parts.h"

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

/** What is typed, as it is kept; see local.h. */
struct record_form_draft {
	struct draft draft;
	bool is_dirty;    /**< something was typed since it was kept */
	bool is_ended;    /**< saved as a record, or not wanted: nothing is kept any more */
	int64_t tried_at; /**< when it was last kept, or tried to be; clock_monotonic_ms() */
	struct error failure; /**< of that; said once */
};

struct record_form {
	struct session *session;
	struct record_edit *edit;
	struct editing_target target;
	struct record_form_field fields[RECORD_EDIT_FIELDS_MAX];
	size_t count;
	struct form *form; /**< NULL before it is first drawn or changed */
	struct record_form_draft draft;
};

/** Whether the person wrote something else in the field than is stored. */
bool record_form_is_touched(const struct record_form *form, size_t field);

/* ---- record_form_draft.c */

/** Most milliseconds that what is typed is ahead of what is kept. */
#define RECORD_FORM_KEEP_MS 700

/** Something was typed: keeps it, unless that was done just now. */
void record_form_keep_soon(struct record_form *form);
/** Keeps what is not kept yet. */
void record_form_keep(struct record_form *form);
/** The draft as it is typed now, for whoever goes on with it and takes what it owns: it is no
 *  longer the form's. */
struct draft *record_form_hand_over(struct record_form *form);
/** It is a record now, or not wanted. */
void record_form_end_draft(struct record_form *form);
/** Leaves it to be offered again, if there is anything to offer. */
void record_form_leave_draft(struct record_form *form);

#endif
