/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/ui/wrap.h"
#include "nucleo/views/sala_parts.h"

/* The record of an item, drawn: who said what and when, and what came of it. */

/* Columns of the time and of who speaks; below so many there is no room for the time. */
enum { TIME_COLUMNS = 6, SPEAKER_COLUMNS = 9, ROOM_FOR_TIME = 44, SIGN_COLUMNS = 2 };
/* What came of a line begins so many columns before it: it is read as one, in a row. */
enum { REMARK_COLUMNS = 6 };
/* Before the text: the sign of what is new, or of the selection. */
enum { MARGIN = 2 };
#define MARK_SIGN "⚑"

/* ---- its rows */

static bool has_time(int width)
{
	return width >= ROOM_FOR_TIME;
}

/* The column of the pane where the text begins. */
static int text_column(int width)
{
	return MARGIN + (has_time(width) ? TIME_COLUMNS : 0) + SPEAKER_COLUMNS;
}

static struct sala_row *add_row(struct sala_record *record, size_t entry, enum role role,
				const char *text, size_t length)
{
	struct sala_row *row = vector_add(&record->rows);
	row->entry = entry;
	row->role = role;
	row->text = mem_strndup(text, length);
	return row;
}

static size_t part_in(size_t at, const struct wrap_line *line)
{
	size_t from = at > line->start ? at - line->start : 0;
	return from < line->length ? from : line->length;
}

static void add_wrapped(struct sala_record *record, size_t entry, const char *text, size_t said,
			int columns)
{
	wrap_lines lines = {0};
	const struct prose_span mark = record->marks.items[entry];
	wrap_text(text, columns, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		const struct wrap_line *line = &lines.items[i];
		struct sala_row *row =
			add_row(record, entry, ROLE_TEXT, text + line->start, line->length);
		size_t from = part_in(mark.start, line);
		row->is_first = i == 0;
		row->said = part_in(said, line);
		row->mark.start = from;
		row->mark.length = part_in(mark.start + mark.length, line) - from;
		row->is_marked = row->mark.length && mark.start >= line->start;
	}
	vector_release(&lines);
}

static void add_remark(struct sala_record *record, size_t entry, enum role role,
		       const struct strbuf *text, int columns)
{
	wrap_lines lines = {0};
	wrap_text(text->data, columns + REMARK_COLUMNS, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		const struct wrap_line *line = &lines.items[i];
		add_row(record, entry, role, text->data + line->start, line->length)->said =
			line->length;
	}
	vector_release(&lines);
}

/* "= R-2024-01-02 · por consenso", and how it was voted. */
static void add_decision(struct sala_record *record, size_t i, const struct resolution *entry,
			 int columns)
{
	struct strbuf text;
	if (entry->kind != ENTRY_DECISION)
		return;
	strbuf_init(&text);
	strbuf_addf(&text, "= %s", entry->decision_number ? entry->decision_number : "");
	if (entry->decision_kind != ENUM_NONE)
		strbuf_addf(&text, " · %s", enum_label(&decision_kind_names, entry->decision_kind));
	if (entry->tally)
		strbuf_addf(&text, " · %s", entry->tally);
	add_remark(record, i, ROLE_GOOD, &text, columns);
	strbuf_release(&text);
}

static void add_followups(const struct sala *page, struct sala_record *record, size_t i,
			  const struct resolution *entry, int columns)
{
	for (size_t n = 0; n < page->followups.count; n++) {
		const struct followup *followup = record_set_at(&page->followups, n);
		struct strbuf text;
		if (followup->entry_key != entry->key)
			continue;
		strbuf_init(&text);
		strbuf_addf(&text, "→ %s", followup->id);
		if (followup->responsible && *followup->responsible) {
			strbuf_adds(&text, " · ");
			record_list_add(&text, followup->responsible, ", ");
		}
		if (followup->due != DATE_NONE) {
			strbuf_adds(&text, " · ");
			date_add_local(&text, followup->due);
		}
		add_remark(record, i, ROLE_LINK, &text, columns);
		strbuf_release(&text);
	}
}

/* What was said, and who wrote it down where that is somebody else. */
static void add_text(const struct sala *page, struct sala_record *record, size_t i,
		     const struct resolution *entry, int columns)
{
	const struct entry_origin *origin = entry_origin_of(&page->origins, entry->key);
	const char *own = store_actor(session_store(page->session));
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(&text, entry->text);
	if (origin && *origin->by && strcmp(origin->by, own) != 0)
		strbuf_addf(&text, _(" — anota %s"), origin->by);
	add_wrapped(record, i, text.data, strlen(entry->text), columns);
	strbuf_release(&text);
}

static void make_rows(struct sala *page, int width)
{
	struct sala_record *record = &page->record;
	int columns = width - text_column(width) - SIGN_COLUMNS;
	sala_record_forget_rows(record);
	record->width = width;
	for (size_t i = 0; i < record->entries.count; i++) {
		const struct resolution *entry = sala_record_at(page, i);
		add_text(page, record, i, entry, columns);
		add_decision(record, i, entry, columns);
		add_followups(page, record, i, entry, columns);
	}
}

