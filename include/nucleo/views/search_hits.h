/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_SEARCH_HITS_H
#define NUCLEO_VIEWS_SEARCH_HITS_H

#include "nucleo/model/search_hit.h"
#include "nucleo/store/record_set.h"
#include "nucleo/ui/canvas.h"
#include "nucleo/ui/op.h"

/** The list of what a search found: two lines each where there is room, else one. */
struct search_hits {
	struct record_set rows; /**< struct search_hit */
	size_t selected, top;
	size_t page; /**< hits last drawn */
	struct region place; /**< where */
	int height;          /**< lines of each */
};

void search_hits_init(struct search_hits *hits);
void search_hits_release(struct search_hits *hits);
/**
 * Takes the place of the hits there are with those of `rows` (which is empty afterwards). The
 * selection stays on its record where `keeps`, else goes to the best hit.
 */
void search_hits_replace(struct search_hits *hits, struct record_set *rows, bool keeps);
/** The selected hit; NULL when there is none. */
const struct search_hit *search_hits_selected(const struct search_hits *hits);
/** Does UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST and LAST; false for any other op. */
bool search_hits_op(struct search_hits *hits, enum op op);
/** Selects the hit drawn at that place of the screen; false when there is none. */
bool search_hits_point(struct search_hits *hits, int row, int column);
/** Draws, the cursor on the selected hit. */
void search_hits_draw(struct search_hits *hits, struct region region);

#endif
