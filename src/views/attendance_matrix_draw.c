/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/attendance_matrix.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

enum { MARK = 1, ACRONYM_MIN = 6, ACRONYM_MAX = 12, STREAK_BRIEF = 4, STREAK_FULL = 11 };
enum { COLUMNS_FOR_WORDS = 70, ROWS_FOR_YEARS = 8, ROWS_FOR_NOTE = 12, NOTE_ROWS = 3 };

static const char *group_title(int group)
{
	if (group == MATRIX_OBSERVERS)
		return _("Observadores");
	return group == MATRIX_OTHERS ? _("Invitados y anteriores")
				     : enum_label(&sector_names, group);
}

struct matrix_layout {
	int name, total, streak;
	int cells_at; /**< column of the oldest meeting shown */
	size_t shown; /**< meetings */
	int heads;    /**< rows above the lines */
};

bool matrix_is_missed(const struct attendance_line *line)
{
	return line->role != ENUM_NONE && line->tally.absence_streak >= ABSENCES_TO_NOTICE;
}

static int text_columns(int64_t attended, int64_t meetings)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%lld/%lld", (long long)attended, (long long)meetings);
	int columns = (int)text.length;
	strbuf_release(&text);
	return columns;
}

static struct matrix_layout layout_of(struct matrix *page, struct region body)
{
	bool wide = body.columns >= COLUMNS_FOR_WORDS;
	struct matrix_layout layout = {
		.name = ACRONYM_MIN,
		.total = 4,
		.streak = wide ? STREAK_FULL : STREAK_BRIEF,
		.heads = body.rows >= ROWS_FOR_YEARS ? 2 : 1,
	};
	for (size_t i = 0; i < page->order.count; i++) {
		const struct attendance_line *line = matrix_line_at(page, i);
		int name = utf8_width(line->acronym);
		int total = text_columns(line->tally.attended, line->tally.meetings);
		layout.name = name > layout.name ? name : layout.name;
		layout.total = total > layout.total ? total : layout.total;
	}
	layout.name = layout.name > ACRONYM_MAX ? ACRONYM_MAX : layout.name;
	layout.cells_at = MARK + layout.name;
	int room = body.columns - layout.cells_at - layout.total - layout.streak - 2;
	page->cells = room > MATRIX_CELL ? (size_t)(room / MATRIX_CELL) : 1;
	return layout;
}

void matrix_settle(struct matrix *page)
{
	size_t held = page->table.held, row = 0;
	if (!page->on_name && page->meeting < page->right)
		page->right = page->meeting;
	if (!page->on_name && page->meeting >= page->right + page->cells)
		page->right = page->meeting - page->cells + 1;
	if (page->right + page->cells > held)
		page->right = held > page->cells ? held - page->cells : 0;
	while (row < page->lines.count &&
	       (page->lines.items[row].is_heading ||
		page->lines.items[row].line != page->order.items[page->selected]))
		row++;
	size_t above = row && page->lines.items[row - 1].is_heading ? row - 1 : row;
	if (above < page->top)
		page->top = above;
	if (row >= page->top + page->page)
		page->top = row - page->page + 1;
	if (page->top + page->page > page->lines.count)
		page->top = page->lines.count > page->page ? page->lines.count - page->page : 0;
}

const struct attendance_meeting *matrix_meeting_at(const struct matrix *page, size_t meeting)
{
	size_t i = meeting - page->table.first;
	return meeting >= page->table.first && i < page->table.meetings.count
		       ? &page->table.meetings.items[i]
		       : NULL;
}

static int column_of(const struct matrix_layout *layout, const struct matrix *page, size_t meeting)
{
	return layout->cells_at + (int)(layout->shown - 1 - (meeting - page->right)) * MATRIX_CELL;
}

static int year_of(const struct attendance_meeting *meeting)
{
	return meeting && meeting->date != DATE_NONE ? date_to_civil(meeting->date).year : 0;
}

/* The lines of the body; where there are few rows, headings have none. */
static void make_lines(struct matrix *page, bool has_headings)
{
	int group = -1;
	page->lines.count = 0;
	for (size_t i = 0; i < page->order.count; i++) {
		size_t line = page->order.items[i];
		if (has_headings && matrix_group(matrix_line_at(page, i)) != group)
			vector_push(&page->lines, ((struct matrix_line){line, true}));
		group = matrix_group(matrix_line_at(page, i));
		vector_push(&page->lines, ((struct matrix_line){line, false}));
	}
}

