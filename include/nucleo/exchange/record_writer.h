/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_WRITER_H
#define NUCLEO_EXCHANGE_RECORD_WRITER_H

#include "nucleo/exchange/record_text.h"

enum record_format { RECORD_FORMAT_TEXT, RECORD_FORMAT_JSON, RECORD_FORMAT_CSV };

/**
 * Prints a list of records in one of the formats into a buffer the caller
 * empties as often as it likes, so that any number of rows takes little memory.
 */
struct record_writer {
	const struct record_kind *kind;
	enum record_format format;
	struct strbuf *out;
	size_t rows; /**< written so far */
	struct text_table table;
};

/** `columns` is the width a text table may take; `out` is borrowed until record_writer_end(). */
void record_writer_begin(struct record_writer *writer, const struct record_kind *kind,
			 enum record_format format, int columns, struct strbuf *out);
void record_writer_add(struct record_writer *writer, const void *row);
/** Must be called, also after an error, to free what is kept back. */
void record_writer_end(struct record_writer *writer);

#endif
