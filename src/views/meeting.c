/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/roll.h"
#include "nucleo/views/citation.h"
#include "nucleo/views/convening.h"
#include "nucleo/views/convocatoria.h"
#include "nucleo/views/editing.h"
#include "nucleo/views/meeting_view.h"
#include "nucleo/views/phrases.h"

/* One meeting: its items as a tree on the left (or above), and what was said
 * under the selected one on the right (or below). The first row of the tree is
 * the heading of the acta itself. */

enum { COLUMN_LABEL, COLUMN_TITLE, COLUMN_STATE, COLUMN_COUNT };
/* From so many columns the panes stand side by side; from so many rows both fit in a column. */
enum { BESIDE_COLUMNS = 72, BELOW_ROWS = 12 };

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_LABEL] = {.title = N_("Punto"), .min = 5, .is_tree = true},
	[COLUMN_TITLE] = {.title = N_("Orden del día"), .min = 8, .weight = 10},
	[COLUMN_STATE] = {.title = "", .min = 1},
};

static void add_heading_row(struct table_rows *rows)
{
	struct table_row *row = table_rows_add(rows, 0, "");
	table_row_text(row, COLUMN_LABEL, ROLE_TITLE, _("Acta"));
	table_row_text(row, COLUMN_TITLE, ROLE_TITLE, _("lugar, firmas, anexos"));
}

static void add_item_row(const struct meeting_view *page, struct table_rows *rows,
			 const struct agenda_item *item)
{
	struct table_row *row = table_rows_add(rows, item->key, item->sort);
	row->sign = news_is_marked(&page->detail.session->news, item->key) ? NEWS_SIGN : NULL;
	row->sign_role = ROLE_NOTICE;
	const char *dot = strrchr(item->label, '.');
	row->depth = item->parent_key != 0;
	table_row_text(row, COLUMN_LABEL, ROLE_TEXT,
		       item->parent_key && dot ? dot + 1 : item->label);
	table_row_text(row, COLUMN_TITLE, ROLE_TEXT, item->title);
	table_row_text(row, COLUMN_STATE, ROLE_GOOD, enum_sign(&item_state_names, item->state));
}

/* A meeting has tens of items, all in memory: the table gets those after (or
 * before) the row it names. */
static enum rc fetch(void *context, const struct table_query *query, struct table_rows *out,
		     struct error *err)
{
	const struct meeting_view *page = context;
	int64_t count = (int64_t)page->records.items.count + 1, at = query->backwards ? count : -1;
	(void)err;
	for (int64_t i = 0; query->sort && i < count; i++) {
		const struct agenda_item *item =
			i ? record_set_at(&page->records.items, (size_t)i - 1) : NULL;
		if ((item ? item->key : 0) == query->key)
			at = i;
	}
	for (size_t n = 0; n < query->limit; n++) {
		at += query->backwards ? -1 : 1;
		if (at < 0 || at >= count)
			break;
		if (at == 0)
			add_heading_row(out);
		else
			add_item_row(page, out,
				     record_set_at(&page->records.items, (size_t)at - 1));
	}
	return RC_OK;
}

static enum rc load_records(struct meeting_view *page, struct error *err)
{
	struct store *store = session_store(page->detail.session);
	enum rc rc = meeting_records_load(&page->records, store, page->key, err);
	strbuf_reset(&page->quorum);
	if (rc == RC_OK)
		rc = roll_add_acta_quorum(store, page->key, &page->quorum, err);
	return rc;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct meeting_view *page = (struct meeting_view *)view;
	enum rc rc = load_records(page, err);
	if (rc == RC_OK)
		rc = table_load(&page->tree, err);
	if (rc != RC_OK)
		return rc;
	if (page->detail.session->meeting != page->key)
		ui_mark_stale(ui);
	page->detail.session->meeting = page->key;
	bool is_there = !page->item || table_select(&page->tree, page->item, NULL) == RC_OK;
	if (page->entry && is_there)
		page->reading = page->came_reading = true;
	page->item = 0;
	pager_clear(&page->pager);
	page->shown = -1;
	meeting_view_show(page);
	page->entry = 0;
	return RC_OK;
}

