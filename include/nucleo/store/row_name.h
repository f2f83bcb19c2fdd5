/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_ROW_NAME_H
#define NUCLEO_STORE_ROW_NAME_H

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/store.h"

/**
 * Private to src/store. Appends what people call a row: "C6", "AM-2023-05/8.a", "FCD"; nothing
 * when it is not there, or nobody has a name for it.
 */
enum rc row_add_name(struct store *store, const char *table, int64_t key, struct strbuf *out,
		     struct error *err) ATTR_NODISCARD;

#endif
