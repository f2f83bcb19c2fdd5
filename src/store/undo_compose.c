/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/codes.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/table_words.h"
#include "nucleo/store/undo_parts.h"

static bool is_of_row(const struct edit *edit, const char *table, int64_t key)
{
	return edit->key == key && strcmp(edit->table, table) == 0;
}

/* What the operation left in a column of a row that it inserted; NULL: the
 * default. */
static sqlite3_value *value_left(const struct undo_target *target, const struct edit *inserted,
				 const char *column)
{
	for (size_t i = target->edits.count; i > 0; i--) {
		const struct edit *edit = &target->edits.items[i - 1];
		const struct edit_field *field = is_of_row(edit, inserted->table, inserted->key)
							 ? edit_field_named(edit, column)
							 : NULL;
		if (field && field->now)
			return field->now;
	}
	return NULL;
}

static bool was_inserted(const struct undo_target *target, const struct edit *changed)
{
	for (size_t i = 0; i < target->edits.count; i++) {
		const struct edit *edit = &target->edits.items[i];
		if (edit->kind == EDIT_INSERT && is_of_row(edit, changed->table, changed->key))
			return true;
	}
	return false;
}

/* ---- of a row that was inserted: to be deleted, if nobody has changed it */

/* Defaults of the schema are numbers, so their text in it is that of the value.
 */
static bool is_default(struct query *row, int column, const char *text)
{
	const char *value = query_text(row, column, NULL);
	return value ? text && strcmp(text, value) == 0 : !text;
}

static enum rc check_column(struct store *store, const struct undo_target *target,
			    const struct edit *inserted, struct query *row, int column,
			    bool *is_as_left)
{
	struct query query;
	const char *name = sqlite3_column_name(row->stmt, column);
	sqlite3_value *left = value_left(target, inserted, name);
	if (strcmp(name, "key") == 0)
		return RC_OK;
	if (left) {
		*is_as_left &= edit_values_equal(left, sqlite3_column_value(row->stmt, column));
		return RC_OK;
	}
	query_begin(&query, store, STATEMENT_COLUMN_DEFAULT);
	query_bind_text(&query, ":table", inserted->table);
	query_bind_text(&query, ":column", name);
	*is_as_left &= query_next(&query) && is_default(row, column, query_text(&query, 0, NULL));
	return query_end(&query, NULL);
}

static enum rc check_inserted(struct store *store, const struct undo_target *target,
			      const struct edit *inserted, struct error *err)
{
	struct query row;
	bool is_as_left = true;
	enum rc rc = RC_OK;
	char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" WHERE key = :key", inserted->table);
	if (!sql)
		return store_error(store, SQLITE_NOMEM, err);
	query_begin_text(&row, store, sql);
	query_bind_integer(&row, ":key", inserted->key);
	is_as_left = query_next(&row);
	for (int i = 0; is_as_left && rc == RC_OK && i < sqlite3_column_count(row.stmt); i++)
		rc = check_column(store, target, inserted, &row, i, &is_as_left);
	enum rc ended = query_end(&row, err);
	sqlite3_free(sql);
	if (rc != RC_OK || ended != RC_OK)
		return ended != RC_OK ? ended
				      : error_set(err, rc, _("no se pudo leer «%s»"), store->path);
	if (is_as_left)
		return RC_OK;
	return error_set(err, RC_CONFLICT, _("el registro (%s) ya no es como se agregó"),
			 table_word(inserted->table));
}

/* ---- of a row that was deleted: to be there again */

/* Somebody may have been given its number meanwhile: then it gets another. */
static enum rc add_field_again(struct store *store, const struct edit *deleted,
			       const struct edit_field *field, struct operation *operation,
			       struct error *err)
{
	bool is_taken = false;
	struct strbuf open;
	struct value value = edit_value(field->was);
	enum rc rc = RC_OK;
	if (value.type == VALUE_TEXT)
		rc = codes_is_taken(store, deleted->table, field->column, value.text, &is_taken,
				    err);
	strbuf_init(&open);
	if (rc == RC_OK && is_taken) {
		codes_add_open(&open, value.text);
		value.text = open.data;
	}
	if (rc == RC_OK)
		operation_field(operation, field->column, value);
	strbuf_release(&open);
	return rc;
}

static enum rc insert_again(struct store *store, const struct edit *deleted,
			    struct operation *operation, struct error *err)
{
	enum rc rc = RC_OK;
	operation_insert_again(operation, deleted->table, deleted->key);
	for (size_t i = 0; i < deleted->fields.count && rc == RC_OK; i++)
		rc = add_field_again(store, deleted, &deleted->fields.items[i], operation, err);
	return rc;
}

/* ---- of fields that were set: to what they were */

/*
 * Two people may have put the same into a field: who came second changed
 * nothing, and taking that back must not take the first one's word. Which it
 * was is told by the last operation before that named the field.
 */
struct prior {
	const struct undo_target *target;
	VECTOR(const struct edit_field *)
	known; /* fields whose value before has been met */
	VECTOR(const struct edit_field *)
	idle; /* and those that had their new value then */
};

