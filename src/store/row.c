/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/row.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/operation_edits.h"
#include "nucleo/store/table_words.h"

static struct value column_value(struct query *query, int i)
{
	const char *text;
	switch (sqlite3_column_type(query->stmt, i)) {
	case SQLITE_INTEGER:
		return value_integer(query_integer(query, i));
	case SQLITE_FLOAT:
		return value_real(sqlite3_column_double(query->stmt, i));
	case SQLITE_NULL:
		return value_null();
	default:
		text = query_text(query, i, NULL);
		return value_text(text ? mem_strdup(text) : NULL);
	}
}

static void read_row(struct query *query, struct stored_row *row)
{
	for (int i = 0; i < sqlite3_column_count(query->stmt); i++) {
		const char *name = sqlite3_column_name(query->stmt, i);
		if (name && strcmp(name, "key") == 0) {
			row->key = query_integer(query, i);
		} else if (name) {
			struct row_column *column = vector_add(&row->columns);
			*column = (struct row_column){mem_strdup(name), column_value(query, i)};
		}
	}
}

void row_release(struct stored_row *row)
{
	for (size_t i = 0; i < row->columns.count; i++) {
		struct row_column *column = &row->columns.items[i];
		if (column->value.type == VALUE_TEXT)
			free((char *)(uintptr_t)column->value.text);
		free(column->name);
	}
	vector_release(&row->columns);
}

struct value row_value(const struct stored_row *row, const char *column)
{
	for (size_t i = 0; i < row->columns.count; i++)
		if (strcmp(row->columns.items[i].name, column) == 0)
			return row->columns.items[i].value;
	return value_null();
}

void row_delete(struct operation *operation, const char *table, const struct stored_row *row)
{
	operation_begin_edit(operation, EDIT_DELETE, table, row->key);
	for (size_t i = 0; i < row->columns.count; i++)
		operation_add_field(operation, row->columns.items[i].name,
				    row->columns.items[i].value, value_null());
}

/* From the place `from` on the list. */
static void drop_rows(row_list *rows, size_t from)
{
	while (rows->count > from)
		row_release(&rows->items[--rows->count]);
}

void row_list_release(row_list *rows)
{
	drop_rows(rows, 0);
	vector_release(rows);
}

static int64_t rank_of(const struct stored_row *row)
{
	struct value rank = row_value(row, "rank");
	return rank.type == VALUE_INTEGER ? rank.integer : 0;
}

static int compare_rows(const void *a, const void *b)
{
	const struct stored_row *first = a, *second = b;
	int64_t ranks[] = {rank_of(first), rank_of(second)};
	if (ranks[0] != ranks[1])
		return ranks[0] < ranks[1] ? -1 : 1;
	return first->key < second->key ? -1 : first->key > second->key;
}

static void bind(struct query *query, struct value value)
{
	if (value.type == VALUE_TEXT)
		query_bind_text(query, ":value", value.text);
	else
		query_bind_integer(query, ":value", value.integer);
}

enum rc store_rows(struct store *store, const char *table, const char *column, struct value value,
		   row_list *rows, struct error *err)
{
	struct query query;
	size_t before = rows->count;
	char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" WHERE \"%w\" = :value", table, column);
	if (!sql)
		return store_error(store, SQLITE_NOMEM, err);
	query_begin_text(&query, store, sql);
	bind(&query, value);
	while (query_next(&query))
		read_row(&query, vector_add(rows));
	enum rc rc = query_end(&query, err);
	sqlite3_free(sql);
	if (rc != RC_OK)
		drop_rows(rows, before);
	else if (rows->count > before)
		qsort(rows->items + before, rows->count - before, sizeof(*rows->items),
		      compare_rows);
	return rc;
}

enum rc store_row(struct store *store, const char *table, int64_t key, struct stored_row *row,
		  struct error *err)
{
	row_list rows = {0};
	enum rc rc = store_rows(store, table, "key", value_integer(key), &rows, err);
	if (rc == RC_OK && !rows.count)
		rc = error_set(err, RC_NOT_FOUND, _("ese registro ya no está (%s)"),
			       table_word(table));
	if (rc == RC_OK) {
		*row = rows.items[0];
		rows.count = 0;
	}
	row_list_release(&rows);
	return rc;
}

enum rc store_references_to(struct store *store, const char *table, reference_list *list,
			    struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_REFERENCES_TO);
	query_bind_text(&query, ":table", table);
	while (query_next(&query)) {
		const char *from = query_text(&query, 0, NULL),
			   *column = query_text(&query, 1, NULL);
		if (from && column)
			vector_push(list, ((struct table_reference){mem_strdup(from),
								    mem_strdup(column)}));
	}
	return query_end(&query, err);
}

void reference_list_release(reference_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->items[i].table);
		free(list->items[i].column);
	}
	vector_release(list);
}
