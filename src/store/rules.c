/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/rules.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"

/* The tables an acta is made of, and how to find the meeting of one of their rows. */
static const struct {
	const char *table;
	enum statement_id meeting_of;
} acta_tables[] = {
	{"agenda_item", STATEMENT_AGENDA_ITEM_MEETING},
	{"entry", STATEMENT_ENTRY_MEETING},
	{"attendance", STATEMENT_ATTENDANCE_MEETING},
	{"ballot", STATEMENT_BALLOT_MEETING},
};

/* RC_REFUSED when the meeting is approved; a meeting that is not there is no matter of this rule.
 */
static enum rc check_meeting(struct store *store, int64_t meeting, struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, store, STATEMENT_MEETING_STATUS);
	query_bind_integer(&query, ":key", meeting);
	if (query_next(&query)) {
		const char *status = query_text(&query, 0, NULL);
		char *number = mem_strdup_null(query_text(&query, 1, NULL));
		if (status && strcmp(status, "approved") == 0)
			found = error_set(
				err, RC_REFUSED,
				_("el acta %s está aprobada y ya no se cambia; lo que haya que "
				  "corregir se anota en una fe de erratas"),
				number ? number : "");
		free(number);
	}
	enum rc rc = query_end(&query, err);
	return rc != RC_OK ? rc : found;
}

static enum rc check_row_meeting(struct store *store, enum statement_id meeting_of, int64_t key,
				 struct error *err)
{
	struct query query;
	int64_t meeting = 0;
	query_begin(&query, store, meeting_of);
	query_bind_integer(&query, ":key", key);
	if (query_next(&query))
		meeting = query_integer(&query, 0);
	enum rc rc = query_end(&query, err);
	return rc == RC_OK ? check_meeting(store, meeting, err) : rc;
}

/* What became of a decision afterwards is no part of the acta that took it. */
static bool is_later_state(const struct edit *edit)
{
	return edit->kind == EDIT_SET && strcmp(edit->table, "entry") == 0 &&
	       edit->fields.count == 1 && edit_field_named(edit, "decision_state");
}

static enum rc check_acta_row(struct store *store, enum statement_id meeting_of,
			      const struct edit *edit, struct error *err)
{
	const struct edit_field *moved = edit_field_named(edit, "meeting");
	bool is_ballot = strcmp(edit->table, "ballot") == 0;
	const struct edit_field *cast = is_ballot ? edit_field_named(edit, "entry") : NULL;
	enum rc rc = RC_OK;
	if (is_later_state(edit))
		return RC_OK;
	if (edit->kind != EDIT_INSERT)
		rc = check_row_meeting(store, meeting_of, edit->key, err);
	if (rc == RC_OK && moved && moved->now)
		rc = check_meeting(store, sqlite3_value_int64(moved->now), err);
	if (rc == RC_OK && cast && cast->now)
		rc = check_row_meeting(store, STATEMENT_ENTRY_MEETING,
				       sqlite3_value_int64(cast->now), err);
	return rc;
}

enum rc rules_check(struct store *store, const struct edit *edit, struct error *err)
{
	if (strcmp(edit->table, "meeting") == 0 && edit->kind != EDIT_INSERT)
		return check_meeting(store, edit->key, err);
	if (strcmp(edit->table, "seal") == 0 && edit->kind != EDIT_INSERT)
		return error_set(err, RC_REFUSED,
				 _("el sello de un acta no se cambia ni se borra"));
	for (size_t i = 0; i < ARRAY_COUNT(acta_tables); i++)
		if (strcmp(edit->table, acta_tables[i].table) == 0)
			return check_acta_row(store, acta_tables[i].meeting_of, edit, err);
	return RC_OK;
}
