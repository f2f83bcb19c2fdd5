/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/phrases.h"
#include "nucleo/views/sala_parts.h"

/* The agenda with the clock of each item, and walking it. */

enum { COLUMN_STATE, COLUMN_LABEL, COLUMN_TITLE, COLUMN_CLOCK, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_STATE] = {.title = "", .min = 1},
	[COLUMN_LABEL] = {.title = "", .min = 3, .is_tree = true},
	[COLUMN_TITLE] = {.title = N_("Orden del día"), .min = 8, .weight = 10},
	[COLUMN_CLOCK] = {.title = N_("min"), .min = 7, .align = ALIGN_RIGHT},
};

static struct clock_item clock_of(const struct agenda_item *item)
{
	return (struct clock_item){
		.state = item->state,
		.planned = item->minutes_planned,
		.spent = item->minutes_spent,
		.resumed = item->resumed,
	};
}

/* ---- rows */

/* "12/15": spent and planned, as far as there is anything to say. */
static void add_minutes(struct strbuf *out, const struct agenda_item *item, day_minute now)
{
	const struct clock_item clock = clock_of(item);
	int64_t spent = clock_spent(&clock, now);
	bool has_begun = spent || item->state == ITEM_IN_PROGRESS;
	if (has_begun)
		strbuf_addf(out, "%lld", (long long)spent);
	if (has_begun && item->minutes_planned)
		strbuf_addch(out, '/');
	if (item->minutes_planned)
		strbuf_addf(out, "%lld", (long long)item->minutes_planned);
}

static bool is_over(const struct agenda_item *item, day_minute now)
{
	const struct clock_item clock = clock_of(item);
	return item->minutes_planned && clock_spent(&clock, now) > item->minutes_planned;
}

static void add_item_row(const struct sala *page, struct table_rows *rows,
			 const struct agenda_item *item)
{
	struct table_row *row = table_rows_add(rows, item->key, item->sort);
	const char *dot = strrchr(item->label, '.');
	bool is_now = item->state == ITEM_IN_PROGRESS;
	struct strbuf minutes;
	strbuf_init(&minutes);
	add_minutes(&minutes, item, page->now);
	if (is_over(item, page->now))
		strbuf_addch(&minutes, '!');
	row->sign = news_is_marked(&page->session->news, item->key) ? NEWS_SIGN : NULL;
	row->sign_role = ROLE_NOTICE;
	row->depth = item->parent_key != 0;
	table_row_text(row, COLUMN_STATE, is_now ? ROLE_TITLE : ROLE_GOOD,
		       enum_sign(&item_state_names, item->state));
	table_row_text(row, COLUMN_LABEL, is_now ? ROLE_TITLE : ROLE_TEXT,
		       item->parent_key && dot ? dot + 1 : item->label);
	table_row_text(row, COLUMN_TITLE, is_now ? ROLE_TITLE : ROLE_TEXT, item->title);
	table_row_text(row, COLUMN_CLOCK, is_over(item, page->now) ? ROLE_WARNING : ROLE_DIM,
		       minutes.data);
	strbuf_release(&minutes);
}

/* What was said before any item, where something was or there is no item yet. */
static bool has_beginning(const struct sala *page)
{
	for (size_t i = 0; i < page->entries.count; i++)
		if (!((const struct resolution *)record_set_at(&page->entries, i))->item_key)
			return true;
	return !page->items.count;
}

static void add_beginning_row(struct table_rows *rows)
{
	struct table_row *row = table_rows_add(rows, 0, "");
	table_row_text(row, COLUMN_TITLE, ROLE_TEXT, _("Antes del primer punto"));
}

/* The i-th row: what comes before all items is one of its own, -1. */
static int64_t key_at(const struct sala *page, int64_t i)
{
	return i < 0 ? 0
		     : ((const struct agenda_item *)record_set_at(&page->items, (size_t)i))->key;
}

/* As in meeting.c: tens of items, all in memory. */
static enum rc fetch(void *context, const struct table_query *query, struct table_rows *out,
		     struct error *err)
{
	const struct sala *page = context;
	int64_t first = has_beginning(page) ? -1 : 0, end = (int64_t)page->items.count;
	int64_t at = query->backwards ? end : first - 1;
	(void)err;
	for (int64_t i = first; query->sort && i < end; i++)
		if (key_at(page, i) == query->key)
			at = i;
	for (size_t n = 0; n < query->limit; n++) {
		at += query->backwards ? -1 : 1;
		if (at < first || at >= end)
			break;
		if (at < 0)
			add_beginning_row(out);
		else
			add_item_row(page, out, record_set_at(&page->items, (size_t)at));
	}
	return RC_OK;
}

void sala_agenda_init(struct sala *page)
{
	table_init(&page->agenda, columns, COLUMN_COUNT,
		   (struct table_source){.context = page, .fetch = fetch});
}

/* ---- the clock of the whole */

static size_t count_items(const struct sala *page)
{
	size_t count = 0;
	for (size_t i = 0; i < page->items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->items, i);
		count += !item->parent_key && !item->parked;
	}
	return count;
}

static void add_item(struct strbuf *out, const struct sala *page)
{
	const struct agenda_item *item = sala_item(page, page->current);
	if (!item || item->state != ITEM_IN_PROGRESS)
		return;
	const struct clock_item clock = clock_of(item);
	long long spent = (long long)clock_spent(&clock, page->now);
	strbuf_addf(out, _(" · punto %s de %zu"), item->label, count_items(page));
	if (item->minutes_planned)
		strbuf_addf(out, _(" · %lld de %lld min"), spent,
			    (long long)item->minutes_planned);
	else
		strbuf_addf(out, _(" · %lld min"), spent);
}

