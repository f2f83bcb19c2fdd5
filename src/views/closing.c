/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/closing_view.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/editing.h"
#include "nucleo/views/meeting_records.h"
#include "nucleo/views/open_record.h"

/* Rows from which both tables are in sight. */
enum { BOTH_ROWS = 12 };

const struct meeting *closing_view_meeting(const struct closing_view *page)
{
	return page->meeting.count ? record_set_at(&page->meeting, 0) : NULL;
}

const struct followup *closing_view_followup(const struct closing_view *page)
{
	const struct table_row *row = table_selected(&page->actions);
	for (size_t i = 0; row && i < page->followups.count; i++) {
		const struct followup *followup = record_set_at(&page->followups, i);
		if (followup->key == row->key)
			return followup;
	}
	return NULL;
}

enum closing_verdict closing_view_verdict(const struct closing_view *page,
					  const struct followup *followup)
{
	const struct closing_choice *mark = closing_table_row(&page->marks, followup->key);
	if (mark)
		return mark->verdict;
	return closing_is_complete(followup) ? CLOSING_CONFIRM : CLOSING_LEAVE;
}

size_t closing_view_count(const struct closing_view *page, enum closing_verdict verdict)
{
	size_t count = 0;
	for (size_t i = 0; i < page->followups.count; i++)
		count += closing_view_verdict(page, record_set_at(&page->followups, i)) == verdict;
	return count;
}

/* ---- reading */

static bool take_proposed(void *context, const void *row)
{
	const struct followup *followup = row;
	return followup->status != FOLLOWUP_PROPOSED || record_set_add(context, row);
}

static int by_code(const void *a, const void *b)
{
	const struct followup *left = a, *right = b;
	return strcmp(left->id ? left->id : "", right->id ? right->id : "");
}

/* By date, as lists have them, rows would move while one gives them their dates. */
static void arrange(struct record_set *followups)
{
	if (followups->count)
		qsort(followups->rows, followups->count, sizeof(struct followup), by_code);
}

static enum rc load_records(struct closing_view *page, struct error *err)
{
	struct store *store = session_store(page->session);
	const struct list_query parts = {.meeting = page->key};
	record_set_release(&page->meeting);
	record_set_release(&page->followups);
	enum rc rc = meeting_records_load_meeting(&page->meeting, store, page->key, err);
	page->followups.kind = &record_kinds[RECORD_FOLLOWUP];
	if (rc == RC_OK)
		rc = store_list(store, RECORD_FOLLOWUP, &parts, take_proposed, &page->followups,
				err);
	arrange(&page->followups);
	return rc;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct closing_view *page = (struct closing_view *)view;
	struct closing_report report = {0};
	(void)ui;
	enum rc rc = load_records(page, err);
	if (rc == RC_OK)
		rc = closing_check(session_store(page->session), page->key, &report, err);
	if (rc != RC_OK)
		return rc;
	closing_report_release(&page->report);
	page->report = report;
	rc = table_load(&page->remarks, err);
	if (rc == RC_OK)
		rc = table_load(&page->actions, err);
	/* One begins where there is something to do. */
	if (!page->was_shown)
		page->in_actions = !page->report.remarks.count && page->followups.count;
	page->was_shown = true;
	page->in_actions = page->in_actions && page->followups.count;
	return rc;
}

/* ---- looks */

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Cerrar la reunión"));
}

static void add_state(const struct meeting *meeting, struct strbuf *out)
{
	strbuf_addf(out, "%s · %s", meeting->number,
		    enum_label(&meeting_status_names, meeting->status));
	if (meeting->closed == DAY_MINUTE_NONE)
		return;
	strbuf_addch(out, ' ');
	daytime_add_local(out, meeting->closed);
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct closing_view *page = (const struct closing_view *)view;
	const struct meeting *meeting = closing_view_meeting(page);
	size_t missing = closing_missing(&page->report);
	size_t hints = page->report.remarks.count - missing;
	size_t confirmed = closing_view_count(page, CLOSING_CONFIRM);
	if (!meeting)
		return;
	add_state(meeting, out);
	if (missing)
		strbuf_addf(out, ngettext(" · falta %zu cosa", " · faltan %zu cosas", missing),
			    missing);
	else
		strbuf_adds(out, _(" · no falta nada"));
	if (hints)
		strbuf_addf(out, ngettext(" · %zu aviso", " · %zu avisos", hints), hints);
	if (page->followups.count)
		strbuf_addf(out, _(" · acciones: %zu de %zu por confirmar"), confirmed,
			    page->followups.count);
}

static void draw_table(struct closing_view *page, bool actions, struct region place)
{
	table_draw(actions ? &page->actions : &page->remarks, place, actions == page->in_actions);
}

/* In a low window one table is in sight: what the other has. */
static void draw_other(const struct closing_view *page, struct region row)
{
	size_t count = page->in_actions ? page->report.remarks.count : page->followups.count;
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text,
		    page->in_actions
			    ? ngettext("Tab: %zu cosa que mirar", "Tab: %zu cosas que mirar", count)
			    : ngettext("Tab: %zu acción propuesta", "Tab: %zu acciones propuestas",
				       count),
		    count);
	region_text(row, 0, 1, ROLE_DIM, text.data);
	strbuf_release(&text);
}

