/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/list_view.h"
#include "nucleo/views/phrases.h"

enum {
	COLUMN_SIGN,
	COLUMN_NUMBER,
	COLUMN_DATE,
	COLUMN_HOURS,
	COLUMN_STATUS,
	COLUMN_ITEMS,
	COLUMN_PRESENT,
	COLUMN_PLACE,
	COLUMN_COUNT
};

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_SIGN] = {.title = "", .min = 1},
	[COLUMN_NUMBER] = {.title = N_("Reunión"), .min = 10, .max = 16, .weight = 3},
	[COLUMN_DATE] = {.title = N_("Fecha"), .min = 10},
	[COLUMN_HOURS] = {.title = N_("Hora"), .min = 11, .drop = 3},
	[COLUMN_STATUS] = {.title = N_("Estado"), .min = 9, .drop = 5},
	[COLUMN_ITEMS] = {.title = N_("Puntos"), .brief = N_("Pt."), .min = 3, .max = 6,
			  .weight = 20, .align = ALIGN_RIGHT, .drop = 4},
	[COLUMN_PRESENT] = {.title = N_("Asisten"), .brief = N_("As."), .min = 3, .max = 7,
			    .weight = 20, .align = ALIGN_RIGHT, .drop = 2},
	[COLUMN_PLACE] = {.title = N_("Lugar"), .min = 10, .weight = 20, .drop = 6},
};

static void fill_number(struct table_row *row, size_t column, int64_t number)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%lld", (long long)number);
	table_row_text(row, column, ROLE_TEXT, text.data);
	strbuf_release(&text);
}

static void fill(const void *record, struct table_row *row)
{
	const struct meeting *meeting = record;
	struct strbuf text;
	strbuf_init(&text);
	table_row_text(row, COLUMN_SIGN, ROLE_TEXT,
		       enum_sign(&meeting_status_names, meeting->status));
	table_row_text(row, COLUMN_NUMBER, ROLE_TITLE, meeting->number);
	date_add_local(&text, meeting->date);
	table_row_text(row, COLUMN_DATE, ROLE_TEXT, text.data);
	strbuf_reset(&text);
	phrase_hours(&text, meeting);
	table_row_text(row, COLUMN_HOURS, ROLE_TEXT, text.data);
	table_row_text(row, COLUMN_STATUS, ROLE_TEXT,
		       enum_label(&meeting_status_names, meeting->status));
	fill_number(row, COLUMN_ITEMS, meeting->item_count);
	fill_number(row, COLUMN_PRESENT, meeting->present_count);
	table_row_text(row, COLUMN_PLACE, ROLE_DIM, meeting->place);
	table_row_note(row, meeting->place);
	strbuf_release(&text);
}

static struct view *open_meeting(struct session *session, int64_t key)
{
	return meeting_view_new(session, key, 0, 0);
}

/* How long ago the group last met, or when it meets next. */
struct summary {
	char number[64];
	day_number date, today;
};

static bool take_newest(void *context, const void *record)
{
	const struct meeting *meeting = record;
	struct summary *summary = context;
	snprintf(summary->number, sizeof(summary->number), "%s", meeting->number);
	summary->date = meeting->date;
	return false;
}

static enum rc summarize(struct session *session, void *context, struct error *err)
{
	struct list_query newest = {.limit = 1};
	struct summary *summary = context;
	*summary = (struct summary){.date = DATE_NONE,
				    .today = store_today(session_store(session))};
	return store_list(session_store(session), RECORD_MEETING, &newest, take_newest, summary,
			  err);
}

static void sentence(const void *context, struct strbuf *out)
{
	const struct summary *summary = context;
	if (summary->date == DATE_NONE)
		return;
	strbuf_adds(out, summary->date > summary->today ? _("Próxima reunión ")
							: _("Última reunión "));
	phrase_day_distance(out, summary->date, summary->today);
	strbuf_addf(out, _(" · %s · la más reciente primero"), summary->number);
}

static const char *const fields[COLUMN_COUNT] = {
	[COLUMN_NUMBER] = "number",
	[COLUMN_DATE] = "date",
	[COLUMN_HOURS] = "starts",
	[COLUMN_STATUS] = "status",
	[COLUMN_ITEMS] = "items",
	[COLUMN_PRESENT] = "present",
	[COLUMN_PLACE] = "place",
};

static const struct list_spec spec = {
	.kind = RECORD_MEETING,
	.name = "meetings",
	.title = N_("Agenda"),
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.fields = fields,
	.fill = fill,
	.open = open_meeting,
	.summarize = summarize,
	.sentence = sentence,
	.summary_size = sizeof(struct summary),
	.note_rows = 2,
	.empty = N_("Aquí van las reuniones con su orden del día y sus resoluciones. "
		    "La primera llega con un acta (nucleo import acta ARCHIVO), o la agrega usted "
		    "con n."),
};

struct view *meetings_view_new(void *context)
{
	return list_view_new(context, &spec);
}
