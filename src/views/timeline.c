/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/record_set.h"
#include "nucleo/views/citation.h"
#include "nucleo/views/editing.h"
#include "nucleo/views/phrases.h"
#include "nucleo/views/session.h"
#include "nucleo/views/timeline_layout.h"
#include "nucleo/views/timeline_rows.h"

/* The milestones of a plan as bars over its time, under their commitments. */

enum {
	COLUMN_NUMBER,
	COLUMN_TITLE,
	COLUMN_STATE,
	COLUMN_PERCENT,
	COLUMN_BAR,
	COLUMN_TERM,     /* not shown: value and mark are the days it begins and ends */
	COLUMN_ORIGINAL, /* not shown: value is the day it was to end */
	COLUMN_COUNT
};

enum { ROWS_FOR_TWO_HEADS = 8, NOTE_ROWS = 3, NO_DAY = DATE_NONE };

struct timeline {
	struct view view;
	struct session *session;
	struct timeline_rows rows; /* the context of the table's source */
	int64_t commitment;      /**< to begin at; 0: done */
	struct record_set plans;
	size_t plan;
	struct table table;
	day_number first, last; /**< of all that is dated; DATE_NONE: nothing is */
	int64_t milestones, done, late, moved;
	int zoom, offset, columns;
	struct timeline_scale scale; /**< as last drawn */
};

/* ---- a row */

static void set_days(struct table_row *row, size_t column, day_number from, day_number to)
{
	table_row_bar(row, column, ROLE_TEXT, from, to);
}

static void set_percent(struct table_row *row, percent_hundredths percent)
{
	struct strbuf text;
	strbuf_init(&text);
	percent_add(&text, percent);
	table_row_text(row, COLUMN_PERCENT, ROLE_TEXT, text.length ? text.data : "—");
	strbuf_release(&text);
}

static void add_term(struct strbuf *note, day_number starts, day_number ends)
{
	if (starts == DATE_NONE && ends == DATE_NONE)
		strbuf_adds(note, _("sin fechas"));
	phrase_term(note, starts, ends);
}

static void add_legend(struct strbuf *note)
{
	strbuf_adds(note, _("\n✓ cumplido · ! vencido · ● en curso · │ hoy · ○ fin original"));
}

static void fill_commitment(void *context, const struct commitment *commitment,
			    struct table_row *row)
{
	struct strbuf note;
	(void)context;
	table_row_text(row, COLUMN_NUMBER, ROLE_TITLE, commitment->code);
	table_row_text(row, COLUMN_TITLE, commitment->title ? ROLE_TITLE : ROLE_DIM,
		       phrase_title(commitment->title));
	table_row_text(row, COLUMN_STATE, commitment->overdue ? ROLE_BAD : ROLE_TEXT,
		       commitment->overdue ? "!" : "");
	set_percent(row, commitment->percent);
	table_row_bar(row, COLUMN_BAR, ROLE_DIM, commitment->percent, BAR_NONE);
	set_days(row, COLUMN_TERM, commitment->starts, commitment->ends);
	set_days(row, COLUMN_ORIGINAL, NO_DAY, NO_DAY);
	strbuf_init(&note);
	strbuf_addf(&note, "%s · %s · ", commitment->code, phrase_title(commitment->title));
	add_term(&note, commitment->starts, commitment->ends);
	add_legend(&note);
	table_row_note(row, note.data);
	strbuf_release(&note);
}

static bool was_moved(const struct milestone *milestone)
{
	return milestone->original_ends != DATE_NONE && milestone->original_ends != milestone->ends;
}

static const char *state_sign(const struct milestone *milestone, day_number today)
{
	if (milestone->percent == PERCENT_FULL)
		return "✓";
	if (milestone->overdue)
		return "!";
	return milestone->starts != DATE_NONE && milestone->starts <= today ? "●" : "";
}

