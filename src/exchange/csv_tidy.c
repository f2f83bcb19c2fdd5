/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_parts.h"

/*
 * What a spreadsheet has below its table, or between its parts: computed
 * figures and where they are from. They are no records. A row without a figure
 * or a mark of these is never taken for one: it may be a record gone wrong.
 */

static const char *const total_words[] = {"total",  "totales", "subtotal", "subtotales", "suma",
					  "media",  "sum",     "promedio", "promedios",
					  "average"};
static const char *const note_words[] = {"fuente", "fuentes",	"nota",	      "notas",
					 "elaborado", "elaboracion", "elaborada", "source"};

/* ---- cells */

/* How statistics, spreadsheets and forms say that there is nothing to say. */
static bool says_nothing(const char *cell)
{
	static const char *const words[] = {"NA", "N/A", "n/a", "#N/A", "N/D", "n/d", "S/D", "s/d"};
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (strcmp(cell, words[i]) == 0)
			return true;
	return false;
}

/* But what an institution is called: it may be those letters. */
static void blank_cells(struct csv_import *import)
{
	for (size_t i = 0; i < import->columns.count; i++) {
		const struct csv_target *target = import->columns.items[i].target;
		if (target && target->kind == CSV_ORGANIZATIONS)
			continue;
		for (size_t row = 1; row < import->table.rows.count; row++)
			if (says_nothing(csv_cell(&import->table, row, i)))
				*csv_cell_text(&import->table, row, i) = '\0';
	}
}

/* ---- dates that say the month first */

static bool is_date_column(const struct csv_target *target)
{
	static const char *const fields[] = {"starts", "ends", "original_starts", "original_ends",
					     "as_of"};
	for (size_t i = 0; target && i < ARRAY_COUNT(fields); i++)
		if (strcmp(target->field, fields[i]) == 0)
			return true;
	return false;
}

/* "12/31/2024": the numbers before the year; false for what is written otherwise. */
static bool read_numbers(const char *cell, int numbers[2])
{
	for (int i = 0; i < 2; i++) {
		size_t digits = strspn(cell, "0123456789");
		if (!digits || digits > 2 || cell[digits] != '/')
			return false;
		numbers[i] = (int)strtol(cell, NULL, 10);
		cell += digits + 1;
	}
	return strspn(cell, "0123456789") == 4;
}

/* Looks for a date that has to have the month first; false when one has the day first. */
static bool look_for_proof(const struct csv_import *import, size_t column, struct csv_place *proof)
{
	for (size_t row = 1; row < import->table.rows.count; row++) {
		int numbers[2];
		if (!read_numbers(csv_cell(&import->table, row, column), numbers))
			continue;
		if (numbers[0] > 12)
			return false;
		if (numbers[1] > 12 && !proof->row)
			*proof = (struct csv_place){row, column};
	}
	return true;
}

/* "1/31/2024" to "31/1/2024", which is as long. */
static void swap_numbers(char *cell)
{
	char month[2];
	size_t first = strspn(cell, "0123456789");
	size_t second = strspn(cell + first + 1, "0123456789");
	memcpy(month, cell, first);
	memmove(cell, cell + first + 1, second);
	cell[second] = '/';
	memcpy(cell + second + 1, month, first);
}

static void turn_column(struct csv_import *import, size_t column)
{
	for (size_t row = 1; row < import->table.rows.count; row++) {
		int numbers[2];
		if (read_numbers(csv_cell(&import->table, row, column), numbers))
			swap_numbers(csv_cell_text(&import->table, row, column));
	}
}

/* A spreadsheet writes all its dates in one way. One that can be read in one way only tells
 * which; two that contradict each other tell nothing. */
static void turn_dates(struct csv_import *import)
{
	const struct csv_columns *columns = &import->columns;
	struct csv_place proof = {0};
	for (size_t i = 0; i < columns->count; i++)
		if (is_date_column(columns->items[i].target) && !look_for_proof(import, i, &proof))
			return;
	if (!proof.row)
		return;
	csv_remark(import, proof.row,
		   _("«%s» dice el mes antes del día: así se leyeron las fechas del archivo"),
		   csv_cell(&import->table, proof.row, proof.column));
	for (size_t i = 0; i < columns->count; i++)
		if (is_date_column(columns->items[i].target))
			turn_column(import, i);
}

/* ---- rows */

