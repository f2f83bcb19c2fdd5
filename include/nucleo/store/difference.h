/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_DIFFERENCE_H
#define NUCLEO_STORE_DIFFERENCE_H

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/store.h"

/**
 * Counts the rows of shared tables that two databases do not have alike, and appends
 * them to `out` in words, a table each: "2 de acción de seguimiento (claves 12, 15)".
 * Columns and tables that one of them lacks are differences.
 */
enum rc store_differences(struct store *a, struct store *b, int64_t *count, struct strbuf *out,
			  struct error *err) ATTR_NODISCARD;

#endif
