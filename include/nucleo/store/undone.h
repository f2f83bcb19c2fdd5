/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_UNDONE_H
#define NUCLEO_STORE_UNDONE_H

#include "nucleo/base/digest.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/store.h"

/**
 * Private to src/store: which operations are undone as things stand, of the history and of the
 * queue, for the rows of RECORD_HISTORY.
 */
struct undone_operation {
	struct random_id op;
	int64_t key; /**< of the row in RECORD_HISTORY that undid it last */
};

struct undone_table {
	VECTOR(struct undone_operation) operations; /**< by id */
};

/** Fills an empty table; release it in any case. It looks at the whole history once. */
enum rc undone_gather(struct store *store, struct undone_table *table,
		      struct error *err) ATTR_NODISCARD;
void undone_release(struct undone_table *table);
/** The key of what undid the operation with that id (may be NULL); 0: it is in force. */
int64_t undone_by(const struct undone_table *table, const char *op);

#endif
