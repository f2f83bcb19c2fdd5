/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/csv_reader.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/record_csv.h"
#include "nucleo/exchange/text_decode.h"

struct reading {
	struct csv_table *table;
	const char *at;
	size_t line, number; /* of the row being read */
	struct strbuf cell;
};

/* ---- what kind of file it is */

/* What people hand over instead of a CSV, by its first bytes. */
static const struct {
	const char *bytes, *what;
} foreign[] = {
	{"PK\x03\x04", N_("es un libro de hoja de cálculo (XLSX u ODS)")},
	{"\xD0\xCF\x11\xE0", N_("es un libro de hoja de cálculo (XLS)")},
	{"%PDF", N_("es un PDF")},
};

static enum rc check_file(const char *bytes, size_t length, struct error *err)
{
	if (length > CSV_MAX_BYTES)
		return error_set(err, RC_INVALID,
				 _("el archivo pasa de %d MiB; divídalo en varios"),
				 CSV_MAX_BYTES / (1024 * 1024));
	for (size_t i = 0; i < ARRAY_COUNT(foreign); i++)
		if (length >= strlen(foreign[i].bytes) &&
		    memcmp(bytes, foreign[i].bytes, strlen(foreign[i].bytes)) == 0)
			return error_set(err, RC_INVALID,
					 _("%s; en la hoja de cálculo, guárdelo como CSV UTF-8"),
					 _(foreign[i].what));
	return RC_OK;
}

/* "sep=;" is a word of spreadsheets to each other, and no row. */
static void read_separator_line(struct reading *reading)
{
	const char *at = reading->at;
	if (strncmp(at, "sep=", 4) != 0 || !at[4] || !strchr(",;\t", at[4]) ||
	    (at[5] && at[5] != '\n'))
		return;
	reading->table->delimiter = at[4];
	reading->at += at[5] ? 6 : 5;
	reading->line++;
}

/* The sign that separates most in the first row that says anything. */
static char find_delimiter(const char *text)
{
	static const char signs[] = ",;\t";
	size_t counts[sizeof(signs) - 1] = {0}, best = 0;
	bool is_quoted = false;
	text += strspn(text, "\n \f");
	for (; *text && (is_quoted || *text != '\n'); text++) {
		const char *sign = strchr(signs, *text);
		is_quoted ^= *text == '"';
		if (!is_quoted && sign)
			counts[sign - signs]++;
	}
	for (size_t i = 1; i < sizeof(signs) - 1; i++)
		if (counts[i] > counts[best])
			best = i;
	return signs[best];
}

/* ---- cells */

static enum rc fault(const struct reading *reading, size_t column, struct error *err)
{
	struct strbuf letters;
	strbuf_init(&letters);
	csv_add_letters(&letters, column);
	error_prefix(err, _("fila %zu, columna %s"), reading->number, letters.data);
	strbuf_release(&letters);
	return RC_INVALID;
}

static bool ends_cell(const struct reading *reading, char c)
{
	return !c || c == '\n' || c == reading->table->delimiter;
}

static enum rc read_quoted(struct reading *reading, struct error *err)
{
	const char *at = reading->at + 1;
	for (; *at && (*at != '"' || at[1] == '"'); at++) {
		at += *at == '"';
		reading->line += *at == '\n';
		strbuf_addch(&reading->cell, *at);
	}
	if (!*at)
		return error_set(err, RC_INVALID, _("falta la comilla que cierra el texto"));
	do
		at++;
	while ((*at == ' ' || *at == '\t') && !ends_cell(reading, *at));
	if (!ends_cell(reading, *at))
		return error_set(err, RC_INVALID,
				 _("hay texto después de la comilla que cierra; una comilla dentro "
				   "de un texto se escribe dos veces"));
	reading->at = at;
	return RC_OK;
}

static enum rc read_cell(struct reading *reading, struct error *err)
{
	const char *at = reading->at;
	strbuf_reset(&reading->cell);
	while (*at == ' ')
		at++;
	if (*at == '"') {
		reading->at = at;
		return read_quoted(reading, err);
	}
	for (; !ends_cell(reading, *at); at++)
		strbuf_addch(&reading->cell, *at);
	reading->at = at;
	return RC_OK;
}

/* A form feed is a control to whoever shows it, and separates words. */
static void keep_cell(struct reading *reading, struct csv_row *row)
{
	struct csv_table *table = reading->table;
	struct strbuf *cell = &reading->cell;
	for (size_t i = 0; i < cell->length; i++)
		if (cell->data[i] == '\f')
			cell->data[i] = ' ';
	strbuf_trim(cell);
	bool is_escaped = *cell->data == '\'' && csv_is_formula(cell->data);
	vector_push(&table->cells, table->text.length);
	strbuf_adds(&table->text, cell->data + is_escaped);
	strbuf_addch(&table->text, '\0');
	row->count++;
}

