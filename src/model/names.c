/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/names.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

#define NAMES(set, title_text, ...)                                  \
	static const struct enum_name set##_table[] = {__VA_ARGS__}; \
	const struct enum_names set##_names = {title_text, set##_table, ARRAY_COUNT(set##_table)}

/* clang-format off */
NAMES(sector, N_("sector"),
	[SECTOR_PUBLIC]        = {"public", N_("público"), ""},
	[SECTOR_CIVIL_SOCIETY] = {"civil_society", N_("OSC"), ""},
	[SECTOR_ACADEMIA]      = {"academia", N_("academia"), ""},
	[SECTOR_PRIVATE]       = {"private", N_("privado"), ""},
	[SECTOR_OTHER]         = {"other", N_("otro"), ""});

NAMES(capacity, N_("calidad"),
	[CAPACITY_MEMBER]   = {"member", N_("miembro"), ""},
	[CAPACITY_OBSERVER] = {"observer", N_("observador"), ""},
	[CAPACITY_GUEST]    = {"guest", N_("invitado"), ""});

NAMES(attendance_status, N_("asistencia"),
	[ATTENDANCE_PRESENT] = {"present", N_("presente"), "✓"},
	[ATTENDANCE_ABSENT]  = {"absent", N_("ausente"), "✗"},
	[ATTENDANCE_EXCUSED] = {"excused", N_("justificado"), N_("j")});

NAMES(attendance_mode, N_("modalidad"),
	[MODE_IN_PERSON] = {"in_person", N_("presencial"), N_("p")},
	[MODE_VIRTUAL]   = {"virtual", N_("virtual"), N_("v")});

NAMES(meeting_status, N_("estado de la reunión"),
	[MEETING_DRAFT]      = {"draft", N_("borrador"), "·"},
	[MEETING_CONVENED]   = {"convened", N_("convocada"), "›"},
	[MEETING_IN_SESSION] = {"in_session", N_("en sesión"), "●"},
	[MEETING_CLOSED]     = {"closed", N_("cerrada"), "✓"},
	[MEETING_APPROVED]   = {"approved", N_("aprobada"), "★"});

NAMES(item_state, N_("estado del punto"),
	[ITEM_PENDING]     = {"pending", N_("pendiente"), "·"},
	[ITEM_IN_PROGRESS] = {"in_progress", N_("en curso"), "●"},
	[ITEM_DONE]        = {"done", N_("tratado"), "✓"},
	[ITEM_DEFERRED]    = {"deferred", N_("diferido"), "»"});

NAMES(entry_kind, N_("tipo de resolución"),
	[ENTRY_NOTE]        = {"note", N_("nota"), ""},
	[ENTRY_DECISION]    = {"decision", N_("decisión"), "="},
	[ENTRY_REQUEST]     = {"request", N_("pedido"), "?"},
	[ENTRY_UNDERTAKING] = {"undertaking", N_("compromiso asumido"), "!"});

NAMES(decision_kind, N_("forma de decidir"),
	[DECISION_CONSENSUS]    = {"consensus", N_("por consenso"), ""},
	[DECISION_RESERVATIONS] = {"reservations", N_("consenso con reservas"), ""},
	[DECISION_VOTE]         = {"vote", N_("por votación"), ""},
	[DECISION_NOTED]        = {"noted", N_("se toma nota"), ""});

NAMES(ballot_choice, N_("voto"),
	[BALLOT_FOR]       = {"for", N_("a favor"), "+"},
	[BALLOT_AGAINST]   = {"against", N_("en contra"), "-"},
	[BALLOT_ABSTAINED] = {"abstained", N_("abstención"), "o"});

NAMES(vote_rule, N_("regla de votación"),
	[VOTE_SIMPLE]      = {"simple", N_("mayoría simple"), ""},
	[VOTE_TWO_THIRDS]  = {"two_thirds", N_("dos tercios"), ""},
	[VOTE_FOUR_FIFTHS] = {"four_fifths", N_("cuatro quintos"), ""},
	[VOTE_BY_SECTOR]   = {"by_sector", N_("mayoría en cada sector"), ""});

NAMES(followup_kind, N_("tipo de acción"),
	[FOLLOWUP_UNDERTAKING] = {"undertaking", N_("compromiso asumido"), ""},
	[FOLLOWUP_REQUEST]     = {"request", N_("pedido"), ""},
	[FOLLOWUP_INVITATION]  = {"invitation", N_("invitación"), ""},
	[FOLLOWUP_TASK]        = {"task", N_("tarea"), ""});

NAMES(followup_status, N_("estado de la acción"),
	[FOLLOWUP_PROPOSED]    = {"proposed", N_("propuesta"), "?"},
	[FOLLOWUP_OPEN]        = {"open", N_("pendiente"), "·"},
	[FOLLOWUP_IN_PROGRESS] = {"in_progress", N_("en curso"), "●"},
	[FOLLOWUP_DONE]        = {"done", N_("hecha"), "✓"},
	[FOLLOWUP_DROPPED]     = {"dropped", N_("descartada"), "✗"});

