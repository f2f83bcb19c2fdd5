/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_DOCUMENT_FILES_H
#define NUCLEO_TESTS_DOCUMENT_FILES_H

#include <stdbool.h>

#include "nucleo/base/strbuf.h"

/** Documents made at test time out of the text of an acta. */

/** Whether there is such a program; says so aloud when not. */
bool document_has_program(const char *name);

/** The acta of the demonstration. */
const char *document_demo(void);

/** Appends `text` printed as a PDF: what parts a line by a tab stands in two columns. */
void document_pdf(const char *text, struct strbuf *out);
/** As document_pdf() with the right column `columns` letters wide, at most 68. */
void document_pdf_narrow(const char *text, size_t columns, struct strbuf *out);
/** A PDF of one page without any text, as a scanner makes it. */
void document_pdf_scanned(struct strbuf *out);

/** Appends `text` as HTML: lines with a tab are rows of tables, others paragraphs. */
void document_html(const char *text, struct strbuf *out);
/** Appends what pandoc makes of the HTML; `to` is "docx" or "odt". */
void document_from_html(const char *html, const char *to, struct strbuf *out);

#endif
