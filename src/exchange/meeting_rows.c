/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/meeting_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/i18n.h"
#include "nucleo/model/names.h"

char *meeting_decision_number(const char *number)
{
	size_t letters = strcspn(number, "0123456789");
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "R-%s-?", number[letters] ? number + letters : number);
	return strbuf_detach(&text);
}

static struct value flag(bool is_set)
{
	return is_set ? value_integer(1) : value_null();
}

int64_t meeting_add_entry(struct operation *operation, const struct entry_row *row)
{
	bool is_decision = row->kind == ENTRY_DECISION;
	char *number = is_decision ? meeting_decision_number(row->number) : NULL;
	int64_t key = row->key ? row->key : random_key();
	operation_insert_again(operation, "entry", key);
	operation_field(operation, "meeting", value_key(row->meeting));
	operation_field(operation, "agenda_item", value_key(row->item));
	operation_field(operation, "rank", value_integer(row->rank));
	operation_field(operation, "organization", value_key(row->organization));
	operation_field(operation, "kind", value_text(enum_name(&entry_kind_names, row->kind)));
	operation_field(operation, "text", value_text(row->text));
	operation_field(operation, "decision_number", value_text(number));
	operation_field(operation, "decision_kind",
			value_text(enum_name(&decision_kind_names, row->decision_kind)));
	operation_field(operation, "objections", value_text(row->objections));
	operation_field(operation, "tally", value_text(row->tally));
	operation_field(operation, "private", flag(row->is_private));
	operation_field(operation, "doubt", flag(row->is_doubt));
	free(number);
	return key;
}

void meeting_add_key(key_list *keys, int64_t key)
{
	if (key && !key_list_has(keys, key))
		vector_push(keys, key);
}

void meeting_add_responsible(struct operation *operation, int64_t followup, const key_list *keys)
{
	for (size_t i = 0; i < keys->count; i++) {
		operation_insert(operation, "followup_responsible");
		operation_field(operation, "followup", value_key(followup));
		operation_field(operation, "organization", value_key(keys->items[i]));
		operation_field(operation, "rank", value_integer((int64_t)i + 1));
	}
}

int64_t meeting_add_followup(struct operation *operation, const struct followup_row *row,
			     const key_list *responsible)
{
	char code[16];
	snprintf(code, sizeof(code), "S-%04d-?", date_to_civil(row->day).year);
	int64_t key = operation_insert(operation, "followup");
	operation_field(operation, "code", value_text(code));
	operation_field(operation, "description", value_text(row->description));
	operation_field(operation, "kind", value_text(enum_name(&followup_kind_names, row->kind)));
	operation_field(operation, "status",
			value_text(enum_name(&followup_status_names, row->status)));
	operation_field_date(operation, "due", row->due);
	operation_field(operation, "due_text", value_text(row->due_text));
	operation_field(operation, "meeting", value_key(row->meeting));
	operation_field(operation, "agenda_item", value_key(row->item));
	operation_field(operation, "entry", value_key(row->entry));
	operation_field(operation, "commitment", value_key(row->commitment));
	meeting_add_responsible(operation, key, responsible);
	return key;
}

int64_t meeting_add_measure(struct operation *operation, const struct measure_row *row)
{
	int64_t key = operation_insert(operation, "progress");
	operation_field(operation, "commitment", value_key(row->commitment));
	operation_field_date(operation, "as_of", row->day);
	operation_field(operation, "percent", value_percent(row->percent));
	operation_field(operation, "meeting", value_key(row->meeting));
	operation_field(operation, "agenda_item", value_key(row->item));
	return key;
}

void meeting_change_time(struct operation *operation, const char *table,
			 const struct stored_row *row, const char *column, day_minute time)
{
	struct strbuf text;
	strbuf_init(&text);
	daytime_add_iso(&text, time);
	operation_change(operation, table, row->key, column, row_value(row, column),
			 value_text(text.length ? text.data : NULL));
	strbuf_release(&text);
}

enum rc meeting_record_load(struct store *store, int64_t meeting, struct record_set *set,
			    struct error *err)
{
	const struct list_query itself = {.key = meeting, .limit = 1};
	enum rc rc = record_set_load(set, store, RECORD_MEETING, &itself, err);
	if (rc == RC_OK && !set->count)
		return error_set(err, RC_NOT_FOUND, _("esa reunión ya no está: alguien la quitó"));
	return rc;
}

enum rc meeting_open_row(struct store *store, int64_t meeting, struct stored_row *row,
			 struct error *err)
{
	enum rc rc = store_row(store, "meeting", meeting, row, err);
	if (rc != RC_OK)
		return rc;
	struct value status = row_value(row, "status"), number = row_value(row, "number");
	if (status.type != VALUE_TEXT ||
	    strcmp(status.text, enum_name(&meeting_status_names, MEETING_APPROVED)) != 0)
		return RC_OK;
	rc = error_set(err, RC_REFUSED,
		       _("el acta %s está aprobada y ya no se cambia; lo que haya que "
			 "corregir se anota en una fe de erratas"),
		       number.type == VALUE_TEXT ? number.text : "");
	row_release(row);
	return rc;
}
