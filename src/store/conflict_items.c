/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/apply.h"
#include "nucleo/store/conflict_parts.h"
#include "nucleo/store/record_parts.h"
#include "nucleo/store/table_words.h"

/*
 * What a parked operation is in conflict with, as far as the tables say now. Its edits are gone
 * through in their order: what an earlier one of them does to a row is no conflict of a later one.
 */

enum {
	AUTHORS_MAX = 200, /* fields whose author is looked for: each looks through the history */
	QUIET_MAX = 200,   /* fields without a conflict that are told */
};

struct loading {
	struct store *store;
	struct conflict *conflict;
	VECTOR(int64_t) added; /* keys of rows that the operation adds */
	struct strbuf changes; /* what others did to what it deletes, in words */
	size_t quiet;
};

static bool is_added(const struct loading *loading, int64_t key)
{
	for (size_t i = 0; i < loading->added.count; i++)
		if (loading->added.items[i] == key)
			return true;
	return false;
}

/* Columns of prose that are no field of a list. */
static bool is_prose_column(const char *column)
{
	static const char *const names[] = {
		"text",		  "note",      "deliverable", "information",  "contribution",
		"technical_note", "presenter", "post",	      "contact_post", "decision_state"};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(names[i], column) == 0)
			return true;
	return false;
}

static bool is_prose(const char *table, const char *column)
{
	const struct field *field = column_field(table, column);
	if (!field)
		return is_prose_column(column);
	return (field->type == FIELD_TEXT || field->type == FIELD_LIST) &&
	       !(field->flags & FIELD_CODE);
}

static bool is_empty_or_text(const struct conflict_value *value)
{
	return value->value.type == VALUE_NULL || value->value.type == VALUE_TEXT;
}

static struct conflict_item *add_item(struct loading *loading, enum conflict_kind kind,
				      const char *table, int64_t key, const char *column)
{
	struct conflict_item *item = vector_add(&loading->conflict->items);
	item->kind = kind;
	item->table = mem_strdup(table);
	item->key = key;
	item->column = mem_strdup(column);
	item->is_internal = strcmp(column, "sort") == 0;
	item->record = mem_strdup("");
	item->by = mem_strdup("");
	item->at = mem_strdup("");
	item->seen.words = mem_strdup("");
	item->mine.words = mem_strdup("");
	item->theirs.words = mem_strdup("");
	return item;
}

static enum rc name_item(struct loading *loading, struct conflict_item *item, struct error *err)
{
	struct strbuf name;
	strbuf_init(&name);
	enum rc rc = record_add_name(loading->store, item->table, item->key, &name, err);
	free(item->record);
	item->record = strbuf_detach(&name);
	return rc;
}

static enum rc find_author(struct loading *loading, struct conflict_item *item, const char *column,
			   struct error *err)
{
	struct conflict_author author;
	if (loading->conflict->items.count > AUTHORS_MAX)
		return RC_OK;
	const struct conflict_place place = {item->table, column, item->key};
	enum rc rc = conflict_find_author(loading->store, &place, &author, err);
	if (rc != RC_OK)
		return rc;
	free(item->by);
	free(item->at);
	item->by = author.by;
	item->at = author.at;
	item->operation = author.operation;
	item->is_own = author.is_own;
	return RC_OK;
}

/* ---- fields */

static unsigned field_choices(const struct conflict_item *item)
{
	unsigned choices = CONFLICT_MINE | CONFLICT_THEIRS;
	bool is_reference =
		item->mine.value.type == VALUE_INTEGER && !column_field(item->table, item->column);
	if (!is_reference)
		choices |= CONFLICT_EDITED;
	if (item->is_text && item->mine.value.type == VALUE_TEXT &&
	    item->theirs.value.type == VALUE_TEXT)
		choices |= CONFLICT_BOTH;
	return choices;
}

static enum rc set_values(struct loading *loading, struct conflict_item *item,
			  const struct edit_field *field, sqlite3_value *current, struct error *err)
{
	struct store *store = loading->store;
	const struct conflict_place place = {item->table, item->column, item->key};
	enum rc rc =
		conflict_value_set(store, &item->seen, &place, edit_value(field->was), err);
	if (rc == RC_OK)
		rc = conflict_value_set(store, &item->mine, &place, edit_value(field->now),
					err);
	if (rc == RC_OK)
		rc = conflict_value_set(store, &item->theirs, &place, edit_value(current),
					err);
	item->is_text = is_prose(item->table, item->column) && is_empty_or_text(&item->mine);
	return rc;
}

/* A later edit of a field: what the operation wants there in the end. */
static enum rc set_again(struct loading *loading, struct conflict_item *item,
			 const struct edit_field *field, struct error *err)
{
	const struct conflict_place place = {item->table, item->column, item->key};
	return conflict_value_set(loading->store, &item->mine, &place,
				  edit_value(field->now), err);
}

