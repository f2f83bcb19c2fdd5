/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/record_parts.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/settings.h"
#include "nucleo/store/connection.h"

/* ---- sets of keys */

/* Where the key is, or belongs. */
static size_t place_of(const key_list *set, int64_t key)
{
	size_t low = 0, high = set->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (set->items[middle] < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool key_set_has(const key_list *set, int64_t key)
{
	size_t place = place_of(set, key);
	return place < set->count && set->items[place] == key;
}

void key_set_add(key_list *set, int64_t key)
{
	size_t place = place_of(set, key);
	if (place < set->count && set->items[place] == key)
		return;
	vector_push(set, 0);
	memmove(set->items + place + 1, set->items + place,
		(set->count - 1 - place) * sizeof(*set->items));
	set->items[place] = key;
}

/* ---- rows that belong to others */

static const struct {
	const char *table, *owner;
} parts[] = {
	{"agenda_item", "meeting"},
	{"agenda_item", "parent"},
	{"attendance", "meeting"},
	{"ballot", "entry"},
	{"blocker", "commitment"},
	{"commitment_party", "commitment"},
	{"document", "meeting"},
	{"document", "commitment"},
	{"document", "milestone"},
	{"entry", "meeting"},
	{"entry", "agenda_item"},
	{"followup", "meeting"},
	{"followup", "agenda_item"},
	{"followup", "entry"},
	{"followup_note", "followup"},
	{"followup_responsible", "followup"},
	{"measurement", "indicator"},
	{"measurement", "meeting"},
	{"measurement", "agenda_item"},
	{"membership", "organization"},
	{"milestone", "commitment"},
	{"ogp_application", "local_government"},
	{"person", "organization"},
	{"progress", "commitment"},
	{"progress", "milestone"},
	{"progress", "meeting"},
	{"progress", "agenda_item"},
	{"seal", "meeting"},
};

static bool is_in(sqlite3_value *value, const key_list *records)
{
	return value && sqlite3_value_type(value) == SQLITE_INTEGER &&
	       key_set_has(records, sqlite3_value_int64(value));
}

bool edit_is_of_part(const struct edit *edit, const key_list *records)
{
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		if (strcmp(parts[i].table, edit->table) != 0)
			continue;
		const struct edit_field *field = edit_field_named(edit, parts[i].owner);
		if (field && (is_in(field->now, records) || is_in(field->was, records)))
			return true;
	}
	return false;
}

bool table_is_part(const char *table)
{
	static const char *const tables[] = {"ballot", "commitment_party", "followup_responsible",
					     "membership", "setting"};
	for (size_t i = 0; i < ARRAY_COUNT(tables); i++)
		if (strcmp(tables[i], table) == 0)
			return true;
	return false;
}

enum rc column_refers_to(struct store *store, const char *table, const char *column, char **other,
			 struct error *err)
{
	struct query query;
	char *found = NULL;
	query_begin(&query, store, STATEMENT_TABLE_REFERENCES);
	query_bind_text(&query, ":table", table);
	while (query_next(&query)) {
		const char *from = query_text(&query, 0, NULL), *to = query_text(&query, 1, NULL);
		if (!found && from && to && strcmp(from, column) == 0)
			found = mem_strdup(to);
	}
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		*other = found;
	else
		free(found);
	return rc;
}

/* ---- names */

const char *row_called(const char *table, const char *name)
{
	enum setting_id setting =
		strcmp(table, "setting") == 0 ? setting_named(name) : SETTING_COUNT;
	return setting < SETTING_COUNT ? _(settings[setting].label) : name;
}

static const char *first_of(const struct edit *edit, const char *const *columns, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct edit_field *field = edit_field_named(edit, columns[i]);
		sqlite3_value *value = !field ? NULL : field->was ? field->was : field->now;
		if (value && sqlite3_value_type(value) != SQLITE_NULL)
			return (const char *)sqlite3_value_text(value);
	}
	return NULL;
}

const char *edit_code(const struct edit *edit)
{
	static const char *const columns[] = {"code",  "decision_number", "number", "acronym",
					      "label", "as_of",		  "since",  "post"};
	return first_of(edit, columns, ARRAY_COUNT(columns));
}

const char *edit_text(const struct edit *edit)
{
	static const char *const columns[] = {"description", "title", "text",	  "name",
					      "reason",	     "note",  "evidence", "delegate",
					      "place",	     "value"};
	return first_of(edit, columns, ARRAY_COUNT(columns));
}

enum rc record_add_name(struct store *store, const char *table, int64_t key, struct strbuf *out,
			struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_RECORD_NAME);
	query_bind_text(&query, ":table", table);
	query_bind_integer(&query, ":key", key);
	const char *name = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	if (name)
		strbuf_adds(out, row_called(table, name));
	return query_end(&query, err);
}

enum rc record_is_there(struct store *store, const char *table, int64_t key, bool *is_there,
			struct error *err)
{
	struct query query;
	char *sql = sqlite3_mprintf("SELECT 1 FROM \"%w\" WHERE key = :key", table);
	if (!sql)
		return store_error(store, SQLITE_NOMEM, err);
	query_begin_text(&query, store, sql);
	query_bind_integer(&query, ":key", key);
	*is_there = query_next(&query);
	enum rc rc = query_end(&query, err);
	sqlite3_free(sql);
	return rc;
}