/* The selected entry in sight: its end, and its beginning where there is room for both. */
static void settle(struct sala_record *record, size_t page)
{
	size_t from = record->rows.count, to = 0;
	for (size_t i = 0; i < record->rows.count; i++) {
		if (record->rows.items[i].entry != record->selected)
			continue;
		from = i < from ? i : from;
		to = i + 1;
	}
	record->page = page;
	if (to > record->top + page)
		record->top = to - page;
	if (from < record->top)
		record->top = from;
	if (record->top + page > record->rows.count)
		record->top = record->rows.count > page ? record->rows.count - page : 0;
}

/* ---- drawing */

/* When it was said, where it was written on the day of the meeting. */
static void draw_time(const struct sala *page, struct region row, const struct resolution *entry)
{
	const struct entry_origin *origin = entry_origin_of(&page->origins, entry->key);
	struct strbuf text;
	day_number day;
	day_minute time;
	if (!origin || !clock_find_local(origin->at, &day, &time) ||
	    day != sala_meeting(page)->date)
		return;
	strbuf_init(&text);
	daytime_add_local(&text, time);
	region_text(row, 0, 0, ROLE_DIM, text.data);
	strbuf_release(&text);
}

/* What it is beside its text, in one column: the most telling first. */
static const char *sign_of(const struct resolution *entry)
{
	if (entry->is_private)
		return "~";
	if (entry->is_doubt)
		return "?";
	if (entry->kind == ENTRY_REQUEST || entry->kind == ENTRY_UNDERTAKING)
		return "!";
	return entry->kind == ENTRY_DECISION ? "=" : "";
}

static void draw_first(const struct sala *page, struct region row,
		       const struct resolution *entry)
{
	int at = MARGIN;
	if (news_is_marked(&page->session->news, entry->key))
		region_text(row, 0, 0, ROLE_NOTICE, NEWS_SIGN);
	if (has_time(row.columns)) {
		draw_time(page, region_part(row, 0, at, 1, TIME_COLUMNS - 1), entry);
		at += TIME_COLUMNS;
	}
	if (entry->organization)
		region_label(region_part(row, 0, at, 1, SPEAKER_COLUMNS - 1), ALIGN_LEFT,
			     ROLE_HEADING, entry->organization);
	region_text(row, 0, row.columns - 1, ROLE_WARNING, sign_of(entry));
}

/* The sentence that says something is to be done stands out in its row. */
static void draw_text(struct region row, const struct sala_row *line)
{
	const size_t ends[] = {line->mark.start, line->mark.start + line->mark.length, line->said,
			       strlen(line->text)};
	const enum role roles[] = {line->role, ROLE_MATCH, line->role, ROLE_DIM};
	struct strbuf part;
	size_t at = 0;
	int column = 0;
	strbuf_init(&part);
	for (size_t i = line->mark.length ? 0 : 2; i < ARRAY_COUNT(ends); i++) {
		strbuf_reset(&part);
		strbuf_add(&part, line->text + at, ends[i] - at);
		column = region_text(row, 0, column, roles[i], part.data);
		at = ends[i];
	}
	strbuf_release(&part);
}

static void draw_row(const struct sala *page, struct region row, const struct sala_row *line,
		     bool focus)
{
	const struct sala_record *record = &page->record;
	int column = text_column(row.columns) - (line->role == ROLE_TEXT ? 0 : REMARK_COLUMNS);
	bool is_selected = focus && line->entry == record->selected;
	if (line->is_first)
		draw_first(page, row, sala_record_at(page, line->entry));
	if (line->is_marked)
		region_text(row, 0, column - 1, ROLE_WARNING, MARK_SIGN);
	draw_text(region_part(row, 0, column, 1, row.columns - column - SIGN_COLUMNS), line);
	if (!is_selected)
		return;
	region_select(row);
	if (!line->is_first)
		return;
	region_text(row, 0, 0, ROLE_TEXT, "▶");
	region_cursor(row, 0, 0);
}

static void draw_heading(const struct sala *page, struct region row)
{
	const struct agenda_item *item = sala_item(page, page->shown);
	struct strbuf text;
	strbuf_init(&text);
	if (item)
		strbuf_addf(&text, "%s. %s", item->label, item->title);
	else
		strbuf_adds(&text, _("Antes del primer punto"));
	if (page->shown != page->current && page->is_open)
		strbuf_adds(&text, _(" · no es el que se trata"));
	region_label(region_rest(row, 0, MARGIN), ALIGN_LEFT, ROLE_HEADING, text.data);
	strbuf_release(&text);
}

void sala_record_draw(struct sala *page, struct region region, bool focus)
{
	struct sala_record *record = &page->record;
	draw_heading(page, region_row(region, 0));
	region = region_rest(region, 1, 0);
	record->place = region;
	if (record->width != region.columns)
		make_rows(page, region.columns);
	settle(record, region.rows > 0 ? (size_t)region.rows : 0);
	for (int i = 0; i < region.rows && record->top + (size_t)i < record->rows.count; i++)
		draw_row(page, region_row(region, i), &record->rows.items[record->top + (size_t)i],
			 focus);
	if (record->entries.count)
		return;
	region_paragraph(region_rest(region, 0, MARGIN), ROLE_DIM,
			 page->is_open && page->shown == page->current
				 ? _("Nada anotado todavía en este punto; lo que se escriba "
					   "abajo entra aquí con Enter.")
				       : _("Nada anotado en este punto."));
	if (focus)
		region_cursor(region, 0, 0);
}
