/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/readback_view.h"

#include "nucleo/base/i18n.h"

/* Columns of text: longer lines are hard to read, most of all from afar. */
enum { TEXT_COLUMNS = 76, ROOMY_ROWS = 30 };

const struct meeting *readback_meeting(const struct readback_view *page)
{
	return page->records.meeting.count ? record_set_at(&page->records.meeting, 0) : NULL;
}

/* What was said before the first item has a page only when there is something to read. */
static size_t pages_before(const struct readback_view *page)
{
	return readback_entries(page, 0) > 0;
}

size_t readback_pages(const struct readback_view *page)
{
	return pages_before(page) + page->records.items.count;
}

const struct agenda_item *readback_page_item(const struct readback_view *page, size_t at)
{
	size_t before = pages_before(page);
	return at >= before && at - before < page->records.items.count
		       ? record_set_at(&page->records.items, at - before)
		       : NULL;
}

/* ---- reading */

static int64_t in_progress(const struct readback_view *page)
{
	for (size_t i = 0; i < page->records.items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->records.items, i);
		if (item->state == ITEM_IN_PROGRESS)
			return item->key;
	}
	return 0;
}

/* Finds the page of `item` again: items come and go while one reads. */
static void find_page(struct readback_view *page)
{
	size_t pages = readback_pages(page);
	for (size_t at = 0; at < pages; at++) {
		const struct agenda_item *item = readback_page_item(page, at);
		if ((item ? item->key : 0) == page->item)
			page->at = at;
	}
	if (page->at >= pages)
		page->at = pages ? pages - 1 : 0;
	const struct agenda_item *item = readback_page_item(page, page->at);
	if (!page->is_projector || page->item)
		page->item = item ? item->key : 0;
}

static void begin_page(struct readback_view *page)
{
	pager_release(&page->pager);
	pager_init(&page->pager);
	page->said = readback_entries(page, page->item);
	readback_fill(page, false);
}

/* What is on the wall goes with the meeting, and shows what was written last. */
static void follow(struct readback_view *page)
{
	int64_t current = in_progress(page);
	bool is_other = current != page->current;
	size_t said = page->said;
	page->current = current;
	if (is_other)
		page->item = current;
	find_page(page);
	if (is_other) {
		begin_page(page);
		return;
	}
	page->said = readback_entries(page, page->item);
	readback_fill(page, page->said > said);
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct readback_view *page = (struct readback_view *)view;
	(void)ui;
	enum rc rc = meeting_records_load(&page->records, session_store(page->session),
					  page->key, err);
	if (rc != RC_OK)
		return rc;
	if (page->is_projector) {
		follow(page);
		return RC_OK;
	}
	find_page(page);
	page->said = readback_entries(page, page->item);
	readback_fill(page, false);
	return RC_OK;
}

/* ---- looks */

static void title(const struct view *view, struct strbuf *out)
{
	const struct readback_view *page = (const struct readback_view *)view;
	strbuf_adds(out, page->is_projector ? _("Proyección") : _("Lectura"));
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct readback_view *page = (const struct readback_view *)view;
	const struct meeting *meeting = readback_meeting(page);
	const struct agenda_item *item = readback_page_item(page, page->at);
	if (!meeting)
		return;
	strbuf_adds(out, meeting->number);
	if (page->is_projector && !page->item)
		return;
	if (item)
		strbuf_addf(out, _(" · punto %s"), item->label);
	strbuf_addf(out, _(" · %zu de %zu"), page->at + 1, readback_pages(page));
	if (page->shows_private)
		strbuf_adds(out, _(" · con las notas privadas"));
}

static void draw(struct view *view, struct region body)
{
	struct readback_view *page = (struct readback_view *)view;
	int columns = body.columns > TEXT_COLUMNS ? TEXT_COLUMNS : body.columns;
	int top = body.rows >= ROOMY_ROWS ? 2 : 0;
	pager_draw(&page->pager,
		   region_part(body, top, (body.columns - columns) / 2, body.rows - top, columns),
		   true);
	if (page->pager.top + page->pager.page < page->pager.lines.count)
		region_text(body, body.rows - 1, body.columns - 1, ROLE_DIM, "↓");
}

