/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/conflict_parts.h"
#include "nucleo/store/history.h"
#include "nucleo/store/record_parts.h"
#include "nucleo/store/table_words.h"

/* How many operations of the history are looked through for who made a change. */
#define HISTORY_DEPTH 10000

void conflict_value_release(struct conflict_value *value)
{
	if (value->value.type == VALUE_TEXT)
		free((char *)(uintptr_t)value->value.text);
	free(value->code);
	free(value->words);
	*value = (struct conflict_value){0};
}

static void add_in_words(struct strbuf *out, const struct field *field, const char *code)
{
	int named = field && field->type == FIELD_ENUM ? enum_value(field->names, code) : ENUM_NONE;
	if (named != ENUM_NONE)
		strbuf_adds(out, enum_label(field->names, named));
	else if (field && field->type == FIELD_DATE && date_parse_iso(code) != DATE_NONE)
		date_add_local(out, date_parse_iso(code));
	else if (field && field->type == FIELD_TIME && daytime_parse(code) != DAY_MINUTE_NONE)
		daytime_add_local(out, daytime_parse(code));
	else if (field && field->type == FIELD_BOOL)
		strbuf_adds(out, strcmp(code, "0") == 0 ? _("no") : _("sí"));
	else if (field && field->type == FIELD_PERCENT)
		strbuf_addf(out, "%s %%", code);
	else
		strbuf_adds(out, code);
}

static enum rc add_referred(struct store *store, const struct conflict_place *place, int64_t key,
			    struct strbuf *code, struct error *err)
{
	char *other = NULL;
	enum rc rc = column_refers_to(store, place->table, place->column, &other, err);
	if (rc == RC_OK && other)
		rc = record_add_name(store, other, key, code, err);
	free(other);
	return rc;
}

enum rc conflict_value_set(struct store *store, struct conflict_value *filled,
			   const struct conflict_place *place, struct value value,
			   struct error *err)
{
	struct strbuf code, words;
	enum rc rc = RC_OK;
	strbuf_init(&code);
	strbuf_init(&words);
	if (value.type == VALUE_INTEGER)
		rc = add_referred(store, place, value.integer, &code, err);
	if (!code.length)
		value_add_plain(&code, value);
	if (value.type == VALUE_NULL)
		strbuf_adds(&words, _("(vacío)"));
	else
		add_in_words(&words, column_field(place->table, place->column), code.data);
	if (rc == RC_OK) {
		conflict_value_release(filled);
		filled->value = value;
		if (value.type == VALUE_TEXT)
			filled->value.text = mem_strdup(value.text);
		filled->code = value.type == VALUE_NULL ? NULL : strbuf_detach(&code);
		filled->words = strbuf_detach(&words);
	}
	strbuf_release(&code);
	strbuf_release(&words);
	return rc;
}

/* ---- who it was */

/* `after`: only operations after this number. */
static void begin_author(struct query *query, struct store *store, enum statement_id statement,
			 const struct conflict_place *place, int64_t after)
{
	query_begin(query, store, statement);
	query_bind_text(query, ":table", place->table);
	query_bind_text(query, ":column", place->column);
	query_bind_integer(query, ":key", place->key);
	query_bind_integer(query, ":number", after);
}

static void take_author(struct query *query, struct conflict_author *author)
{
	const char *by = query_text(query, 0, NULL), *at = query_text(query, 1, NULL);
	author->by = mem_strdup(by ? by : "");
	author->at = mem_strdup(at ? at : "");
}

enum rc conflict_find_author(struct store *store, const struct conflict_place *place,
			     struct conflict_author *author, struct error *err)
{
	struct query query;
	struct log_head head;
	struct conflict_author found = {0};
	begin_author(&query, store, STATEMENT_QUEUED_AUTHOR, place, INT64_MIN);
	found.is_own = query_next(&query);
	if (found.is_own)
		take_author(&query, &found);
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		rc = history_head(store, &head, err);
	if (rc == RC_OK && !found.is_own) {
		begin_author(&query, store, STATEMENT_HISTORY_AUTHOR, place,
			     head.number - HISTORY_DEPTH);
		if (query_next(&query)) {
			take_author(&query, &found);
			found.operation = query_integer(&query, 2);
		}
		rc = query_end(&query, err);
	}
	if (!found.by)
		found.by = mem_strdup("");
	if (!found.at)
		found.at = mem_strdup("");
	if (rc == RC_OK) {
		*author = found;
		return RC_OK;
	}
	free(found.by);
	free(found.at);
	return rc;
}
