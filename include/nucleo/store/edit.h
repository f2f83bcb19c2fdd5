/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_EDIT_H
#define NUCLEO_STORE_EDIT_H

#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/operation.h"
#include "nucleo/store/query.h"

/** Private to src/store: one edit of a row, as it was read from an operation's text. */
struct sqlite3_value;

enum edit_kind { EDIT_INSERT, EDIT_SET, EDIT_DELETE };

struct edit_field {
	char *column;
	struct sqlite3_value *now; /**< NULL in a delete */
	struct sqlite3_value *was; /**< NULL in an insert */
};

struct edit {
	enum edit_kind kind;
	char *table;
	int64_t key;
	VECTOR(struct edit_field) fields;
};

/** Begins the query whose rows edit_read() reads: the edits of a text, in their order. */
void edit_query_begin(struct query *edits, struct store *store, const char *text, size_t length);
/** Reads the edit of the current row; RC_INVALID when it is malformed. Release it in any case. */
enum rc edit_read(struct query *edits, struct edit *edit, struct error *err) ATTR_NODISCARD;
void edit_release(struct edit *edit);

/** The field of that column; NULL when the edit does not name it. */
const struct edit_field *edit_field_named(const struct edit *edit, const char *column);
/** A value of SQLite as one of ours: a text is borrowed from it; NULL is null. */
struct value edit_value(struct sqlite3_value *value);
/** Appends it as SQL writes it; a whole number without the point its column gives it. */
void value_add_plain(struct strbuf *out, struct value value);
/** Whether both are the same value: null, number or text. */
bool edit_values_equal(struct sqlite3_value *a, struct sqlite3_value *b);
/** Whether the rows that two queries are at have the same values, column by column. */
bool edit_rows_equal(struct query *a, struct query *b);
/** Appends a name of the schema, quoted. */
void edit_add_name(struct strbuf *out, const char *name);
/** Appends the statement that selects the edit's columns, in their order, of the row ?1; its names
 *  have been checked. */
void edit_add_select(struct strbuf *sql, const struct edit *edit);
/** The text of an operation cannot be understood; `detail` is for whoever looks into it. */
enum rc edit_malformed(struct error *err, const char *detail);

#endif
