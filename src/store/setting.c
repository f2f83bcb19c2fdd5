/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/setting.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/store/row.h"

enum { WORDS_COLUMNS = 60 /* of each of two values that are compared */ };

static enum rc find_row(struct store *store, enum setting_id id, row_list *rows, struct error *err)
{
	return store_rows(store, "setting", "name", value_text(settings[id].name), rows, err);
}

/* "" for none: a value that says nothing is none either. */
static const char *stored_value(const row_list *rows)
{
	struct value value =
		rows->count ? row_value(&rows->items[0], "value") : value_null();
	return value.type == VALUE_TEXT ? value.text : "";
}

enum rc setting_load(struct store *store, enum setting_id id, struct strbuf *out, bool *is_default,
		     struct error *err)
{
	row_list rows = {0};
	enum rc rc = find_row(store, id, &rows, err);
	if (rc == RC_OK) {
		const char *stored = stored_value(&rows);
		strbuf_reset(out);
		strbuf_adds(out, *stored ? stored : settings[id].fallback);
		if (is_default)
			*is_default = !*stored;
	}
	row_list_release(&rows);
	return rc;
}

static void add_value(struct strbuf *out, enum setting_id id, const char *stored)
{
	struct strbuf words;
	strbuf_init(&words);
	setting_add_words(&words, id, *stored ? stored : settings[id].fallback);
	utf8_fit(out, words.data, WORDS_COLUMNS);
	strbuf_release(&words);
}

/* Words are the group's record and stay in its language. */
static void set_words(struct operation *operation, enum setting_id id, const char *was,
		      const char *now)
{
	struct strbuf words;
	strbuf_init(&words);
	strbuf_addf(&words, "Ajuste «%s»: ", settings[id].label);
	add_value(&words, id, was);
	strbuf_adds(&words, " -> ");
	add_value(&words, id, now);
	operation_set_words(operation, "%s", words.data);
	strbuf_release(&words);
}

static void change(struct operation *operation, enum setting_id id, const row_list *rows,
		   const char *now)
{
	struct value value = *now ? value_text(now) : value_null();
	if (rows->count) {
		operation_change(operation, "setting", rows->items[0].key, "value",
				 row_value(&rows->items[0], "value"), value);
	} else {
		operation_insert(operation, "setting");
		operation_field(operation, "name", value_text(settings[id].name));
		operation_field(operation, "value", value);
	}
	set_words(operation, id, stored_value(rows), now);
}

enum rc setting_change(struct store *store, enum setting_id id, const char *text,
		       struct operation *operation, struct error *err)
{
	row_list rows = {0};
	struct strbuf now;
	strbuf_init(&now);
	enum rc rc = setting_read(id, text, &now, err);
	if (rc == RC_OK)
		rc = find_row(store, id, &rows, err);
	if (rc == RC_OK && strcmp(stored_value(&rows), now.data) != 0)
		change(operation, id, &rows, now.data);
	row_list_release(&rows);
	strbuf_release(&now);
	return rc;
}

enum rc setting_load_quorum(struct store *store, struct quorum_rule *rule, struct error *err)
{
	struct strbuf text;
	strbuf_init(&text);
	enum rc rc = setting_load(store, SETTING_QUORUM, &text, NULL, err);
	if (rc == RC_OK && quorum_rule_parse(text.data, rule, NULL) != RC_OK)
		*rule = (struct quorum_rule){0};
	strbuf_release(&text);
	return rc;
}

enum rc setting_load_vote_rule(struct store *store, int *rule, struct error *err)
{
	struct strbuf text;
	strbuf_init(&text);
	enum rc rc = setting_load(store, SETTING_VOTE_RULE, &text, NULL, err);
	if (rc == RC_OK)
		*rule = enum_value(&vote_rule_names, text.data);
	strbuf_release(&text);
	return rc;
}

enum rc setting_load_stuck_meetings(struct store *store, int *meetings, struct error *err)
{
	struct strbuf text;
	strbuf_init(&text);
	enum rc rc = setting_load(store, SETTING_STUCK_MEETINGS, &text, NULL, err);
	if (rc == RC_OK) {
		long number = strtol(text.data, NULL, 10);
		*meetings = number >= 1 && number <= STUCK_MEETINGS_MAX ? (int)number : 2;
	}
	strbuf_release(&text);
	return rc;
}
