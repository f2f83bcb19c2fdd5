/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_parts.h"

/*
 * A list of attendees printed as a table: "Nombre | Cargo | Institución". Its
 * rows become the lines a list would have, "CNE (Directora) (virtual)"; the
 * column of persons' names and those of signatures stay out.
 */

/* Moves to the next cell; `column` is its index, or in printed columns its first character. */
struct cells {
	const char *at, *start;
	size_t length;
	int column;
	bool has_tabs;
};

static bool next_tabbed(struct cells *cells)
{
	if (cells->start && !*cells->at)
		return false;
	cells->column += cells->start ? 1 : 0;
	cells->at += cells->start ? 1 : 0;
	cells->start = cells->at;
	cells->length = strcspn(cells->at, "\t");
	cells->at += cells->length;
	return true;
}

static bool next_printed(struct cells *cells)
{
	const char *begin = cells->at;
	cells->at += strspn(cells->at, " ");
	if (!*cells->at)
		return false;
	for (; begin < cells->at; begin++)
		cells->column++;
	cells->start = cells->at;
	while (*cells->at && strncmp(cells->at, "  ", 2) != 0) {
		cells->column += ((unsigned char)*cells->at & 0xC0) != 0x80;
		cells->at++;
	}
	cells->length = (size_t)(cells->at - cells->start);
	return true;
}

static bool next_cell(struct cells *cells)
{
	return cells->has_tabs ? next_tabbed(cells) : next_printed(cells);
}

/* In printed columns next_printed() leaves `column` at the end of the cell. */
static int cell_start(const struct cells *cells)
{
	int width = 0;
	for (size_t i = 0; i < cells->length && !cells->has_tabs; i++)
		width += ((unsigned char)cells->start[i] & 0xC0) != 0x80;
	return cells->column - width;
}

static enum acta_column column_named(const char *text, size_t length)
{
	static const struct {
		const char *names;
		enum acta_column column;
	} columns[] = {
		{"|institucion|entidad|organizacion|organismo|instituciones|", COLUMN_INSTITUTION},
		{"|siglas|acronimo|", COLUMN_ACRONYM},
		{"|cargo|puesto|funcion|", COLUMN_POST},
		{"|nombre|nombres|delegado|delegada|representante|participante|asistente|",
		 COLUMN_PERSON},
		{"|modalidad|participacion|forma|", COLUMN_MODE},
		{"|sector|", COLUMN_SECTOR},
		{"|calidad|rol|", COLUMN_CAPACITY},
	};
	size_t blanks = strspn(text, " ");
	if (blanks >= length)
		return COLUMN_IGNORED;
	size_t word = strcspn(text + blanks, " /\t");
	for (size_t i = 0; i < ARRAY_COUNT(columns); i++)
		if (acta_word_in(text + blanks, word, columns[i].names))
			return columns[i].column;
	return COLUMN_IGNORED;
}

bool acta_table_begin(struct acta_table *table, const char *raw)
{
	struct cells cells = {.at = raw, .has_tabs = strchr(raw, '\t') != NULL};
	struct acta_table found = {.has_tabs = cells.has_tabs};
	bool has[COLUMN_COUNT] = {false};
	while (next_cell(&cells) && found.count < ACTA_TABLE_MAX) {
		enum acta_column column = column_named(cells.start, cells.length);
		found.columns[found.count] = has[column] ? COLUMN_IGNORED : column;
		found.starts[found.count++] = cell_start(&cells);
		has[column] = true;
	}
	if (!has[COLUMN_INSTITUTION] || !(has[COLUMN_PERSON] || has[COLUMN_POST]))
		return false;
	*table = found;
	return true;
}

/* The column a cell stands in: by its index, or the one that begins nearest. */
static enum acta_column column_of(const struct acta_table *table, const struct cells *cells)
{
	int start = cell_start(cells);
	size_t best = 0;
	if (table->has_tabs)
		return (size_t)start < table->count ? table->columns[start] : COLUMN_IGNORED;
	for (size_t i = 1; i < table->count; i++) {
		int here = table->starts[i] - start, there = table->starts[best] - start;
		if (here * here < there * there)
			best = i;
	}
	return table->columns[best];
}

static void add_value(struct strbuf *out, const char *before, const struct strbuf *value,
		      const char *after)
{
	if (value->length)
		strbuf_addf(out, "%s%s%s", before, value->data, after);
}

bool acta_table_row(const struct acta_table *table, const char *raw, struct strbuf *out)
{
	struct cells cells = {.at = raw, .has_tabs = strchr(raw, '\t') != NULL};
	struct strbuf values[COLUMN_COUNT];
	if (!table->count || table->has_tabs != cells.has_tabs)
		return false;
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		strbuf_init(&values[i]);
	while (next_cell(&cells)) {
		struct strbuf *value = &values[column_of(table, &cells)];
		if (value->length)
			strbuf_addch(value, ' ');
		acta_squeeze(value, cells.start, cells.length);
	}
	bool is_row = values[COLUMN_INSTITUTION].length > 0 &&
		      (values[COLUMN_PERSON].length || values[COLUMN_POST].length);
	if (is_row) {
		add_value(out, "", &values[COLUMN_CAPACITY], ": ");
		add_value(out, "", &values[COLUMN_SECTOR], ": ");
		add_value(out, "", &values[COLUMN_INSTITUTION], "");
		add_value(out, " (", &values[COLUMN_ACRONYM], ")");
		add_value(out, " (", &values[COLUMN_POST], ")");
		add_value(out, " (", &values[COLUMN_MODE], ")");
	}
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		strbuf_release(&values[i]);
	return is_row;
}
