/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/record_set.h"
#include "nucleo/views/attendee_groups.h"
#include "nucleo/views/citation.h"
#include "nucleo/views/editing.h"
#include "nucleo/views/grid_layout.h"
#include "nucleo/views/session.h"

/* Who took part in one meeting, in groups: the members by sector, then the
 * observers, the guests, and those who did not come. Groups stand side by side
 * as far as the width allows. */

enum { NOTE_ROWS = 2 };

struct attendees_view {
	struct view view;
	struct session *session;
	struct record_set meeting, attendees;
	VECTOR(size_t) order; /**< rows of `attendees` in the order of the groups */
	struct grid grid;
	size_t selected; /**< index into `order` */
	int64_t selected_organization; /**< to stay on it when the list is read again */
	int top;         /**< first line shown */
	struct region place; /**< where it was drawn */
};

static int group_of(const struct attendee *attendee)
{
	return attendee->status == ATTENDANCE_PRESENT
		       ? attendee_group(attendee->capacity, attendee->sector)
		       : ATTENDEE_MISSING;
}

static const struct attendee *attendee_at(const struct attendees_view *page, size_t i)
{
	return record_set_at(&page->attendees, page->order.items[i]);
}

/* Orders the rows by group and notes where each group begins. */
static void make_groups(struct attendees_view *page)
{
	page->order.count = 0;
	grid_clear(&page->grid);
	for (int group = 0; group < ATTENDEE_GROUP_LIMIT; group++) {
		size_t first = page->order.count;
		for (size_t i = 0; i < page->attendees.count; i++)
			if (group_of(record_set_at(&page->attendees, i)) == group)
				vector_push(&page->order, i);
		if (page->order.count > first)
			grid_add(&page->grid, group, first, page->order.count - first,
				 group >= ATTENDEE_OBSERVERS);
	}
}

static void keep_selection(struct attendees_view *page)
{
	for (size_t i = 0; i < page->order.count; i++)
		if (attendee_at(page, i)->key == page->selected_organization)
			page->selected = i;
	if (page->selected >= page->order.count)
		page->selected = page->order.count ? page->order.count - 1 : 0;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct attendees_view *page = (struct attendees_view *)view;
	struct store *store = session_store(page->session);
	(void)ui;
	record_set_release(&page->meeting);
	record_set_release(&page->attendees);
	page->order.count = 0;
	grid_clear(&page->grid);
	enum rc rc = session_find_meeting(page->session, err);
	if (rc != RC_OK || !page->session->meeting)
		return rc;
	struct list_query itself = {.key = page->session->meeting};
	struct list_query parts = {.meeting = page->session->meeting};
	rc = record_set_load(&page->meeting, store, RECORD_MEETING, &itself, err);
	if (rc == RC_OK)
		rc = record_set_load(&page->attendees, store, RECORD_ATTENDEE, &parts, err);
	make_groups(page);
	keep_selection(page);
	return rc;
}

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Asistentes"));
}

static size_t count_group(const struct attendees_view *page, int group)
{
	for (size_t i = 0; i < page->grid.groups.count; i++)
		if (page->grid.groups.items[i].id == group)
			return page->grid.groups.items[i].count;
	return 0;
}

static size_t count_members(const struct attendees_view *page)
{
	size_t members = 0;
	for (int sector = 0; sector < sector_names.count; sector++)
		members += count_group(page, sector);
	return members;
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct attendees_view *page = (const struct attendees_view *)view;
	if (!page->meeting.count)
		return;
	const struct meeting *meeting = record_set_at(&page->meeting, 0);
	size_t members = count_members(page), observers = count_group(page, ATTENDEE_OBSERVERS);
	size_t guests = count_group(page, ATTENDEE_GUESTS);
	size_t missing = count_group(page, ATTENDEE_MISSING);
	strbuf_addf(out, _("%s · asisten %zu · miembros %zu · observadores %zu"), meeting->number,
		    members + observers + guests, members, observers);
	if (guests)
		strbuf_addf(out, _(" · invitados %zu"), guests);
	if (missing)
		strbuf_addf(out, _(" · no asisten %zu"), missing);
}

