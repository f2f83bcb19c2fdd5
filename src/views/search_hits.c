/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/search_hits.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

/* Two lines a hit from so many columns and rows. */
enum { WIDE_COLUMNS = 60, WIDE_ROWS = 6, GUTTER = 2, KIND_COLUMNS = 12 };

void search_hits_init(struct search_hits *hits)
{
	*hits = (struct search_hits){.rows.kind = &search_hit_kind, .page = 1, .height = 1};
}

void search_hits_release(struct search_hits *hits)
{
	record_set_release(&hits->rows);
}

static const struct search_hit *hit_at(const struct search_hits *hits, size_t i)
{
	return record_set_at(&hits->rows, i);
}

const struct search_hit *search_hits_selected(const struct search_hits *hits)
{
	return hits->selected < hits->rows.count ? hit_at(hits, hits->selected) : NULL;
}

/* Where the record is among the hits, or the place it had. */
static size_t place_of(const struct search_hits *hits, int kind, int64_t key)
{
	for (size_t i = 0; i < hits->rows.count; i++)
		if (hit_at(hits, i)->kind == kind && hit_at(hits, i)->key == key)
			return i;
	return hits->selected < hits->rows.count ? hits->selected : 0;
}

void search_hits_replace(struct search_hits *hits, struct record_set *rows, bool keeps)
{
	const struct search_hit *selected = search_hits_selected(hits);
	int kind = selected ? selected->kind : ENUM_NONE;
	int64_t key = selected ? selected->key : 0;
	record_set_release(&hits->rows);
	hits->rows = *rows;
	*rows = (struct record_set){.kind = &search_hit_kind};
	hits->selected = keeps && kind != ENUM_NONE ? place_of(hits, kind, key) : 0;
	if (!keeps)
		hits->top = 0;
}

/* ---- moving */

static void move_to(struct search_hits *hits, size_t place)
{
	hits->selected = place < hits->rows.count ? place
			 : hits->rows.count	  ? hits->rows.count - 1
						  : 0;
}

bool search_hits_op(struct search_hits *hits, enum op op)
{
	size_t at = hits->selected, step = hits->page > 1 ? hits->page - 1 : 1;
	switch (op) {
	case OP_UP:
		move_to(hits, at ? at - 1 : 0);
		return true;
	case OP_DOWN:
		move_to(hits, at + 1);
		return true;
	case OP_PAGE_UP:
		move_to(hits, at > step ? at - step : 0);
		return true;
	case OP_PAGE_DOWN:
		move_to(hits, at + step);
		return true;
	case OP_FIRST:
		move_to(hits, 0);
		return true;
	case OP_LAST:
		move_to(hits, hits->rows.count);
		return true;
	default:
		return false;
	}
}

bool search_hits_point(struct search_hits *hits, int row, int column)
{
	if (!region_holds(hits->place, row, column))
		return false;
	size_t shown = (size_t)((row - hits->place.row) / hits->height);
	if (shown >= hits->page || hits->top + shown >= hits->rows.count)
		return false;
	hits->selected = hits->top + shown;
	return true;
}

/* ---- drawing */

static bool is_mark(char c)
{
	return c == SEARCH_MARK_BEGIN || c == SEARCH_MARK_END;
}

/* A text being drawn, over more than one line perhaps. */
struct marked {
	const char *at;
	bool is_found; /* what comes next was searched for */
};

/* Draws the next `length` bytes, what was searched for in its own role. */
static int draw_bytes(struct region row, int column, enum role role, struct marked *marked,
		      size_t length)
{
	struct strbuf part;
	const char *end = marked->at + length;
	strbuf_init(&part);
	while (marked->at < end) {
		strbuf_reset(&part);
		for (; marked->at < end && !is_mark(*marked->at); marked->at++)
			strbuf_addch(&part, *marked->at);
		column = region_text(row, 0, column, marked->is_found ? ROLE_MATCH : role,
				     part.data);
		for (; marked->at < end && is_mark(*marked->at); marked->at++)
			marked->is_found = *marked->at == SEARCH_MARK_BEGIN;
	}
	strbuf_release(&part);
	return column;
}

/* Draws as many words as fit and moves on past them; returns the column after them. */
static int draw_marked(struct region row, int column, enum role role, struct marked *marked)
{
	size_t length = utf8_fit_words(marked->at, row.columns - column);
	column = draw_bytes(row, column, role, marked, length);
	return *marked->at ? region_text(row, 0, column, role, "…") : column;
}

/* Where the code is the title, or a number only the program knows, what it is says more. */
static bool has_code(const struct search_hit *hit)
{
	return hit->kind != SEARCH_MEETING && hit->kind != SEARCH_DOCUMENT &&
	       hit->kind != SEARCH_INDICATOR && hit->kind != SEARCH_BLOCKER &&
	       hit->kind != SEARCH_PROGRESS;
}

static void draw_narrow(struct region row, const struct search_hit *hit)
{
	struct marked heading = {.at = search_hit_heading(hit)};
	const char *label = has_code(hit) ? hit->id : enum_label(&search_kind_names, hit->kind);
	int column = region_text(row, 0, GUTTER, ROLE_DIM, label);
	draw_marked(row, column + 1, ROLE_TEXT, &heading);
}

/* What did not fit in the first line goes on in the second, where the text adds nothing. */
static void draw_wide(struct region rows, const struct search_hit *hit)
{
	struct region second = region_row(rows, 1);
	struct marked heading = {.at = search_hit_heading(hit)};
	struct marked text = {.at = search_hit_text(hit)};
	region_label(region_part(rows, 0, GUTTER, 1, KIND_COLUMNS - 1), ALIGN_LEFT, ROLE_DIM,
		     enum_label(&search_kind_names, hit->kind));
	draw_marked(region_row(rows, 0), GUTTER + KIND_COLUMNS, ROLE_TEXT, &heading);
	int column = region_text(second, 0, GUTTER + KIND_COLUMNS, ROLE_DIM, hit->place);
	bool goes_on = !*text.at && *heading.at;
	if (goes_on)
		text = heading;
	if (*text.at)
		column = region_text(second, 0, column, ROLE_DIM, goes_on ? " · …" : " · ");
	text.at += goes_on ? strspn(text.at, " ") : 0;
	draw_marked(second, column, ROLE_TEXT, &text);
}

static void draw_hit(struct region rows, const struct search_hit *hit, bool is_selected)
{
	if (rows.rows > 1)
		draw_wide(rows, hit);
	else
		draw_narrow(rows, hit);
	if (!is_selected)
		return;
	region_text(rows, 0, 0, ROLE_TEXT, "▶");
	region_select(rows);
	region_cursor(rows, 0, 0);
}

void search_hits_draw(struct search_hits *hits, struct region region)
{
	bool is_wide = region.columns >= WIDE_COLUMNS && region.rows >= WIDE_ROWS;
	int height = is_wide ? 2 : 1;
	hits->place = region;
	hits->height = height;
	hits->page = region.rows >= height ? (size_t)(region.rows / height) : 1;
	if (hits->selected < hits->top)
		hits->top = hits->selected;
	if (hits->selected >= hits->top + hits->page)
		hits->top = hits->selected - hits->page + 1;
	if (hits->top && hits->top + hits->page > hits->rows.count)
		hits->top = hits->rows.count > hits->page ? hits->rows.count - hits->page : 0;
	for (size_t i = 0; i < hits->page && hits->top + i < hits->rows.count; i++)
		draw_hit(region_part(region, (int)i * height, 0, height, region.columns),
			 hit_at(hits, hits->top + i), hits->top + i == hits->selected);
}