static bool is_known(const struct prior *prior, const struct edit_field *field)
{
	for (size_t i = 0; i < prior->known.count; i++)
		if (prior->known.items[i] == field)
			return true;
	return false;
}

static bool is_idle(const struct prior *prior, const struct edit_field *field)
{
	for (size_t i = 0; i < prior->idle.count; i++)
		if (prior->idle.items[i] == field)
			return true;
	return false;
}

static void meet_fields(struct prior *prior, const struct edit *later, const struct edit *edit)
{
	for (size_t i = 0; i < later->fields.count; i++) {
		const struct edit_field *field = &later->fields.items[i];
		const struct edit_field *before = edit_field_named(edit, field->column);
		if (is_known(prior, field) || (!before && edit->kind == EDIT_SET))
			continue;
		vector_push(&prior->known, field);
		if (before && before->now && edit_values_equal(before->now, field->now) &&
		    !edit_values_equal(field->was, field->now))
			vector_push(&prior->idle, field);
	}
}

static void meet(struct prior *prior, const struct edit *edit)
{
	for (size_t i = 0; i < prior->target->edits.count; i++) {
		const struct edit *later = &prior->target->edits.items[i];
		if (later->kind == EDIT_SET && is_of_row(later, edit->table, edit->key))
			meet_fields(prior, later, edit);
	}
}

static int64_t only_row_set(const struct undo_target *target)
{
	int64_t only = 0;
	for (size_t i = 0; i < target->edits.count; i++) {
		const struct edit *edit = &target->edits.items[i];
		if (edit->kind != EDIT_SET)
			continue;
		if (only && only != edit->key)
			return 0;
		only = edit->key;
	}
	return only;
}

static bool sets_anything(const struct undo_target *target)
{
	for (size_t i = 0; i < target->edits.count; i++)
		if (target->edits.items[i].kind == EDIT_SET)
			return true;
	return false;
}

static bool is_named_before(const struct undo_target *target, size_t end, const struct edit *edit,
			    const char *column)
{
	for (size_t i = 0; i < end; i++)
		if (is_of_row(&target->edits.items[i], edit->table, edit->key) &&
		    edit_field_named(&target->edits.items[i], column))
			return true;
	return false;
}

/* What the operation sets twice, as by way of a third value, it set the second
 * time for sure. */
static void know_repeated(struct prior *prior)
{
	for (size_t i = 1; i < prior->target->edits.count; i++) {
		const struct edit *edit = &prior->target->edits.items[i];
		for (size_t j = 0; edit->kind == EDIT_SET && j < edit->fields.count; j++)
			if (is_named_before(prior->target, i, edit, edit->fields.items[j].column))
				vector_push(&prior->known, &edit->fields.items[j]);
	}
}

static enum rc find_prior(struct store *store, struct prior *prior, struct error *err)
{
	struct query query;
	struct edit edit;
	char only[24] = "";
	enum rc rc = RC_OK;
	int64_t key = only_row_set(prior->target);
	if (!sets_anything(prior->target))
		return RC_OK;
	know_repeated(prior);
	if (key)
		snprintf(only, sizeof(only), "%" PRId64, key);
	query_begin(&query, store, STATEMENT_EDITS_BEFORE);
	query_bind_integer(&query, ":place", prior->target->place);
	query_bind_text(&query, ":only", only);
	query_bind_text_n(&query, ":text", prior->target->text.data, prior->target->text.length);
	while (rc == RC_OK && query_next(&query)) {
		rc = edit_read(&query, &edit, err);
		if (rc == RC_OK)
			meet(prior, &edit);
		edit_release(&edit);
	}
	enum rc ended = query_end(&query, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? ended : rc;
}

static void set_back(const struct prior *prior, const struct edit *edit,
		     struct operation *operation)
{
	for (size_t i = 0; i < edit->fields.count; i++) {
		const struct edit_field *field = &edit->fields.items[i];
		if (!is_idle(prior, field))
			operation_change(operation, edit->table, edit->key, field->column,
					 edit_value(field->now), edit_value(field->was));
	}
}

/* ---- all of them */

static enum rc add_inverse(struct store *store, const struct prior *prior, const struct edit *edit,
			   struct operation *operation, struct error *err)
{
	enum rc rc = RC_OK;
	switch (edit->kind) {
	case EDIT_INSERT:
		rc = check_inserted(store, prior->target, edit, err);
		if (rc == RC_OK)
			operation_delete(operation, edit->table, edit->key);
		return rc;
	case EDIT_DELETE:
		return insert_again(store, edit, operation, err);
	case EDIT_SET:
		/* A row the operation made itself goes whole. */
		if (!was_inserted(prior->target, edit))
			set_back(prior, edit, operation);
		break;
	}
	return RC_OK;
}

enum rc undo_compose(struct store *store, const struct undo_target *target,
		     struct operation *operation, struct error *err)
{
	struct prior prior = {.target = target};
	enum rc rc = find_prior(store, &prior, err);
	for (size_t i = target->edits.count; i > 0 && rc == RC_OK; i--)
		rc = add_inverse(store, &prior, &target->edits.items[i - 1], operation, err);
	vector_release(&prior.known);
	vector_release(&prior.idle);
	return rc;
}
