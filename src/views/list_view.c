/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/list_view.h"

#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/views/filter_box.h"

struct list_view {
	struct view view;
	struct session *session;
	const struct list_spec *spec;
	struct table table;
	struct filter_box filter;
	void *summary;
};

/* What the visitor of one fetch needs. */
struct fill {
	const struct list_spec *spec;
	struct table_rows *rows;
};

/* Every record struct begins with its key and its sort text. */
struct record_head {
	RECORD_HEAD;
};

static bool add_row(void *context, const void *record)
{
	struct fill *fill = context;
	const struct record_head *head = record;
	fill->spec->fill(record, table_rows_add(fill->rows, head->key, head->sort));
	return true;
}

static enum rc fetch(void *context, const struct table_query *wanted, struct table_rows *out,
		     struct error *err)
{
	struct list_view *list = context;
	struct list_anchor anchor = {.sort = wanted->sort, .key = wanted->key};
	struct list_query query = {
		.filter = &list->filter.filter,
		.from = wanted->sort ? &anchor : NULL,
		.direction = wanted->backwards ? LIST_BACKWARD : LIST_FORWARD,
		.limit = (int64_t)wanted->limit,
	};
	struct fill fill = {.spec = list->spec, .rows = out};
	return store_list(session_store(list->session), list->spec->kind, &query, add_row, &fill,
			  err);
}

static bool take_sort(void *context, const void *record)
{
	const struct record_head *head = record;
	strbuf_adds(context, head->sort);
	return false;
}

static enum rc locate(void *context, int64_t key, struct strbuf *sort, struct error *err)
{
	struct list_view *list = context;
	struct list_query query = {.filter = &list->filter.filter, .key = key, .limit = 1};
	size_t before = sort->length;
	enum rc rc = store_list(session_store(list->session), list->spec->kind, &query, take_sort,
				sort, err);
	if (rc == RC_OK && sort->length == before)
		return error_set(err, RC_NOT_FOUND, _("esa fila ya no está"));
	return rc;
}

static void title(const struct view *view, struct strbuf *out)
{
	const struct list_view *list = (const struct list_view *)view;
	strbuf_adds(out, _(list->spec->title));
	if (list->filter.text.length)
		strbuf_addf(out, " [%s]", list->filter.text.data);
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct list_view *list = (const struct list_view *)view;
	if (list->filter.text.length)
		strbuf_addf(out, _("Solo lo que cumple «%s» · Esc quita el filtro"),
			    list->filter.text.data);
	else if (list->spec->sentence)
		list->spec->sentence(list->summary, out);
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct list_view *list = (struct list_view *)view;
	enum rc rc = RC_OK;
	(void)ui;
	if (list->spec->summarize)
		rc = list->spec->summarize(list->session, list->summary, err);
	list->table.empty = list->filter.text.length ? _("Ninguna fila cumple ese filtro.")
						: _(list->spec->empty);
	return rc == RC_OK ? table_load(&list->table, err) : rc;
}

static void draw(struct view *view, struct region body)
{
	table_draw(&((struct list_view *)view)->table, body, true);
}

static unsigned set_filter(struct list_view *list, struct ui *ui, const char *text)
{
	struct error err;
	if (filter_box_set(&list->filter, text, &err) == RC_OK)
		return UI_RELOAD;
	ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_KEEP | UI_REDRAW;
}

static unsigned filter_typed(struct view *view, struct ui *ui, const char *text)
{
	return set_filter((struct list_view *)view, ui, text);
}

static unsigned filter_cancelled(struct view *view, struct ui *ui)
{
	return filter_typed(view, ui, "");
}

static unsigned ask_filter(struct list_view *list, struct ui *ui)
{
	struct ui_question question = {
		.label = _("Filtrar: "),
		.text = list->filter.text.data,
		.changed = filter_typed,
		.answered = filter_typed,
		.cancelled = filter_cancelled,
	};
	return ui_ask(ui, &question);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct list_view *list = (struct list_view *)view;
	const struct table_row *row = table_selected(&list->table);
	if (table_op(&list->table, op))
		return UI_REDRAW;
	if (op == OP_OPEN && row)
		return ui_open(ui, list->spec->open(list->session, row->key));
	if (op == OP_FILTER)
		return ask_filter(list, ui);
	if (op == OP_BACK && list->filter.text.length)
		return set_filter(list, ui, "");
	return UI_PASS;
}

static void close_list(struct view *view)
{
	struct list_view *list = (struct list_view *)view;
	table_release(&list->table);
	filter_box_release(&list->filter);
	free(list->summary);
	free(list);
}

static const struct view_class list_class = {
	.name = "list",
	.context = CONTEXT_LIST,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.close = close_list,
};

struct view *list_view_new(struct session *session, const struct list_spec *spec)
{
	struct list_view *list = mem_alloc_zero(1, sizeof(*list));
	list->view.class = &list_class;
	list->session = session;
	list->spec = spec;
	list->summary = mem_alloc_zero(1, spec->summary_size);
	filter_box_init(&list->filter, session, spec->kind);
	table_init(&list->table, spec->columns, spec->column_count,
		   (struct table_source){.context = list, .fetch = fetch, .locate = locate});
	list->table.note_rows = spec->note_rows;
	return &list->view;
}
