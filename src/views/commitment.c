/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/views/detail_view.h"
#include "nucleo/views/phrases.h"

/* Numerator and denominator, where the milestones have figures. */
static void show_sum(struct detail *detail, const struct commitment *commitment)
{
	struct strbuf text;
	unsigned long count = (unsigned long)commitment->milestones;
	unsigned long reported = (unsigned long)commitment->milestones_reported;
	if (!reported)
		return;
	strbuf_init(&text);
	strbuf_addf(&text, ngettext("%.15g / %lu hito", "%.15g / %lu hitos", count),
		    commitment->milestones_sum, count);
	strbuf_addf(&text, ngettext(" (%lu informado)", " (%lu informados)", reported), reported);
	pager_field(detail->pager, _("Hitos"), text.data);
	strbuf_release(&text);
}

static void show_progress(struct detail *detail, const struct commitment *commitment)
{
	struct strbuf text;
	strbuf_init(&text);
	phrase_percent(&text, commitment->percent);
	if (commitment->as_of != DATE_NONE) {
		strbuf_adds(&text, _(" al "));
		date_add_local(&text, commitment->as_of);
		strbuf_adds(&text, " (");
		phrase_day_distance(&text, commitment->as_of,
				    store_today(session_store(detail->session)));
		strbuf_adds(&text, ")");
	}
	pager_field(detail->pager, _("Avance"), text.data);
	show_sum(detail, commitment);
	strbuf_reset(&text);
	if (commitment->expected_percent != PERCENT_NONE) {
		phrase_percent(&text, commitment->expected_percent);
		strbuf_adds(&text, commitment->milestone_expected != PERCENT_NONE
					   ? _(" en esa fecha, según las fechas de sus hitos")
					   : _(" en esa fecha, en línea recta entre sus fechas"));
	}
	pager_field(detail->pager, _("Esperado"), text.data);
	pager_field(detail->pager, _("Ritmo"), enum_label(&pace_names, commitment->pace));
	strbuf_release(&text);
}

static void show_term(struct detail *detail, const struct commitment *commitment)
{
	struct strbuf text;
	strbuf_init(&text);
	phrase_term(&text, commitment->starts, commitment->ends);
	if (commitment->overdue)
		strbuf_adds(&text, _(" · plazo vencido"));
	pager_field(detail->pager, _("Plazo"), text.data);
	strbuf_release(&text);
}

static void show_parties(struct detail *detail, const struct commitment *commitment)
{
	struct strbuf text;
	strbuf_init(&text);
	record_list_add(&text, commitment->lead, ", ");
	pager_field(detail->pager, _("Responsable"), text.length ? text.data : "?");
	strbuf_reset(&text);
	record_list_add(&text, commitment->counterpart, ", ");
	pager_field(detail->pager, _("Contraparte"), text.data);
	strbuf_reset(&text);
	record_list_add(&text, commitment->support, ", ");
	pager_field(detail->pager, _("Apoyo"), text.data);
	strbuf_release(&text);
}

static void show_ficha(struct detail *detail, const struct commitment *commitment)
{
	struct pager *pager = detail->pager;
	pager_text(pager, commitment->title ? ROLE_TITLE : ROLE_DIM,
		   phrase_title(commitment->title));
	pager_gap(pager);
	pager_field(pager, _("Bloqueado"), commitment->blocker);
	show_progress(detail, commitment);
	show_term(detail, commitment);
	show_parties(detail, commitment);
	pager_field(pager, _("Plan"), commitment->plan);
	pager_field(pager, _("Eje"), commitment->axis);
	pager_field(pager, _("Problema"), commitment->problem);
	pager_field(pager, _("Descripción"), commitment->description);
	pager_field(pager, _("Valores OGP"), commitment->ogp_values);
	pager_field(pager, _("ODS"), commitment->ods);
	pager_field(pager, _("Id OGP"), commitment->ogp_id);
	pager_field(pager, _("Valoración del IRM"),
		    enum_label(&irm_completion_names, commitment->irm_completion));
}

/* Where all reporters say the same, it is said once; where they differ, each by name. */
static void add_states(struct strbuf *text, const struct milestone *milestone)
{
	const struct {
		const char *who;
		int state;
	} words[] = {
		{_("entidad"), milestone->entity_state},
		{_("contraparte"), milestone->counterpart_state},
		{_("grupo"), milestone->group_state},
	};
	const char *separator = _(" · ≠ no coinciden: ");
	for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
		if (words[i].state == ENUM_NONE)
			continue;
		const char *label = enum_label(&progress_state_names, words[i].state);
		if (!milestone->disagreement) {
			strbuf_addf(text, " · %s", label);
			return;
		}
		strbuf_addf(text, "%s%s %s", separator, words[i].who, label);
		separator = ", ";
	}
}

