/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/convening.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/editing_parts.h"
#include "nucleo/views/phrases.h"

enum { COLUMN_MARK, COLUMN_TITLE, COLUMN_MINUTES, COLUMN_COUNT };
enum { TEMPLATES_MAX = 300, MINUTES_MAX = DAY_MINUTES };
/* Among the meetings an agenda is copied from: none. */
enum { TEMPLATE_NONE = 0 };

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_MARK] = {.title = "", .min = 3},
	[COLUMN_TITLE] = {.title = N_("Propuesta"), .min = 10, .weight = 10, .is_tree = true},
	[COLUMN_MINUTES] = {.title = N_("Min."), .min = 4, .align = ALIGN_RIGHT, .drop = 1},
};

/* ---- rows */

static void add_heading_row(enum proposal_group group, struct table_rows *rows, int64_t key)
{
	struct table_row *row = table_rows_add(rows, key, "");
	table_row_text(row, COLUMN_TITLE, ROLE_TITLE, proposal_group_heading(group));
}

static void add_proposal_row(const struct proposal *proposal, struct table_rows *rows,
			     int64_t key)
{
	struct table_row *row = table_rows_add(rows, key, "");
	char minutes[32];
	row->depth = proposal->parent != 0;
	table_row_text(row, COLUMN_MARK, proposal->is_taken ? ROLE_GOOD : ROLE_DIM,
		       proposal->is_taken ? "[x]" : "[ ]");
	table_row_text(row, COLUMN_TITLE, proposal->is_taken ? ROLE_TEXT : ROLE_DIM,
		       proposal->title);
	snprintf(minutes, sizeof(minutes), "%lld", (long long)proposal->minutes);
	table_row_text(row, COLUMN_MINUTES, ROLE_TEXT, proposal->minutes ? minutes : NULL);
	table_row_note(row, proposal->detail);
}

static enum rc fetch(void *context, const struct table_query *query, struct table_rows *out,
		     struct error *err)
{
	const struct convening_view *page = context;
	size_t at = 0, count = page->rows.count;
	(void)err;
	while (query->sort && at < count && page->rows.items[at] != query->key)
		at++;
	if (!query->sort && query->backwards)
		at = count;
	at = query->sort && !query->backwards ? at + 1 : at;
	for (size_t n = 0; n < query->limit; n++) {
		if (query->backwards ? at == 0 : at >= count)
			break;
		int64_t key = page->rows.items[query->backwards ? --at : at++];
		if (key < 0)
			add_heading_row((enum proposal_group)(-key - 1), out, key);
		else
			add_proposal_row(&page->list.proposals.items[key - 1], out, key);
	}
	return RC_OK;
}

static void list_rows(struct convening_view *page)
{
	page->rows.count = 0;
	for (size_t i = 0; i < page->list.proposals.count; i++) {
		const struct proposal *proposal = &page->list.proposals.items[i];
		if (!i || proposal[-1].group != proposal->group)
			vector_push(&page->rows, -(int64_t)proposal->group - 1);
		vector_push(&page->rows, (int64_t)i + 1);
	}
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct convening_view *page = (struct convening_view *)view;
	struct proposal_list before = page->list;
	(void)ui;
	page->list = (struct proposal_list){0};
	enum rc rc = convening_propose(session_store(page->session), &page->convening, &page->list,
				       err);
	if (rc != RC_OK) {
		page->list = before;
		return rc;
	}
	proposal_list_keep(&page->list, &before);
	proposal_list_release(&before);
	list_rows(page);
	return table_load(&page->table, err);
}

/* ---- taking and leaving */

static struct proposal *selected(const struct convening_view *page)
{
	const struct table_row *row = table_selected(&page->table);
	return row && row->key > 0 ? &page->list.proposals.items[row->key - 1] : NULL;
}

