/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/attendance_matrix.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/list.h"
#include "nucleo/views/citation.h"
#include "nucleo/views/editing.h"

/* Meetings read at a time: more than the widest screen shows, with some to spare on both sides. */
enum { WINDOW = CANVAS_SIDE_MAX / MATRIX_CELL + 200, SPARE = 90 };
/* How many institutions the sentence names. */
#define NAMED_MAX 8

const struct attendance_line *matrix_line_at(const struct matrix *page, size_t i)
{
	return &page->table.lines.items[page->order.items[i]];
}

int matrix_group(const struct attendance_line *line)
{
	if (line->role == CAPACITY_OBSERVER)
		return MATRIX_OBSERVERS;
	if (line->role != CAPACITY_MEMBER)
		return MATRIX_OTHERS;
	return line->sector == ENUM_NONE ? SECTOR_OTHER : line->sector;
}

static int compare_lines(const void *a, const void *b)
{
	const struct attendance_line *left = a, *right = b;
	int by_group = matrix_group(left) - matrix_group(right);
	return by_group ? by_group : strcmp(left->sort, right->sort);
}

static void arrange(struct matrix *page)
{
	page->order.count = 0;
	if (page->table.lines.count)
		qsort(page->table.lines.items, page->table.lines.count,
		      sizeof(page->table.lines.items[0]), compare_lines);
	for (size_t i = 0; i < page->table.lines.count; i++) {
		const struct attendance_line *line = &page->table.lines.items[i];
		if (line->role != ENUM_NONE || line->tally.meetings)
			vector_push(&page->order, i);
	}
}

static void keep_selection(struct matrix *page)
{
	for (size_t i = 0; i < page->order.count; i++)
		if (matrix_line_at(page, i)->key == page->selected_key)
			page->selected = i;
	if (page->selected >= page->order.count)
		page->selected = page->order.count ? page->order.count - 1 : 0;
	if (page->meeting >= page->table.held)
		page->meeting = page->table.held ? page->table.held - 1 : 0;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct matrix *page = (struct matrix *)view;
	struct attendance_table table;
	struct attendance_query query = {
		.first = page->right > SPARE ? page->right - SPARE : 0,
		.count = WINDOW,
	};
	(void)ui;
	enum rc rc = store_attendance(session_store(page->session), &query, &table, err);
	if (rc != RC_OK)
		return rc;
	attendance_table_release(&page->table);
	page->table = table;
	arrange(page);
	keep_selection(page);
	return RC_OK;
}

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Asistencia a las reuniones"));
}

/* ---- the sentence */

static int by_streak(const void *a, const void *b)
{
	const struct attendance_line *left = *(const struct attendance_line *const *)a;
	const struct attendance_line *right = *(const struct attendance_line *const *)b;
	if (left->tally.absence_streak != right->tally.absence_streak)
		return left->tally.absence_streak < right->tally.absence_streak ? 1 : -1;
	return compare_lines(left, right);
}

/* Each is a part of its own, so that as many stay as fit. */
static void add_missing(const struct matrix *page, struct strbuf *out)
{
	VECTOR(const struct attendance_line *) missing = {0};
	for (size_t i = 0; i < page->order.count; i++)
		if (matrix_is_missed(matrix_line_at(page, i)))
			vector_push(&missing, matrix_line_at(page, i));
	if (missing.count)
		qsort(missing.items, missing.count, sizeof(missing.items[0]), by_streak);
	for (size_t i = 0; i < missing.count && i < NAMED_MAX; i++) {
		strbuf_adds(out, i ? " · " : _(" · ausencias seguidas: "));
		strbuf_addf(out, "%s (%lld)", missing.items[i]->acronym,
			    (long long)missing.items[i]->tally.absence_streak);
	}
	if (missing.count > NAMED_MAX)
		strbuf_addf(out, _(" · %zu más"), missing.count - NAMED_MAX);
	vector_release(&missing);
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct matrix *page = (const struct matrix *)view;
	int64_t attended = 0, meetings = 0;
	for (size_t i = 0; i < page->order.count; i++) {
		const struct attendance_line *line = matrix_line_at(page, i);
		if (line->role != CAPACITY_MEMBER)
			continue;
		attended += line->tally.attended;
		meetings += line->tally.meetings;
	}
	if (!page->table.held)
		return;
	strbuf_addf(out, ngettext("%zu reunión", "%zu reuniones", page->table.held),
		    page->table.held);
	if (meetings)
		strbuf_addf(out, _(" · asistencia media %lld %%"),
			    (long long)((attended * 100 + meetings / 2) / meetings));
	add_missing(page, out);
}

