/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_parts.h"

/*
 * What numbers the headings of the agenda: "1.", "2.1", "a)", "III.-",
 * "SEGUNDO.-". The longest rising series is the numbering, so that a stray
 * number does not break it.
 */

enum { TITLE_LINE_MAX = 220 };

/* ---- one cell */

static const char *skip_marker_end(const char *text)
{
	const char *at = text + utf8_span(text, ".)-°º");
	return at == text ? NULL : at + utf8_span(at, " \t-–:");
}

/* "II", "iv"; 0 for anything else. */
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

static int ordinal_value(const char *word, size_t length)
{
	static const char *const names[] = {
		"|primer|primero|primera|",
		"|segundo|segunda|",
		"|tercer|tercero|tercera|",
		"|cuarto|cuarta|",
		"|quinto|quinta|",
		"|sexto|sexta|",
		"|septimo|septima|setimo|setima|",
		"|octavo|octava|",
		"|noveno|novena|",
		"|decimo|decima|",
		"|undecimo|undecima|decimoprimero|decimoprimera|",
		"|duodecimo|duodecima|decimosegundo|decimosegunda|",
		"|decimotercero|decimotercera|",
		"|decimocuarto|decimocuarta|",
		"|decimoquinto|decimoquinta|",
	};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (acta_word_in(word, length, names[i]))
			return (int)i + 1;
	return 0;
}

/* "SEGUNDO.-", "Primer punto:", "DÉCIMO PRIMERO.-" */
static bool parse_ordinal(const char *text, struct acta_marker *marker)
{
	size_t length = strcspn(text, " .:)-");
	int number = ordinal_value(text, length), unit = 0;
	const char *at = text + length;
	size_t next = *at == ' ' ? strcspn(at + 1, " .:)-") : 0;
	if (number == 10 && next && (unit = ordinal_value(at + 1, next)) > 0 && unit < 10) {
		number += unit;
		at += 1 + next;
		next = *at == ' ' ? strcspn(at + 1, " .:)-") : 0;
	}
	if (next && acta_word_in(at + 1, next, "|punto|tema|"))
		at += 1 + next;
	size_t end = strspn(at, ".:)-");
	if (!number || !end)
		return false;
	marker->kind = MARKER_WORD;
	marker->number = number;
	marker->title = at + end + utf8_span(at + end, " -–");
	return true;
}

static bool parse_figures(const char *text, struct acta_marker *marker)
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

static bool parse_letters(const char *text, struct acta_marker *marker)
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

bool acta_parse_sub(const char *text, struct acta_marker *marker)
{
	bool found = parse_letters(text, marker);
	marker->kind = found ? MARKER_SUB : MARKER_NONE;
	return found;
}

/* "Punto 2: ...", "Punto No. 2.- ...": the word and its number end in any sign. */
static bool parse_named(const char *text, struct acta_marker *marker)
{
	size_t word = acta_word_length(text);
	if (!acta_word_in(text, word, "|punto|tema|item|numeral|") || text[word] != ' ')
		return false;
	text += word + 1;
	if (parse_figures(text, marker) || parse_letters(text, marker) ||
	    parse_ordinal(text, marker))
		return true;
	word = acta_word_length(text);
	if (text[word] == ' ' && acta_word_in(text, word, "|no|nro|n|n°|nº|"))
		text += word + 1;
	size_t digits = strspn(text, "0123456789");
	size_t end = utf8_span(text + digits, " .:)-–");
	if (!digits || digits > 2 || !end)
		return false;
	marker->kind = MARKER_MAIN;
	marker->number = text[0] - '0';
	if (digits == 2)
		marker->number = marker->number * 10 + (text[1] - '0');
	marker->title = text + digits + end;
	return marker->number > 0;
}

/* "2  Estado del plan" in a heading column whose numbers have no full stop. */
static bool parse_bare(const char *text, struct acta_marker *marker)
{
	size_t digits = strspn(text, "0123456789");
	if (!digits || digits > 2 || text[digits] != ' ')
		return false;
	const char *title = text + digits + strspn(text + digits, " ");
	if (!*title || isdigit((unsigned char)*title) || acta_starts_lower(title))
		return false;
	marker->kind = MARKER_MAIN;
	marker->number = text[0] - '0';
	if (digits == 2)
		marker->number = marker->number * 10 + (text[1] - '0');
	marker->title = title;
	return marker->number > 0;
}

const char *acta_heading_cell(const struct acta_row *row)
{
	return row->is_whole ? row->right : row->left;
}

