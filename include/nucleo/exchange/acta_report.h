/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTA_REPORT_H
#define NUCLEO_EXCHANGE_ACTA_REPORT_H

#include <stdbool.h>

#include "nucleo/base/json.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/exchange/acta_import.h"

/**
 * Appends what an import did, for a person: a summary, what was repaired and
 * what found no place; after a dry run also everything that was read, each with
 * its source line and how sure the reading is. `name` is the file, as given.
 * Whatever the file says comes without control characters, in 80 columns.
 */
void acta_report_text(struct strbuf *out, const char *name,
		      const struct acta_import_result *result, bool dry_run);

/** The whole report as one JSON object. */
void acta_report_json(struct json_writer *json, const char *name,
		      const struct acta_import_result *result, bool dry_run);

#endif
