/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/record_set.h"
#include "nucleo/ui/table.h"
#include "nucleo/views/citation.h"
#include "nucleo/views/detail_view.h"
#include "nucleo/views/phrases.h"

/* One meeting: its items as a tree on the left (or above), and what was said
 * under the selected one on the right (or below). The first row of the tree is
 * the heading of the acta itself. */

enum { COLUMN_LABEL, COLUMN_TITLE, COLUMN_STATE, COLUMN_COUNT };
/* From so many columns the panes stand side by side; from so many rows both fit in a column. */
enum { BESIDE_COLUMNS = 72, BELOW_ROWS = 12 };

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_LABEL] = {.title = N_("Punto"), .min = 5, .is_tree = true},
	[COLUMN_TITLE] = {.title = N_("Orden del día"), .min = 8, .weight = 10},
	[COLUMN_STATE] = {.title = "", .min = 1},
};

/* Where a paragraph begins in the pane of resolutions. */
struct entry_place {
	size_t block, entry; /* of the pager, of the entries */
};

struct meeting_view {
	struct view view;
	int64_t key, item, entry; /**< `item` and `entry`: to be in sight after the first load */
	struct table tree;
	struct pager pager;
	struct detail detail;
	bool reading; /**< the pane of resolutions has the keys */
	bool came_reading; /**< and had them from the beginning: Esc leads back at once */
	int64_t shown; /**< the item in that pane; -1: none yet */
	VECTOR(struct entry_place) places; /**< of the paragraphs in that pane */
	struct record_set meeting, items, entries, progress, followups;
};

static const struct meeting *meeting_of(const struct meeting_view *page)
{
	return page->meeting.count ? record_set_at(&page->meeting, 0) : NULL;
}

static void add_heading_row(struct table_rows *rows)
{
	struct table_row *row = table_rows_add(rows, 0, "");
	table_row_text(row, COLUMN_LABEL, ROLE_TITLE, _("Acta"));
	table_row_text(row, COLUMN_TITLE, ROLE_TITLE, _("lugar, firmas, anexos"));
}

static void add_item_row(struct table_rows *rows, const struct agenda_item *item)
{
	struct table_row *row = table_rows_add(rows, item->key, item->sort);
	const char *dot = strrchr(item->label, '.');
	row->depth = item->parent_key != 0;
	table_row_text(row, COLUMN_LABEL, ROLE_TEXT,
		       item->parent_key && dot ? dot + 1 : item->label);
	table_row_text(row, COLUMN_TITLE, ROLE_TEXT, item->title);
	table_row_text(row, COLUMN_STATE, ROLE_GOOD, enum_sign(&item_state_names, item->state));
}

/* A meeting has tens of items, all in memory: the table gets those after (or
 * before) the row it names. */
static enum rc fetch(void *context, const struct table_query *query, struct table_rows *out,
		     struct error *err)
{
	const struct meeting_view *page = context;
	int64_t count = (int64_t)page->items.count + 1, at = query->backwards ? count : -1;
	(void)err;
	for (int64_t i = 0; query->sort && i < count; i++) {
		const struct agenda_item *item =
			i ? record_set_at(&page->items, (size_t)i - 1) : NULL;
		if ((item ? item->key : 0) == query->key)
			at = i;
	}
	for (size_t n = 0; n < query->limit; n++) {
		at += query->backwards ? -1 : 1;
		if (at < 0 || at >= count)
			break;
		if (at == 0)
			add_heading_row(out);
		else
			add_item_row(out, record_set_at(&page->items, (size_t)at - 1));
	}
	return RC_OK;
}

