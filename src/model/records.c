/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/records.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

/* F: stored; S: stored, shown with one record only; C: a code people name records by;
 * CB: one with a short heading; E: one word of a set; T: one that is
 * a state. A NULL heading keeps a field
 * inside the program. */
#define F(kind, member, json, heading, field_type) \
	{.name = json,                             \
	 .label = heading,                         \
	 .type = field_type,                       \
	 .offset = offsetof(struct kind, member)}
#define S(kind, member, json, heading, field_type)   \
	{.name = json,                               \
	 .label = heading,                           \
	 .type = field_type,                         \
	 .offset = offsetof(struct kind, member),     \
	 .flags = FIELD_DETAIL}
#define C(kind, member, json, heading, field_type)   \
	{.name = json,                               \
	 .label = heading,                           \
	 .type = field_type,                         \
	 .offset = offsetof(struct kind, member),     \
	 .flags = FIELD_CODE}
#define CB(kind, member, json, heading, short_heading, field_type) \
	{.name = json,                                             \
	 .label = heading,                                         \
	 .brief = short_heading,                                   \
	 .type = field_type,                                       \
	 .offset = offsetof(struct kind, member),                   \
	 .flags = FIELD_CODE}
#define E(kind, member, json, heading, set)      \
	{.name = json,                           \
	 .label = heading,                       \
	 .type = FIELD_ENUM,                     \
	 .offset = offsetof(struct kind, member), \
	 .names = &set##_names}
#define T(kind, member, json, heading, set)       \
	{.name = json,                           \
	 .label = heading,                       \
	 .type = FIELD_ENUM,                     \
	 .offset = offsetof(struct kind, member), \
	 .names = &set##_names,                  \
	 .flags = FIELD_STATE}

/* clang-format off */
static const struct field organization_fields[] = {
	C(organization, acronym, "acronym", N_("Siglas"), FIELD_TEXT),
	F(organization, name, "name", N_("Nombre"), FIELD_TEXT),
	E(organization, sector, "sector", N_("Sector"), sector),
	E(organization, role, "role", N_("Calidad"), capacity),
	{.name = "review", .label = N_("Por revisar"), .brief = N_("Revisar"), .type = FIELD_BOOL,
	 .offset = offsetof(struct organization, review), .flags = FIELD_STATE},
	F(organization, membership_key, "membership_key", NULL, FIELD_INTEGER),
	{.name = "attended", .label = N_("Asistió"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct organization, attended), .flags = FIELD_DETAIL},
	{.name = "meetings", .label = N_("Reuniones"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct organization, meetings), .flags = FIELD_DETAIL},
	{.name = "absence_streak", .label = N_("Ausencias seguidas"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct organization, absence_streak), .flags = FIELD_DETAIL},
	S(organization, membership_starts, "starts", N_("Desde"), FIELD_DATE),
	S(organization, membership_ends, "ends", N_("Hasta"), FIELD_DATE),
};

static const struct field plan_fields[] = {
	C(plan, code, "code", N_("Código"), FIELD_TEXT),
	F(plan, title, "title", N_("Título"), FIELD_TEXT),
	F(plan, starts, "starts", N_("Empieza"), FIELD_DATE),
	F(plan, ends, "ends", N_("Termina"), FIELD_DATE),
	S(plan, ogp_id, "ogp_id", N_("Id OGP"), FIELD_TEXT),
};

static const struct field commitment_fields[] = {
	{.name = "code", .label = N_("Código"), .brief = N_("C"), .type = FIELD_TEXT,
	 .offset = offsetof(struct commitment, code), .flags = FIELD_CODE},
	C(commitment, plan, "plan", N_("Plan"), FIELD_TEXT),
	{.name = "title", .label = N_("Título"), .type = FIELD_TEXT,
	 .offset = offsetof(struct commitment, title), .unknown = N_("título por confirmar")},
	{.name = "lead", .label = N_("Responsable"), .brief = N_("Resp."), .type = FIELD_LIST,
	 .offset = offsetof(struct commitment, lead)},
	{.name = "percent", .label = N_("Avance"), .brief = "%", .type = FIELD_PERCENT,
	 .offset = offsetof(struct commitment, percent), .derived = true},
	F(commitment, as_of, "as_of", N_("Corte"), FIELD_DATE),
	{.name = "previous_percent", .label = N_("Anterior"), .brief = N_("Ant."),
	 .type = FIELD_PERCENT, .offset = offsetof(struct commitment, previous_percent)},
	{.name = "expected_percent", .label = N_("Esperado"), .brief = N_("Esp."),
	 .type = FIELD_PERCENT, .offset = offsetof(struct commitment, expected_percent),
	 .derived = true},
	{.name = "pace", .label = N_("Ritmo"), .type = FIELD_ENUM,
	 .offset = offsetof(struct commitment, pace), .names = &pace_names, .derived = true,
	 .flags = FIELD_STATE},
	{.name = "overdue", .label = N_("Plazo vencido"), .brief = N_("Vencido"),
	 .type = FIELD_BOOL, .offset = offsetof(struct commitment, overdue), .derived = true,
	 .flags = FIELD_STATE},
	{.name = "blocked", .label = N_("Bloqueado"), .brief = N_("Bloq."), .type = FIELD_BOOL,
	 .offset = offsetof(struct commitment, blocked), .derived = true,
	 .flags = FIELD_STATE},
	{.name = "milestones", .label = N_("Hitos"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct commitment, milestones), .derived = true,
	 .flags = FIELD_DETAIL},
	{.name = "milestones_reported", .label = N_("Hitos informados"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct commitment, milestones_reported), .derived = true,
	 .flags = FIELD_DETAIL},
	{.name = "milestones_sum", .label = N_("Suma de sus avances"), .type = FIELD_NUMBER,
	 .offset = offsetof(struct commitment, milestones_sum), .derived = true,
	 .flags = FIELD_DETAIL},
	S(commitment, counterpart, "counterpart", N_("Contraparte"), FIELD_LIST),
	S(commitment, support, "support", N_("Apoyo"), FIELD_LIST),
	S(commitment, axis, "axis", N_("Eje"), FIELD_TEXT),
	S(commitment, problem, "problem", N_("Problema"), FIELD_TEXT),
	S(commitment, description, "description", N_("Descripción"), FIELD_TEXT),
	S(commitment, contribution, "contribution", N_("Contribución"), FIELD_TEXT),
	S(commitment, ogp_values, "ogp_values", N_("Valores OGP"), FIELD_TEXT),
	S(commitment, ods, "ods", N_("ODS"), FIELD_TEXT),
	S(commitment, ogp_id, "ogp_id", N_("Id OGP"), FIELD_TEXT),
	{.name = "irm_completion", .label = N_("Valoración del IRM"), .type = FIELD_ENUM,
	 .offset = offsetof(struct commitment, irm_completion), .names = &irm_completion_names,
	 .flags = FIELD_DETAIL},
	S(commitment, information, "information", N_("Más información"), FIELD_TEXT),
	S(commitment, contact_post, "contact_post", N_("Cargo de contacto"), FIELD_TEXT),
	S(commitment, technical_note, "technical_note", N_("Nota técnica"), FIELD_TEXT),
	S(commitment, starts, "starts", N_("Empieza"), FIELD_DATE),
	S(commitment, ends, "ends", N_("Termina"), FIELD_DATE),
	F(commitment, own_percent, "own_percent", NULL, FIELD_PERCENT),
	F(commitment, milestone_tally, "milestone_tally", NULL, FIELD_TEXT),
	F(commitment, called, "called", NULL, FIELD_TEXT),
	F(commitment, own_starts, "own_starts", NULL, FIELD_DATE),
	F(commitment, own_ends, "own_ends", NULL, FIELD_DATE),
	F(commitment, milestone_expected, "milestone_expected", NULL, FIELD_PERCENT),
	S(commitment, blocker, "blocker", N_("Motivo del bloqueo"), FIELD_TEXT),
};

static const struct field milestone_fields[] = {
	C(milestone, commitment, "commitment", N_("Compromiso"), FIELD_TEXT),
	C(milestone, plan, "plan", N_("Plan"), FIELD_TEXT),
	F(milestone, number, "number", N_("Hito"), FIELD_INTEGER),
	F(milestone, title, "title", N_("Título"), FIELD_TEXT),
	F(milestone, starts, "starts", N_("Empieza"), FIELD_DATE),
	F(milestone, ends, "ends", N_("Termina"), FIELD_DATE),
	F(milestone, percent, "percent", N_("Avance"), FIELD_PERCENT),
	{.name = "disagreement", .label = N_("Discrepan"), .brief = "≠", .type = FIELD_BOOL,
	 .offset = offsetof(struct milestone, disagreement), .derived = true,
	 .flags = FIELD_STATE},
	{.name = "entity_state", .label = N_("Según la entidad"), .brief = N_("Entidad"),
	 .type = FIELD_ENUM, .offset = offsetof(struct milestone, entity_state),
	 .names = &progress_state_names},
	{.name = "counterpart_state", .label = N_("Según la contraparte"),
	 .brief = N_("Contraparte"), .type = FIELD_ENUM,
	 .offset = offsetof(struct milestone, counterpart_state),
	 .names = &progress_state_names},
	{.name = "group_state", .label = N_("Según el Grupo Núcleo"), .brief = N_("Grupo"),
	 .type = FIELD_ENUM, .offset = offsetof(struct milestone, group_state),
	 .names = &progress_state_names},
	S(milestone, deliverable, "deliverable", N_("Entregable"), FIELD_TEXT),
	S(milestone, original_starts, "original_starts", N_("Empezaba"), FIELD_DATE),
	S(milestone, original_ends, "original_ends", N_("Terminaba"), FIELD_DATE),
	{.name = "overdue", .label = N_("Vencido"), .type = FIELD_BOOL,
	 .offset = offsetof(struct milestone, overdue), .derived = true,
	 .flags = FIELD_STATE | FIELD_DETAIL},
	F(milestone, commitment_key, "commitment_key", NULL, FIELD_INTEGER),
};

static const struct field progress_fields[] = {
	C(progress, commitment, "commitment", N_("Compromiso"), FIELD_TEXT),
	C(progress, plan, "plan", N_("Plan"), FIELD_TEXT),
	C(progress, milestone, "milestone", N_("Hito"), FIELD_TEXT),
	F(progress, as_of, "as_of", N_("Corte"), FIELD_DATE),
	F(progress, percent, "percent", N_("Avance"), FIELD_PERCENT),
	E(progress, reporter, "reporter", N_("Informa"), reporter),
	T(progress, state, "state", N_("Estado"), progress_state),
	C(progress, meeting, "meeting", N_("Reunión"), FIELD_TEXT),
	C(progress, item, "item", N_("Punto"), FIELD_TEXT),
	F(progress, note, "note", N_("Nota"), FIELD_TEXT),
	S(progress, evidence, "evidence", N_("Evidencia"), FIELD_TEXT),
	F(progress, item_key, "item_key", NULL, FIELD_INTEGER),
	F(progress, rank, "rank", NULL, FIELD_INTEGER),
};

static const struct field blocker_fields[] = {
	C(blocker, commitment, "commitment", N_("Compromiso"), FIELD_TEXT),
	C(blocker, plan, "plan", N_("Plan"), FIELD_TEXT),
	F(blocker, since, "since", N_("Desde"), FIELD_DATE),
	F(blocker, until, "until", N_("Hasta"), FIELD_DATE),
	F(blocker, reason, "reason", N_("Motivo"), FIELD_TEXT),
	{.name = "owner", .label = N_("A cargo de"), .type = FIELD_TEXT,
	 .offset = offsetof(struct blocker, owner), .flags = FIELD_DETAIL | FIELD_CODE},
};

static const struct field meeting_fields[] = {
	C(meeting, number, "number", N_("Número"), FIELD_TEXT),
	F(meeting, date, "date", N_("Fecha"), FIELD_DATE),
	{.name = "starts", .label = N_("Empieza"), .brief = N_("Desde"), .type = FIELD_TIME,
	 .offset = offsetof(struct meeting, starts)},
	{.name = "ends", .label = N_("Termina"), .brief = N_("Hasta"), .type = FIELD_TIME,
	 .offset = offsetof(struct meeting, ends)},
	F(meeting, place, "place", N_("Lugar"), FIELD_TEXT),
	T(meeting, status, "status", N_("Estado"), meeting_status),
	F(meeting, prepared_by, "prepared_by", N_("Elaborado por"), FIELD_TEXT),
	S(meeting, signatories, "signatories", N_("Firman"), FIELD_LIST),
	S(meeting, annexes, "annexes", N_("Anexos"), FIELD_LIST),
	S(meeting, virtual_place, "virtual_place", N_("Enlace"), FIELD_TEXT),
	S(meeting, opened, "opened", N_("Comenzó"), FIELD_TIME),
	S(meeting, closed, "closed", N_("Concluyó"), FIELD_TIME),
	S(meeting, closing_reason, "closing_reason", N_("Motivo del cierre"), FIELD_TEXT),
	S(meeting, item_count, "items", N_("Puntos"), FIELD_INTEGER),
	S(meeting, present_count, "present", N_("Presentes"), FIELD_INTEGER),
};

static const struct field agenda_fields[] = {
	C(agenda_item, meeting, "meeting", N_("Reunión"), FIELD_TEXT),
	C(agenda_item, label, "label", N_("Punto"), FIELD_TEXT),
	{.name = "parent", .label = N_("Parte de"), .type = FIELD_TEXT,
	 .offset = offsetof(struct agenda_item, parent), .flags = FIELD_DETAIL | FIELD_CODE},
	F(agenda_item, title, "title", N_("Título"), FIELD_TEXT),
	T(agenda_item, state, "state", N_("Estado"), item_state),
	S(agenda_item, presenter, "presenter", N_("Presenta"), FIELD_TEXT),
	{.name = "minutes_planned", .label = N_("Minutos previstos"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct agenda_item, minutes_planned),
	 .flags = FIELD_DETAIL | FIELD_ZERO_IS_NULL},
	{.name = "minutes_spent", .label = N_("Minutos usados"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct agenda_item, minutes_spent),
	 .flags = FIELD_DETAIL | FIELD_ZERO_IS_NULL},
	S(agenda_item, resumed, "resumed", N_("En curso desde"), FIELD_TIME),
	{.name = "parked", .label = N_("Para la próxima reunión"), .brief = N_("Próxima"),
	 .type = FIELD_BOOL, .offset = offsetof(struct agenda_item, parked),
	 .flags = FIELD_STATE | FIELD_DETAIL},
	S(agenda_item, followup, "followup", N_("Acción"), FIELD_TEXT),
	S(agenda_item, commitment, "commitment", N_("Compromiso"), FIELD_TEXT),
	S(agenda_item, carried_from, "carried_from", N_("Viene de"), FIELD_TEXT),
	F(agenda_item, followup_key, "followup_key", NULL, FIELD_INTEGER),
	F(agenda_item, commitment_key, "commitment_key", NULL, FIELD_INTEGER),
	F(agenda_item, carried_key, "carried_key", NULL, FIELD_INTEGER),
	F(agenda_item, rank, "rank", NULL, FIELD_INTEGER),
	F(agenda_item, parent_key, "parent_key", NULL, FIELD_INTEGER),
	S(agenda_item, entry_count, "entries", N_("Resoluciones"), FIELD_INTEGER),
};

static const struct field attendee_fields[] = {
	C(attendee, meeting, "meeting", N_("Reunión"), FIELD_TEXT),
	C(attendee, organization, "organization", N_("Institución"), FIELD_TEXT),
	E(attendee, sector, "sector", N_("Sector"), sector),
	E(attendee, capacity, "capacity", N_("Calidad"), capacity),
	T(attendee, status, "status", N_("Asistencia"), attendance_status),
	E(attendee, mode, "mode", N_("Modalidad"), attendance_mode),
	S(attendee, name, "name", N_("Nombre"), FIELD_TEXT),
	S(attendee, delegate, "delegate", N_("Delegación"), FIELD_TEXT),
	{.name = "standing", .label = N_("Titular o suplente"), .type = FIELD_ENUM,
	 .offset = offsetof(struct attendee, standing), .names = &standing_names,
	 .flags = FIELD_DETAIL},
	S(attendee, arrived, "arrived", N_("Llegó"), FIELD_TIME),
	S(attendee, departed, "departed", N_("Se fue"), FIELD_TIME),
	F(attendee, rank, "rank", NULL, FIELD_INTEGER),
};

static const struct field resolution_fields[] = {
	C(resolution, id, "id", N_("Id"), FIELD_TEXT),
	C(resolution, meeting, "meeting", N_("Reunión"), FIELD_TEXT),
	CB(resolution, item, "item", N_("Punto"), N_("Pt."), FIELD_TEXT),
	E(resolution, kind, "kind", N_("Tipo"), entry_kind),
	C(resolution, organization, "organization", N_("Institución"), FIELD_TEXT),
	F(resolution, text, "text", N_("Texto"), FIELD_TEXT),
	S(resolution, decision_number, "decision_number", N_("Decisión"), FIELD_TEXT),
	{.name = "decision_kind", .label = N_("Forma de decidir"), .type = FIELD_ENUM,
	 .offset = offsetof(struct resolution, decision_kind), .names = &decision_kind_names,
	 .flags = FIELD_DETAIL},
	S(resolution, objections, "objections", N_("Reservas"), FIELD_TEXT),
	S(resolution, tally, "tally", N_("Votación"), FIELD_TEXT),
	{.name = "vote_rule", .label = N_("Regla de votación"), .type = FIELD_ENUM,
	 .offset = offsetof(struct resolution, vote_rule), .names = &vote_rule_names,
	 .flags = FIELD_DETAIL},
	{.name = "votes_for", .label = N_("A favor"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct resolution, votes_for),
	 .flags = FIELD_DETAIL | FIELD_MINUS_IS_NULL},
	{.name = "votes_against", .label = N_("En contra"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct resolution, votes_against),
	 .flags = FIELD_DETAIL | FIELD_MINUS_IS_NULL},
	{.name = "votes_abstained", .label = N_("Abstenciones"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct resolution, votes_abstained),
	 .flags = FIELD_DETAIL | FIELD_MINUS_IS_NULL},
	{.name = "ballots", .label = N_("Votos"), .type = FIELD_LIST,
	 .offset = offsetof(struct resolution, ballots), .names = &ballot_choice_names,
	 .flags = FIELD_DETAIL},
	{.name = "private", .label = N_("Privada"), .type = FIELD_BOOL,
	 .offset = offsetof(struct resolution, is_private), .flags = FIELD_STATE | FIELD_DETAIL},
	{.name = "doubt", .label = N_("Por aclarar"), .type = FIELD_BOOL,
	 .offset = offsetof(struct resolution, is_doubt), .flags = FIELD_STATE | FIELD_DETAIL},
	F(resolution, rank, "rank", NULL, FIELD_INTEGER),
	F(resolution, meeting_key, "meeting_key", NULL, FIELD_INTEGER),
	F(resolution, item_key, "item_key", NULL, FIELD_INTEGER),
};

static const struct field followup_fields[] = {
	C(followup, id, "id", N_("Id"), FIELD_TEXT),
	F(followup, description, "description", N_("Qué"), FIELD_TEXT),
	{.name = "responsible", .label = N_("Responsable"), .brief = N_("Resp."),
	 .type = FIELD_LIST, .offset = offsetof(struct followup, responsible)},
	F(followup, due, "due", N_("Vence"), FIELD_DATE),
	T(followup, status, "status", N_("Estado"), followup_status),
	CB(followup, commitment, "commitment", N_("Compromiso"), N_("C"), FIELD_TEXT),
	C(followup, meeting, "meeting", N_("Reunión"), FIELD_TEXT),
	CB(followup, item, "item", N_("Punto"), N_("Pt."), FIELD_TEXT),
	E(followup, kind, "kind", N_("Tipo"), followup_kind),
	F(followup, due_text, "due_text", N_("Plazo dicho"), FIELD_TEXT),
	{.name = "carried", .label = N_("Arrastres"), .brief = N_("Arr."),
	 .type = FIELD_INTEGER, .offset = offsetof(struct followup, carried)},
	S(followup, notes, "notes", N_("Notas"), FIELD_LIST),
	S(followup, sentence, "sentence", N_("Frase de origen"), FIELD_TEXT),
	F(followup, entry_key, "entry_key", NULL, FIELD_INTEGER),
	F(followup, meeting_key, "meeting_key", NULL, FIELD_INTEGER),
	F(followup, item_key, "item_key", NULL, FIELD_INTEGER),
	F(followup, commitment_key, "commitment_key", NULL, FIELD_INTEGER),
	{.name = "overdue", .label = N_("Vencida"), .type = FIELD_BOOL,
	 .offset = offsetof(struct followup, overdue), .derived = true, .flags = FIELD_STATE},
};

static const struct field indicator_fields[] = {
	C(indicator, organization, "organization", N_("Institución"), FIELD_TEXT),
	F(indicator, place, "place", N_("Lugar"), FIELD_TEXT),
	F(indicator, name, "name", N_("Indicador"), FIELD_TEXT),
	F(indicator, value, "value", N_("Valor"), FIELD_NUMBER),
	F(indicator, as_of, "as_of", N_("Corte"), FIELD_DATE),
	{.name = "meeting", .label = N_("Reunión"), .type = FIELD_TEXT,
	 .offset = offsetof(struct indicator, meeting), .flags = FIELD_DETAIL | FIELD_CODE},
	{.name = "item", .label = N_("Punto"), .type = FIELD_TEXT,
	 .offset = offsetof(struct indicator, item), .flags = FIELD_DETAIL | FIELD_CODE},
	F(indicator, indicator_key, "indicator_key", NULL, FIELD_INTEGER),
	F(indicator, place_key, "place_key", NULL, FIELD_INTEGER),
	F(indicator, item_key, "item_key", NULL, FIELD_INTEGER),
};

static const struct field document_fields[] = {
	E(document, kind, "kind", N_("Tipo"), document_kind),
	F(document, title, "title", N_("Título"), FIELD_TEXT),
	F(document, location, "location", N_("Dónde"), FIELD_TEXT),
	C(document, meeting, "meeting", N_("Reunión"), FIELD_TEXT),
	C(document, commitment, "commitment", N_("Compromiso"), FIELD_TEXT),
	S(document, sha256, "sha256", N_("SHA-256"), FIELD_TEXT),
};

static const struct field person_fields[] = {
	C(person, organization, "organization", N_("Institución"), FIELD_TEXT),
	F(person, post, "post", N_("Cargo"), FIELD_TEXT),
	E(person, standing, "standing", N_("Delegación"), standing),
	F(person, name, "name", N_("Nombre"), FIELD_TEXT),
	F(person, email, "email", N_("Correo"), FIELD_TEXT),
};

static const struct field history_fields[] = {
	{.name = "number", .label = N_("Número"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct history, number), .flags = FIELD_ZERO_IS_NULL},
	F(history, at, "at", N_("Cuándo"), FIELD_TEXT),
	{.name = "by", .label = N_("Quién"), .brief = N_("Por"), .type = FIELD_TEXT,
	 .offset = offsetof(struct history, by)},
	F(history, words, "words", N_("Qué"), FIELD_TEXT),
	{.name = "undoes", .label = N_("Deshace"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct history, undoes), .flags = FIELD_DETAIL | FIELD_ZERO_IS_NULL},
	F(history, refused, "refused", N_("Rechazada"), FIELD_TEXT),
	S(history, host, "host", N_("Máquina"), FIELD_TEXT),
	T(history, state, "state", N_("Estado"), operation_state),
	S(history, parked, "parked", N_("Por qué espera"), FIELD_TEXT),
	{.name = "deletes", .label = N_("Quitado"), .type = FIELD_BOOL,
	 .offset = offsetof(struct history, deletes), .flags = FIELD_STATE | FIELD_DETAIL},
	S(history, post, "post", N_("Cargo"), FIELD_TEXT),
	{.name = "undone", .label = N_("Deshecho"), .type = FIELD_BOOL,
	 .offset = offsetof(struct history, is_undone), .flags = FIELD_STATE | FIELD_DETAIL,
	 .derived = true},
	{.name = "undone_by", .label = N_("Deshecho por"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct history, undone_by),
	 .flags = FIELD_DETAIL | FIELD_ZERO_IS_NULL, .derived = true},
	F(history, op, "op", NULL, FIELD_TEXT),
	F(history, undone_key, "undone_key", NULL, FIELD_INTEGER),
	/* To filter by alone: what is new to one is not to another, and the history is the same. */
	{.name = "new", .brief = N_("Nueva"), .type = FIELD_BOOL,
	 .offset = offsetof(struct history, is_new), .flags = FIELD_STATE},
};

static const struct field trash_fields[] = {
	E(trash, kind, "kind", N_("Clase"), trash_kind),
	F(trash, code, "code", N_("Código"), FIELD_TEXT),
	F(trash, text, "text", N_("Qué decía"), FIELD_TEXT),
	F(trash, at, "at", N_("Cuándo"), FIELD_TEXT),
	{.name = "by", .label = N_("Quién"), .brief = N_("Por"), .type = FIELD_TEXT,
	 .offset = offsetof(struct trash, by)},
	{.name = "number", .label = N_("Cambio"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct trash, number), .flags = FIELD_ZERO_IS_NULL},
	S(trash, table, "table", N_("Tabla"), FIELD_TEXT),
	/* Every row has it. */
	{.name = "key", .label = N_("Clave"), .type = FIELD_INTEGER,
	 .offset = offsetof(struct trash, key), .flags = FIELD_DETAIL, .derived = true},
	F(trash, operation, "operation", NULL, FIELD_INTEGER),
};
/* clang-format on */

static const char *after_comma(const char *text)
{
	const char *comma = strchr(text, ',');
	return comma ? comma + 1 : "";
}

static void read_tally(struct commitment *commitment)
{
	const char *tally = commitment->milestone_tally ? commitment->milestone_tally : "";
	const char *reported = after_comma(tally), *sum = after_comma(reported);
	commitment->milestones = strtoll(tally + (*tally == '['), NULL, 10);
	commitment->milestones_reported = strtoll(reported, NULL, 10);
	commitment->milestones_sum = commitment->milestones_reported ? strtod(sum, NULL) : NAN;
}

/* Without a report on the whole, the mean of all milestones. */
static void derive_commitment(void *row, day_number today)
{
	struct commitment *commitment = row;
	read_tally(commitment);
	commitment->percent = commitment->own_percent;
	if (commitment->percent == PERCENT_NONE)
		commitment->percent = percent_from_points(commitment->milestones_sum /
							  (double)commitment->milestones);
	commitment->expected_percent = commitment_expected(commitment);
	commitment->pace = commitment_pace(commitment);
	commitment->blocked = commitment->blocker != NULL;
	commitment->overdue = commitment->ends != DATE_NONE && today != DATE_NONE &&
			      today > commitment->ends && commitment->percent != PERCENT_FULL;
}

/* Two reporters who name different states disagree; one who names none does not. */
static bool reporters_disagree(const struct milestone *milestone)
{
	const int states[] = {milestone->entity_state, milestone->counterpart_state,
			      milestone->group_state};
	int seen = ENUM_NONE;
	bool disagree = false;
	for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
		if (states[i] == ENUM_NONE)
			continue;
		disagree |= seen != ENUM_NONE && states[i] != seen;
		seen = states[i];
	}
	return disagree;
}