/* On a heading all of the group: they are left when all were taken. */
static void toggle_group(struct convening_view *page, enum proposal_group group)
{
	bool are_taken = true;
	for (size_t i = 0; i < page->list.proposals.count; i++) {
		const struct proposal *proposal = &page->list.proposals.items[i];
		are_taken &= proposal->group != group || proposal->is_taken;
	}
	for (size_t i = 0; i < page->list.proposals.count; i++)
		if (page->list.proposals.items[i].group == group)
			page->list.proposals.items[i].is_taken = !are_taken;
}

/* Rows hold what they say: they are made again. */
static unsigned show_again(struct convening_view *page, struct ui *ui)
{
	struct error err;
	if (table_load(&page->table, &err) != RC_OK)
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_REDRAW;
}

static unsigned toggle(struct convening_view *page, struct ui *ui)
{
	const struct table_row *row = table_selected(&page->table);
	struct proposal *proposal = selected(page);
	if (!row)
		return UI_REDRAW;
	if (proposal)
		proposal->is_taken = !proposal->is_taken;
	else
		toggle_group(page, (enum proposal_group)(-row->key - 1));
	return show_again(page, ui);
}

/* ---- minutes */

static unsigned answered_minutes(struct view *view, struct ui *ui, const char *text)
{
	struct convening_view *page = (struct convening_view *)view;
	struct proposal *proposal = selected(page);
	char *end;
	long minutes = strtol(text, &end, 10);
	if (*end || minutes < 0 || minutes > MINUTES_MAX) {
		ui_say(ui, ROLE_ERROR, _("Minutos: un número entero de 0 a %d."), MINUTES_MAX);
		return UI_KEEP | UI_REDRAW;
	}
	if (proposal)
		proposal->minutes = minutes;
	return show_again(page, ui);
}

static unsigned ask_minutes(struct convening_view *page, struct ui *ui)
{
	const struct proposal *proposal = selected(page);
	char text[32];
	if (!proposal) {
		ui_say(ui, ROLE_DIM, "%s", _("Los minutos son de cada punto, no del grupo."));
		return UI_REDRAW;
	}
	snprintf(text, sizeof(text), "%lld", (long long)proposal->minutes);
	const struct ui_question question = {.label = _("Minutos previstos: "),
					     .text = proposal->minutes ? text : NULL,
					     .answered = answered_minutes};
	return ui_ask(ui, &question);
}

/* ---- the agenda of another meeting */

static unsigned picked_template(struct view *view, struct ui *ui, int64_t key)
{
	struct convening_view *page = (struct convening_view *)view;
	(void)ui;
	page->convening.copied_from = key;
	return UI_RELOAD;
}

struct templates {
	const struct convening_view *page;
	VECTOR(struct ui_choice) choices;
};

static bool add_template(void *context, const void *row)
{
	struct templates *templates = context;
	const struct meeting *meeting = row;
	struct strbuf text;
	if (!meeting->item_count || meeting->key == templates->page->convening.meeting)
		return true;
	strbuf_init(&text);
	strbuf_addf(&text, "%s · ", meeting->number);
	date_add_local(&text, meeting->date);
	strbuf_addf(&text,
		    ngettext(" · %lld punto", " · %lld puntos", (unsigned long)meeting->item_count),
		    (long long)meeting->item_count);
	vector_push(&templates->choices,
		    ((struct ui_choice){.text = strbuf_detach(&text), .id = meeting->key}));
	return true;
}

static unsigned ask_template(struct convening_view *page, struct ui *ui)
{
	struct templates templates = {.page = page};
	const struct list_query query = {.limit = TEMPLATES_MAX};
	struct error err;
	vector_push(&templates.choices,
		    ((struct ui_choice){.text = mem_strdup(_("Ninguna: lo de siempre")),
					.id = TEMPLATE_NONE}));
	enum rc rc = store_list(session_store(page->session), RECORD_MEETING, &query, add_template,
				&templates, &err);
	const struct ui_pick pick = {.label = _("Copiar el orden del día de: "),
				     .choices = templates.choices.items,
				     .count = templates.choices.count,
				     .selected = page->convening.copied_from,
				     .picked = picked_template};
	unsigned done = rc == RC_OK ? ui_pick(ui, &pick) : editing_say(ui, &err);
	for (size_t i = 0; i < templates.choices.count; i++)
		free((char *)(uintptr_t)templates.choices.items[i].text);
	vector_release(&templates.choices);
	return done;
}

