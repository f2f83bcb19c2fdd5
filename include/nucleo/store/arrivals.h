/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_ARRIVALS_H
#define NUCLEO_STORE_ARRIVALS_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/digest.h"
#include "nucleo/store/children.h"
#include "nucleo/store/store.h"

/**
 * Operations that were committed elsewhere while a database is looked at: by others, and by
 * another window of the same person. Zeroed has not begun.
 */
struct arrivals {
	bool has_begun;
	int64_t number; /**< of the history, as it was looked at last */
	VECTOR(struct random_id) queued; /**< operations that waited then, ascending */
};

/** What arrived between two looks. */
struct arrivals_news {
	int64_t count; /**< operations; of very many the oldest are left out */
	key_list keys; /**< rows they edit and the records those are or were parts of, ascending,
			*   each once */
	char *by, *words; /**< owned: of the last one; NULL without any */
};

/** What is there by now has arrived before. */
enum rc arrivals_begin(struct arrivals *arrivals, struct store *store, struct error *err)
	ATTR_NODISCARD;
/** Fills `news`, which is released in any case, with what arrived since the last look. */
enum rc arrivals_take(struct arrivals *arrivals, struct store *store, struct arrivals_news *news,
		      struct error *err) ATTR_NODISCARD;
void arrivals_news_release(struct arrivals_news *news);
void arrivals_release(struct arrivals *arrivals);

#endif
