/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_DOCUMENT_TEXT_H
#define NUCLEO_EXCHANGE_DOCUMENT_TEXT_H

#include <stddef.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

/** What a file is, by its bytes; its name may say anything. */
enum document_format {
	DOCUMENT_TEXT, /**< none of these: a text, or what acta_decode() refuses */
	DOCUMENT_PDF,
	DOCUMENT_DOCX,
	DOCUMENT_ODT,
	DOCUMENT_FOREIGN, /**< a document, but none an acta is written in */
};

enum {
	DOCUMENT_MAX_BYTES = 64 * 1024 * 1024, /**< of a document, pictures included */
	DOCUMENT_PATIENCE_MS = 60 * 1000,      /**< for the program that reads it */
};

enum document_format document_format(const char *bytes, size_t length);

/**
 * Appends the text of a document to `out` as UTF-8, not yet cleaned, at most
 * ACTA_MAX_BYTES. A PDF is laid out as it is printed; in DOCX and ODT a
 * paragraph is a line, and cells of tables are parted by tabs. pdftotext and
 * pandoc do the reading, for at most `patience_ms`.
 *
 * RC_NOT_FOUND, naming the package, when the program is not installed;
 * RC_REFUSED when somebody asked to end meanwhile; RC_INVALID, with what to do
 * instead, when there is no text to be had; `out` is then as it was. A text is
 * appended as it is.
 */
enum rc document_text(const char *bytes, size_t length, int patience_ms, struct strbuf *out,
		      struct error *err) ATTR_NODISCARD;

#endif