static enum rc add_field(struct loading *loading, const struct edit *edit,
			 const struct edit_field *field, sqlite3_value *current, struct error *err)
{
	bool differs =
		!edit_values_equal(current, field->was) && !edit_values_equal(current, field->now);
	struct conflict_item *item =
		conflict_find_item(loading->conflict, edit->table, edit->key, field->column);
	if (item)
		return set_again(loading, item, field, err);
	if (!differs && loading->quiet++ >= QUIET_MAX)
		return RC_OK;
	item = add_item(loading, CONFLICT_FIELD, edit->table, edit->key, field->column);
	enum rc rc = set_values(loading, item, field, current, err);
	if (rc == RC_OK)
		rc = name_item(loading, item, err);
	if (rc == RC_OK && differs)
		rc = find_author(loading, item, field->column, err);
	item->needs_decision = differs && !item->is_internal;
	item->choices = item->needs_decision ? field_choices(item) : 0;
	item->choice = item->needs_decision ? CONFLICT_OPEN : CONFLICT_MINE;
	return rc;
}

/* ---- a row that is gone */

static void add_line(struct strbuf *out, const struct edit *edit, const char *column,
		     const struct conflict_value *value)
{
	strbuf_addf(out, "%s%s: %s", out->length ? "\n" : "", column_word(edit->table, column),
		    value->words);
}

/* What the operation would set there, a line a field. */
static enum rc add_wishes(struct loading *loading, struct conflict_item *item,
			  const struct edit *edit, struct error *err)
{
	struct conflict_value value = {0};
	struct strbuf lines;
	enum rc rc = RC_OK;
	strbuf_init(&lines);
	strbuf_adds(&lines, item->mine.words);
	for (size_t i = 0; i < edit->fields.count && rc == RC_OK; i++) {
		const struct edit_field *field = &edit->fields.items[i];
		const struct conflict_place place = {edit->table, field->column, edit->key};
		rc = conflict_value_set(loading->store, &value, &place,
					edit_value(field->now), err);
		if (rc == RC_OK)
			add_line(&lines, edit, field->column, &value);
	}
	conflict_value_release(&value);
	free(item->mine.words);
	item->mine.words = strbuf_detach(&lines);
	return rc;
}

static enum rc add_gone(struct loading *loading, const struct edit *edit, struct error *err)
{
	struct conflict_item *item =
		conflict_find_item(loading->conflict, edit->table, edit->key, "");
	enum rc rc = RC_OK;
	if (!item) {
		item = add_item(loading, CONFLICT_GONE, edit->table, edit->key, "");
		rc = find_author(loading, item, NULL, err);
		item->needs_decision = true;
		/* Without the operation that deleted it nobody knows what it held. */
		item->choices = CONFLICT_THEIRS | (item->operation ? (unsigned)CONFLICT_MINE : 0u);
		free(item->theirs.words);
		item->theirs.words = mem_strdup(_("(quitado)"));
	}
	return rc == RC_OK ? add_wishes(loading, item, edit, err) : rc;
}

/* ---- reading the row of an edit */

typedef enum rc field_visitor(struct loading *loading, const struct edit *edit,
			      const struct edit_field *field, sqlite3_value *current,
			      struct error *err);

/* Calls `visit` for each field with what the row holds; `exists` is whether there is one. */
static enum rc visit_row(struct loading *loading, const struct edit *edit, field_visitor *visit,
			 bool *exists, struct error *err)
{
	struct query row;
	struct strbuf sql;
	enum rc rc = RC_OK;
	strbuf_init(&sql);
	edit_add_select(&sql, edit);
	query_begin_text(&row, loading->store, sql.data);
	query_bind_integer(&row, "?1", edit->key);
	*exists = query_next(&row);
	for (size_t i = 0; *exists && i < edit->fields.count && rc == RC_OK; i++) {
		sqlite3_value *current = sqlite3_value_dup(sqlite3_column_value(row.stmt, (int)i));
		rc = current ? visit(loading, edit, &edit->fields.items[i], current, err)
			     : error_set(err, RC_IO, _("falta memoria"));
		sqlite3_value_free(current);
	}
	enum rc ended = query_end(&row, rc == RC_OK ? err : NULL);
	strbuf_release(&sql);
	return rc == RC_OK ? ended : rc;
}

static enum rc load_set(struct loading *loading, const struct edit *edit, struct error *err)
{
	bool exists;
	if (is_added(loading, edit->key))
		return RC_OK;
	enum rc rc = visit_row(loading, edit, add_field, &exists, err);
	return rc == RC_OK && !exists ? add_gone(loading, edit, err) : rc;
}

/* ---- deletions, which stand or fall together */

