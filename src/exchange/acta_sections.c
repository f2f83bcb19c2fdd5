/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/exchange/acta_parts.h"

enum acta_label acta_row_label(const struct acta_row *row, const char **value)
{
	const char *text = row->is_whole ? row->right : row->left;
	*value = "";
	return *text ? acta_label_of(text, value) : LABEL_NONE;
}

static size_t find_label(const struct acta_rows *rows, size_t from, enum acta_label wanted)
{
	const char *value;
	for (size_t i = from; i < rows->list.count; i++)
		if (acta_row_label(&rows->list.items[i], &value) == wanted)
			return i;
	return rows->list.count;
}

static bool begins_numbered(const struct acta_row *row)
{
	const char *text = row->is_whole ? row->right : row->left;
	return isdigit((unsigned char)text[0]) &&
	       strchr(".)-", text[isdigit((unsigned char)text[1]) ? 2 : 1]) != NULL &&
	       text[1] != '\0';
}

static size_t find_numbered(const struct acta_rows *rows, size_t from)
{
	for (size_t i = from; i < rows->list.count; i++)
		if (begins_numbered(&rows->list.items[i]))
			return i;
	return rows->list.count;
}

static size_t find_closing(const struct acta_rows *rows, size_t from)
{
	const char *value;
	for (size_t i = from; i < rows->list.count; i++) {
		enum acta_label label = acta_row_label(&rows->list.items[i], &value);
		if (label == LABEL_PREPARED_BY || label == LABEL_ANNEXES ||
		    label == LABEL_SIGNATURES)
			return i;
	}
	return rows->list.count;
}

/*
 * The heading "Orden del día | Resoluciones" may stand on two lines, and the
 * agenda may be listed once before the resolutions repeat its headings; then
 * the list says nothing new.
 */
struct acta_sections acta_find_sections(const struct acta_rows *rows)
{
	struct acta_sections sections;
	size_t agenda = find_label(rows, 0, LABEL_AGENDA);
	size_t resolutions = find_label(rows, agenda < rows->list.count ? agenda : 0,
					LABEL_RESOLUTIONS);
	if (agenda == rows->list.count)
		agenda = resolutions;
	sections.header_end = agenda;
	sections.agenda = agenda + (agenda < rows->list.count);
	if (agenda == rows->list.count) {
		sections.header_end = find_numbered(rows, 0);
		sections.agenda = sections.header_end;
	}
	sections.closing = find_closing(rows, sections.agenda);
	if (resolutions < sections.closing && resolutions >= sections.agenda &&
	    (resolutions == sections.agenda ||
	     find_numbered(rows, resolutions + 1) < sections.closing))
		sections.agenda = resolutions + 1;
	return sections;
}