/* The first word of a cell, folded; `*is_alone` when nothing but marks follows. */
static bool begins_with_word(const char *cell, const char *const *words, size_t count,
			     bool *is_alone)
{
	struct strbuf folded;
	strbuf_init(&folded);
	utf8_fold(&folded, cell);
	size_t length = 0;
	while (isalpha((unsigned char)folded.data[length]))
		length++;
	const char *rest = folded.data + length;
	bool is_found = false;
	*is_alone = !rest[strspn(rest, " .:=()")];
	for (size_t i = 0; i < count && !is_found; i++)
		is_found = strlen(words[i]) == length && memcmp(words[i], folded.data, length) == 0;
	is_found &= !*rest || strchr(" .:=(", *rest) != NULL;
	strbuf_release(&folded);
	return is_found;
}

/* "59", "24,07 %" and what a spreadsheet shows for a figure it cannot compute; no date. */
static bool is_figure(const char *cell)
{
	return !cell[strspn(cell, "0123456789.,% ")] || strcmp(cell, "-") == 0 || *cell == '#';
}

struct row_look {
	size_t first;     /* its first cell that says something */
	size_t said;      /* how many do */
	bool has_figures; /* and nothing else behind the first */
};

static struct row_look look_at(const struct csv_import *import, size_t row)
{
	struct row_look look = {.first = CSV_NONE, .has_figures = true};
	for (size_t i = 0; i < import->columns.count; i++) {
		const char *cell = csv_cell(&import->table, row, i);
		if (!*cell)
			continue;
		look.said++;
		if (look.first == CSV_NONE)
			look.first = i;
		else
			look.has_figures &= is_figure(cell);
	}
	return look;
}

/* Whether what tells the record is blank there, but for that cell. */
static bool names_nothing(const struct csv_import *import, size_t row, size_t but)
{
	const size_t columns[] = {
		csv_column_of(&import->columns, CSV_COMMITMENTS, "code", ENUM_NONE),
		csv_column_of(&import->columns, CSV_MILESTONES, "number", ENUM_NONE),
		csv_column_of(&import->columns, CSV_ORGANIZATIONS, "acronym", ENUM_NONE),
		csv_column_of(&import->columns, CSV_ORGANIZATIONS, "name", ENUM_NONE),
	};
	for (size_t i = 0; i < ARRAY_COUNT(columns); i++)
		if (columns[i] != CSV_NONE && columns[i] != but &&
		    *csv_cell(&import->table, row, columns[i]))
			return false;
	return true;
}

static bool is_total(const struct csv_import *import, size_t row)
{
	struct row_look look = look_at(import, row);
	const char *first = csv_cell(&import->table, row, look.first);
	bool is_alone;
	if (!look.has_figures ||
	    !begins_with_word(first, total_words, ARRAY_COUNT(total_words), &is_alone))
		return false;
	return is_alone || names_nothing(import, row, look.first);
}

static bool is_note(const struct csv_import *import, size_t row)
{
	struct row_look look = look_at(import, row);
	bool is_alone;
	return look.said == 1 && begins_with_word(csv_cell(&import->table, row, look.first),
						  note_words, ARRAY_COUNT(note_words), &is_alone);
}

/* Figures with nothing that says of what: below the table they sum it up. */
static bool is_bare_figures(const struct csv_import *import, size_t row)
{
	struct row_look look = look_at(import, row);
	return look.has_figures && is_figure(csv_cell(&import->table, row, look.first)) &&
	       names_nothing(import, row, CSV_NONE);
}

static void remark(struct csv_import *import, size_t row)
{
	csv_remark(import, row, _("«%s» no es de la tabla: parece un total o una nota; no se leyó"),
		   csv_cell(&import->table, row, look_at(import, row).first));
}

static size_t end_of_records(const struct csv_import *import)
{
	size_t end = import->table.rows.count;
	while (end > 1 && (is_total(import, end - 1) || is_note(import, end - 1) ||
			   is_bare_figures(import, end - 1)))
		end--;
	return end;
}

static void drop_totals(struct csv_import *import)
{
	size_t end = end_of_records(import), kept = 1;
	for (size_t row = 1; row < import->table.rows.count; row++) {
		if (row >= end || is_total(import, row))
			remark(import, row);
		else
			import->table.rows.items[kept++] = import->table.rows.items[row];
	}
	import->table.rows.count = kept;
}

void csv_tidy(struct csv_import *import)
{
	blank_cells(import);
	turn_dates(import);
	drop_totals(import);
}