static enum rc compare_deleted(struct loading *loading, const struct edit *edit,
			       const struct edit_field *field, sqlite3_value *current,
			       struct error *err)
{
	const struct conflict_place place = {edit->table, field->column, edit->key};
	struct conflict_value value = {0};
	struct conflict_item *item;
	if (edit_values_equal(current, field->was) ||
	    conflict_find_item(loading->conflict, edit->table, edit->key, field->column))
		return RC_OK;
	item = conflict_deletion(loading->conflict);
	enum rc rc = RC_OK;
	if (!item) {
		item = add_item(loading, CONFLICT_DELETES, edit->table, edit->key, "");
		item->needs_decision = true;
		item->choices = CONFLICT_MINE | CONFLICT_THEIRS;
		free(item->mine.words);
		item->mine.words = mem_strdup(_("(quitarlo)"));
		rc = name_item(loading, item, err);
		if (rc == RC_OK)
			rc = find_author(loading, item, field->column, err);
	}
	if (rc == RC_OK)
		rc = conflict_value_set(loading->store, &value, &place, edit_value(current),
					err);
	if (rc == RC_OK)
		add_line(&loading->changes, edit, field->column, &value);
	conflict_value_release(&value);
	return rc;
}

static enum rc load_delete(struct loading *loading, const struct edit *edit, struct error *err)
{
	bool exists;
	if (is_added(loading, edit->key))
		return RC_OK;
	return visit_row(loading, edit, compare_deleted, &exists, err);
}

/* ---- rows it adds */

static enum rc load_insert(struct loading *loading, const struct edit *edit, struct error *err)
{
	enum rc rc = RC_OK;
	vector_push(&loading->added, edit->key);
	for (size_t i = 0; i < edit->fields.count && rc == RC_OK; i++) {
		const struct edit_field *field = &edit->fields.items[i];
		if (loading->quiet++ >= QUIET_MAX)
			break;
		struct conflict_item *item =
			add_item(loading, CONFLICT_NEW, edit->table, edit->key, field->column);
		item->choice = CONFLICT_MINE;
		rc = set_again(loading, item, field, err);
		item->is_text = is_prose(item->table, item->column);
	}
	return rc;
}

static enum rc load_edit(struct loading *loading, const struct edit *edit, struct error *err)
{
	enum rc rc = apply_check_names(loading->store, edit, err);
	if (rc != RC_OK)
		return rc;
	switch (edit->kind) {
	case EDIT_INSERT:
		return load_insert(loading, edit, err);
	case EDIT_SET:
		return load_set(loading, edit, err);
	case EDIT_DELETE:
		break;
	}
	return load_delete(loading, edit, err);
}

static enum rc load_edits(struct loading *loading, const char *template, struct error *err)
{
	struct query edits;
	struct edit edit;
	enum rc rc = RC_OK;
	edit_query_begin(&edits, loading->store, template, strlen(template));
	while (rc == RC_OK && query_next(&edits)) {
		rc = edit_read(&edits, &edit, err);
		if (rc == RC_OK)
			rc = load_edit(loading, &edit, err);
		edit_release(&edit);
	}
	enum rc ended = query_end(&edits, rc == RC_OK ? err : NULL);
	/* What a lost branch of the log brought may be anything: it can only be dropped. */
	if (rc == RC_INVALID)
		rc = RC_OK;
	return rc == RC_OK ? ended : rc;
}

/* Where no field is in conflict, it is all of it that was refused: it can be tried again, with
 * other values. */
static void add_refusal(struct loading *loading)
{
	struct conflict *conflict = loading->conflict;
	for (size_t i = 0; i < conflict->items.count; i++) {
		struct conflict_item *item = &conflict->items.items[i];
		if (!item->is_internal &&
		    (item->kind == CONFLICT_NEW || item->kind == CONFLICT_FIELD))
			item->choices =
				CONFLICT_MINE | (field_choices(item) & (unsigned)CONFLICT_EDITED);
	}
	struct conflict_item *all = add_item(loading, CONFLICT_REFUSED, "", 0, "");
	all->needs_decision = true;
	all->choices = CONFLICT_MINE | CONFLICT_THEIRS;
}

enum rc conflict_load_items(struct store *store, struct conflict *conflict, const char *template,
			    struct error *err)
{
	struct loading loading = {.store = store, .conflict = conflict};
	strbuf_init(&loading.changes);
	enum rc rc = load_edits(&loading, template, err);
	struct conflict_item *deletion = conflict_deletion(conflict);
	if (rc == RC_OK && deletion) {
		free(deletion->theirs.words);
		deletion->theirs.words = strbuf_detach(&loading.changes);
	}
	if (rc == RC_OK && !conflict_open_count(conflict))
		add_refusal(&loading);
	strbuf_release(&loading.changes);
	vector_release(&loading.added);
	return rc;
}
