/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_CODES_H
#define NUCLEO_STORE_CODES_H

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/store.h"

/** Private to src/store: codes that count ("S-2023-014"), given when an operation is committed. */

/** Numbers given so far within one operation. Zeroed is empty. */
struct code_counter {
	char *prefix; /**< owned */
	int64_t last;
};
typedef VECTOR(struct code_counter) code_counters;

/** Whether the column holds such codes and `text` asks for the next number ("S-2023-?"). */
bool code_is_open(const char *table, const char *column, const char *text);
/** Appends `text` with the next free number of its series in place of the "?". */
enum rc code_number(struct store *store, code_counters *counters, const char *table,
		    const char *text, struct strbuf *out, struct error *err) ATTR_NODISCARD;
void code_counters_release(code_counters *counters);

#endif
