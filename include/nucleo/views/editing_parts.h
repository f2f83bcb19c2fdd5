/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_EDITING_PARTS_H
#define NUCLEO_VIEWS_EDITING_PARTS_H

#include "nucleo/exchange/record_edit.h"
#include "nucleo/store/local.h"
#include "nucleo/views/editing.h"

/**
 * Private to src/views/editing*.c and record_form*.c.
 *   editing.c         what the keys do: which record, which kind
 *   editing_kinds.c   what kinds are called, what parts they have, what a new one is given
 *   editing_drafts.c  what was typed and not saved, offered again
 *   editing_remove.c  removing
 *   record_form.c     the form of one record
 *   record_form_draft.c  its draft
 */

struct editing_target {
	enum record_kind_id kind;
	int64_t key; /**< 0: one to be made */
};

struct editing {
	enum op op;
	struct editing_place place;
	struct editing_target target; /**< what it has come to */
	VECTOR(struct editing_target) targets; /**< what was asked about, by place in the list */
	struct draft_list drafts;              /**< the same */
	struct operation *removal; /**< owned: what was asked about, as it was shown; or NULL */
};

/** Forgets what was asked before. */
void editing_begin(struct session *session);
/** Says what went wrong; returns UI_REDRAW. */
unsigned editing_say(struct ui *ui, const struct error *err);

/* ---- editing_kinds.c */

/** "acción", and "Acción nueva". */
const char *editing_kind_word(enum record_kind_id kind);
const char *editing_new_title(enum record_kind_id kind);
/** Appends the kinds that are parts of one, with a list of their own on its page. */
size_t editing_parts_of(enum record_kind_id kind, enum record_kind_id *parts, size_t size);
/** What is made on the page of a record. */
void editing_page_makes(enum record_kind_id kind, enum record_kind_id makes[EDITING_MAKES_MAX]);
/** Restricts a query to the parts of a record. */
struct list_query;
void editing_restrict(struct list_query *query, const struct editing_target *whole);
/** Appends what tells a record from others of its kind: "hito 3 · Publicar los datos". */
void editing_add_label(struct strbuf *out, enum record_kind_id kind, const void *record);
/** Writes what the place gives a new record into its fields. */
enum rc editing_preset(struct store *store, struct record_edit *edit,
		       const struct editing_context *context, struct error *err) ATTR_NODISCARD;

/* ---- editing_drafts.c */

/** Opens the form of the target, or asks first about a draft of it. */
unsigned editing_open(struct session *session, struct ui *ui, struct editing_target target);

/* ---- editing_remove.c */

unsigned editing_remove(struct session *session, struct ui *ui, struct editing_target target);

/* ---- record_form.c */

/** What a form begins with. */
struct record_form_start {
	struct editing_target target;
	const struct editing_context *context; /**< for a new one */
	const struct draft *draft; /**< what was typed before, taken over already; NULL: nothing */
};

/** The page with it; NULL when it cannot be made, and why. Errors as those of
 *  record_edit_begin(). */
struct view *record_form_new(struct session *session, const struct record_form_start *start,
			     struct error *err) ATTR_NODISCARD;
/** Opens it over the view in front. Errors as those of record_edit_begin(). */
enum rc record_form_open(struct session *session, struct ui *ui,
			 const struct record_form_start *start, struct error *err) ATTR_NODISCARD;

#endif
