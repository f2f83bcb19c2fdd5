/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/detail_view.h"

#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/record_set.h"
#include "nucleo/views/citation.h"
#include "nucleo/views/editing.h"

struct detail_view {
	struct view view;
	const struct detail_spec *spec;
	int64_t key;
	struct pager pager;
	struct detail detail;
	struct record_set record; /**< one row; none when it is gone */
};

static const void *record_of(const struct view *view)
{
	const struct detail_view *page = (const struct detail_view *)view;
	return page->record.count ? record_set_at(&page->record, 0) : NULL;
}

static void title(const struct view *view, struct strbuf *out)
{
	const void *record = record_of(view);
	if (record)
		((const struct detail_view *)view)->spec->title(record, out);
	else
		strbuf_adds(out, "…");
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const void *record = record_of(view);
	if (record)
		((const struct detail_view *)view)->spec->sentence(record, out);
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct detail_view *page = (struct detail_view *)view;
	struct list_query query = {.key = page->key};
	(void)ui;
	record_set_release(&page->record);
	pager_clear(&page->pager);
	page->detail.targets.count = 0;
	enum rc rc = record_set_load(&page->record, session_store(page->detail.session),
				     page->spec->kind, &query, err);
	if (rc == RC_OK && !page->record.count)
		return error_set(err, RC_NOT_FOUND,
				 _("Esto ya no está: alguien lo quitó. Esc vuelve a la lista."));
	return rc == RC_OK ? page->spec->show(&page->detail, record_of(view), err) : rc;
}

static void draw(struct view *view, struct region body)
{
	pager_draw(&((struct detail_view *)view)->pager, body, true);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct detail_view *page = (struct detail_view *)view;
	if (pager_op(&page->pager, op))
		return UI_REDRAW;
	if (op == OP_OPEN)
		return detail_open_link(&page->detail, ui);
	if (op == OP_VERSIONS && page->spec->kind != RECORD_HISTORY)
		return ui_open(ui, versions_view_new(page->detail.session, page->spec->kind,
						     page->key));
	unsigned done = page->spec->op ? page->spec->op(page->detail.session, ui, op, page->key)
				       : UI_PASS;
	return done & UI_PASS
		       ? editing_page_op(page->detail.session, ui, op, page->spec->kind, page->key)
		       : done;
}

static enum context context_of(const struct view *view)
{
	const struct detail_view *page = (const struct detail_view *)view;
	return page->spec->context ? page->spec->context : CONTEXT_RECORD;
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct detail_view *page = (const struct detail_view *)view;
	if (kind == COPY_LINK)
		return pager_copy_link(&page->pager, out);
	if (kind == COPY_PAGE)
		return pager_copy(&page->pager, out);
	return citation_copy(page->spec->kind, record_of(view), kind, out);
}

static bool point(struct view *view, int row, int column)
{
	return pager_point(&((struct detail_view *)view)->pager, row, column);
}

static void close_page(struct view *view)
{
	struct detail_view *page = (struct detail_view *)view;
	pager_release(&page->pager);
	vector_release(&page->detail.targets);
	record_set_release(&page->record);
	free(page);
}

static const struct view_class detail_class = {
	.name = "detail",
	.context_now = context_of,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.close = close_page,
};

struct view *detail_view_new(struct session *session, const struct detail_spec *spec, int64_t key)
{
	struct detail_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &detail_class;
	page->spec = spec;
	page->key = key;
	pager_init(&page->pager);
	page->detail.session = session;
	page->detail.pager = &page->pager;
	return &page->view;
}

int64_t detail_view_key(const struct view *view)
{
	return ((const struct detail_view *)view)->key;
}

void detail_link(struct detail *detail, enum record_kind_id kind, int64_t key, int64_t part,
		 const char *text)
{
	pager_add_link(detail->pager, (int64_t)detail->targets.count, text);
	vector_push(&detail->targets,
		    ((struct record_target){.kind = kind, .key = key, .item = part}));
}

static enum rc add_section(struct detail *detail, const struct detail_section *section,
			   const struct list_query *query, struct error *err)
{
	pager_heading(detail->pager, _(section->heading));
	size_t before = detail->pager->blocks.count;
	enum rc rc = store_list(session_store(detail->session), section->kind, query, section->show,
				detail, err);
	if (rc == RC_OK && detail->pager->blocks.count == before)
		pager_text(detail->pager, ROLE_DIM, _("todavía nada"));
	return rc;
}

enum rc detail_sections(struct detail *detail, const struct detail_section *sections, size_t count,
			const struct list_query *query, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < count && rc == RC_OK; i++)
		rc = add_section(detail, &sections[i], query, err);
	return rc;
}

unsigned detail_open_link(struct detail *detail, struct ui *ui)
{
	int64_t link;
	if (!pager_link(detail->pager, &link))
		return UI_PASS;
	return open_record(detail->session, ui, &detail->targets.items[link]);
}
