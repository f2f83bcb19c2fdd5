/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/attendee_groups.h"
#include "nucleo/views/roll_view.h"

/* How the attendance looks while it is taken. Nobody changes place when a mark changes: eyes
 * and cursor stay where they are. */

/* So many rows that the groups keep a heading and a few below the note and the last line. */
enum { ROWS_FOR_NOTE = 12, NOTE_ROWS = 2 };

static void add_time(struct strbuf *out, const char *format, day_minute time)
{
	struct strbuf text;
	if (time == DAY_MINUTE_NONE)
		return;
	strbuf_init(&text);
	daytime_add_local(&text, time);
	strbuf_addf(out, format, text.data);
	strbuf_release(&text);
}

static enum role role_of(const struct roll_mark *mark)
{
	if (mark->status == ATTENDANCE_EXCUSED || mark->departed != DAY_MINUTE_NONE)
		return ROLE_WARNING;
	return mark->status == ATTENDANCE_PRESENT ? ROLE_TEXT : ROLE_DIM;
}

/* "15h20→16h40", as far as known. */
static void add_times(struct strbuf *out, const struct roll_mark *mark)
{
	if (mark->arrived == DAY_MINUTE_NONE && mark->departed == DAY_MINUTE_NONE)
		return;
	strbuf_addch(out, ' ');
	daytime_add_local(out, mark->arrived);
	strbuf_adds(out, "→");
	daytime_add_local(out, mark->departed);
}

/* Who has left is told apart where the cell has no room for the times. */
static const char *sign_of(const struct roll_mark *mark)
{
	return mark->departed == DAY_MINUTE_NONE
		       ? enum_sign(&attendance_status_names, mark->status)
		       : "→";
}

/* "✓ FCD (v) 15h20 supl. Directora", "→ FCD (v) 15h20→16h40"; a star where it is not stored. */
static void add_cell(struct strbuf *out, const struct roll_row *row)
{
	const struct roll_mark *mark = &row->mark;
	strbuf_addf(out, "%s%s %s", sign_of(mark),
		    roll_row_is_changed(row) ? "*" : "", row->acronym);
	if (mark->mode != ENUM_NONE)
		strbuf_addf(out, " (%s)", enum_sign(&attendance_mode_names, mark->mode));
	add_times(out, mark);
	if (mark->standing == STANDING_ALTERNATE)
		strbuf_adds(out, _(" supl."));
	if (mark->delegate)
		strbuf_addf(out, " %s", mark->delegate);
}

static void draw_cell(const void *view, size_t cell, struct region place)
{
	const struct roll_view *page = view;
	const struct roll_row *row = &page->roll.rows.items[page->order.items[cell]];
	struct strbuf text;
	strbuf_init(&text);
	add_cell(&text, row);
	region_label(region_rest(place, 0, 1), ALIGN_LEFT, role_of(&row->mark), text.data);
	strbuf_release(&text);
	if (cell != page->selected)
		return;
	region_text(place, 0, 0, ROLE_TEXT, "▶");
	region_select(place);
	region_cursor(place, 0, 0);
}

/* What the selected cell has no room for. */
static void draw_note(const struct roll_view *page, struct region place)
{
	const struct roll_row *row = &page->roll.rows.items[roll_view_row(page)];
	const struct roll_mark *mark = &row->mark;
	struct strbuf note;
	strbuf_init(&note);
	strbuf_addf(&note, "%s · %s · %s", row->name ? row->name : row->acronym,
		    enum_label(&capacity_names, row->capacity),
		    enum_label(&attendance_status_names, mark->status));
	if (mark->mode != ENUM_NONE)
		strbuf_addf(&note, " · %s", enum_label(&attendance_mode_names, mark->mode));
	if (mark->standing != ENUM_NONE)
		strbuf_addf(&note, " · %s", enum_label(&standing_names, mark->standing));
	add_time(&note, _(" · llegó a las %s"), mark->arrived);
	add_time(&note, _(" · se fue a las %s"), mark->departed);
	if (mark->delegate)
		strbuf_addf(&note, " · %s", mark->delegate);
	region_note(place, note.data);
	strbuf_release(&note);
}

