/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_parts.h"

void acta_remark(struct acta *acta, int line, const char *format, ...)
{
	char text[600];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	struct strbuf squeezed;
	strbuf_init(&squeezed);
	acta_squeeze(&squeezed, text, utf8_valid_prefix(text, strlen(text)));
	struct acta_remark *remark = vector_add(&acta->remarks);
	remark->text = strbuf_detach(&squeezed);
	remark->line = line;
}

void acta_unplaced(struct acta *acta, int line, const char *text)
{
	struct strbuf squeezed;
	strbuf_init(&squeezed);
	acta_squeeze(&squeezed, text, strlen(text));
	struct acta_unplaced *unplaced = vector_add(&acta->unplaced);
	unplaced->text = strbuf_detach(&squeezed);
	unplaced->line = line;
}

static void remark_decoding(struct acta *acta, const struct text_decoding *decoding)
{
	if (decoding->is_cp1252)
		acta_remark(acta, 1, _("el texto estaba en Windows-1252; se leyó como tal"));
	if (decoding->control_count)
		acta_remark(acta, 1, _("se quitaron %zu caracteres de control"),
			    decoding->control_count);
}

static void quote_dropped(const struct acta_rows *rows, struct acta *acta)
{
	for (size_t i = 0; i < rows->dropped.count; i++)
		acta_unplaced(acta, rows->dropped.items[i].line, rows->dropped.items[i].raw);
}

static enum rc read_agenda(const struct acta_rows *rows, struct acta_sections sections,
			   const struct prose_institution *institutions, size_t institution_count,
			   struct acta *acta, struct error *err)
{
	size_t count = sections.closing - sections.agenda;
	struct acta_heading_mark *marks = mem_alloc_zero(count + 1, sizeof(*marks));
	acta_paragraphs paragraphs = {0};
	enum rc rc = acta_read_items(rows, sections, marks, acta, err);
	if (rc == RC_OK) {
		acta_read_paragraphs(rows, sections, marks, acta, &paragraphs);
		acta_read_closing(rows, sections, acta, &paragraphs);
		acta_read_entries(&paragraphs, institutions, institution_count, acta);
		if (!acta->items.count && !acta->entries.count)
			rc = error_set(err, RC_INVALID,
				       _("el acta %s no tiene orden del día («1. Bienvenida ...»)"),
				       acta->number);
	}
	acta_paragraphs_release(&paragraphs);
	free(marks);
	return rc;
}

static enum rc read_rows(const struct acta_rows *rows, const struct prose_institution *institutions,
			 size_t institution_count, struct acta *acta, struct error *err)
{
	struct acta_sections sections = acta_find_sections(rows);
	enum rc rc = acta_read_header(rows, sections.header_end, institutions, institution_count,
				      acta, err);
	if (rc != RC_OK)
		return rc;
	rc = read_agenda(rows, sections, institutions, institution_count, acta, err);
	if (rc == RC_OK)
		acta_read_plan(acta);
	return rc;
}

enum rc acta_read(const char *bytes, size_t length, const struct prose_institution *institutions,
		  size_t institution_count, struct acta *acta, struct error *err)
{
	struct text_decoding decoding = {0};
	struct acta_rows rows;
	struct acta found;
	struct strbuf text;

	strbuf_init(&text);
	acta_init(acta);
	enum rc rc = acta_decode(bytes, length, &text, &decoding, err);
	if (rc != RC_OK)
		return rc;
	acta_init(&found);
	acta_rows_read(text.data, &rows);
	if (!rows.list.count)
		rc = error_set(err, RC_INVALID, _("el archivo está vacío"));
	remark_decoding(&found, &decoding);
	quote_dropped(&rows, &found);
	if (rc == RC_OK)
		rc = read_rows(&rows, institutions, institution_count, &found, err);
	if (rc == RC_OK)
		*acta = found;
	else
		acta_release(&found);
	acta_rows_release(&rows);
	strbuf_release(&text);
	return rc;
}
