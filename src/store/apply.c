/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/apply.h"

#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/edit.h"
#include "nucleo/store/rules.h"
#include "nucleo/store/table_words.h"

/* Only columns the schema has are ever put into a statement, and "key" is no field. */
enum rc apply_check_names(struct store *store, const struct edit *edit, struct error *err)
{
	struct query query;
	size_t columns = 0, known = 0;
	query_begin(&query, store, STATEMENT_TABLE_COLUMNS);
	query_bind_text(&query, ":table", edit->table);
	for (; query_next(&query); columns++) {
		const char *name = query_text(&query, 0, NULL);
		if (name && strcmp(name, "key") != 0 && edit_field_named(edit, name))
			known++;
	}
	enum rc rc = query_end(&query, err);
	if (rc != RC_OK)
		return rc;
	if (!columns)
		return edit_malformed(err, edit->table);
	return known == edit->fields.count ? RC_OK : edit_malformed(err, edit->table);
}

static void bind_value(struct query *query, int index, sqlite3_value *value)
{
	if (query->result == SQLITE_OK)
		query->result = sqlite3_bind_value(query->stmt, index, value);
}

static void bind_key(struct query *query, int64_t key)
{
	if (query->result == SQLITE_OK)
		query->result = sqlite3_bind_int64(query->stmt, 1, key);
}

/* Ends a write; what the constraints refuse is explained by the edit they refused. */
static enum rc end_write(struct query *query, const struct edit *edit, struct error *err)
{
	struct store *store = query->store;
	query_next(query);
	int result = query->result;
	if ((result & 0xFF) != SQLITE_CONSTRAINT)
		return query_end(query, err);
	/* Before the reset: it may change the message. */
	constraint_error(store, edit, result, err);
	struct error ignored;
	query_end(query, &ignored);
	return RC_REFUSED;
}

/* The key of an attendance follows from its meeting and institution: the list that two write at
 * once is one. The first stands, and what the second marked in hers is a change of it. */
static enum rc find_same(struct store *store, const struct edit *edit, bool *is_there,
			 struct error *err)
{
	const struct edit_field *meeting = edit_field_named(edit, "meeting");
	const struct edit_field *organization = edit_field_named(edit, "organization");
	struct query query;
	*is_there = false;
	if (strcmp(edit->table, "attendance") != 0 || !meeting || !organization)
		return RC_OK;
	query_begin_text(&query, store, "SELECT 1 FROM attendance"
					" WHERE key = ?1 AND meeting = ?2 AND organization = ?3");
	bind_key(&query, edit->key);
	bind_value(&query, 2, meeting->now);
	bind_value(&query, 3, organization->now);
	*is_there = query_next(&query);
	return query_end(&query, err);
}

static enum rc insert_row(struct store *store, const struct edit *edit, struct error *err)
{
	struct query query;
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_adds(&sql, "INSERT INTO ");
	edit_add_name(&sql, edit->table);
	strbuf_adds(&sql, " (\"key\"");
	for (size_t i = 0; i < edit->fields.count; i++) {
		strbuf_addch(&sql, ',');
		edit_add_name(&sql, edit->fields.items[i].column);
	}
	strbuf_adds(&sql, ") VALUES (?1");
	for (size_t i = 0; i < edit->fields.count; i++)
		strbuf_addf(&sql, ",?%zu", i + 2);
	strbuf_addch(&sql, ')');
	query_begin_text(&query, store, sql.data);
	bind_key(&query, edit->key);
	for (size_t i = 0; i < edit->fields.count; i++)
		bind_value(&query, (int)i + 2, edit->fields.items[i].now);
	enum rc rc = end_write(&query, edit, err);
	strbuf_release(&sql);
	return rc;
}

static enum rc gone_error(const struct edit *edit, struct error *err)
{
	return error_set(
		err, RC_CONFLICT,
		_("alguien borró entretanto el registro que quería cambiar (%s); nada se guardó"),
		table_word(edit->table));
}

static void add_difference(struct strbuf *out, const struct edit *edit,
			   const struct edit_field *field, sqlite3_value *current)
{
	strbuf_addf(out, "%s%s: ", out->length ? "; " : "",
		    column_word(edit->table, field->column));
	strbuf_adds(out, _("usted vio "));
	value_add_words(out, edit->table, field->column,
			(const char *)sqlite3_value_text(field->was));
	strbuf_adds(out, _(", ahora dice "));
	value_add_words(out, edit->table, field->column, (const char *)sqlite3_value_text(current));
	if (!field->now)
		return;
	strbuf_adds(out, _(", usted puso "));
	value_add_words(out, edit->table, field->column,
			(const char *)sqlite3_value_text(field->now));
}

/* The clock of what two begin or leave at once: who was first has set it, perhaps a minute before,
 * and nobody is to be asked which. */
static const struct {
	const char *table, *state, *clock;
} clocks[] = {
	{"agenda_item", "state", "minutes_spent"},
	{"agenda_item", "state", "resumed"},
	{"meeting", "status", "opened"},
};

/* The field that says what begins or ends with this clock; NULL where it is none. */
static const struct edit_field *state_beside(const struct edit *edit, const char *column)
{
	for (size_t i = 0; i < ARRAY_COUNT(clocks); i++)
		if (strcmp(clocks[i].clock, column) == 0 &&
		    strcmp(clocks[i].table, edit->table) == 0)
			return edit_field_named(edit, clocks[i].state);
	return NULL;
}

