/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_merge.h"

static char *join_signatories(const struct acta *acta)
{
	struct strbuf list;
	strbuf_init(&list);
	for (size_t i = 0; i < acta->signatories.count; i++)
		strbuf_addf(&list, "%s%s", i ? "\n" : "", acta->signatories.items[i].text);
	if (list.length)
		return strbuf_detach(&list);
	return NULL;
}

static void insert_meeting(struct acta_merge *merge, const char *signatories)
{
	const struct acta *acta = merge->acta;
	struct operation *operation = merge->operation;
	merge->meeting = merge_insert(merge, "meeting");
	operation_field(operation, "number", value_text(acta->number));
	operation_field_date(operation, "date", acta->date);
	operation_field_time(operation, "starts", acta->starts);
	operation_field_time(operation, "ends", acta->ends);
	operation_field(operation, "place", value_text(acta->place));
	operation_field(operation, "status",
			value_text(enum_name(&meeting_status_names, MEETING_CLOSED)));
	operation_field(operation, "prepared_by", value_text(acta->prepared_by));
	operation_field(operation, "signatories", value_text(signatories));
}

static void update_meeting(struct acta_merge *merge, const char *signatories)
{
	const struct acta *acta = merge->acta;
	const struct meeting *stored = record_set_at(&merge->meetings, 0);
	struct merge_row row = merge_row(merge, "meeting", stored->key);
	merge->meeting = stored->key;
	merge_set_date(&row, "date", stored->date, acta->date);
	merge_set_time(&row, "starts", stored->starts, acta->starts);
	merge_set_time(&row, "ends", stored->ends, acta->ends);
	merge_set_text(&row, "place", stored->place, acta->place);
	merge_set_text(&row, "prepared_by", stored->prepared_by, acta->prepared_by);
	merge_set_text(&row, "signatories", stored->signatories, signatories);
	merge_row_done(&row);
}

/* The rows every stage compares with, in the order of MERGE_*. */
static enum rc load_rows(struct acta_merge *merge, struct error *err)
{
	static const enum record_kind_id kinds[MERGE_KINDS] = {
		[MERGE_ATTENDEES] = RECORD_ATTENDEE, [MERGE_ITEMS] = RECORD_AGENDA,
		[MERGE_ENTRIES] = RECORD_RESOLUTION, [MERGE_FOLLOWUPS] = RECORD_FOLLOWUP,
		[MERGE_PROGRESS] = RECORD_PROGRESS,  [MERGE_INDICATORS] = RECORD_INDICATOR,
		[MERGE_DOCUMENTS] = RECORD_DOCUMENT,
	};
	const struct meeting *stored = record_set_at(&merge->meetings, 0);
	struct list_query query = {.meeting = stored->key};
	for (int i = 0; i < MERGE_KINDS; i++) {
		struct merge_rows *rows = &merge->rows[i];
		enum rc rc = record_set_load(&rows->set, merge->store, kinds[i], &query, err);
		if (rc != RC_OK)
			return rc;
		rows->used = mem_alloc_zero(rows->set.count, sizeof(*rows->used));
	}
	return RC_OK;
}

enum rc merge_meeting(struct acta_merge *merge, struct error *err)
{
	char *signatories = join_signatories(merge->acta);
	enum rc rc = merge->meetings.count ? load_rows(merge, err) : RC_OK;
	if (rc == RC_OK && merge->meetings.count)
		update_meeting(merge, signatories);
	else if (rc == RC_OK)
		insert_meeting(merge, signatories);
	free(signatories);
	return rc;
}

static const struct attendee *find_attendee(struct acta_merge *merge, const char *acronym)
{
	struct merge_rows *rows = &merge->rows[MERGE_ATTENDEES];
	for (size_t i = 0; i < rows->set.count; i++) {
		const struct attendee *row = merge_at(merge, MERGE_ATTENDEES, i);
		if (!rows->used[i] && utf8_equal_folded(row->organization, acronym)) {
			rows->used[i] = true;
			return row;
		}
	}
	return NULL;
}

static void insert_attendee(struct acta_merge *merge, const struct acta_attendee *attendee,
			    int64_t organization, int64_t rank)
{
	struct operation *operation = merge->operation;
	merge_insert(merge, "attendance");
	operation_field(operation, "meeting", value_key(merge->meeting));
	operation_field(operation, "organization", value_key(organization));
	operation_field(operation, "capacity",
			value_text(enum_name(&capacity_names, attendee->capacity)));
	operation_field(operation, "status",
			value_text(enum_name(&attendance_status_names, attendee->status)));
	operation_field(operation, "mode",
			value_text(enum_name(&attendance_mode_names, attendee->mode)));
	operation_field(operation, "delegate", value_text(attendee->delegate));
	operation_field(operation, "rank", value_integer(rank));
}