/* ---- moving */

/* What the cursor now needs may not have been read. */
static unsigned moved(struct matrix *page)
{
	size_t first = page->table.first, end = first + page->table.meetings.count;
	matrix_settle(page);
	page->selected_key = matrix_line_at(page, page->selected)->key;
	size_t oldest = page->right + page->cells;
	oldest = oldest > page->table.held ? page->table.held : oldest;
	return page->right < first || oldest > end ? UI_RELOAD : UI_REDRAW;
}

static unsigned move_line(struct matrix *page, bool down, size_t count)
{
	size_t last = page->order.count - 1;
	if (down)
		page->selected = page->selected + count < last ? page->selected + count : last;
	else
		page->selected -= count < page->selected ? count : page->selected;
	return moved(page);
}

/* Left of the oldest meeting stands the name. */
static unsigned step_left(struct matrix *page)
{
	if (!page->on_name && page->meeting + 1 >= page->table.held)
		page->on_name = true;
	else if (!page->on_name)
		page->meeting++;
	return moved(page);
}

/* From the name to the nearest cell in sight. */
static unsigned step_right(struct matrix *page)
{
	size_t end = page->right + page->cells;
	if (page->on_name) {
		page->meeting = (end < page->table.held ? end : page->table.held) - 1;
		page->on_name = false;
	} else if (page->meeting) {
		page->meeting--;
	}
	return moved(page);
}

static unsigned move_to(struct matrix *page, size_t meeting)
{
	page->on_name = false;
	page->meeting = meeting;
	return moved(page);
}

static unsigned change_side(struct matrix *page)
{
	if (page->on_name)
		return step_right(page);
	page->on_name = true;
	return moved(page);
}

static unsigned open_selected(struct matrix *page, struct ui *ui)
{
	const struct attendance_meeting *meeting = matrix_meeting_at(page, page->meeting);
	int64_t institution = matrix_line_at(page, page->selected)->key;
	if (page->on_name || !meeting)
		return ui_open(ui, organization_view_new(page->session, institution));
	return ui_open(ui, meeting_view_new(page->session, meeting->key, 0, 0));
}

static bool take_attendee(void *context, const void *record)
{
	*(int64_t *)context = ((const struct attendee *)record)->key;
	return false;
}

/* On a cell the attendance to that meeting, if it was noted; on a name the institution. */
static unsigned edit(struct matrix *page, struct ui *ui, enum op op)
{
	struct store *store = session_store(page->session);
	const struct attendance_meeting *meeting = matrix_meeting_at(page, page->meeting);
	struct editing_place place = {
		.kind = RECORD_ORGANIZATION,
		.key = matrix_line_at(page, page->selected)->key,
		.makes = {RECORD_ORGANIZATION, RECORD_KIND_COUNT},
	};
	struct list_query query = {.organization = place.key, .limit = 1};
	struct error err;
	if (page->on_name || !meeting)
		return editing_op(page->session, ui, op, &place);
	query.meeting = place.context.meeting = meeting->key;
	place.context.organization = place.key;
	place.kind = place.makes[0] = RECORD_ATTENDEE;
	place.key = 0;
	if (store_list(store, RECORD_ATTENDEE, &query, take_attendee, &place.key, &err) == RC_OK)
		return editing_op(page->session, ui, op, &place);
	ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_REDRAW;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct matrix *page = (struct matrix *)view;
	if (op == OP_LEAVE)
		return UI_CLOSE;
	if (!page->order.count || !page->table.held)
		return UI_PASS;
	switch (op) {
	case OP_UP:
	case OP_DOWN:
		return move_line(page, op == OP_DOWN, 1);
	case OP_PAGE_UP:
	case OP_PAGE_DOWN:
		return move_line(page, op == OP_PAGE_DOWN, page->page > 2 ? page->page - 1 : 1);
	case OP_STEP_LEFT:
		return step_left(page);
	case OP_STEP_RIGHT:
		return step_right(page);
	case OP_FIRST:
		return move_to(page, page->table.held - 1);
	case OP_LAST:
		return move_to(page, 0);
	case OP_NEXT_PANE:
		return change_side(page);
	case OP_OPEN_HERE:
		return open_selected(page, ui);
	default:
		return edit(page, ui, op);
	}
}