static void draw(struct view *view, struct region body)
{
	struct closing_view *page = (struct closing_view *)view;
	int actions = (int)page->followups.count + 1 + page->actions.note_rows;
	if (body.rows < BOTH_ROWS) {
		draw_table(page, page->in_actions,
			   region_part(body, 0, 0, body.rows - 1, body.columns));
		draw_other(page, region_row(body, body.rows - 1));
		return;
	}
	/* What has few rows leaves the rest to the other. */
	int below = actions < body.rows / 2 ? actions : body.rows / 2;
	below = below < 4 ? 4 : below;
	int above = body.rows - below - 1;
	draw_table(page, false, region_part(body, 0, 0, above, body.columns));
	region_rule_across(region_part(body, above, 0, 1, body.columns), ROLE_RULE);
	draw_table(page, true, region_rest(body, above + 1, 0));
}

/* ---- keys */

static unsigned edit(struct closing_view *page, struct ui *ui, enum record_kind_id kind,
		     int64_t key)
{
	const struct editing_place place = {
		.kind = kind, .key = key, .makes = {RECORD_KIND_COUNT}};
	return editing_op(page->session, ui, OP_EDIT, &place);
}

/* Where it is mended: a form for what is one, else the place in the record. */
static unsigned go(struct closing_view *page, struct ui *ui, const struct closing_remark *remark)
{
	switch (remark->kind) {
	case CLOSING_ATTENDANCE:
	case CLOSING_QUORUM:
		return ui_open(ui, roll_view_new(page->session, page->key));
	case CLOSING_FOLLOWUP:
		return edit(page, ui, RECORD_FOLLOWUP, remark->followup);
	case CLOSING_DECISION:
	case CLOSING_VOTE:
		return decision_open(page->session, ui, remark->entry);
	case CLOSING_DOUBT:
		return edit(page, ui, RECORD_RESOLUTION, remark->entry);
	case CLOSING_SIGNATURE:
		return edit(page, ui, RECORD_MEETING, page->key);
	default:
		return open_record(page->session, ui,
				   &(struct record_target){.kind = RECORD_MEETING,
							   .key = page->key,
							   .item = remark->item,
							   .entry = remark->entry});
	}
}

static unsigned open_selected(struct closing_view *page, struct ui *ui)
{
	const struct followup *followup = closing_view_followup(page);
	const struct table_row *row = table_selected(&page->remarks);
	if (page->in_actions)
		return followup ? edit(page, ui, RECORD_FOLLOWUP, followup->key) : UI_REDRAW;
	if (!row || row->key < 1 || (size_t)row->key > page->report.remarks.count)
		return UI_REDRAW;
	return go(page, ui, &page->report.remarks.items[row->key - 1]);
}

/* What it was marked as it is no more. */
static unsigned mark(struct closing_view *page, enum closing_verdict wanted)
{
	const struct followup *followup = closing_view_followup(page);
	if (!page->in_actions || !followup)
		return UI_REDRAW;
	enum closing_verdict now = closing_view_verdict(page, followup);
	struct closing_choice *row = closing_table_row(&page->marks, followup->key);
	if (!row) {
		row = vector_add(&page->marks.rows);
		row->followup = followup->key;
	}
	row->verdict = now == wanted ? CLOSING_LEAVE : wanted;
	return UI_RELOAD;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct closing_view *page = (struct closing_view *)view;
	if (table_op(page->in_actions ? &page->actions : &page->remarks, op))
		return UI_REDRAW;
	switch (op) {
	case OP_OPEN:
		return open_selected(page, ui);
	case OP_NEXT_PANE:
		page->in_actions = !page->in_actions;
		return UI_REDRAW;
	case OP_CONFIRM:
		return mark(page, CLOSING_CONFIRM);
	case OP_DROP:
		return mark(page, CLOSING_DROP);
	case OP_SET_RESPONSIBLE:
	case OP_SET_DUE:
	case OP_SET_COMMITMENT:
		return closing_ask_value(page, ui, op);
	case OP_FINISH_MEETING:
		return closing_finish(page, ui);
	default:
		return UI_PASS;
	}
}

static bool point(struct view *view, int row, int column)
{
	struct closing_view *page = (struct closing_view *)view;
	return table_point(page->in_actions ? &page->actions : &page->remarks, row, column);
}

static void focus(struct view *view, int row, int column)
{
	struct closing_view *page = (struct closing_view *)view;
	struct table *other = page->in_actions ? &page->remarks : &page->actions;
	if (region_holds(other->place, row, column))
		page->in_actions = !page->in_actions;
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct closing_view *page = (const struct closing_view *)view;
	return kind == COPY_ROW &&
	       table_copy(page->in_actions ? &page->actions : &page->remarks, out);
}

static void close_page(struct view *view)
{
	struct closing_view *page = (struct closing_view *)view;
	table_release(&page->remarks);
	table_release(&page->actions);
	closing_report_release(&page->report);
	closing_table_release(&page->marks);
	record_set_release(&page->meeting);
	record_set_release(&page->followups);
	free(page);
}

static const struct view_class closing_class = {
	.name = "closing",
	.context = CONTEXT_CLOSING,
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

struct view *closing_view_new(struct session *session, int64_t meeting)
{
	struct closing_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &closing_class;
	page->session = session;
	page->key = meeting;
	page->marks.meeting = meeting;
	closing_rows_init(page);
	return &page->view;
}
