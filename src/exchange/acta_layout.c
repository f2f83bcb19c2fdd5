/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_text.h"
#include "nucleo/exchange/acta_words.h"

/*
 * From lines to rows of two cells. A printed column is found by where text
 * begins again behind two or more blanks: that position repeats on line after
 * line, while blanks inside a text fall anywhere. It is sought anew on every
 * page and behind the heading of the agenda, because each table has its own.
 */

enum { COLUMNS_MAX = 400, GUTTER_MIN = 6, GUTTER_SLACK = 2, TAB_LINES_MIN = 3 };

static char *trimmed(const char *text, size_t length)
{
	while (length && strchr(" \t", text[length - 1]))
		length--;
	while (length && strchr(" \t", *text)) {
		text++;
		length--;
	}
	return mem_strndup(text, length);
}

static size_t characters_n(const char *text, size_t length)
{
	size_t count = 0;
	for (size_t i = 0; i < length; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

static size_t characters(const char *text)
{
	return characters_n(text, strlen(text));
}

/* ---- lines */

static void row_release(struct acta_row *row)
{
	free(row->raw);
	free(row->left);
	free(row->right);
}

void acta_rows_release(struct acta_rows *rows)
{
	for (size_t i = 0; i < rows->list.count; i++)
		row_release(&rows->list.items[i]);
	for (size_t i = 0; i < rows->dropped.count; i++)
		row_release(&rows->dropped.items[i]);
	vector_release(&rows->list);
	vector_release(&rows->dropped);
}

static void split_lines(const char *text, struct acta_rows *out)
{
	bool gap = false, page = false;
	for (int line = 1; *text; line++) {
		size_t length = strcspn(text, "\n");
		const char *end = text + length;
		while (*text == '\f') {
			page = true;
			text++;
		}
		size_t used = strcspn(text, "\n\f");
		if (strspn(text, " \t") >= used) {
			gap = true;
		} else {
			struct acta_row *row = vector_add(&out->list);
			row->raw = mem_strndup(text, used);
			row->line = line;
			row->gap_before = gap;
			row->page_before = page;
			gap = page = false;
		}
		text += used;
		if (*text == '\f' && text < end) {
			line--; /* the rest of this source line begins a page */
			continue;
		}
		text = end + (*end == '\n');
	}
}

/* ---- what each page repeats */

static const char *skip_digits(const char *text)
{
	while (isdigit((unsigned char)*text))
		text++;
	return text + strspn(text, " ");
}

static bool is_page_number(const char *raw, bool at_edge)
{
	struct strbuf text;
	bool is_number = false;
	if (strlen(raw) > 300)
		return false;
	strbuf_init(&text);
	utf8_fold(&text, raw);
	strbuf_trim(&text);
	const char *at = text.data;
	bool named = strncmp(at, "pag", 3) == 0;
	if (named) {
		at += strncmp(at, "pagina", 6) == 0 ? 6 : 3;
		at += strspn(at, ". ");
	} else if (at_edge) {
		at += utf8_span(at, "-– ");
	}
	if (isdigit((unsigned char)*at) && (named || at_edge)) {
		at = skip_digits(at);
		if (strncmp(at, "de ", 3) == 0)
			at = skip_digits(at + 3);
		else if (*at == '/')
			at = skip_digits(at + 1 + strspn(at + 1, " "));
		at += at_edge ? utf8_span(at, "-–| ") : 0;
		is_number = !*at || (at_edge && strcmp(at, "pagina") == 0);
	}
	strbuf_release(&text);
	return is_number;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool same_text(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (is_blank(*a))
			a++;
		while (is_blank(*b))
			b++;
		if (*a != *b || !*a)
			return *a == *b;
	}
}

/* The line without its figures, so that "Acta 3, página 1" equals "Acta 3, página 2". */
static bool same_edge(const char *a, const char *b)
{
	struct strbuf keys[2];
	const char *texts[2] = {a, b};
	for (int i = 0; i < 2; i++) {
		strbuf_init(&keys[i]);
		for (const char *at = texts[i]; *at; at++)
			if (!isdigit((unsigned char)*at) && !is_blank(*at))
				strbuf_addch(&keys[i], *at);
	}
	bool same = keys[0].length > 3 && strcmp(keys[0].data, keys[1].data) == 0;
	strbuf_release(&keys[0]);
	strbuf_release(&keys[1]);
	return same;
}

enum { EDGE_LINES = 2, TITLE_LINES = 4, TITLE_MIN = 12 };

/* Row numbers of a page: [first, end). */
struct page {
	size_t first, end;
};
typedef VECTOR(struct page) pages;

static void find_pages(const struct acta_rows *rows, pages *out)
{
	for (size_t i = 0; i < rows->list.count; i++) {
		if (!i || rows->list.items[i].page_before) {
			struct page *page = vector_add(out);
			page->first = i;
		}
		out->items[out->count - 1].end = i + 1;
	}
}

static bool mentions_acta(const char *raw)
{
	return characters(raw) < 160 && utf8_has_words(raw, "acta") && strpbrk(raw, "0123456789");
}

/* Whether the row repeats an edge line of the page before (at the same edge). Parts of sentences
 * are text, even when two pages happen to end in the same words. */
static bool repeats_edge(const struct acta_rows *rows, size_t row, const struct page *before,
			 bool at_top)
{
	const char *raw = rows->list.items[row].raw;
	if (acta_starts_lower(raw) || acta_ends_sentence(raw) || acta_ends_open(raw))
		return false;
	for (size_t k = 0; k < EDGE_LINES && k < before->end - before->first; k++) {
		size_t other = at_top ? before->first + k : before->end - 1 - k;
		if (same_edge(raw, rows->list.items[other].raw))
			return true;
	}
	return false;
}

/* The title, of one line or two, printed again on a later page, whatever parts its two cells. */
static bool repeats_title(const struct acta_rows *rows, size_t row)
{
	const char *raw = rows->list.items[row].raw;
	for (size_t k = 0; k < row && k < TITLE_LINES; k++)
		if (same_text(raw, rows->list.items[k].raw) &&
		    (mentions_acta(raw) || (k == 0 && characters(raw) >= TITLE_MIN)))
			return true;
	return false;
}

static bool is_page_dirt(const struct acta_rows *rows, const pages *list, size_t page, size_t row)
{
	const struct page *at = &list->items[page];
	bool top = page > 0 && row < at->first + EDGE_LINES;
	bool bottom = list->count > 1 && row + EDGE_LINES >= at->end;
	const char *raw = rows->list.items[row].raw;

	if (is_page_number(raw, top || bottom) || repeats_title(rows, row))
		return true;
	if (top && (repeats_edge(rows, row, &list->items[page - 1], true) ||
		    (row == at->first && mentions_acta(raw))))
		return true;
	return bottom && at->end - at->first > 2 * (size_t)EDGE_LINES &&
	       repeats_edge(rows, row, &list->items[page ? page - 1 : 1], false);
}

static void drop_page_dirt(struct acta_rows *rows)
{
	pages list = {0};
	size_t kept = 0;
	VECTOR(bool) dirt = {0};
	find_pages(rows, &list);
	for (size_t p = 0; p < list.count; p++)
		for (size_t i = list.items[p].first; i < list.items[p].end; i++)
			vector_push(&dirt, is_page_dirt(rows, &list, p, i));
	bool gap = false, page = false;
	for (size_t i = 0; i < rows->list.count; i++) {
		struct acta_row *row = &rows->list.items[i];
		page = page || row->page_before;
		gap = gap || row->gap_before;
		if (dirt.items[i]) {
			vector_push(&rows->dropped, *row);
			page = true;
			continue;
		}
		row->page_before = page;
		row->gap_before = gap;
		page = gap = false;
		rows->list.items[kept++] = *row;
	}
	rows->list.count = kept;
	vector_release(&dirt);
	vector_release(&list);
}

/* ---- tabs */

/* "2." or "a)" alone in the first cell: numbering that a word processor set apart by a tab; "2" or
 * "No." in a column of its own. */
static bool is_bare_marker(const char *text, size_t length)
{
	while (length && text[length - 1] == ' ')
		length--;
	if (acta_is_number_word(text, length))
		return true;
	if (length && length <= 2 && strspn(text, "0123456789") >= length)
		return true;
	return length >= 2 && length <= 4 && strchr(".)-", text[length - 1]) &&
	       isalnum((unsigned char)text[0]);
}

static void split_at_tab(struct acta_row *row)
{
	const char *tab = strchr(row->raw, '\t');
	if (tab && is_bare_marker(row->raw, (size_t)(tab - row->raw))) {
		const char *next = strchr(tab + 1, '\t');
		tab = next ? next : row->raw + strlen(row->raw);
	}
	row->is_whole = !tab;
	row->left = tab ? trimmed(row->raw, (size_t)(tab - row->raw)) : mem_strdup("");
	row->right = trimmed(tab ? tab : row->raw, strlen(tab ? tab : row->raw));
	for (char *at = row->left; *at; at++)
		if (*at == '\t')
			*at = ' ';
	for (char *at = row->right; *at; at++)
		if (*at == '\t')
			*at = ' ';
}

/* ---- printed columns */

/* Calls for each cell (text behind two or more blanks) its first column. */
struct cell_walk {
	const char *at;
	int column;
};

/* Moves to the next cell that does not stand at the line's beginning; false at the end. */
static bool next_cell(struct cell_walk *walk)
{
	int blanks = walk->column ? 0 : 2;
	bool started = false;
	for (; *walk->at; walk->at++) {
		if (((unsigned char)*walk->at & 0xC0) == 0x80)
			continue;
		if (*walk->at == ' ') {
			blanks++;
		} else {
			if (blanks >= 2 && walk->column && started)
				return true;
			blanks = 0;
		}
		started = true;
		walk->column++;
	}
	return false;
}

static void count_columns(const struct acta_row *row, int *histogram)
{
	struct cell_walk walk = {row->raw, 0};
	while (next_cell(&walk)) {
		if (walk.column >= COLUMNS_MAX)
			return;
		histogram[walk.column]++;
	}
}

/* The column most lines share; -1 when there is none. */
static int best_column(const int *histogram)
{
	int best = -1, best_score = 1;
	for (int c = GUTTER_MIN; c < COLUMNS_MAX - 1; c++) {
		int score = 2 * histogram[c] + histogram[c - 1] + histogram[c + 1];
		if (histogram[c] && score > best_score) {
			best = c;
			best_score = score;
		}
	}
	return best_score >= 4 ? best : -1;
}

/* Moves to the cell behind the heading's; a column of numbers before it is part of it. */
static bool next_title_cell(struct cell_walk *walk)
{
	const char *start = walk->at + strspn(walk->at, " ");
	bool found = next_cell(walk);
	if (acta_is_number_word(start, acta_word_length(start)))
		found = next_cell(walk);
	return found;
}

static bool is_agenda_heading(const struct acta_row *row)
{
	struct cell_walk walk = {row->raw, 0};
	const char *value;
	char *left;
	bool is = false;
	size_t start = strspn(row->raw, " ");
	next_title_cell(&walk);
	left = trimmed(row->raw + start, (size_t)(walk.at - row->raw) - start);
	is = acta_label_of(left, &value) == LABEL_AGENDA && !*value;
	free(left);
	return is;
}

/* Where the agenda's heading puts its second cell, or -1. */
static int heading_column(const struct acta_row *row)
{
	struct cell_walk walk = {row->raw, 0};
	return next_title_cell(&walk) && walk.column < COLUMNS_MAX ? walk.column : -1;
}

/* Splits before the character at column `gutter`: what begins there or later is right. */
static void split_at_column(struct acta_row *row, int gutter)
{
	const char *cut = NULL, *previous = NULL;
	struct cell_walk walk = {row->raw, 0};
	int column = 0;

	if ((int)strspn(row->raw, " ") >= gutter - GUTTER_SLACK)
		cut = row->raw;
	while (!cut && next_cell(&walk))
		if (walk.column >= gutter - GUTTER_SLACK)
			cut = walk.at;
	/* A heading that fills its column leaves a single blank. */
	for (const char *at = row->raw; *at && column <= gutter; at++) {
		if (((unsigned char)*at & 0xC0) == 0x80)
			continue;
		if (column == gutter && previous && *previous == ' ' && *at != ' ' &&
		    (!cut || cut > at))
			cut = at;
		previous = at;
		column++;
	}
	bool crosses = !cut && column > gutter;
	row->is_whole = crosses;
	if (crosses)
		cut = row->raw;
	size_t left = cut ? (size_t)(cut - row->raw) : strlen(row->raw);
	row->left = trimmed(row->raw, left);
	row->right = trimmed(row->raw + left, strlen(row->raw + left));
}

static void split_block(struct acta_rows *rows, size_t first, size_t end, int *gutter)
{
	int histogram[COLUMNS_MAX] = {0};
	for (size_t i = first; i < end; i++)
		count_columns(&rows->list.items[i], histogram);
	int found = best_column(histogram);
	if (is_agenda_heading(&rows->list.items[first])) {
		int heading = heading_column(&rows->list.items[first]);
		found = heading >= GUTTER_MIN ? heading : found;
	}
	if (found >= 0)
		*gutter = found;
	for (size_t i = first; i < end; i++)
		split_at_column(&rows->list.items[i], *gutter < 0 ? COLUMNS_MAX : *gutter);
}

static void split_columns(struct acta_rows *rows)
{
	int gutter = -1;
	size_t first = 0;
	for (size_t i = 1; i <= rows->list.count; i++) {
		if (i < rows->list.count && !rows->list.items[i].page_before &&
		    !is_agenda_heading(&rows->list.items[i]))
			continue;
		split_block(rows, first, i, &gutter);
		first = i;
	}
}

/* ---- which layout */

static bool has_tabs(const struct acta_rows *rows)
{
	int lines = 0;
	for (size_t i = 0; i < rows->list.count; i++)
		lines += strchr(rows->list.items[i].raw, '\t') != NULL;
	return lines >= TAB_LINES_MIN;
}

static bool has_columns(const struct acta_rows *rows)
{
	int histogram[COLUMNS_MAX] = {0};
	for (size_t i = 0; i < rows->list.count; i++)
		count_columns(&rows->list.items[i], histogram);
	int best = best_column(histogram), lines = 0;
	if (best < 0)
		return false;
	for (int c = best - 1; c <= best + 1 && c < COLUMNS_MAX; c++)
		lines += histogram[c];
	return lines >= 3 && (size_t)lines * 8 >= rows->list.count;
}

static void take_whole(struct acta_rows *rows)
{
	for (size_t i = 0; i < rows->list.count; i++) {
		struct acta_row *row = &rows->list.items[i];
		row->is_whole = true;
		row->left = mem_strdup("");
		row->right = trimmed(row->raw, strlen(row->raw));
	}
}

/* Text broken at a margin has many lines that begin in lower case and none that is long. */
static bool lines_are_wrapped(const struct acta_rows *rows)
{
	size_t longest = 0, lower = 0;
	for (size_t i = 0; i < rows->list.count; i++) {
		size_t length = characters(rows->list.items[i].right);
		longest = length > longest ? length : longest;
		lower += acta_starts_lower(rows->list.items[i].right);
	}
	return longest <= 132 && lower >= 4 && lower * 5 >= rows->list.count;
}

/* Characters a line takes up with the first word of the next. */
static size_t needed_width(const struct acta_rows *rows, size_t i)
{
	const char *next = rows->list.items[i + 1].right;
	size_t used = characters(rows->list.items[i].right) + 1 +
		      characters_n(next, acta_word_length(next));
	return used < COLUMNS_MAX ? used : COLUMNS_MAX - 1;
}

/* Whether only the margin can have ended the line: its sentence goes on in lower case. */
static bool is_broken_by_margin(const struct acta_rows *rows, size_t i)
{
	const char *text = rows->list.items[i].right, *next = rows->list.items[i + 1].right;
	if (rows->layout == ACTA_COLUMNS && rows->list.items[i].is_whole)
		return false;
	return *text && *next && !rows->list.items[i + 1].gap_before && !acta_ends_sentence(text) &&
	       acta_starts_lower(next);
}

/*
 * What a line must need to have been broken by the margin, learnt from the
 * lines that surely were. When most of them need more than the longest
 * one has, letters are counted and the margin is exact. Type of uneven width
 * gives an estimate, without the tenth that needs least.
 */
static size_t margin(const struct acta_rows *rows)
{
	size_t histogram[COLUMNS_MAX] = {0}, count = 0, seen = 0, longest = 0;
	for (size_t i = 0; i + 1 < rows->list.count; i++) {
		size_t used = characters(rows->list.items[i].right);
		if (!is_broken_by_margin(rows, i))
			continue;
		longest = used > longest ? used : longest;
		histogram[needed_width(rows, i)]++;
		count++;
	}
	for (size_t width = longest + 1; width < COLUMNS_MAX; width++)
		seen += histogram[width];
	if (count && seen * 3 >= count * 2)
		return longest + 1;
	seen = 0;
	for (size_t width = 0; width < COLUMNS_MAX; width++) {
		seen += histogram[width];
		if (seen * 10 > count)
			return width;
	}
	return 0;
}

static void mark_short_lines(struct acta_rows *rows)
{
	size_t least = margin(rows);
	for (size_t i = 0; i + 1 < rows->list.count; i++)
		rows->list.items[i].is_short = needed_width(rows, i) < least;
}

void acta_rows_read(const char *text, struct acta_rows *out)
{
	*out = (struct acta_rows){0};
	split_lines(text, out);
	drop_page_dirt(out);
	if (has_tabs(out)) {
		out->layout = ACTA_TABS;
		for (size_t i = 0; i < out->list.count; i++)
			split_at_tab(&out->list.items[i]);
	} else if (has_columns(out)) {
		out->layout = ACTA_COLUMNS;
		split_columns(out);
		out->is_wrapped = true;
	} else {
		out->layout = ACTA_LINES;
		take_whole(out);
		out->is_wrapped = lines_are_wrapped(out);
	}
	if (out->is_wrapped)
		mark_short_lines(out);
}
