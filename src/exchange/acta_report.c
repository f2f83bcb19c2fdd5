/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_report.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/names.h"
#include "nucleo/model/record.h"

enum { QUOTE_COLUMNS = 60 };

static const char *certainty_label(enum certainty certainty)
{
	switch (certainty) {
	case CERTAINTY_SURE:
		return _("seguro");
	case CERTAINTY_LIKELY:
		return _("probable");
	case CERTAINTY_DOUBTFUL:
		break;
	}
	return _("dudoso");
}

/* One found thing: where, how sure, what. The text may come from any file. */
static void add_found(struct strbuf *out, int line, enum certainty certainty, const char *text)
{
	strbuf_addf(out, _("  línea %-5d %-9s"), line, certainty_label(certainty));
	strbuf_addch(out, ' ');
	utf8_fit(out, text, QUOTE_COLUMNS);
	strbuf_addch(out, '\n');
}

static int count_present(const struct acta *acta, int sector, int capacity)
{
	int count = 0;
	for (size_t i = 0; i < acta->attendees.count; i++) {
		const struct acta_attendee *attendee = &acta->attendees.items[i];
		count += attendee->status == ATTENDANCE_PRESENT && attendee->capacity == capacity &&
			 (sector == ENUM_NONE || attendee->sector == sector);
	}
	return count;
}

static int count_not_present(const struct acta *acta)
{
	int count = 0;
	for (size_t i = 0; i < acta->attendees.count; i++)
		count += acta->attendees.items[i].status != ATTENDANCE_PRESENT;
	return count;
}

static void add_attendance_summary(struct strbuf *out, const struct acta *acta)
{
	const char *separator = "";
	strbuf_addf(out, _("  asistentes: %d miembros ("),
		    count_present(acta, ENUM_NONE, CAPACITY_MEMBER));
	for (int sector = 0; sector < sector_names.count; sector++) {
		int count = count_present(acta, sector, CAPACITY_MEMBER);
		if (!count)
			continue;
		strbuf_addf(out, "%s%s %d", separator, enum_label(&sector_names, sector), count);
		separator = ", ";
	}
	strbuf_addf(out, _("), %d observadores, %d invitados, %d ausentes o justificados\n"),
		    count_present(acta, ENUM_NONE, CAPACITY_OBSERVER),
		    count_present(acta, ENUM_NONE, CAPACITY_GUEST), count_not_present(acta));
}

static void add_heading(struct strbuf *out, const char *name,
			const struct acta_import_result *result)
{
	const struct acta *acta = &result->acta;
	strbuf_addf(out, "%s: ", name);
	strbuf_addf(out, _("acta %s, "), acta->number);
	date_add_local(out, acta->date);
	if (acta->starts != DAY_MINUTE_NONE) {
		strbuf_addch(out, ' ');
		daytime_add_local(out, acta->starts);
	}
	if (acta->ends != DAY_MINUTE_NONE) {
		strbuf_adds(out, "–");
		daytime_add_local(out, acta->ends);
	}
	strbuf_addch(out, '\n');
}

static void add_outcome(struct strbuf *out, const struct acta_import_result *result, bool in_full)
{
	if (result->outcome == ACTA_IMPORT_UNCHANGED)
		strbuf_adds(out, _("  nada cambia: este mismo archivo ya se importó\n"));
	else if (in_full)
		strbuf_addf(out, _("  ensayo, no se guardó nada: %d filas nuevas, %d cambiadas, "
				   "%d quitadas\n"),
			    result->added, result->changed, result->removed);
	else
		strbuf_addf(out, _("  guardado: %d filas nuevas, %d cambiadas, %d quitadas\n"),
			    result->added, result->changed, result->removed);
	if (result->new_organizations)
		strbuf_addf(out, _("  instituciones nuevas, por revisar: %d\n"),
			    result->new_organizations);
}

static void add_summary(struct strbuf *out, const struct acta *acta)
{
	add_attendance_summary(out, acta);
	strbuf_addf(out,
		    _("  puntos: %zu, resoluciones: %zu, mediciones: %zu, indicadores: %zu, "
		      "acciones propuestas: %zu, firmas: %zu\n"),
		    acta->items.count, acta->entries.count, acta->measures.count,
		    acta->indicators.count, acta->followups.count, acta->signatories.count);
	if (acta->prepared_by)
		strbuf_addf(out, _("  elaborado por: %s\n"), acta->prepared_by);
}

