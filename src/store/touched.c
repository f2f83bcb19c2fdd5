/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/touched.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/list_source.h"
#include "nucleo/store/record_parts.h"

/* ---- finding the record */

/* Keys of rows are longer than any number people call a record by. */
enum { KEY_DIGITS_LEAST = 7 };

static bool is_key(const char *code, int64_t *key)
{
	size_t digits = strspn(code, "0123456789");
	if (code[digits] || digits < KEY_DIGITS_LEAST || digits > 16)
		return false;
	*key = strtoll(code, NULL, 10);
	return true;
}

/* One that is gone: its code stands in the operation that made it, or in one that changed it. */
static enum rc find_in_history(struct store *store, const char *code, int64_t *key,
			       struct error *err)
{
	struct query query;
	int64_t found = 0;
	query_begin(&query, store, STATEMENT_HISTORY_CALLED);
	query_bind_text(&query, ":code", code);
	if (query_next(&query))
		found = query_integer(&query, 0);
	enum rc rc = query_end(&query, err);
	if (rc != RC_OK)
		return rc;
	if (!found)
		return error_set(err, RC_NOT_FOUND, _("no hay «%s»"), code);
	*key = found;
	return RC_OK;
}

enum rc touched_find(struct store *store, const char *code, int64_t *key, struct error *err)
{
	static const enum record_kind_id kinds[] = {
		RECORD_FOLLOWUP, RECORD_MEETING,   RECORD_COMMITMENT, RECORD_RESOLUTION,
		RECORD_AGENDA,	 RECORD_MILESTONE, RECORD_ATTENDEE,   RECORD_ORGANIZATION,
		RECORD_PLAN,	 RECORD_DOCUMENT};
	if (is_key(code, key))
		return RC_OK;
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		enum rc rc = store_find(store, kinds[i], code, key, err);
		if (rc != RC_NOT_FOUND && rc != RC_INVALID)
			return rc;
	}
	return find_in_history(store, code, key, err);
}

enum rc touched_code(struct store *store, enum record_kind_id kind, int64_t key,
		     struct strbuf *code, struct error *err)
{
	static const char *const tables[RECORD_KIND_COUNT] = {
		[RECORD_ORGANIZATION] = "organization", [RECORD_PLAN] = "plan",
		[RECORD_COMMITMENT] = "commitment",	[RECORD_MILESTONE] = "milestone",
		[RECORD_MEETING] = "meeting",		[RECORD_AGENDA] = "agenda_item",
		[RECORD_ATTENDEE] = "attendance",	[RECORD_RESOLUTION] = "entry",
		[RECORD_FOLLOWUP] = "followup",
	};
	struct strbuf name;
	int64_t found = 0;
	enum rc rc = RC_OK;
	strbuf_init(&name);
	if (tables[kind])
		rc = record_add_name(store, tables[kind], key, &name, err);
	if (rc == RC_OK && name.length) {
		struct error ignored; /* a name that leads nowhere is not used */
		if (touched_find(store, name.data, &found, &ignored) == RC_OK && found == key)
			strbuf_adds(code, name.data);
	}
	if (rc == RC_OK && found != key)
		strbuf_addf(code, "%" PRId64, key);
	strbuf_release(&name);
	return rc;
}

/* ---- finding its operations */

struct touching {
	struct store *store;
	key_list keys; /* of the record and of what belongs to it */
	struct strbuf *out;
	bool has_any;
};

/* Most operations have nothing to do with the record: a look at the numbers in the text says so
 * without reading it. */
static bool names_any(const char *text, size_t length, const key_list *keys)
{
	const char *end = text + length;
	while (text < end) {
		if (!isdigit((unsigned char)*text)) {
			text++;
			continue;
		}
		int64_t number = 0;
		for (; text < end && isdigit((unsigned char)*text); text++)
			number = number < INT64_MAX / 100 ? number * 10 + (*text - '0') : 0;
		if (key_set_has(keys, number))
			return true;
	}
	return false;
}

static enum rc read_edits(struct touching *touching, const char *text, size_t length, bool *touches,
			  struct error *err)
{
	struct query edits;
	enum rc found = RC_OK;
	edit_query_begin(&edits, touching->store, text, length);
	while (found == RC_OK && query_next(&edits)) {
		struct edit edit;
		found = edit_read(&edits, &edit, err);
		if (found == RC_OK && edit_is_of_part(&edit, &touching->keys))
			key_set_add(&touching->keys, edit.key);
		if (found == RC_OK)
			*touches |= key_set_has(&touching->keys, edit.key);
		edit_release(&edit);
	}
	enum rc rc = query_end(&edits, found == RC_OK ? err : NULL);
	/* One that is malformed was refused, and changed nothing. */
	if (found == RC_INVALID)
		return RC_OK;
	return found != RC_OK ? found : rc;
}

static enum rc look_through(struct touching *touching, enum statement_id texts, int64_t above,
			    struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, touching->store, texts);
	while (found == RC_OK && query_next(&query)) {
		size_t length;
		bool touches = false;
		const char *text = query_text(&query, 1, &length);
		if (text && names_any(text, length, &touching->keys))
			found = read_edits(touching, text, length, &touches, err);
		if (!touches)
			continue;
		strbuf_addf(touching->out, "%s%" PRId64, touching->has_any ? "," : "",
			    query_integer(&query, 0) - above);
		touching->has_any = true;
	}
	enum rc rc = query_end(&query, found == RC_OK ? err : NULL);
	return found != RC_OK ? found : rc;
}

enum rc touched_operations(struct store *store, int64_t key, struct strbuf *operations,
			   struct error *err)
{
	struct touching touching = {.store = store, .out = operations};
	key_set_add(&touching.keys, key);
	strbuf_addch(operations, '[');
	enum rc rc = look_through(&touching, STATEMENT_HISTORY_TEXTS, 0, err);
	if (rc == RC_OK && store->is_replica)
		rc = look_through(&touching, STATEMENT_PENDING_TEXTS, HISTORY_QUEUE, err);
	strbuf_addch(operations, ']');
	vector_release(&touching.keys);
	return rc;
}
