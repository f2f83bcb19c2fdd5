/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/search.h"
#include "nucleo/views/citation.h"
#include "nucleo/views/editing.h"
#include "nucleo/views/open_record.h"
#include "nucleo/views/phrases.h"
#include "nucleo/views/search_hits.h"

/* Search in everything: what one types is asked at every key, Enter leads to what was found. */

enum { HITS_MAX = 200 };

struct search_view {
	struct view view;
	struct session *session;
	struct search *search;
	struct search_progress progress;
	struct strbuf text;   /* searched for now */
	struct strbuf before; /* and before the question in the prompt */
	struct search_hits hits;
	bool has_more;
};

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Consulta"));
}

static int percent_of(const struct search_progress *progress)
{
	return progress->total > 0 && progress->done < progress->total
		       ? (int)(progress->done * 100 / progress->total)
		       : 0;
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct search_view *page = (const struct search_view *)view;
	size_t count = page->hits.rows.count;
	if (view->busy)
		strbuf_addf(out, _("Preparando la búsqueda… %d %%"), percent_of(&page->progress));
	else if (page->text.length && !search_has_words(page->text.data))
		strbuf_adds(out, _("Aún no hay palabras que buscar: escriba letras o números"));
	else if (!page->text.length)
		strbuf_adds(out, _("Todo lo que se puede leer, por palabras o por código"));
	else if (page->has_more)
		strbuf_addf(out, _("Los %zu mejores para «%s» · hay más: añada palabras"), count,
			    page->text.data);
	else if (!count)
		strbuf_addf(out, _("Nada para «%s»"), page->text.data);
	else
		strbuf_addf(out,
			    ngettext("%zu resultado para «%s»", "%zu resultados para «%s»",
				     (unsigned long)count),
			    count, page->text.data);
}

/* ---- searching */

static enum rc run(struct search_view *page, bool keeps_selection, struct error *err)
{
	struct search_question question = {.text = page->text.data, .limit = HITS_MAX};
	struct record_set found = {.kind = &search_hit_kind};
	enum rc rc = search_run(page->search, &question, record_set_add, &found, err);
	if (rc == RC_OK) {
		search_hits_replace(&page->hits, &found, keeps_selection);
		page->has_more = question.has_more;
	}
	record_set_release(&found);
	return rc;
}

/* A piece of the index; once it is whole, the answer. */
static enum rc prepare(struct search_view *page, struct error *err)
{
	enum rc rc = search_prepare(page->search, &page->progress, err);
	page->view.busy = rc == RC_OK && !page->progress.is_ready;
	return rc == RC_OK && !page->view.busy ? run(page, true, err) : rc;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct search_view *page = (struct search_view *)view;
	(void)ui;
	if (!page->search)
		page->search = search_new(session_store(page->session));
	return prepare(page, err);
}

/* What fails here fails again in load(), which says so. */
static unsigned work(struct view *view, struct ui *ui)
{
	struct error err;
	(void)ui;
	return prepare((struct search_view *)view, &err) == RC_OK ? UI_REDRAW : UI_RELOAD;
}

static void set_text(struct search_view *page, const char *text)
{
	char *copy = mem_strdup(text); /* which may be the text it has */
	strbuf_reset(&page->text);
	strbuf_adds(&page->text, copy);
	free(copy);
}

static unsigned search_for(struct search_view *page, struct ui *ui, const char *text)
{
	struct error err;
	set_text(page, text);
	if (!page->view.busy && run(page, false, &err) != RC_OK)
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_REDRAW;
}

static unsigned typed(struct view *view, struct ui *ui, const char *text)
{
	return search_for((struct search_view *)view, ui, text);
}

/* The hits are those of the last key; the selection may have been moved since. */
static unsigned answered(struct view *view, struct ui *ui, const char *text)
{
	(void)view;
	(void)ui;
	(void)text;
	return UI_REDRAW;
}

static unsigned cancelled(struct view *view, struct ui *ui)
{
	struct search_view *page = (struct search_view *)view;
	return search_for(page, ui, page->before.data);
}

/* With `text` to begin with; until it changes the hits are those of the last search. */
static unsigned ask(struct search_view *page, struct ui *ui, const char *text)
{
	struct ui_question question = {
		.label = _("Buscar: "),
		.text = text,
		.changed = typed,
		.answered = answered,
		.cancelled = cancelled,
	};
	strbuf_reset(&page->before);
	strbuf_adds(&page->before, page->text.data);
	return ui_ask(ui, &question);
}

/* Who comes here by the key of the screen looks for something else than last time. */
static void entered(struct view *view, struct ui *ui)
{
	ask((struct search_view *)view, ui, "");
}

/* ---- drawing */

static void draw_help(struct region body)
{
	enum { EXAMPLE_COLUMNS = 18 };
	static const struct {
		const char *example, *meaning;
	} ways[] = {
		{N_("transp"), N_("empieza una palabra")},
		{N_("\"estado abierto\""), N_("una frase exacta")},
		{N_("curso -virtual"), N_("sin esa palabra")},
		{"C5 S-2023-014 FCD", N_("un código")},
	};
	int row = 0;
	for (; row < (int)ARRAY_COUNT(ways); row++) {
		region_text(body, row, 1, ROLE_KEY, _(ways[row].example));
		region_text(body, row, 1 + EXAMPLE_COLUMNS, ROLE_DIM, _(ways[row].meaning));
	}
	region_paragraph(
		region_part(body, row + 1, 1, body.rows - row - 1, body.columns - 2), ROLE_DIM,
		_("Se busca en compromisos, hitos, reuniones, puntos, resoluciones, "
		  "acciones, documentos, instituciones y sus cargos, indicadores, bloqueos "
		  "y notas de avance. Ni tildes ni mayúsculas importan."));
	region_cursor(body, 0, 0);
}