static bool is_set_already(struct query *row, const struct edit *edit, const char *clock)
{
	const struct edit_field *state = state_beside(edit, clock);
	if (!state || !state->now)
		return false;
	sqlite3_value *current = sqlite3_column_value(row->stmt, (int)(state - edit->fields.items));
	sqlite3_value *copy = sqlite3_value_dup(current);
	bool is_done = copy && edit_values_equal(copy, state->now) &&
		       !edit_values_equal(copy, state->was);
	sqlite3_value_free(copy);
	return is_done;
}

/* Compares what the row holds with what the author saw; fields that need writing are marked.
 * A field that holds the new value already is neither a conflict nor a write. */
static void compare_row(struct query *row, const struct edit *edit, bool *is_changed,
			struct strbuf *conflicts)
{
	for (size_t i = 0; i < edit->fields.count; i++) {
		const struct edit_field *field = &edit->fields.items[i];
		sqlite3_value *current = sqlite3_value_dup(sqlite3_column_value(row->stmt, (int)i));
		if (!current) {
			row->result = SQLITE_NOMEM;
			return;
		}
		bool is_as_seen = edit_values_equal(current, field->was);
		bool is_done = (field->now && edit_values_equal(current, field->now)) ||
			       (!is_as_seen && is_set_already(row, edit, field->column));
		is_changed[i] = is_as_seen && !is_done;
		if (!is_as_seen && !is_done)
			add_difference(conflicts, edit, field, current);
		sqlite3_value_free(current);
	}
}

static enum rc check_row(struct store *store, const struct edit *edit, bool *is_changed,
			 struct error *err)
{
	struct query query;
	struct strbuf sql, conflicts;
	enum rc found = RC_OK;
	strbuf_init(&sql);
	strbuf_init(&conflicts);
	edit_add_select(&sql, edit);
	query_begin_text(&query, store, sql.data);
	bind_key(&query, edit->key);
	if (query_next(&query))
		compare_row(&query, edit, is_changed, &conflicts);
	else
		found = gone_error(edit, err);
	if (conflicts.length)
		found = error_set(err, RC_CONFLICT, _("otra persona cambió lo mismo (%s) — %s"),
				  table_word(edit->table), conflicts.data);
	enum rc rc = query_end(&query, err);
	strbuf_release(&conflicts);
	strbuf_release(&sql);
	return rc != RC_OK ? rc : found;
}

static enum rc update_row(struct store *store, const struct edit *edit, const bool *is_changed,
			  struct error *err)
{
	struct query query;
	struct strbuf sql;
	int count = 0;
	strbuf_init(&sql);
	strbuf_adds(&sql, "UPDATE ");
	edit_add_name(&sql, edit->table);
	for (size_t i = 0; i < edit->fields.count; i++)
		if (is_changed[i]) {
			strbuf_adds(&sql, count++ ? ", " : " SET ");
			edit_add_name(&sql, edit->fields.items[i].column);
			strbuf_addf(&sql, " = ?%d", count + 1);
		}
	strbuf_adds(&sql, " WHERE \"key\" = ?1");
	if (!count) {
		strbuf_release(&sql);
		return RC_OK;
	}
	query_begin_text(&query, store, sql.data);
	bind_key(&query, edit->key);
	for (size_t i = 0, index = 2; i < edit->fields.count; i++)
		if (is_changed[i])
			bind_value(&query, (int)index++, edit->fields.items[i].now);
	enum rc rc = end_write(&query, edit, err);
	strbuf_release(&sql);
	return rc;
}

static enum rc add_row(struct store *store, const struct edit *edit, struct error *err)
{
	bool is_there;
	enum rc rc = find_same(store, edit, &is_there, err);
	return rc == RC_OK && !is_there ? insert_row(store, edit, err) : rc;
}

static enum rc delete_row(struct store *store, const struct edit *edit, struct error *err)
{
	struct query query;
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_adds(&sql, "DELETE FROM ");
	edit_add_name(&sql, edit->table);
	strbuf_adds(&sql, " WHERE \"key\" = ?1");
	query_begin_text(&query, store, sql.data);
	bind_key(&query, edit->key);
	enum rc rc = end_write(&query, edit, err);
	strbuf_release(&sql);
	return rc;
}

static enum rc change_row(struct store *store, const struct edit *edit, struct error *err)
{
	bool *is_changed = mem_alloc_zero(edit->fields.count + 1, sizeof(*is_changed));
	enum rc rc = check_row(store, edit, is_changed, err);
	if (rc == RC_OK && edit->kind == EDIT_SET)
		rc = update_row(store, edit, is_changed, err);
	else if (rc == RC_OK)
		rc = delete_row(store, edit, err);
	free(is_changed);
	return rc;
}

static enum rc apply_edit(struct store *store, const struct edit *edit, struct error *err)
{
	enum rc rc = apply_check_names(store, edit, err);
	if (rc == RC_OK)
		rc = rules_check(store, edit, err);
	if (rc != RC_OK)
		return rc;
	return edit->kind == EDIT_INSERT ? add_row(store, edit, err)
					 : change_row(store, edit, err);
}

enum rc apply_edits(struct store *store, const char *text, size_t length, struct error *err)
{
	struct query edits;
	struct edit edit;
	struct error late;
	size_t count = 0;
	enum rc rc = RC_OK;
	edit_query_begin(&edits, store, text, length);
	for (; rc == RC_OK && query_next(&edits); count++) {
		rc = edit_read(&edits, &edit, err);
		if (rc == RC_OK)
			rc = apply_edit(store, &edit, err);
		edit_release(&edit);
	}
	enum rc end = query_end(&edits, rc == RC_OK ? err : &late);
	if (rc == RC_OK)
		rc = end;
	return rc == RC_OK && !count ? edit_malformed(err, "edits") : rc;
}
