/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/health_page.h"

#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/ui/pager.h"

struct health_page {
	struct view view;
	struct view *health;
	enum health_check check;
	struct pager pager;
};

/* What this program can mend, and in which words; NULL: nothing. */
static const char *mending(const struct session *session, const struct health_finding *finding)
{
	if (finding->status != HEALTH_PROBLEM || !session->workplace.share)
		return NULL;
	switch (finding->check) {
	case HEALTH_REPLICA:
	case HEALTH_HISTORY:
		return _("Hacer de nuevo la copia de esta máquina, desde el disco");
	case HEALTH_DRAFTS:
		return _("Apartar los borradores dañados");
	default:
		return NULL;
	}
}

static void fill(struct health_page *page, const struct session *session,
		 const struct health_finding *finding)
{
	struct strbuf status;
	const char *action = mending(session, finding);
	strbuf_init(&status);
	strbuf_addf(&status, "%s %s", health_status_sign(finding->status),
		    _(health_status_label(finding->status)));
	pager_text(&page->pager, ROLE_TITLE, _(health_check_label(finding->check)));
	pager_field(&page->pager, _("Estado"), status.data);
	pager_field(&page->pager, _("Cómo está"), finding->value);
	/* Where there is little room it is in sight all the same. */
	if (action)
		pager_add_link(&page->pager, finding->check, action);
	pager_gap(&page->pager);
	if (finding->advice)
		pager_text(&page->pager, ROLE_TEXT, finding->advice);
	else
		pager_text(&page->pager, ROLE_DIM, _("No hay nada que hacer."));
	strbuf_release(&status);
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	(void)view;
	(void)ui;
	(void)err;
	return RC_OK;
}

static void title(const struct view *view, struct strbuf *out)
{
	strbuf_adds(out, _(health_check_label(((const struct health_page *)view)->check)));
}

static void draw(struct view *view, struct region body)
{
	pager_draw(&((struct health_page *)view)->pager, body, true);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct health_page *page = (struct health_page *)view;
	int64_t link;
	if (pager_op(&page->pager, op))
		return UI_REDRAW;
	if (op == OP_HEALTH)
		return UI_CLOSE;
	if (op != OP_OPEN || !pager_link(&page->pager, &link))
		return UI_PASS;
	health_view_mend(page->health, ui, (enum health_check)link);
	return UI_CLOSE;
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct health_page *page = (const struct health_page *)view;
	return (kind == COPY_TEXT || kind == COPY_PAGE) && pager_copy(&page->pager, out);
}

static bool point(struct view *view, int row, int column)
{
	return pager_point(&((struct health_page *)view)->pager, row, column);
}

static void close_page(struct view *view)
{
	struct health_page *page = (struct health_page *)view;
	pager_release(&page->pager);
	free(page);
}

static const struct view_class page_class = {
	.name = "health-page",
	.context = CONTEXT_DETAIL,
	.title = title,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.close = close_page,
};

struct view *health_page_new(struct view *health, struct session *session,
			     const struct health_finding *finding)
{
	struct health_page *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &page_class;
	page->health = health;
	page->check = finding->check;
	pager_init(&page->pager);
	fill(page, session, finding);
	return &page->view;
}
