/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/edit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/connection.h"

/* No table has near as many columns. */
#define FIELD_LIMIT 100
/* Larger integers are not exact in every JSON reader. */
#define KEY_LIMIT ((int64_t)1 << 53)

enum rc edit_malformed(struct error *err, const char *detail)
{
	return error_set(err, RC_INVALID,
			 _("la operación está mal formada (%s); no se ha aplicado"), detail);
}

void edit_query_begin(struct query *edits, struct store *store, const char *text, size_t length)
{
	query_begin(edits, store, STATEMENT_OPERATION_EDITS);
	query_bind_text_n(edits, ":text", text, length);
}

static bool is_value(struct query *query)
{
	static const char *const types[] = {"null", "integer", "real", "text"};
	static const int stored[] = {SQLITE_NULL, SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT};
	const char *type = query_text(query, 1, NULL);
	size_t length;
	for (size_t i = 0; type && i < ARRAY_COUNT(types); i++) {
		if (strcmp(type, types[i]) != 0)
			continue;
		const char *text = stored[i] == SQLITE_TEXT ? query_text(query, 2, &length) : "";
		/* An integer beyond 64 bits arrives as a real: not the value that was written. */
		return sqlite3_column_type(query->stmt, 2) == stored[i] &&
		       (stored[i] != SQLITE_TEXT || (text && utf8_is_valid(text, length)));
	}
	return false;
}

static struct edit_field *find_field(const struct edit *edit, const char *column)
{
	for (size_t i = 0; i < edit->fields.count; i++)
		if (strcmp(edit->fields.items[i].column, column) == 0)
			return &edit->fields.items[i];
	return NULL;
}

const struct edit_field *edit_field_named(const struct edit *edit, const char *column)
{
	return find_field(edit, column);
}

static struct edit_field *add_field(struct edit *edit, const char *column)
{
	struct edit_field *field = vector_add(&edit->fields);
	field->column = mem_strdup(column);
	return field;
}

/* Where the value of this column goes; NULL when the edit cannot have it (again). In a set the
 * values before come second and only for columns that are set. */
static sqlite3_value **place_for(struct edit *edit, const char *column, bool is_was)
{
	struct edit_field *field = find_field(edit, column);
	if (edit->fields.count >= FIELD_LIMIT)
		return NULL;
	if (is_was && edit->kind == EDIT_SET)
		return field && !field->was ? &field->was : NULL;
	if (field)
		return NULL;
	field = add_field(edit, column);
	return is_was ? &field->was : &field->now;
}

/*
 * SQLite's JSON functions, and its columns, give null where they lack memory to write a value: what
 * then looks malformed may be sound.
 */
static void doubt(struct query *query, enum rc found)
{
	if (found != RC_OK && sqlite3_errcode(query->store->db) == SQLITE_NOMEM)
		query->result = SQLITE_NOMEM;
}

/* The members of the object at `path` become the fields of the edit. */
static enum rc read_fields(struct query *edits, struct edit *edit, const char *path, bool is_was,
			   struct error *err)
{
	struct query query;
	size_t length;
	enum rc found = RC_OK;
	const char *text = query_text(edits, 1, &length);
	query_begin(&query, edits->store, STATEMENT_EDIT_FIELDS);
	query_bind_text_n(&query, ":edit", text, length);
	query_bind_text(&query, ":path", path);
	while (found == RC_OK && query_next(&query)) {
		const char *column = query_text(&query, 0, NULL);
		sqlite3_value **place = column ? place_for(edit, column, is_was) : NULL;
		if (!column) /* a member has a name: there was no memory to write it */
			query.result = SQLITE_NOMEM;
		else if (!place || !is_value(&query))
			found = edit_malformed(err, column);
		else if (!(*place = sqlite3_value_dup(sqlite3_column_value(query.stmt, 2))))
			query.result = SQLITE_NOMEM;
	}
	doubt(&query, found);
	enum rc rc = query_end(&query, err);
	return rc != RC_OK ? rc : found;
}

static bool is_type(struct query *head, int column, const char *type)
{
	const char *text = query_text(head, column, NULL);
	return text && strcmp(text, type) == 0;
}

/* Exactly one of insert, set and delete, with the values before where they are needed. */
static enum rc read_head(struct query *head, struct edit *edit, struct error *err)
{
	bool is_insert = is_type(head, 3, "object"), is_set = is_type(head, 4, "object");
	bool is_delete = is_type(head, 5, "true"), has_was = is_type(head, 6, "object");
	const char *table = query_text(head, 0, NULL);
	if (!table || !is_type(head, 1, "integer"))
		return edit_malformed(err, "table, key");
	edit->key = query_integer(head, 2);
	if (edit->key < 1 || edit->key >= KEY_LIMIT)
		return edit_malformed(err, "key");
	if (is_insert + is_set + is_delete != 1 || has_was == is_insert)
		return edit_malformed(err, table);
	edit->kind = is_insert ? EDIT_INSERT : is_set ? EDIT_SET : EDIT_DELETE;
	edit->table = mem_strdup(table);
	return RC_OK;
}

