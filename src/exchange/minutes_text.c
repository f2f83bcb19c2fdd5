/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/decision.h"
#include "nucleo/exchange/minutes_parts.h"

/* An entry being changed, with its meeting. */
struct change {
	struct minutes_meeting meeting;
	struct stored_row entry;
	struct operation *operation;
};

static enum rc begin(struct change *change, struct store *store, int64_t entry, struct error *err)
{
	return minutes_entry_load(store, entry, &change->meeting, &change->entry, err);
}

/* Says what was done (NULL: that is said already), where anything was; nothing is left of what
 * failed. */
static enum rc end(struct change *change, enum rc rc, const char *done, struct error *err)
{
	if (rc == RC_OK && done && !operation_is_empty(change->operation))
		rc = minutes_say_of(&change->meeting, &change->entry, done, change->operation, err);
	if (rc != RC_OK)
		operation_clear(change->operation);
	minutes_meeting_release(&change->meeting);
	row_release(&change->entry);
	return rc;
}

static void set(struct change *change, const char *column, struct value now)
{
	minutes_change(change->operation, "entry", &change->entry, column, now);
}

static enum rc load_followups(const struct change *change, int64_t entry, row_list *rows,
			      struct error *err)
{
	return store_rows(change->meeting.store, "followup", "entry", value_key(entry), rows, err);
}

/* The entries of the same item, and where this one is among them. */
static enum rc load_neighbours(const struct change *change, row_list *rows, size_t *at,
			       struct error *err)
{
	int64_t item = row_value(&change->entry, "agenda_item").integer;
	enum rc rc = minutes_entries(&change->meeting, item, rows, err);
	*at = minutes_index(rows, change->entry.key);
	if (rc == RC_OK && *at == rows->count)
		rc = minutes_gone(err);
	return rc;
}

/* ---- splitting */

/* A decision is one: what is cut off it is a note. */
static int64_t insert_second(struct change *change, const char *text, int64_t rank)
{
	int kind = minutes_enum(&change->entry, "kind", &entry_kind_names);
	const struct entry_row row = {
		.meeting = change->meeting.key,
		.item = row_value(&change->entry, "agenda_item").integer,
		.organization = row_value(&change->entry, "organization").integer,
		.rank = rank,
		.number = change->meeting.number,
		.text = text,
		.kind = kind == ENTRY_DECISION ? ENTRY_NOTE : kind,
		.decision_kind = ENUM_NONE,
		.is_private = minutes_flag(&change->entry, "private"),
		.is_doubt = minutes_flag(&change->entry, "doubt"),
	};
	return meeting_add_entry(change->operation, &row);
}

/* Follow-ups of what is only said in the second part belong to it. */
static void take_along(struct change *change, const row_list *followups, const char *first,
		       const char *second, int64_t to)
{
	for (size_t i = 0; i < followups->count; i++) {
		const char *said = minutes_text(&followups->items[i], "description");
		if (*said && strstr(second, said) && !strstr(first, said))
			minutes_change(change->operation, "followup", &followups->items[i],
				       "entry", value_key(to));
	}
}

static enum rc split(struct change *change, const char *first, const char *second, int64_t *made,
		     struct error *err)
{
	row_list rows = {0}, followups = {0};
	size_t at = 0;
	enum rc rc = load_neighbours(change, &rows, &at, err);
	if (rc == RC_OK)
		rc = load_followups(change, change->entry.key, &followups, err);
	if (rc == RC_OK) {
		int64_t rank = minutes_rank_at(&rows, at + 1, change->operation);
		set(change, "text", value_text(first));
		*made = insert_second(change, second, rank);
		take_along(change, &followups, first, second, *made);
	}
	row_list_release(&followups);
	row_list_release(&rows);
	return rc;
}

/* A byte in the middle of a character is no place to cut. */
static bool begins_character(const char *text, size_t at)
{
	return ((unsigned char)text[at] & 0xC0) != 0x80;
}

enum rc minutes_split(struct store *store, int64_t entry, size_t at, struct operation *operation,
		      int64_t *second, struct error *err)
{
	struct change change = {.operation = operation};
	int64_t made = 0;
	enum rc rc = begin(&change, store, entry, err);
	if (rc != RC_OK)
		return rc;
	const char *text = minutes_text(&change.entry, "text");
	size_t length = strlen(text), cut = at < length && begins_character(text, at) ? at : length;
	/* The blanks between may be those of a paragraph. */
	char *head = strbuf_trimmed(text, cut), *tail = strbuf_trimmed(text + cut, length - cut);
	if (*head && *tail)
		rc = split(&change, head, tail, &made, err);
	else
		rc = error_set(err, RC_INVALID,
			       _("no se parte ahí: una de las dos partes quedaría vacía"));
	free(head);
	free(tail);
	rc = end(&change, rc, "se parte", err);
	if (rc == RC_OK)
		*second = made;
	return rc;
}

/* ---- joining */

static enum rc check_joins(const struct change *change, const struct stored_row *next,
			   struct error *err)
{
	if (minutes_enum(next, "kind", &entry_kind_names) == ENTRY_DECISION)
		return error_set(err, RC_REFUSED,
				 _("la línea que sigue es la decisión %s: no se une a otra"),
				 minutes_text(next, "decision_number"));
	if (minutes_flag(&change->entry, "private") != minutes_flag(next, "private"))
		return error_set(err, RC_REFUSED,
				 _("una nota privada no se une a una que no lo es"));
	return RC_OK;
}

