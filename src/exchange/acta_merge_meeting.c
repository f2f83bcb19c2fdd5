/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/acta_merge.h"
#include "nucleo/exchange/acta_parts.h"

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
	/* An acta tells of a meeting that is over. */
	if (stored->status < MEETING_CLOSED)
		merge_set_enum(&row, "status", &meeting_status_names, stored->status,
			       MEETING_CLOSED);
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

static enum rc load_meeting(struct acta_merge *merge, struct error *err)
{
	struct list_query query = {0};
	enum rc rc = store_find(merge->store, RECORD_MEETING, merge->acta->number, &query.key, err);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = record_set_load(&merge->meetings, merge->store, RECORD_MEETING, &query, err);
	return rc == RC_OK && merge->meetings.count ? load_rows(merge, err) : rc;
}

enum rc merge_load(struct acta_merge *merge, struct error *err)
{
	struct list_query all = {0};
	enum rc rc = load_meeting(merge, err);
	if (rc == RC_OK)
		rc = record_set_load(&merge->indicators, merge->store, RECORD_INDICATOR, &all, err);
	return rc;
}

static enum rc check_open(const struct acta_merge *merge, struct error *err)
{
	const struct meeting *stored = record_set_at(&merge->meetings, 0);
	if (stored->status != MEETING_APPROVED)
		return RC_OK;
	return error_set(err, RC_REFUSED,
			 _("el acta %s está aprobada y este archivo no es el que se importó; "
			   "nada cambió. Lo que haya que corregir se anota en una fe de erratas"),
			 stored->number);
}

enum rc merge_meeting(struct acta_merge *merge, struct error *err)
{
	bool is_new = !merge->meetings.count;
	enum rc rc = is_new ? RC_OK : check_open(merge, err);
	if (rc != RC_OK)
		return rc;
	char *signatories = join_signatories(merge->acta);
	if (is_new)
		insert_meeting(merge, signatories);
	else
		update_meeting(merge, signatories);
	free(signatories);
	return RC_OK;
}

static const struct attendee *take_attendee(struct acta_merge *merge, int64_t organization)
{
	struct merge_rows *rows = &merge->rows[MERGE_ATTENDEES];
	for (size_t i = 0; i < rows->set.count; i++) {
		const struct attendee *row = merge_at(merge, MERGE_ATTENDEES, i);
		if (rows->used[i] ||
		    merge_organization_key(merge, row->organization) != organization)
			continue;
		rows->used[i] = true;
		return row;
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

static void update_attendee(struct acta_merge *merge, const struct attendee *stored,
			    const struct acta_attendee *attendee, int64_t rank)
{
	struct merge_row row = merge_row(merge, "attendance", stored->key);
	merge_set_enum(&row, "capacity", &capacity_names, stored->capacity, attendee->capacity);
	merge_set_enum(&row, "status", &attendance_status_names, stored->status, attendee->status);
	merge_set_enum(&row, "mode", &attendance_mode_names, stored->mode, attendee->mode);
	merge_set_text(&row, "delegate", stored->delegate, attendee->delegate);
	merge_set(&row, "rank", value_integer(stored->rank), value_integer(rank));
	merge_row_done(&row);
}

/* An institution attends once, by whatever name it is listed a second time. */
static bool is_listed_before(struct acta_merge *merge, const int64_t *organizations, size_t at,
			     const struct acta_attendee *attendee)
{
	for (size_t i = 0; i < at; i++)
		if (organizations[i] == organizations[at]) {
			acta_remark(merge->acta, attendee->line,
				    _("%s ya estaba en la lista de asistentes; se cuenta una vez"),
				    attendee->acronym);
			return true;
		}
	return false;
}

void merge_attendees(struct acta_merge *merge)
{
	size_t listed = merge->acta->attendees.count, count = 0;
	const struct acta_attendee **attendees = mem_alloc_zero(listed, sizeof(*attendees));
	const struct attendee **stored = mem_alloc_zero(listed, sizeof(*stored));
	int64_t *organizations = mem_alloc_zero(listed, sizeof(*organizations));
	int64_t *ranks = mem_alloc_zero(listed, sizeof(*ranks));
	for (size_t i = 0; i < listed; i++) {
		attendees[count] = &merge->acta->attendees.items[i];
		organizations[count] = merge_organization(merge, attendees[count]->acronym,
							  attendees[count]);
		if (is_listed_before(merge, organizations, count, attendees[count]))
			continue;
		stored[count] = take_attendee(merge, organizations[count]);
		ranks[count] = stored[count] ? stored[count]->rank : 0;
		count++;
	}
	match_ranks(ranks, count);
	for (size_t i = 0; i < count; i++) {
		if (stored[i])
			update_attendee(merge, stored[i], attendees[i], ranks[i]);
		else
			insert_attendee(merge, attendees[i], organizations[i], ranks[i]);
	}
	free(attendees);
	free(stored);
	free(organizations);
	free(ranks);
}
