/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTA_READER_H
#define NUCLEO_EXCHANGE_ACTA_READER_H

#include <stddef.h>

#include "nucleo/base/error.h"
#include "nucleo/model/acta.h"

enum {
	ACTA_MAX_BYTES = 4 * 1024 * 1024,
	ACTA_MAX_LINES = 20000,
};

/**
 * Reads the text of one acta in the house format: tab-separated columns,
 * `pdftotext -layout` output or text copied from a word processor; UTF-8 with
 * or without BOM, or Windows-1252; any line ends. `institutions` are those
 * the database already knows (they help to recognise speakers).
 *
 * RC_INVALID, with a message that says what is wrong and where, when it is no
 * text, too large, has no acta number or no possible date; `acta` is then as
 * acta_init() leaves it. Bounded: linear in the size of the text.
 */
enum rc acta_read(const char *bytes, size_t length, const struct prose_institution *institutions,
		  size_t institution_count, struct acta *acta, struct error *err) ATTR_NODISCARD;

#endif
