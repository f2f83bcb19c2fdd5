/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_FORM_H
#define NUCLEO_UI_FORM_H

#include "nucleo/ui/ui.h"

/**
 * A form is a page: one column of labelled fields, opened with ui_open(). Every
 * value is text. The one who opens it gives the fields and what is to be done
 * when something changes, is saved, or is left.
 */

enum form_kind {
	FORM_LINE,   /**< one line of text */
	FORM_TEXT,   /**< text of many lines: Enter, or typing, opens the editor over the form */
	FORM_CHOICE, /**< one of the choices, narrowed by typing */
	FORM_LIST,   /**< some of the choices, added by typing, the last one taken by Backspace */
};

/** Something to choose. Strings are borrowed as long as the form lives. */
struct form_choice {
	const char *value;  /**< what the field then holds; no comma in that of a list */
	const char *text;   /**< what a person reads, translated */
	const char *detail; /**< shown dim at its right; may be NULL */
	const char *also;   /**< more words that find it, not shown; may be NULL */
};

/** What a form is made of; strings and choices are borrowed as long as it lives. */
struct form_field {
	const char *label; /**< translated, without a colon */
	const char *hint;  /**< translated, a line shown while it has the keys; may be NULL */
	enum form_kind kind;
	bool is_required; /**< it cannot be saved empty; the label shows a `*` */
	size_t limit;     /**< bytes of its text; 0: PROMPT_MAX, of a text EDITOR_MAX */
	const char *value; /**< as it is now; of a list the values with commas; NULL: empty */
	const char *draft; /**< what was typed before and not saved: shown instead; may be NULL */
	const struct form_choice *choices;
	size_t choice_count;
};

struct form;

struct form_setup {
	const char *title;    /**< a step of the path, translated; copied */
	const char *sentence; /**< what the second line says, translated; copied; may be NULL */
	const struct form_field *fields; /**< the array is copied; at least one */
	size_t count;
	size_t first;  /**< the field that has the keys at first */
	void *context; /**< given to the functions below */
	/**
	 * Whether a field's text is right, a required one being there already; the
	 * message says what is wrong with it. Called at any time; may be NULL.
	 */
	enum rc (*check)(void *context, const struct form *form, size_t field,
			 struct error *err);
	/** After each change of a field, so at each letter: for drafts. May be NULL. */
	void (*changed)(void *context, struct form *form, size_t field);
	/** What is stored may have changed; at the beginning too. May be NULL. */
	void (*refreshed)(void *context, struct ui *ui, struct form *form);
	/**
	 * Saves; all fields are right. UI_CLOSE (perhaps with UI_RELOAD, of the page
	 * below) when it is done. Else it says why with form_refuse(), or ui_say() and
	 * UI_REDRAW, and the form stays.
	 */
	unsigned (*save)(void *context, struct ui *ui, struct form *form);
	/** It is left, changed, without being saved, as the person decided. May be NULL. */
	void (*discarded)(void *context, struct form *form);
	/** The form is gone; may be NULL. */
	void (*release)(void *context);
};

/** A page with the form; `context` is released with it. */
struct view *form_view_new(const struct form_setup *setup) ATTR_NODISCARD;

/** The form that such a page is. */
struct form *form_of(struct view *view);

/** The text of a field; valid until it changes. */
const char *form_value(const struct form *form, size_t field);
/** Whether it is other than `value` of the setup. */
bool form_field_is_changed(const struct form *form, size_t field);
/** Whether any field is. */
bool form_is_changed(const struct form *form);
/** Puts another text in the place of a field's, as if it had been typed. */
void form_set_value(struct form *form, size_t field, const char *text);
/** Another text is stored now: a field not changed by the person has it from now on. */
void form_set_stored(struct form *form, size_t field, const char *text);
/** A remark shown beside a field as long as nothing is wrong with it; NULL: none. */
void form_set_note(struct form *form, size_t field, const char *note);
/** The same for what follows from what is written, which is nothing to be careful of. */
void form_set_result(struct form *form, size_t field, const char *result);
/** Other choices for a field; borrowed as long as the form lives. */
void form_set_choices(struct form *form, size_t field, const struct form_choice *choices,
		      size_t count);
/** Takes a field out of the form, or back in; its text stays. Hidden, it is not checked. */
void form_set_hidden(struct form *form, size_t field, bool hidden);
/** Shows `message` beside a field and goes there; for save(). Returns UI_REDRAW. */
unsigned form_refuse(struct form *form, struct ui *ui, size_t field, const char *message);

#endif
