/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/views/list_view.h"

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
			  .weight = 1, .align = ALIGN_RIGHT, .drop = 4},
	[COLUMN_PRESENT] = {.title = N_("Asisten"), .brief = N_("As."), .min = 3, .max = 7,
			    .weight = 1, .align = ALIGN_RIGHT, .drop = 2},
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
	daytime_add_local(&text, meeting->starts);
	if (meeting->ends != DAY_MINUTE_NONE)
		strbuf_adds(&text, "–");
	daytime_add_local(&text, meeting->ends);
	table_row_text(row, COLUMN_HOURS, ROLE_TEXT, text.data);
	table_row_text(row, COLUMN_STATUS, ROLE_TEXT,
		       enum_label(&meeting_status_names, meeting->status));
	fill_number(row, COLUMN_ITEMS, meeting->item_count);
	fill_number(row, COLUMN_PRESENT, meeting->present_count);
	table_row_text(row, COLUMN_PLACE, ROLE_DIM, meeting->place);
	strbuf_release(&text);
}

static struct view *open_meeting(struct session *session, int64_t key)
{
	return meeting_view_new(session, key, 0);
}

static void sentence(const void *summary, struct strbuf *out)
{
	(void)summary;
	strbuf_adds(out, _("Reuniones, la más reciente primero · Enter abre su orden del día"));
}

static const struct list_spec spec = {
	.kind = RECORD_MEETING,
	.name = "meetings",
	.title = N_("Agenda"),
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.fill = fill,
	.open = open_meeting,
	.sentence = sentence,
	.empty = N_("Aquí van las reuniones con su orden del día y sus resoluciones. "
		    "La primera llega con un acta: nucleo import acta ARCHIVO."),
};

struct view *meetings_view_new(void *context)
{
	return list_view_new(context, &spec);
}