static void take_in(struct change *change, const struct stored_row *next, const char *text,
		    const row_list *followups)
{
	set(change, "text", value_text(text));
	if (minutes_enum(&change->entry, "kind", &entry_kind_names) == ENTRY_NOTE)
		set(change, "kind", row_value(next, "kind"));
	if (minutes_flag(next, "doubt"))
		set(change, "doubt", value_integer(1));
	if (row_value(&change->entry, "organization").type == VALUE_NULL)
		set(change, "organization", row_value(next, "organization"));
	for (size_t i = 0; i < followups->count; i++)
		minutes_change(change->operation, "followup", &followups->items[i], "entry",
			       value_key(change->entry.key));
	row_delete(change->operation, "entry", next);
}

static enum rc join_next(struct change *change, const struct stored_row *next, struct error *err)
{
	struct strbuf text;
	row_list followups = {0};
	strbuf_init(&text);
	strbuf_addf(&text, "%s %s", minutes_text(&change->entry, "text"),
		    minutes_text(next, "text"));
	enum rc rc = check_joins(change, next, err);
	if (rc == RC_OK)
		rc = minutes_check_text(text.data, err);
	if (rc == RC_OK)
		rc = load_followups(change, next->key, &followups, err);
	if (rc == RC_OK)
		take_in(change, next, text.data, &followups);
	row_list_release(&followups);
	strbuf_release(&text);
	return rc;
}

enum rc minutes_join(struct store *store, int64_t entry, struct operation *operation,
		     struct error *err)
{
	struct change change = {.operation = operation};
	row_list rows = {0};
	size_t at = 0;
	enum rc rc = begin(&change, store, entry, err);
	if (rc != RC_OK)
		return rc;
	rc = load_neighbours(&change, &rows, &at, err);
	if (rc == RC_OK && at + 1 == rows.count)
		rc = error_set(err, RC_NOT_FOUND, _("es la última línea de su punto: no sigue otra "
						    "que unirle"));
	if (rc == RC_OK)
		rc = join_next(&change, &rows.items[at + 1], err);
	row_list_release(&rows);
	return end(&change, rc, "se une con la que sigue", err);
}

/* ---- what it is */

/* Nothing of how it was decided stays, nor what became of it; a tally the program did not print is
 * no vote it could forget. */
static enum rc undecide(struct change *change, int kind, struct error *err)
{
	static const char *const columns[] = {"decision_number", "decision_kind",
					      "decision_state", "objections"};
	set(change, "kind", value_text(enum_name(&entry_kind_names, kind)));
	for (size_t i = 0; i < ARRAY_COUNT(columns); i++)
		set(change, columns[i], value_null());
	if (row_value(&change->entry, "vote_rule").type == VALUE_NULL)
		set(change, "tally", value_null());
	return decision_forget_vote(change->meeting.store, change->entry.key, change->operation,
				    err);
}

static void decide(struct change *change)
{
	char *number = meeting_decision_number(change->meeting.number);
	set(change, "kind", value_text(enum_name(&entry_kind_names, ENTRY_DECISION)));
	set(change, "decision_number", value_text(number));
	set(change, "decision_kind",
	    value_text(enum_name(&decision_kind_names, DECISION_CONSENSUS)));
	free(number);
}

static enum rc retype(struct change *change, int kind, struct error *err)
{
	int was = minutes_enum(&change->entry, "kind", &entry_kind_names);
	if (!enum_name(&entry_kind_names, kind))
		return error_set(err, RC_INVALID,
				 _("una línea es una nota, un pedido, un compromiso asumido o una "
				   "decisión"));
	if (was == kind)
		return RC_OK;
	if (was == ENTRY_DECISION)
		return undecide(change, kind, err);
	if (kind == ENTRY_DECISION)
		decide(change);
	else
		set(change, "kind", value_text(enum_name(&entry_kind_names, kind)));
	return RC_OK;
}

enum rc minutes_retype(struct store *store, int64_t entry, int kind, struct operation *operation,
		       struct error *err)
{
	static const char *const done[] = {[ENTRY_NOTE] = "queda como nota",
					   [ENTRY_DECISION] = "queda como decisión",
					   [ENTRY_REQUEST] = "queda como pedido",
					   [ENTRY_UNDERTAKING] = "queda como compromiso"};
	struct change change = {.operation = operation};
	enum rc rc = begin(&change, store, entry, err);
	if (rc != RC_OK)
		return rc;
	rc = retype(&change, kind, err);
	return end(&change, rc, rc == RC_OK ? done[kind] : "", err);
}

static const char *marking(bool was_private, bool is_private, bool is_doubt)
{
	if (was_private != is_private)
		return is_private ? "ahora es" : "ya no es";
	return is_doubt ? "queda en duda" : "ya no está en duda";
}

enum rc minutes_mark(struct store *store, int64_t entry, bool is_private, bool is_doubt,
		     struct operation *operation, struct error *err)
{
	struct change change = {.operation = operation};
	struct strbuf done;
	enum rc rc = begin(&change, store, entry, err);
	if (rc != RC_OK)
		return rc;
	bool was_private = minutes_flag(&change.entry, "private");
	set(&change, "private", value_integer(is_private));
	set(&change, "doubt", value_integer(is_doubt));
	strbuf_init(&done);
	strbuf_addf(&done, "%s ", marking(was_private, is_private, is_doubt));
	minutes_add_quote(&done, minutes_text(&change.entry, "text"), was_private || is_private);
	if (!operation_is_empty(operation))
		rc = minutes_say(&change.meeting, row_value(&change.entry, "agenda_item").integer,
				 done.data, operation, err);
	strbuf_release(&done);
	return end(&change, rc, NULL, err);
}