static void fill_note(const struct milestone *milestone, struct table_row *row)
{
	struct strbuf note;
	strbuf_init(&note);
	strbuf_addf(&note, _("%s, hito %lld · %s · "), milestone->commitment,
		    (long long)milestone->number, phrase_title(milestone->title));
	add_term(&note, milestone->starts, milestone->ends);
	if (was_moved(milestone)) {
		strbuf_adds(&note, _(" · iba a terminar el "));
		date_add_local(&note, milestone->original_ends);
	}
	add_legend(&note);
	table_row_note(row, note.data);
	strbuf_release(&note);
}

static void fill_milestone(void *context, const struct milestone *milestone, struct table_row *row)
{
	const struct timeline *page = context;
	char number[24];
	snprintf(number, sizeof(number), "%lld", (long long)milestone->number);
	table_row_text(row, COLUMN_NUMBER, ROLE_TEXT, number);
	table_row_text(row, COLUMN_TITLE, milestone->title ? ROLE_TEXT : ROLE_DIM,
		       phrase_title(milestone->title));
	table_row_text(row, COLUMN_STATE,
		       milestone->percent == PERCENT_FULL ? ROLE_GOOD
		       : milestone->overdue		  ? ROLE_BAD
							  : ROLE_TEXT,
		       state_sign(milestone, store_today(page->rows.store)));
	set_percent(row, milestone->percent);
	table_row_bar(row, COLUMN_BAR, milestone->overdue ? ROLE_WARNING : ROLE_BAR,
		      milestone->percent, BAR_NONE);
	set_days(row, COLUMN_TERM, milestone->starts, milestone->ends);
	set_days(row, COLUMN_ORIGINAL, was_moved(milestone) ? milestone->original_ends : NO_DAY,
		 NO_DAY);
	fill_note(milestone, row);
}

/* ---- its bar */

/* One cell of a bar `width` cells long that is `percent` full, where today may stand. */
static void draw_bar_cell(struct region place, enum role role, int column, int eighths,
			  bool is_today)
{
	struct strbuf cell;
	strbuf_init(&cell);
	eighths = eighths < 0 ? 0 : eighths > 8 ? 8 : eighths;
	bar_add(&cell, 1, eighths * (BAR_WHOLE / 8), is_today ? 0 : BAR_NONE);
	region_text(place, 0, column, role, cell.data);
	strbuf_release(&cell);
}

static void draw_span(const struct timeline *page, struct region place,
		      const struct table_cell *bar, const struct table_cell *term)
{
	const struct timeline_scale *scale = &page->scale;
	/* One date alone is a bar of one day. */
	day_number starts = term->value == NO_DAY ? term->mark : term->value;
	day_number ends = term->mark == NO_DAY ? term->value : term->mark;
	int from = timeline_column(scale, starts), to = timeline_column(scale, ends);
	int today = timeline_column(scale, store_today(page->rows.store));
	int64_t full = bar->value > 0 ? (int64_t)bar->value * (to - from + 1) * 8 / BAR_WHOLE : 0;
	for (int column = from < 0 ? 0 : from; column <= to && column < place.columns; column++)
		draw_bar_cell(place, bar->role, column, (int)(full - (int64_t)(column - from) * 8),
			      column == today);
}

static void draw_time(void *context, struct region place, const struct table_row *row,
		      const struct table_cell *bar)
{
	const struct timeline *page = ((struct timeline_rows *)context)->context;
	const struct table_cell *term = &row->cells[COLUMN_TERM];
	day_number original = row->cells[COLUMN_ORIGINAL].value;
	if (page->first == DATE_NONE || (term->value == NO_DAY && term->mark == NO_DAY)) {
		region_label(place, ALIGN_LEFT, ROLE_DIM, _("sin fechas"));
		return;
	}
	region_text(place, 0, timeline_column(&page->scale, store_today(page->rows.store)),
		    ROLE_RULE, "│");
	draw_span(page, place, bar, term);
	if (original != NO_DAY)
		region_text(place, 0, timeline_column(&page->scale, original), ROLE_WARNING, "○");
}

