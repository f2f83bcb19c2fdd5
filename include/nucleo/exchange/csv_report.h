/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CSV_REPORT_H
#define NUCLEO_EXCHANGE_CSV_REPORT_H

#include "nucleo/base/json.h"
#include "nucleo/exchange/csv_import.h"

/** Appends what the import of the file `name` did, for a person: what was made and changed, the
 *  rows that repeat others, what was not taken, the errors. */
void csv_report_text(struct strbuf *out, const char *name, const struct csv_import_result *result,
		     bool dry_run);
/** The same as an object; `error` is why it failed as a whole, NULL when it did not. */
void csv_report_json(struct json_writer *json, const char *name,
		     const struct csv_import_result *result, bool dry_run, const char *error);

#endif
