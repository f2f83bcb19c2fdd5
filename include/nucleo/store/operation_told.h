/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_OPERATION_TOLD_H
#define NUCLEO_STORE_OPERATION_TOLD_H

#include "nucleo/base/vector.h"
#include "nucleo/store/operation.h"

/** What an operation of the history did, edit by edit, as a person reads it. */
enum told_kind { TOLD_INSERT, TOLD_SET, TOLD_DELETE };

/** A value, and in `words` as a person reads it ("17/11/2023", "hecha", "AM-2023-05"); NULL words:
 *  there was nothing. */
struct told_value {
	struct value value;
	const char *words;
};

struct told_field {
	const char *column, *label; /**< in the database; for a person */
	bool is_prose;	  /**< a text that somebody wrote, and that reads as it is stored */
	bool is_internal; /**< means nothing to a person: a rank, a key to sort by */
	struct told_value was, now; /**< of an insert `was` is null; of a delete `now` */
};

struct told_edit {
	enum told_kind kind;
	const char *table, *word; /**< in the database; for a person */
	int64_t key;
	/** What people call the row now, else what the operation says it was called; NULL: nothing.
	 */
	const char *name;
	bool is_there; /**< the row is in its table now */
	VECTOR(struct told_field) fields;
};

/** Gets each edit; valid during the call only. Returns false to stop. It may read the store. */
typedef bool told_visitor(void *context, const struct told_edit *edit);

/** Calls `visit` for each edit of the operation with that key in RECORD_HISTORY, in their order.
 *  RC_NOT_FOUND when it is no longer there. */
enum rc operation_tell(struct store *store, int64_t key, told_visitor *visit, void *context,
		       struct error *err) ATTR_NODISCARD;

/** A text that a field of a row has had. */
struct told_version {
	int64_t number; /**< of the operation that gave it */
	const char *at, *by, *text;
};

/** Gets each version, valid during the call only. Returns false to stop. */
typedef bool version_visitor(void *context, const struct told_version *version);

/** Calls `visit` for the texts a field has been given by operations of the history, the newest
 *  first; the thousandth is the last. */
enum rc operation_versions(struct store *store, int64_t key, const char *column,
			   version_visitor *visit, void *context, struct error *err) ATTR_NODISCARD;

#endif
