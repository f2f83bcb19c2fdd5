/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/search_hit.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"

/* clang-format off */
static const struct enum_name kinds[] = {
	[SEARCH_COMMITMENT]   = {"commitment", N_("Compromiso"), ""},
	[SEARCH_MILESTONE]    = {"milestone", N_("Hito"), ""},
	[SEARCH_MEETING]      = {"meeting", N_("Reunión"), ""},
	[SEARCH_AGENDA]       = {"agenda", N_("Punto"), ""},
	[SEARCH_RESOLUTION]   = {"resolution", N_("Resolución"), ""},
	[SEARCH_ORGANIZATION] = {"organization", N_("Institución"), ""},
	[SEARCH_DOCUMENT]     = {"document", N_("Documento"), ""},
	[SEARCH_FOLLOWUP]     = {"followup", N_("Acción"), ""},
	[SEARCH_INDICATOR]    = {"indicator", N_("Indicador"), ""},
	[SEARCH_BLOCKER]      = {"blocker", N_("Bloqueo"), ""},
	[SEARCH_PROGRESS]     = {"progress", N_("Avance"), ""},
};

#define TEXT(member, heading, flags_)                  \
	{.name = #member,                              \
	 .label = heading,                             \
	 .type = FIELD_TEXT,                           \
	 .offset = offsetof(struct search_hit, member), \
	 .flags = flags_}

static const struct field fields[] = {
	{.name = "kind", .label = N_("Clase"), .type = FIELD_ENUM,
	 .offset = offsetof(struct search_hit, kind), .names = &search_kind_names},
	TEXT(id, N_("Id"), FIELD_CODE),
	TEXT(title, N_("Título"), 0),
	TEXT(place, N_("Dónde"), 0),
	TEXT(snippet, N_("Texto"), 0),
	TEXT(meeting, N_("Reunión"), FIELD_CODE),
	TEXT(item, N_("Punto"), FIELD_CODE),
	TEXT(commitment, N_("Compromiso"), FIELD_CODE),
	TEXT(marked_title, NULL, 0),
	TEXT(marked_snippet, NULL, 0),
};
/* clang-format on */

const struct enum_names search_kind_names = {N_("clase"), kinds, ARRAY_COUNT(kinds)};

const struct record_kind search_hit_kind = {
	.id = RECORD_KIND_COUNT,
	.name = "hit",
	.plural = "hits",
	.size = sizeof(struct search_hit),
	.sort_offset = offsetof(struct search_hit, sort),
	.fields = fields,
	.field_count = ARRAY_COUNT(fields),
};

const char *search_hit_heading(const struct search_hit *hit)
{
	if (hit->marked_title)
		return hit->marked_title;
	if (hit->kind == SEARCH_COMMITMENT || hit->kind == SEARCH_MILESTONE)
		return _("título por confirmar");
	return *hit->marked_snippet ? hit->marked_snippet : hit->place;
}

const char *search_hit_text(const struct search_hit *hit)
{
	bool is_said = !hit->title || strcmp(hit->title, hit->snippet) == 0;
	bool is_heading = search_hit_heading(hit) == hit->marked_snippet;
	return is_said && (hit->title || is_heading) ? "" : hit->marked_snippet;
}
