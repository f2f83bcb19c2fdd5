/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/views/phrases.h"
#include "nucleo/views/plot_data.h"
#include "nucleo/views/session.h"

/* Measurements over time: of a commitment, or of what an institution measures
 * in several places. The cursor walks from value to value. */

enum { ROWS_FOR_NOTE = 12, NOTE_ROWS = 3, NUMBER_DECIMALS = 4, PERCENT_DECIMALS = 2 };
/* Beyond it figures are too long to be read as such. */
#define NUMBER_LIMIT 1e9

struct plot_page {
	struct view view;
	struct session *session;
	enum record_kind_id kind; /**< RECORD_COMMITMENT or RECORD_ORGANIZATION */
	int64_t key;
	struct record_set subject; /**< one row of the kind */
	struct plot_data data;
	VECTOR(struct plot_series) series; /**< of `data`, as they are drawn */
	struct region place;               /**< where they were */
	size_t choice;       /**< which indicator */
	size_t track, point; /**< under the cursor */
	bool is_placed;      /**< the cursor was put somewhere before */
};

static const struct commitment *commitment_of(const struct plot_page *page)
{
	return record_set_at(&page->subject, 0);
}

/* At first the latest value; later where it was, as far as it is there still. */
static void place_cursor(struct plot_page *page)
{
	if (!page->data.value_tracks)
		return;
	if (page->track >= page->data.value_tracks)
		page->track = 0;
	size_t last = page->data.tracks.items[page->track].points.count - 1;
	if (!page->is_placed || page->point > last)
		page->point = last;
	page->is_placed = true;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct plot_page *page = (struct plot_page *)view;
	struct store *store = session_store(page->session);
	struct list_query query = {.key = page->key};
	(void)ui;
	plot_data_release(&page->data);
	record_set_release(&page->subject);
	enum rc rc = record_set_load(&page->subject, store, page->kind, &query, err);
	if (rc == RC_OK && !page->subject.count)
		return error_set(err, RC_NOT_FOUND,
				 _("Esto ya no está: alguien lo quitó. Esc vuelve a la lista."));
	if (rc == RC_OK && page->kind == RECORD_COMMITMENT)
		rc = plot_data_commitment(&page->data, store, commitment_of(page), err);
	else if (rc == RC_OK)
		rc = plot_data_indicator(&page->data, store, page->key, page->choice, err);
	if (rc == RC_OK)
		place_cursor(page);
	return rc;
}

static void add_subject(const struct plot_page *page, struct strbuf *out)
{
	const struct organization *organization = record_set_at(&page->subject, 0);
	if (page->kind == RECORD_COMMITMENT)
		strbuf_adds(out, commitment_of(page)->code);
	else
		strbuf_adds(out, organization->acronym);
}

static void title(const struct view *view, struct strbuf *out)
{
	const struct plot_page *page = (const struct plot_page *)view;
	strbuf_adds(out, _("Mediciones"));
	if (page->subject.count) {
		strbuf_adds(out, " ");
		add_subject(page, out);
	}
}

/* Without the zeros behind; large and small ones as powers of ten. */
static void add_decimals(struct strbuf *out, double value, int decimals)
{
	bool is_plain = value < NUMBER_LIMIT && value > -NUMBER_LIMIT;
	strbuf_addf(out, is_plain ? "%.*f" : "%.*e", decimals, value);
	size_t end = out->length;
	if (!is_plain)
		return;
	while (out->data[end - 1] == '0')
		end--;
	strbuf_truncate(out, out->data[end - 1] == '.' ? end - 1 : end);
}

static void add_number(struct strbuf *out, double value)
{
	add_decimals(out, value, NUMBER_DECIMALS);
}

static void add_percent(struct strbuf *out, double value)
{
	add_decimals(out, value, PERCENT_DECIMALS);
}

static void add_day(struct strbuf *out, int64_t x)
{
	date_add_local(out, (day_number)x);
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct plot_page *page = (const struct plot_page *)view;
	if (!page->subject.count)
		return;
	if (page->kind == RECORD_COMMITMENT) {
		const struct commitment *commitment = commitment_of(page);
		phrase_percent(out, commitment->percent);
		if (commitment->expected_percent != PERCENT_NONE) {
			strbuf_adds(out, _(" · esperado "));
			phrase_percent(out, commitment->expected_percent);
		}
		strbuf_addf(out, " · %s · %s", enum_label(&pace_names, commitment->pace),
			    phrase_title(commitment->title));
	} else if (page->data.name) {
		strbuf_adds(out, page->data.name);
		if (page->data.choices > 1)
			strbuf_addf(out, _(" · %zu de %zu indicadores, AvPág muestra otro"),
				    page->data.choice + 1, page->data.choices);
	}
}

/* ---- the value under the cursor */

static size_t selected_row(const struct plot_page *page)
{
	return page->data.tracks.items[page->track].rows.items[page->point];
}

