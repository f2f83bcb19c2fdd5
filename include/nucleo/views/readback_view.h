/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_READBACK_VIEW_H
#define NUCLEO_VIEWS_READBACK_VIEW_H

#include "nucleo/ui/pager.h"
#include "nucleo/views/meeting_records.h"
#include "nucleo/views/session.h"

/** Private to src/views/readback*.c: a meeting read aloud, an item a screen. */
struct readback_view {
	struct view view;
	struct session *session;
	int64_t key;
	bool is_projector;
	bool shows_private;
	size_t at;       /**< page: see readback_page_item() */
	int64_t item;    /**< that of the page in front, to stay on it; 0: what comes before any */
	int64_t current; /**< the item in progress when it was last read; 0: none */
	size_t said;     /**< how many entries the page had */
	struct pager pager;
	struct meeting_records records;
};

/** How many pages there are: what was said before the first item, if anything, then each item. */
size_t readback_pages(const struct readback_view *page);
/** The item of a page; NULL for what comes before any. */
const struct agenda_item *readback_page_item(const struct readback_view *page, size_t at);
/** The meeting; NULL when it is not read. */
const struct meeting *readback_meeting(const struct readback_view *page);

/* ---- readback_text.c */

/** How many entries are read of an item; 0: of what comes before any. */
size_t readback_entries(const struct readback_view *page, int64_t item);
/** Puts the page in front into the pager, its last entry in sight when `end`. */
void readback_fill(struct readback_view *page, bool end);

#endif
