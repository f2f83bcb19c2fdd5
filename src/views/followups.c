/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/store/counts.h"
#include "nucleo/views/list_view.h"
#include "nucleo/views/phrases.h"

enum {
	COLUMN_SIGN,
	COLUMN_WHAT,
	COLUMN_RESPONSIBLE,
	COLUMN_DUE,
	COLUMN_DUE_TEXT,
	COLUMN_STATUS,
	COLUMN_ORIGIN,
	COLUMN_COMMITMENT,
	COLUMN_COUNT
};

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_SIGN] = {.title = "", .min = 1},
	[COLUMN_WHAT] = {.title = N_("Qué"), .min = 12, .weight = 30},
	[COLUMN_RESPONSIBLE] = {.title = N_("Responsable"), .brief = N_("Resp."), .min = 8,
				.max = 20, .weight = 10},
	[COLUMN_DUE] = {.title = N_("Vence"), .min = 10},
	[COLUMN_DUE_TEXT] = {.title = N_("Plazo dicho"), .min = 40, .drop = 7},
	[COLUMN_STATUS] = {.title = N_("Estado"), .min = 9, .max = 10, .drop = 4},
	[COLUMN_ORIGIN] = {.title = N_("Origen"), .min = 14, .max = 16, .weight = 1, .drop = 5},
	[COLUMN_COMMITMENT] = {.title = N_("C"), .min = 3, .max = 9, .drop = 6},
};

static void fill_due(const struct followup *followup, struct table_row *row)
{
	struct strbuf date;
	enum role role = followup->overdue ? ROLE_BAD : ROLE_TEXT;
	strbuf_init(&date);
	date_add_local(&date, followup->due);
	table_row_text(row, COLUMN_DUE, date.length ? role : ROLE_DIM,
		       date.length ? date.data : _("sin fecha"));
	table_row_text(row, COLUMN_DUE_TEXT, ROLE_TEXT, followup->due_text);
	strbuf_release(&date);
}

static void fill_origin(const struct followup *followup, struct table_row *row)
{
	struct strbuf text;
	strbuf_init(&text);
	if (followup->meeting)
		strbuf_adds(&text, followup->meeting);
	if (followup->item)
		strbuf_addf(&text, "/%s", followup->item);
	table_row_text(row, COLUMN_ORIGIN, ROLE_DIM, text.data);
	strbuf_release(&text);
}

/* The whole action, of which the columns may have to cut something. */
static void fill_note(const struct followup *followup, struct table_row *row)
{
	struct strbuf note;
	strbuf_init(&note);
	strbuf_addf(&note, "%s · %s", followup->id, followup->description);
	if (followup->due_text)
		strbuf_addf(&note, _(" · plazo dicho: «%s»"), followup->due_text);
	if (followup->meeting) {
		strbuf_adds(&note, " · ");
		phrase_place(&note, followup->meeting, followup->item);
	}
	table_row_note(row, note.data);
	strbuf_release(&note);
}

static void fill(const void *record, struct table_row *row)
{
	const struct followup *followup = record;
	struct strbuf responsible;
	strbuf_init(&responsible);
	record_list_add(&responsible, followup->responsible, ", ");
	table_row_text(row, COLUMN_SIGN, followup->overdue ? ROLE_BAD : ROLE_TEXT,
		       followup->overdue
			       ? "!"
			       : enum_sign(&followup_status_names, followup->status));
	table_row_text(row, COLUMN_WHAT, ROLE_TEXT, followup->description);
	table_row_text(row, COLUMN_RESPONSIBLE, ROLE_TEXT,
		       responsible.length ? responsible.data : "?");
	fill_due(followup, row);
	table_row_text(row, COLUMN_STATUS, ROLE_TEXT,
		       enum_label(&followup_status_names, followup->status));
	fill_origin(followup, row);
	table_row_text(row, COLUMN_COMMITMENT, ROLE_TEXT, followup->commitment);
	fill_note(followup, row);
	strbuf_release(&responsible);
}

static enum rc summarize(struct session *session, void *summary, struct error *err)
{
	return store_count_followups(session_store(session), summary, err);
}

static void sentence(const void *summary, struct strbuf *out)
{
	const struct followup_counts *counts = summary;
	if (counts->pending)
		strbuf_addf(out, _("Vencidas: %lld · por hacer: %lld · sin fecha: %lld"),
			    (long long)counts->overdue, (long long)counts->pending,
			    (long long)counts->undated);
}

static const char *const fields[COLUMN_COUNT] = {
	[COLUMN_WHAT] = "description",
	[COLUMN_RESPONSIBLE] = "responsible",
	[COLUMN_DUE] = "due",
	[COLUMN_DUE_TEXT] = "due_text",
	[COLUMN_STATUS] = "status",
	[COLUMN_ORIGIN] = "meeting",
	[COLUMN_COMMITMENT] = "commitment",
};

static const struct list_spec spec = {
	.kind = RECORD_FOLLOWUP,
	.name = "followups",
	.title = N_("Acciones"),
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.fields = fields,
	.fill = fill,
	.open = followup_view_new,
	.summarize = summarize,
	.sentence = sentence,
	.summary_size = sizeof(struct followup_counts),
	.note_rows = 4,
	.empty = N_("Aquí van las acciones de seguimiento: quién quedó en hacer qué y para cuándo. "
		    "Llegan con cada acta importada, o las agrega usted con n."),
};

struct view *followups_view_new(void *context)
{
	return list_view_new(context, &spec);
}
