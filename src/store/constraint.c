/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/rules.h"
#include "nucleo/store/table_words.h"

/* SQLite says which constraint failed after a colon: columns as "table.column", or the
 * expression of a CHECK. */
static const char *detail_of(const char *message)
{
	const char *colon = strstr(message, ": ");
	return colon ? colon + 2 : "";
}

/* "commitment.plan, commitment.code" is "Plan, Código". */
static void add_columns(struct strbuf *out, const char *table, const char *detail)
{
	size_t length = strlen(table);
	while (*detail) {
		char column[64];
		size_t end = strcspn(detail, ",");
		const char *name = detail;
		if (strncmp(name, table, length) == 0 && name[length] == '.')
			name += length + 1;
		snprintf(column, sizeof(column), "%.*s", (int)(detail + end - name), name);
		strbuf_adds(out, out->length ? ", " : "");
		strbuf_addf(out, _("«%s»"), column_word(table, column));
		detail += end + strspn(detail + end, ", ");
	}
}

/* The column a CHECK is about: the first of the edit's own that its expression names. */
static const struct edit_field *checked_field(const struct edit *edit, const char *expression)
{
	const struct edit_field *first = NULL;
	const char *place = NULL;
	for (size_t i = 0; i < edit->fields.count; i++) {
		const char *found = strstr(expression, edit->fields.items[i].column);
		if (found && (!place || found < place)) {
			place = found;
			first = &edit->fields.items[i];
		}
	}
	return first;
}

static enum rc check_error(const struct edit *edit, const char *expression, struct error *err)
{
	const struct edit_field *field = checked_field(edit, expression);
	struct strbuf value;
	if (!field || !field->now)
		return error_set(err, RC_REFUSED, _("%s: los datos no cumplen «%s»"),
				 table_word(edit->table), expression);
	strbuf_init(&value);
	value_add_words(&value, edit->table, field->column,
			(const char *)sqlite3_value_text(field->now));
	error_set(err, RC_REFUSED, _("%s: el valor %s no vale para «%s» (%s)"),
		  table_word(edit->table), value.data, column_word(edit->table, field->column),
		  expression);
	strbuf_release(&value);
	return RC_REFUSED;
}

static bool has_row(struct store *store, const char *table, const char *column, int64_t key)
{
	struct query query;
	struct error ignored;
	char *sql =
		sqlite3_mprintf("SELECT 1 FROM \"%w\" WHERE \"%w\" = :key LIMIT 1", table, column);
	if (!sql)
		return false;
	query_begin_text(&query, store, sql);
	query_bind_integer(&query, ":key", key);
	bool has = query_next(&query);
	query_end(&query, &ignored);
	sqlite3_free(sql);
	return has;
}

/* A reference of the edit that leads nowhere; RC_OK when all lead somewhere. */
static enum rc missing_reference(struct store *store, const struct edit *edit, struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, store, STATEMENT_TABLE_REFERENCES);
	query_bind_text(&query, ":table", edit->table);
	while (found == RC_OK && query_next(&query)) {
		const char *column = query_text(&query, 0, NULL),
			   *target = query_text(&query, 1, NULL);
		const struct edit_field *field = column ? edit_field_named(edit, column) : NULL;
		if (!field || !field->now || sqlite3_value_type(field->now) == SQLITE_NULL ||
		    !target)
			continue;
		if (!has_row(store, target, "key", sqlite3_value_int64(field->now)))
			found = error_set(err, RC_REFUSED, _("%s: «%s» no existe (%s)"),
					  table_word(edit->table), column_word(edit->table, column),
					  table_word(target));
	}
	struct error ignored;
	query_end(&query, &ignored);
	return found;
}

/* What still refers to the row that was to be deleted. */
static enum rc used_by(struct store *store, const struct edit *edit, struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, store, STATEMENT_REFERENCES_TO);
	query_bind_text(&query, ":table", edit->table);
	while (found == RC_OK && query_next(&query)) {
		const char *table = query_text(&query, 0, NULL),
			   *column = query_text(&query, 1, NULL);
		if (table && column && has_row(store, table, column, edit->key))
			found = error_set(
				err, RC_REFUSED,
				_("%s: no se puede borrar; otro registro depende de eso (%s)"),
				table_word(edit->table), table_word(table));
	}
	struct error ignored;
	query_end(&query, &ignored);
	return found;
}

static enum rc reference_error(struct store *store, const struct edit *edit, struct error *err)
{
	enum rc rc = edit->kind == EDIT_DELETE ? used_by(store, edit, err)
					       : missing_reference(store, edit, err);
	return rc != RC_OK ? rc
			   : error_set(err, RC_REFUSED, _("%s: se refiere a algo que no existe"),
				       table_word(edit->table));
}

static enum rc column_error(const struct edit *edit, int result, const char *detail,
			    struct error *err)
{
	struct strbuf columns;
	strbuf_init(&columns);
	add_columns(&columns, edit->table, detail);
	if (result == SQLITE_CONSTRAINT_NOTNULL)
		error_set(err, RC_REFUSED, _("%s: falta %s"), table_word(edit->table),
			  columns.data);
	else
		error_set(err, RC_REFUSED, _("%s: ya hay otro registro con igual %s"),
			  table_word(edit->table), columns.data);
	strbuf_release(&columns);
	return RC_REFUSED;
}

enum rc constraint_error(struct store *store, const struct edit *edit, int result,
			 struct error *err)
{
	/* The look-ups below replace SQLite's message. */
	char *message = mem_strdup(sqlite3_errmsg(store->db));
	const char *detail = detail_of(message);
	switch (result) {
	case SQLITE_CONSTRAINT_NOTNULL:
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		column_error(edit, result, detail, err);
		break;
	case SQLITE_CONSTRAINT_CHECK:
		check_error(edit, detail, err);
		break;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		reference_error(store, edit, err);
		break;
	default:
		error_set(err, RC_REFUSED, _("%s: los datos no son del tipo que corresponde (%s)"),
			  table_word(edit->table), message);
	}
	free(message);
	return RC_REFUSED;
}
