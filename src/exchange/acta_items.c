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
 * The headings of the agenda. What is numbered is found first. Then every other
 * cell of the heading column is, by the gap it stands in, a heading that lost
 * its number, more of the heading above, or noise.
 */

enum { TITLE_MAX = 1000, WHOLE_TITLE_MAX = 160, WHOLE_TAIL_MAX = 80 };

/* ---- the numbering */

struct items {
	const struct acta_rows *rows;
	struct acta_sections sections;
	size_t count; /* of rows */
	struct acta_marker *markers;
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
static int sub_ordinal(const struct items *items, const struct acta_marker *marker)
{
	int expected = items->last_sub + 1;
	if (items->main_item < 0 || marker->kind != MARKER_SUB)
		return 0;
	if (isdigit((unsigned char)marker->sub[0])) {
		int value = (int)strtol(marker->sub, NULL, 10);
		bool fits = !marker->number || marker->number == items->last_number;
		return fits && value >= expected ? value : 0;
	}
	int letter = marker->sub[1] ? 0 : marker->sub[0] - 'a' + 1;
	if (letter >= expected && letter <= expected + 2)
		return letter;
	return marker->number >= expected && marker->number <= expected + 2 ? marker->number : 0;
}

static void start_sub(struct items *items, size_t i, int ordinal)
{
	const struct acta_marker *marker = &items->markers[i];
	int parent = items->main_item;
	struct acta_item *item = start_item(items, i, marker->title);
	snprintf(item->label, sizeof(item->label), "%d.%s", items->last_number, marker->sub);
	item->parent = parent;
	items->last_sub = ordinal;
}

/* "8. Varios: a. Curso": the first sub-item may stand in its item's cell. */
static void start_numbered(struct items *items, size_t i)
{
	struct acta_marker *marker = &items->markers[i];
	const char *title = marker->title, *colon = strchr(title, ':');
	struct acta_marker sub = {0};
	if (colon)
		acta_parse_sub(colon + 1 + strspn(colon + 1, " "), &sub);
	if (!sub.title || !*sub.title || strcmp(sub.sub, "a") != 0) {
		start_main(items, i, marker->number, title);
		return;
	}
	char *own = mem_strndup(title, (size_t)(colon - title));
	start_main(items, i, marker->number, own);
	free(own);
	*marker = sub;
	start_sub(items, i, 1);
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
	const struct acta_marker *marker = &items->markers[i];
	const char *value;
	int ordinal = sub_ordinal(items, marker);
	enum acta_label label = acta_label_of(acta_heading_cell(row), &value);
	if (!*acta_heading_cell(row))
		return;
	bool goes_on = items->last_item >= 0 && acta_ends_open(items->title.data);
	if (!goes_on && (label == LABEL_AGENDA || (label == LABEL_RESOLUTIONS && !*value))) {
		/* The table's heading, repeated on a new page. */
		items->marks[i].kind = HEADING_CONTINUATION;
	} else if (marker->is_chosen) {
		remark_gap(items, marker->number, row->line);
		start_numbered(items, i);
	} else if (ordinal) {
		start_sub(items, i, ordinal);
	} else if (row->is_whole) {
		take_whole(items, i);
	} else {
		take_cell(items, i);
	}
}

static void find_headings(struct items *items)
{
	for (size_t i = 0; i < items->count; i++) {
		const struct acta_row *row = row_at(items, i);
		size_t width = row->is_whole ? 0 : strlen(row->left);
		items->marks[i] = (struct acta_heading_mark){HEADING_NONE, -1};
		if (width > items->title_width)
			items->title_width = width;
	}
	acta_find_markers(items->rows, items->sections, items->markers);
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
	find_headings(&items);
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
