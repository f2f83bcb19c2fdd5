/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/base/machine.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/operation_edits.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/table_words.h"

/* What composing needs on the way. */
struct composer {
	struct store *store;
	struct json_writer json;
};

/* Fifteen digits say every decimal a person typed as she typed it. SQLite's own printf knows no
 * locale, and its "!" keeps the point that makes the number a REAL again. */
static void add_real(struct json_writer *json, double real)
{
	char text[40];
	sqlite3_snprintf((int)sizeof(text), text, "%!.15g", real);
	json_raw(json, text);
}

static void add_value(struct json_writer *json, struct value value)
{
	switch (value.type) {
	case VALUE_NULL:
		json_null(json);
		break;
	case VALUE_INTEGER:
		json_integer(json, value.integer);
		break;
	case VALUE_REAL:
		add_real(json, value.real);
		break;
	case VALUE_TEXT:
		json_string(json, value.text);
		break;
	}
}

static void add_new_values(struct json_writer *json, const struct gathered_edit *edit)
{
	json_name(json, edit->kind == EDIT_INSERT ? "insert" : "set");
	json_object_begin(json);
	for (size_t i = 0; i < edit->fields.count; i++) {
		json_name(json, edit->fields.items[i].column);
		add_value(json, edit->fields.items[i].now);
	}
	json_object_end(json);
}

static void add_seen_values(struct json_writer *json, const struct gathered_edit *edit)
{
	json_name(json, "was");
	json_object_begin(json);
	for (size_t i = 0; i < edit->fields.count; i++) {
		json_name(json, edit->fields.items[i].column);
		add_value(json, edit->fields.items[i].was);
	}
	json_object_end(json);
}

static void add_stored_value(struct json_writer *json, struct query *row, int column)
{
	switch (sqlite3_column_type(row->stmt, column)) {
	case SQLITE_INTEGER:
		json_integer(json, query_integer(row, column));
		break;
	case SQLITE_FLOAT:
		add_real(json, sqlite3_column_double(row->stmt, column));
		break;
	case SQLITE_NULL:
		json_null(json);
		break;
	default:
		json_string(json, query_text(row, column, NULL));
	}
}

/* The whole row, so that the deletion can be undone from the operation alone. */
static enum rc add_deleted_row(struct composer *composer, const struct gathered_edit *edit,
			       struct error *err)
{
	struct query row;
	enum rc found = RC_OK;
	char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" WHERE key = :key", edit->table);
	if (!sql)
		return store_error(composer->store, SQLITE_NOMEM, err);
	query_begin_text(&row, composer->store, sql);
	query_bind_integer(&row, ":key", edit->key);
	json_name(&composer->json, "was");
	json_object_begin(&composer->json);
	if (!query_next(&row) && row.result == SQLITE_DONE)
		found = error_set(err, RC_CONFLICT, _("alguien ya borró ese registro (%s)"),
				  table_word(edit->table));
	for (int i = 0; row.result == SQLITE_ROW && i < sqlite3_column_count(row.stmt); i++) {
		const char *name = sqlite3_column_name(row.stmt, i);
		if (!name || strcmp(name, "key") == 0)
			continue;
		json_name(&composer->json, name);
		add_stored_value(&composer->json, &row, i);
	}
	json_object_end(&composer->json);
	enum rc rc = query_end(&row, err);
	sqlite3_free(sql);
	return rc != RC_OK ? rc : found;
}

static enum rc add_edit(struct composer *composer, const struct gathered_edit *edit,
			struct error *err)
{
	enum rc rc = RC_OK;
	json_object_begin(&composer->json);
	json_name(&composer->json, "table");
	json_string(&composer->json, edit->table);
	json_name(&composer->json, "key");
	json_integer(&composer->json, edit->key);
	if (edit->kind == EDIT_DELETE) {
		json_name(&composer->json, "delete");
		json_bool(&composer->json, true);
	} else {
		add_new_values(&composer->json, edit);
	}
	/* Who deletes a row without saying what she saw deletes what is there. */
	if (edit->kind == EDIT_DELETE && !edit->fields.count)
		rc = add_deleted_row(composer, edit, err);
	else if (edit->kind != EDIT_INSERT)
		add_seen_values(&composer->json, edit);
	json_object_end(&composer->json);
	return rc;
}

struct circumstances {
	const char *by, *post, *words, *undoes;
	int64_t schema;
};

/* Begins the text. The parent is not known before the operation is published. */
static void begin(struct json_writer *json, const struct circumstances *of, struct random_id *id)
{
	struct strbuf now;
	char host[MACHINE_NAME_SIZE];
	strbuf_init(&now);
	clock_add_utc(&now);
	machine_name(host);
	*id = random_id_new();
	json_object_begin(json);
	json_string_member(json, "op", id->hex);
	json_string_member(json, "parent", log_head_none().hash.hex);
	json_string_member(json, "at", now.data);
	json_string_member(json, "by", of->by);
	json_string_member(json, "host", host);
	json_string_member(json, "program", PACKAGE_VERSION);
	json_integer_member(json, "schema", of->schema);
	json_string_member(json, "words", of->words);
	json_string_member(json, "undoes", of->undoes);
	/* A remark, which every program passes over that does not know it. */
	if (of->post && *of->post)
		json_string_member(json, "post", of->post);
	strbuf_release(&now);
}

enum rc operation_compose(const struct operation *operation, struct store *store,
			  struct random_id *id, struct strbuf *out, struct error *err)
{
	struct composer composer = {.store = store};
	struct circumstances of = {.by = store_actor(store),
				   .post = store_post(store),
				   .words = operation->words,
				   .undoes = operation->undoes};
	enum rc rc = schema_number(store, &of.schema, err);
	json_init(&composer.json, out);
	begin(&composer.json, &of, id);
	json_name(&composer.json, "edits");
	json_array_begin(&composer.json);
	for (size_t i = 0; i < operation->edits.count && rc == RC_OK; i++)
		rc = add_edit(&composer, &operation->edits.items[i], err);
	json_array_end(&composer.json);
	json_object_end(&composer.json);
	return rc;
}

void operation_compose_migration(int64_t number, const char *by, struct random_id *id,
				 struct strbuf *out)
{
	struct json_writer json;
	struct strbuf words;
	strbuf_init(&words);
	strbuf_addf(&words, _("la base pasa al esquema %lld"), (long long)number);
	const struct circumstances of = {.by = by, .words = words.data, .schema = number};
	json_init(&json, out);
	begin(&json, &of, id);
	json_name(&json, "edits");
	json_array_begin(&json);
	json_array_end(&json);
	json_name(&json, "migration");
	json_object_begin(&json);
	json_integer_member(&json, "number", number);
	json_string_member(&json, "sha256", schema_script_hash(number).hex);
	json_object_end(&json);
	json_object_end(&json);
	strbuf_release(&words);
}
