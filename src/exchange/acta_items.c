/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_parts.h"

/*
 * The headings of the agenda. Numbers first: the longest rising series among
 * the numbered cells is the numbering, so that a stray number does not break
 * it. Then every other cell of the heading column is, by the gap it stands in,
 * a heading that lost its number, more of the heading above, or noise.
 */

enum { TITLE_MAX = 1000, TITLE_LINE_MAX = 220, WHOLE_TITLE_MAX = 160, WHOLE_TAIL_MAX = 80 };

enum marker_kind { MARKER_NONE, MARKER_MAIN, MARKER_ROMAN, MARKER_SUB };

/* What numbers a cell. */
struct marker {
	enum marker_kind kind;
	int number;  /* of the item; for "8.1" the 8 */
	char sub[8]; /* "a", "1", "ii" */
	const char *title;
	bool is_chosen; /* part of the numbering */
};

/* ---- markers */

static const char *skip_marker_end(const char *text)
{
	const char *at = text + strspn(text, ".)-°º");
	return at == text ? NULL : at + strspn(at, " \t-");
}

static int roman_value(const char *text, size_t length)
{
	static const char *const names[] = {"I",    "II",  "III",  "IV",    "V",   "VI",   "VII",
					    "VIII", "IX",  "X",	   "XI",    "XII", "XIII", "XIV",
					    "XV",   "XVI", "XVII", "XVIII", "XIX", "XX"};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (strlen(names[i]) == length && strncasecmp(names[i], text, length) == 0)
			return (int)i + 1;
	return 0;
}

static bool parse_figures(const char *text, struct marker *marker)
{
	size_t digits = strspn(text, "0123456789");
	if (!digits || digits > 2)
		return false;
	marker->number = text[0] - '0';
	if (digits == 2)
		marker->number = marker->number * 10 + (text[1] - '0');
	size_t inner = text[digits] == '.' ? strspn(text + digits + 1, "0123456789") : 0;
	const char *rest = text + digits;
	if (inner && inner <= 2) {
		snprintf(marker->sub, sizeof(marker->sub), "%.2s", text + digits + 1);
		marker->sub[inner] = '\0';
		rest += 1 + inner;
		marker->title = skip_marker_end(rest);
		if (!marker->title && *rest == ' ')
			marker->title = rest + 1;
		marker->kind = MARKER_SUB;
	} else {
		marker->title = inner ? NULL :
					skip_marker_end(rest + (rest[0] == ' ' && rest[1] == '-'));
		marker->kind = MARKER_MAIN;
	}
	return marker->title != NULL && marker->number > 0 && marker->number <= ACTA_MAX_LABEL;
}

static bool parse_letters(const char *text, struct marker *marker)
{
	size_t length = 0;
	while (length < 6 && isalpha((unsigned char)text[length]))
		length++;
	if (!length || (text[length] != '.' && text[length] != ')'))
		return false;
	int roman = roman_value(text, length);
	if (length > 1 && !roman)
		return false;
	marker->title = skip_marker_end(text + length);
	marker->number = roman;
	marker->kind = isupper((unsigned char)text[0]) && roman ? MARKER_ROMAN : MARKER_SUB;
	for (size_t i = 0; i < length; i++)
		marker->sub[i] = (char)tolower((unsigned char)text[i]);
	return marker->title != NULL;
}

static struct marker parse_marker(const char *text)
{
	struct marker marker = {0};
	size_t word = acta_word_length(text);
	if (acta_word_in(text, word, "|punto|tema|item|numeral|") && text[word])
		text += word + 1;
	if (parse_figures(text, &marker) || parse_letters(text, &marker))
		return marker;
	return (struct marker){0};
}

/* ---- the numbering */

struct items {
	const struct acta_rows *rows;
	struct acta_sections sections;
	size_t count; /* of rows */
	struct marker *markers;
	int *next_number; /* of the next numbered item from each row on; 0: none */
	bool is_numbered;
	struct acta_heading_mark *marks;
	struct acta *acta;
	int last_number;     /* of the item above; 0: none yet */
	int last_sub;	     /* ordinal of the sub-item above within its item */
	int main_item;	     /* index; -1 */
	int last_item;	     /* whose title can go on; -1 */
	size_t last_row;     /* its last row */
	struct strbuf title; /* of that item so far */
	size_t title_width;  /* of the heading column, in bytes */
};

static const struct acta_row *row_at(const struct items *items, size_t i)
{
	return &items->rows->list.items[items->sections.agenda + i];
}

static const char *cell_of(const struct acta_row *row)
{
	return row->is_whole ? row->right : row->left;
}

/* In text without columns "1. ..." may be a list inside a paragraph: it begins behind a colon,
 * and the next numbers on the next lines go on with it. */
