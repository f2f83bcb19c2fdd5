/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/store/attendance.h"
#include "nucleo/views/detail_view.h"
#include "nucleo/views/phrases.h"

static bool show_attendance(void *context, const void *record)
{
	const struct attendee *attendee = record;
	struct detail *detail = context;
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s %s · %s · %s",
		    enum_sign(&attendance_status_names, attendee->status), attendee->meeting,
		    enum_label(&attendance_status_names, attendee->status),
		    enum_label(&capacity_names, attendee->capacity));
	if (attendee->mode != ENUM_NONE)
		strbuf_addf(&text, " · %s", enum_label(&attendance_mode_names, attendee->mode));
	if (attendee->delegate)
		strbuf_addf(&text, " · %s", attendee->delegate);
	pager_text(detail->pager, ROLE_TEXT, text.data);
	strbuf_release(&text);
	return true;
}

static bool show_commitment(void *context, const void *record)
{
	const struct commitment *commitment = record;
	struct detail *detail = context;
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s · %s · ", commitment->code, phrase_title(commitment->title));
	phrase_percent(&text, commitment->percent);
	detail_link(detail, RECORD_COMMITMENT, commitment->key, 0, text.data);
	strbuf_release(&text);
	return true;
}

/* "4 de 5 · ausente en las 2 últimas"; nothing for one that no meeting concerns. */
static enum rc show_tally(struct detail *detail, int64_t organization, struct error *err)
{
	struct attendance_table table;
	struct attendance_query query = {.organization = organization};
	struct strbuf text;
	enum rc rc = store_attendance(session_store(detail->session), &query, &table, err);
	if (rc != RC_OK)
		return rc;
	const struct attendance_line *line = attendance_line_of(&table, organization);
	strbuf_init(&text);
	if (line && line->tally.meetings)
		strbuf_addf(&text, _("%lld de %lld"), (long long)line->tally.attended,
			    (long long)line->tally.meetings);
	if (line && line->tally.absence_streak)
		strbuf_addf(&text,
			    ngettext(" · ausente en la última", " · ausente en las %lld últimas",
				     (unsigned long)line->tally.absence_streak),
			    (long long)line->tally.absence_streak);
	pager_field(detail->pager, _("Asistencia"), text.data);
	strbuf_release(&text);
	attendance_table_release(&table);
	return RC_OK;
}

static enum rc show(struct detail *detail, const void *record, struct error *err)
{
	static const struct detail_section sections[] = {
		{N_("Acciones a su cargo"), RECORD_FOLLOWUP, detail_show_followup},
		{N_("Compromisos en que participa"), RECORD_COMMITMENT, show_commitment},
		{N_("Asistencia"), RECORD_ATTENDEE, show_attendance},
	};
	const struct organization *organization = record;
	struct list_query query = {.organization = organization->key};
	pager_text(detail->pager, organization->name ? ROLE_TITLE : ROLE_DIM,
		   organization->name ? organization->name : _("nombre por confirmar"));
	if (organization->review)
		pager_text(detail->pager, ROLE_WARNING,
			   _("Llegó con un acta y nadie la ha revisado todavía."));
	enum rc rc = show_tally(detail, organization->key, err);
	return rc == RC_OK
		       ? detail_sections(detail, sections, ARRAY_COUNT(sections), &query, err)
		       : rc;
}

static void title(const void *record, struct strbuf *out)
{
	strbuf_adds(out, ((const struct organization *)record)->acronym);
}

static void sentence(const void *record, struct strbuf *out)
{
	const struct organization *organization = record;
	strbuf_adds(out, enum_label(&sector_names, organization->sector));
	if (organization->role != ENUM_NONE)
		strbuf_addf(out, " · %s", enum_label(&capacity_names, organization->role));
}

static unsigned op(struct session *session, struct ui *ui, enum op op, int64_t key)
{
	return op == OP_PLOT ? ui_open(ui, plot_view_new(session, RECORD_ORGANIZATION, key))
			     : UI_PASS;
}

static const struct detail_spec spec = {
	.kind = RECORD_ORGANIZATION,
	.context = CONTEXT_ORGANIZATION,
	.op = op,
	.name = "organization",
	.title = title,
	.sentence = sentence,
	.show = show,
};

struct view *organization_view_new(struct session *session, int64_t key)
{
	return detail_view_new(session, &spec, key);
}
