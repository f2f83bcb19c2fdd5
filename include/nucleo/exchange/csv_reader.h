/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CSV_READER_H
#define NUCLEO_EXCHANGE_CSV_READER_H

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"

/**
 * Reads RFC 4180 as spreadsheets really write it: separated by commas,
 * semicolons or tabs, whichever the first row has most of, or what a line
 * "sep=;" before it says; UTF-8 with or without BOM, UTF-16 with one, or Windows-1252; lines
 * ending in CR LF, LF or CR, the last one perhaps in nothing; cells that hold
 * quotes and line ends. An apostrophe before a formula, which the writer of
 * this program puts there (record_csv.h), is taken off again.
 */
enum {
	CSV_MAX_BYTES = 16 * 1024 * 1024,
	CSV_MAX_ROWS = 100000,
	CSV_MAX_COLUMNS = 200,
	CSV_MAX_CELL = 64 * 1024, /**< bytes */
};

struct csv_row {
	size_t number; /**< as a spreadsheet numbers rows, from 1, empty ones counted */
	size_t line;   /**< of the text, from 1, where the row begins */
	size_t first, count; /**< its cells */
};

/** Rows that are not empty. Texts are UTF-8 without controls but line ends
 *  and tabs, trimmed. */
struct csv_table {
	char delimiter;
	struct strbuf text; /**< all cells, each terminated */
	VECTOR(size_t) cells; /**< where each begins */
	VECTOR(struct csv_row) rows;
};

/** RC_INVALID when it is no such text or passes a limit; the message names row and column. */
enum rc csv_read(const char *bytes, size_t length, struct csv_table *table, struct error *err)
	ATTR_NODISCARD;
void csv_table_release(struct csv_table *table);

/** Forgets the first `count` rows. */
void csv_drop_rows(struct csv_table *table, size_t count);
/** A cell; "" for one that the row does not have. */
const char *csv_cell(const struct csv_table *table, size_t row, size_t column);
/** A cell that the row has, to be changed where it stands: it may get shorter. */
char *csv_cell_text(struct csv_table *table, size_t row, size_t column);
/** Appends the letters a spreadsheet calls a column by: A, B, ... AA. */
void csv_add_letters(struct strbuf *out, size_t column);

#endif
