/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_DECISION_PARTS_H
#define NUCLEO_VIEWS_DECISION_PARTS_H

#include "nucleo/exchange/decision.h"
#include "nucleo/store/record_set.h"
#include "nucleo/ui/form.h"
#include "nucleo/views/editing_parts.h"
#include "nucleo/views/writing.h"

/**
 * Private to src/views/decision*.c.
 *   decision.c        the page: what is written, saving it
 *   decision_form.c   its fields as they are first shown
 *   decision_draft.c  what was written and not saved
 */

enum decision_field {
	FIELD_KIND,
	FIELD_OBJECTIONS,
	FIELD_RULE,
	FIELD_COUNTING,
	FIELD_BALLOTS, /* three, by enum ballot_choice */
	FIELD_VOTES = FIELD_BALLOTS + 3,
	FIELD_COUNT = FIELD_VOTES + 3
};

/** As decision_assign() reads them; NULL for how votes are counted, a matter of the page. */
extern const char *const decision_field_names[FIELD_COUNT];
/** What a person calls it, translated. */
const char *decision_field_label(size_t field);

#define BY_INSTITUTION "institutions"
#define BY_TALLY "tally"

struct decision_page {
	struct session *session;
	int64_t entry;
	struct record_set listed;        /* the entry; empty when it could not be read */
	struct record_set organizations; /* borrowed by the choices */
	VECTOR(struct form_choice) voters;
	struct form_choice kinds[4], rules[4], countings[2];
	struct writing writing;
	const struct form *form; /* as the draft is collected from it; NULL: not written in */
	char *was;      /* owned: what is stored, in one text, to see that others changed it */
	bool has_moved; /* they did, and she was told */
	struct error failure; /* why it could not be read */
	bool has_failed;
};

/** The entry; NULL when it could not be read. */
const struct resolution *decision_page_entry(const struct decision_page *page);
/** Owned: the acronyms of those who vote so. */
char *decision_page_voters(const struct decision_page *page, const struct decision *decision,
			   int choice);

/** Fields as they are first shown; `texts` are owned, and needed while the form is made. */
struct decision_fields {
	struct form_field fields[FIELD_COUNT];
	char *texts[FIELD_COUNT];
};
void decision_fields_init(struct decision_fields *fields, struct decision_page *page,
			  const struct decision *decision, const decision_voters *voters);
void decision_fields_release(struct decision_fields *fields);

/** The page, to be opened; `draft`, taken over, is what it goes on with, or NULL. */
struct view *decision_view_new(struct session *session, int64_t entry, const struct draft *draft);

/** Keeps from now on what is written. */
void decision_draft_begin(struct decision_page *page, const struct draft *draft);
/** Has the fields show what the draft says. */
void decision_draft_show(const struct draft *draft, struct decision_fields *fields);
void decision_draft_changed(struct decision_page *page, const struct form *form);

#endif