static void drop_lists(struct items *items)
{
	int in_list = 0; /* number of the list's last line; 0: no list */
	for (size_t i = 0; i < items->count; i++) {
		const struct acta_row *row = row_at(items, i);
		struct marker *marker = &items->markers[i];
		const char *before = i ? row_at(items, i - 1)->right : "";
		size_t length = strlen(before);
		bool behind_colon = length && before[length - 1] == ':' &&
				    items->markers[i - 1].kind == MARKER_NONE;
		bool goes_on = in_list && marker->number == in_list + 1;
		if (!row->is_whole || marker->kind == MARKER_NONE) {
			in_list = 0;
			continue;
		}
		in_list = goes_on || (behind_colon && marker->number == 1) ? marker->number : 0;
		if (in_list || strlen(row->right) > TITLE_LINE_MAX)
			*marker = (struct marker){0};
	}
}

static void use_roman(struct items *items)
{
	int arabic = 0, roman = 0;
	for (size_t i = 0; i < items->count; i++) {
		arabic += items->markers[i].kind == MARKER_MAIN;
		roman += items->markers[i].kind == MARKER_ROMAN;
	}
	for (size_t i = 0; i < items->count; i++)
		if (items->markers[i].kind == MARKER_ROMAN)
			items->markers[i].kind = roman >= 2 && !arabic ? MARKER_MAIN : MARKER_SUB;
}

/* Longest strictly rising series of numbers, the lowest and earliest among equals. */
static void choose_numbering(struct items *items)
{
	int length[ACTA_MAX_LABEL + 1] = {0};  /* of the best series that ends in n */
	size_t ends[ACTA_MAX_LABEL + 1] = {0}; /* its last row */
	size_t *previous = mem_alloc_zero(items->count + 1, sizeof(*previous));
	for (size_t i = 0; i < items->count; i++) {
		const struct marker *marker = &items->markers[i];
		int best = 0;
		if (marker->kind != MARKER_MAIN)
			continue;
		for (int n = 1; n < marker->number; n++)
			if (length[n] > length[best])
				best = n;
		if (length[best] + 1 > length[marker->number]) {
			length[marker->number] = length[best] + 1;
			ends[marker->number] = i;
			previous[i] = best ? ends[best] + 1 : 0;
		}
	}
	int best = 0;
	for (int n = 1; n <= ACTA_MAX_LABEL; n++)
		if (length[n] > length[best])
			best = n;
	for (size_t at = best ? ends[best] + 1 : 0; at; at = previous[at - 1])
		items->markers[at - 1].is_chosen = true;
	free(previous);
}

/* Numbers between the item above and the next numbered one; many when nothing is numbered. */
static int missing_numbers(const struct items *items, size_t from)
{
	if (!items->is_numbered)
		return ACTA_MAX_LABEL - items->last_number;
	return items->next_number[from] ? items->next_number[from] - items->last_number - 1 : 0;
}

static void note_next_numbers(struct items *items)
{
	int next = 0;
	for (size_t i = items->count; i-- > 0;) {
		if (items->markers[i].is_chosen)
			next = items->markers[i].number;
		items->next_number[i] = next;
	}
	items->is_numbered = next != 0;
}

/* ---- titles */

static void finish_title(struct items *items)
{
	if (items->last_item < 0)
		return;
	struct acta_item *item = &items->acta->items.items[items->last_item];
	strbuf_trim(&items->title);
	while (items->title.length && strchr(".:- ", items->title.data[items->title.length - 1]))
		strbuf_truncate(&items->title, items->title.length - 1);
	item->title = strbuf_detach(&items->title);
	items->last_item = -1;
}

static void add_title(struct items *items, const char *text)
{
	struct acta_flow flow;
	acta_flow_init(&flow);
	strbuf_add(&flow.text, items->title.data, items->title.length);
	acta_flow_join(&flow, text, 0);
	strbuf_reset(&items->title);
	strbuf_add(&items->title, flow.text.data, flow.text.length);
	acta_flow_release(&flow);
}

static struct acta_item *start_item(struct items *items, size_t i, const char *title)
{
	finish_title(items);
	struct acta_item *item = vector_add(&items->acta->items);
	item->line = row_at(items, i)->line;
	item->certainty = CERTAINTY_SURE;
	item->parent = -1;
	items->last_item = (int)items->acta->items.count - 1;
	items->last_row = i;
	items->marks[i] = (struct acta_heading_mark){HEADING_START, items->last_item};
	add_title(items, title);
	return item;
}

static void start_main(struct items *items, size_t i, int number, const char *title)
{
	struct acta_item *item = start_item(items, i, title);
	snprintf(item->label, sizeof(item->label), "%d", number);
	items->main_item = items->last_item;
	items->last_number = number;
	items->last_sub = 0;
}