static void title(const struct view *view, struct strbuf *out)
{
	const struct meeting *meeting = meeting_view_meeting((const struct meeting_view *)view);
	strbuf_adds(out, meeting ? meeting->number : "…");
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct meeting_view *page = (const struct meeting_view *)view;
	const struct meeting *meeting = meeting_view_meeting(page);
	if (!meeting)
		return;
	date_add_local(out, meeting->date);
	if (meeting->starts != DAY_MINUTE_NONE)
		strbuf_addch(out, ' ');
	phrase_hours(out, meeting);
	strbuf_addf(out, " · %s", enum_label(&meeting_status_names, meeting->status));
	meeting_agenda_add_minutes(out, page);
	strbuf_addf(out, _(" · asisten %lld"), (long long)meeting->present_count);
	if (meeting->place)
		strbuf_addf(out, " · %s", meeting->place);
}

static void draw_beside(struct meeting_view *page, struct region body)
{
	int left = body.columns * 2 / 5;
	table_draw(&page->tree, region_part(body, 0, 0, body.rows, left), !page->reading);
	region_rule_down(region_part(body, 0, left + 1, body.rows, 1), ROLE_RULE);
	pager_draw(&page->pager, region_rest(body, 0, left + 3), page->reading);
}

/* In a low window the pane being read takes what it can. */
static void draw_below(struct meeting_view *page, struct region body)
{
	bool low = body.rows < BELOW_ROWS;
	int above = low && page->reading ? 1 : body.rows / 2;
	int rule = !(low && page->reading);
	page->tree.hide_header = true;
	table_draw(&page->tree, region_part(body, 0, 0, above, body.columns), !page->reading);
	region_rule_across(region_part(body, above, 0, rule, body.columns), ROLE_RULE);
	pager_draw(&page->pager, region_rest(body, above + rule, 0), page->reading);
}

static void draw(struct view *view, struct region body)
{
	struct meeting_view *page = (struct meeting_view *)view;
	page->tree.hide_header = false;
	if (body.columns >= BESIDE_COLUMNS)
		draw_beside(page, body);
	else
		draw_below(page, body);
}

/* The paragraph in front in the pane of resolutions. */
static const struct resolution *entry_in_front(const struct meeting_view *page)
{
	size_t block = pager_block_in_front(&page->pager);
	const struct resolution *found = NULL;
	for (size_t i = 0; i < page->places.count; i++)
		if (!found || page->places.items[i].block <= block)
			found = record_set_at(&page->records.entries, page->places.items[i].entry);
	return found;
}

/* What one reads: the paragraph, else the item, else the meeting itself. */
static unsigned edit(struct meeting_view *page, struct ui *ui, enum op op)
{
	const struct resolution *entry = page->reading ? entry_in_front(page) : NULL;
	const struct agenda_item *item = meeting_view_item(page);
	struct editing_place place = {
		.kind = RECORD_MEETING,
		.key = page->key,
		.makes = {RECORD_AGENDA, RECORD_RESOLUTION, RECORD_ATTENDEE, RECORD_KIND_COUNT},
		.context = {.meeting = page->key, .item = item ? item->key : 0},
	};
	if (page->reading) {
		place.makes[0] = RECORD_RESOLUTION;
		place.makes[1] = RECORD_KIND_COUNT;
	}
	if (item) {
		place.kind = RECORD_AGENDA;
		place.key = item->key;
	}
	if (entry) {
		place.kind = RECORD_RESOLUTION;
		place.key = entry->key;
	}
	return editing_op(page->detail.session, ui, op, &place);
}

static unsigned open_link(struct meeting_view *page, struct ui *ui)
{
	if (page->reading)
		return detail_open_link(&page->detail, ui);
	page->reading = true;
	return UI_REDRAW;
}

/* Of the item in front; on the heading, of the meeting and all that belongs to it. */
static unsigned open_versions(const struct meeting_view *page, struct ui *ui)
{
	const struct agenda_item *item = meeting_view_item(page);
	return ui_open(ui, versions_view_new(page->detail.session,
					     item ? RECORD_AGENDA : RECORD_MEETING,
					     item ? item->key : page->key));
}

