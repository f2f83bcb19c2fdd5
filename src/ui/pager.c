/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/pager.h"

#include <stdlib.h>

#include "nucleo/base/utf8.h"
#include "nucleo/ui/wrap.h"

#define NOTHING_SELECTED SIZE_MAX
#define NO_SPOT SIZE_MAX
/* Text starts after the column where the selected link is marked. */
#define GUTTER 1

void pager_init(struct pager *pager)
{
	*pager = (struct pager){.selected = NOTHING_SELECTED, .spot = NO_SPOT, .page = 1};
}

void pager_clear(struct pager *pager)
{
	for (size_t i = 0; i < pager->blocks.count; i++) {
		free(pager->blocks.items[i].label);
		free(pager->blocks.items[i].text);
		vector_release(&pager->blocks.items[i].spans);
	}
	pager->blocks.count = 0;
	pager->lines.count = 0;
	pager->width = 0;
}

void pager_release(struct pager *pager)
{
	pager_clear(pager);
	vector_release(&pager->blocks);
	vector_release(&pager->lines);
}

static struct pager_block *add(struct pager *pager, enum role role, const char *text)
{
	struct pager_block *block = vector_add(&pager->blocks);
	block->role = role;
	block->text = mem_strdup(text);
	block->link = PAGER_NO_LINK;
	pager->width = 0;
	return block;
}

void pager_heading(struct pager *pager, const char *text)
{
	if (pager->blocks.count)
		pager_gap(pager);
	add(pager, ROLE_HEADING, text);
}

void pager_text(struct pager *pager, enum role role, const char *text)
{
	add(pager, role, text);
}

void pager_field(struct pager *pager, const char *label, const char *text)
{
	if (text && *text)
		add(pager, ROLE_TEXT, text)->label = mem_strdup(label);
}

void pager_add_span(struct pager *pager, size_t start, size_t length, enum role role)
{
	struct pager_block *block = &pager->blocks.items[pager->blocks.count - 1];
	vector_push(&block->spans, ((struct pager_span){start, length, role}));
}

void pager_add_link(struct pager *pager, int64_t link, const char *text)
{
	add(pager, ROLE_LINK, text)->link = link;
}

void pager_gap(struct pager *pager)
{
	add(pager, ROLE_TEXT, "");
}

void pager_show_next(struct pager *pager)
{
	pager->spot = pager->blocks.count;
	pager->width = 0;
}

/* ---- lines ---- */

static int widest_label(const struct pager *pager, int limit)
{
	int widest = 0;
	for (size_t i = 0; i < pager->blocks.count; i++) {
		const char *label = pager->blocks.items[i].label;
		int width = label ? utf8_width(label) + 2 : 0;
		widest = width > widest ? width : widest;
	}
	return widest < limit ? widest : limit;
}

static int block_indent(const struct pager *pager, const struct pager_block *block)
{
	return GUTTER + (block->label ? pager->label_width : 0);
}

static void wrap_block(struct pager *pager, size_t index)
{
	const struct pager_block *block = &pager->blocks.items[index];
	int columns = pager->width - block_indent(pager, block);
	wrap_lines lines = {0};
	wrap_text(block->text, columns > 1 ? columns : 1, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		struct pager_line line = {index, lines.items[i].start, lines.items[i].length,
					  i == 0};
		vector_push(&pager->lines, line);
	}
	vector_release(&lines);
}

static size_t first_line_of(const struct pager *pager, size_t block)
{
	for (size_t i = 0; i < pager->lines.count; i++)
		if (pager->lines.items[i].block >= block)
			return i;
	return pager->lines.count;
}

static size_t last_top(const struct pager *pager)
{
	return pager->lines.count > pager->page ? pager->lines.count - pager->page : 0;
}

/* Wraps for a width; the block at the top stays there. */
static void lay_out(struct pager *pager, int width)
{
	if (pager->width == width)
		return;
	size_t block = 0;
	bool rewrap = pager->top < pager->lines.count;
	if (rewrap)
		block = pager->lines.items[pager->top].block;
	pager->lines.count = 0;
	pager->width = width;
	pager->label_width = widest_label(pager, width / 2);
	for (size_t i = 0; i < pager->blocks.count; i++)
		wrap_block(pager, i);
	if (pager->spot != NO_SPOT)
		pager->top = first_line_of(pager, pager->spot);
	else if (rewrap)
		pager->top = first_line_of(pager, block);
}

