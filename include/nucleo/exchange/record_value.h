/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_VALUE_H
#define NUCLEO_EXCHANGE_RECORD_VALUE_H

#include "nucleo/exchange/record_fields.h"
#include "nucleo/store/operation.h"

/**
 * One value as a person or a file spells it: whether it will do, and what is stored for it.
 * Messages do not say which field it is; the caller puts that in front of them.
 */

enum { RECORD_VALUE_MAX = 64 * 1024 /**< bytes of one value */ };

/** RC_INVALID for text that is too long, no UTF-8, or would move a terminal's cursor. */
enum rc record_text_check(const char *text, struct error *err) ATTR_NODISCARD;
/** RC_INVALID for a text, not empty, that is no value of the field; references are not looked
 *  up. */
enum rc record_value_check(const struct editable_field *field, const char *text,
			   struct error *err) ATTR_NODISCARD;
/** Owned: a checked text as it is stored and exchanged ("C5", "2024-01-31", "civil_society"). */
char *record_value_canonical(const struct editable_field *field, const char *text) ATTR_NODISCARD;
/** Owned: what a person reads of a canonical text: "31/01/2024", "sociedad civil", "15h00". */
char *record_value_shown(const struct editable_field *field, const char *canonical) ATTR_NODISCARD;
/** The column's value for a canonical text (NULL: null), which is borrowed. No references. */
struct value record_value(const struct editable_field *field, const char *text);
/** RC_INVALID when both dates (or times of a day) are given and are not in the order the kind
 *  asks for. */
enum rc record_dates_check(const struct editable_kind *kind, const char *first, const char *last,
			   struct error *err) ATTR_NODISCARD;

#endif
