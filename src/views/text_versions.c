/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/text_versions.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/model/text_diff.h"
#include "nucleo/store/operation_told.h"

struct version {
	char *text, *name; /* "3 · 11/02/2024 13h05 · FCD" */
};

struct text_versions {
	struct view view;
	struct session *session;
	int64_t key;
	char *column, *label;
	VECTOR(struct version) versions; /* newest first */
	size_t before, after;		 /* the two that are compared */
	size_t picked;			 /* the one Enter was pressed on */
	struct pager pager;
};

void diff_show(struct pager *pager, const char *label, const char *before, const char *after)
{
	struct text_diff diff;
	struct strbuf marked;
	size_t at = 0;
	strbuf_init(&marked);
	text_diff_init(&diff, before, after);
	text_diff_add_marked(&marked, &diff);
	pager_field(pager, label, marked.data);
	for (size_t i = 0; i < diff.runs.count && marked.length; i++) {
		const struct text_run *run = &diff.runs.items[i];
		size_t length = run->length + (run->kind == TEXT_SAME ? 0 : strlen("[--]"));
		if (run->kind != TEXT_SAME)
			pager_add_span(pager, at, length,
				       run->kind == TEXT_REMOVED ? ROLE_BAD : ROLE_GOOD);
		at += length;
	}
	text_diff_release(&diff);
	strbuf_release(&marked);
}

static void title(const struct view *view, struct strbuf *out)
{
	strbuf_addf(out, _("Versiones de «%s»"), ((const struct text_versions *)view)->label);
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct text_versions *page = (const struct text_versions *)view;
	if (page->versions.count < 2)
		strbuf_adds(out, _("Hasta ahora hay una sola versión"));
	else
		strbuf_addf(out, _("%zu versiones · Enter en una la compara con otra"),
			    page->versions.count);
}

static void forget(struct text_versions *page)
{
	for (size_t i = 0; i < page->versions.count; i++) {
		free(page->versions.items[i].text);
		free(page->versions.items[i].name);
	}
	page->versions.count = 0;
}

static bool take(void *context, const struct told_version *version)
{
	struct text_versions *page = context;
	struct strbuf name;
	strbuf_init(&name);
	strbuf_addf(&name, "%lld · ", (long long)version->number);
	clock_add_local(&name, version->at);
	strbuf_addf(&name, " · %s", version->by);
	char *text = mem_strdup(version->text), *named = strbuf_detach(&name);
	vector_push(&page->versions, ((struct version){text, named}));
	return true;
}

/* Both names as one heading, the older first. */
static void show_heading(struct text_versions *page)
{
	struct strbuf heading;
	strbuf_init(&heading);
	strbuf_addf(&heading, _("De %s a %s"), page->versions.items[page->before].name,
		    page->versions.items[page->after].name);
	pager_text(&page->pager, ROLE_HEADING, heading.data);
	strbuf_release(&heading);
}

static void show(struct text_versions *page)
{
	size_t count = page->versions.count;
	pager_clear(&page->pager);
	if (!count)
		return;
	if (page->before >= count || page->after >= count) {
		page->after = 0;
		page->before = count > 1;
	}
	if (count > 1)
		show_heading(page);
	diff_show(&page->pager, page->label, page->versions.items[page->before].text,
		  page->versions.items[page->after].text);
	pager_heading(&page->pager, _("Versiones"));
	for (size_t i = 0; i < count; i++)
		pager_add_link(&page->pager, (int64_t)i, page->versions.items[i].name);
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct text_versions *page = (struct text_versions *)view;
	(void)ui;
	forget(page);
	enum rc rc = operation_versions(session_store(page->session), page->key, page->column, take,
					page, err);
	show(page);
	return rc;
}

static void draw(struct view *view, struct region body)
{
	pager_draw(&((struct text_versions *)view)->pager, body, true);
}

/* Whichever was picked first: the list has the newest first. */
static unsigned picked(struct view *view, struct ui *ui, int64_t id)
{
	struct text_versions *page = (struct text_versions *)view;
	size_t other = (size_t)id;
	(void)ui;
	page->after = other < page->picked ? other : page->picked;
	page->before = other < page->picked ? page->picked : other;
	show(page);
	pager_op(&page->pager, OP_FIRST);
	return UI_REDRAW;
}

static unsigned pick_other(struct text_versions *page, struct ui *ui)
{
	VECTOR(struct ui_choice) choices = {0};
	int64_t link;
	if (!pager_link(&page->pager, &link) || page->versions.count < 2)
		return UI_NOTHING;
	page->picked = (size_t)link;
	for (size_t i = 0; i < page->versions.count; i++)
		if (i != page->picked)
			vector_push(&choices,
				    ((struct ui_choice){.text = page->versions.items[i].name,
							.id = (int64_t)i}));
	const struct ui_pick pick = {.label = _("Comparar con: "),
				     .choices = choices.items,
				     .count = choices.count,
				     .selected = -1,
				     .picked = picked};
	unsigned done = ui_pick(ui, &pick);
	vector_release(&choices);
	return done;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct text_versions *page = (struct text_versions *)view;
	if (pager_op(&page->pager, op))
		return UI_REDRAW;
	return op == OP_OPEN ? pick_other(page, ui) : UI_PASS;
}

static bool point(struct view *view, int row, int column)
{
	return pager_point(&((struct text_versions *)view)->pager, row, column);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct text_versions *page = (const struct text_versions *)view;
	return kind == COPY_PAGE && pager_copy(&page->pager, out);
}

static void close_view(struct view *view)
{
	struct text_versions *page = (struct text_versions *)view;
	forget(page);
	vector_release(&page->versions);
	pager_release(&page->pager);
	free(page->column);
	free(page->label);
	free(page);
}

static const struct view_class text_versions_class = {
	.name = "text-versions",
	.context = CONTEXT_DETAIL,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.close = close_view,
};

struct view *text_versions_view_new(struct session *session, int64_t key, const char *column,
				    const char *label)
{
	struct text_versions *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &text_versions_class;
	page->session = session;
	page->key = key;
	page->column = mem_strdup(column);
	page->label = mem_strdup(label);
	page->before = page->after = SIZE_MAX;
	pager_init(&page->pager);
	return &page->view;
}