/* ---- moving ---- */

static bool is_link(const struct pager *pager, size_t line)
{
	return pager->lines.items[line].first &&
	       pager->blocks.items[pager->lines.items[line].block].link != PAGER_NO_LINK;
}

static bool in_sight(const struct pager *pager, size_t line)
{
	return line >= pager->top && line < pager->top + pager->page &&
	       line < pager->lines.count;
}

/* Line of the selected link when it is in sight, else `otherwise`. */
static size_t selected_line(const struct pager *pager, size_t otherwise)
{
	if (pager->selected >= pager->blocks.count ||
	    pager->blocks.items[pager->selected].link == PAGER_NO_LINK)
		return otherwise;
	size_t line = first_line_of(pager, pager->selected);
	return in_sight(pager, line) ? line : otherwise;
}

/* Selects the first link in [from, to); false when there is none. */
static bool select_between(struct pager *pager, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < pager->lines.count; i++) {
		if (is_link(pager, i)) {
			pager->selected = pager->lines.items[i].block;
			return true;
		}
	}
	return false;
}

static void move_down(struct pager *pager)
{
	size_t none = pager->top - 1; /* wraps: the line before the first */
	size_t line = selected_line(pager, none);
	if (select_between(pager, line + 1, pager->top + pager->page))
		return;
	if (pager->top >= last_top(pager))
		return;
	pager->top++;
	if (selected_line(pager, none) == none)
		select_between(pager, pager->top, pager->top + pager->page);
}

static bool select_before(struct pager *pager, size_t from)
{
	for (size_t i = from; i-- > pager->top;)
		if (select_between(pager, i, i + 1))
			return true;
	return false;
}

static void move_up(struct pager *pager)
{
	size_t end = pager->top + pager->page;
	if (end > pager->lines.count)
		end = pager->lines.count;
	if (select_before(pager, selected_line(pager, end)) || !pager->top)
		return;
	pager->top--;
	if (selected_line(pager, end) == end)
		select_before(pager, end);
}

static void move_to(struct pager *pager, size_t top)
{
	pager->top = top < last_top(pager) ? top : last_top(pager);
	if (selected_line(pager, SIZE_MAX) == SIZE_MAX)
		select_between(pager, pager->top, pager->top + pager->page);
}

static bool do_op(struct pager *pager, enum op op)
{
	size_t step = pager->page > 1 ? pager->page - 1 : 1;
	switch (op) {
	case OP_UP:
		move_up(pager);
		return true;
	case OP_DOWN:
		move_down(pager);
		return true;
	case OP_PAGE_UP:
		move_to(pager, pager->top > step ? pager->top - step : 0);
		return true;
	case OP_PAGE_DOWN:
		move_to(pager, pager->top + step);
		return true;
	case OP_FIRST:
		move_to(pager, 0);
		select_between(pager, 0, pager->page);
		return true;
	case OP_LAST:
		move_to(pager, pager->lines.count);
		select_before(pager, pager->lines.count);
		return true;
	default:
		return false;
	}
}

bool pager_point(struct pager *pager, int row, int column)
{
	size_t line = pager->top + (size_t)(row - pager->place.row);
	if (!region_holds(pager->place, row, column) || line >= pager->lines.count)
		return false;
	size_t block = pager->lines.items[line].block;
	if (pager->blocks.items[block].link == PAGER_NO_LINK)
		return false;
	pager->selected = block;
	return true;
}

bool pager_op(struct pager *pager, enum op op)
{
	bool is_done = do_op(pager, op);
	if (is_done)
		pager->spot = NO_SPOT;
	return is_done;
}

bool pager_link(const struct pager *pager, int64_t *link)
{
	if (selected_line(pager, SIZE_MAX) == SIZE_MAX)
		return false;
	*link = pager->blocks.items[pager->selected].link;
	return true;
}

/* ---- copying ---- */

