/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/list_view.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/pending.h"
#include "nucleo/views/citation.h"
#include "nucleo/views/editing.h"
#include "nucleo/views/filter_saved.h"

/* In an order no index has, every page reads all rows: better few pages, and long ones. */
enum { SORTED_CHUNK = 1024 };

struct list_view {
	struct view view;
	struct session *session;
	const struct list_spec *spec;
	struct table table;
	struct filter_box filter;
	struct strbuf before; /* text of the filter before the question */
	char *opened_with;    /* the filter one came with, which Esc leaves on; NULL: none */
	bool is_asking;  /* a filter is being typed */
	bool from_start; /* the next load begins at the first row */
	key_list queued; /* records with changes that are not on the drive yet */
	void *summary;
};

/* What the visitor of one fetch needs. */
struct fill {
	const struct list_view *list;
	struct table_rows *rows;
};

/* Every record struct begins with its key and its sort text. */
struct record_head {
	RECORD_HEAD;
};

static int by_key(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static bool is_queued(const key_list *queued, int64_t key)
{
	return queued->count &&
	       bsearch(&key, queued->items, queued->count, sizeof(key), by_key) != NULL;
}

/* What others did is marked for a moment only, and goes before what waits. */
static void set_sign(const struct list_view *list, int64_t key, struct table_row *row)
{
	bool is_news = news_is_marked(&list->session->news, key);
	row->sign = is_news ? NEWS_SIGN : is_queued(&list->queued, key) ? "⇡" : NULL;
	row->sign_role = is_news ? ROLE_NOTICE : ROLE_DIM;
}

static bool add_row(void *context, const void *record)
{
	struct fill *fill = context;
	const struct record_head *head = record;
	struct table_row *row = table_rows_add(fill->rows, head->key, head->sort);
	fill->list->spec->fill(record, row);
	set_sign(fill->list, head->key, row);
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
		.seen = list->session->has_seen ? &list->session->seen : NULL,
	};
	struct fill fill = {.list = list, .rows = out};
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
	if (list->filter.in_force.length)
		strbuf_addf(out, " [%s]", list->filter.in_force.data);
}

/* Whether the filter is another than one came with. */
static bool can_reset(const struct list_view *list)
{
	return strcmp(list->filter.text.data, list->opened_with ? list->opened_with : "") != 0;
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct list_view *list = (const struct list_view *)view;
	if (list->is_asking && !list->filter.text.length)
		strbuf_adds(out, _("Palabras, estados o campo:valor, como: vencidas resp:FCD "
				   "desde:2023 -hecho"));
	else if (list->opened_with && !can_reset(list))
		strbuf_addf(out, _("Solo lo que cumple «%s» · Esc vuelve"),
			    list->filter.in_force.data);
	else if (filter_box_leaves_out(&list->filter))
		strbuf_addf(out, _("Solo lo que cumple «%s» · Esc quita el filtro"),
			    list->filter.in_force.data);
	else if (list->spec->sentence)
		list->spec->sentence(list->summary, out);
}

/* The heading of the column that shows the field the rows are sorted by says so. */
static void mark_order(struct list_view *list)
{
	const struct filter *filter = &list->filter.filter;
	list->table.sorted_sign = NULL;
	list->table.chunk = filter->order ? SORTED_CHUNK : TABLE_CHUNK;
	for (size_t i = 0; filter->order && i < list->spec->column_count; i++) {
		const char *field = list->spec->fields[i];
		if (!field || strcmp(field, filter->order->name) != 0)
			continue;
		list->table.sorted = i;
		list->table.sorted_sign = filter->is_descending ? "↓" : "↑";
	}
}

/* What was just saved is what one looks for; a filter may leave it out. */
static void select_made(struct list_view *list)
{
	struct session *session = list->session;
	if (!session->made || session->made_kind != list->spec->kind)
		return;
	(void)!table_select(&list->table, session->made, NULL);
	session->made = 0;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct list_view *list = (struct list_view *)view;
	enum rc rc = RC_OK;
	(void)ui;
	if (list->spec->summarize)
		rc = list->spec->summarize(list->session, list->summary, err);
	list->table.empty = filter_box_leaves_out(&list->filter)
				    ? _("Ninguna fila cumple ese filtro.")
				    : _(list->spec->empty);
	mark_order(list);
	list->queued.count = 0;
	if (rc == RC_OK)
		rc = pending_keys(session_store(list->session), &list->queued, err);
	if (rc == RC_OK)
		rc = (list->from_start ? table_load_first : table_load)(&list->table, err);
	list->from_start = false;
	if (rc == RC_OK)
		select_made(list);
	return rc;
}

