/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/views/detail_view.h"
#include "nucleo/views/phrases.h"

bool detail_show_followup(void *context, const void *record)
{
	const struct followup *followup = record;
	struct detail *detail = context;
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s %s · ", enum_sign(&followup_status_names, followup->status),
		    followup->id);
	record_list_add(&text, followup->responsible, ", ");
	if (followup->due != DATE_NONE) {
		strbuf_adds(&text, " · ");
		date_add_local(&text, followup->due);
	}
	strbuf_addf(&text, " · %s", followup->description);
	detail_link(detail, RECORD_FOLLOWUP, followup->key, 0, text.data);
	strbuf_release(&text);
	return true;
}

static void show_due(struct detail *detail, const struct followup *followup)
{
	struct strbuf text;
	strbuf_init(&text);
	date_add_local(&text, followup->due);
	if (followup->due != DATE_NONE) {
		strbuf_adds(&text, followup->overdue ? _(" · venció ") : " · ");
		phrase_day_distance(&text, followup->due,
				    store_today(session_store(detail->session)));
	}
	pager_field(detail->pager, _("Vence"), text.length ? text.data : _("sin fecha"));
	pager_field(detail->pager, _("Plazo dicho"), followup->due_text);
	strbuf_release(&text);
}

static void show_state(struct detail *detail, const struct followup *followup)
{
	struct strbuf text;
	strbuf_init(&text);
	record_list_add(&text, followup->responsible, ", ");
	pager_field(detail->pager, _("Responsable"),
		    text.length ? text.data : _("sin responsable"));
	strbuf_reset(&text);
	strbuf_addf(&text, "%s %s", enum_sign(&followup_status_names, followup->status),
		    enum_label(&followup_status_names, followup->status));
	pager_field(detail->pager, _("Estado"), text.data);
	pager_field(detail->pager, _("Tipo"), enum_label(&followup_kind_names, followup->kind));
	if (followup->carried) {
		strbuf_reset(&text);
		strbuf_addf(&text,
			    ngettext("%lld reunión", "%lld reuniones",
				     (unsigned long)followup->carried),
			    (long long)followup->carried);
		pager_field(detail->pager, _("Arrastrada"), text.data);
	}
	strbuf_release(&text);
}

/* Where it came from: the meeting, the sentence, the commitment it serves. */
static void show_origin(struct detail *detail, const struct followup *followup)
{
	struct strbuf text;
	strbuf_init(&text);
	pager_heading(detail->pager, _("De dónde viene"));
	if (followup->sentence)
		pager_text(detail->pager, ROLE_TEXT, followup->sentence);
	if (followup->meeting) {
		phrase_place(&text, followup->meeting, followup->item);
		detail_link(detail, RECORD_MEETING, followup->meeting_key, followup->item_key,
			    text.data);
	} else {
		pager_text(detail->pager, ROLE_DIM, _("anotada a mano, sin reunión"));
	}
	if (followup->commitment) {
		strbuf_reset(&text);
		strbuf_addf(&text, _("Compromiso %s"), followup->commitment);
		detail_link(detail, RECORD_COMMITMENT, followup->commitment_key, 0, text.data);
	}
	strbuf_release(&text);
}

static enum rc show(struct detail *detail, const void *record, struct error *err)
{
	const struct followup *followup = record;
	(void)err;
	pager_text(detail->pager, ROLE_TITLE, followup->description);
	pager_gap(detail->pager);
	show_due(detail, followup);
	show_state(detail, followup);
	show_origin(detail, followup);
	return RC_OK;
}

static void title(const void *record, struct strbuf *out)
{
	strbuf_adds(out, ((const struct followup *)record)->id);
}

static void sentence(const void *record, struct strbuf *out)
{
	const struct followup *followup = record;
	if (followup->due != DATE_NONE) {
		strbuf_adds(out, followup->overdue ? _("venció ") : _("vence "));
		date_add_local(out, followup->due);
		strbuf_adds(out, " · ");
	}
	strbuf_adds(out, enum_label(&followup_status_names, followup->status));
	if (followup->responsible && *followup->responsible)
		strbuf_adds(out, " · ");
	record_list_add(out, followup->responsible, ", ");
}

static const struct detail_spec spec = {
	.kind = RECORD_FOLLOWUP,
	.name = "followup",
	.title = title,
	.sentence = sentence,
	.show = show,
};

struct view *followup_view_new(struct session *session, int64_t key)
{
	return detail_view_new(session, &spec, key);
}