static struct acta_marker parse_marker(const struct acta_row *row)
{
	struct acta_marker marker = {0};
	const char *text = acta_heading_cell(row);
	if (parse_named(text, &marker))
		return marker;
	marker = (struct acta_marker){0};
	if (parse_figures(text, &marker) || parse_letters(text, &marker) ||
	    parse_ordinal(text, &marker))
		return marker;
	marker = (struct acta_marker){0};
	if (!row->is_whole && parse_bare(text, &marker))
		return marker;
	return (struct acta_marker){0};
}

/* ---- the numbering */

struct numbering {
	const struct acta_row *rows;
	size_t count;
	struct acta_marker *markers;
};

/* In text without columns "1. ..." may be a list inside a paragraph: it begins behind a colon,
 * and the next numbers on the next lines go on with it. */
static void drop_lists(struct numbering *all)
{
	int in_list = 0; /* number of the list's last line; 0: no list */
	for (size_t i = 0; i < all->count; i++) {
		const struct acta_row *row = &all->rows[i];
		struct acta_marker *marker = &all->markers[i];
		const char *before = i ? all->rows[i - 1].right : "";
		size_t length = strlen(before);
		bool behind_colon = length && before[length - 1] == ':' &&
				    all->markers[i - 1].kind == MARKER_NONE;
		bool goes_on = in_list && marker->number == in_list + 1;
		if (!row->is_whole || marker->kind == MARKER_NONE) {
			in_list = 0;
			continue;
		}
		in_list = goes_on || (behind_colon && marker->number == 1) ? marker->number : 0;
		if (in_list || strlen(row->right) > TITLE_LINE_MAX)
			*marker = (struct acta_marker){0};
	}
}

struct kind_use {
	int count;
	size_t first;
};

static struct kind_use use_of(const struct numbering *all, enum marker_kind kind)
{
	struct kind_use use = {0, all->count};
	for (size_t i = all->count; i-- > 0;) {
		if (all->markers[i].kind != kind)
			continue;
		use.count++;
		use.first = i;
	}
	return use;
}

/* Figures number the items, unless roman numbers or words begin before any figure does: then
 * figures number what is below them. */
static enum marker_kind main_kind(const struct numbering *all)
{
	struct kind_use figures = use_of(all, MARKER_MAIN);
	struct kind_use roman = use_of(all, MARKER_ROMAN);
	struct kind_use words = use_of(all, MARKER_WORD);
	if (words.count >= 2 && words.first < figures.first && words.first < roman.first)
		return MARKER_WORD;
	if (roman.count >= 2 && roman.first < figures.first &&
	    all->markers[roman.first].number == 1)
		return MARKER_ROMAN;
	return MARKER_MAIN;
}

/* Gives every marker its part: of the items, of their sub-items, or none. */
static void assign_kinds(struct numbering *all)
{
	enum marker_kind chosen = main_kind(all);
	for (size_t i = 0; i < all->count; i++) {
		struct acta_marker *marker = &all->markers[i];
		if (marker->kind == chosen) {
			marker->kind = MARKER_MAIN;
		} else if (marker->kind == MARKER_MAIN) {
			snprintf(marker->sub, sizeof(marker->sub), "%d", marker->number);
			marker->number = 0;
			marker->kind = MARKER_SUB;
		} else if (marker->kind == MARKER_ROMAN) {
			marker->kind = MARKER_SUB;
		} else if (marker->kind == MARKER_WORD) {
			*marker = (struct acta_marker){0};
		}
	}
}

/* Longest strictly rising series of numbers, the lowest and earliest among equals. */
static void choose_series(struct numbering *all)
{
	int length[ACTA_MAX_LABEL + 1] = {0};  /* of the best series that ends in n */
	size_t ends[ACTA_MAX_LABEL + 1] = {0}; /* its last row */
	size_t *previous = mem_alloc_zero(all->count + 1, sizeof(*previous));
	for (size_t i = 0; i < all->count; i++) {
		const struct acta_marker *marker = &all->markers[i];
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
		all->markers[at - 1].is_chosen = true;
	free(previous);
}

void acta_find_markers(const struct acta_rows *rows, struct acta_sections sections,
		       struct acta_marker *markers)
{
	struct numbering all = {.rows = rows->list.items + sections.agenda,
				.count = sections.closing - sections.agenda,
				.markers = markers};
	for (size_t i = 0; i < all.count; i++)
		markers[i] = parse_marker(&all.rows[i]);
	drop_lists(&all);
	assign_kinds(&all);
	choose_series(&all);
}
