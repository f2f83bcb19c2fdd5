/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_report.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/names.h"
#include "nucleo/model/record.h"

/* Lines fit a terminal of this width; where a thing was found takes its first columns. */
enum { REPORT_COLUMNS = 80, PLACE_COLUMNS = 24, INDENT = 2 };

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

static void pad(struct strbuf *out, int columns)
{
	strbuf_addf(out, "%*s", columns > 0 ? columns : 0, "");
}

/* Text of any origin in lines that are indented and no wider than the report; its
 * control characters go. A word wider than that is cut. */
static void add_wrapped(struct strbuf *out, const char *text)
{
	int column = 0;
	while (*(text += strspn(text, " "))) {
		size_t length = strcspn(text, " ");
		char *word = mem_strndup(text, length);
		int width = utf8_width(word);
		if (column && column + 1 + width > REPORT_COLUMNS) {
			strbuf_addch(out, '\n');
			column = 0;
		}
		pad(out, column ? 1 : INDENT);
		column += column ? 1 : INDENT;
		column += utf8_fit(out, word, REPORT_COLUMNS - INDENT);
		free(word);
		text += length;
	}
	strbuf_addch(out, '\n');
}

static void add_cut(struct strbuf *out, const char *text)
{
	pad(out, PLACE_COLUMNS);
	utf8_fit(out, text, REPORT_COLUMNS - PLACE_COLUMNS);
	strbuf_addch(out, '\n');
}

/* One found thing: where, how sure, what. The text may come from any file. */
static void add_found(struct strbuf *out, int line, enum certainty certainty, const char *text)
{
	struct strbuf place;
	strbuf_init(&place);
	strbuf_addf(&place, _("línea %d"), line);
	pad(&place, 12 - utf8_width(place.data));
	strbuf_adds(&place, certainty_label(certainty));
	pad(out, INDENT);
	int used = INDENT + utf8_fit(out, place.data, PLACE_COLUMNS - INDENT - 1);
	pad(out, PLACE_COLUMNS - used);
	utf8_fit(out, text, REPORT_COLUMNS - PLACE_COLUMNS);
	strbuf_addch(out, '\n');
	strbuf_release(&place);
}

/* Appends "3 observadores" to a list; nothing for none. */
static void add_count(struct strbuf *list, int count, const char *format, ...)
	ATTR_PRINTF(3, 4);

