/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/table_words.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/record.h"

/* Longer values are shortened in messages. */
#define VALUE_COLUMNS 60

static const struct table {
	const char *name, *word;
	int kind; /**< enum record_kind_id whose fields describe its columns, or -1 */
} tables[] = {
	{"setting", N_("ajuste"), -1},
	{"organization", N_("institución"), RECORD_ORGANIZATION},
	{"membership", N_("membresía"), RECORD_ORGANIZATION},
	{"person", N_("persona"), RECORD_PERSON},
	{"plan", N_("plan"), RECORD_PLAN},
	{"commitment", N_("compromiso"), RECORD_COMMITMENT},
	{"commitment_party", N_("responsable de un compromiso"), -1},
	{"milestone", N_("hito"), RECORD_MILESTONE},
	{"meeting", N_("reunión"), RECORD_MEETING},
	{"attendance", N_("asistencia"), RECORD_ATTENDEE},
	{"agenda_item", N_("punto del orden del día"), RECORD_AGENDA},
	{"entry", N_("resolución"), RECORD_RESOLUTION},
	{"progress", N_("medición de avance"), RECORD_PROGRESS},
	{"blocker", N_("bloqueo"), RECORD_BLOCKER},
	{"followup", N_("acción de seguimiento"), RECORD_FOLLOWUP},
	{"followup_responsible", N_("responsable de una acción"), -1},
	{"followup_note", N_("nota de una acción"), -1},
	{"local_government", N_("gobierno local"), -1},
	{"indicator", N_("indicador"), RECORD_INDICATOR},
	{"measurement", N_("valor de un indicador"), RECORD_INDICATOR},
	{"ogp_application", N_("postulación a OGP Local"), -1},
	{"document", N_("documento"), RECORD_DOCUMENT},
	{"reference", N_("referencia"), -1},
	{"seal", N_("sello de un acta"), -1},
};

static const struct table *find_table(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(tables); i++)
		if (strcmp(tables[i].name, name) == 0)
			return &tables[i];
	return NULL;
}

static const struct field *find_field(const char *table, const char *column)
{
	const struct table *found = find_table(table);
	return found && found->kind >= 0 ? record_field_named(&record_kinds[found->kind], column)
					 : NULL;
}

const char *table_word(const char *table)
{
	const struct table *found = find_table(table);
	return found ? _(found->word) : table;
}

const char *column_word(const char *table, const char *column)
{
	const struct field *field = find_field(table, column);
	return field && field->label ? _(field->label) : column;
}

void value_add_words(struct strbuf *out, const char *table, const char *column, const char *text)
{
	const struct field *field = find_field(table, column);
	if (!text) {
		strbuf_adds(out, _("(vacío)"));
		return;
	}
	if (field && field->type == FIELD_ENUM && enum_value(field->names, text) != ENUM_NONE)
		text = enum_label(field->names, enum_value(field->names, text));
	strbuf_adds(out, _("«"));
	utf8_fit(out, text, VALUE_COLUMNS);
	strbuf_adds(out, _("»"));
}
