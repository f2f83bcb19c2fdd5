/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_EDITING_H
#define NUCLEO_VIEWS_EDITING_H

#include "nucleo/model/record.h"
#include "nucleo/views/session.h"

/**
 * Editing, making and removing records from wherever one is. A screen says what is
 * selected and what it belongs to; which record is meant, what was typed and not saved
 * before, and whether one may at all, is asked once here.
 */

/** What a new record belongs to where one is; 0: nothing of that kind. */
struct editing_context {
	int64_t commitment, meeting, item, organization;
};

/** Most kinds of records to be made in one place. */
#define EDITING_MAKES_MAX 4

struct editing_place {
	enum record_kind_id kind;
	int64_t key;  /**< of what is selected; 0: nothing */
	bool is_page; /**< it is the page of that record: its parts may be meant too */
	/** What is made there; ended by RECORD_KIND_COUNT when fewer than the most. */
	enum record_kind_id makes[EDITING_MAKES_MAX];
	struct editing_context context;
};

/** Does OP_EDIT, OP_NEW, OP_NEW_FOLLOWUP and OP_REMOVE; UI_PASS for any other. */
unsigned editing_op(struct session *session, struct ui *ui, enum op op,
		    const struct editing_place *place);
/** The same, on the page of a record. */
unsigned editing_page_op(struct session *session, struct ui *ui, enum op op,
			 enum record_kind_id kind, int64_t key);
/** Lists what was typed and not saved, to take it up again or to throw it away. */
unsigned editing_list_drafts(struct session *session, struct ui *ui);

/** What is being asked, in between; private to editing*.c. */
struct editing;
/** NULL is ignored. */
void editing_free(struct editing *editing);

#endif
