/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/picker.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/fuzzy.h"
#include "nucleo/base/utf8.h"

/* Rows of the body from which some of it stays in sight above the choices. */
#define ROWS_FOR_BOTH 14
/* Choices shown at most at once: who does not see the one sought types another letter. */
#define CHOICE_ROWS_MAX 16
/* Columns between a choice and its detail. */
#define DETAIL_GAP 2
/* Beyond so many columns the eye loses the detail that belongs to a choice. */
#define LINE_COLUMNS_MAX 78

static void release_items(struct picker *picker)
{
	for (size_t i = 0; i < picker->items.count; i++) {
		free(picker->items.items[i].text);
		free(picker->items.items[i].detail);
		free(picker->items.items[i].also);
	}
	picker->items.count = 0;
}

void picker_release(struct picker *picker)
{
	release_items(picker);
	vector_release(&picker->items);
	vector_release(&picker->hits);
	*picker = (struct picker){0};
}

/* The item of the hit that stands for what was typed. */
#define TYPED SIZE_MAX

static bool is_typed(const struct picker *picker, size_t hit)
{
	return picker->hits.items[hit].item == TYPED;
}

static const struct picker_item *item_of(const struct picker *picker, size_t hit)
{
	return &picker->items.items[picker->hits.items[hit].item];
}

void picker_set(struct picker *picker, const struct ui_choice *choices, size_t count,
		int64_t selected)
{
	release_items(picker);
	for (size_t i = 0; i < count; i++) {
		struct picker_item item = {
			.text = mem_strdup(choices[i].text),
			.detail = mem_strdup_null(choices[i].detail),
			.also = mem_strdup_null(choices[i].also),
			.id = choices[i].id,
		};
		vector_push(&picker->items, item);
	}
	picker_narrow(picker, "");
	for (size_t i = count; i-- > 0;)
		if (choices[i].id == selected)
			picker->selected = i;
}

static int by_score(const void *a, const void *b)
{
	const struct picker_hit *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return x->item < y->item ? -1 : x->item > y->item;
}

static bool is_called(const struct picker_item *item, const char *typed)
{
	return utf8_equal_folded(item->text, typed) ||
	       (item->also && utf8_equal_folded(item->also, typed));
}

/* Behind all others: what only resembles a choice is a misspelt one more often than not. */
static void offer_typed(struct picker *picker, const char *typed)
{
	const struct picker_hit hit = {TYPED, 0};
	for (size_t i = 0; i < picker->items.count; i++)
		if (is_called(&picker->items.items[i], typed))
			return;
	vector_push(&picker->hits, hit);
}

void picker_narrow(struct picker *picker, const char *typed)
{
	picker->hits.count = 0;
	for (size_t i = 0; i < picker->items.count; i++) {
		const struct picker_item *item = &picker->items.items[i];
		struct picker_hit hit = {i, fuzzy_match_either(item->text, item->also, typed)};
		if (hit.score != FUZZY_NONE)
			vector_push(&picker->hits, hit);
	}
	if (picker->hits.count)
		qsort(picker->hits.items, picker->hits.count, sizeof(*picker->hits.items),
		      by_score);
	if (picker->takes_typed && typed[strspn(typed, " ")])
		offer_typed(picker, typed);
	picker->selected = picker->top = 0;
}

bool picker_op(struct picker *picker, enum op op)
{
	size_t last = picker->hits.count ? picker->hits.count - 1 : 0, at = picker->selected;
	size_t step = picker->page > 1 ? picker->page - 1 : 1;
	switch (op) {
	case OP_UP:
		picker->selected = at ? at - 1 : 0;
		return true;
	case OP_DOWN:
		picker->selected = at < last ? at + 1 : last;
		return true;
	case OP_PAGE_UP:
		picker->selected = at > step ? at - step : 0;
		return true;
	case OP_PAGE_DOWN:
		picker->selected = last - at > step ? at + step : last;
		return true;
	default:
		return false;
	}
}

bool picker_selected(const struct picker *picker, int64_t *id)
{
	if (picker->selected >= picker->hits.count || is_typed(picker, picker->selected))
		return false;
	*id = item_of(picker, picker->selected)->id;
	return true;
}

