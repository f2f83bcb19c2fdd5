/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/base/memory.h"
#include "nucleo/ui/ui_parts.h"

struct page *ui_top(const struct ui *ui)
{
	return ui->tops[ui->screen];
}

struct view *ui_view(const struct ui *ui)
{
	return ui_top(ui)->view;
}

enum context view_context(const struct view *view)
{
	if (view->failure.code != RC_OK)
		return CONTEXT_BROWSE; /* there is nothing to open or filter */
	return view->class->context_now ? view->class->context_now(view) : view->class->context;
}

void ui_load(struct ui *ui, struct view *view)
{
	view->stale = false;
	view->failure.code = RC_OK;
	view->failure.text[0] = '\0';
	enum rc rc = view->class->load(view, ui, &view->failure);
	view->failure.code = rc;
	ui->dirty = true;
}

/* ---- pages ---- */

static struct page *page_new(struct view *view, struct page *below)
{
	struct page *page = mem_alloc_zero(1, sizeof(*page));
	page->view = view;
	page->below = below;
	page->depth = below ? below->depth + 1 : 1;
	return page;
}

struct page *page_use(struct page *page)
{
	if (page)
		page->users++;
	return page;
}

void page_leave(struct page *page)
{
	while (page && --page->users == 0) {
		struct page *below = page->below;
		page->view->class->close(page->view);
		free(page);
		page = below;
	}
}

/* As ui_go(), of a page that is read already or about to be. */
static void set_top(struct ui *ui, size_t screen, struct page *page)
{
	struct page *before = ui->tops[screen];
	ui->screen = screen;
	ui->tops[screen] = page_use(page);
	page_leave(before);
	ui->dirty = true;
}

void ui_settle(struct ui *ui)
{
	if (ui_view(ui)->stale)
		ui_load(ui, ui_view(ui));
}

void ui_go(struct ui *ui, size_t screen, struct page *page)
{
	set_top(ui, screen, page);
	ui_settle(ui);
}

void ui_push(struct ui *ui, struct view *view)
{
	struct page *below = ui_top(ui);
	if (below && below->depth == UI_DEPTH_MAX) {
		view->class->close(view);
		ui_say(ui, ROLE_ERROR, "%s", _("Hay demasiadas páginas abiertas; vuelva con Esc."));
		return;
	}
	set_top(ui, ui->screen, page_new(view, page_use(below)));
	ui_load(ui, view);
}

void ui_pop(struct ui *ui)
{
	if (ui_top(ui)->below)
		ui_go(ui, ui->screen, ui_top(ui)->below);
}

static struct page *first_of(struct page *page)
{
	while (page->below)
		page = page->below;
	return page;
}

void ui_show_screen(struct ui *ui, size_t screen)
{
	struct page *page = ui->tops[screen];
	if (!page) {
		ui->screen = screen;
		ui_push(ui, ui->setup->screens[screen].open(ui->setup->context));
	} else if (screen == ui->screen || first_of(page)->view->class->entered) {
		ui_go(ui, screen, first_of(page));
	} else {
		ui_go(ui, screen, page);
	}
	if (ui_view(ui)->class->entered)
		ui_view(ui)->class->entered(ui_view(ui), ui);
}

static void mark_stale(struct page *page)
{
	for (; page; page = page->below)
		page->view->stale = true;
}

void ui_mark_stale(struct ui *ui)
{
	for (size_t i = 0; i < ui->setup->screen_count; i++)
		mark_stale(ui->tops[i]);
	for (size_t i = 0; i < ui->trail.count; i++)
		mark_stale(ui->trail.places[i].page);
	ui_view(ui)->stale = false;
}

void ui_reload_all(struct ui *ui)
{
	ui_mark_stale(ui);
	ui_load(ui, ui_view(ui));
}

void ui_add_place(const struct ui *ui, struct strbuf *out)
{
	const struct page *page = ui_top(ui);
	strbuf_adds(out, _(ui->setup->screens[ui->screen].title));
	if (page->depth == 1 && page->view->class->place)
		page->view->class->place(page->view, out);
	if (page->depth == 1)
		return;
	strbuf_adds(out, " › ");
	page->view->class->title(page->view, out);
}

void ui_close_pages(struct ui *ui)
{
	ui_forget_trail(ui);
	for (size_t i = 0; i < UI_SCREENS_MAX; i++) {
		page_leave(ui->tops[i]);
		ui->tops[i] = NULL;
	}
}