NAMES(operation_state, N_("estado del cambio"),
	[OPERATION_PUBLISHED] = {"published", N_("publicado"), ""},
	[OPERATION_QUEUED]    = {"queued", N_("en cola"), "⇡"},
	[OPERATION_PARKED]    = {"parked", N_("conflicto"), "!"},
	[OPERATION_REFUSED]   = {"refused", N_("rechazado"), "✗"});

NAMES(trash_kind, N_("clase"),
	{"agenda", N_("punto del orden del día"), ""},
	{"application", N_("postulación a OGP Local"), ""},
	{"attendee", N_("asistencia"), ""},
	{"blocker", N_("bloqueo"), ""},
	{"commitment", N_("compromiso"), ""},
	{"document", N_("documento"), ""},
	{"followup", N_("acción de seguimiento"), ""},
	{"indicator", N_("indicador"), ""},
	{"local_government", N_("gobierno local"), ""},
	{"measurement", N_("valor de un indicador"), ""},
	{"meeting", N_("reunión"), ""},
	{"milestone", N_("hito"), ""},
	{"note", N_("nota de una acción"), ""},
	{"organization", N_("institución"), ""},
	{"person", N_("persona"), ""},
	{"plan", N_("plan"), ""},
	{"progress", N_("medición de avance"), ""},
	{"reference", N_("referencia"), ""},
	{"resolution", N_("resolución"), ""},
	{"seal", N_("sello de un acta"), ""});

NAMES(party_role, N_("papel"),
	[PARTY_LEAD]        = {"lead", N_("responsable"), ""},
	[PARTY_COUNTERPART] = {"counterpart", N_("contraparte"), ""},
	[PARTY_SUPPORT]     = {"support", N_("apoyo"), ""});

NAMES(document_kind, N_("tipo de documento"),
	[DOCUMENT_ACTA]     = {"acta", N_("acta"), ""},
	[DOCUMENT_GUIDE]    = {"guide", N_("guía"), ""},
	[DOCUMENT_ANNEX]    = {"annex", N_("anexo"), ""},
	[DOCUMENT_EVIDENCE] = {"evidence", N_("evidencia"), ""},
	[DOCUMENT_OTHER]    = {"other", N_("otro"), ""});

NAMES(standing, N_("delegación"),
	[STANDING_PRINCIPAL] = {"principal", N_("titular"), ""},
	[STANDING_ALTERNATE] = {"alternate", N_("suplente"), ""});

NAMES(progress_state, N_("estado del avance"),
	[PROGRESS_DEFINITION] = {"definition", N_("Definición"), ""},
	[PROGRESS_PLANNING]   = {"planning", N_("Planificación"), ""},
	[PROGRESS_EXECUTION]  = {"execution", N_("Ejecución"), ""},
	[PROGRESS_COMPLETED]  = {"completed", N_("Completado"), ""},
	[PROGRESS_STOPPED]    = {"stopped", N_("Detenido"), ""});

NAMES(reporter, N_("quién informa"),
	[REPORTER_ENTITY]      = {"entity", N_("entidad"), ""},
	[REPORTER_COUNTERPART] = {"counterpart", N_("contraparte"), ""},
	[REPORTER_GROUP]       = {"group", N_("grupo"), ""});

NAMES(irm_completion, N_("valoración del IRM"),
	[IRM_NO_EVIDENCE] = {"no_evidence", N_("sin evidencia"), ""},
	[IRM_NOT_STARTED] = {"not_started", N_("no iniciado"), ""},
	[IRM_LIMITED]     = {"limited", N_("limitado"), ""},
	[IRM_SUBSTANTIAL] = {"substantial", N_("sustancial"), ""},
	[IRM_COMPLETE]    = {"complete", N_("completo"), ""});

NAMES(pace, N_("ritmo"),
	[PACE_AHEAD]    = {"ahead", N_("adelante"), "+"},
	[PACE_ON_TRACK] = {"on_track", N_("al día"), "="},
	[PACE_BEHIND]   = {"behind", N_("atrás"), "-"},
	[PACE_UNKNOWN]  = {"unknown", N_("sin fechas"), "?"});
/* clang-format on */

static int has_value(const struct enum_names *names, int value)
{
	return value >= 0 && value < names->count;
}

/* First as it is stored: lists read a word of each row, and comparing labels costs far more. */
int enum_value(const struct enum_names *names, const char *name)
{
	for (int i = 0; i < names->count; i++)
		if (strcmp(names->names[i].name, name) == 0)
			return i;
	for (int i = 0; i < names->count; i++)
		if (utf8_equal_folded(names->names[i].label, name) ||
		    utf8_equal_folded(_(names->names[i].label), name))
			return i;
	return ENUM_NONE;
}

const char *enum_name(const struct enum_names *names, int value)
{
	return has_value(names, value) ? names->names[value].name : NULL;
}

const char *enum_label(const struct enum_names *names, int value)
{
	return has_value(names, value) ? _(names->names[value].label) : "";
}

const char *enum_sign(const struct enum_names *names, int value)
{
	const char *sign = has_value(names, value) ? names->names[value].sign : "";
	return *sign ? _(sign) : "";
}