/* What one is doing: looking for an acronym, looking at a proposal, or marking. */
static void draw_foot(const struct roll_view *page, struct region line)
{
	struct strbuf text;
	strbuf_init(&text);
	if (page->typed.length && !page->is_found)
		strbuf_addf(&text, _("«%s» no está; Enter la agrega como invitada"),
			    page->typed.data);
	else if (page->typed.length)
		strbuf_addf(&text, _("Buscar: %s · Espacio la marca"), page->typed.data);
	else if (!page->roll.is_stored && page->roll.from)
		strbuf_addf(&text,
			    _("Enter guarda · Espacio marca · siglas buscan · propuesta de %s"),
			    page->roll.from);
	else if (!page->roll.is_stored)
		strbuf_adds(&text, _("Enter guarda · Espacio marca · siglas buscan"));
	else
		strbuf_adds(&text, _("Espacio marca y guarda · siglas buscan"));
	region_label(line, ALIGN_LEFT, page->typed.length ? ROLE_PROMPT : ROLE_DIM, text.data);
	strbuf_release(&text);
}

/* The end of the sentence, which is cut where it is narrow: how many are missing. */
static void add_missing(const struct roll_view *page, struct strbuf *out)
{
	struct strbuf sentence;
	strbuf_init(&sentence);
	roll_view_sentence(&page->view, &sentence);
	const char *rest = strstr(sentence.data, " · ");
	strbuf_adds(out, rest ? rest : "");
	strbuf_release(&sentence);
}

/* In words, over the groups, as long as there is none. */
static struct region draw_alarm(const struct roll_view *page, struct region body)
{
	struct quorum_count count;
	struct strbuf text;
	roll_count(&page->roll, roll_view_moment(page), &count);
	if (quorum_is_met(&page->rule, &count))
		return body;
	strbuf_init(&text);
	strbuf_adds(&text, page->roll.status == MEETING_IN_SESSION
				   ? _("! SIN QUÓRUM: el grupo no puede decidir ahora")
				   : _("! Sin quórum con esta lista"));
	add_missing(page, &text);
	region_label(region_row(body, 0), ALIGN_LEFT, ROLE_WARNING, text.data);
	strbuf_release(&text);
	return region_rest(body, 1, 0);
}

void roll_view_draw(struct view *view, struct region body)
{
	struct roll_view *page = (struct roll_view *)view;
	bool has_note = page->order.count && body.rows >= ROWS_FOR_NOTE;
	draw_foot(page, region_rest(region_row(body, body.rows - 1), 0, 1));
	body.rows--;
	if (has_note) {
		draw_note(page, region_rest(body, body.rows - NOTE_ROWS, 0));
		body.rows -= NOTE_ROWS;
	}
	body = draw_alarm(page, body);
	page->place = body;
	if (!page->order.count) {
		region_paragraph(body, ROLE_DIM,
				 _("El grupo no tiene miembros ese día. Escriba unas siglas y "
				   "Enter para agregar a quien asiste."));
		region_cursor(body, 0, 0);
		return;
	}
	grid_arrange(&page->grid, body.columns, ATTENDEE_COLUMN_MIN);
	page->top = grid_scroll(&page->grid, page->selected, page->top, body.rows);
	attendee_groups_draw(&page->grid, page->top, body, draw_cell, page);
}

void roll_view_sentence(const struct view *view, struct strbuf *out)
{
	const struct roll_view *page = (const struct roll_view *)view;
	struct quorum_count count;
	if (!page->roll.meeting)
		return;
	roll_count(&page->roll, roll_view_moment(page), &count);
	quorum_add_sentence(out, &page->rule, &count);
}