static void derive_milestone(void *row, day_number today)
{
	struct milestone *milestone = row;
	milestone->disagreement = reporters_disagree(milestone);
	milestone->overdue = milestone->ends != DATE_NONE && today != DATE_NONE &&
			     milestone->ends < today && milestone->percent != PERCENT_FULL;
}

static void derive_followup(void *row, day_number today)
{
	struct followup *followup = row;
	followup->overdue = followup_is_pending(followup->status) && today != DATE_NONE &&
			    followup->due != DATE_NONE && followup->due < today;
}

static void derive_history(void *row, day_number today)
{
	struct history *history = row;
	(void)today;
	history->is_undone = history->undone_key != 0;
	history->undone_by = history->undone_key > 0 ? history->undone_key : 0;
}

#define KIND(id_, struct_, fields_, name_, plural_, ...)                                        \
	[id_] = {.id = id_, .name = name_, .plural = plural_, .spanish = __VA_ARGS__,           \
		 .size = sizeof(struct struct_), .sort_offset = offsetof(struct struct_, sort), \
		 .fields = fields_, .field_count = ARRAY_COUNT(fields_)
#define ES(...) {__VA_ARGS__}

/* clang-format off */
const struct record_kind record_kinds[RECORD_KIND_COUNT] = {
	KIND(RECORD_ORGANIZATION, organization, organization_fields, "organization",
		"organizations", ES("institución", "instituciones", "organizaciones"))},
	KIND(RECORD_PLAN, plan, plan_fields, "plan", "plans", ES("planes"))},
	KIND(RECORD_COMMITMENT, commitment, commitment_fields, "commitment", "commitments",
		ES("compromiso", "compromisos")), .derive = derive_commitment},
	KIND(RECORD_MILESTONE, milestone, milestone_fields, "milestone", "milestones",
		ES("hito", "hitos")), .derive = derive_milestone},
	KIND(RECORD_PROGRESS, progress, progress_fields, "progress", "progresses",
		ES("avance", "avances", "mediciones"))},
	KIND(RECORD_BLOCKER, blocker, blocker_fields, "blocker", "blockers",
		ES("bloqueo", "bloqueos"))},
	KIND(RECORD_MEETING, meeting, meeting_fields, "meeting", "meetings",
		ES("reunión", "reuniones"))},
	KIND(RECORD_AGENDA, agenda_item, agenda_fields, "agenda", "agendas",
		ES("punto", "puntos", "orden"))},
	KIND(RECORD_ATTENDEE, attendee, attendee_fields, "attendee", "attendees",
		ES("asistente", "asistentes"))},
	KIND(RECORD_RESOLUTION, resolution, resolution_fields, "resolution", "resolutions",
		ES("resolución", "resoluciones", "entry"))},
	KIND(RECORD_FOLLOWUP, followup, followup_fields, "followup", "followups",
		ES("acción", "acciones", "seguimientos")), .derive = derive_followup},
	KIND(RECORD_INDICATOR, indicator, indicator_fields, "indicator", "indicators",
		ES("indicador", "indicadores"))},
	KIND(RECORD_DOCUMENT, document, document_fields, "document", "documents",
		ES("documento", "documentos"))},
	KIND(RECORD_PERSON, person, person_fields, "person", "people",
		ES("persona", "personas", "persons"))},
	KIND(RECORD_HISTORY, history, history_fields, "history", "histories", ES("historial")),
		.derive = derive_history},
	KIND(RECORD_TRASH, trash, trash_fields, "trash", "trashes",
		ES("papelera", "quitados"))},
};
/* clang-format on */

