/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/table_words.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/record.h"
#include "nucleo/model/settings.h"

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
	{"ballot", N_("voto"), -1},
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

/* Columns that are no field of a list, or have another name there. */
static const struct {
	const char *column, *word;
} columns[] = {
	{"agenda_item", N_("Punto")},
	{"arrived", N_("Llegó")},
	{"carried_from", N_("Viene de")},
	{"choice", N_("Voto")},
	{"code", N_("Código")},
	{"commitment", N_("Compromiso")},
	{"contact_post", N_("Cargo de contacto")},
	{"contribution", N_("Contribución")},
	{"decision_kind", N_("Forma de decidir")},
	{"decision_number", N_("Decisión")},
	{"decision_state", N_("Estado de la decisión")},
	{"deliverable", N_("Producto")},
	{"departed", N_("Se retiró")},
	{"email", N_("Correo")},
	{"entry", N_("Resolución")},
	{"followup", N_("Acción")},
	{"information", N_("Información")},
	{"level", N_("Nivel")},
	{"local_government", N_("Gobierno local")},
	{"meeting", N_("Reunión")},
	{"milestone", N_("Hito")},
	{"minutes_planned", N_("Minutos previstos")},
	{"minutes_spent", N_("Minutos usados")},
	{"name", N_("Nombre")},
	{"note", N_("Nota")},
	{"objections", N_("Objeciones")},
	{"organization", N_("Institución")},
	{"owner", N_("A cargo de")},
	{"parent", N_("Dentro de")},
	{"plan", N_("Plan")},
	{"post", N_("Cargo")},
	{"presenter", N_("Expone")},
	{"private", N_("Reservada")},
	{"rank", N_("Orden")},
	{"role", N_("Papel")},
	{"seat", N_("Puesto")},
	{"standing", N_("Calidad")},
	{"submitted", N_("Presentada")},
	{"technical_note", N_("Nota técnica")},
	{"text", N_("Texto")},
	{"unit", N_("Unidad")},
	{"value", N_("Valor")},
};

static const char *other_column_word(const char *column)
{
	for (size_t i = 0; i < ARRAY_COUNT(columns); i++)
		if (strcmp(columns[i].column, column) == 0)
			return _(columns[i].word);
	return column;
}

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
	if (strcmp(table, "followup") == 0 && strcmp(column, "code") == 0)
		return _("Id");
	return field && field->label ? _(field->label) : other_column_word(column);
}

const struct field *column_field(const char *table, const char *column)
{
	return find_field(table, column);
}

/* What a setting is called, and the choices one may have: rows of one table hold all of them. */
static const char *setting_label(const char *column, const char *text)
{
	enum setting_id id = strcmp(column, "name") == 0 ? setting_named(text) : SETTING_COUNT;
	int rule = strcmp(column, "value") == 0 ? enum_value(&vote_rule_names, text) : ENUM_NONE;
	if (id < SETTING_COUNT)
		return _(settings[id].label);
	return rule == ENUM_NONE ? text : enum_label(&vote_rule_names, rule);
}

/* The label of a value of a closed set; else the value. */
static const char *value_label(const char *table, const char *column, const char *text)
{
	const struct field *field = find_field(table, column);
	if (strcmp(table, "setting") == 0)
		return setting_label(column, text);
	bool is_choice = field && field->type == FIELD_ENUM &&
			 enum_value(field->names, text) != ENUM_NONE;
	return is_choice ? enum_label(field->names, enum_value(field->names, text)) : text;
}

void value_add_whole(struct strbuf *out, const char *table, const char *column, const char *text)
{
	const struct field *field = find_field(table, column);
	day_number day = date_parse_iso(text);
	if (field && field->type == FIELD_BOOL)
		strbuf_adds(out, strcmp(text, "0") == 0 ? _("no") : _("sí"));
	else if (day != DATE_NONE)
		date_add_local(out, day);
	else
		strbuf_adds(out, value_label(table, column, text));
}

void value_add_words(struct strbuf *out, const char *table, const char *column, const char *text)
{
	if (!text) {
		strbuf_adds(out, _("(vacío)"));
		return;
	}
	strbuf_adds(out, _("«"));
	utf8_fit(out, value_label(table, column, text), VALUE_COLUMNS);
	strbuf_adds(out, _("»"));
}