static void start_unnumbered(struct items *items, size_t i, const char *title)
{
	int number = items->last_number + 1;
	start_main(items, i, number, title);
	items->acta->items.items[items->last_item].certainty = CERTAINTY_LIKELY;
	acta_remark(items->acta, row_at(items, i)->line,
		    _("el punto %d no tenía número; se le dio por su lugar: «%s»"), number,
		    acta_brief(title).text);
}

/* ---- sub-items */

/* The ordinal the marker would have under the item above; 0 when it does not fit there. */
static int sub_ordinal(const struct items *items, const struct marker *marker)
{
	int expected = items->last_sub + 1;
	if (items->main_item < 0 || marker->kind != MARKER_SUB)
		return 0;
	if (isdigit((unsigned char)marker->sub[0])) {
		int value = (int)strtol(marker->sub, NULL, 10);
		return marker->number == items->last_number && value >= expected ? value : 0;
	}
	int letter = marker->sub[1] ? 0 : marker->sub[0] - 'a' + 1;
	if (letter >= expected && letter <= expected + 2)
		return letter;
	return marker->number >= expected && marker->number <= expected + 2 ? marker->number : 0;
}

static void start_sub(struct items *items, size_t i, int ordinal)
{
	const struct marker *marker = &items->markers[i];
	int parent = items->main_item;
	struct acta_item *item = start_item(items, i, marker->title);
	snprintf(item->label, sizeof(item->label), "%d.%s", items->last_number, marker->sub);
	item->parent = parent;
	items->last_sub = ordinal;
}

/* ---- cells without a number */

static bool text_ended(const struct items *items, size_t before)
{
	for (size_t i = before; i-- > 0;) {
		const struct acta_row *row = row_at(items, i);
		bool is_text = !row->is_whole || items->marks[i].kind == HEADING_NONE;
		if (is_text && *row->right)
			return acta_ends_sentence(row->right);
		if (i + 40 < before)
			break;
	}
	return true;
}

/* In columns a heading stands beside the beginning of its text. */
static bool is_aligned(const struct items *items, size_t i)
{
	const struct acta_row *row = row_at(items, i);
	return *row->right && !acta_starts_lower(row->right) && text_ended(items, i);
}

static bool later_is_aligned(const struct items *items, size_t i)
{
	for (size_t k = i + 1; k < items->count && k < i + 40; k++) {
		const struct acta_row *row = row_at(items, k);
		if (items->markers[k].is_chosen)
			return false;
		if (!row->is_whole && *row->left && !acta_starts_lower(row->left) &&
		    is_aligned(items, k))
			return true;
	}
	return false;
}

/* Whether the margin, and not its writer, ended the heading's line above. */
static bool line_was_full(const struct items *items, size_t i)
{
	size_t used = strlen(row_at(items, i - 1)->left);
	return used + 1 + acta_word_length(row_at(items, i)->left) > items->title_width;
}

static bool is_next_line(const struct items *items, size_t i)
{
	return items->last_item >= 0 && items->last_row + 1 == i;
}

static bool continues_title(const struct items *items, size_t i)
{
	const char *text = row_at(items, i)->left;
	if (items->last_item < 0)
		return false;
	if (acta_ends_open(items->title.data) || acta_starts_lower(text))
		return true;
	return items->rows->is_wrapped && is_next_line(items, i) && !row_at(items, i)->gap_before &&
	       line_was_full(items, i);
}

static void mark_noise(struct items *items, size_t i, const char *text)
{
	items->marks[i].kind = HEADING_NOISE;
	acta_unplaced(items->acta, row_at(items, i)->line, text);
}

static void continue_title(struct items *items, size_t i, const char *text)
{
	add_title(items, text);
	items->marks[i].kind = HEADING_CONTINUATION;
	items->last_row = i;
}

static void take_cell(struct items *items, size_t i)
{
	const char *text = row_at(items, i)->left;
	bool must_go_on = continues_title(items, i);
	if (acta_is_noise(text)) {
		mark_noise(items, i, text);
	} else if (must_go_on && items->title.length < TITLE_MAX) {
		continue_title(items, i, text);
	} else if (missing_numbers(items, i) > 0 &&
		   (is_aligned(items, i) || !later_is_aligned(items, i))) {
		start_unnumbered(items, i, text);
	} else if (items->last_item >= 0 && !acta_ends_sentence(items->title.data) &&
		   items->last_row + 3 >= i && items->title.length < TITLE_MAX) {
		continue_title(items, i, text);
		acta_remark(items->acta, row_at(items, i)->line,
			    _("título partido en dos líneas: «%s»"), acta_brief(text).text);
	} else {
		mark_noise(items, i, text);
	}
}

/* ---- lines without columns */

static bool next_starts_lower(const struct items *items, size_t i)
{
	return i + 1 < items->count && acta_starts_lower(row_at(items, i + 1)->right);
}

