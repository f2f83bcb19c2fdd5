/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_CSV_H
#define NUCLEO_EXCHANGE_RECORD_CSV_H

#include <stdbool.h>

#include "nucleo/model/record.h"

/**
 * Comma-separated values after RFC 4180, lines ended by CRLF. The header holds
 * the JSON keys, the values are the stored ones, lists are joined by ", ".
 */
void record_add_csv_header(struct strbuf *out, const struct record_kind *kind);
void record_add_csv(struct strbuf *out, const struct record_kind *kind, const void *row);

/**
 * Appends one cell, quoted where needed. A text a spreadsheet would run as a
 * formula (it begins with = + - @ TAB or CR and is no plain number) gets a
 * leading apostrophe.
 */
void csv_add_cell(struct strbuf *out, const char *text);

/** Whether a spreadsheet would take the text for a formula: csv_add_cell() puts an apostrophe
 *  before it, which a reader takes off where the rest, apostrophes aside, is a formula. */
bool csv_is_formula(const char *text);

#endif