static void draw(struct view *view, struct region body)
{
	table_draw(&((struct list_view *)view)->table, body, true);
}

static unsigned set_filter(struct list_view *list, struct ui *ui, const char *text)
{
	struct filter_span fault = {0};
	struct error err;
	if (filter_box_set(&list->filter, text, &fault, &err) == RC_OK)
		return UI_RELOAD;
	ui_mark_fault(ui, fault.start, fault.length);
	ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_KEEP | UI_REDRAW;
}

static unsigned filter_typed(struct view *view, struct ui *ui, const char *text)
{
	return set_filter((struct list_view *)view, ui, text);
}

static unsigned filter_answered(struct view *view, struct ui *ui, const char *text)
{
	struct list_view *list = (struct list_view *)view;
	unsigned done = set_filter(list, ui, text);
	list->is_asking = (done & UI_KEEP) != 0;
	return done;
}

/* A filter kept under a name may have gone meanwhile: Esc ends the question in any case. */
static unsigned filter_cancelled(struct view *view, struct ui *ui)
{
	struct list_view *list = (struct list_view *)view;
	list->is_asking = false;
	unsigned done = set_filter(list, ui, list->before.data);
	return done & UI_KEEP ? set_filter(list, ui, "") : done;
}

static unsigned filter_complete_typed(struct view *view, struct ui *ui, const char *text,
				      size_t cursor)
{
	return filter_box_complete(&((struct list_view *)view)->filter, ui, text, cursor);
}

static unsigned ask_filter(struct list_view *list, struct ui *ui)
{
	list->is_asking = true;
	strbuf_reset(&list->before);
	strbuf_adds(&list->before, list->filter.text.data);
	struct ui_question question = {
		.label = _("Filtrar: "),
		.text = list->filter.text.data,
		.changed = filter_typed,
		.answered = filter_answered,
		.cancelled = filter_cancelled,
		.complete = filter_complete_typed,
	};
	return ui_ask(ui, &question);
}

static unsigned order_changed(struct list_view *list)
{
	list->from_start = true;
	return UI_RELOAD;
}

static unsigned order_picked(struct view *view, struct ui *ui, int64_t id)
{
	struct list_view *list = (struct list_view *)view;
	(void)ui;
	filter_box_sort(&list->filter, id < 0 ? NULL : &list->filter.kind->fields[id]);
	return order_changed(list);
}

static unsigned reverse(struct list_view *list, struct ui *ui)
{
	if (filter_box_reverse(&list->filter))
		return order_changed(list);
	return filter_box_pick_order(&list->filter, ui, order_picked);
}

static unsigned name_answered(struct view *view, struct ui *ui, const char *text)
{
	struct error err;
	if (filter_saved_keep(&((struct list_view *)view)->filter, text, &err) == RC_OK) {
		ui_say(ui, ROLE_NOTICE, _("Guardado: @%s"), text);
		return UI_REDRAW;
	}
	ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_KEEP | UI_REDRAW;
}

static unsigned ask_name(struct ui *ui)
{
	const struct ui_question question = {.label = _("Nombre: "), .answered = name_answered};
	return ui_ask(ui, &question);
}

static unsigned use_saved(struct list_view *list, struct ui *ui, const char *name)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "@%s", name);
	list->from_start = true;
	unsigned done = set_filter(list, ui, text.data);
	strbuf_release(&text);
	return done;
}

static unsigned remove_saved(struct list_view *list, struct ui *ui, const char *name)
{
	struct error err;
	if (filter_saved_remove(&list->filter, name, &err) == RC_OK)
		ui_say(ui, ROLE_NOTICE, _("Borrado: @%s"), name);
	else
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_REDRAW;
}

static unsigned saved_picked(struct view *view, struct ui *ui, int64_t id)
{
	struct list_view *list = (struct list_view *)view;
	struct strbuf name;
	unsigned done = UI_REDRAW;
	strbuf_init(&name);
	switch (filter_saved_meaning(&list->filter, id, &name)) {
	case FILTER_SAVED_USE:
		done = use_saved(list, ui, name.data);
		break;
	case FILTER_SAVED_KEEP:
		done = ask_name(ui);
		break;
	case FILTER_SAVED_REMOVE:
		done = remove_saved(list, ui, name.data);
		break;
	case FILTER_SAVED_NONE:
		break;
	}
	strbuf_release(&name);
	return done;
}