static void add_count(struct strbuf *list, int count, const char *format, ...)
{
	char text[100];
	va_list args;
	if (!count)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	strbuf_addf(list, "%s%s", list->length ? ", " : "", text);
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

static int count_status(const struct acta *acta, int status)
{
	int count = 0;
	for (size_t i = 0; i < acta->attendees.count; i++)
		count += acta->attendees.items[i].status == status;
	return count;
}

static void add_sectors(struct strbuf *list, const struct acta *acta)
{
	const char *separator = " (";
	for (int sector = 0; sector < sector_names.count; sector++) {
		int count = count_present(acta, sector, CAPACITY_MEMBER);
		if (!count)
			continue;
		strbuf_addf(list, "%s%s %d", separator, enum_label(&sector_names, sector), count);
		separator = ", ";
	}
	strbuf_adds(list, ")");
}

static void add_attendance_summary(struct strbuf *out, const struct acta *acta)
{
	int members = count_present(acta, ENUM_NONE, CAPACITY_MEMBER);
	int observers = count_present(acta, ENUM_NONE, CAPACITY_OBSERVER);
	int guests = count_present(acta, ENUM_NONE, CAPACITY_GUEST);
	int absent = count_status(acta, ATTENDANCE_ABSENT);
	int excused = count_status(acta, ATTENDANCE_EXCUSED);
	struct strbuf list;
	strbuf_init(&list);
	add_count(&list, members, ngettext("%d miembro", "%d miembros", (unsigned)members),
		  members);
	if (members)
		add_sectors(&list, acta);
	add_count(&list, observers,
		  ngettext("%d observador", "%d observadores", (unsigned)observers), observers);
	add_count(&list, guests, ngettext("%d invitado", "%d invitados", (unsigned)guests), guests);
	add_count(&list, absent, ngettext("%d ausente", "%d ausentes", (unsigned)absent), absent);
	add_count(&list, excused,
		  ngettext("%d justificado", "%d justificados", (unsigned)excused), excused);
	if (list.length)
		add_wrapped(out, list.data);
	strbuf_release(&list);
}

static void add_heading(struct strbuf *out, const char *name,
			const struct acta_import_result *result)
{
	const struct acta *acta = &result->acta;
	utf8_fit(out, name, INT_MAX);
	strbuf_adds(out, ": ");
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

static void add_row_counts(struct strbuf *out, const struct acta_import_result *result)
{
	int added = result->added, changed = result->changed, removed = result->removed;
	struct strbuf list;
	strbuf_init(&list);
	add_count(&list, added, ngettext("%d fila nueva", "%d filas nuevas", (unsigned)added),
		  added);
	add_count(&list, changed,
		  ngettext("%d fila cambiada", "%d filas cambiadas", (unsigned)changed), changed);
	add_count(&list, removed,
		  ngettext("%d fila quitada", "%d filas quitadas", (unsigned)removed), removed);
	strbuf_adds(out, list.data);
	strbuf_release(&list);
}

static void add_outcome(struct strbuf *out, const struct acta_import_result *result, bool dry_run)
{
	struct strbuf text;
	int unknown = result->unknown_organizations;
	if (result->outcome == ACTA_IMPORT_UNCHANGED) {
		add_wrapped(out, _("nada cambia: este mismo archivo ya se importó"));
		return;
	}
	strbuf_init(&text);
	strbuf_adds(&text, dry_run ? _("ensayo, no se guardó nada: ") : _("guardado: "));
	add_row_counts(&text, result);
	add_wrapped(out, text.data);
	strbuf_reset(&text);
	add_count(&text, unknown,
		  ngettext("%d institución nueva, por revisar",
			   "%d instituciones nuevas, por revisar", (unsigned)unknown),
		  unknown);
	if (text.length)
		add_wrapped(out, text.data);
	strbuf_release(&text);
}

static void add_summary(struct strbuf *out, const struct acta *acta)
{
	int items = (int)acta->items.count, entries = (int)acta->entries.count;
	int measures = (int)acta->measures.count, indicators = (int)acta->indicators.count;
	int followups = (int)acta->followups.count, signatories = (int)acta->signatories.count;
	struct strbuf list;
	strbuf_init(&list);
	add_attendance_summary(out, acta);
	add_count(&list, items, ngettext("%d punto", "%d puntos", (unsigned)items), items);
	add_count(&list, entries, ngettext("%d resolución", "%d resoluciones", (unsigned)entries),
		  entries);
	add_count(&list, measures, ngettext("%d medición", "%d mediciones", (unsigned)measures),
		  measures);
	add_count(&list, indicators,
		  ngettext("%d indicador", "%d indicadores", (unsigned)indicators), indicators);
	add_count(&list, followups,
		  ngettext("%d acción propuesta", "%d acciones propuestas", (unsigned)followups),
		  followups);
	add_count(&list, signatories, ngettext("%d firma", "%d firmas", (unsigned)signatories),
		  signatories);
	add_wrapped(out, list.data);
	if (acta->prepared_by) {
		strbuf_reset(&list);
		strbuf_addf(&list, _("elaborado por: %s"), acta->prepared_by);
		add_wrapped(out, list.data);
	}
	strbuf_release(&list);
}

static void add_attendees(struct strbuf *out, const struct acta *acta)
{
	struct strbuf text;
	strbuf_init(&text);
	if (acta->attendees.count)
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
	if (acta->measures.count)
		strbuf_adds(out, _("Mediciones\n"));
	for (size_t i = 0; i < acta->measures.count; i++) {
		const struct acta_measure *measure = &acta->measures.items[i];
		strbuf_reset(&text);
		strbuf_addf(&text, "%s: ", measure->code);
		percent_add(&text, measure->percent);
		strbuf_addf(&text, _(" %% (punto %s)"), item_label(acta, measure->item));
		add_found(out, measure->line, measure->certainty, text.data);
	}
	if (acta->indicators.count)
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
	if (acta->followups.count)
		strbuf_adds(out, _("Acciones propuestas\n"));
	for (size_t i = 0; i < acta->followups.count; i++) {
		const struct acta_followup *followup = &acta->followups.items[i];
		strbuf_reset(&text);
		strbuf_addf(&text, "%s  ", item_label(acta, followup->item));
		record_list_add(&text, followup->responsible, ", ");
		strbuf_addf(&text, " · %s", enum_label(&followup_kind_names, followup->kind));
		if (followup->due_text)
			strbuf_addf(&text, _(" · «%s» "), followup->due_text);
		date_add_local(&text, followup->due);
		add_found(out, followup->line, followup->certainty, text.data);
		add_cut(out, followup->description);
	}
	strbuf_release(&text);
}

static void add_quoted_lines(struct strbuf *out, const struct acta *acta)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < acta->remarks.count; i++) {
		strbuf_reset(&text);
		strbuf_addf(&text, _("línea %d: %s"), acta->remarks.items[i].line,
			    acta->remarks.items[i].text);
		add_wrapped(out, text.data);
	}
	if (acta->unplaced.count)
		add_wrapped(out, _("no se pudo ubicar:"));
	for (size_t i = 0; i < acta->unplaced.count; i++) {
		strbuf_reset(&text);
		strbuf_addf(&text, _("línea %d: «%s»"), acta->unplaced.items[i].line,
			    acta->unplaced.items[i].text);
		pad(out, INDENT);
		utf8_fit(out, text.data, REPORT_COLUMNS - INDENT);
		strbuf_addch(out, '\n');
	}
	strbuf_release(&text);
}

void acta_report_text(struct strbuf *out, const char *name,
		      const struct acta_import_result *result, bool dry_run)
{
	const struct acta *acta = &result->acta;
	add_heading(out, name, result);
	add_outcome(out, result, dry_run);
	if (!dry_run && result->outcome == ACTA_IMPORT_UNCHANGED)
		return;
	add_summary(out, acta);
	if (dry_run) {
		add_attendees(out, acta);
		add_agenda(out, acta);
		add_figures(out, acta);
		add_followups(out, acta);
		if (acta->remarks.count || acta->unplaced.count)
			strbuf_adds(out, _("Observaciones\n"));
	}
	add_quoted_lines(out, acta);
}
