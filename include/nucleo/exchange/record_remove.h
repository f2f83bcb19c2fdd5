/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_REMOVE_H
#define NUCLEO_EXCHANGE_RECORD_REMOVE_H

#include <stddef.h>
#include <stdint.h>

#include "nucleo/model/record.h"
#include "nucleo/store/operation.h"

/**
 * Removing a record with the rows that are parts of it (who is responsible, notes), in one
 * operation that keeps all of them: so it can be brought back. What other records refer to is not
 * removed before those are.
 */

enum { RECORD_REMOVAL_CODES = 5 /**< codes named of what is in the way */ };

/** Records of one kind, with some of their codes. */
struct record_group {
	char *words; /**< owned: how many of what, "2 acciones" */
	int64_t count;
	char *codes; /**< owned: the first, "S-2023-014, S-2023-015, ..." */
};

/** What would happen; for the question before, and to say why not. Release it. */
struct record_removal {
	char *called; /**< owned: "la acción S-2023-014: Entregar los datos" */
	/** Parts that go with it, as "2 responsables, 1 nota"; owned, "" for none. */
	char *parts;
	struct record_group *blockers; /**< others that refer to it: it is not removed */
	size_t blocker_count;
};

/** RC_NOT_FOUND when it is gone, RC_USAGE for a kind that is not removed so. `removal` is
 *  untouched after an error. */
enum rc record_removal_plan(struct store *store, enum record_kind_id kind, int64_t key,
			    struct record_removal *removal, struct error *err) ATTR_NODISCARD;
void record_removal_release(struct record_removal *removal);
/** Appends what is in the way, "2 hitos (C5, hito 1, C5, hito 2); 1 acción (S-2023-014)". */
void record_removal_add_reason(struct strbuf *out, const struct record_removal *removal);

/**
 * Adds the edits that remove the record to `operation` (empty until then), with words for the
 * history. RC_REFUSED naming what refers to it and what to do; errors as above. Rows are removed as
 * they are now: committed later, it conflicts with what others changed in them.
 */
enum rc record_remove(struct store *store, enum record_kind_id kind, int64_t key,
		      struct operation *operation, struct error *err) ATTR_NODISCARD;

#endif