static void show_heading(struct meeting_view *page, const struct meeting *meeting)
{
	struct strbuf text;
	strbuf_init(&text);
	pager_heading(&page->pager, meeting->number);
	date_add_local(&text, meeting->date);
	pager_field(&page->pager, _("Fecha"), text.data);
	strbuf_reset(&text);
	phrase_hours(&text, meeting);
	pager_field(&page->pager, _("Hora"), text.data);
	pager_field(&page->pager, _("Lugar"), meeting->place);
	pager_field(&page->pager, _("Estado"), enum_label(&meeting_status_names, meeting->status));
	strbuf_reset(&text);
	strbuf_addf(&text, "%lld", (long long)meeting->present_count);
	pager_field(&page->pager, _("Asistentes"), text.data);
	pager_field(&page->pager, _("Elaborado por"), meeting->prepared_by);
	strbuf_reset(&text);
	record_list_add(&text, meeting->signatories, "\n");
	pager_field(&page->pager, _("Firman"), text.data);
	strbuf_reset(&text);
	record_list_add(&text, meeting->annexes, "\n");
	pager_field(&page->pager, _("Anexos"), text.data);
	strbuf_release(&text);
}

static void add_part(struct strbuf *out, const char *part)
{
	if (part && *part)
		strbuf_addf(out, "%s%s", out->length ? " · " : "", part);
}

/* Who speaks, and what it amounts to when it is more than a note. */
static void show_entry_heading(struct meeting_view *page, const struct resolution *entry)
{
	struct strbuf text;
	strbuf_init(&text);
	add_part(&text, entry->organization);
	if (entry->kind != ENTRY_NOTE)
		add_part(&text, enum_label(&entry_kind_names, entry->kind));
	add_part(&text, entry->decision_number);
	add_part(&text, enum_label(&decision_kind_names, entry->decision_kind));
	if (text.length)
		pager_text(&page->pager, ROLE_TITLE, text.data);
	strbuf_release(&text);
}

static void show_objections(struct meeting_view *page, const char *objections)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, _("Objeciones: %s"), objections);
	pager_text(&page->pager, ROLE_WARNING, text.data);
	strbuf_release(&text);
}

static void show_entry_followups(struct meeting_view *page, const struct resolution *entry)
{
	for (size_t i = 0; i < page->followups.count; i++) {
		const struct followup *followup = record_set_at(&page->followups, i);
		struct strbuf line;
		if (followup->entry_key != entry->key)
			continue;
		strbuf_init(&line);
		strbuf_addf(&line, _("→ acción %s · "), followup->id);
		record_list_add(&line, followup->responsible, ", ");
		detail_link(&page->detail, RECORD_FOLLOWUP, followup->key, 0, line.data);
		strbuf_release(&line);
	}
}

static void show_entry(struct meeting_view *page, const struct resolution *entry)
{
	pager_gap(&page->pager);
	if (entry->key == page->entry)
		pager_show_next(&page->pager);
	show_entry_heading(page, entry);
	pager_text(&page->pager, ROLE_TEXT, entry->text);
	if (entry->tally)
		pager_text(&page->pager, ROLE_DIM, entry->tally);
	if (entry->objections)
		show_objections(page, entry->objections);
	show_entry_followups(page, entry);
}

static void show_measurements(struct meeting_view *page, const char *label)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < page->progress.count; i++) {
		const struct progress *progress = record_set_at(&page->progress, i);
		if (!progress->item || strcmp(progress->item, label) != 0)
			continue;
		strbuf_addf(&text, "%s%s\u00A0", text.length ? ", " : "", progress->commitment);
		phrase_percent(&text, progress->percent);
	}
	pager_field(&page->pager, _("Mediciones"), text.data);
	strbuf_release(&text);
}

static void show_item(struct meeting_view *page, const struct agenda_item *item)
{
	struct strbuf text;
	size_t before = 0;
	strbuf_init(&text);
	strbuf_addf(&text, "%s. %s", item->label, item->title);
	pager_heading(&page->pager, text.data);
	strbuf_release(&text);
	show_measurements(page, item->label);
	for (size_t i = 0; i < page->entries.count; i++) {
		const struct resolution *entry = record_set_at(&page->entries, i);
		if (entry->item_key != item->key)
			continue;
		vector_push(&page->places,
			    ((struct entry_place){page->pager.blocks.count, i}));
		show_entry(page, entry);
		before++;
	}
	if (!before)
		pager_text(&page->pager, ROLE_DIM, _("Sin resoluciones en este punto."));
}