/* Whether a line without columns is more of the heading above. */
static bool whole_continues(const struct items *items, size_t i)
{
	const struct acta_row *row = row_at(items, i);
	bool is_open = items->last_item >= 0 && acta_ends_open(items->title.data);
	size_t length = strlen(row->right);
	if (items->last_item < 0 || length > WHOLE_TAIL_MAX || items->title.length > TITLE_MAX)
		return false;
	if (is_next_line(items, i)) {
		if (items->rows->is_wrapped && !row->gap_before && i + 1 < items->count &&
		    row_at(items, i + 1)->gap_before && !acta_ends_sentence(row->right))
			return true;
		return (is_open || (acta_starts_lower(row->right) && text_ended(items, i))) &&
		       !acta_ends_sentence(row->right);
	}
	/* The heading's second line printed behind the first line of its text. */
	return is_open && items->last_row + 2 == i && !acta_ends_sentence(row->right) &&
	       !acta_starts_lower(row->right) && next_starts_lower(items, i);
}

/* Whether a line without columns can be the heading that lost its number. */
static bool whole_is_heading(const struct items *items, size_t i)
{
	const struct acta_row *row = row_at(items, i);
	if (strlen(row->right) > WHOLE_TITLE_MAX || acta_starts_lower(row->right) ||
	    missing_numbers(items, i) <= 0 || acta_ends_open(row->right))
		return false;
	if (items->last_number == 0 && items->acta->items.count == 0)
		return true;
	return !acta_ends_sentence(row->right) && text_ended(items, i) &&
	       !next_starts_lower(items, i) && !(i && items->marks[i - 1].kind == HEADING_START) &&
	       i + 1 < items->count && !items->markers[i + 1].is_chosen;
}

static void take_whole(struct items *items, size_t i)
{
	const char *text = row_at(items, i)->right;
	if (strlen(text) < WHOLE_TAIL_MAX && acta_is_noise(text))
		mark_noise(items, i, text);
	else if (whole_continues(items, i))
		continue_title(items, i, text);
	else if (whole_is_heading(items, i))
		start_unnumbered(items, i, text);
}

/* ---- the whole agenda */

static void remark_gap(struct items *items, int number, int line)
{
	for (int lost = items->last_number + 1; lost < number; lost++)
		acta_remark(items->acta, line, _("no se encontró el punto %d"), lost);
}

static void take_row(struct items *items, size_t i)
{
	const struct acta_row *row = row_at(items, i);
	const struct marker *marker = &items->markers[i];
	const char *value;
	int ordinal = sub_ordinal(items, marker);
	enum acta_label label = acta_label_of(cell_of(row), &value);
	if (!*cell_of(row))
		return;
	if (label == LABEL_AGENDA || (label == LABEL_RESOLUTIONS && !*value)) {
		/* The table's heading, repeated on a new page. */
		items->marks[i].kind = HEADING_CONTINUATION;
	} else if (marker->is_chosen) {
		remark_gap(items, marker->number, row->line);
		start_main(items, i, marker->number, marker->title);
	} else if (ordinal) {
		start_sub(items, i, ordinal);
	} else if (row->is_whole) {
		take_whole(items, i);
	} else {
		take_cell(items, i);
	}
}

static void find_markers(struct items *items)
{
	for (size_t i = 0; i < items->count; i++) {
		const struct acta_row *row = row_at(items, i);
		size_t width = row->is_whole ? 0 : strlen(row->left);
		items->marks[i] = (struct acta_heading_mark){HEADING_NONE, -1};
		items->markers[i] = parse_marker(cell_of(row));
		if (width > items->title_width)
			items->title_width = width;
	}
}

enum rc acta_read_items(const struct acta_rows *rows, struct acta_sections sections,
			struct acta_heading_mark *marks, struct acta *acta, struct error *err)
{
	struct items items = {
		.rows = rows,
		.sections = sections,
		.count = sections.closing - sections.agenda,
		.marks = marks,
		.acta = acta,
		.main_item = -1,
		.last_item = -1,
	};
	items.markers = mem_alloc_zero(items.count + 1, sizeof(*items.markers));
	items.next_number = mem_alloc_zero(items.count + 1, sizeof(*items.next_number));
	strbuf_init(&items.title);
	find_markers(&items);
	drop_lists(&items);
	use_roman(&items);
	choose_numbering(&items);
	note_next_numbers(&items);
	for (size_t i = 0; i < items.count && acta->items.count <= ACTA_MAX_ITEMS; i++)
		take_row(&items, i);
	finish_title(&items);
	strbuf_release(&items.title);
	free(items.markers);
	free(items.next_number);
	if (acta->items.count > ACTA_MAX_ITEMS)
		return error_set(err, RC_INVALID, _("el acta tiene más de %d puntos"),
				 ACTA_MAX_ITEMS);
	return RC_OK;
}
