/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/exchange/decision.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/model/records.h"

static const struct editable_field *field_at(const struct record_written *written, size_t i)
{
	return &written->edit->kind->fields[i];
}

static struct value new_value(const struct record_written *written, size_t i)
{
	return field_at(written, i)->type == EDITABLE_REFERENCE
		       ? value_key(written->given[i] ? written->keys[i] : 0)
		       : record_value(field_at(written, i), written->given[i]);
}

/* A record she saw that cannot be found any more is no key: that is none others wrote. */
static struct value old_value(const struct record_written *written, size_t i)
{
	const struct record_edit *edit = written->edit;
	const struct record_slot *slot = &edit->slots[i];
	if (!slot->is_seen)
		return row_value(&edit->row, edit->kind->fields[i].column);
	if (field_at(written, i)->type != EDITABLE_REFERENCE)
		return record_value(field_at(written, i), slot->stored);
	return slot->key ? value_integer(slot->key) : value_text(slot->stored);
}

/* ---- rows of their own */

static void insert_party(const struct record_written *written, const struct record_party *party,
			 int64_t key, int64_t rank, struct operation *operation)
{
	const struct editable_kind *kind = written->edit->kind;
	operation_insert(operation, record_party_table(kind));
	operation_field(operation, kind->table, value_key(key));
	operation_field(operation, "organization", value_key(party->organization));
	if (kind->kind == RECORD_COMMITMENT)
		operation_field(operation, "role", value_text(kind->fields[party->field].name));
	operation_field(operation, "rank", value_integer(rank));
}

static const struct record_party *find_party(const party_list *list,
					     const struct record_party *party)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].field == party->field &&
		    list->items[i].organization == party->organization)
			return &list->items[i];
	return NULL;
}

/* Those no longer named go, and what was named twice goes but once. */
static void delete_parties(const struct record_written *written, struct operation *operation)
{
	const party_list *stored = &written->edit->parties;
	for (size_t i = 0; i < stored->count; i++) {
		const struct record_party *party = &stored->items[i];
		if (written->is_changed[party->field] &&
		    (!find_party(&written->parties, party) || find_party(stored, party) != party))
			operation_delete(operation, record_party_table(written->edit->kind),
					 party->row);
	}
}

/* Who stays keeps her row, and her rank where the order allows it. */
static void place_parties(const struct record_written *written, int64_t key,
			  struct operation *operation)
{
	size_t field = EDITABLE_FIELDS_MAX;
	int64_t last = 0;
	for (size_t i = 0; i < written->parties.count; i++) {
		const struct record_party *party = &written->parties.items[i];
		const struct record_party *row = find_party(&written->edit->parties, party);
		/* Lists of a new record count on, as they always have: one table holds them. */
		if (party->field != field && !written->edit->is_new)
			last = 0;
		field = party->field;
		if (!written->is_changed[field])
			continue;
		last = row && row->rank > last ? row->rank : last + 1;
		if (!row)
			insert_party(written, party, key, last, operation);
		else
			operation_change(operation, record_party_table(written->edit->kind),
					 row->row, "rank", value_integer(row->rank),
					 value_integer(last));
	}
}

static void insert_membership(const struct record_written *written, int64_t key,
			      struct operation *operation)
{
	operation_insert(operation, "membership");
	operation_field(operation, "organization", value_key(key));
	operation_field(operation, "role", value_text(record_given(written, "role")));
	operation_field(operation, "starts", value_text(record_given(written, "starts")));
	operation_field(operation, "ends", value_text(record_given(written, "ends")));
}

static void change_member(const struct record_written *written, const char *column, const char *now,
			  struct operation *operation)
{
	const struct stored_row *row = &written->edit->membership;
	const struct record_slot *slot =
		&written->edit->slots[editable_index(written->edit->kind, column)];
	operation_change(operation, "membership", row->key, column,
			 slot->is_seen ? value_text(slot->stored) : row_value(row, column),
			 value_text(now));
}

/* With another standing from a later day on, the one there was ends on the eve. */
static bool is_successor(const struct record_written *written)
{
	struct value starts = row_value(&written->edit->membership, "starts");
	const char *since = record_given(written, "starts");
	return record_has_changed(written, "role") && record_has_changed(written, "starts") &&
	       since && (starts.type != VALUE_TEXT || strcmp(since, starts.text) > 0);
}

static void end_on_the_eve(const struct record_written *written, struct operation *operation)
{
	struct strbuf eve;
	strbuf_init(&eve);
	date_add_iso(&eve, date_parse_iso(record_given(written, "starts")) - 1);
	change_member(written, "ends", eve.data, operation);
	strbuf_release(&eve);
}