static const struct agenda_item *selected_item(const struct meeting_view *page)
{
	const struct table_row *row = table_selected(&page->tree);
	for (size_t i = 0; row && row->key && i < page->items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->items, i);
		if (item->key == row->key)
			return item;
	}
	return NULL;
}

/* What stands beside the tree: of the selected row, made anew when it changes. */
static void show_selected(struct meeting_view *page)
{
	const struct table_row *row = table_selected(&page->tree);
	int64_t key = row ? row->key : 0;
	if (page->shown == key)
		return;
	if (page->shown != -1) {
		pager_release(&page->pager);
		pager_init(&page->pager);
	}
	page->shown = key;
	page->detail.targets.count = 0;
	page->places.count = 0;
	if (!key && meeting_of(page))
		show_heading(page, meeting_of(page));
	if (selected_item(page))
		show_item(page, selected_item(page));
}

static void release_records(struct meeting_view *page)
{
	record_set_release(&page->meeting);
	record_set_release(&page->items);
	record_set_release(&page->entries);
	record_set_release(&page->progress);
	record_set_release(&page->followups);
}

static enum rc load_records(struct meeting_view *page, struct error *err)
{
	struct store *store = session_store(page->detail.session);
	struct list_query itself = {.key = page->key}, parts = {.meeting = page->key};
	enum rc rc = record_set_load(&page->meeting, store, RECORD_MEETING, &itself, err);
	if (rc == RC_OK && !page->meeting.count)
		rc = error_set(err, RC_NOT_FOUND,
			       _("Esta reunión ya no está: alguien la quitó. Esc vuelve."));
	if (rc == RC_OK)
		rc = record_set_load(&page->items, store, RECORD_AGENDA, &parts, err);
	if (rc == RC_OK)
		rc = record_set_load(&page->entries, store, RECORD_RESOLUTION, &parts, err);
	if (rc == RC_OK)
		rc = record_set_load(&page->progress, store, RECORD_PROGRESS, &parts, err);
	if (rc == RC_OK)
		rc = record_set_load(&page->followups, store, RECORD_FOLLOWUP, &parts, err);
	return rc;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct meeting_view *page = (struct meeting_view *)view;
	release_records(page);
	enum rc rc = load_records(page, err);
	if (rc == RC_OK)
		rc = table_load(&page->tree, err);
	if (rc != RC_OK)
		return rc;
	if (page->detail.session->meeting != page->key)
		ui_mark_stale(ui);
	page->detail.session->meeting = page->key;
	if (page->item && table_select(&page->tree, page->item, NULL) == RC_OK)
		page->reading = page->came_reading = page->entry != 0;
	page->item = 0;
	pager_clear(&page->pager);
	page->shown = -1;
	show_selected(page);
	page->entry = 0;
	return RC_OK;
}

static void title(const struct view *view, struct strbuf *out)
{
	const struct meeting *meeting = meeting_of((const struct meeting_view *)view);
	strbuf_adds(out, meeting ? meeting->number : "…");
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct meeting *meeting = meeting_of((const struct meeting_view *)view);
	if (!meeting)
		return;
	date_add_local(out, meeting->date);
	strbuf_addch(out, ' ');
	phrase_hours(out, meeting);
	strbuf_addf(out, _(" · %s · asisten %lld"),
		    enum_label(&meeting_status_names, meeting->status),
		    (long long)meeting->present_count);
	if (meeting->place)
		strbuf_addf(out, " · %s", meeting->place);
}

static void draw_beside(struct meeting_view *page, struct region body)
{
	int left = body.columns * 2 / 5;
	table_draw(&page->tree, region_part(body, 0, 0, body.rows, left), !page->reading);
	region_rule_down(region_part(body, 0, left + 1, body.rows, 1), ROLE_RULE);
	pager_draw(&page->pager, region_rest(body, 0, left + 3), page->reading);
}

/* In a low window the pane being read takes what it can. */
static void draw_below(struct meeting_view *page, struct region body)
{
	bool low = body.rows < BELOW_ROWS;
	int above = low && page->reading ? 1 : body.rows / 2;
	int rule = !(low && page->reading);
	page->tree.hide_header = true;
	table_draw(&page->tree, region_part(body, 0, 0, above, body.columns), !page->reading);
	region_rule_across(region_part(body, above, 0, rule, body.columns), ROLE_RULE);
	pager_draw(&page->pager, region_rest(body, above + rule, 0), page->reading);
}

