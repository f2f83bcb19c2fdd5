/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_ENTRY_ORIGIN_H
#define NUCLEO_STORE_ENTRY_ORIGIN_H

#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/store.h"

/** Who wrote the paragraphs of a meeting and when, from the operations that made them. */

struct entry_origin {
	int64_t entry; /**< its key */
	char *by;      /**< institution, owned; "" where it is not known */
	char at[32];   /**< in UTC; "" where it is not known */
};

/** By key. Zeroed is empty. */
struct entry_origins {
	VECTOR(struct entry_origin) items;
};

/**
 * Brings it up to date with the entries of the meeting. Only those not known yet are looked for,
 * from the newest operation back and no further than needed; of one made by an operation older
 * than some thousands nothing is known. On failure it is as it was.
 */
enum rc entry_origins_update(struct entry_origins *origins, struct store *store, int64_t meeting,
			     struct error *err) ATTR_NODISCARD;
/** NULL when it is no entry of the meeting. */
const struct entry_origin *entry_origin_of(const struct entry_origins *origins, int64_t entry);
void entry_origins_release(struct entry_origins *origins);

#endif
