/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/meeting_records.h"

#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"

enum rc meeting_records_load_meeting(struct record_set *set, struct store *store, int64_t meeting,
				     struct error *err)
{
	const struct list_query itself = {.key = meeting, .limit = 1};
	enum rc rc = record_set_load(set, store, RECORD_MEETING, &itself, err);
	if (rc == RC_OK && !set->count)
		return error_set(err, RC_NOT_FOUND,
				 _("Esta reunión ya no está: alguien la quitó. Esc vuelve."));
	return rc;
}

enum rc meeting_records_load(struct meeting_records *records, struct store *store, int64_t meeting,
			     struct error *err)
{
	const struct list_query its = {.meeting = meeting};
	const struct {
		enum record_kind_id kind;
		struct record_set *set;
	} parts[] = {
		{RECORD_AGENDA, &records->items},
		{RECORD_RESOLUTION, &records->entries},
		{RECORD_PROGRESS, &records->progress},
		{RECORD_FOLLOWUP, &records->followups},
	};
	meeting_records_release(records);
	enum rc rc = meeting_records_load_meeting(&records->meeting, store, meeting, err);
	for (size_t i = 0; i < ARRAY_COUNT(parts) && rc == RC_OK; i++)
		rc = record_set_load(parts[i].set, store, parts[i].kind, &its, err);
	return rc;
}

void meeting_records_release(struct meeting_records *records)
{
	record_set_release(&records->meeting);
	record_set_release(&records->items);
	record_set_release(&records->entries);
	record_set_release(&records->progress);
	record_set_release(&records->followups);
}
