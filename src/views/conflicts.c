/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/conflict_words.h"
#include "nucleo/exchange/return_words.h"
#include "nucleo/ui/pager.h"
#include "nucleo/views/session.h"

/* What waits for a decision, and what was decided on this machine. */

enum { DECIDED_SHOWN = 20 };

struct conflicts_view {
	struct view view;
	struct session *session;
	struct pager pager;
	conflict_list list;
};

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Por decidir"));
}

static void sentence(const struct view *view, struct strbuf *out)
{
	size_t count = ((const struct conflicts_view *)view)->list.count;
	if (!count)
		strbuf_adds(out, _("Nada espera una decisión"));
	else
		strbuf_addf(out,
			    ngettext("%zu cambio suyo espera su decisión",
				     "%zu cambios suyos esperan su decisión", (unsigned long)count),
			    count);
}

static size_t place_of(const conflict_list *list, int64_t number)
{
	size_t i = 0;
	while (i < list->count && list->items[i].number != number)
		i++;
	return i + 1;
}

static void add_conflict(struct conflicts_view *page, size_t index)
{
	const struct conflict *conflict = &page->list.items[index];
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%zu. %s", index + 1, conflict->words);
	pager_add_link(&page->pager, (int64_t)index, text.data);
	strbuf_reset(&text);
	conflict_add_author(&text, conflict->by, conflict->at);
	if (conflict->follows)
		strbuf_addf(&text, _(" · sigue al %zu: se intenta otra vez cuando se decida ese"),
			    place_of(&page->list, conflict->follows));
	if (!conflict->follows) {
		strbuf_adds(&text, " · ");
		conflict_add_reason(&text, conflict);
	}
	pager_text(&page->pager, ROLE_DIM, text.data);
	strbuf_release(&text);
}

static const char *outcome_words(const char *outcome)
{
	static const char *const words[][2] = {
		{"mine", N_("quedó lo suyo")},	  {"theirs", N_("quedó lo de otros")},
		{"both", N_("quedaron los dos")}, {"edited", N_("quedó otro texto")},
		{"mixed", N_("por partes")},	  {"dropped", N_("descartado")},
	};
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (strcmp(words[i][0], outcome) == 0)
			return _(words[i][1]);
	return outcome;
}

static void add_decided(void *context, const struct decided_operation *row)
{
	struct pager *pager = context;
	struct strbuf text;
	strbuf_init(&text);
	clock_add_local(&text, row->decided_at);
	strbuf_addf(&text, " · %s: %s", row->words, outcome_words(row->outcome));
	pager_text(pager, ROLE_DIM, text.data);
	strbuf_release(&text);
}

/* When the drive last came back; whoever sees this page has read it. */
static enum rc add_return(struct conflicts_view *page, struct error *err)
{
	struct store *store = session_store(page->session);
	struct return_report report;
	struct strbuf sentence;
	return_report_init(&report);
	strbuf_init(&sentence);
	enum rc rc = return_report_load(store, &report, err);
	if (rc == RC_OK && report.is_there) {
		return_add_sentence(&sentence, &report);
		pager_heading(&page->pager, _("Cuando volvió el disco"));
		pager_text(&page->pager, ROLE_TEXT, sentence.data);
		rc = return_report_told(store, err);
	}
	strbuf_release(&sentence);
	return_report_release(&report);
	return rc;
}

static enum rc fill(struct conflicts_view *page, struct error *err)
{
	size_t before;
	pager_clear(&page->pager);
	if (!page->list.count)
		pager_text(&page->pager, ROLE_DIM,
			   _("Aquí quedan los cambios suyos en que otra persona se adelantó, "
			     "hasta que usted los decide."));
	for (size_t i = 0; i < page->list.count; i++)
		add_conflict(page, i);
	enum rc rc = add_return(page, err);
	if (rc != RC_OK)
		return rc;
	pager_heading(&page->pager, _("Ya decididos en esta máquina"));
	before = page->pager.blocks.count;
	rc = conflict_list_decided(session_store(page->session), DECIDED_SHOWN, add_decided,
				   &page->pager, err);
	if (page->pager.blocks.count == before)
		pager_text(&page->pager, ROLE_DIM, _("todavía nada"));
	return rc;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct conflicts_view *page = (struct conflicts_view *)view;
	(void)ui;
	conflict_list_release(&page->list);
	enum rc rc = conflict_list_load(session_store(page->session), &page->list, err);
	return rc == RC_OK ? fill(page, err) : rc;
}

static void draw(struct view *view, struct region body)
{
	pager_draw(&((struct conflicts_view *)view)->pager, body, true);
}

static unsigned open_selected(struct conflicts_view *page, struct ui *ui)
{
	int64_t index;
	if (!pager_link(&page->pager, &index))
		return UI_PASS;
	const struct conflict *conflict = &page->list.items[index];
	if (!conflict->follows)
		return ui_open(ui, conflict_view_new(page->session, conflict->op));
	ui_say(ui, ROLE_NOTICE, _("Sigue a otro: decida primero el %zu."),
	       place_of(&page->list, conflict->follows));
	return UI_REDRAW;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct conflicts_view *page = (struct conflicts_view *)view;
	if (pager_op(&page->pager, op))
		return UI_REDRAW;
	if (op == OP_CONFLICTS)
		return UI_RELOAD;
	return op == OP_OPEN ? open_selected(page, ui) : UI_PASS;
}

static bool point(struct view *view, int row, int column)
{
	return pager_point(&((struct conflicts_view *)view)->pager, row, column);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct pager *pager = &((const struct conflicts_view *)view)->pager;
	if (kind == COPY_LINK)
		return pager_copy_link(pager, out);
	return kind == COPY_PAGE && pager_copy(pager, out);
}

static void close_view(struct view *view)
{
	struct conflicts_view *page = (struct conflicts_view *)view;
	pager_release(&page->pager);
	conflict_list_release(&page->list);
	free(page);
}

static const struct view_class conflicts_class = {
	.name = "conflicts",
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

struct view *conflicts_view_new(struct session *session)
{
	struct conflicts_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &conflicts_class;
	page->session = session;
	pager_init(&page->pager);
	return &page->view;
}
