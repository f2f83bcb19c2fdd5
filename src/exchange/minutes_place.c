/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/minutes_parts.h"

/* Distance of ranks, so that most lines find room between two others. */
enum { RANK_STEP = 16 };

/* ---- the entries of an item */

static void keep_before_items(row_list *rows)
{
	size_t kept = 0;
	for (size_t i = 0; i < rows->count; i++) {
		if (row_value(&rows->items[i], "agenda_item").type == VALUE_NULL)
			rows->items[kept++] = rows->items[i];
		else
			row_release(&rows->items[i]);
	}
	rows->count = kept;
}

enum rc minutes_entries(const struct minutes_meeting *meeting, int64_t item, row_list *rows,
			struct error *err)
{
	enum rc rc = store_rows(meeting->store, "entry", item ? "agenda_item" : "meeting",
				value_key(item ? item : meeting->key), rows, err);
	if (rc == RC_OK && !item)
		keep_before_items(rows);
	return rc;
}

size_t minutes_index(const row_list *rows, int64_t entry)
{
	size_t i = 0;
	while (i < rows->count && rows->items[i].key != entry)
		i++;
	return i;
}

/* ---- ranks */

static int64_t rank_at(const row_list *rows, size_t i)
{
	int64_t rank = row_value(&rows->items[i], "rank").integer;
	if (rank > MEETING_RANK_MAX)
		return MEETING_RANK_MAX;
	return rank < -MEETING_RANK_MAX ? -MEETING_RANK_MAX : rank;
}

static void make_room(const row_list *rows, size_t at, int64_t free_from,
		      struct operation *operation)
{
	for (; at < rows->count && rank_at(rows, at) < free_from; at++, free_from++)
		operation_change(operation, "entry", rows->items[at].key, "rank",
				 row_value(&rows->items[at], "rank"), value_integer(free_from));
}

int64_t minutes_rank_at(const row_list *rows, size_t at, struct operation *operation)
{
	if (!rows->count)
		return RANK_STEP;
	if (at == rows->count)
		return rank_at(rows, at - 1) + RANK_STEP;
	int64_t after = rank_at(rows, at);
	if (!at)
		return after > 1 ? after / 2 : after - RANK_STEP;
	int64_t before = rank_at(rows, at - 1);
	if (after - before > 1)
		return before + (after - before) / 2;
	make_room(rows, at, before + 2, operation);
	return before + 1;
}

static enum rc find_index(const row_list *rows, int64_t behind, size_t *at, struct error *err)
{
	size_t found = behind ? minutes_index(rows, behind) : rows->count;
	if (behind && found == rows->count)
		return error_set(err, RC_NOT_FOUND,
				 _("la línea tras la que iba ya no está en ese punto"));
	*at = behind ? found + 1 : found;
	return RC_OK;
}

static enum rc check_item(const struct minutes_meeting *meeting, int64_t item, struct error *err)
{
	struct stored_row row = {0};
	enum rc rc = item ? minutes_item_load(meeting, item, &row, err) : RC_OK;
	row_release(&row);
	return rc;
}

enum rc minutes_rank_for(const struct minutes_meeting *meeting, const struct minutes_place *place,
			 struct operation *operation, int64_t *rank, struct error *err)
{
	row_list rows = {0};
	size_t at = 0;
	enum rc rc = check_item(meeting, place->item, err);
	if (rc == RC_OK)
		rc = minutes_entries(meeting, place->item, &rows, err);
	if (rc == RC_OK)
		rc = find_index(&rows, place->behind, &at, err);
	if (rc == RC_OK)
		*rank = minutes_rank_at(&rows, at, operation);
	row_list_release(&rows);
	return rc;
}

/* ---- moving */

/* What follows from an entry is found under the item it was heard in. */
static enum rc move_followups(const struct minutes_meeting *meeting, const struct stored_row *entry,
			      int64_t item, struct operation *operation, struct error *err)
{
	row_list followups = {0};
	enum rc rc = store_rows(meeting->store, "followup", "entry", value_key(entry->key),
				&followups, err);
	for (size_t i = 0; i < followups.count; i++)
		minutes_change(operation, "followup", &followups.items[i], "agenda_item",
			       value_key(item));
	row_list_release(&followups);
	return rc;
}

/* The one that moves makes no room for itself. */
static void take_out(row_list *rows, int64_t entry)
{
	size_t at = minutes_index(rows, entry);
	if (at == rows->count)
		return;
	row_release(&rows->items[at]);
	for (; at + 1 < rows->count; at++)
		rows->items[at] = rows->items[at + 1];
	rows->count--;
}