static bool show_milestone(void *context, const void *record)
{
	const struct milestone *milestone = record;
	struct detail *detail = context;
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%lld. %s · ", (long long)milestone->number,
		    phrase_title(milestone->title));
	size_t before = text.length;
	phrase_term(&text, milestone->starts, milestone->ends);
	if (text.length > before)
		strbuf_adds(&text, " · ");
	phrase_percent(&text, milestone->percent);
	add_states(&text, milestone);
	pager_text(detail->pager, ROLE_TEXT, text.data);
	strbuf_release(&text);
	return true;
}

static bool show_measurement(void *context, const void *record)
{
	const struct progress *progress = record;
	struct detail *detail = context;
	struct strbuf text;
	strbuf_init(&text);
	date_add_local(&text, progress->as_of);
	strbuf_adds(&text, "  ");
	phrase_percent(&text, progress->percent);
	if (progress->milestone)
		strbuf_addf(&text, _(" · hito %s"), progress->milestone);
	if (progress->reporter != ENUM_NONE)
		strbuf_addf(&text, " · %s", enum_label(&reporter_names, progress->reporter));
	if (progress->state != ENUM_NONE)
		strbuf_addf(&text, " · %s", enum_label(&progress_state_names, progress->state));
	if (progress->meeting) {
		strbuf_adds(&text, " · ");
		phrase_place(&text, progress->meeting, progress->item);
	}
	pager_text(detail->pager, ROLE_TEXT, text.data);
	strbuf_release(&text);
	return true;
}

static bool show_mention(void *context, const void *record)
{
	const struct resolution *resolution = record;
	struct detail *detail = context;
	struct strbuf text;
	strbuf_init(&text);
	phrase_place(&text, resolution->meeting, resolution->item);
	strbuf_addf(&text, " · %s", resolution->text);
	detail_link(detail, RECORD_MEETING, resolution->meeting_key, resolution->item_key,
		    text.data);
	strbuf_release(&text);
	return true;
}

static enum rc show(struct detail *detail, const void *record, struct error *err)
{
	static const struct detail_section sections[] = {
		{N_("Hitos"), RECORD_MILESTONE, show_milestone},
		{N_("Mediciones"), RECORD_PROGRESS, show_measurement},
		{N_("Acciones de seguimiento"), RECORD_FOLLOWUP, detail_show_followup},
		{N_("Dónde se trató"), RECORD_RESOLUTION, show_mention},
	};
	const struct commitment *commitment = record;
	struct list_query query = {.commitment = commitment->key};
	show_ficha(detail, commitment);
	return detail_sections(detail, sections, ARRAY_COUNT(sections), &query, err);
}

static void title(const void *record, struct strbuf *out)
{
	strbuf_adds(out, ((const struct commitment *)record)->code);
}

static void sentence(const void *record, struct strbuf *out)
{
	const struct commitment *commitment = record;
	phrase_percent(out, commitment->percent);
	if (commitment->expected_percent != PERCENT_NONE) {
		strbuf_adds(out, _(" · esperado "));
		phrase_percent(out, commitment->expected_percent);
	}
	strbuf_addf(out, " · %s", enum_label(&pace_names, commitment->pace));
	strbuf_adds(out, commitment->blocked ? _(" · bloqueado") : "");
	strbuf_adds(out, commitment->overdue ? _(" · plazo vencido") : "");
}

unsigned commitment_op(struct session *session, struct ui *ui, enum op op, int64_t key)
{
	if (!key)
		return UI_PASS;
	if (op == OP_PLOT)
		return ui_open(ui, plot_view_new(session, RECORD_COMMITMENT, key));
	if (op == OP_TIMELINE)
		return ui_open(ui, timeline_view_new(session, key));
	return UI_PASS;
}

static const struct detail_spec spec = {
	.kind = RECORD_COMMITMENT,
	.context = CONTEXT_COMMITMENT,
	.op = commitment_op,
	.name = "commitment",
	.title = title,
	.sentence = sentence,
	.show = show,
};

struct view *commitment_view_new(struct session *session, int64_t key)
{
	return detail_view_new(session, &spec, key);
}