/* ---- keys */

static bool turn(struct readback_view *page, int by)
{
	size_t pages = readback_pages(page);
	if ((by < 0 && page->at == 0) || (by > 0 && page->at + 1 >= pages))
		return false;
	page->at = by < 0 ? page->at - 1 : page->at + 1;
	const struct agenda_item *item = readback_page_item(page, page->at);
	page->item = item ? item->key : 0;
	begin_page(page);
	return true;
}

static unsigned turn_or_say(struct readback_view *page, struct ui *ui, int by)
{
	if (!turn(page, by))
		ui_say(ui, ROLE_DIM, "%s",
		       by < 0 ? _("Es el primer punto.")
			      : _("Es el último punto; Alt-c lleva a cerrar la reunión."));
	return UI_REDRAW;
}

/* Through an item as far as it goes, then to the next. */
static unsigned page_by(struct readback_view *page, struct ui *ui, enum op op)
{
	size_t top = page->pager.top;
	pager_op(&page->pager, op);
	if (page->pager.top != top)
		return UI_REDRAW;
	return turn_or_say(page, ui, op == OP_PAGE_DOWN ? 1 : -1);
}

static unsigned toggle_private(struct readback_view *page, struct ui *ui)
{
	if (page->is_projector) {
		ui_say(ui, ROLE_ERROR, "%s", _("Las notas privadas no se proyectan."));
		return UI_REDRAW;
	}
	page->shows_private = !page->shows_private;
	return UI_RELOAD;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct readback_view *page = (struct readback_view *)view;
	switch (op) {
	case OP_NEXT_ITEM:
		return turn_or_say(page, ui, 1);
	case OP_PREVIOUS_ITEM:
		return turn_or_say(page, ui, -1);
	case OP_PAGE_DOWN:
	case OP_PAGE_UP:
		return page_by(page, ui, op);
	case OP_PRIVATE_NOTES:
		return toggle_private(page, ui);
	case OP_LEAVE:
		return UI_CLOSE;
	case OP_CLOSE_MEETING:
		return closing_op(page->session, ui, op, page->key);
	default:
		return pager_op(&page->pager, op) ? UI_REDRAW : UI_PASS;
	}
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	return kind == COPY_PAGE && pager_copy(&((const struct readback_view *)view)->pager, out);
}

static void close_page(struct view *view)
{
	struct readback_view *page = (struct readback_view *)view;
	pager_release(&page->pager);
	meeting_records_release(&page->records);
	free(page);
}

static const struct view_class readback_class = {
	.name = "readback",
	.context = CONTEXT_READBACK,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.copy = copy,
	.close = close_page,
};

static const struct view_class projector_class = {
	.name = "projector",
	.context = CONTEXT_READBACK,
	.is_bare = true,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.copy = copy,
	.close = close_page,
};

/* To be read before it is closed, or the item in progress for those who look at the wall. */
static struct view *new_page(struct session *session, int64_t meeting, bool projector)
{
	struct readback_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = projector ? &projector_class : &readback_class;
	page->session = session;
	page->key = meeting;
	page->is_projector = projector;
	page->current = -1;
	pager_init(&page->pager);
	return &page->view;
}

unsigned closing_op(struct session *session, struct ui *ui, enum op op, int64_t meeting)
{
	switch (op) {
	case OP_CLOSE_MEETING:
		return ui_open(ui, closing_view_new(session, meeting));
	case OP_READBACK:
		return ui_open(ui, new_page(session, meeting, false));
	case OP_PROJECTOR:
		return ui_open(ui, new_page(session, meeting, true));
	default:
		return UI_PASS;
	}
}
