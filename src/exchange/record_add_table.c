/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_add_table.h"

#include "nucleo/base/attributes.h"

/* clang-format off */
static const struct add_field organization_fields[] = {
	{.name = "acronym", .column = "acronym", .type = ADD_ACRONYM, .is_required = true},
	{.name = "name", .column = "name"},
	{.name = "sector", .column = "sector", .type = ADD_ENUM, .names = &sector_names,
	 .is_required = true},
	{.name = "role", .type = ADD_ROLE, .names = &capacity_names},
	{.name = "starts", .type = ADD_MEMBER_SINCE},
};

static const struct add_field plan_fields[] = {
	{.name = "code", .column = "code", .type = ADD_PLAN_CODE, .is_required = true},
	{.name = "title", .column = "title"},
	{.name = "starts", .column = "starts", .type = ADD_DATE},
	{.name = "ends", .column = "ends", .type = ADD_DATE},
	{.name = "ogp_id", .column = "ogp_id"},
};

static const struct add_field commitment_fields[] = {
	{.name = "code", .column = "code", .type = ADD_COMMITMENT_CODE, .is_required = true},
	{.name = "plan", .column = "plan", .type = ADD_REFERENCE, .refers = RECORD_PLAN,
	 .is_required = true},
	{.name = "title", .column = "title"},
	{.name = "lead", .type = ADD_PARTIES},
	{.name = "counterpart", .type = ADD_PARTIES},
	{.name = "support", .type = ADD_PARTIES},
	{.name = "axis", .column = "axis"},
	{.name = "problem", .column = "problem"},
	{.name = "description", .column = "description"},
	{.name = "ogp_values", .column = "ogp_values"},
	{.name = "ods", .column = "ods"},
	{.name = "ogp_id", .column = "ogp_id"},
	{.name = "irm_completion", .column = "irm_completion", .type = ADD_ENUM,
	 .names = &irm_completion_names},
	{.name = "starts", .column = "starts", .type = ADD_DATE},
	{.name = "ends", .column = "ends", .type = ADD_DATE},
};

/* The commitment a record belongs to; "plan" tells two of one code apart. */
#define COMMITMENT_FIELDS(required)                                                       \
	{.name = "commitment", .column = "commitment", .type = ADD_REFERENCE,             \
	 .refers = RECORD_COMMITMENT, .within = "plan", .is_required = required},         \
	{.name = "plan", .type = ADD_QUALIFIER}

#define MEETING_FIELDS                                                                    \
	{.name = "meeting", .column = "meeting", .type = ADD_REFERENCE,                   \
	 .refers = RECORD_MEETING},                                                       \
	{.name = "item", .column = "agenda_item", .type = ADD_REFERENCE,                  \
	 .refers = RECORD_AGENDA, .within = "meeting"}

static const struct add_field milestone_fields[] = {
	COMMITMENT_FIELDS(true),
	{.name = "number", .column = "number", .type = ADD_COUNT, .is_required = true},
	{.name = "title", .column = "title"},
	{.name = "starts", .column = "starts", .type = ADD_DATE},
	{.name = "ends", .column = "ends", .type = ADD_DATE},
	{.name = "original_starts", .column = "original_starts", .type = ADD_DATE},
	{.name = "original_ends", .column = "original_ends", .type = ADD_DATE},
};

static const struct add_field progress_fields[] = {
	COMMITMENT_FIELDS(true),
	{.name = "milestone", .column = "milestone", .type = ADD_REFERENCE,
	 .refers = RECORD_MILESTONE, .within = "commitment"},
	{.name = "as_of", .column = "as_of", .type = ADD_DATE, .is_required = true},
	{.name = "percent", .column = "percent", .type = ADD_PERCENT},
	{.name = "reporter", .column = "reporter", .type = ADD_ENUM, .names = &reporter_names},
	{.name = "state", .column = "state", .type = ADD_ENUM, .names = &progress_state_names},
	MEETING_FIELDS,
	{.name = "evidence", .column = "evidence"},
	{.name = "note", .column = "note"},
};

static const struct add_field blocker_fields[] = {
	COMMITMENT_FIELDS(true),
	{.name = "reason", .column = "reason", .is_required = true},
	{.name = "since", .column = "since", .type = ADD_DATE},
	{.name = "until", .column = "until", .type = ADD_DATE},
};

static const struct add_field followup_fields[] = {
	{.name = "description", .column = "description", .is_required = true},
	{.name = "kind", .column = "kind", .type = ADD_ENUM, .names = &followup_kind_names,
	 .fallback = "task"},
	{.name = "responsible", .type = ADD_PARTIES},
	{.name = "due", .column = "due", .type = ADD_DATE},
	{.name = "due_text", .column = "due_text"},
	{.name = "status", .column = "status", .type = ADD_ENUM, .names = &followup_status_names,
	 .fallback = "open"},
	MEETING_FIELDS,
	COMMITMENT_FIELDS(false),
};
/* clang-format on */

#define FIELDS(list) .fields = list, .field_count = ARRAY_COUNT(list)

/* Words are the group's record and stay in its language: they are not translated. */
static const struct add_kind kinds[] = {
	{RECORD_ORGANIZATION, "organization", FIELDS(organization_fields), .unique = "acronym",
	 .words = "Agrega la institución {acronym}"},
	{RECORD_PLAN, "plan", FIELDS(plan_fields), .unique = "code", .starts = "starts",
	 .ends = "ends", .words = "Agrega el plan {code}"},
	{RECORD_COMMITMENT, "commitment", FIELDS(commitment_fields), .unique = "code",
	 .within = "plan", .starts = "starts", .ends = "ends",
	 .words = "Agrega el compromiso {code} ({plan})"},
	{RECORD_MILESTONE, "milestone", FIELDS(milestone_fields), .unique = "number",
	 .within = "commitment", .starts = "starts", .ends = "ends", .may_be_one_day = true,
	 .words = "Agrega el hito {number} de {commitment}"},
	{RECORD_PROGRESS, "progress", FIELDS(progress_fields),
	 .words = "{commitment}: {percent} al {as_of}"},
	{RECORD_BLOCKER, "blocker", FIELDS(blocker_fields), .starts = "since", .ends = "until",
	 .may_be_one_day = true, .words = "{commitment}: bloqueo, {reason}"},
	{RECORD_FOLLOWUP, "followup", FIELDS(followup_fields),
	 .words = "Agrega la acción: {description}"},
};

const struct add_kind *add_kind_at(size_t i)
{
	return i < ARRAY_COUNT(kinds) ? &kinds[i] : NULL;
}

const struct add_kind *add_kind_of(enum record_kind_id kind)
{
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
		if (kinds[i].kind == kind)
			return &kinds[i];
	return NULL;
}
