/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_OPEN_RECORD_H
#define NUCLEO_VIEWS_OPEN_RECORD_H

#include "nucleo/model/record.h"
#include "nucleo/views/session.h"

/** A record that has a page, and what of it is to be in sight. */
struct record_target {
	enum record_kind_id kind; /**< COMMITMENT, FOLLOWUP, MEETING or ORGANIZATION */
	int64_t key;
	int64_t item, entry; /**< RECORD_MEETING: agenda item, and its entry; 0: none */
};

/** Opens the page of the record over the view in front. */
unsigned open_record(struct session *session, struct ui *ui, const struct record_target *target);

#endif