static void add_attendees(struct strbuf *out, const struct acta *acta)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(out, _("Asistentes\n"));
	for (size_t i = 0; i < acta->attendees.count; i++) {
		const struct acta_attendee *attendee = &acta->attendees.items[i];
		strbuf_reset(&text);
		strbuf_addf(&text, "%s · %s · %s · %s%s%s", attendee->acronym,
			    enum_label(&sector_names, attendee->sector),
			    enum_label(&capacity_names, attendee->capacity),
			    enum_label(&attendance_status_names, attendee->status),
			    attendee->delegate ? " · " : "",
			    attendee->delegate ? attendee->delegate : "");
		add_found(out, attendee->line, attendee->certainty, text.data);
	}
	strbuf_release(&text);
}

static const char *item_label(const struct acta *acta, int item)
{
	return item < 0 ? "-" : acta->items.items[item].label;
}

static void add_agenda(struct strbuf *out, const struct acta *acta)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(out, _("Orden del día\n"));
	for (size_t i = 0; i < acta->items.count; i++) {
		const struct acta_item *item = &acta->items.items[i];
		strbuf_reset(&text);
		strbuf_addf(&text, "%s  %s", item->label, item->title);
		add_found(out, item->line, item->certainty, text.data);
	}
	strbuf_adds(out, _("Resoluciones\n"));
	for (size_t i = 0; i < acta->entries.count; i++) {
		const struct acta_entry *entry = &acta->entries.items[i];
		strbuf_reset(&text);
		strbuf_addf(&text, "%s  %s: %s", item_label(acta, entry->item),
			    entry->speaker ? entry->speaker : "·", entry->text);
		add_found(out, entry->line, entry->certainty, text.data);
	}
	strbuf_release(&text);
}

static void add_figures(struct strbuf *out, const struct acta *acta)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(out, _("Mediciones\n"));
	for (size_t i = 0; i < acta->measures.count; i++) {
		const struct acta_measure *measure = &acta->measures.items[i];
		strbuf_reset(&text);
		strbuf_addf(&text, "%s: ", measure->code);
		percent_add(&text, measure->percent);
		strbuf_addf(&text, _(" %% (punto %s)"), item_label(acta, measure->item));
		add_found(out, measure->line, measure->certainty, text.data);
	}
	strbuf_adds(out, _("Indicadores\n"));
	for (size_t i = 0; i < acta->indicators.count; i++) {
		const struct acta_indicator *indicator = &acta->indicators.items[i];
		strbuf_reset(&text);
		strbuf_addf(&text, "%s: %.10g %s", indicator->place, indicator->value,
			    indicator->name ? indicator->name : "");
		add_found(out, indicator->line, indicator->certainty, text.data);
	}
	strbuf_release(&text);
}

static void add_followups(struct strbuf *out, const struct acta *acta)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(out, _("Acciones propuestas\n"));
	for (size_t i = 0; i < acta->followups.count; i++) {
		const struct acta_followup *followup = &acta->followups.items[i];
		strbuf_reset(&text);
		strbuf_addf(&text, "%s  ", item_label(acta, followup->item));
		record_list_add(&text, followup->responsible, ", ");
		strbuf_addf(&text, " · %s", enum_label(&followup_kind_names, followup->kind));
		if (followup->due_text)
			strbuf_addf(&text, " · «%s» ", followup->due_text);
		date_add_local(&text, followup->due);
		add_found(out, followup->line, followup->certainty, text.data);
		strbuf_reset(&text);
		utf8_fit(&text, followup->description, QUOTE_COLUMNS);
		strbuf_addf(out, "                        %s\n", text.data);
	}
	strbuf_release(&text);
}

/* Source text is quoted with its controls stripped: it is no terminal's friend. */
static void add_quoted_lines(struct strbuf *out, const struct acta *acta)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < acta->remarks.count; i++)
		strbuf_addf(out, _("  línea %d: %s\n"), acta->remarks.items[i].line,
			    acta->remarks.items[i].text);
	if (acta->unplaced.count)
		strbuf_adds(out, _("  no se pudo ubicar:\n"));
	for (size_t i = 0; i < acta->unplaced.count; i++) {
		strbuf_reset(&text);
		utf8_fit(&text, acta->unplaced.items[i].text, QUOTE_COLUMNS);
		strbuf_addf(out, _("  línea %d: «%s»\n"), acta->unplaced.items[i].line, text.data);
	}
	strbuf_release(&text);
}

void acta_report_text(struct strbuf *out, const char *name,
		      const struct acta_import_result *result, bool in_full)
{
	const struct acta *acta = &result->acta;
	add_heading(out, name, result);
	add_outcome(out, result, in_full);
	if (in_full || result->outcome != ACTA_IMPORT_UNCHANGED)
		add_summary(out, acta);
	if (in_full) {
		add_attendees(out, acta);
		add_agenda(out, acta);
		add_figures(out, acta);
		add_followups(out, acta);
		strbuf_adds(out, _("Observaciones\n"));
	}
	if (in_full || result->outcome != ACTA_IMPORT_UNCHANGED)
		add_quoted_lines(out, acta);
}