/* The history and what was removed have no history of their own. */
static bool has_versions(const struct list_view *list)
{
	return list->spec->kind != RECORD_HISTORY && list->spec->kind != RECORD_TRASH;
}

static unsigned edit(struct list_view *list, struct ui *ui, enum op op, int64_t key)
{
	enum record_kind_id kind = list->spec->kind;
	const struct editing_place place = {
		.kind = kind,
		.key = key,
		.makes = {kind, RECORD_KIND_COUNT},
		.context = {.commitment = kind == RECORD_COMMITMENT ? key : 0,
			    .meeting = kind == RECORD_MEETING ? key : 0},
	};
	return editing_op(list->session, ui, op, &place);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct list_view *list = (struct list_view *)view;
	const struct table_row *row = table_selected(&list->table);
	if (table_op(&list->table, op))
		return UI_REDRAW;
	if (op == OP_OPEN && row)
		return ui_open(ui, list->spec->open(list->session, row->key));
	if (op == OP_VERSIONS && row && has_versions(list))
		return ui_open(ui, versions_view_new(list->session, list->spec->kind, row->key));
	if (op == OP_FILTER)
		return ask_filter(list, ui);
	if (op == OP_SORT)
		return filter_box_pick_order(&list->filter, ui, order_picked);
	if (op == OP_SORT_REVERSE)
		return reverse(list, ui);
	if (op == OP_SAVED_FILTERS)
		return filter_saved_pick(&list->filter, ui, saved_picked);
	if (op == OP_BACK && can_reset(list))
		return set_filter(list, ui, list->opened_with ? list->opened_with : "");
	unsigned done = list->spec->op ? list->spec->op(list->session, ui, op, row ? row->key : 0)
				       : UI_PASS;
	return done & UI_PASS ? edit(list, ui, op, row ? row->key : 0) : done;
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct list_view *list = (const struct list_view *)view;
	const struct table_row *row = table_selected(&list->table);
	if (!row || kind == COPY_ROW)
		return table_copy(&list->table, out);
	return citation_copy_stored(session_store(list->session), list->spec->kind, row->key, kind,
				    out);
}

static bool point(struct view *view, int row, int column)
{
	return table_point(&((struct list_view *)view)->table, row, column);
}

/* A heading sorts by its column; again, the other way round. */
static unsigned press(struct view *view, int row, int column)
{
	struct list_view *list = (struct list_view *)view;
	size_t heading = table_heading_at(&list->table, row, column);
	if (heading == SIZE_MAX)
		return UI_PASS;
	const char *name = list->spec->fields[heading];
	const struct field *field = name ? record_field_named(list->filter.kind, name) : NULL;
	if (!field)
		return UI_NOTHING;
	filter_box_sort(&list->filter, field);
	return order_changed(list);
}

static enum context context_of(const struct view *view)
{
	const struct list_view *list = (const struct list_view *)view;
	return list->spec->context ? list->spec->context : CONTEXT_RECORDS;
}

static void close_list(struct view *view)
{
	struct list_view *list = (struct list_view *)view;
	table_release(&list->table);
	filter_box_release(&list->filter);
	strbuf_release(&list->before);
	free(list->opened_with);
	vector_release(&list->queued);
	free(list->summary);
	free(list);
}

static const struct view_class list_class = {
	.name = "list",
	.context_now = context_of,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.press = press,
	.copy = copy,
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
	strbuf_init(&list->before);
	table_init(&list->table, spec->columns, spec->column_count,
		   (struct table_source){.context = list, .fetch = fetch, .locate = locate});
	list->table.note_rows = spec->note_rows;
	return &list->view;
}

struct view *list_view_filtered(struct session *session, const struct list_spec *spec,
				const char *filter)
{
	struct list_view *list = (struct list_view *)list_view_new(session, spec);
	struct error ignored; /* it is the program's own, and means something */
	if (filter_box_set(&list->filter, filter, NULL, &ignored) == RC_OK)
		list->opened_with = mem_strdup(filter);
	return &list->view;
}
