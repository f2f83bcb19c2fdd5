/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_CHILDREN_H
#define NUCLEO_STORE_CHILDREN_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/store.h"

/** Rows that are parts of a record and have no list of their own. */
enum child_table {
	CHILD_FOLLOWUP_RESPONSIBLE,
	CHILD_FOLLOWUP_NOTE,
	CHILD_COMMITMENT_LEAD, /**< as the acronyms of the list of commitments, one for one */
	CHILD_COMMITMENT_COUNTERPART,
	CHILD_COMMITMENT_SUPPORT
};

typedef VECTOR(int64_t) key_list;

bool key_list_has(const key_list *keys, int64_t key);

/** Name of the table, for edits. */
const char *child_table_name(enum child_table table);

/** Appends the keys of the parts of `parent`, in their order. */
enum rc store_child_keys(struct store *store, enum child_table table, int64_t parent,
			 key_list *keys, struct error *err) ATTR_NODISCARD;

#endif