static void set_enum(struct merge_row *row, const char *column, const struct enum_names *names,
		     int was, int now)
{
	if (was != now)
		merge_set_text(row, column, enum_name(names, was), enum_name(names, now));
}

static void update_attendee(struct acta_merge *merge, const struct attendee *stored,
			    const struct acta_attendee *attendee, int64_t rank)
{
	struct merge_row row = merge_row(merge, "attendance", stored->key);
	set_enum(&row, "capacity", &capacity_names, stored->capacity, attendee->capacity);
	set_enum(&row, "status", &attendance_status_names, stored->status, attendee->status);
	set_enum(&row, "mode", &attendance_mode_names, stored->mode, attendee->mode);
	merge_set_text(&row, "delegate", stored->delegate, attendee->delegate);
	merge_set(&row, "rank", value_integer(stored->rank), value_integer(rank));
	merge_row_done(&row);
}

void merge_attendees(struct acta_merge *merge)
{
	for (size_t i = 0; i < merge->acta->attendees.count; i++) {
		const struct acta_attendee *attendee = &merge->acta->attendees.items[i];
		int64_t organization = merge_organization(merge, attendee->acronym, attendee);
		const struct attendee *stored = find_attendee(merge, attendee->acronym);
		if (stored)
			update_attendee(merge, stored, attendee, (int64_t)i + 1);
		else
			insert_attendee(merge, attendee, organization, (int64_t)i + 1);
	}
}

static const struct agenda_item *find_item(struct acta_merge *merge, const char *label)
{
	struct merge_rows *rows = &merge->rows[MERGE_ITEMS];
	for (size_t i = 0; i < rows->set.count; i++) {
		const struct agenda_item *row = merge_at(merge, MERGE_ITEMS, i);
		if (!rows->used[i] && strcmp(row->label, label) == 0) {
			rows->used[i] = true;
			return row;
		}
	}
	return NULL;
}

static int64_t insert_item(struct acta_merge *merge, const struct acta_item *item, int64_t rank)
{
	struct operation *operation = merge->operation;
	int64_t key = merge_insert(merge, "agenda_item");
	operation_field(operation, "meeting", value_key(merge->meeting));
	operation_field(operation, "parent", value_key(merge_item_key(merge, item->parent)));
	operation_field(operation, "rank", value_integer(rank));
	operation_field(operation, "label", value_text(item->label));
	operation_field(operation, "title", value_text(item->title));
	operation_field(operation, "state", value_text(enum_name(&item_state_names, ITEM_DONE)));
	return key;
}

static int64_t update_item(struct acta_merge *merge, const struct agenda_item *stored,
			   const struct acta_item *item, int64_t rank)
{
	struct merge_row row = merge_row(merge, "agenda_item", stored->key);
	merge_set(&row, "parent", value_key(stored->parent_key),
		  value_key(merge_item_key(merge, item->parent)));
	merge_set(&row, "rank", value_integer(stored->rank), value_integer(rank));
	merge_set_text(&row, "title", stored->title, item->title);
	merge_row_done(&row);
	return stored->key;
}

void merge_items(struct acta_merge *merge)
{
	for (size_t i = 0; i < merge->acta->items.count; i++) {
		const struct acta_item *item = &merge->acta->items.items[i];
		const struct agenda_item *stored = find_item(merge, item->label);
		int64_t rank = (int64_t)i + 1;
		vector_push(&merge->item_keys, stored ? update_item(merge, stored, item, rank)
						      : insert_item(merge, item, rank));
	}
}

/* The unused stored entry with this text, or with text NULL any in that item. */
static const struct resolution *take_entry(struct acta_merge *merge, const char *text,
					   int64_t item_key)
{
	struct merge_rows *rows = &merge->rows[MERGE_ENTRIES];
	for (size_t i = 0; i < rows->set.count; i++) {
		const struct resolution *row = merge_at(merge, MERGE_ENTRIES, i);
		if (rows->used[i] ||
		    (text ? strcmp(row->text, text) != 0 : row->item_key != item_key))
			continue;
		rows->used[i] = true;
		return row;
	}
	return NULL;
}