/* A year once, above its first meeting; short where it has but one. */
static void draw_years(const struct matrix *page, const struct matrix_layout *layout,
		       struct region row)
{
	int drawn = 0;
	for (size_t i = page->right + layout->shown; i-- > page->right;) {
		int year = year_of(matrix_meeting_at(page, i));
		struct strbuf text;
		if (year == drawn)
			continue;
		drawn = year;
		bool alone = i > page->right && year_of(matrix_meeting_at(page, i - 1)) != year;
		strbuf_init(&text);
		strbuf_addf(&text, alone ? "%02d" : "%d", alone ? year % 100 : year);
		region_text(row, 0, column_of(layout, page, i) + 1, ROLE_DIM, text.data);
		strbuf_release(&text);
	}
}

/* The years of what is shown, where they have no line of their own. */
static void draw_corner(const struct matrix *page, const struct matrix_layout *layout,
			struct region row)
{
	struct strbuf text;
	size_t oldest = page->right + layout->shown - 1;
	int from = year_of(matrix_meeting_at(page, oldest));
	int to = year_of(matrix_meeting_at(page, page->right));
	strbuf_init(&text);
	strbuf_addf(&text, from == to ? "%d" : "%d–%02d", from, to % 100);
	region_label(region_part(row, 0, MARK, 1, layout->name), ALIGN_LEFT, ROLE_DIM, text.data);
	strbuf_release(&text);
}

static void draw_heads(const struct matrix *page, const struct matrix_layout *layout,
		       struct region body)
{
	struct region row = region_row(body, layout->heads - 1);
	int total_at = layout->cells_at + (int)layout->shown * MATRIX_CELL + 1;
	if (layout->heads > 1)
		draw_years(page, layout, region_row(body, 0));
	else
		draw_corner(page, layout, row);
	for (size_t i = page->right; i < page->right + layout->shown; i++) {
		const struct attendance_meeting *meeting = matrix_meeting_at(page, i);
		const char *tail = meeting ? strrchr(meeting->number, '-') : NULL;
		int at = column_of(layout, page, i);
		if (!meeting)
			continue;
		region_label(region_part(row, 0, at, 1, MATRIX_CELL), ALIGN_RIGHT,
			     !page->on_name && i == page->meeting ? ROLE_TITLE : ROLE_HEADING,
			     tail ? tail + 1 : meeting->number);
	}
	region_label(region_part(row, 0, total_at, 1, layout->total), ALIGN_RIGHT, ROLE_HEADING,
		     layout->total > 5 ? _("Vino a") : _("Vino"));
	region_label(region_part(row, 0, total_at + layout->total + 1, 1, layout->streak),
		     ALIGN_LEFT, ROLE_HEADING,
		     layout->streak == STREAK_FULL ? _("Ausencias") : _("Aus."));
}

static const char *presence_sign(int presence)
{
	static const int status[PRESENCE_COUNT] = {
		[PRESENCE_NONE] = ENUM_NONE,
		[PRESENCE_IN_PERSON] = ATTENDANCE_PRESENT,
		[PRESENCE_VIRTUAL] = ATTENDANCE_PRESENT,
		[PRESENCE_EXCUSED] = ATTENDANCE_EXCUSED,
		[PRESENCE_ABSENT] = ATTENDANCE_ABSENT,
	};
	return presence == PRESENCE_VIRTUAL ? enum_sign(&attendance_mode_names, MODE_VIRTUAL)
					    : enum_sign(&attendance_status_names, status[presence]);
}

static const char *presence_label(int presence)
{
	switch (presence) {
	case PRESENCE_IN_PERSON:
		return _("vino");
	case PRESENCE_VIRTUAL:
		return _("virtual");
	case PRESENCE_EXCUSED:
		return _("justificó, sin contar como ausencia");
	case PRESENCE_ABSENT:
		return _("no vino");
	default:
		return _("no era miembro");
	}
}

int matrix_presence_at(const struct matrix *page, const struct attendance_line *line,
		       size_t meeting)
{
	return matrix_meeting_at(page, meeting) ? line->presences[meeting - page->table.first]
					 : PRESENCE_NONE;
}

static void draw_totals(const struct attendance_line *line, const struct matrix_layout *layout,
			struct region row, int at)
{
	const struct attendance_tally *tally = &line->tally;
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%lld/%lld", (long long)tally->attended, (long long)tally->meetings);
	region_label(region_part(row, 0, at, 1, layout->total), ALIGN_RIGHT,
		     tally->meetings ? ROLE_TEXT : ROLE_DIM, tally->meetings ? text.data : "—");
	strbuf_reset(&text);
	if (tally->absence_streak && layout->streak == STREAK_FULL)
		strbuf_addf(&text,
			    ngettext("%lld sola", "%lld seguidas",
				     (unsigned long)tally->absence_streak),
			    (long long)tally->absence_streak);
	else if (tally->absence_streak)
		strbuf_addf(&text, "%lld", (long long)tally->absence_streak);
	region_label(region_part(row, 0, at + layout->total + 1, 1, layout->streak), ALIGN_LEFT,
		     matrix_is_missed(line) ? ROLE_WARNING : ROLE_DIM,
		     text.data);
	strbuf_release(&text);
}

