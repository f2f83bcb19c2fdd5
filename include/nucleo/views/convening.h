/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_CONVENING_H
#define NUCLEO_VIEWS_CONVENING_H

#include "nucleo/exchange/convening.h"
#include "nucleo/store/local.h"
#include "nucleo/ui/table.h"
#include "nucleo/views/meeting_view.h"
#include "nucleo/views/session.h"

/**
 * Private to src/views: the page of proposals, where an agenda is made by taking and leaving.
 *   convening.c       the page: its rows, its keys
 *   convening_save.c  the operation, and what comes after it
 */
struct convening_view {
	struct view view;
	struct session *session;
	struct table table;
	struct convening convening;
	struct proposal_list list;
	VECTOR(int64_t) rows; /**< a proposal's place from 1, or minus that of its group */
	struct record_edit *edit; /**< owned: the meeting to be; NULL: one there is */
	struct draft draft; /**< of the form it was written in; id 0: not kept */
	struct strbuf number;
	day_minute starts, ends;
};

/** For a meeting there is: what is not on its agenda yet. */
struct view *convening_view_new(struct session *session, const struct meeting *meeting);
/** For one to be, as it is written in `edit`; takes over both, `draft` being the text of the form:
 *  Esc leads back there. */
struct view *convening_view_begin(struct session *session, struct record_edit *edit,
				  struct draft *draft);

/* ---- convening_save.c */

/** Saves what is taken, with the meeting if it is one to be. */
unsigned convening_save(struct convening_view *page, struct ui *ui);
/** Back to the form of a meeting to be, as it was left. */
unsigned convening_return(struct convening_view *page, struct ui *ui);

/* ---- meeting_agenda.c: on the page of a meeting */

/** Arranges its agenda, proposes items for it or convenes it; UI_PASS for any other op. */
unsigned meeting_agenda_op(struct meeting_view *page, struct ui *ui, enum op op);
/** What an item is about, who presents it and for how long, as lines of the pane. */
void meeting_agenda_show(struct meeting_view *page, const struct agenda_item *item);
/** Appends "42 de 120 min" of the items, as long as the meeting is not over; nothing when none has
 *  planned minutes. */
void meeting_agenda_add_minutes(struct strbuf *out, const struct meeting_view *page);

#endif