/* ---- the page */

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct convening_view *page = (struct convening_view *)view;
	if (table_op(&page->table, op))
		return UI_REDRAW;
	switch (op) {
	case OP_TAKE:
		return toggle(page, ui);
	case OP_MINUTES:
		return ask_minutes(page, ui);
	case OP_TEMPLATE:
		return ask_template(page, ui);
	case OP_SAVE:
		return convening_save(page, ui);
	case OP_BACK:
		return page->edit ? convening_return(page, ui) : UI_PASS;
	default:
		return UI_PASS;
	}
}

static void title(const struct view *view, struct strbuf *out)
{
	const struct convening_view *page = (const struct convening_view *)view;
	strbuf_addf(out, _("Orden del día de %s"), page->number.data);
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct convening_view *page = (const struct convening_view *)view;
	size_t taken = proposal_list_taken(&page->list);
	phrase_minutes(out, proposal_list_minutes(&page->list), page->starts, page->ends);
	strbuf_addf(out, ngettext(" · %zu punto", " · %zu puntos", (unsigned long)taken), taken);
	strbuf_adds(out, _(" · F2 guarda"));
}

static void draw(struct view *view, struct region body)
{
	table_draw(&((struct convening_view *)view)->table, body, true);
}

static bool point(struct view *view, int row, int column)
{
	return table_point(&((struct convening_view *)view)->table, row, column);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	return kind == COPY_ROW && table_copy(&((const struct convening_view *)view)->table, out);
}

/* What is taken is no place to come back to: it is saved here, or left. */
static unsigned type(struct view *view, struct ui *ui, const char *text)
{
	(void)view;
	(void)ui;
	(void)text;
	return UI_PASS;
}

static void close_page(struct view *view)
{
	struct convening_view *page = (struct convening_view *)view;
	if (page->draft.id)
		(void)!local_leave_draft(page->session->local, page->draft.id, NULL);
	if (page->edit)
		session_count_drafts(page->session);
	draft_release(&page->draft);
	record_edit_free(page->edit);
	proposal_list_release(&page->list);
	vector_release(&page->rows);
	strbuf_release(&page->number);
	table_release(&page->table);
	free(page);
}

static const struct view_class convening_class = {
	.name = "convening",
	.context = CONTEXT_PROPOSALS,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.type = type,
	.point = point,
	.copy = copy,
	.close = close_page,
};

static struct convening_view *page_new(struct session *session)
{
	struct convening_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &convening_class;
	page->session = session;
	strbuf_init(&page->number);
	table_init(&page->table, columns, COLUMN_COUNT,
		   (struct table_source){.context = page, .fetch = fetch});
	page->table.note_rows = 2;
	return page;
}

struct view *convening_view_new(struct session *session, const struct meeting *meeting)
{
	struct convening_view *page = page_new(session);
	page->convening.meeting = meeting->key;
	page->convening.date = meeting->date;
	page->starts = meeting->starts;
	page->ends = meeting->ends;
	strbuf_adds(&page->number, meeting->number);
	return &page->view;
}

static const char *written(const struct record_edit *edit, const char *field)
{
	return record_edit_text(edit, record_edit_index(edit, field));
}

struct view *convening_view_begin(struct session *session, struct record_edit *edit,
				  struct draft *draft)
{
	struct convening_view *page = page_new(session);
	page->edit = edit;
	page->draft = *draft;
	*draft = (struct draft){0};
	page->convening.date = date_parse(written(edit, "date"));
	page->starts = daytime_parse(written(edit, "starts"));
	page->ends = daytime_parse(written(edit, "ends"));
	strbuf_adds(&page->number, written(edit, "number"));
	return &page->view;
}
