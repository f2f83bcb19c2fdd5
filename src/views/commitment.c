/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/views/detail_view.h"

static void add_percent(struct strbuf *out, percent_hundredths percent)
{
	percent_add(out, percent);
	strbuf_adds(out, percent == PERCENT_NONE ? _("sin medir") : " %");
}

static void show_progress(struct detail *detail, const struct commitment *commitment)
{
	struct strbuf text;
	strbuf_init(&text);
	add_percent(&text, commitment->percent);
	if (commitment->as_of != DATE_NONE) {
		strbuf_adds(&text, _(" al "));
		date_add_local(&text, commitment->as_of);
		strbuf_addf(&text, _(" (hace %d días)"),
			    store_today(session_store(detail->session)) - commitment->as_of);
	}
	pager_field(detail->pager, _("Avance"), text.data);
	strbuf_reset(&text);
	if (commitment->expected_percent != PERCENT_NONE) {
		add_percent(&text, commitment->expected_percent);
		strbuf_adds(&text, commitment->milestone_expected != PERCENT_NONE
					   ? _(", según las fechas de sus hitos")
					   : _(", en línea recta entre las fechas"));
		strbuf_addf(&text, " · %s", enum_label(&pace_names, commitment->pace));
	}
	pager_field(detail->pager, _("Esperado entonces"), text.data);
	strbuf_release(&text);
}

static void show_term(struct detail *detail, const struct commitment *commitment)
{
	struct strbuf text;
	strbuf_init(&text);
	if (commitment->starts != DATE_NONE || commitment->ends != DATE_NONE) {
		date_add_local(&text, commitment->starts);
		strbuf_adds(&text, " – ");
		date_add_local(&text, commitment->ends);
	}
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
	pager_field(pager, _("Plan"), commitment->plan);
	show_parties(detail, commitment);
	show_progress(detail, commitment);
	show_term(detail, commitment);
	pager_field(pager, _("Bloqueado"), commitment->blocker);
	pager_field(pager, _("Eje"), commitment->axis);
	pager_field(pager, _("Problema"), commitment->problem);
	pager_field(pager, _("Descripción"), commitment->description);
	pager_field(pager, _("Valores OGP"), commitment->ogp_values);
	pager_field(pager, _("ODS"), commitment->ods);
	pager_field(pager, _("Id OGP"), commitment->ogp_id);
	pager_field(pager, _("Juicio del IRM"),
		    enum_label(&irm_completion_names, commitment->irm_completion));
}

static bool show_milestone(void *context, const void *record)
{
	const struct milestone *milestone = record;
	struct detail *detail = context;
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%lld. %s", (long long)milestone->number,
		    milestone->title ? milestone->title : _("título por confirmar"));
	if (milestone->ends != DATE_NONE) {
		strbuf_adds(&text, " · ");
		date_add_local(&text, milestone->starts);
		strbuf_adds(&text, " – ");
		date_add_local(&text, milestone->ends);
	}
	strbuf_adds(&text, " · ");
	add_percent(&text, milestone->percent);
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
	add_percent(&text, progress->percent);
	if (progress->milestone)
		strbuf_addf(&text, _(" · hito %s"), progress->milestone);
	if (progress->meeting)
		strbuf_addf(&text, " · %s", progress->meeting);
	if (progress->item)
		strbuf_addf(&text, _(", punto %s"), progress->item);
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
	strbuf_addf(&text, _("%s, punto %s · "), resolution->meeting,
		    resolution->item ? resolution->item : "-");
	if (resolution->organization)
		strbuf_addf(&text, "%s: ", resolution->organization);
	strbuf_adds(&text, resolution->text);
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
	strbuf_addf(out, "%s · %s", commitment->code,
		    commitment->title ? commitment->title : _("título por confirmar"));
}

static const struct detail_spec spec = {
	.kind = RECORD_COMMITMENT,
	.name = "commitment",
	.title = title,
	.sentence = sentence,
	.show = show,
};

struct view *commitment_view_new(struct session *session, int64_t key)
{
	return detail_view_new(session, &spec, key);
}