size_t pager_block_in_front(const struct pager *pager)
{
	size_t line = selected_line(pager, pager->top);
	if (pager->spot != NO_SPOT && in_sight(pager, first_line_of(pager, pager->spot)))
		line = first_line_of(pager, pager->spot);
	return line < pager->lines.count ? pager->lines.items[line].block : 0;
}

bool pager_copy_link(const struct pager *pager, struct strbuf *out)
{
	if (selected_line(pager, SIZE_MAX) == SIZE_MAX)
		return false;
	strbuf_adds(out, pager->blocks.items[pager->selected].text);
	return true;
}

bool pager_copy(const struct pager *pager, struct strbuf *out)
{
	for (size_t i = 0; i < pager->blocks.count; i++) {
		const struct pager_block *block = &pager->blocks.items[i];
		strbuf_adds(out, i ? "\n" : "");
		if (block->label)
			strbuf_addf(out, "%s: ", block->label);
		strbuf_adds(out, block->text);
	}
	return pager->blocks.count > 0;
}

/* ---- drawing ---- */

/* Bytes of the block up to `end`, or up to where a span begins or ends; `role` is theirs. */
static size_t piece_end(const struct pager_block *block, size_t at, size_t end, enum role *role)
{
	*role = block->role;
	for (size_t i = 0; i < block->spans.count; i++) {
		const struct pager_span *span = &block->spans.items[i];
		size_t span_end = span->start + span->length;
		if (span->start > at)
			return span->start < end ? span->start : end;
		if (span_end > at) {
			*role = span->role;
			return span_end < end ? span_end : end;
		}
	}
	return end;
}

static void draw_text(const struct pager_block *block, struct region row, int column,
		      const struct pager_line *line)
{
	size_t end = line->start + line->length;
	for (size_t at = line->start; at < end;) {
		enum role role;
		size_t next = piece_end(block, at, end, &role);
		char *text = mem_strndup(block->text + at, next - at);
		column = region_text(row, 0, column, role, text);
		free(text);
		at = next;
	}
}

static void draw_line(const struct pager *pager, struct region row, const struct pager_line *line)
{
	const struct pager_block *block = &pager->blocks.items[line->block];
	int indent = block_indent(pager, block);
	if (block->label && line->first)
		region_label(region_part(row, 0, GUTTER, 1, pager->label_width - 1), ALIGN_LEFT,
			     ROLE_DIM, block->label);
	draw_text(block, row, indent, line);
}

static void draw_selected(struct region row, const struct pager_line *line, bool focus)
{
	if (line->first)
		region_text(row, 0, 0, ROLE_TEXT, focus ? "▶" : "›");
	if (focus)
		region_select(row);
}

/* The line the cursor goes to: the one brought into sight, the selected link's, else the first. */
static int cursor_line(const struct pager *pager, size_t selected)
{
	size_t line = pager->spot == NO_SPOT ? pager->lines.count
					     : first_line_of(pager, pager->spot);
	if (!in_sight(pager, line))
		line = selected;
	return line == SIZE_MAX ? 0 : (int)(line - pager->top);
}

void pager_draw(struct pager *pager, struct region region, bool focus)
{
	pager->place = region;
	pager->page = region.rows > 0 ? (size_t)region.rows : 1;
	lay_out(pager, region.columns);
	if (pager->top > last_top(pager))
		pager->top = last_top(pager);
	if (pager->spot != NO_SPOT)
		select_between(pager, first_line_of(pager, pager->spot),
			       pager->top + pager->page);
	if (selected_line(pager, SIZE_MAX) == SIZE_MAX)
		select_between(pager, pager->top, pager->top + pager->page);
	size_t selected = selected_line(pager, SIZE_MAX);
	for (int i = 0; i < region.rows && in_sight(pager, pager->top + (size_t)i); i++) {
		const struct pager_line *line = &pager->lines.items[pager->top + (size_t)i];
		struct region row = region_row(region, i);
		draw_line(pager, row, line);
		if (selected != SIZE_MAX && line->block == pager->selected)
			draw_selected(row, line, focus);
	}
	if (focus)
		region_cursor(region, cursor_line(pager, selected), 0);
}