static void draw_cells(const struct matrix *page, const struct matrix_layout *layout,
		       const struct attendance_line *line, struct region row)
{
	static const enum role roles[PRESENCE_COUNT] = {
		[PRESENCE_IN_PERSON] = ROLE_GOOD,
		[PRESENCE_VIRTUAL] = ROLE_GOOD,
		[PRESENCE_EXCUSED] = ROLE_DIM,
		[PRESENCE_ABSENT] = ROLE_WARNING,
	};
	for (size_t i = page->right; i < page->right + layout->shown; i++) {
		int presence = matrix_presence_at(page, line, i);
		region_text(row, 0, column_of(layout, page, i) + MATRIX_CELL - 1, roles[presence],
			    presence_sign(presence));
	}
}

static void draw_selection(const struct matrix *page, const struct matrix_layout *layout,
			   struct region row)
{
	region_text(row, 0, 0, ROLE_TEXT, "▶");
	if (page->on_name || !layout->shown) {
		region_select(region_part(row, 0, 0, 1, MARK + layout->name));
		region_cursor(row, 0, 0);
		return;
	}
	int at = column_of(layout, page, page->meeting);
	region_select(region_part(row, 0, at, 1, MATRIX_CELL));
	region_cursor(row, 0, at + MATRIX_CELL - 1);
}

static void draw_line(const struct matrix *page, const struct matrix_layout *layout,
		      const struct matrix_line *line, struct region row)
{
	const struct attendance_line *institution = &page->table.lines.items[line->line];
	int total_at = layout->cells_at + (int)layout->shown * MATRIX_CELL + 1;
	if (line->is_heading) {
		region_label(region_rest(row, 0, MARK), ALIGN_LEFT, ROLE_HEADING,
			     group_title(matrix_group(institution)));
		return;
	}
	region_label(region_part(row, 0, MARK, 1, layout->name), ALIGN_LEFT, ROLE_TEXT,
		     institution->acronym);
	draw_cells(page, layout, institution, row);
	draw_totals(institution, layout, row, total_at);
	if (line->line == page->order.items[page->selected])
		draw_selection(page, layout, row);
}

void matrix_add_note(const struct matrix *page, struct strbuf *out)
{
	const struct attendance_line *line = matrix_line_at(page, page->selected);
	const struct attendance_meeting *meeting = matrix_meeting_at(page, page->meeting);
	strbuf_adds(out, line->name ? line->name : line->acronym);
	if (page->on_name || !meeting)
		return;
	strbuf_addf(out, " · %s (", meeting->number);
	date_add_local(out, meeting->date);
	strbuf_addf(out, "): %s", presence_label(matrix_presence_at(page, line, page->meeting)));
}

static void draw_note(const struct matrix *page, struct region place)
{
	struct strbuf note;
	strbuf_init(&note);
	matrix_add_note(page, &note);
	strbuf_addch(&note, '\n');
	for (int presence = PRESENCE_IN_PERSON; presence < PRESENCE_COUNT; presence++)
		strbuf_addf(&note, "%s%s %s", presence > PRESENCE_IN_PERSON ? " · " : "",
			    presence_sign(presence), presence_label(presence));
	region_note(place, note.data);
	strbuf_release(&note);
}

static void draw_empty(struct region body)
{
	region_paragraph(region_rest(body, 0, 1), ROLE_DIM,
			 _("Aquí va quién vino a cada reunión. La primera llega con un acta: "
			   "nucleo import acta ARCHIVO."));
	region_cursor(body, 0, 0);
}

void matrix_draw(struct view *view, struct region body)
{
	struct matrix *page = (struct matrix *)view;
	if (!page->order.count || !page->table.held) {
		draw_empty(body);
		return;
	}
	int note = body.rows >= ROWS_FOR_NOTE ? NOTE_ROWS : 0;
	struct matrix_layout layout = layout_of(page, body);
	struct region lines = region_part(body, layout.heads, 0, body.rows - layout.heads - note,
					  body.columns);
	make_lines(page, body.rows >= ROWS_FOR_YEARS);
	page->page = lines.rows > 0 ? (size_t)lines.rows : 1;
	matrix_settle(page);
	layout.shown = page->table.held - page->right;
	layout.shown = layout.shown > page->cells ? page->cells : layout.shown;
	page->place = lines;
	page->cells_at = layout.cells_at;
	page->shown = layout.shown;
	draw_heads(page, &layout, body);
	for (size_t i = page->top; i < page->lines.count && i < page->top + page->page; i++)
		draw_line(page, &layout, &page->lines.items[i],
			  region_row(lines, (int)(i - page->top)));
	if (note)
		draw_note(page, region_rest(body, body.rows - note, 0));
}
