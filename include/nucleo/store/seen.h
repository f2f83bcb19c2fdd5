/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SEEN_H
#define NUCLEO_STORE_SEEN_H

#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/machine.h"
#include "nucleo/store/store.h"

/**
 * What this user has seen of the history: up to where, and when that was. It is kept in the
 * user's own copy; the screen moves it on when the history is looked at and when the program is
 * left, and no command does. What is new are operations after it that are not this institution's
 * on this machine.
 */
struct seen_mark {
	int64_t number; /**< of the last operation seen; INT64_MAX: nothing was kept yet */
	char at[32];	/**< when, in UTC; "" when nothing was kept yet */
	char host[MACHINE_NAME_SIZE]; /**< of this machine */
};

/** Nothing was kept in a database that is no replica. */
enum rc seen_recall(struct store *store, struct seen_mark *mark, struct error *err) ATTR_NODISCARD;
/** Keeps that all there is now has been seen. */
enum rc seen_move(struct store *store, struct error *err) ATTR_NODISCARD;
/** How many operations are new after that mark. */
enum rc seen_count(struct store *store, const struct seen_mark *mark, int64_t *count,
		   struct error *err) ATTR_NODISCARD;

#endif
