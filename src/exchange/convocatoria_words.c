/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/exchange/convocatoria.h"

/* "viernes 17 de noviembre de 2023". Day 0 was a Thursday. */
static void add_day(struct strbuf *out, day_number day)
{
	static const char *const days[] = {"jueves", "viernes", "sábado", "domingo",
					   "lunes",  "martes",	"miércoles"};
	static const char *const months[] = {
		"enero", "febrero", "marzo",	  "abril",   "mayo",	  "junio",
		"julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
	struct civil_date date = date_to_civil(day);
	strbuf_addf(out, "%s %d de %s de %d", days[(day % 7 + 7) % 7], date.day,
		    months[date.month - 1], date.year);
}

static void add_hours(struct strbuf *out, const struct meeting *meeting)
{
	if (meeting->starts == DAY_MINUTE_NONE) {
		strbuf_adds(out, "por confirmar");
		return;
	}
	if (meeting->ends == DAY_MINUTE_NONE) {
		daytime_add_local(out, meeting->starts);
		return;
	}
	strbuf_adds(out, "de ");
	daytime_add_local(out, meeting->starts);
	strbuf_adds(out, " a ");
	daytime_add_local(out, meeting->ends);
	if (meeting->ends < meeting->starts)
		strbuf_adds(out, " del día siguiente");
}

static void add_facts(struct paper *paper, const struct meeting *meeting)
{
	struct strbuf text;
	strbuf_init(&text);
	add_day(&text, meeting->date);
	paper_fact(paper, "Fecha", text.data);
	strbuf_reset(&text);
	add_hours(&text, meeting);
	paper_fact(paper, "Hora", text.data);
	if (meeting->place || !meeting->virtual_place)
		paper_fact(paper, "Lugar", meeting->place ? meeting->place : "por confirmar");
	if (meeting->virtual_place)
		paper_fact(paper, "Enlace", meeting->virtual_place);
	strbuf_release(&text);
}

/* ---- the agenda */

static void add_item(struct paper *paper, const struct agenda_item *item)
{
	struct strbuf text;
	const char *dot = item->parent_key ? strrchr(item->label, '.') : NULL;
	strbuf_init(&text);
	strbuf_adds(&text, item->title);
	if (item->minutes_planned)
		strbuf_addf(&text, " (%lld min", (long long)item->minutes_planned);
	if (item->presenter)
		strbuf_addf(&text, "%s%s", item->minutes_planned ? "; presenta " : " (presenta ",
			    item->presenter);
	if (item->minutes_planned || item->presenter)
		strbuf_addch(&text, ')');
	paper_point(paper, item->parent_key != 0, dot ? dot + 1 : item->label, text.data, NULL);
	strbuf_release(&text);
}

static void add_sum(struct paper *paper, const struct convocatoria *notice)
{
	int length = convocatoria_length(convocatoria_meeting(notice));
	struct strbuf text;
	if (!notice->minutes)
		return;
	strbuf_init(&text);
	strbuf_addf(&text, "Tiempo previsto: %lld %s", (long long)notice->minutes,
		    notice->minutes == 1 ? "minuto" : "minutos");
	if (length)
		strbuf_addf(&text, "; la reunión dura %d", length);
	strbuf_addch(&text, '.');
	paper_paragraph(paper, text.data);
	strbuf_release(&text);
}

static void add_agenda(struct paper *paper, const struct convocatoria *notice)
{
	paper_heading(paper, 2, "Orden del día");
	if (!notice->items.count)
		paper_paragraph(paper, "Está por definir.");
	for (size_t i = 0; i < notice->items.count; i++)
		add_item(paper, notice->items.items[i]);
	add_sum(paper, notice);
}

/* ---- what is owed */

static void add_due(struct strbuf *out, const struct followup *followup)
{
	if (followup->due == DATE_NONE) {
		strbuf_adds(out, "Sin fecha");
	} else {
		strbuf_adds(out, followup->overdue ? "VENCIDA: vencía el " : "Vence el ");
		date_add_local(out, followup->due);
	}
	if (followup->due_text)
		strbuf_addf(out, " («%s»)", followup->due_text);
}

/* Who else is to do it. */
static void add_others(struct strbuf *out, const struct followup *followup,
		       const struct organization *but)
{
	const char *who = but && followup->responsible ? followup->responsible : "";
	const char *before = "; junto con ";
	while (*who) {
		size_t length = strcspn(who, "\n");
		if (strlen(but->acronym) != length || strncmp(but->acronym, who, length) != 0) {
			strbuf_adds(out, before);
			strbuf_add(out, who, length);
			before = ", ";
		}
		who += length + (who[length] == '\n');
	}
}

static void add_followup(struct paper *paper, const struct followup *followup,
			 const struct organization *organization)
{
	struct strbuf detail;
	strbuf_init(&detail);
	add_due(&detail, followup);
	add_others(&detail, followup, organization);
	if (followup->commitment)
		strbuf_addf(&detail, "; compromiso %s", followup->commitment);
	if (followup->meeting)
		strbuf_addf(&detail, "; viene de %s", followup->meeting);
	if (followup->meeting && followup->item)
		strbuf_addf(&detail, ", punto %s", followup->item);
	if (followup->status == FOLLOWUP_PROPOSED)
		strbuf_adds(&detail, "; propuesta, por confirmar");
	strbuf_addf(&detail, " [%s]", followup->id);
	paper_point(paper, 0, NULL, followup->description, detail.data);
	strbuf_release(&detail);
}

static void add_commitment(struct paper *paper, const struct commitment *commitment)
{
	struct strbuf text, detail;
	strbuf_init(&text);
	strbuf_init(&detail);
	strbuf_addf(&text, "Compromiso %s", commitment->code);
	if (commitment->title)
		strbuf_addf(&text, ", %s", commitment->title);
	if (commitment->percent == PERCENT_NONE) {
		strbuf_adds(&detail, "Sin medir");
	} else {
		percent_add(&detail, commitment->percent);
		strbuf_adds(&detail, "\u00A0% el ");
		date_add_local(&detail, commitment->as_of);
	}
	if (commitment->pace == PACE_BEHIND) {
		strbuf_adds(&detail, ", cuando se esperaba ");
		percent_add(&detail, commitment->expected_percent);
		strbuf_adds(&detail, "\u00A0%: ATRASADO");
	}
	if (commitment->blocked)
		strbuf_addf(&detail, "; BLOQUEADO: %s", commitment->blocker);
	paper_point(paper, 0, NULL, text.data, detail.data);
	strbuf_release(&detail);
	strbuf_release(&text);
}

static void add_debt(struct paper *paper, const struct convocatoria_debt *debt)
{
	const struct organization *organization = debt->organization;
	struct strbuf name;
	strbuf_init(&name);
	if (!organization)
		strbuf_adds(&name, "Sin institución responsable");
	else if (organization->name)
		strbuf_addf(&name, "%s (%s)", organization->name, organization->acronym);
	else
		strbuf_adds(&name, organization->acronym);
	paper_heading(paper, 3, name.data);
	for (size_t i = 0; i < debt->followups.count; i++)
		add_followup(paper, debt->followups.items[i], organization);
	for (size_t i = 0; i < debt->commitments.count; i++)
		add_commitment(paper, debt->commitments.items[i]);
	strbuf_release(&name);
}

/* Members have a right to know that they are not forgotten. */
static void add_free_members(struct paper *paper, const struct convocatoria *notice)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < notice->debts.count; i++) {
		const struct convocatoria_debt *debt = &notice->debts.items[i];
		if (convocatoria_owes(debt) || !debt->organization ||
		    debt->organization->role != CAPACITY_MEMBER)
			continue;
		strbuf_adds(&text, text.length ? ", " : "Sin nada por entregar: ");
		strbuf_adds(&text, debt->organization->acronym);
	}
	if (text.length) {
		strbuf_addch(&text, '.');
		paper_paragraph(paper, text.data);
	}
	strbuf_release(&text);
}

static void add_debts(struct paper *paper, const struct convocatoria *notice)
{
	paper_heading(paper, 2, "Lo que cada institución tiene por entregar");
	for (size_t i = 0; i < notice->debts.count; i++)
		if (convocatoria_owes(&notice->debts.items[i]))
			add_debt(paper, &notice->debts.items[i]);
	if (!notice->followups.count && !notice->commitments.count)
		paper_paragraph(paper, "No hay nada pendiente.");
	else
		add_free_members(paper, notice);
}

void convocatoria_add_paper(struct strbuf *out, const struct convocatoria *notice,
			    enum paper_format format)
{
	const struct meeting *meeting = convocatoria_meeting(notice);
	struct paper paper;
	struct strbuf title;
	strbuf_init(&title);
	strbuf_addf(&title, "Convocatoria a la reunión %s", meeting->number);
	paper_init(&paper, out, format);
	paper_heading(&paper, 1, title.data);
	add_facts(&paper, meeting);
	add_agenda(&paper, notice);
	add_debts(&paper, notice);
	strbuf_release(&title);
}
