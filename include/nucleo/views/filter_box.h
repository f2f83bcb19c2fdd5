/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_FILTER_BOX_H
#define NUCLEO_VIEWS_FILTER_BOX_H

#include "nucleo/model/filter.h"
#include "nucleo/views/session.h"

/**
 * The filter of a list as a person types it. A text that cannot be understood
 * yet, being half typed, leaves the last good one in force.
 */
struct filter_box {
	struct session *session;
	const struct record_kind *kind;
	struct strbuf text;   /**< as typed */
	struct filter filter; /**< in force */
};

void filter_box_init(struct filter_box *box, struct session *session, enum record_kind_id kind);
void filter_box_release(struct filter_box *box);
/** Takes a text; RC_USAGE, with the filter as it was, when it means nothing. */
enum rc filter_box_set(struct filter_box *box, const char *text, struct error *err) ATTR_NODISCARD;
/** Whether rows are left out or in another order. */
bool filter_box_is_set(const struct filter_box *box);

#endif