/* Of the paragraph in front, in the pane of resolutions. */
static unsigned decide(const struct meeting_view *page, struct ui *ui)
{
	const struct resolution *entry = page->reading ? entry_in_front(page) : NULL;
	if (entry)
		return decision_open(page->detail.session, ui, entry->key);
	ui_say(ui, ROLE_DIM, "%s", _("Elija primero, con Tab, el párrafo que se decide."));
	return UI_REDRAW;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct meeting_view *page = (struct meeting_view *)view;
	if (page->reading ? pager_op(&page->pager, op) : table_op(&page->tree, op)) {
		meeting_view_show(page);
		return UI_REDRAW;
	}
	if (op == OP_OPEN)
		return open_link(page, ui);
	if (op == OP_VERSIONS)
		return open_versions(page, ui);
	if (op == OP_DECISION)
		return decide(page, ui);
	if (op == OP_CONVOCATORIA)
		return convocatoria_ask(page->detail.session, ui);
	if (op == OP_NEXT_PANE || (op == OP_BACK && page->reading && !page->came_reading)) {
		page->reading = !page->reading;
		page->came_reading = false;
		return UI_REDRAW;
	}
	unsigned done = meeting_agenda_op(page, ui, op);
	if (done & UI_PASS)
		done = closing_op(page->detail.session, ui, op, page->key);
	return done & UI_PASS ? edit(page, ui, op) : done;
}

static void focus(struct view *view, int row, int column)
{
	struct meeting_view *page = (struct meeting_view *)view;
	if (region_holds(page->tree.place, row, column))
		page->reading = false;
	else if (region_holds(page->pager.place, row, column))
		page->reading = true;
}

static bool point(struct view *view, int row, int column)
{
	struct meeting_view *page = (struct meeting_view *)view;
	if (pager_point(&page->pager, row, column))
		return true;
	if (!table_point(&page->tree, row, column))
		return false;
	meeting_view_show(page);
	return true;
}

/* What one reads: the paragraph, else the item, else the meeting itself. */
static bool copy_selected(const struct meeting_view *page, enum copy_kind kind,
			  struct strbuf *out)
{
	const struct resolution *entry = page->reading ? entry_in_front(page) : NULL;
	const struct agenda_item *item = meeting_view_item(page);
	if (entry)
		return citation_copy(RECORD_RESOLUTION, entry, kind, out);
	if (item)
		return citation_copy(RECORD_AGENDA, item, kind, out);
	return meeting_view_meeting(page) &&
	       citation_copy(RECORD_MEETING, meeting_view_meeting(page), kind, out);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct meeting_view *page = (const struct meeting_view *)view;
	switch (kind) {
	case COPY_ROW:
		return !page->reading && table_copy(&page->tree, out);
	case COPY_LINK:
		return page->reading && pager_copy_link(&page->pager, out);
	case COPY_PAGE:
		return pager_copy(&page->pager, out);
	default:
		return copy_selected(page, kind, out);
	}
}

static void close_page(struct view *view)
{
	struct meeting_view *page = (struct meeting_view *)view;
	table_release(&page->tree);
	pager_release(&page->pager);
	vector_release(&page->detail.targets);
	vector_release(&page->places);
	meeting_records_release(&page->records);
	strbuf_release(&page->quorum);
	free(page);
}

static const struct view_class meeting_class = {
	.name = "meeting",
	.context = CONTEXT_TREE,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.focus = focus,
	.copy = copy,
	.close = close_page,
};

struct view *meeting_view_new(struct session *session, int64_t key, int64_t item, int64_t entry)
{
	struct meeting_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &meeting_class;
	page->key = key;
	page->item = item;
	page->entry = entry;
	page->shown = -1;
	strbuf_init(&page->quorum);
	table_init(&page->tree, columns, COLUMN_COUNT,
		   (struct table_source){.context = page, .fetch = fetch});
	pager_init(&page->pager);
	page->detail.session = session;
	page->detail.pager = &page->pager;
	return &page->view;
}
