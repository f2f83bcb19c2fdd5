/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/minutes_parts.h"
#include "nucleo/model/agenda_clock.h"

static struct value state_value(int state)
{
	return value_text(enum_name(&item_state_names, state));
}

static int state_of(const struct stored_row *item)
{
	return minutes_enum(item, "state", &item_state_names);
}

/* What runs is added to what was spent: an item that was treated took a minute at least. */
static void stop_clock(struct operation *operation, const struct stored_row *item, day_minute now)
{
	const struct clock_item running = {
		.state = ITEM_IN_PROGRESS,
		.spent = row_value(item, "minutes_spent").integer,
		.resumed = daytime_parse(minutes_text(item, "resumed")),
	};
	int64_t spent = clock_spent(&running, now);
	if (running.resumed == DAY_MINUTE_NONE)
		return;
	minutes_change(operation, "agenda_item", item, "minutes_spent",
		       value_integer(spent > running.spent ? spent : running.spent + 1));
	minutes_change(operation, "agenda_item", item, "resumed", value_null());
}

static void leave_item(struct operation *operation, const struct stored_row *item, int state,
		       day_minute now)
{
	stop_clock(operation, item, now);
	minutes_change(operation, "agenda_item", item, "state", state_value(state));
}

/* Those in progress, but for the one that is gone to. */
static enum rc leave_others(const struct minutes_meeting *meeting, int64_t item, day_minute now,
			    struct operation *operation, struct error *err)
{
	row_list rows = {0};
	enum rc rc = store_rows(meeting->store, "agenda_item", "meeting", value_key(meeting->key),
				&rows, err);
	for (size_t i = 0; i < rows.count; i++)
		if (rows.items[i].key != item && state_of(&rows.items[i]) == ITEM_IN_PROGRESS)
			leave_item(operation, &rows.items[i], ITEM_DONE, now);
	row_list_release(&rows);
	return rc;
}

static void begin_session(const struct minutes_meeting *meeting, day_minute now,
			  struct operation *operation)
{
	minutes_change(operation, "meeting", &meeting->row, "status",
		       value_text(enum_name(&meeting_status_names, MEETING_IN_SESSION)));
	if (row_value(&meeting->row, "opened").type == VALUE_NULL)
		meeting_change_time(operation, "meeting", &meeting->row, "opened", now);
}

static void begin_item(const struct stored_row *item, day_minute now, struct operation *operation)
{
	minutes_change(operation, "agenda_item", item, "state", state_value(ITEM_IN_PROGRESS));
	if (row_value(item, "resumed").type == VALUE_NULL)
		meeting_change_time(operation, "agenda_item", item, "resumed", now);
}

static enum rc say(const struct minutes_meeting *meeting, int64_t item, const char *done,
		   struct operation *operation, struct error *err)
{
	if (operation_is_empty(operation))
		return RC_OK;
	if (item)
		return minutes_say(meeting, item, done, operation, err);
	operation_set_words(operation, "%s: %s", meeting->number, done);
	return RC_OK;
}

static enum rc check_not_closed(const struct minutes_meeting *meeting, struct error *err)
{
	if (meeting->status < MEETING_CLOSED)
		return RC_OK;
	return error_set(err, RC_REFUSED, _("%s ya está cerrada: sus puntos no se recorren más"),
			 meeting->number);
}

static enum rc go_to(const struct minutes_meeting *meeting, int64_t item, day_minute now,
		     struct operation *operation, struct error *err)
{
	struct stored_row row = {0};
	bool has_begun = meeting->status >= MEETING_IN_SESSION;
	enum rc rc = check_not_closed(meeting, err);
	if (rc == RC_OK && item)
		rc = minutes_item_load(meeting, item, &row, err);
	if (rc == RC_OK)
		rc = leave_others(meeting, item, now, operation, err);
	if (rc == RC_OK && item)
		begin_item(&row, now, operation);
	if (rc == RC_OK && !has_begun)
		begin_session(meeting, now, operation);
	row_release(&row);
	return rc == RC_OK ? say(meeting, item,
				 item	     ? "se trata"
				 : has_begun ? "se detiene el reloj"
					     : "comienza la sesión",
				 operation, err)
			   : rc;
}

enum rc minutes_go_to(struct store *store, int64_t meeting, int64_t item, day_minute now,
		      struct operation *operation, struct error *err)
{
	struct minutes_meeting loaded;
	enum rc rc = minutes_meeting_load(store, meeting, &loaded, err);
	if (rc != RC_OK)
		return rc;
	rc = go_to(&loaded, item, now, operation, err);
	if (rc != RC_OK)
		operation_clear(operation);
	minutes_meeting_release(&loaded);
	return rc;
}

static enum rc set_item(const struct minutes_meeting *meeting, const struct stored_row *item,
			int state, day_minute now, struct operation *operation, struct error *err)
{
	static const char *const done[] = {
		[ITEM_PENDING] = "vuelve a estar pendiente", [ITEM_IN_PROGRESS] = "se trata",
		[ITEM_DONE] = "tratado", [ITEM_DEFERRED] = "se difiere"};
	if (state < ITEM_PENDING || state > ITEM_DEFERRED)
		return error_set(err, RC_INVALID,
				 _("un punto está pendiente, en curso, tratado o diferido"));
	leave_item(operation, item, state, now);
	return say(meeting, item->key, done[state], operation, err);
}

enum rc minutes_set_item(struct store *store, int64_t item, int state, day_minute now,
			 struct operation *operation, struct error *err)
{
	struct minutes_meeting meeting;
	struct stored_row row = {0};
	enum rc rc = store_row(store, "agenda_item", item, &row, err);
	int64_t key = rc == RC_OK ? row_value(&row, "meeting").integer : 0;
	if (rc == RC_OK && state == ITEM_IN_PROGRESS) {
		row_release(&row);
		return minutes_go_to(store, key, item, now, operation, err);
	}
	if (rc == RC_OK)
		rc = minutes_meeting_load(store, key, &meeting, err);
	if (rc == RC_OK) {
		rc = set_item(&meeting, &row, state, now, operation, err);
		minutes_meeting_release(&meeting);
	}
	if (rc != RC_OK)
		operation_clear(operation);
	row_release(&row);
	return rc;
}

/* ---- what comes next */

struct next_item {
	int64_t first, behind; /* pending: of all, and behind the one in progress */
	bool has_passed;
};

static bool note_item(void *context, const void *row)
{
	struct next_item *next = context;
	const struct agenda_item *item = row;
	if (item->state == ITEM_IN_PROGRESS)
		next->has_passed = true;
	if (item->state != ITEM_PENDING || item->parked)
		return true;
	next->first = next->first ? next->first : item->key;
	if (next->has_passed && !next->behind)
		next->behind = item->key;
	return !next->behind;
}

enum rc minutes_next_item(struct store *store, int64_t meeting, int64_t *item, struct error *err)
{
	const struct list_query query = {.meeting = meeting};
	struct next_item next = {0};
	enum rc rc = store_list(store, RECORD_AGENDA, &query, note_item, &next, err);
	if (rc == RC_OK)
		*item = next.behind ? next.behind : next.first;
	return rc;
}
