/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_ADD_H
#define NUCLEO_EXCHANGE_RECORD_ADD_H

#include <stddef.h>

#include "nucleo/exchange/record_edit.h"
#include "nucleo/store/operation.h"

/** A record to be, as a person or a file spells it. */
struct record_draft {
	const struct record_kind *kind;
	const struct record_assignment *pairs;
	size_t count;
};

/**
 * Checks a draft against the rules and the records there are, and adds the edits that make it to
 * `operation` (empty until then), with words for the history. `*key` is the new record's. Lists
 * are acronyms separated by commas, dates ISO 8601 or dd/mm/yyyy, enums their name or Spanish
 * label, records their code; an empty value is no value. Nothing is written: commit the
 * operation. After an error the operation is as it was.
 *
 * RC_USAGE: a field the kind does not have, given twice or missing; a kind that cannot be added
 * this way. RC_INVALID: a value that breaks a rule. RC_NOT_FOUND: a record it refers to.
 * RC_REFUSED: there is one already.
 */
enum rc record_add(struct store *store, const struct record_draft *draft,
		   struct operation *operation, int64_t *key, struct error *err) ATTR_NODISCARD;

/** Reads "field=value"; `*field` is owned, `pair` borrows it and `text`. RC_USAGE without '='. */
enum rc record_assignment_parse(const char *text, char **field, struct record_assignment *pair,
				struct error *err) ATTR_NODISCARD;

#endif
