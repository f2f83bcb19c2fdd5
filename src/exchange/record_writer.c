/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_writer.h"

#include "nucleo/exchange/record_csv.h"
#include "nucleo/exchange/record_json.h"

void record_writer_begin(struct record_writer *writer, const struct record_kind *kind,
			 enum record_format format, int columns, struct strbuf *out)
{
	*writer = (struct record_writer){.kind = kind, .format = format, .out = out};
	switch (format) {
	case RECORD_FORMAT_TEXT:
		text_table_begin(&writer->table, kind, columns, out);
		break;
	case RECORD_FORMAT_CSV:
		record_add_csv_header(out, kind);
		break;
	case RECORD_FORMAT_JSON:
		strbuf_adds(out, "[");
		break;
	}
}

void record_writer_add(struct record_writer *writer, const void *row)
{
	switch (writer->format) {
	case RECORD_FORMAT_TEXT:
		text_table_add(&writer->table, row);
		break;
	case RECORD_FORMAT_CSV:
		record_add_csv(writer->out, writer->kind, row);
		break;
	case RECORD_FORMAT_JSON:
		strbuf_adds(writer->out, writer->rows ? ",\n" : "\n");
		record_add_json(writer->out, writer->kind, row);
		break;
	}
	writer->rows++;
}

void record_writer_end(struct record_writer *writer)
{
	if (writer->format == RECORD_FORMAT_TEXT)
		text_table_end(&writer->table);
	else if (writer->format == RECORD_FORMAT_JSON)
		strbuf_adds(writer->out, writer->rows ? "\n]\n" : "]\n");
}
