/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_fields.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"

/* clang-format off */
#define TEXT(field) {.name = #field, .column = #field}
#define LONG(field) {.name = #field, .column = #field, .type = EDITABLE_PARAGRAPHS}
#define DATE(field) {.name = #field, .column = #field, .type = EDITABLE_DATE}
#define TIME(field) {.name = #field, .column = #field, .type = EDITABLE_TIME}
#define WORD(field, set)                                                                  \
	{.name = #field, .column = #field, .type = EDITABLE_ENUM, .names = &set##_names}

static const struct editable_field organization_fields[] = {
	{.name = "acronym", .column = "acronym", .type = EDITABLE_ACRONYM, .is_required = true},
	TEXT(name),
	{.name = "sector", .column = "sector", .type = EDITABLE_ENUM, .names = &sector_names,
	 .is_required = true},
	{.name = "role", .type = EDITABLE_ROLE, .names = &capacity_names,
	 .help = N_("en el grupo, hoy; vacía si no es parte")},
	{.name = "starts", .type = EDITABLE_MEMBER_SINCE,
	 .help = N_("con otra calidad y una fecha posterior, la anterior termina la víspera")},
	{.name = "ends", .type = EDITABLE_MEMBER_UNTIL,
	 .help = N_("último día con esa calidad")},
	{.name = "review", .column = "review", .type = EDITABLE_BOOL, .is_filled = true,
	 .help = N_("la creó una importación y alguien debe mirarla")},
};

static const struct editable_field plan_fields[] = {
	{.name = "code", .column = "code", .type = EDITABLE_PLAN_CODE, .is_required = true},
	TEXT(title),
	DATE(starts),
	DATE(ends),
	TEXT(ogp_id),
};

static const struct editable_field commitment_fields[] = {
	{.name = "code", .column = "code", .type = EDITABLE_COMMITMENT_CODE, .is_required = true},
	{.name = "plan", .column = "plan", .type = EDITABLE_REFERENCE, .refers = RECORD_PLAN,
	 .is_required = true},
	TEXT(title),
	{.name = "lead", .type = EDITABLE_PARTIES},
	{.name = "counterpart", .type = EDITABLE_PARTIES},
	{.name = "support", .type = EDITABLE_PARTIES},
	TEXT(axis),
	LONG(problem),
	LONG(description),
	LONG(contribution),
	TEXT(ogp_values),
	TEXT(ods),
	TEXT(ogp_id),
	WORD(irm_completion, irm_completion),
	{.name = "starts", .column = "starts", .type = EDITABLE_DATE,
	 .help = N_("vacía: la del plan")},
	{.name = "ends", .column = "ends", .type = EDITABLE_DATE, .help = N_("vacía: la del plan")},
	LONG(information),
	{.name = "contact_post", .column = "contact_post",
	 .help = N_("el cargo, no el nombre de una persona")},
	LONG(technical_note),
};

/* The commitment a record belongs to; "plan" tells two of one code apart. */
#define COMMITMENT_FIELDS(...)                                                            \
	{.name = "commitment", .column = "commitment", .type = EDITABLE_REFERENCE,        \
	 .refers = RECORD_COMMITMENT, .within = "plan", __VA_ARGS__},                     \
	{.name = "plan", .type = EDITABLE_QUALIFIER, .is_hidden = true}

#define MEETING_FIELDS                                                                    \
	{.name = "meeting", .column = "meeting", .type = EDITABLE_REFERENCE,              \
	 .refers = RECORD_MEETING},                                                       \
	{.name = "item", .column = "agenda_item", .type = EDITABLE_REFERENCE,             \
	 .refers = RECORD_AGENDA, .within = "meeting"}

/* The meeting whose acta a record is a part of: it never becomes part of another. */
#define ITS_MEETING                                                                       \
	{.name = "meeting", .column = "meeting", .type = EDITABLE_REFERENCE,              \
	 .refers = RECORD_MEETING, .is_required = true, .is_fixed = true}

static const struct editable_field milestone_fields[] = {
	COMMITMENT_FIELDS(.is_required = true, .is_fixed = true),
	{.name = "number", .column = "number", .type = EDITABLE_COUNT, .is_required = true},
	TEXT(title),
	LONG(deliverable),
	DATE(starts),
	DATE(ends),
	DATE(original_starts),
	{.name = "original_ends", .column = "original_ends", .type = EDITABLE_DATE,
	 .help = N_("la primera; queda sola cuando el hito se aplaza")},
};

static const struct editable_field progress_fields[] = {
	COMMITMENT_FIELDS(.is_required = true),
	{.name = "milestone", .column = "milestone", .type = EDITABLE_REFERENCE,
	 .refers = RECORD_MILESTONE, .within = "commitment",
	 .help = N_("su número; vacío: el compromiso entero")},
	{.name = "as_of", .column = "as_of", .type = EDITABLE_DATE, .is_required = true},
	{.name = "percent", .column = "percent", .type = EDITABLE_PERCENT,
	 .help = N_("de 0 a 100; vacío: no informado")},
	WORD(reporter, reporter),
	WORD(state, progress_state),
	MEETING_FIELDS,
	LONG(evidence),
	LONG(note),
};

static const struct editable_field blocker_fields[] = {
	COMMITMENT_FIELDS(.is_required = true),
	{.name = "reason", .column = "reason", .type = EDITABLE_PARAGRAPHS, .is_required = true},
	DATE(since),
	DATE(until),
	{.name = "owner", .column = "owner", .type = EDITABLE_REFERENCE,
	 .refers = RECORD_ORGANIZATION, .help = N_("quién puede resolverlo")},
};

static const struct editable_field meeting_fields[] = {
	{.name = "number", .column = "number", .type = EDITABLE_NUMBER_CODE, .is_required = true,
	 .help = N_("como AM-2024-03")},
	{.name = "date", .column = "date", .type = EDITABLE_DATE, .is_required = true},
	TIME(starts),
	TIME(ends),
	TEXT(place),
	{.name = "virtual_place", .column = "virtual_place",
	 .help = N_("para entrar a distancia")},
	{.name = "status", .column = "status", .type = EDITABLE_ENUM,
	 .names = &meeting_status_names, .is_required = true, .fallback = "draft"},
	{.name = "prepared_by", .column = "prepared_by", .is_personal = true},
	{.name = "signatories", .column = "signatories", .type = EDITABLE_LINES,
	 .is_personal = true, .help = N_("cargos que firman, uno por línea")},
	{.name = "opened", .column = "opened", .type = EDITABLE_TIME,
	 .help = N_("a qué hora comenzó de verdad")},
	{.name = "closed", .column = "closed", .type = EDITABLE_TIME,
	 .help = N_("a qué hora concluyó de verdad")},
	LONG(closing_reason),
};

static const struct editable_field agenda_fields[] = {
	ITS_MEETING,
	{.name = "label", .column = "label", .type = EDITABLE_NUMBER_CODE, .is_filled = true,
	 .help = N_("como 8 u 8.a; vacío en uno nuevo: el que sigue")},
	{.name = "parent", .column = "parent", .type = EDITABLE_REFERENCE, .refers = RECORD_AGENDA,
	 .within = "meeting", .help = N_("el punto del que es parte; vacío: ninguno")},
	{.name = "title", .column = "title", .is_required = true},
	{.name = "presenter", .column = "presenter", .is_personal = true},
	{.name = "minutes_planned", .column = "minutes_planned", .type = EDITABLE_MINUTES},
	{.name = "minutes_spent", .column = "minutes_spent", .type = EDITABLE_MINUTES},
	{.name = "resumed", .column = "resumed", .type = EDITABLE_TIME, .is_hidden = true},
	{.name = "parked", .column = "parked", .type = EDITABLE_BOOL, .is_filled = true,
	 .help = N_("se deja para el orden del día de la próxima reunión")},
	{.name = "followup", .column = "followup", .type = EDITABLE_REFERENCE,
	 .refers = RECORD_FOLLOWUP, .help = N_("la acción de la que trata")},
	COMMITMENT_FIELDS(.help = N_("el compromiso del que trata")),
	{.name = "state", .column = "state", .type = EDITABLE_ENUM, .names = &item_state_names,
	 .is_required = true, .fallback = "pending"},
};

static const struct editable_field attendee_fields[] = {
	ITS_MEETING,
	{.name = "organization", .column = "organization", .type = EDITABLE_REFERENCE,
	 .refers = RECORD_ORGANIZATION, .is_required = true, .is_fixed = true},
	{.name = "capacity", .column = "capacity", .type = EDITABLE_ENUM, .names = &capacity_names,
	 .is_filled = true, .help = N_("vacía en uno nuevo: la de la institución ese día")},
	{.name = "status", .column = "status", .type = EDITABLE_ENUM,
	 .names = &attendance_status_names, .is_required = true, .fallback = "present"},
	WORD(mode, attendance_mode),
	WORD(standing, standing),
	{.name = "delegate", .column = "delegate", .is_personal = true,
	 .help = N_("su cargo, o su nombre si está de acuerdo")},
	TIME(arrived),
	TIME(departed),
};

static const struct editable_field resolution_fields[] = {
	ITS_MEETING,
	{.name = "item", .column = "agenda_item", .type = EDITABLE_REFERENCE,
	 .refers = RECORD_AGENDA, .within = "meeting"},
	{.name = "kind", .column = "kind", .type = EDITABLE_ENUM, .names = &entry_kind_names,
	 .is_required = true, .fallback = "note"},
	{.name = "organization", .column = "organization", .type = EDITABLE_REFERENCE,
	 .refers = RECORD_ORGANIZATION, .help = N_("quién habla")},
	{.name = "text", .column = "text", .type = EDITABLE_PARAGRAPHS, .is_required = true},
	{.name = "decision_kind", .column = "decision_kind", .type = EDITABLE_ENUM,
	 .names = &decision_kind_names, .help = N_("solo de una decisión")},
	{.name = "decision_number", .column = "decision_number", .type = EDITABLE_NUMBER_CODE,
	 .help = N_("como R-2023-05-03; vacío en una decisión: el que sigue")},
	LONG(objections),
	{.name = "tally", .column = "tally", .help = N_("votos a favor, en contra y abstenciones")},
	{.name = "private", .column = "private", .type = EDITABLE_BOOL, .is_filled = true,
	 .help = N_("no sale en el acta ni en la proyección")},
	{.name = "doubt", .column = "doubt", .type = EDITABLE_BOOL, .is_filled = true,
	 .help = N_("una pregunta que nadie ha respondido")},
};

static const struct editable_field followup_fields[] = {
	{.name = "description", .column = "description", .type = EDITABLE_PARAGRAPHS,
	 .is_required = true},
	{.name = "kind", .column = "kind", .type = EDITABLE_ENUM, .names = &followup_kind_names,
	 .is_required = true, .fallback = "task"},
	{.name = "responsible", .type = EDITABLE_PARTIES},
	DATE(due),
	{.name = "due_text", .column = "due_text", .help = N_("con las palabras en que se dijo")},
	{.name = "status", .column = "status", .type = EDITABLE_ENUM,
	 .names = &followup_status_names, .is_required = true, .fallback = "open"},
	MEETING_FIELDS,
	COMMITMENT_FIELDS(.is_required = false),
	{.name = "note", .type = EDITABLE_NOTE, .label = N_("Nota nueva"),
	 .help = N_("se suma a las que hay: qué pasó, dónde está la evidencia")},
};

static const struct editable_field indicator_fields[] = {
	{.name = "name", .type = EDITABLE_INDICATOR, .is_required = true, .is_fixed = true},
	{.name = "organization", .type = EDITABLE_INDICATOR_OF, .is_fixed = true},
	{.name = "place", .type = EDITABLE_PLACE, .is_fixed = true},
	{.name = "value", .column = "value", .type = EDITABLE_REAL, .is_required = true},
	DATE(as_of),
	MEETING_FIELDS,
};

static const struct editable_field document_fields[] = {
	{.name = "kind", .column = "kind", .type = EDITABLE_ENUM, .names = &document_kind_names,
	 .is_required = true, .fallback = "other"},
	{.name = "title", .column = "title", .is_required = true},
	{.name = "location", .column = "location", .help = N_("una ruta o una dirección web")},
	{.name = "meeting", .column = "meeting", .type = EDITABLE_REFERENCE,
	 .refers = RECORD_MEETING},
	COMMITMENT_FIELDS(.is_required = false),
	{.name = "sha256", .column = "sha256", .type = EDITABLE_SHA256, .is_hidden = true},
};

static const struct editable_field person_fields[] = {
	{.name = "organization", .column = "organization", .type = EDITABLE_REFERENCE,
	 .refers = RECORD_ORGANIZATION, .is_required = true},
	{.name = "post", .column = "post", .is_required = true},
	WORD(standing, standing),
	{.name = "name", .column = "name", .is_personal = true,
	 .help = N_("solo si la persona está de acuerdo; queda en el historial")},
	{.name = "email", .column = "email", .type = EDITABLE_EMAIL, .is_personal = true,
	 .help = N_("solo si la persona está de acuerdo; queda en el historial")},
};

#define FIELDS(list) .fields = list, .field_count = ARRAY_COUNT(list)

/* Words are the group's record and stay in its language: they are not translated. */
static const struct editable_kind kinds[] = {
	{RECORD_ORGANIZATION, "organization", FIELDS(organization_fields), .unique = "acronym",
	 .starts = "starts", .ends = "ends", .may_be_one_day = true,
	 .words = "Agrega la institución {acronym}", .called = "{acronym}",
	 .what = N_("la institución {acronym}")},
	{RECORD_PLAN, "plan", FIELDS(plan_fields), .unique = "code", .starts = "starts",
	 .ends = "ends", .words = "Agrega el plan {code}", .called = "{code}",
	 .what = N_("el plan {code}: {title}")},
	{RECORD_COMMITMENT, "commitment", FIELDS(commitment_fields), .unique = "code",
	 .within = "plan", .starts = "starts", .ends = "ends",
	 .words = "Agrega el compromiso {code} ({plan})", .called = "{called}",
	 .what = N_("el compromiso {called}: {title}")},
	{RECORD_MILESTONE, "milestone", FIELDS(milestone_fields), .unique = "number",
	 .within = "commitment", .starts = "starts", .ends = "ends", .may_be_one_day = true,
	 .words = "Agrega el hito {number} de {commitment}",
	 .called = "{commitment}, hito {number}",
	 .what = N_("el hito {number} de {commitment}: {title}")},
	{RECORD_PROGRESS, "progress", FIELDS(progress_fields),
	 .words = "{commitment}: {percent} al {as_of}", .called = "{commitment} al {as_of}",
	 .what = N_("el avance de {commitment} al {as_of}")},
	{RECORD_BLOCKER, "blocker", FIELDS(blocker_fields), .starts = "since", .ends = "until",
	 .may_be_one_day = true, .words = "{commitment}: bloqueo, {reason}",
	 .called = "{commitment}, bloqueo", .what = N_("el bloqueo de {commitment}: {reason}")},
	{RECORD_MEETING, "meeting", FIELDS(meeting_fields), .unique = "number", .starts = "starts",
	 .ends = "ends", .words = "Agrega la reunión {number} del {date}", .called = "{number}",
	 .what = N_("la reunión {number} del {date}")},
	{RECORD_AGENDA, "agenda_item", FIELDS(agenda_fields), .unique = "label",
	 .within = "meeting", .words = "{meeting}: agrega el punto {label}, {title}",
	 .called = "{meeting}/{label}", .what = N_("el punto {meeting}/{label}: {title}")},
	{RECORD_ATTENDEE, "attendance", FIELDS(attendee_fields), .unique = "organization",
	 .within = "meeting", .starts = "arrived", .ends = "departed", .may_be_one_day = true,
	 .words = "{meeting}: asistencia de {organization}", .called = "{meeting}, {organization}",
	 .what = N_("la asistencia de {organization} a {meeting}")},
	{RECORD_RESOLUTION, "entry", FIELDS(resolution_fields),
	 .words = "{meeting}: agrega, {text}", .called = "{id}",
	 .what = N_("la resolución {id}: {text}")},
	{RECORD_FOLLOWUP, "followup", FIELDS(followup_fields),
	 .words = "Agrega la acción: {description}", .called = "{id}",
	 .what = N_("la acción {id}: {description}")},
	{RECORD_INDICATOR, "measurement", FIELDS(indicator_fields),
	 .words = "Agrega un valor de {name}: {value}", .called = "{name}",
	 .what = N_("el valor de {name}: {value}")},
	{RECORD_DOCUMENT, "document", FIELDS(document_fields),
	 .words = "Agrega el documento {title}", .called = "«{title}»",
	 .what = N_("el documento «{title}»")},
	{RECORD_PERSON, "person", FIELDS(person_fields),
	 .words = "Agrega a {organization}: {post}", .called = "{organization}, {post}",
	 .what = N_("a quien es {post} de {organization}")},
};
/* clang-format on */

const struct editable_kind *editable_kind_at(size_t i)
{
	return i < ARRAY_COUNT(kinds) ? &kinds[i] : NULL;
}

const struct editable_kind *editable_kind_of(enum record_kind_id kind)
{
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
		if (kinds[i].kind == kind)
			return &kinds[i];
	return NULL;
}

size_t editable_index(const struct editable_kind *kind, const char *name)
{
	size_t i = 0;
	while (i < kind->field_count && strcmp(kind->fields[i].name, name) != 0)
		i++;
	return i;
}

const char *editable_label(const struct editable_kind *kind, const struct editable_field *field)
{
	const struct field *listed = record_field_named(&record_kinds[kind->kind], field->name);
	if (field->label)
		return field->label;
	return listed && listed->label ? listed->label : field->name;
}
