/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_MEETING_VIEW_H
#define NUCLEO_VIEWS_MEETING_VIEW_H

#include "nucleo/ui/table.h"
#include "nucleo/views/detail_view.h"
#include "nucleo/views/meeting_records.h"

/**
 * Private to src/views/meeting*.c: a meeting, its items as a tree, and beside
 * it what was said under the selected one. The first row of the tree is the
 * heading of the acta itself, and stands for what was said before any item.
 */

/** Where a paragraph begins in the pane of resolutions. */
struct entry_place {
	size_t block, entry; /**< of the pager, of the entries */
};

struct meeting_view {
	struct view view;
	int64_t key, item, entry; /**< `item` and `entry`: to be in sight after the first load */
	struct table tree;
	struct pager pager;
	struct detail detail;
	bool reading; /**< the pane of resolutions has the keys */
	bool came_reading; /**< and had them from the beginning: Esc leads back at once */
	int64_t shown; /**< the item in that pane; -1: none yet */
	VECTOR(struct entry_place) places; /**< of the paragraphs in that pane */
	struct meeting_records records;
	struct strbuf quorum; /**< in the words of the acta; "" before its attendance was taken */
};

/** The meeting; NULL when it is not read. */
const struct meeting *meeting_view_meeting(const struct meeting_view *page);
/** The selected item; NULL on the heading. */
const struct agenda_item *meeting_view_item(const struct meeting_view *page);
/** Puts in the pane what belongs to the selected row, anew when that changed. */
void meeting_view_show(struct meeting_view *page);

#endif