/* Where the line of the table stands among those shown. */
static size_t place_of(const struct matrix *page, size_t line)
{
	size_t i = 0;
	while (i + 1 < page->order.count && page->order.items[i] != line)
		i++;
	return i;
}

/* On a meeting a cell; the name for all beside them. */
static bool point(struct view *view, int row, int column)
{
	struct matrix *page = (struct matrix *)view;
	size_t line = page->top + (size_t)(row - page->place.row);
	if (!page->order.count || !region_holds(page->place, row, column) ||
	    line >= page->lines.count || page->lines.items[line].is_heading)
		return false;
	int across = column - page->place.column - page->cells_at;
	size_t cell = across < 0 ? page->shown : (size_t)(across / MATRIX_CELL);
	page->selected = place_of(page, page->lines.items[line].line);
	page->selected_key = matrix_line_at(page, page->selected)->key;
	page->on_name = cell >= page->shown;
	if (!page->on_name)
		page->meeting = page->right + page->shown - 1 - cell;
	return true;
}

static void copy_row(const struct attendance_line *line, struct strbuf *out)
{
	strbuf_addf(out, "%s\t%lld/%lld\t%lld", line->acronym, (long long)line->tally.attended,
		    (long long)line->tally.meetings, (long long)line->tally.absence_streak);
}

/* Of a cell a sentence that is true anywhere it is pasted. */
static void copy_cell(const struct matrix *page, const struct attendance_line *line,
		      enum copy_kind kind, struct strbuf *out)
{
	static const char *const sentences[PRESENCE_COUNT] = {
		[PRESENCE_NONE] = N_("%s no era miembro en %s"),
		[PRESENCE_IN_PERSON] = N_("%s presente en %s"),
		[PRESENCE_VIRTUAL] = N_("%s presente de forma virtual en %s"),
		[PRESENCE_EXCUSED] = N_("%s ausente con justificación en %s"),
		[PRESENCE_ABSENT] = N_("%s ausente en %s"),
	};
	const char *number = matrix_meeting_at(page, page->meeting)->number;
	const struct attendee cited = {.organization = line->acronym, .meeting = number};
	if (kind == COPY_TEXT)
		strbuf_addf(out, _(sentences[matrix_presence_at(page, line, page->meeting)]),
			    line->acronym, number);
	else
		citation_copy(RECORD_ATTENDEE, &cited, kind, out);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct matrix *page = (const struct matrix *)view;
	if (!page->order.count || !page->table.held)
		return false;
	const struct attendance_line *line = matrix_line_at(page, page->selected);
	const struct organization named = {.acronym = line->acronym, .name = line->name};
	if (kind == COPY_ROW)
		copy_row(line, out);
	else if (page->on_name || !matrix_meeting_at(page, page->meeting))
		citation_copy(RECORD_ORGANIZATION, &named, kind, out);
	else
		copy_cell(page, line, kind, out);
	return out->length > 0;
}

static void close_page(struct view *view)
{
	struct matrix *page = (struct matrix *)view;
	attendance_table_release(&page->table);
	vector_release(&page->order);
	vector_release(&page->lines);
	free(page);
}

static const struct view_class matrix_class = {
	.name = "attendance-matrix",
	.context = CONTEXT_MATRIX,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = matrix_draw,
	.op = op,
	.point = point,
	.copy = copy,
	.close = close_page,
};

struct view *attendance_matrix_new(struct session *session)
{
	struct matrix *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &matrix_class;
	page->session = session;
	page->on_name = true;
	page->cells = page->page = 1;
	return &page->view;
}