static enum rc check_pairs(const struct edit *edit, struct error *err)
{
	for (size_t i = 0; edit->kind == EDIT_SET && i < edit->fields.count; i++)
		if (!edit->fields.items[i].was)
			return edit_malformed(err, edit->fields.items[i].column);
	return edit->kind == EDIT_SET && !edit->fields.count ? edit_malformed(err, "set") : RC_OK;
}

enum rc edit_read(struct query *edits, struct edit *edit, struct error *err)
{
	struct query head;
	size_t length;
	enum rc found = RC_OK;
	*edit = (struct edit){0};
	if (!is_type(edits, 0, "object"))
		return edit_malformed(err, "edits");
	const char *text = query_text(edits, 1, &length);
	/* What is known to be an object has a text: there was no memory to write it. */
	if (!text)
		return store_error(edits->store, SQLITE_NOMEM, err);
	query_begin(&head, edits->store, STATEMENT_EDIT_HEAD);
	query_bind_text_n(&head, ":edit", text, length);
	if (query_next(&head))
		found = read_head(&head, edit, err);
	doubt(&head, found);
	enum rc rc = query_end(&head, err);
	if (rc == RC_OK)
		rc = found;
	if (rc == RC_OK && edit->kind != EDIT_DELETE)
		rc = read_fields(edits, edit, edit->kind == EDIT_SET ? "$.set" : "$.insert", false,
				 err);
	if (rc == RC_OK && edit->kind != EDIT_INSERT)
		rc = read_fields(edits, edit, "$.was", true, err);
	return rc == RC_OK ? check_pairs(edit, err) : rc;
}

void edit_release(struct edit *edit)
{
	for (size_t i = 0; i < edit->fields.count; i++) {
		free(edit->fields.items[i].column);
		sqlite3_value_free(edit->fields.items[i].now);
		sqlite3_value_free(edit->fields.items[i].was);
	}
	vector_release(&edit->fields);
	free(edit->table);
	*edit = (struct edit){0};
}

struct value edit_value(sqlite3_value *value)
{
	switch (value ? sqlite3_value_type(value) : SQLITE_NULL) {
	case SQLITE_INTEGER:
		return value_integer(sqlite3_value_int64(value));
	case SQLITE_FLOAT:
		return value_real(sqlite3_value_double(value));
	case SQLITE_TEXT:
		return value_text((const char *)sqlite3_value_text(value));
	default:
		return value_null();
	}
}

void value_add_plain(struct strbuf *out, struct value value)
{
	char text[40];
	if (value.type == VALUE_TEXT)
		strbuf_adds(out, value.text);
	if (value.type == VALUE_INTEGER)
		strbuf_addf(out, "%" PRId64, value.integer);
	if (value.type != VALUE_REAL)
		return;
	/* SQLite's own printf knows no locale. */
	sqlite3_snprintf((int)sizeof(text), text, "%.15g", value.real);
	strbuf_adds(out, text);
}

static bool is_number(int type)
{
	return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

/* A REAL column gives 38.0 back where the text of the operation says 38. */
static bool equal_numbers(sqlite3_value *a, sqlite3_value *b)
{
	if (sqlite3_value_type(a) == SQLITE_INTEGER && sqlite3_value_type(b) == SQLITE_INTEGER)
		return sqlite3_value_int64(a) == sqlite3_value_int64(b);
	double x = sqlite3_value_double(a), y = sqlite3_value_double(b);
	return x <= y && x >= y;
}

bool edit_values_equal(sqlite3_value *a, sqlite3_value *b)
{
	int type = sqlite3_value_type(a), other = sqlite3_value_type(b);
	if (is_number(type) && is_number(other))
		return equal_numbers(a, b);
	if (type != other)
		return false;
	if (type == SQLITE_NULL)
		return true;
	const void *x = sqlite3_value_blob(a), *y = sqlite3_value_blob(b);
	int length = sqlite3_value_bytes(a);
	return length == sqlite3_value_bytes(b) &&
	       (!length || (x && y && memcmp(x, y, (size_t)length) == 0));
}

bool edit_rows_equal(struct query *a, struct query *b)
{
	int count = sqlite3_column_count(a->stmt);
	if (count != sqlite3_column_count(b->stmt))
		return false;
	for (int i = 0; i < count; i++)
		if (!edit_values_equal(sqlite3_column_value(a->stmt, i),
				       sqlite3_column_value(b->stmt, i)))
			return false;
	return true;
}

void edit_add_name(struct strbuf *out, const char *name)
{
	strbuf_addch(out, '"');
	for (; *name; name++) {
		if (*name == '"')
			strbuf_addch(out, '"');
		strbuf_addch(out, *name);
	}
	strbuf_addch(out, '"');
}

void edit_add_select(struct strbuf *sql, const struct edit *edit)
{
	strbuf_adds(sql, "SELECT ");
	for (size_t i = 0; i < edit->fields.count; i++) {
		edit_add_name(sql, edit->fields.items[i].column);
		strbuf_addch(sql, ',');
	}
	strbuf_adds(sql, "\"key\" FROM ");
	edit_add_name(sql, edit->table);
	strbuf_adds(sql, " WHERE \"key\" = ?1");
}
