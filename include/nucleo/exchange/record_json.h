/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_JSON_H
#define NUCLEO_EXCHANGE_RECORD_JSON_H

#include "nucleo/base/json.h"
#include "nucleo/model/record.h"

/**
 * Appends one record as a JSON object: every field that has a heading, under
 * its English name, null where not known, dates ISO 8601, times "15:00",
 * enums by their stored name, lists as arrays. The keys are a promise to
 * scripts: they may be added to, never renamed.
 */
void record_add_json(struct strbuf *out, const struct record_kind *kind, const void *row);
/** Its members alone, into an object that is begun. */
void record_add_json_members(struct json_writer *json, const struct record_kind *kind,
			     const void *row);

/** Adds one field of a record to an object, under its name. */
void record_add_json_field(struct json_writer *json, const struct field *field, const void *row);

#endif
