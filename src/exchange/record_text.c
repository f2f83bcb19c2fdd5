/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_text.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

enum {
	GAP_WIDE = 2,        /* blanks between columns where there is room */
	GAP_NARROW = 1,
	MEASURED_ROWS = 500, /* rows kept back before the widths are fixed */
	TEXT_COMFORT = 24,   /* of a text is kept at the cost of headings */
	TEXT_LEAST = 16,     /* of a text is kept at the cost of columns at the right */
	HEADING_LEAST = 4,
};

static bool is_number(const struct field *field)
{
	return field->type == FIELD_INTEGER || field->type == FIELD_NUMBER ||
	       field->type == FIELD_PERCENT;
}

/* One line: what separates lines and words becomes a blank. */
static void flatten(char *text)
{
	for (; *text; text++)
		if (*text == '\n' || *text == '\t' || *text == '\r')
			*text = ' ';
}

/* What a person reads of a field, in one line; "" for what does not hold. */
static char *cell_text(const struct field *field, const void *row)
{
	struct strbuf text;
	strbuf_init(&text);
	if (record_is_null(field, row) && field->unknown)
		strbuf_adds(&text, _(field->unknown));
	else if (field->type != FIELD_BOOL || RECORD_MEMBER(bool, field, row))
		record_add_text(&text, field, row);
	char *flat = strbuf_detach(&text);
	flatten(flat);
	return flat;
}

static int total_width(const struct text_column *columns, size_t count, int gap)
{
	int total = gap * (int)(count - 1);
	for (size_t i = 0; i < count; i++)
		total += columns[i].width;
	return total;
}

/* How narrow each step may make a column. */
static int floor_of_text(const struct text_column *column)
{
	return column->is_text ? TEXT_COMFORT : column->width;
}

static int floor_of_heading(const struct text_column *column)
{
	int least = column->brief ? column->brief : HEADING_LEAST;
	return column->content > least ? column->content : least;
}

static int floor_of_short_text(const struct text_column *column)
{
	return column->is_text ? TEXT_LEAST : column->width;
}

/* Takes `*excess` from the widest columns down to their floor. */
static void narrow(struct text_column *columns, size_t count,
		   int (*floor_of)(const struct text_column *), int *excess)
{
	while (*excess > 0) {
		struct text_column *widest = NULL;
		for (size_t i = 0; i < count; i++)
			if (columns[i].width > floor_of(&columns[i]) &&
			    (!widest || columns[i].width > widest->width))
				widest = &columns[i];
		if (!widest)
			return;
		widest->width--;
		(*excess)--;
	}
}

/* Gives the room of columns left out back to the texts, from the left. */
static void widen(struct text_column *columns, size_t count, int spare)
{
	for (size_t i = 0; i < count && spare > 0; i++) {
		int wanted = columns[i].is_text ? columns[i].content - columns[i].width : 0;
		int given = wanted < spare ? wanted : spare;
		if (given > 0) {
			columns[i].width += given;
			spare -= given;
		}
	}
}

size_t text_columns_fit(struct text_column *columns, size_t count, int available, int *gap)
{
	for (size_t i = 0; i < count; i++)
		columns[i].width = columns[i].content > columns[i].heading ? columns[i].content
									   : columns[i].heading;
	*gap = total_width(columns, count, GAP_WIDE) > available ? GAP_NARROW : GAP_WIDE;
	int excess = total_width(columns, count, *gap) - available;
	narrow(columns, count, floor_of_text, &excess);
	narrow(columns, count, floor_of_heading, &excess);
	narrow(columns, count, floor_of_short_text, &excess);
	while (count > 1 && total_width(columns, count, *gap) > available)
		count--;
	if (columns[0].width > available)
		columns[0].width = available;
	widen(columns, count, available - total_width(columns, count, *gap));
	return count;
}

void text_table_begin(struct text_table *table, const struct record_kind *kind, int columns,
		      struct strbuf *out)
{
	*table = (struct text_table){.kind = kind, .out = out, .columns = columns};
	for (size_t i = 0; i < kind->field_count && table->count < TEXT_TABLE_COLUMNS; i++) {
		const struct field *field = &kind->fields[i];
		if (!field->label || (field->flags & FIELD_DETAIL))
			continue;
		table->column[table->count++] = (struct text_column){
			.field = field,
			.heading = utf8_width(_(field->label)),
			.brief = field->brief ? utf8_width(_(field->brief)) : 0,
			.is_text = (field->type == FIELD_TEXT || field->type == FIELD_LIST) &&
				   !(field->flags & FIELD_CODE),
		};
	}
}

static void add_blanks(struct strbuf *out, int count)
{
	for (; count > 0; count--)
		strbuf_addch(out, ' ');
}