static struct plot_point selected_point(const struct plot_page *page)
{
	return page->data.tracks.items[page->track].points.items[page->point];
}

/* Where a value was said; `meeting` is NULL when in none. */
struct source {
	const char *meeting, *label;
	int64_t item;
};

static struct source source_of(const struct plot_page *page)
{
	const void *row = record_set_at(&page->data.records, selected_row(page));
	const struct progress *progress = row;
	const struct indicator *indicator = row;
	if (page->kind == RECORD_COMMITMENT)
		return (struct source){progress->meeting, progress->item, progress->item_key};
	return (struct source){indicator->meeting, indicator->item, indicator->item_key};
}

static void add_value(const struct plot_page *page, struct strbuf *out)
{
	if (page->kind == RECORD_COMMITMENT) {
		add_percent(out, selected_point(page).y);
		strbuf_adds(out, "\u00A0%");
	} else {
		add_number(out, selected_point(page).y);
	}
}

static void add_progress_note(const struct plot_page *page, struct strbuf *out)
{
	const struct progress *progress =
		record_set_at(&page->data.records, selected_row(page));
	if (progress->milestone) {
		strbuf_addf(out, _(" · último: hito %s, "), progress->milestone);
		phrase_percent(out, progress->percent);
	}
	if (progress->reporter != ENUM_NONE)
		strbuf_addf(out, " · %s", enum_label(&reporter_names, progress->reporter));
	if (progress->meeting) {
		strbuf_adds(out, " · ");
		phrase_place(out, progress->meeting, progress->item);
	}
	if (progress->note)
		strbuf_addf(out, " · %s", progress->note);
}

static void add_indicator_note(const struct plot_page *page, struct strbuf *out)
{
	const struct indicator *row = record_set_at(&page->data.records, selected_row(page));
	strbuf_addf(out, " · %s", page->data.tracks.items[page->track].name);
	if (row->meeting) {
		strbuf_adds(out, " · ");
		phrase_place(out, row->meeting, row->item);
	}
}

static void add_note(const struct plot_page *page, struct strbuf *out)
{
	add_day(out, selected_point(page).x);
	strbuf_adds(out, ": ");
	add_value(page, out);
	if (page->kind == RECORD_COMMITMENT)
		add_progress_note(page, out);
	else
		add_indicator_note(page, out);
}

static void draw_note(const struct plot_page *page, struct region place)
{
	struct strbuf note;
	strbuf_init(&note);
	add_note(page, &note);
	if (place.rows > 1)
		region_note(place, note.data);
	else
		region_label(region_rest(place, 0, 1), ALIGN_LEFT, ROLE_DIM, note.data);
	strbuf_release(&note);
}

/* ---- drawing */

static void draw_empty(const struct plot_page *page, struct region body)
{
	struct strbuf text;
	strbuf_init(&text);
	if (page->kind == RECORD_COMMITMENT)
		strbuf_addf(&text,
			    _("Todavía no hay mediciones de %s. Llegan con las actas (nucleo "
			      "import acta ARCHIVO) o con nucleo add progress."),
			    commitment_of(page)->code);
	else
		strbuf_adds(&text, _("Esta institución todavía no presenta indicadores. Llegan con "
				     "las actas que los nombran."));
	region_paragraph(region_rest(body, 0, 1), ROLE_DIM, text.data);
	region_cursor(body, 0, 0);
	strbuf_release(&text);
}

static struct plot plot_of(struct plot_page *page)
{
	page->series.count = 0;
	for (size_t i = 0; i < page->data.tracks.count; i++) {
		const struct plot_track *track = &page->data.tracks.items[i];
		vector_push(&page->series, ((struct plot_series){
					     .name = track->name,
					     .glyph = *track->glyph ? track->glyph : NULL,
					     .role = track->role,
					     .points = track->points.items,
					     .count = track->points.count,
				     }));
	}
	bool is_percent = page->kind == RECORD_COMMITMENT;
	struct plot plot = {
		.series = page->series.items,
		.count = page->series.count,
		.axes = plot_axes_of(page->series.items, page->series.count),
		.add_x = add_day,
		.add_y = is_percent ? add_percent : add_number,
		.selected_series = page->track,
		.selected_point = page->point,
	};
	if (is_percent) {
		plot.axes.low = 0;
		plot.axes.high = 100;
	}
	return plot;
}

static void draw(struct view *view, struct region body)
{
	struct plot_page *page = (struct plot_page *)view;
	if (!page->data.value_tracks) {
		draw_empty(page, body);
		return;
	}
	struct plot plot = plot_of(page);
	int note = body.rows >= ROWS_FOR_NOTE ? NOTE_ROWS : 1;
	region_cursor(body, 0, 0); /* where the selected value cannot be shown */
	page->place = region_part(body, 0, 1, body.rows - note, body.columns - 2);
	plot_draw(&plot, page->place);
	draw_note(page, region_rest(body, body.rows - note, 0));
}

