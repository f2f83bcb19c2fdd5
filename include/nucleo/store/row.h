/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_ROW_H
#define NUCLEO_STORE_ROW_H

#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/operation.h"

/**
 * Rows of shared tables exactly as they are stored, for whoever edits them: an operation says
 * what its author saw, and lists show other things (codes for keys, a plan's dates for those of
 * its commitments). Names of tables and columns are the program's own, never a person's.
 */
struct row_column {
	char *name;
	struct value value; /**< its text is owned */
};

/** Zeroed is empty. */
struct stored_row {
	int64_t key;
	VECTOR(struct row_column) columns; /**< all but the key */
};

/** RC_NOT_FOUND when there is none. The row, empty before, is owned by the caller. */
enum rc store_row(struct store *store, const char *table, int64_t key, struct stored_row *row,
		  struct error *err) ATTR_NODISCARD;
/** The value of a column, borrowed; null when the row has no such column. */
struct value row_value(const struct stored_row *row, const char *column);
void row_release(struct stored_row *row);
/** operation_delete() of a row as it was read: RC_CONFLICT, naming what is other, when it holds
 *  anything else at the commit. */
void row_delete(struct operation *operation, const char *table, const struct stored_row *row);

typedef VECTOR(struct stored_row) row_list;

/** Appends the rows whose column has that value, in ascending order of rank (where the table has
 *  one) and key; nothing after an error. */
enum rc store_rows(struct store *store, const char *table, const char *column, struct value value,
		   row_list *rows, struct error *err) ATTR_NODISCARD;
void row_list_release(row_list *rows);

/** A column that holds keys of another table. */
struct table_reference {
	char *table, *column; /**< owned */
};

typedef VECTOR(struct table_reference) reference_list;

/** Appends every column that refers to the table, as the schema has them. */
enum rc store_references_to(struct store *store, const char *table, reference_list *list,
			    struct error *err) ATTR_NODISCARD;
void reference_list_release(reference_list *list);

#endif