static void draw(struct view *view, struct region body)
{
	struct meeting_view *page = (struct meeting_view *)view;
	page->tree.hide_header = false;
	if (body.columns >= BESIDE_COLUMNS)
		draw_beside(page, body);
	else
		draw_below(page, body);
}

static unsigned open_link(struct meeting_view *page, struct ui *ui)
{
	if (page->reading)
		return detail_open_link(&page->detail, ui);
	page->reading = true;
	return UI_REDRAW;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct meeting_view *page = (struct meeting_view *)view;
	if (page->reading ? pager_op(&page->pager, op) : table_op(&page->tree, op)) {
		show_selected(page);
		return UI_REDRAW;
	}
	if (op == OP_OPEN)
		return open_link(page, ui);
	if (op == OP_NEXT_PANE || (op == OP_BACK && page->reading && !page->came_reading)) {
		page->reading = !page->reading;
		page->came_reading = false;
		return UI_REDRAW;
	}
	return UI_PASS;
}

static void focus(struct view *view, int row, int column)
{
	struct meeting_view *page = (struct meeting_view *)view;
	if (region_holds(page->tree.place, row, column))
		page->reading = false;
	else if (region_holds(page->pager.place, row, column))
		page->reading = true;
}

static bool point(struct view *view, int row, int column)
{
	struct meeting_view *page = (struct meeting_view *)view;
	if (pager_point(&page->pager, row, column))
		return true;
	if (!table_point(&page->tree, row, column))
		return false;
	show_selected(page);
	return true;
}

/* The paragraph in front in the pane of resolutions. */
static const struct resolution *entry_in_front(const struct meeting_view *page)
{
	size_t block = pager_block_in_front(&page->pager);
	const struct resolution *found = NULL;
	for (size_t i = 0; i < page->places.count; i++)
		if (!found || page->places.items[i].block <= block)
			found = record_set_at(&page->entries, page->places.items[i].entry);
	return found;
}

/* What one reads: the paragraph, else the item, else the meeting itself. */
static bool copy_selected(const struct meeting_view *page, enum copy_kind kind,
			  struct strbuf *out)
{
	const struct resolution *entry = page->reading ? entry_in_front(page) : NULL;
	const struct agenda_item *item = selected_item(page);
	if (entry)
		return citation_copy(RECORD_RESOLUTION, entry, kind, out);
	if (item)
		return citation_copy(RECORD_AGENDA, item, kind, out);
	return meeting_of(page) && citation_copy(RECORD_MEETING, meeting_of(page), kind, out);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct meeting_view *page = (const struct meeting_view *)view;
	switch (kind) {
	case COPY_ROW:
		return !page->reading && table_copy(&page->tree, out);
	case COPY_LINK:
		return page->reading && pager_copy_link(&page->pager, out);
	case COPY_PAGE:
		return pager_copy(&page->pager, out);
	default:
		return copy_selected(page, kind, out);
	}
}

static void close_page(struct view *view)
{
	struct meeting_view *page = (struct meeting_view *)view;
	table_release(&page->tree);
	pager_release(&page->pager);
	vector_release(&page->detail.targets);
	vector_release(&page->places);
	release_records(page);
	free(page);
}

static const struct view_class meeting_class = {
	.name = "meeting",
	.context = CONTEXT_TREE,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.focus = focus,
	.copy = copy,
	.close = close_page,
};

struct view *meeting_view_new(struct session *session, int64_t key, int64_t item, int64_t entry)
{
	struct meeting_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &meeting_class;
	page->key = key;
	page->item = item;
	page->entry = entry;
	page->shown = -1;
	table_init(&page->tree, columns, COLUMN_COUNT,
		   (struct table_source){.context = page, .fetch = fetch});
	pager_init(&page->pager);
	page->detail.session = session;
	page->detail.pager = &page->pager;
	return &page->view;
}