/* At 40 columns the title gives up most. */
static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_NUMBER] = {.title = N_("C"), .min = 5, .max = 8, .weight = 1, .is_tree = true},
	[COLUMN_TITLE] = {.title = N_("Hito"), .min = 8, .max = 40, .weight = 12},
	[COLUMN_STATE] = {.title = "", .min = 1},
	[COLUMN_PERCENT] = {.title = "%", .min = 5, .align = ALIGN_RIGHT, .drop = 1},
	[COLUMN_BAR] = {.title = "", .min = 8, .weight = 20, .is_bar = true, .draw = draw_time},
	[COLUMN_TERM] = {.title = "", .is_bar = true},
	[COLUMN_ORIGINAL] = {.title = "", .is_bar = true},
};

/* ---- reading */

static void widen(struct timeline *page, day_number day)
{
	if (day == DATE_NONE)
		return;
	page->first = page->first == DATE_NONE || day < page->first ? day : page->first;
	page->last = page->last == DATE_NONE || day > page->last ? day : page->last;
}

static bool sum_up(void *context, const void *record)
{
	struct timeline *page = context;
	const struct milestone *milestone = record;
	widen(page, milestone->starts);
	widen(page, milestone->ends);
	widen(page, milestone->original_ends);
	page->milestones++;
	page->done += milestone->percent == PERCENT_FULL;
	page->late += milestone->overdue;
	page->moved += was_moved(milestone);
	return true;
}

static const struct plan *plan_of(const struct timeline *page)
{
	return page->plan < page->plans.count ? record_set_at(&page->plans, page->plan) : NULL;
}

static bool take_key(void *context, const void *record)
{
	*(int64_t *)context = ((const struct plan *)record)->key;
	return false;
}

/* All plans; at first the one of the commitment it was opened from. */
static enum rc read_plans(struct timeline *page, struct error *err)
{
	const struct list_query all = {0};
	struct list_query of = {.commitment = page->commitment, .limit = 1};
	int64_t wanted = page->rows.plan;
	record_set_release(&page->plans);
	enum rc rc = record_set_load(&page->plans, page->rows.store, RECORD_PLAN, &all, err);
	if (rc == RC_OK && page->commitment)
		rc = store_list(page->rows.store, RECORD_PLAN, &of, take_key, &wanted, err);
	for (size_t i = 0; rc == RC_OK && i < page->plans.count; i++)
		if (((const struct plan *)record_set_at(&page->plans, i))->key == wanted)
			page->plan = i;
	page->rows.plan = plan_of(page) ? plan_of(page)->key : -1;
	return rc;
}

