/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_CONVENING_H
#define NUCLEO_STORE_CONVENING_H

#include <stdint.h>

#include "nucleo/base/date.h"
#include "nucleo/store/children.h"

/** What only the database can tell of what waits for a meeting to be: see exchange/convening.h. */

/** Most items left over that are looked at. */
#define ITEMS_LEFT_MAX 500

/** Appends the keys of items that were deferred or parked in meetings up to that day, other than
 *  `meeting` (0: one to be), and that no agenda took up since; the oldest first. */
enum rc store_items_left(struct store *store, int64_t meeting, day_number date, key_list *keys,
			 struct error *err) ATTR_NODISCARD;
/** Appends the keys of the commitments of which a new or another figure was reported for `since`
 *  or a later day. */
enum rc store_commitments_moved(struct store *store, day_number since, key_list *keys,
				struct error *err) ATTR_NODISCARD;
/** The highest number a meeting has after `prefix` ("AM-2024-"); 0 for none. */
enum rc store_meeting_last_number(struct store *store, const char *prefix, int64_t *number,
				  struct error *err) ATTR_NODISCARD;

#endif
