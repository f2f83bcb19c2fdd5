/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/attributes.h"
#include "nucleo/base/json.h"
#include "nucleo/exchange/convocatoria.h"
#include "nucleo/exchange/record_json.h"

/* What the document says and no more: the whole of a follow-up has the paragraph it came from. */
static const char *const meeting_fields[] = {"number", "date",	"starts",
					     "ends",   "place", "virtual_place",
					     "status", NULL};
static const char *const item_fields[] = {"label",     "parent",	  "title",
					  "presenter", "minutes_planned", "followup",
					  "commitment", "carried_from",	  NULL};
static const char *const followup_fields[] = {"id",	 "description", "responsible", "due",
					      "due_text", "overdue",	"status",      "meeting",
					      "item",	 "commitment",	"carried",     NULL};
static const char *const commitment_fields[] = {
	"code", "plan", "title", "percent", "as_of", "expected_percent", "pace", "blocked", NULL};

static void add_record(struct json_writer *json, enum record_kind_id kind, const void *row,
		       const char *const *names)
{
	json_object_begin(json);
	for (; *names; names++)
		record_add_json_field(json, record_field_named(&record_kinds[kind], *names), row);
	if (kind == RECORD_COMMITMENT)
		json_string_member(json, "blocker", ((const struct commitment *)row)->blocker);
	json_object_end(json);
}

static void add_debt(struct json_writer *json, const struct convocatoria_debt *debt)
{
	const struct organization *organization = debt->organization;
	json_object_begin(json);
	json_string_member(json, "organization", organization ? organization->acronym : NULL);
	json_string_member(json, "name", organization ? organization->name : NULL);
	json_name(json, "followups");
	json_array_begin(json);
	for (size_t i = 0; i < debt->followups.count; i++)
		add_record(json, RECORD_FOLLOWUP, debt->followups.items[i], followup_fields);
	json_array_end(json);
	json_name(json, "commitments");
	json_array_begin(json);
	for (size_t i = 0; i < debt->commitments.count; i++)
		add_record(json, RECORD_COMMITMENT, debt->commitments.items[i],
			   commitment_fields);
	json_array_end(json);
	json_object_end(json);
}

void convocatoria_add_json(struct strbuf *out, const struct convocatoria *notice)
{
	struct json_writer json;
	json_init(&json, out);
	json_object_begin(&json);
	json_name(&json, "meeting");
	add_record(&json, RECORD_MEETING, convocatoria_meeting(notice), meeting_fields);
	json_number_member(&json, "minutes_planned", notice->minutes);
	json_name(&json, "agenda");
	json_array_begin(&json);
	for (size_t i = 0; i < notice->items.count; i++)
		add_record(&json, RECORD_AGENDA, notice->items.items[i], item_fields);
	json_array_end(&json);
	json_name(&json, "owes");
	json_array_begin(&json);
	for (size_t i = 0; i < notice->debts.count; i++)
		if (convocatoria_owes(&notice->debts.items[i]))
			add_debt(&json, &notice->debts.items[i]);
	json_array_end(&json);
	json_object_end(&json);
	strbuf_addch(out, '\n');
}
