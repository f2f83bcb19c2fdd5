/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CSV_COLUMNS_H
#define NUCLEO_EXCHANGE_CSV_COLUMNS_H

#include <stdbool.h>

#include "nucleo/exchange/csv_import.h"
#include "nucleo/exchange/csv_reader.h"

/** Which column of a spreadsheet is which field: by JSON key, by the heading of our own screens
 *  or by what the field's spreadsheets call it; case, accents and marks aside. */
struct csv_target {
	enum csv_kind kind;
	const char *field;    /**< of the kind, as in record_fields.h */
	int reporter;         /**< enum reporter whose report it is in; ENUM_NONE: the row's own */
	const char *headings; /**< folded, separated by '|' */
	bool is_required;
};

struct csv_column {
	char *heading; /**< owned; "" when it has none */
	const struct csv_target *target; /**< NULL: not known */
};

struct csv_columns {
	size_t count;
	struct csv_column items[CSV_MAX_COLUMNS];
};

#define CSV_NONE SIZE_MAX

/**
 * Finds the headings in one of the first rows and drops what stands above them;
 * they are row 0 of the table then. RC_INVALID naming the columns that are missing.
 */
enum rc csv_columns_read(struct csv_columns *columns, enum record_kind_id kind,
			 struct csv_table *table, struct error *err) ATTR_NODISCARD;
void csv_columns_release(struct csv_columns *columns);

/** The column of that field and reporter; CSV_NONE when the file has none. */
size_t csv_column_of(const struct csv_columns *columns, enum csv_kind kind, const char *field,
		     int reporter);
/** Appends "avance_pct (D)". */
void csv_add_column(struct strbuf *out, const struct csv_columns *columns, size_t column);
/** Whether a column without a target tells plans of several countries or periods apart. */
bool csv_is_plan_heading(const struct csv_columns *columns, size_t column);
/** Whom a column without a target is about, by its heading; ENUM_NONE: the row's own reporter. */
int csv_column_reporter(const struct csv_columns *columns, size_t column);

#endif
