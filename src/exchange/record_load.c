/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/model/records.h"

const char *record_party_table(const struct editable_kind *kind)
{
	return kind->kind == RECORD_COMMITMENT ? "commitment_party" : "followup_responsible";
}

static const void *listed_row(const struct record_edit *edit)
{
	return record_set_at(&edit->listed, 0);
}

/* Owned: what the list says in the field of that name; NULL when it says nothing. */
static char *listed_text(const struct record_edit *edit, const char *name)
{
	const struct field *field = record_field_named(&record_kinds[edit->kind->kind], name);
	struct strbuf text;
	strbuf_init(&text);
	if (field)
		record_add_text(&text, field, listed_row(edit));
	if (text.length)
		return strbuf_detach(&text);
	strbuf_release(&text);
	return NULL;
}

/* Owned: a value as record_value_canonical() has it. */
static char *canonical_of(const struct editable_field *field, struct value value)
{
	struct strbuf text;
	if (value.type == VALUE_NULL)
		return NULL;
	if (value.type == VALUE_TEXT)
		return mem_strdup(value.text);
	strbuf_init(&text);
	if (value.type == VALUE_INTEGER)
		strbuf_addf(&text, "%" PRId64, value.integer);
	else if (field->type == EDITABLE_PERCENT)
		percent_add(&text, percent_from_points(value.real));
	else
		strbuf_addf(&text, "%.15g", value.real);
	return strbuf_detach(&text);
}

static char *stored_text(const struct record_edit *edit, const struct editable_field *field)
{
	switch (field->type) {
	case EDITABLE_ROLE:
		return canonical_of(field, row_value(&edit->membership, "role"));
	case EDITABLE_MEMBER_SINCE:
		return canonical_of(field, row_value(&edit->membership, "starts"));
	case EDITABLE_MEMBER_UNTIL:
		return canonical_of(field, row_value(&edit->membership, "ends"));
	case EDITABLE_NOTE:
		return NULL;
	default:
		break;
	}
	if (field->column && field->type != EDITABLE_REFERENCE)
		return canonical_of(field, row_value(&edit->row, field->column));
	return listed_text(edit, field->name);
}

static void set_shown(struct record_slot *slot, char *shown)
{
	free(slot->shown);
	free(slot->text);
	slot->shown = shown;
	slot->text = mem_strdup(shown);
}

static void load_slot(struct record_edit *edit, size_t i)
{
	const struct editable_field *field = &edit->kind->fields[i];
	struct record_slot *slot = &edit->slots[i];
	slot->stored = stored_text(edit, field);
	if (field->type == EDITABLE_REFERENCE)
		slot->key = row_value(&edit->row, field->column).integer;
	set_shown(slot, slot->stored ? record_value_shown(field, slot->stored) : mem_strdup(""));
}

/* Leads, counterparts and supporters are in one table, each with her role. */
static bool is_in_list(const struct stored_row *row, const struct editable_field *field)
{
	struct value role = row_value(row, "role");
	return role.type != VALUE_TEXT || strcmp(role.text, field->name) == 0;
}

static void take_parties(struct record_edit *edit, const row_list *rows)
{
	for (size_t i = 0; i < edit->kind->field_count; i++)
		for (size_t j = 0; j < rows->count; j++)
			if (edit->kind->fields[i].type == EDITABLE_PARTIES &&
			    is_in_list(&rows->items[j], &edit->kind->fields[i]))
				vector_push(
					&edit->parties,
					((struct record_party){
						i, rows->items[j].key,
						row_value(&rows->items[j], "organization").integer,
						row_value(&rows->items[j], "rank").integer}));
}

static enum rc load_parties(struct record_edit *edit, struct error *err)
{
	row_list rows = {0};
	if (edit->kind->kind != RECORD_COMMITMENT && edit->kind->kind != RECORD_FOLLOWUP)
		return RC_OK;
	enum rc rc = store_rows(edit->store, record_party_table(edit->kind), edit->kind->table,
				value_integer(edit->key), &rows, err);
	if (rc == RC_OK)
		take_parties(edit, &rows);
	row_list_release(&rows);
	return rc;
}

static enum rc load_membership(struct record_edit *edit, struct error *err)
{
	if (edit->kind->kind != RECORD_ORGANIZATION)
		return RC_OK;
	const struct organization *organization = listed_row(edit);
	if (!organization->membership_key)
		return RC_OK;
	return store_row(edit->store, "membership", organization->membership_key, &edit->membership,
			 err);
}

static bool is_of_acta(enum record_kind_id kind)
{
	return kind == RECORD_AGENDA || kind == RECORD_ATTENDEE || kind == RECORD_RESOLUTION;
}

enum rc record_sealed_check(struct store *store, const struct editable_kind *kind,
			    const struct stored_row *row, struct error *err)
{
	struct stored_row meeting = {0};
	int64_t key = is_of_acta(kind->kind) ? row_value(row, "meeting").integer : row->key;
	if (!is_of_acta(kind->kind) && kind->kind != RECORD_MEETING)
		return RC_OK;
	enum rc rc = meeting_open_row(store, key, &meeting, err);
	row_release(&meeting);
	return rc;
}

enum rc record_load(struct record_edit *edit, struct error *err)
{
	const struct list_query query = {.key = edit->key, .limit = 1};
	enum rc rc = store_row(edit->store, edit->kind->table, edit->key, &edit->row, err);
	if (rc == RC_OK)
		rc = record_sealed_check(edit->store, edit->kind, &edit->row, err);
	if (rc == RC_OK)
		rc = record_set_load(&edit->listed, edit->store, edit->kind->kind, &query, err);
	if (rc == RC_OK && !edit->listed.count)
		rc = error_set(err, RC_NOT_FOUND, _("ese registro ya no está"));
	if (rc == RC_OK)
		rc = load_parties(edit, err);
	if (rc == RC_OK)
		rc = load_membership(edit, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < edit->kind->field_count; i++)
		load_slot(edit, i);
	struct strbuf called;
	strbuf_init(&called);
	record_words_row(&called, edit->kind->called, &record_kinds[edit->kind->kind],
			 listed_row(edit));
	free(edit->called);
	edit->called = strbuf_detach(&called);
	return RC_OK;
}

static bool note_plan(void *context, const void *row)
{
	char **code = context;
	bool is_first = !*code;
	free(*code);
	/* With a second one there is no "the plan". */
	*code = mem_strdup(is_first ? ((const struct plan *)row)->code : "");
	return is_first;
}

/* Where there is one plan, a commitment is of that plan. */
static enum rc load_only_plan(struct record_edit *edit, struct error *err)
{
	struct list_query all = {0};
	char *code = NULL;
	if (edit->kind->kind != RECORD_COMMITMENT)
		return RC_OK;
	enum rc rc = store_list(edit->store, RECORD_PLAN, &all, note_plan, &code, err);
	if (rc == RC_OK && code && *code)
		set_shown(&edit->slots[editable_index(edit->kind, "plan")], mem_strdup(code));
	free(code);
	return rc;
}

enum rc record_load_new(struct record_edit *edit, struct error *err)
{
	for (size_t i = 0; i < edit->kind->field_count; i++) {
		const struct editable_field *field = &edit->kind->fields[i];
		set_shown(&edit->slots[i], field->fallback
						   ? record_value_shown(field, field->fallback)
						   : mem_strdup(""));
	}
	edit->called = mem_strdup("");
	return load_only_plan(edit, err);
}
