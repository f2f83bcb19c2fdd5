/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_RULES_H
#define NUCLEO_STORE_RULES_H

#include "nucleo/base/error.h"
#include "nucleo/store/edit.h"
#include "nucleo/store/store.h"

/**
 * Private to src/store: the rules of the group that the schema cannot state.
 * RC_REFUSED when one of them forbids the edit in the state the tables are in.
 */
enum rc rules_check(struct store *store, const struct edit *edit, struct error *err) ATTR_NODISCARD;

/** Why SQLite's constraints refused an edit, in words for a person; returns RC_REFUSED. */
enum rc constraint_error(struct store *store, const struct edit *edit, int result,
			 struct error *err);

#endif
