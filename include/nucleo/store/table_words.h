/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_TABLE_WORDS_H
#define NUCLEO_STORE_TABLE_WORDS_H

#include "nucleo/base/strbuf.h"
#include "nucleo/model/record.h"

/** Private to src/store: what messages call tables, columns and values. */

/** "acción de seguimiento" for "followup"; the name itself when it has no word. */
const char *table_word(const char *table);
/** "Vence" for "due" of "followup"; the name itself when it has no word. */
const char *column_word(const char *table, const char *column);
/** What the lists know of the column; NULL for one that is no field of theirs. */
const struct field *column_field(const char *table, const char *column);
/** Appends a stored value as a person reads it; "(vacío)" for NULL, a long text shortened. */
void value_add_words(struct strbuf *out, const char *table, const char *column, const char *text);

/** Appends a value as a person reads it, all of it; the text is as stored, and none is null. */
void value_add_whole(struct strbuf *out, const char *table, const char *column, const char *text);

#endif
