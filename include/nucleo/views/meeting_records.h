/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_MEETING_RECORDS_H
#define NUCLEO_VIEWS_MEETING_RECORDS_H

#include "nucleo/store/record_set.h"

/** What a page shows of a meeting; zeroed is empty. */
struct meeting_records {
	struct record_set meeting, items, entries, progress, followups;
};

/** Loads them anew: release them in any case. RC_NOT_FOUND, in words for a page, RC_IO. */
enum rc meeting_records_load(struct meeting_records *records, struct store *store, int64_t meeting,
			     struct error *err) ATTR_NODISCARD;
/** Only the meeting itself; errors likewise. */
enum rc meeting_records_load_meeting(struct record_set *set, struct store *store, int64_t meeting,
				     struct error *err) ATTR_NODISCARD;
void meeting_records_release(struct meeting_records *records);

#endif