percent_hundredths elapsed_share(day_number starts, day_number ends, day_number on)
{
	if (on <= starts)
		return 0;
	if (on >= ends)
		return PERCENT_FULL;
	int64_t passed = on - starts, whole = ends - starts;
	return (percent_hundredths)((passed * PERCENT_FULL + whole / 2) / whole);
}

percent_hundredths commitment_expected(const struct commitment *commitment)
{
	if (commitment->as_of == DATE_NONE)
		return PERCENT_NONE;
	if (commitment->milestone_expected != PERCENT_NONE)
		return commitment->milestone_expected;
	if (commitment->starts == DATE_NONE || commitment->ends == DATE_NONE)
		return PERCENT_NONE;
	return elapsed_share(commitment->starts, commitment->ends, commitment->as_of);
}

int commitment_pace(const struct commitment *commitment)
{
	percent_hundredths expected = commitment_expected(commitment);
	if (expected == PERCENT_NONE || commitment->percent == PERCENT_NONE)
		return PACE_UNKNOWN;
	int distance = commitment->percent - expected;
	if (distance > 100)
		return PACE_AHEAD;
	return distance < -100 ? PACE_BEHIND : PACE_ON_TRACK;
}

bool followup_is_pending(int status)
{
	return status != FOLLOWUP_DONE && status != FOLLOWUP_DROPPED;
}

/* Numbers are padded, so that they sort by value; letters as Spanish has them. */
char *commitment_sort_key(const char *plan_code, const char *code)
{
	struct strbuf sort;
	char *plan = utf8_sort_key(plan_code), *own = utf8_sort_key(code);
	size_t letters = strcspn(own, "0123456789");
	size_t digits = strspn(own + letters, "0123456789");
	strbuf_init(&sort);
	strbuf_addf(&sort, "%s/%.*s", plan, (int)letters, own);
	for (size_t i = digits; digits && i < 6; i++)
		strbuf_addch(&sort, '0');
	strbuf_adds(&sort, own + letters);
	free(plan);
	free(own);
	return strbuf_detach(&sort);
}
