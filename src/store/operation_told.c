/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/operation_told.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/list_source.h"
#include "nucleo/store/record_parts.h"
#include "nucleo/store/table_words.h"

struct telling {
	struct store *store;
	told_visitor *visit;
	void *context;
	VECTOR(char *) texts; /* of the edit being told */
	bool is_stopped;
};

static const char *keep(struct telling *telling, struct strbuf *text)
{
	char *kept = strbuf_detach(text);
	vector_push(&telling->texts, kept);
	return kept;
}

static void forget(struct telling *telling)
{
	for (size_t i = 0; i < telling->texts.count; i++)
		free(telling->texts.items[i]);
	telling->texts.count = 0;
}

/* A reference is what people call the record it leads to, as far as that is still there. */
static enum rc tell_value(struct telling *telling, const char *table, const char *column,
			  struct told_value *told, struct error *err)
{
	struct strbuf words, plain;
	char *refers = NULL;
	enum rc rc = RC_OK;
	if (told->value.type == VALUE_NULL)
		return RC_OK;
	strbuf_init(&words);
	strbuf_init(&plain);
	if (told->value.type == VALUE_INTEGER)
		rc = column_refers_to(telling->store, table, column, &refers, err);
	if (rc == RC_OK && refers)
		rc = record_add_name(telling->store, refers, told->value.integer, &words, err);
	if (rc == RC_OK && !words.length && refers) {
		strbuf_adds(&words, _("uno que ya no está"));
	} else if (rc == RC_OK && !words.length) {
		value_add_plain(&plain, told->value);
		value_add_whole(&words, table, column, plain.data);
	}
	told->words = keep(telling, &words);
	strbuf_release(&plain);
	free(refers);
	return rc;
}

/* A choice or a date reads otherwise than it is stored; nothing is no text either way. */
static bool reads_as_stored(const struct told_value *told)
{
	return !told->words ||
	       (told->value.type == VALUE_TEXT && strcmp(told->words, told->value.text) == 0);
}

static bool is_internal(const char *column)
{
	return strcmp(column, "rank") == 0 || strcmp(column, "sort") == 0;
}

static enum rc tell_field(struct telling *telling, const struct edit *edit,
			  const struct edit_field *field, struct told_edit *told, struct error *err)
{
	struct told_field *out = vector_add(&told->fields);
	*out = (struct told_field){.column = field->column,
				   .label = column_word(edit->table, field->column),
				   .is_internal = is_internal(field->column),
				   .was.value = edit_value(field->was),
				   .now.value = edit_value(field->now)};
	enum rc rc = tell_value(telling, edit->table, field->column, &out->was, err);
	if (rc == RC_OK)
		rc = tell_value(telling, edit->table, field->column, &out->now, err);
	out->is_prose =
		!out->is_internal && reads_as_stored(&out->was) && reads_as_stored(&out->now);
	return rc;
}

static enum rc tell_name(struct telling *telling, const struct edit *edit, struct told_edit *told,
			 struct error *err)
{
	struct strbuf name;
	strbuf_init(&name);
	enum rc rc = record_is_there(telling->store, edit->table, edit->key, &told->is_there, err);
	if (rc == RC_OK)
		rc = record_add_name(telling->store, edit->table, edit->key, &name, err);
	bool is_setting = strcmp(edit->table, "setting") == 0;
	const char *code = is_setting ? edit_text(edit) : edit_code(edit);
	if (!name.length && code)
		strbuf_adds(&name, row_called(edit->table, code));
	told->name = name.length ? keep(telling, &name) : NULL;
	strbuf_release(&name);
	return rc;
}

static enum rc tell_edit(struct telling *telling, const struct edit *edit, struct error *err)
{
	static const enum told_kind kinds[] = {
		[EDIT_INSERT] = TOLD_INSERT, [EDIT_SET] = TOLD_SET, [EDIT_DELETE] = TOLD_DELETE};
	struct told_edit told = {.kind = kinds[edit->kind],
				 .table = edit->table,
				 .word = table_word(edit->table),
				 .key = edit->key};
	enum rc rc = tell_name(telling, edit, &told, err);
	for (size_t i = 0; i < edit->fields.count && rc == RC_OK; i++)
		rc = tell_field(telling, edit, &edit->fields.items[i], &told, err);
	if (rc == RC_OK)
		telling->is_stopped = !telling->visit(telling->context, &told);
	vector_release(&told.fields);
	forget(telling);
	return rc;
}

/* An edit that names no table of ours was refused: it is not told. */
static enum rc is_known(struct store *store, const struct edit *edit, bool *known,
			struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_TABLE_COLUMNS);
	query_bind_text(&query, ":table", edit->table);
	*known = query_next(&query);
	return query_end(&query, err);
}

static enum rc tell_edits(struct telling *telling, const char *text, size_t length,
			  struct error *err)
{
	struct query edits;
	enum rc found = RC_OK;
	edit_query_begin(&edits, telling->store, text, length);
	while (found == RC_OK && !telling->is_stopped && query_next(&edits)) {
		struct edit edit;
		bool known = false;
		found = edit_read(&edits, &edit, err);
		if (found == RC_OK)
			found = is_known(telling->store, &edit, &known, err);
		if (found == RC_OK && known)
			found = tell_edit(telling, &edit, err);
		edit_release(&edit);
	}
	enum rc rc = query_end(&edits, found == RC_OK ? err : NULL);
	return found != RC_OK ? found : rc;
}

static enum rc unknown(struct error *err)
{
	return error_set(err, RC_NOT_FOUND, _("ese cambio ya no está en el historial"));
}

enum rc operation_tell(struct store *store, int64_t key, told_visitor *visit, void *context,
		       struct error *err)
{
	struct telling telling = {.store = store, .visit = visit, .context = context};
	struct query query;
	enum rc found = RC_OK;
	if (key < 0 && !store->is_replica)
		return unknown(err);
	query_begin(&query, store, key < 0 ? STATEMENT_PENDING_TEXT : STATEMENT_HISTORY_TEXT);
	query_bind_integer(&query, ":number", key < 0 ? key + HISTORY_QUEUE : key);
	if (query_next(&query)) {
		size_t length;
		const char *text = query_text(&query, 0, &length);
		if (text)
			found = tell_edits(&telling, text, length, err);
	} else if (query.result == SQLITE_DONE) {
		found = unknown(err);
	}
	enum rc rc = query_end(&query, found == RC_OK ? err : NULL);
	vector_release(&telling.texts);
	return found != RC_OK ? found : rc;
}

enum rc operation_versions(struct store *store, int64_t key, const char *column,
			   version_visitor *visit, void *context, struct error *err)
{
	struct query query;
	bool goes_on = true;
	query_begin(&query, store, STATEMENT_HISTORY_VERSIONS);
	query_bind_integer(&query, ":key", key);
	query_bind_text(&query, ":column", column);
	while (goes_on && query_next(&query)) {
		const struct told_version version = {
			query_integer(&query, 0), query_text(&query, 1, NULL),
			query_text(&query, 2, NULL), query_text(&query, 3, NULL)};
		if (version.at && version.by && version.text)
			goes_on = visit(context, &version);
	}
	return query_end(&query, err);
}