static void draw_attendee(const void *view, size_t i, struct region cell)
{
	const struct attendees_view *page = view;
	const struct attendee *attendee = attendee_at(page, i);
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s %s", enum_sign(&attendance_status_names, attendee->status),
		    attendee->organization);
	if (attendee->mode != ENUM_NONE)
		strbuf_addf(&text, " (%s)", enum_sign(&attendance_mode_names, attendee->mode));
	if (attendee->delegate)
		strbuf_addf(&text, " %s", attendee->delegate);
	region_label(region_rest(cell, 0, 1), ALIGN_LEFT,
		     attendee->status == ATTENDANCE_PRESENT ? ROLE_TEXT : ROLE_WARNING, text.data);
	strbuf_release(&text);
	if (i != page->selected)
		return;
	region_text(cell, 0, 0, ROLE_TEXT, "▶");
	region_select(cell);
	region_cursor(cell, 0, 0);
}

/* Whether the meeting is yet to be recorded: then its attendance is taken as a whole. */
static bool takes_roll(const struct attendees_view *page)
{
	const struct meeting *meeting =
		page->meeting.count ? record_set_at(&page->meeting, 0) : NULL;
	return meeting && meeting->status < MEETING_CLOSED;
}

static const char *empty_text(const struct attendees_view *page)
{
	if (takes_roll(page))
		return _("Aún no se toma asistencia: «e» la toma, con la lista de la última "
			 "reunión.");
	return page->meeting.count
		       ? _("El acta de esta reunión no nombra asistentes.")
		       : _("Aquí van los asistentes de cada reunión. La primera reunión llega con "
			   "un acta: nucleo import acta ARCHIVO.");
}

static void draw_empty(const struct attendees_view *page, struct region body)
{
	region_paragraph(region_rest(body, 0, 1), ROLE_DIM, empty_text(page));
	region_cursor(body, 0, 0);
}

/* Who the selected one is, where the groups leave room. */
static void draw_note(const struct attendees_view *page, struct region place)
{
	const struct attendee *attendee = attendee_at(page, page->selected);
	struct strbuf note;
	strbuf_init(&note);
	strbuf_addf(&note, "%s · %s · %s", attendee->name ? attendee->name : attendee->organization,
		    enum_label(&capacity_names, attendee->capacity),
		    enum_label(&attendance_status_names, attendee->status));
	if (attendee->mode != ENUM_NONE)
		strbuf_addf(&note, " · %s", enum_label(&attendance_mode_names, attendee->mode));
	if (attendee->delegate)
		strbuf_addf(&note, " · %s", attendee->delegate);
	region_note(place, note.data);
	strbuf_release(&note);
}

static void draw(struct view *view, struct region body)
{
	struct attendees_view *page = (struct attendees_view *)view;
	page->place = body;
	if (!page->order.count) {
		draw_empty(page, body);
		return;
	}
	grid_arrange(&page->grid, body.columns, ATTENDEE_COLUMN_MIN);
	page->top = grid_scroll(&page->grid, page->selected, page->top, body.rows);
	attendee_groups_draw(&page->grid, page->top, body, draw_attendee, page);
	if (page->grid.rows + NOTE_ROWS < body.rows)
		draw_note(page, region_rest(body, body.rows - NOTE_ROWS, 0));
}

static bool take_other(void *context, const void *record)
{
	*(int64_t *)context = ((const struct meeting *)record)->key;
	return false;
}

/* Meetings are listed newest first, so the older one comes forward. */
static unsigned change_meeting(struct attendees_view *page, struct ui *ui, bool older)
{
	int64_t other = 0;
	struct error err;
	if (!page->meeting.count)
		return UI_NOTHING;
	const struct meeting *now = record_set_at(&page->meeting, 0);
	struct list_anchor here = {.sort = now->sort, .key = now->key};
	struct list_query query = {
		.from = &here,
		.direction = older ? LIST_FORWARD : LIST_BACKWARD,
		.limit = 1,
	};
	if (store_list(session_store(page->session), RECORD_MEETING, &query, take_other, &other,
		       &err) != RC_OK) {
		ui_say(ui, ROLE_ERROR, "%s", err.text);
		return UI_REDRAW;
	}
	if (!other) {
		ui_say(ui, ROLE_NOTICE, "%s",
		       older ? _("No hay una reunión anterior.")
			     : _("No hay una reunión posterior."));
		return UI_REDRAW;
	}
	page->session->meeting = other;
	page->selected = 0;
	page->selected_organization = 0;
	return UI_RELOAD;
}