static void draw_progress(const struct search_view *page, struct region body)
{
	struct region bar = region_part(body, 0, 1, 1, body.columns - 2);
	region_bar(bar, ROLE_BAR, percent_of(&page->progress) * (BAR_WHOLE / 100), BAR_NONE);
	region_paragraph(region_part(body, 2, 1, body.rows - 2, body.columns - 2), ROLE_DIM,
			 _("Se lee la base una vez para poder buscar en ella. Puede escribir ya "
			   "lo que busca; la respuesta llega al terminar."));
	region_cursor(body, 0, 0);
}

static void draw(struct view *view, struct region body)
{
	struct search_view *page = (struct search_view *)view;
	if (view->busy)
		draw_progress(page, body);
	else if (page->hits.rows.count)
		search_hits_draw(&page->hits, body);
	else
		draw_help(body);
}

/* ---- from a hit to its page */

/* The kind of record a hit is; RECORD_KIND_COUNT for what is none, as a post. */
static enum record_kind_id record_kind_of(const struct search_hit *hit)
{
	const struct record_kind *kind =
		record_kind_named(enum_name(&search_kind_names, hit->kind));
	return kind ? kind->id : RECORD_KIND_COUNT;
}


/* Hits without a page of their own lead to that of what they belong to. */
static bool target_of(const struct search_hit *hit, struct record_target *target)
{
	if (hit->kind == SEARCH_FOLLOWUP)
		*target = (struct record_target){.kind = RECORD_FOLLOWUP, .key = hit->key};
	else if (hit->kind == SEARCH_RESOLUTION)
		*target = (struct record_target){RECORD_MEETING, hit->meeting_key, hit->item_key,
						 hit->key};
	else if (hit->commitment_key)
		*target = (struct record_target){.kind = RECORD_COMMITMENT,
						 .key = hit->commitment_key};
	else if (hit->meeting_key)
		*target =
			(struct record_target){RECORD_MEETING, hit->meeting_key, hit->item_key, 0};
	else if (hit->organization_key)
		*target = (struct record_target){.kind = RECORD_ORGANIZATION,
						 .key = hit->organization_key};
	else
		return false;
	return true;
}

static unsigned open_hit(struct search_view *page, struct ui *ui)
{
	struct record_target target;
	const struct search_hit *hit = search_hits_selected(&page->hits);
	if (!hit)
		return ask(page, ui, page->text.data);
	if (target_of(hit, &target))
		return open_record(page->session, ui, &target);
	ui_say(ui, ROLE_DIM, "%s",
	       _("Esto no está unido a una reunión ni a un compromiso: no tiene página."));
	return UI_REDRAW;
}

static unsigned edit(struct search_view *page, struct ui *ui, enum op op)
{
	const struct search_hit *hit = search_hits_selected(&page->hits);
	struct editing_place place = {.makes = {RECORD_FOLLOWUP, RECORD_KIND_COUNT}};
	if (hit) {
		place.kind = record_kind_of(hit);
		place.key = hit->key;
		place.makes[0] = place.kind;
		place.context = (struct editing_context){.commitment = hit->commitment_key,
							 .meeting = hit->meeting_key,
							 .item = hit->item_key};
	}
	return editing_op(page->session, ui, op, &place);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct search_view *page = (struct search_view *)view;
	if (search_hits_op(&page->hits, op))
		return UI_REDRAW;
	if (op == OP_OPEN)
		return open_hit(page, ui);
	return op == OP_SEARCH_AGAIN ? ask(page, ui, page->text.data) : edit(page, ui, op);
}

static bool point(struct view *view, int row, int column)
{
	struct search_view *page = (struct search_view *)view;
	return !view->busy && search_hits_point(&page->hits, row, column);
}

/* What the record itself gives; not every kind does. */
static bool copy_record(const struct search_view *page, const struct search_hit *hit,
			enum copy_kind kind, struct strbuf *out)
{
	enum record_kind_id record = record_kind_of(hit);
	return record != RECORD_KIND_COUNT &&
	       citation_copy_stored(session_store(page->session), record, hit->key, kind, out);
}

static void add_citation(struct strbuf *out, const struct search_hit *hit)
{
	if (hit->meeting)
		phrase_place(out, hit->meeting, hit->item);
	else
		strbuf_adds(out, hit->commitment ? hit->commitment : hit->id);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct search_view *page = (const struct search_view *)view;
	const struct search_hit *hit = search_hits_selected(&page->hits);
	if (!hit || view->busy)
		return false;
	if (kind != COPY_ROW && copy_record(page, hit, kind, out))
		return true;
	if (kind == COPY_ROW)
		strbuf_addf(out, "%s\t%s\t%s", enum_label(&search_kind_names, hit->kind),
			    hit->place, hit->title ? hit->title : hit->snippet);
	else if (kind == COPY_TEXT)
		strbuf_adds(out, hit->title ? hit->title : hit->snippet);
	else if (kind == COPY_CITATION)
		add_citation(out, hit);
	return out->length > 0;
}

static void close_page(struct view *view)
{
	struct search_view *page = (struct search_view *)view;
	search_free(page->search);
	search_hits_release(&page->hits);
	strbuf_release(&page->text);
	strbuf_release(&page->before);
	free(page);
}

static const struct view_class search_class = {
	.name = "search",
	.context = CONTEXT_SEARCH,
	.title = title,
	.sentence = sentence,
	.entered = entered,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.work = work,
	.close = close_page,
};

struct view *search_view_new(void *context)
{
	struct search_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &search_class;
	page->session = context;
	strbuf_init(&page->text);
	strbuf_init(&page->before);
	search_hits_init(&page->hits);
	return &page->view;
}