static enum rc check_cell(const struct reading *reading, size_t column, struct error *err)
{
	if (column >= CSV_MAX_COLUMNS)
		return error_set(err, RC_INVALID, _("hay más de %d columnas"), CSV_MAX_COLUMNS);
	if (reading->cell.length > CSV_MAX_CELL)
		return error_set(err, RC_INVALID, _("el texto pasa de %d bytes"), CSV_MAX_CELL);
	return RC_OK;
}

/* ---- rows */

static bool is_empty(const struct csv_table *table, const struct csv_row *row)
{
	for (size_t i = row->first; i < row->first + row->count; i++)
		if (table->text.data[table->cells.items[i]])
			return false;
	return true;
}

static enum rc read_cells(struct reading *reading, struct csv_row *row, struct error *err)
{
	for (;;) {
		enum rc rc = read_cell(reading, err);
		if (rc == RC_OK)
			rc = check_cell(reading, row->count, err);
		if (rc != RC_OK)
			return fault(reading, row->count, err);
		keep_cell(reading, row);
		if (*reading->at != reading->table->delimiter)
			return RC_OK;
		reading->at++;
	}
}

static enum rc read_row(struct reading *reading, struct error *err)
{
	struct csv_table *table = reading->table;
	struct csv_row row = {++reading->number, reading->line, table->cells.count, 0};
	size_t text = table->text.length;
	if (table->rows.count > CSV_MAX_ROWS)
		return error_set(err, RC_INVALID,
				 _("el archivo pasa de %d filas; divídalo en varios"),
				 CSV_MAX_ROWS);
	enum rc rc = read_cells(reading, &row, err);
	if (rc != RC_OK)
		return rc;
	reading->line += *reading->at == '\n';
	reading->at += *reading->at == '\n';
	if (is_empty(table, &row)) {
		table->cells.count = row.first;
		strbuf_truncate(&table->text, text);
	} else {
		vector_push(&table->rows, row);
	}
	return RC_OK;
}

static enum rc read_rows(const char *text, struct csv_table *table, struct error *err)
{
	struct reading reading = {.table = table, .at = text, .line = 1};
	enum rc rc = RC_OK;
	strbuf_init(&reading.cell);
	read_separator_line(&reading);
	if (!table->delimiter)
		table->delimiter = find_delimiter(reading.at);
	while (*reading.at && rc == RC_OK)
		rc = read_row(&reading, err);
	strbuf_release(&reading.cell);
	if (rc == RC_OK && !table->rows.count)
		rc = error_set(err, RC_INVALID, _("el archivo está vacío"));
	return rc;
}

/* Excel calls UTF-16 "Unicode text". */
static enum rc decode(const char *bytes, size_t length, struct strbuf *text, struct error *err)
{
	struct text_decoding decoding;
	struct strbuf utf8;
	if (!text_is_utf16(bytes, length))
		return text_decode(bytes, length, text, &decoding, err);
	strbuf_init(&utf8);
	enum rc rc = text_from_utf16(bytes, length, &utf8, err);
	if (rc == RC_OK)
		rc = text_decode(utf8.data, utf8.length, text, &decoding, err);
	strbuf_release(&utf8);
	return rc;
}

enum rc csv_read(const char *bytes, size_t length, struct csv_table *table, struct error *err)
{
	struct strbuf text;
	*table = (struct csv_table){0};
	strbuf_init(&table->text);
	strbuf_init(&text);
	enum rc rc = check_file(bytes, length, err);
	if (rc == RC_OK)
		rc = decode(bytes, length, &text, err);
	if (rc == RC_OK)
		rc = read_rows(text.data, table, err);
	if (rc != RC_OK)
		csv_table_release(table);
	strbuf_release(&text);
	return rc;
}

void csv_table_release(struct csv_table *table)
{
	strbuf_release(&table->text);
	vector_release(&table->cells);
	vector_release(&table->rows);
}

void csv_drop_rows(struct csv_table *table, size_t count)
{
	if (!count)
		return;
	table->rows.count -= count;
	memmove(table->rows.items, table->rows.items + count,
		table->rows.count * sizeof(*table->rows.items));
}

const char *csv_cell(const struct csv_table *table, size_t row, size_t column)
{
	const struct csv_row *at = &table->rows.items[row];
	return column < at->count ? table->text.data + table->cells.items[at->first + column] : "";
}

char *csv_cell_text(struct csv_table *table, size_t row, size_t column)
{
	return table->text.data + table->cells.items[table->rows.items[row].first + column];
}

void csv_add_letters(struct strbuf *out, size_t column)
{
	if (column >= 26)
		csv_add_letters(out, column / 26 - 1);
	strbuf_addch(out, (char)('A' + column % 26));
}