static void add_cell(struct text_table *table, size_t at, const char *text)
{
	const struct text_column *column = &table->column[at];
	struct strbuf fitted;
	strbuf_init(&fitted);
	int blanks = column->width - utf8_fit(&fitted, text, column->width);
	if (is_number(column->field))
		add_blanks(table->out, blanks);
	strbuf_add(table->out, fitted.data, fitted.length);
	if (!is_number(column->field))
		add_blanks(table->out, blanks);
	if (at + 1 < table->count)
		add_blanks(table->out, table->gap);
	strbuf_release(&fitted);
}

static void end_line(struct strbuf *out)
{
	while (out->length && out->data[out->length - 1] == ' ')
		strbuf_truncate(out, out->length - 1);
	strbuf_addch(out, '\n');
}

static void print_row(struct text_table *table, const void *row)
{
	for (size_t i = 0; i < table->count; i++) {
		char *text = cell_text(table->column[i].field, row);
		add_cell(table, i, text);
		free(text);
	}
	end_line(table->out);
}

/* Columns nothing is known of only take room; their cells become NULL. */
static void drop_empty(struct text_table *table, size_t width)
{
	size_t kept = 0;
	for (size_t i = 0; i < width; i++) {
		if (table->column[i].content || table->count == 1) {
			table->column[kept++] = table->column[i];
			continue;
		}
		table->count--;
		for (size_t at = i; at < table->cells.count; at += width) {
			free(table->cells.items[at]);
			table->cells.items[at] = NULL;
		}
	}
}

/* Prints the rows kept back, whose cells are `width` to a row. */
static void print_kept(struct text_table *table, size_t width)
{
	for (size_t start = 0; start < table->cells.count; start += width) {
		size_t shown = 0;
		for (size_t i = 0; i < width; i++) {
			char *text = table->cells.items[start + i];
			if (text && shown < table->count)
				add_cell(table, shown++, text);
			free(text);
		}
		end_line(table->out);
	}
	vector_release(&table->cells);
}

static const char *heading_of(const struct text_column *column)
{
	const struct field *field = column->field;
	return _(column->width < column->heading && field->brief ? field->brief : field->label);
}

static void open_table(struct text_table *table, bool is_complete)
{
	size_t width = table->count;
	if (is_complete)
		drop_empty(table, width);
	table->count =
		text_columns_fit(table->column, table->count, table->columns, &table->gap);
	for (size_t i = 0; i < table->count; i++)
		add_cell(table, i, heading_of(&table->column[i]));
	end_line(table->out);
	print_kept(table, width);
	table->is_open = true;
}

static void keep_row(struct text_table *table, const void *row)
{
	for (size_t i = 0; i < table->count; i++) {
		char *text = cell_text(table->column[i].field, row);
		int used = utf8_width(text);
		if (used > table->columns)
			used = table->columns;
		if (used > table->column[i].content)
			table->column[i].content = used;
		vector_push(&table->cells, text);
	}
}

void text_table_add(struct text_table *table, const void *row)
{
	table->rows++;
	if (table->is_open) {
		print_row(table, row);
		return;
	}
	keep_row(table, row);
	if (table->rows == MEASURED_ROWS)
		open_table(table, false);
}

void text_table_end(struct text_table *table)
{
	if (table->rows && !table->is_open)
		open_table(table, true);
}

static bool has_something_to_say(const struct field *field, const void *row)
{
	if (!field->label)
		return false;
	if (record_is_null(field, row))
		return field->unknown != NULL;
	if (field->type != FIELD_LIST && field->type != FIELD_TEXT)
		return true;
	const char *text = RECORD_MEMBER(char *, field, row);
	return text && *text;
}

/* A paragraph stays in one line: the terminal wraps it, a program reads it whole. */
static void add_detail(struct strbuf *out, const struct field *field, const void *row, int width)
{
	struct strbuf value;
	const char *label = _(field->label);
	strbuf_init(&value);
	if (record_is_null(field, row))
		strbuf_adds(&value, _(field->unknown));
	else
		record_add_text(&value, field, row);
	flatten(value.data);
	strbuf_addf(out, "%s:", label);
	add_blanks(out, width + 1 - utf8_width(label));
	for (const char *at = value.data; *at;)
		utf8_next_grapheme(&at, out);
	strbuf_adds(out, field->type == FIELD_PERCENT ? " %\n" : "\n");
	strbuf_release(&value);
}

void record_add_details(struct strbuf *out, const struct record_kind *kind, const void *row)
{
	int width = 0;
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];
		if (has_something_to_say(field, row) && utf8_width(_(field->label)) > width)
			width = utf8_width(_(field->label));
	}
	for (size_t i = 0; i < kind->field_count; i++)
		if (has_something_to_say(&kind->fields[i], row))
			add_detail(out, &kind->fields[i], row, width);
}