static void read_clock(const struct sala *page, struct agenda_clock *clock)
{
	const struct meeting *meeting = sala_meeting(page);
	VECTOR(struct clock_item) items = {0};
	for (size_t i = 0; i < page->items.count; i++) {
		const struct clock_item item = clock_of(record_set_at(&page->items, i));
		vector_push(&items, item);
	}
	agenda_clock_read(items.items, items.count, meeting->starts, meeting->ends, page->now,
			  clock);
	vector_release(&items);
}

static bool is_to_come(const struct agenda_item *item)
{
	return item->state == ITEM_PENDING && !item->parked;
}

static bool is_all_done(const struct sala *page)
{
	for (size_t i = 0; i < page->items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->items, i);
		if (item->state == ITEM_IN_PROGRESS || is_to_come(item))
			return false;
	}
	return page->items.count > 0;
}

static void add_end(struct strbuf *out, const struct sala *page)
{
	struct agenda_clock clock;
	if (is_all_done(page)) {
		strbuf_adds(out, _(" · no queda punto por tratar: Alt-c cierra la reunión"));
		return;
	}
	read_clock(page, &clock);
	if (clock.ends == DAY_MINUTE_NONE)
		return;
	strbuf_adds(out, _(" · a este ritmo terminamos "));
	daytime_add_local(out, clock.ends);
	if (clock.late > 0)
		strbuf_addf(out, _(" · %lld min tarde"), (long long)clock.late);
}

static void add_plan(struct strbuf *out, const struct sala *page)
{
	const struct meeting *meeting = sala_meeting(page);
	struct agenda_clock clock;
	read_clock(page, &clock);
	strbuf_addf(out, " · %s ", enum_label(&meeting_status_names, meeting->status));
	phrase_hours(out, meeting);
	strbuf_addf(out, ngettext(" · %zu punto", " · %zu puntos", count_items(page)),
		    count_items(page));
	if (clock.planned)
		strbuf_addf(out, _(", %lld min"), (long long)clock.planned);
}

void sala_add_clock(const struct sala *page, struct strbuf *out)
{
	const struct meeting *meeting = sala_meeting(page);
	strbuf_adds(out, meeting->number);
	if (meeting->status != MEETING_IN_SESSION) {
		add_plan(out, page);
		return;
	}
	add_item(out, page);
	add_end(out, page);
}

/* ---- walking it */

static unsigned go_to(struct sala *page, struct ui *ui, int64_t item, enum op op)
{
	struct operation *operation;
	struct error err;
	unsigned done;
	if (!session_may_write(page->session, ui, op))
		return UI_REDRAW;
	operation = operation_new();
	enum rc rc = minutes_go_to(session_store(page->session), page->key, item,
				   session_time(page->session), operation, &err);
	if (rc != RC_OK)
		done = sala_say(ui, &err);
	else
		rc = sala_commit(page, ui, operation, &done);
	if (rc == RC_OK) {
		sala_record_select(page, 0);
		page->part = SALA_LINE;
		page->line_item = item; /* she goes on, and what she types with her */
		ui_say(ui, ROLE_NOTICE, "%s", operation_words(operation));
	}
	operation_free(operation);
	return done;
}

/* Behind the one in progress; those left behind come when nothing is ahead any more. */
static int64_t find_next(const struct sala *page)
{
	int64_t first = 0;
	bool is_behind = !page->current;
	for (size_t i = 0; i < page->items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->items, i);
		if (is_to_come(item) && is_behind)
			return item->key;
		if (is_to_come(item) && !first)
			first = item->key;
		is_behind |= item->key == page->current;
	}
	return first;
}

unsigned sala_next_item(struct sala *page, struct ui *ui)
{
	const struct agenda_item *current = sala_item(page, page->current);
	int64_t next = find_next(page);
	bool has_begun = sala_meeting(page)->status == MEETING_IN_SESSION;
	if (next || !has_begun || (current && current->state == ITEM_IN_PROGRESS))
		return go_to(page, ui, next, OP_TREAT_NEXT);
	ui_say(ui, ROLE_DIM, "%s", _("No queda ningún punto por tratar."));
	return UI_REDRAW;
}

static unsigned defer(struct sala *page, struct ui *ui, const struct agenda_item *item)
{
	int state = item->state == ITEM_DEFERRED ? ITEM_PENDING : ITEM_DEFERRED;
	struct operation *operation;
	struct error err;
	unsigned done;
	if (!session_may_write(page->session, ui, OP_DEFER_ITEM))
		return UI_REDRAW;
	operation = operation_new();
	enum rc rc = minutes_set_item(session_store(page->session), item->key, state,
				      session_time(page->session), operation, &err);
	if (rc != RC_OK)
		done = sala_say(ui, &err);
	else
		rc = sala_commit(page, ui, operation, &done);
	if (rc == RC_OK)
		ui_say(ui, ROLE_NOTICE, "%s", operation_words(operation));
	operation_free(operation);
	return done;
}

unsigned sala_agenda_op(struct sala *page, struct ui *ui, enum op op)
{
	const struct table_row *row = table_selected(&page->agenda);
	const struct agenda_item *item = row ? sala_item(page, row->key) : NULL;
	if (table_op(&page->agenda, op)) {
		sala_record_show(page);
		return UI_REDRAW;
	}
	if (op == OP_GO_TO_ITEM && row)
		return go_to(page, ui, row->key, op);
	if (op == OP_DEFER_ITEM && item)
		return defer(page, ui, item);
	return UI_PASS;
}