static unsigned move(struct attendees_view *page, size_t to)
{
	page->selected = to;
	page->selected_organization = attendee_at(page, to)->key;
	return UI_REDRAW;
}

static unsigned open_selected(struct attendees_view *page, struct ui *ui)
{
	const struct attendee *attendee = attendee_at(page, page->selected);
	int64_t key;
	struct error err;
	if (store_find(session_store(page->session), RECORD_ORGANIZATION, attendee->organization,
		       &key, &err) == RC_OK)
		return ui_open(ui, organization_view_new(page->session, key));
	ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_REDRAW;
}

static unsigned edit(struct attendees_view *page, struct ui *ui, enum op op)
{
	const struct editing_place place = {
		.kind = RECORD_ATTENDEE,
		.key = page->order.count ? attendee_at(page, page->selected)->key : 0,
		.makes = {RECORD_ATTENDEE, RECORD_KIND_COUNT},
		.context = {.meeting = page->session->meeting},
	};
	return editing_op(page->session, ui, op, &place);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct attendees_view *page = (struct attendees_view *)view;
	size_t last = page->order.count ? page->order.count - 1 : 0;
	if (op == OP_OLDER || op == OP_NEWER)
		return change_meeting(page, ui, op == OP_OLDER);
	if (op == OP_EDIT && takes_roll(page))
		return ui_open(ui, roll_view_new(page->session, page->session->meeting));
	if (op == OP_ATTENDANCE)
		return ui_open(ui, attendance_matrix_new(page->session));
	if (!page->order.count)
		return edit(page, ui, op);
	switch (op) {
	case OP_UP:
		return move(page, page->selected ? page->selected - 1 : 0);
	case OP_DOWN:
		return move(page, page->selected < last ? page->selected + 1 : last);
	case OP_PAGE_UP:
		return move(page, grid_neighbour(&page->grid, page->selected, -1));
	case OP_PAGE_DOWN:
		return move(page, grid_neighbour(&page->grid, page->selected, 1));
	case OP_FIRST:
		return move(page, 0);
	case OP_LAST:
		return move(page, last);
	case OP_OPEN:
		return open_selected(page, ui);
	default:
		return edit(page, ui, op);
	}
}

static bool point(struct view *view, int row, int column)
{
	struct attendees_view *page = (struct attendees_view *)view;
	if (!page->order.count || !region_holds(page->place, row, column))
		return false;
	size_t cell = grid_cell_at(&page->grid, row - page->place.row + page->top,
				   column - page->place.column);
	if (cell == SIZE_MAX)
		return false;
	move(page, cell);
	return true;
}

/* As a row of a table: the group headings say what the cells do not. */
static void copy_row(const struct attendee *attendee, struct strbuf *out)
{
	strbuf_addf(out, "%s\t%s\t%s\t%s\t%s\t%s", attendee->organization,
		    attendee->name ? attendee->name : "",
		    enum_label(&capacity_names, attendee->capacity),
		    enum_label(&attendance_status_names, attendee->status),
		    enum_label(&attendance_mode_names, attendee->mode),
		    attendee->delegate ? attendee->delegate : "");
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct attendees_view *page = (const struct attendees_view *)view;
	if (!page->order.count)
		return false;
	const struct attendee *attendee = attendee_at(page, page->selected);
	if (kind != COPY_ROW)
		return citation_copy(RECORD_ATTENDEE, attendee, kind, out);
	copy_row(attendee, out);
	return true;
}

static void close_page(struct view *view)
{
	struct attendees_view *page = (struct attendees_view *)view;
	record_set_release(&page->meeting);
	record_set_release(&page->attendees);
	vector_release(&page->order);
	grid_release(&page->grid);
	free(page);
}

static const struct view_class attendees_class = {
	.name = "attendees",
	.context = CONTEXT_GRID,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.close = close_page,
};

struct view *attendees_view_new(void *context)
{
	struct attendees_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &attendees_class;
	page->session = context;
	return &page->view;
}
