/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_TEXT_H
#define NUCLEO_EXCHANGE_RECORD_TEXT_H

#include <stddef.h>

#include "nucleo/base/vector.h"
#include "nucleo/model/record.h"

/**
 * Records as plain text for people, without colour or control characters: a
 * table fitted to a width, or one record line by line.
 */

/** A column while widths are decided; all widths in terminal columns. */
struct text_column {
	const struct field *field;
	int heading; /**< width of its heading */
	int brief;   /**< width of the heading of a narrow column; 0: the heading is cut */
	int content; /**< widest cell seen, at most the table's width */
	int width;   /**< what it gets */
	bool is_text; /**< may be cut; half a code or a date would be useless */
};

enum { TEXT_TABLE_COLUMNS = 32 };

struct text_table {
	const struct record_kind *kind;
	struct strbuf *out;
	int columns; /**< width of the terminal */
	int gap;     /**< blanks between columns */
	struct text_column column[TEXT_TABLE_COLUMNS];
	size_t count;         /**< of columns */
	size_t rows;          /**< added so far */
	VECTOR(char *) cells; /**< of the rows kept back while widths are measured */
	bool is_open;         /**< widths are decided, rows go out as they come */
};

/** `out` is borrowed until text_table_end(); the first rows are kept back to measure columns. */
void text_table_begin(struct text_table *table, const struct record_kind *kind, int columns,
		      struct strbuf *out);
void text_table_add(struct text_table *table, const void *row);
/** Prints what was kept back (nothing at all when there was no row) and frees. */
void text_table_end(struct text_table *table);

/**
 * Decides the widths so that all columns and the blanks between them take at
 * most `available`: the blanks give way first, then long texts, then headings;
 * at last the columns at the right are left out. Returns how many columns are
 * shown (>= 1); `*gap` is the number of blanks between them.
 */
size_t text_columns_fit(struct text_column *columns, size_t count, int available, int *gap);

/** Appends "Heading: value" lines of what is known of one record. */
void record_add_details(struct strbuf *out, const struct record_kind *kind, const void *row);

#endif