static enum rc read_summary(struct timeline *page, struct error *err)
{
	struct list_query query = {.plan = page->rows.plan};
	page->first = page->last = DATE_NONE;
	page->milestones = page->done = page->late = page->moved = 0;
	if (plan_of(page)) {
		widen(page, plan_of(page)->starts);
		widen(page, plan_of(page)->ends);
	}
	return store_list(page->rows.store, RECORD_MILESTONE, &query, sum_up, page, err);
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct timeline *page = (struct timeline *)view;
	(void)ui;
	page->rows.store = session_store(page->session);
	enum rc rc = read_plans(page, err);
	if (rc == RC_OK)
		rc = read_summary(page, err);
	if (rc == RC_OK)
		rc = table_load(&page->table, err);
	if (rc == RC_OK && page->commitment)
		rc = table_select(&page->table, page->commitment, err);
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		page->commitment = 0;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static void title(const struct view *view, struct strbuf *out)
{
	const struct plan *plan = plan_of((const struct timeline *)view);
	strbuf_adds(out, _("Cronograma"));
	if (plan)
		strbuf_addf(out, " %s", plan->code);
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct timeline *page = (const struct timeline *)view;
	unsigned long count = (unsigned long)page->milestones;
	strbuf_addf(out, ngettext("%lld hito", "%lld hitos", count), (long long)page->milestones);
	strbuf_addf(out, _(" · cumplidos %lld · vencidos %lld"), (long long)page->done,
		    (long long)page->late);
	if (page->moved)
		strbuf_addf(out, _(" · reprogramados %lld"), (long long)page->moved);
	if (page->first == DATE_NONE)
		return;
	strbuf_adds(out, " · ");
	phrase_term(out, page->first, page->last);
}

/* ---- drawing */

static void add_unit(struct strbuf *out, enum timeline_unit unit, day_number day)
{
	static const char *const months[] = {N_("ene"), N_("feb"), N_("mar"), N_("abr"),
					     N_("may"), N_("jun"), N_("jul"), N_("ago"),
					     N_("sep"), N_("oct"), N_("nov"), N_("dic")};
	struct civil_date date = date_to_civil(day);
	if (unit == TIMELINE_MONTHS)
		strbuf_adds(out, _(months[date.month - 1]));
	else if (unit == TIMELINE_QUARTERS)
		strbuf_addf(out, _("T%d"), (date.month - 1) / 3 + 1);
	else
		strbuf_addf(out, "%d", date.year);
}

static void draw_units(const struct timeline *page, enum timeline_unit unit, struct region row)
{
	const struct timeline_scale *scale = &page->scale;
	int free = 0;
	for (day_number day = timeline_unit_start(unit, scale->first);
	     day != DATE_NONE && day <= scale->last; day = timeline_unit_next(unit, day)) {
		int column = timeline_column(scale, day < scale->first ? scale->first : day);
		int next = timeline_column(scale, timeline_unit_next(unit, day));
		struct strbuf text;
		/* A unit that began out of sight still says which it is. */
		column = column < 0 && next > TIMELINE_LABEL ? 0 : column;
		if (column < free || column + TIMELINE_LABEL > row.columns)
			continue;
		/* A year of which only the end is there gives way to the next one. */
		if (next - column < TIMELINE_LABEL && next + TIMELINE_LABEL <= row.columns)
			continue;
		strbuf_init(&text);
		add_unit(&text, unit, day);
		free = region_text(row, 0, column, ROLE_HEADING, text.data) + 1;
		strbuf_release(&text);
	}
}

/* The columns of time, and above them their units. */
static void draw_heads(struct timeline *page, struct region heads)
{
	int widths[COLUMN_COUNT], at = 1;
	table_layout(columns, COLUMN_COUNT, heads.columns - 1, widths);
	for (int i = 0; i < COLUMN_BAR; i++)
		at += widths[i] ? widths[i] + 1 : 0;
	page->columns = widths[COLUMN_BAR];
	if (page->first == DATE_NONE || page->columns < 1)
		return;
	page->scale = timeline_scale_of(page->first, page->last, page->columns, page->zoom,
					page->offset);
	page->offset = page->scale.offset;
	struct region place = region_part(heads, 0, at, heads.rows, page->columns);
	enum timeline_unit unit = timeline_unit_of(&page->scale);
	draw_units(page, TIMELINE_YEARS, region_row(place, 0));
	if (place.rows > 1 && unit != TIMELINE_YEARS)
		draw_units(page, unit, region_row(place, 1));
}

static void draw(struct view *view, struct region body)
{
	struct timeline *page = (struct timeline *)view;
	int heads = body.rows >= ROWS_FOR_TWO_HEADS ? 2 : 1;
	page->table.empty = _("Aquí van los compromisos del plan con sus hitos. Llegan con nucleo "
			      "import, o los agrega usted con n.");
	draw_heads(page, region_part(body, 0, 0, heads, body.columns));
	table_draw(&page->table, region_rest(body, heads, 0), true);
}

/* ---- moving */

static unsigned scroll(struct timeline *page, int step)
{
	page->offset += step * (page->columns > 4 ? page->columns / 4 : 1);
	page->offset = page->offset < 0 ? 0 : page->offset;
	return UI_REDRAW;
}

/* What is in the middle stays there. */
static unsigned zoom(struct timeline *page, int step)
{
	int middle = page->offset + page->columns / 2;
	if ((step < 0 && !page->zoom) || (step > 0 && !timeline_can_widen(&page->scale)))
		return UI_REDRAW;
	page->zoom += step;
	page->offset = (step > 0 ? middle * 2 : middle / 2) - page->columns / 2;
	page->offset = page->offset < 0 ? 0 : page->offset;
	return UI_REDRAW;
}

static unsigned change_plan(struct timeline *page, struct ui *ui, bool next)
{
	if (next ? page->plan + 1 >= page->plans.count : !page->plan) {
		ui_say(ui, ROLE_NOTICE, "%s",
		       next ? _("No hay un plan posterior.") : _("No hay un plan anterior."));
		return UI_REDRAW;
	}
	page->plan += next ? 1 : (size_t)-1;
	page->rows.plan = plan_of(page)->key;
	page->zoom = page->offset = 0;
	table_rows_release(&page->table.rows);
	page->table.selected = page->table.top = 0;
	return UI_RELOAD;
}

/* Milestones have the negative of their key. */
static unsigned edit(struct timeline *page, struct ui *ui, enum op op)
{
	const struct table_row *row = table_selected(&page->table);
	bool is_milestone = row && row->key < 0;
	const struct editing_place place = {
		.kind = is_milestone ? RECORD_MILESTONE : RECORD_COMMITMENT,
		.key = !row ? 0 : is_milestone ? -row->key : row->key,
		.makes = {RECORD_MILESTONE, RECORD_KIND_COUNT},
		.context = {.commitment = row ? timeline_row_commitment(row) : 0},
	};
	return editing_op(page->session, ui, op, &place);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct timeline *page = (struct timeline *)view;
	const struct table_row *row = table_selected(&page->table);
	if (table_op(&page->table, op))
		return UI_REDRAW;
	switch (op) {
	case OP_LEAVE:
		return UI_CLOSE;
	case OP_STEP_LEFT:
	case OP_STEP_RIGHT:
		return scroll(page, op == OP_STEP_LEFT ? -1 : 1);
	case OP_WIDER:
	case OP_NARROWER:
		return zoom(page, op == OP_WIDER ? 1 : -1);
	case OP_PREVIOUS_PLAN:
	case OP_NEXT_PLAN:
		return change_plan(page, ui, op == OP_NEXT_PLAN);
	case OP_OPEN_HERE:
		return row ? ui_open(ui, commitment_view_new(page->session,
							     timeline_row_commitment(row)))
			   : UI_REDRAW;
	default:
		return edit(page, ui, op);
	}
}

static bool point(struct view *view, int row, int column)
{
	return table_point(&((struct timeline *)view)->table, row, column);
}

static void copy_record(struct store *store, int64_t key, enum copy_kind kind, struct strbuf *out)
{
	if (key < 0)
		citation_copy_stored(store, RECORD_MILESTONE, -key, kind, out);
	else
		citation_copy_stored(store, RECORD_COMMITMENT, key, kind, out);
}

/* The text is the note without the line that explains the signs. */
static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct timeline *page = (const struct timeline *)view;
	const struct table_row *row = table_selected(&page->table);
	if (!row)
		return false;
	if (kind == COPY_TEXT)
		strbuf_add(out, row->note, strcspn(row->note, "\n"));
	else if (kind == COPY_ROW)
		table_copy(&page->table, out);
	else
		copy_record(page->rows.store, row->key, kind, out);
	return out->length > 0;
}

static void close_page(struct view *view)
{
	struct timeline *page = (struct timeline *)view;
	table_release(&page->table);
	record_set_release(&page->plans);
	free(page);
}

static const struct view_class timeline_class = {
	.name = "timeline",
	.context = CONTEXT_TIMELINE,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.close = close_page,
};

struct view *timeline_view_new(struct session *session, int64_t commitment)
{
	struct timeline *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &timeline_class;
	page->session = session;
	page->commitment = commitment;
	page->rows = (struct timeline_rows){
		.store = session_store(session),
		.context = page,
		.fill_commitment = fill_commitment,
		.fill_milestone = fill_milestone,
	};
	table_init(&page->table, columns, COLUMN_COUNT,
		   (struct table_source){.context = &page->rows,
					 .fetch = timeline_rows_fetch,
					 .locate = timeline_rows_locate});
	page->table.hide_header = true;
	page->table.note_rows = NOTE_ROWS;
	return &page->view;
}