bool picker_typed_is_selected(const struct picker *picker)
{
	return picker->selected < picker->hits.count && is_typed(picker, picker->selected);
}

bool picker_point(struct picker *picker, int row, int column)
{
	if (!region_holds(picker->place, row, column))
		return false;
	size_t hit = picker->top + (size_t)(row - picker->place.row);
	if (hit >= picker->hits.count)
		return false;
	picker->selected = hit;
	return true;
}

/* ---- drawing ---- */

/* As high as all choices need, so that it does not jump while they are narrowed. */
struct region picker_place(const struct picker *picker, struct region body)
{
	bool both = body.rows >= ROWS_FOR_BOTH;
	int limit = both ? body.rows * 2 / 3 : body.rows;
	limit = limit < CHOICE_ROWS_MAX ? limit : CHOICE_ROWS_MAX;
	int rows = picker->items.count < (size_t)limit ? (int)picker->items.count : limit;
	rows = rows < 1 ? 1 : rows;
	return region_rest(body, body.rows - rows, 0);
}

static void settle(struct picker *picker, size_t page)
{
	picker->page = page;
	if (picker->selected < picker->top)
		picker->top = picker->selected;
	if (page && picker->selected >= picker->top + page)
		picker->top = picker->selected - page + 1;
	if (picker->top + page > picker->hits.count)
		picker->top = picker->hits.count > page ? picker->hits.count - page : 0;
}

/* Draws `text`, cut with "…", the letters that answer in a role of their own. */
static void draw_text(struct region place, const char *text, const char *typed)
{
	struct strbuf fitted, marks, letter;
	int column = 0;
	strbuf_init(&fitted);
	strbuf_init(&marks);
	strbuf_init(&letter);
	utf8_fit(&fitted, text, place.columns);
	(void)fuzzy_match(fitted.data, typed, &marks); /* what is cut away is marked nowhere */
	for (const char *at = fitted.data; *at;) {
		bool marked = marks.data[at - fitted.data] == '^';
		strbuf_reset(&letter);
		utf8_next_grapheme(&at, &letter);
		column = region_text(place, 0, column, marked ? ROLE_MATCH : ROLE_TEXT,
				     letter.data);
	}
	strbuf_release(&fitted);
	strbuf_release(&marks);
	strbuf_release(&letter);
}

static void draw_item(struct region row, const struct picker_item *item, const char *typed)
{
	struct region line = region_part(row, 0, 1, 1, row.columns - 2);
	line.columns = line.columns < LINE_COLUMNS_MAX ? line.columns : LINE_COLUMNS_MAX;
	int detail = item->detail ? utf8_width(item->detail) : 0;
	if (detail > line.columns / 3)
		detail = line.columns / 3;
	int text = line.columns - (detail ? detail + DETAIL_GAP : 0);
	draw_text(region_part(line, 0, 0, 1, text), item->text, typed);
	if (detail)
		region_label(region_rest(line, 0, line.columns - detail), ALIGN_RIGHT, ROLE_DIM,
			     item->detail);
}

static void draw_typed(struct region row, const char *typed)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, _("«%s», tal como está escrito"), typed);
	region_label(region_part(row, 0, 1, 1, row.columns - 2), ALIGN_LEFT, ROLE_TEXT, text.data);
	strbuf_release(&text);
}

void picker_draw(struct picker *picker, struct region place, const char *typed)
{
	picker->place = place;
	region_clear(place);
	settle(picker, place.rows > 0 ? (size_t)place.rows : 0);
	for (int i = 0; i < place.rows; i++) {
		size_t hit = picker->top + (size_t)i;
		struct region row = region_row(place, i);
		if (hit >= picker->hits.count)
			break;
		if (is_typed(picker, hit))
			draw_typed(row, typed);
		else
			draw_item(row, item_of(picker, hit), typed);
		if (hit != picker->selected)
			continue;
		region_text(row, 0, 0, ROLE_TEXT, "▶");
		region_select(row);
		region_cursor(row, 0, 0);
	}
	if (picker->hits.count)
		return;
	region_label(region_rest(place, 0, 1), ALIGN_LEFT, ROLE_DIM,
		     _("Nada responde a eso; borre algo o Esc."));
	region_cursor(place, 0, 0);
}
