/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_CONFLICT_PARTS_H
#define NUCLEO_STORE_CONFLICT_PARTS_H

#include "nucleo/store/conflict.h"
#include "nucleo/store/edit.h"

/** Private to src/store: what loading and deciding a conflict share. */

/** The item that decides whether the deletions of an operation are done; NULL: none does. */
struct conflict_item *conflict_deletion(const struct conflict *conflict);

/** Reads what the operation, with this template, is in conflict with. */
enum rc conflict_load_items(struct store *store, struct conflict *conflict, const char *template,
			    struct error *err) ATTR_NODISCARD;

/** A column of a row; NULL as column: the row. Borrowed. */
struct conflict_place {
	const char *table, *column;
	int64_t key;
};

/** Fills the three forms of a value that stands there. */
enum rc conflict_value_set(struct store *store, struct conflict_value *filled,
			   const struct conflict_place *place, struct value value,
			   struct error *err) ATTR_NODISCARD;
void conflict_value_release(struct conflict_value *value);

/** Who last changed what is there. */
struct conflict_author {
	char *by, *at;	   /**< owned; "" when it is not known */
	int64_t operation; /**< of the history; 0: none */
	bool is_own;	   /**< an operation of the queue */
};

/** Looks through the queue, then through the newest operations of the history; for a row, who
 *  deleted it. */
enum rc conflict_find_author(struct store *store, const struct conflict_place *place,
			     struct conflict_author *author, struct error *err) ATTR_NODISCARD;

#endif