/* "AM-2023-05" gives "R-2023-05-?": the store counts the "?" up. */
static char *decision_number(const struct acta *acta)
{
	struct strbuf number;
	size_t prefix = strcspn(acta->number, "0123456789");
	strbuf_init(&number);
	strbuf_addf(&number, "R-%s-?", acta->number + prefix);
	return strbuf_detach(&number);
}

static int64_t insert_entry(struct acta_merge *merge, const struct acta_entry *entry, int64_t rank)
{
	struct operation *operation = merge->operation;
	const struct prose_resolution *resolution = &entry->resolution;
	int64_t organization = merge_organization(merge, entry->speaker, NULL);
	char *number = resolution->kind == ENTRY_DECISION ? decision_number(merge->acta) : NULL;
	int64_t key = merge_insert(merge, "entry");
	operation_field(operation, "meeting", value_key(merge->meeting));
	operation_field(operation, "agenda_item", value_key(merge_item_key(merge, entry->item)));
	operation_field(operation, "rank", value_integer(rank));
	operation_field(operation, "organization", value_key(organization));
	operation_field(operation, "kind",
			value_text(enum_name(&entry_kind_names, resolution->kind)));
	operation_field(operation, "text", value_text(entry->text));
	operation_field(operation, "decision_number", value_text(number));
	operation_field(operation, "decision_kind",
			value_text(enum_name(&decision_kind_names, resolution->decision_kind)));
	operation_field(operation, "objections", value_text(resolution->objections));
	operation_field(operation, "tally", value_text(resolution->tally));
	free(number);
	return key;
}

static int64_t organization_key(const struct acta_merge *merge, const char *acronym)
{
	for (size_t i = 0; acronym && i < merge->organizations.count; i++) {
		const struct organization *row = record_set_at(&merge->organizations, i);
		if (strcmp(row->acronym, acronym) == 0)
			return row->key;
	}
	return 0;
}

/* A decision that stays one keeps its number; one that is none any more loses it. */
static void update_decision(struct acta_merge *merge, struct merge_row *row,
			    const struct resolution *stored, const struct prose_resolution *now)
{
	char *number = NULL;
	if (now->kind == ENTRY_DECISION)
		number = stored->decision_number ? mem_strdup(stored->decision_number)
						 : decision_number(merge->acta);
	set_enum(row, "kind", &entry_kind_names, stored->kind, now->kind);
	merge_set_text(row, "decision_number", stored->decision_number, number);
	set_enum(row, "decision_kind", &decision_kind_names, stored->decision_kind,
		 now->decision_kind);
	merge_set_text(row, "objections", stored->objections, now->objections);
	merge_set_text(row, "tally", stored->tally, now->tally);
	free(number);
}

static int64_t update_entry(struct acta_merge *merge, const struct resolution *stored,
			    const struct acta_entry *entry, int64_t rank)
{
	int64_t organization = merge_organization(merge, entry->speaker, NULL);
	struct merge_row row = merge_row(merge, "entry", stored->key);
	merge_set(&row, "agenda_item", value_key(stored->item_key),
		  value_key(merge_item_key(merge, entry->item)));
	merge_set(&row, "rank", value_integer(stored->rank), value_integer(rank));
	merge_set(&row, "organization", value_key(organization_key(merge, stored->organization)),
		  value_key(organization));
	merge_set_text(&row, "text", stored->text, entry->text);
	update_decision(merge, &row, stored, &entry->resolution);
	merge_row_done(&row);
	return stored->key;
}

/* First the paragraphs that did not change, wherever they stand now; what is
 * left over in an item is taken in order as the corrected form of the old. */
void merge_entries(struct acta_merge *merge)
{
	const struct acta *acta = merge->acta;
	const struct resolution **stored =
		mem_alloc_zero(acta->entries.count, sizeof(struct resolution *));
	for (size_t i = 0; i < acta->entries.count; i++)
		stored[i] = take_entry(merge, acta->entries.items[i].text, 0);
	for (size_t i = 0; i < acta->entries.count; i++) {
		const struct acta_entry *entry = &acta->entries.items[i];
		int64_t rank = (int64_t)i + 1;
		if (!stored[i])
			stored[i] = take_entry(merge, NULL, merge_item_key(merge, entry->item));
		vector_push(&merge->entry_keys,
			    stored[i] ? update_entry(merge, stored[i], entry, rank)
				      : insert_entry(merge, entry, rank));
	}
	free(stored);
}