static bool point(struct view *view, int row, int column)
{
	struct plot_page *page = (struct plot_page *)view;
	if (!page->data.value_tracks)
		return false;
	struct plot plot = plot_of(page);
	return plot_value_at(&plot, page->place, row, column, &page->track, &page->point);
}

/* ---- moving */

/* To another line, at the value nearest in time. */
static unsigned change_track(struct plot_page *page, size_t to)
{
	const struct plot_track *track = &page->data.tracks.items[to];
	int64_t x = page->data.tracks.items[page->track].points.items[page->point].x;
	size_t nearest = 0;
	for (size_t i = 1; i < track->points.count; i++)
		if (llabs(track->points.items[i].x - x) <=
		    llabs(track->points.items[nearest].x - x))
			nearest = i;
	page->track = to;
	page->point = nearest;
	return UI_REDRAW;
}

static unsigned move(struct plot_page *page, size_t point)
{
	page->point = point;
	return UI_REDRAW;
}

static unsigned change_indicator(struct plot_page *page, size_t steps)
{
	if (page->data.choices < 2)
		return UI_REDRAW;
	page->choice = (page->data.choice + steps) % page->data.choices;
	page->is_placed = false;
	return UI_RELOAD;
}

/* The meeting that took note of it, at that item. */
static unsigned open_source(struct plot_page *page, struct ui *ui)
{
	struct source source = source_of(page);
	struct error err;
	int64_t meeting;
	if (!source.meeting) {
		ui_say(ui, ROLE_NOTICE, "%s", _("Esa medición no viene de ninguna reunión."));
		return UI_REDRAW;
	}
	if (store_find(session_store(page->session), RECORD_MEETING, source.meeting, &meeting,
		       &err) == RC_OK)
		return ui_open(ui, meeting_view_new(page->session, meeting, source.item, 0));
	ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_REDRAW;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct plot_page *page = (struct plot_page *)view;
	size_t tracks = page->data.value_tracks;
	if (op == OP_LEAVE)
		return UI_CLOSE;
	if (!tracks)
		return UI_PASS;
	size_t last = page->data.tracks.items[page->track].points.count - 1;
	switch (op) {
	case OP_STEP_LEFT:
		return move(page, page->point ? page->point - 1 : 0);
	case OP_STEP_RIGHT:
		return move(page, page->point < last ? page->point + 1 : last);
	case OP_FIRST:
	case OP_LAST:
		return move(page, op == OP_FIRST ? 0 : last);
	case OP_UP:
	case OP_DOWN:
		return change_track(page, (page->track + (op == OP_UP ? tracks - 1 : 1)) % tracks);
	case OP_PAGE_UP:
	case OP_PAGE_DOWN:
		return change_indicator(page, op == OP_PAGE_UP ? page->data.choices - 1 : 1);
	case OP_OPEN_HERE:
		return open_source(page, ui);
	default:
		return UI_PASS;
	}
}

/* "C6: 38 % al 17/11/2023"; of several lines also which. */
static void copy_text(const struct plot_page *page, struct strbuf *out)
{
	const char *name = page->data.tracks.items[page->track].name;
	if (page->kind == RECORD_COMMITMENT)
		add_subject(page, out);
	else
		strbuf_addf(out, "%s, %s", page->data.name, name);
	strbuf_adds(out, ": ");
	add_value(page, out);
	strbuf_adds(out, _(" al "));
	add_day(out, selected_point(page).x);
	if (page->kind == RECORD_COMMITMENT && page->data.value_tracks > 1)
		strbuf_addf(out, " (%s)", name);
}

static void copy_row(const struct plot_page *page, struct strbuf *out)
{
	add_day(out, selected_point(page).x);
	strbuf_addch(out, '\t');
	add_value(page, out);
	strbuf_addf(out, "\t%s", page->data.tracks.items[page->track].name);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct plot_page *page = (const struct plot_page *)view;
	struct source source;
	if (!page->data.value_tracks)
		return false;
	source = source_of(page);
	if (kind == COPY_TEXT)
		copy_text(page, out);
	else if (kind == COPY_ROW)
		copy_row(page, out);
	else if (kind == COPY_CITATION && source.meeting)
		phrase_place(out, source.meeting, source.label);
	return out->length > 0;
}

static void close_page(struct view *view)
{
	struct plot_page *page = (struct plot_page *)view;
	plot_data_release(&page->data);
	vector_release(&page->series);
	record_set_release(&page->subject);
	free(page);
}

static const struct view_class plot_class = {
	.name = "plot",
	.context = CONTEXT_CHART,
	.is_sideways = true,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.close = close_page,
};

struct view *plot_view_new(struct session *session, enum record_kind_id kind, int64_t key)
{
	struct plot_page *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &plot_class;
	page->session = session;
	page->kind = kind;
	page->key = key;
	return &page->view;
}
