/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_RECORD_SET_H
#define NUCLEO_STORE_RECORD_SET_H

#include <stddef.h>

#include "nucleo/store/list.h"

/** The rows of one query, copied: for lists that are small by nature (one meeting, one plan). */
struct record_set {
	const struct record_kind *kind;
	char *rows; /**< `count` structs of the kind */
	size_t count, capacity;
};

/** Loads all rows; the set is owned by the caller, and empty after an error. */
enum rc record_set_load(struct record_set *set, struct store *store, enum record_kind_id kind,
			const struct list_query *query, struct error *err) ATTR_NODISCARD;
/** Copies one more row into the set, whose `kind` must be set; its context is the set. */
list_visitor record_set_add;
/** The i-th row, a struct of the kind. */
const void *record_set_at(const struct record_set *set, size_t i);
void record_set_release(struct record_set *set);

#endif
