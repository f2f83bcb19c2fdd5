/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/trash.h"

#include <string.h>

#include "nucleo/base/json.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/list_source.h"
#include "nucleo/store/record_parts.h"

typedef VECTOR(struct edit) edit_list;

struct gathering {
	struct store *store;
	struct json_writer json;
	key_list told; /* of rows that a later operation removed, too */
	size_t count;
};

/* What one operation is, beside its edits. */
struct deletion {
	int64_t number; /* 0 while it is queued */
	int64_t operation;
	const char *at, *by;
};

static void release_edits(edit_list *edits)
{
	for (size_t i = 0; i < edits->count; i++)
		edit_release(&edits->items[i]);
	vector_release(edits);
}

/* The edits of an operation that remove rows. */
static enum rc read_deletes(struct store *store, const char *text, size_t length,
			    edit_list *deletes, struct error *err)
{
	struct query edits;
	enum rc found = RC_OK;
	edit_query_begin(&edits, store, text, length);
	while (found == RC_OK && query_next(&edits)) {
		struct edit edit;
		found = edit_read(&edits, &edit, err);
		if (found == RC_OK && edit.kind == EDIT_DELETE)
			vector_push(deletes, edit);
		else
			edit_release(&edit);
	}
	enum rc rc = query_end(&edits, found == RC_OK ? err : NULL);
	return found != RC_OK ? found : rc;
}

/* The name of the kind whose rows the table has, where it is another. */
static const char *kind_of(const char *table)
{
	static const char *const others[][2] = {{"agenda_item", "agenda"},
						{"attendance", "attendee"},
						{"entry", "resolution"},
						{"followup_note", "note"},
						{"ogp_application", "application"}};
	for (size_t i = 0; i < ARRAY_COUNT(others); i++)
		if (strcmp(others[i][0], table) == 0)
			return others[i][1];
	return table;
}

static void add_row(struct gathering *gathering, const struct deletion *deletion,
		    const struct edit *edit)
{
	struct json_writer *json = &gathering->json;
	json_object_begin(json);
	json_integer_member(json, "key", edit->key);
	json_string_member(json, "table", edit->table);
	json_string_member(json, "kind", kind_of(edit->table));
	json_string_member(json, "code", edit_code(edit));
	json_string_member(json, "text", edit_text(edit));
	json_string_member(json, "at", deletion->at);
	json_string_member(json, "by", deletion->by);
	json_integer_member(json, "number", deletion->number);
	json_integer_member(json, "operation", deletion->operation);
	json_object_end(json);
	gathering->count++;
}

static enum rc add_if_gone(struct gathering *gathering, const struct deletion *deletion,
			   const struct edit *edit, const key_list *removed, struct error *err)
{
	bool is_there = false;
	if (table_is_part(edit->table) || edit_is_of_part(edit, removed) ||
	    key_set_has(&gathering->told, edit->key))
		return RC_OK;
	key_set_add(&gathering->told, edit->key);
	enum rc rc = record_is_there(gathering->store, edit->table, edit->key, &is_there, err);
	if (rc == RC_OK && !is_there)
		add_row(gathering, deletion, edit);
	return rc;
}

static enum rc add_deletion(struct gathering *gathering, const struct deletion *deletion,
			    const char *text, size_t length, struct error *err)
{
	edit_list deletes = {0};
	key_list removed = {0};
	enum rc rc = read_deletes(gathering->store, text, length, &deletes, err);
	for (size_t i = 0; i < deletes.count; i++)
		key_set_add(&removed, deletes.items[i].key);
	for (size_t i = 0; rc == RC_OK && i < deletes.count && gathering->count < TRASH_MAX; i++)
		rc = add_if_gone(gathering, deletion, &deletes.items[i], &removed, err);
	vector_release(&removed);
	release_edits(&deletes);
	return rc;
}

static enum rc look_through(struct gathering *gathering, enum statement_id deletions, int64_t above,
			    struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, gathering->store, deletions);
	while (found == RC_OK && gathering->count < TRASH_MAX && query_next(&query)) {
		size_t length;
		int64_t number = query_integer(&query, 0);
		const struct deletion deletion = {.number = above ? 0 : number,
						  .operation = number - above,
						  .at = query_text(&query, 1, NULL),
						  .by = query_text(&query, 2, NULL)};
		const char *text = query_text(&query, 3, &length);
		if (text)
			found = add_deletion(gathering, &deletion, text, length, err);
	}
	enum rc rc = query_end(&query, found == RC_OK ? err : NULL);
	return found != RC_OK ? found : rc;
}

enum rc trash_gather(struct store *store, struct strbuf *out, struct error *err)
{
	struct gathering gathering = {.store = store};
	enum rc rc = RC_OK;
	json_init(&gathering.json, out);
	json_array_begin(&gathering.json);
	if (store->is_replica)
		rc = look_through(&gathering, STATEMENT_PENDING_DELETIONS, HISTORY_QUEUE, err);
	if (rc == RC_OK)
		rc = look_through(&gathering, STATEMENT_HISTORY_DELETIONS, 0, err);
	json_array_end(&gathering.json);
	vector_release(&gathering.told);
	return rc;
}
