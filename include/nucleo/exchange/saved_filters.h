/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_SAVED_FILTERS_H
#define NUCLEO_EXCHANGE_SAVED_FILTERS_H

#include <stdbool.h>

#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/model/record.h"

/**
 * Filters a person keeps under a name, in $XDG_CONFIG_HOME/nucleo/filters, one
 * a line: `followups urgentes = vencidas resp:FCD`. They are hers, not the
 * group's. `@urgentes` stands for the text wherever a filter is written.
 */
enum {
	SAVED_FILTERS_MAX_BYTES = 256 * 1024,
	SAVED_FILTER_NAME_MAX = 40, /**< bytes */
};

struct saved_filter {
	const struct record_kind *kind;
	char *name, *text; /**< owned */
};

struct saved_filters {
	VECTOR(struct saved_filter) items; /**< by kind and name */
	VECTOR(char *) others; /**< lines that are none, kept as they are; owned */
};

/** Reads the file; without one there are none. RC_INVALID when it is no UTF-8 text or too
 *  large, RC_IO. Release in any case. */
enum rc saved_filters_load(struct saved_filters *saved, struct error *err) ATTR_NODISCARD;
/** Writes the file whole, so that it is never half written. RC_IO. */
enum rc saved_filters_store(const struct saved_filters *saved, struct error *err) ATTR_NODISCARD;
void saved_filters_release(struct saved_filters *saved);

/** The text under that name, case and accents aside; NULL when there is none. */
const char *saved_filters_find(const struct saved_filters *saved, const struct record_kind *kind,
			       const char *name);
/** Keeps `text` under the name, replacing what was there; names in it give way to what they stand
 *  for now. RC_USAGE when the name is none: letters, digits, '-' and '_'. RC_NOT_FOUND as below. */
enum rc saved_filters_put(struct saved_filters *saved, const struct record_kind *kind,
			  const char *name, const char *text, struct error *err) ATTR_NODISCARD;
/** RC_NOT_FOUND when there is none of that name. */
enum rc saved_filters_remove(struct saved_filters *saved, const struct record_kind *kind,
			     const char *name, struct error *err) ATTR_NODISCARD;

/**
 * Appends `text` with each `@name` replaced by what it stands for. The file is
 * read only when there is one. RC_NOT_FOUND, naming those there are.
 */
enum rc saved_filters_expand(const struct record_kind *kind, const char *text, struct strbuf *out,
			     struct error *err) ATTR_NODISCARD;

#endif
