/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_FILTER_BOX_H
#define NUCLEO_VIEWS_FILTER_BOX_H

#include "nucleo/model/filter.h"
#include "nucleo/ui/ui.h"
#include "nucleo/views/session.h"

/**
 * The filter of a list as a person types it. A text that cannot be understood
 * yet, being half typed, leaves the last good one in force.
 */
struct filter_box {
	struct session *session;
	const struct record_kind *kind;
	struct strbuf text;     /**< as typed */
	struct filter filter;   /**< in force */
	struct strbuf in_force; /**< its text */
};

void filter_box_init(struct filter_box *box, struct session *session, enum record_kind_id kind);
void filter_box_release(struct filter_box *box);
/** Takes a text; RC_USAGE, with the filter as it was, when it means nothing: `fault` (may be
 *  NULL) is then the part that does not, empty when it is of no part of this text. */
enum rc filter_box_set(struct filter_box *box, const char *text, struct filter_span *fault,
		       struct error *err) ATTR_NODISCARD;
/** Whether it leaves rows out. */
bool filter_box_leaves_out(const struct filter_box *box);
/** Sorts by a field, NULL: as the list is; by the present one it turns the order round. */
void filter_box_sort(struct filter_box *box, const struct field *field);
/** Turns the present order round; false when there is none. */
bool filter_box_reverse(struct filter_box *box);

/** Asks by which field to sort; `picked` gets its index in the kind, or -1 for the own order. */
unsigned filter_box_pick_order(const struct filter_box *box, struct ui *ui,
			       unsigned (*picked)(struct view *view, struct ui *ui, int64_t id));
/** Completes the line being typed, or says what it could become. */
unsigned filter_box_complete(const struct filter_box *box, struct ui *ui, const char *text,
			     size_t cursor);

#endif