static void change_membership(const struct record_written *written, int64_t key,
			      struct operation *operation)
{
	const struct stored_row *row = &written->edit->membership;
	const char *role = record_given(written, "role");
	if (written->edit->kind->kind != RECORD_ORGANIZATION)
		return;
	if (!row->key) {
		if (role)
			insert_membership(written, key, operation);
	} else if (!role) {
		operation_delete(operation, "membership", row->key);
	} else if (is_successor(written)) {
		end_on_the_eve(written, operation);
		insert_membership(written, key, operation);
	} else {
		change_member(written, "role", role, operation);
		change_member(written, "starts", record_given(written, "starts"), operation);
		change_member(written, "ends", record_given(written, "ends"), operation);
	}
}

/* Rows have no order of their own: each note says its day. */
static void insert_note(const struct record_written *written, int64_t key,
			struct operation *operation)
{
	const char *note = record_given(written, "note");
	struct strbuf text;
	if (written->edit->kind->kind != RECORD_FOLLOWUP || !note)
		return;
	day_number today = store_today(written->edit->store);
	strbuf_init(&text);
	date_add_iso(&text, today == DATE_NONE ? clock_today() : today);
	strbuf_addf(&text, ": %s", note);
	operation_insert(operation, "followup_note");
	operation_field(operation, "followup", value_key(key));
	operation_field(operation, "text", value_text(text.data));
	strbuf_release(&text);
}

static void write_parts(const struct record_written *written, int64_t key,
			struct operation *operation)
{
	change_membership(written, key, operation);
	delete_parties(written, operation);
	place_parties(written, key, operation);
	insert_note(written, key, operation);
}

/* ---- the record itself */

static void insert_columns(const struct record_written *written, int64_t rank,
			   struct operation *operation)
{
	const struct editable_kind *kind = written->edit->kind;
	for (size_t i = 0; i < kind->field_count; i++)
		if (kind->fields[i].column)
			operation_field(operation, kind->fields[i].column, new_value(written, i));
	if (kind->kind == RECORD_INDICATOR) {
		operation_field(operation, "indicator",
				value_key(record_given_key(written, "name")));
		operation_field(operation, "local_government",
				value_key(record_given_key(written, "place")));
	}
	record_add_own(written, rank, operation);
}

static enum rc compose_new(struct record_written *written, struct operation *operation,
			   int64_t *key, struct error *err)
{
	int64_t rank = 0;
	enum rc rc = record_find_rank(written, operation, &rank, err);
	if (rc == RC_OK)
		rc = record_add_measured(written, operation, err);
	if (rc != RC_OK)
		return rc;
	*key = operation_insert(operation, written->edit->kind->table);
	insert_columns(written, rank, operation);
	write_parts(written, *key, operation);
	return RC_OK;
}

/* Whether it was voted and is not any more. */
static bool forgets_vote(const struct record_written *written)
{
	const char *kind = record_given(written, "decision_kind");
	return written->edit->kind->kind == RECORD_RESOLUTION &&
	       record_has_changed(written, "decision_kind") && (!kind || strcmp(kind, "vote") != 0);
}

/* The printed tally goes with the votes, where it was printed. */
static bool is_column_changed(const struct record_written *written, size_t i)
{
	const struct editable_field *field = field_at(written, i);
	bool goes = forgets_vote(written) && field->column && strcmp(field->column, "tally") == 0 &&
		    row_value(&written->edit->row, "vote_rule").type != VALUE_NULL;
	return field->column && written->is_changed[i] && !goes;
}

static enum rc compose_changes(const struct record_written *written, struct operation *operation,
			       struct error *err)
{
	const struct record_edit *edit = written->edit;
	enum rc rc = forgets_vote(written)
			     ? decision_forget_vote(edit->store, edit->key, operation, err)
			     : RC_OK;
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < edit->kind->field_count; i++)
		if (is_column_changed(written, i))
			operation_change(operation, edit->kind->table, edit->key,
					 edit->kind->fields[i].column, old_value(written, i),
					 new_value(written, i));
	record_change_own(written, operation);
	write_parts(written, edit->key, operation);
	return RC_OK;
}

enum rc record_edit_compose(struct record_edit *edit, struct operation *operation, size_t *field,
			    struct error *err)
{
	struct record_written written;
	record_written_init(&written, edit);
	enum rc rc = record_read(&written, err);
	if (rc == RC_OK && edit->is_new)
		rc = compose_new(&written, operation, &edit->key, err);
	else if (rc == RC_OK)
		rc = compose_changes(&written, operation, err);
	if (rc == RC_OK && !operation_is_empty(operation))
		record_set_words(&written, operation);
	if (rc != RC_OK && field)
		*field = written.blame;
	record_written_release(&written);
	return rc;
}