static enum rc move_within(const struct minutes_meeting *meeting, const struct stored_row *entry,
			   const struct minutes_place *to, struct operation *operation,
			   struct error *err)
{
	row_list rows = {0};
	size_t at = 0;
	enum rc rc = minutes_entries(meeting, to->item, &rows, err);
	size_t was = minutes_index(&rows, entry->key), count = rows.count;
	if (rc == RC_OK && to->behind == entry->key)
		rc = error_set(err, RC_INVALID, _("una línea no va tras sí misma"));
	if (rc == RC_OK)
		take_out(&rows, entry->key);
	if (rc == RC_OK)
		rc = find_index(&rows, to->behind, &at, err);
	/* Where it is already nothing moves. */
	if (rc == RC_OK && (was == count || at != was))
		minutes_change(operation, "entry", entry, "rank",
			       value_integer(minutes_rank_at(&rows, at, operation)));
	row_list_release(&rows);
	return rc;
}

static enum rc move_entry(const struct minutes_meeting *meeting, const struct stored_row *entry,
			  const struct minutes_place *to, struct operation *operation,
			  struct error *err)
{
	bool is_other = row_value(entry, "agenda_item").integer != to->item;
	enum rc rc = check_item(meeting, to->item, err);
	if (rc == RC_OK)
		rc = move_within(meeting, entry, to, operation, err);
	if (rc != RC_OK || !is_other)
		return rc;
	minutes_change(operation, "entry", entry, "agenda_item", value_key(to->item));
	return move_followups(meeting, entry, to->item, operation, err);
}

static enum rc say_moved(const struct minutes_meeting *meeting, const struct stored_row *entry,
			 int64_t item, struct operation *operation, struct error *err)
{
	struct strbuf done;
	strbuf_init(&done);
	enum rc rc = RC_OK;
	strbuf_adds(&done, "cambia de lugar");
	if (row_value(entry, "agenda_item").integer != item) {
		strbuf_truncate(&done, 0);
		strbuf_adds(&done, "pasa a ");
		rc = minutes_add_item(meeting, item, &done, err);
	}
	if (rc == RC_OK)
		rc = minutes_say_of(meeting, entry, done.data, operation, err);
	strbuf_release(&done);
	return rc;
}

enum rc minutes_move(struct store *store, int64_t entry, const struct minutes_place *to,
		     struct operation *operation, struct error *err)
{
	struct minutes_meeting meeting;
	struct stored_row row = {0};
	enum rc rc = minutes_entry_load(store, entry, &meeting, &row, err);
	if (rc != RC_OK)
		return rc;
	if (to->meeting && to->meeting != meeting.key)
		rc = error_set(err, RC_INVALID, _("una línea no pasa de una reunión a otra"));
	if (rc == RC_OK)
		rc = move_entry(&meeting, &row, to, operation, err);
	if (rc == RC_OK && !operation_is_empty(operation))
		rc = say_moved(&meeting, &row, to->item, operation, err);
	if (rc != RC_OK)
		operation_clear(operation);
	minutes_meeting_release(&meeting);
	row_release(&row);
	return rc;
}

static enum rc shift_entry(const struct minutes_meeting *meeting, const struct stored_row *entry,
			   int by, struct operation *operation, struct error *err)
{
	int64_t item = row_value(entry, "agenda_item").integer;
	row_list rows = {0};
	enum rc rc = minutes_entries(meeting, item, &rows, err);
	size_t at = minutes_index(&rows, entry->key), count = rows.count;
	if (rc == RC_OK && (at == count || (by < 0 ? at == 0 : at + 1 >= count)))
		rc = error_set(err, RC_NOT_FOUND,
			       by < 0 ? _("ya es la primera línea de su punto")
				      : _("ya es la última línea de su punto"));
	if (rc == RC_OK) {
		take_out(&rows, entry->key);
		int64_t rank = minutes_rank_at(&rows, by < 0 ? at - 1 : at + 1, operation);
		minutes_change(operation, "entry", entry, "rank", value_integer(rank));
		rc = say_moved(meeting, entry, item, operation, err);
	}
	row_list_release(&rows);
	return rc;
}

enum rc minutes_shift(struct store *store, int64_t entry, int by, struct operation *operation,
		      struct error *err)
{
	struct minutes_meeting meeting;
	struct stored_row row = {0};
	enum rc rc = minutes_entry_load(store, entry, &meeting, &row, err);
	if (rc != RC_OK)
		return rc;
	rc = shift_entry(&meeting, &row, by, operation, err);
	if (rc != RC_OK)
		operation_clear(operation);
	minutes_meeting_release(&meeting);
	row_release(&row);
	return rc;
}
