/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "nucleo/exchange/document_text.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/program.h"
#include "nucleo/exchange/acta_reader.h"
#include "nucleo/exchange/document_data.h"

/* ---- what a file is */

/* ZIP files by what is in them: an entry, or the media type that ODF puts first. */
static const struct package {
	const char *entry, *media_type; /* NULL: not told by it */
	enum document_format format;
	const char *advice; /* for DOCUMENT_FOREIGN */
} packages[] = {
	{"word/document", NULL, DOCUMENT_DOCX, NULL},
	{NULL, "application/vnd.oasis.opendocument.text", DOCUMENT_ODT, NULL},
	{"xl/", "application/vnd.oasis.opendocument.spreadsheet", DOCUMENT_FOREIGN,
	 N_("es una hoja de cálculo; hace falta el documento del acta, en PDF, DOCX u ODT")},
	{"ppt/", "application/vnd.oasis.opendocument.presentation", DOCUMENT_FOREIGN,
	 N_("es una presentación; hace falta el documento del acta, en PDF, DOCX u ODT")},
};

/* A file header is 30 bytes, its name and extra bytes; one of the directory 46 and its name. */
enum { ZIP_FILE = 30, ZIP_ENTRY = 46, ZIP_NAME_LENGTH = 28, PDF_MARK_WITHIN = 1024 };

static bool begins_with(const char *bytes, size_t length, const char *text, size_t text_length)
{
	return length >= text_length && memcmp(bytes, text, text_length) == 0;
}

/* Whether the directory of the ZIP names an entry that begins so. */
static bool zip_has_entry(const char *bytes, size_t length, const char *entry)
{
	const char *at = bytes, *end = bytes + length;
	while ((at = memmem(at, (size_t)(end - at), "PK\1\2", 4)) != NULL) {
		size_t left = (size_t)(end - at);
		if (left > ZIP_ENTRY &&
		    begins_with(at + ZIP_ENTRY, left - ZIP_ENTRY, entry, strlen(entry)))
			return true;
		at += 4;
	}
	return false;
}

/* ODF wants "mimetype" first and stored, so that the type stands in clear behind the name. */
static bool zip_has_type(const char *bytes, size_t length, const char *media_type)
{
	static const char name[] = "mimetype";
	const size_t head = ZIP_FILE + sizeof(name) - 1;
	if (length <= head || memcmp(bytes + ZIP_FILE, name, sizeof(name) - 1) != 0)
		return false;
	size_t extra = (unsigned char)bytes[ZIP_NAME_LENGTH] |
		       (size_t)(unsigned char)bytes[ZIP_NAME_LENGTH + 1] << 8;
	return length > head + extra && begins_with(bytes + head + extra, length - head - extra,
						    media_type, strlen(media_type));
}

/* NULL when it is no ZIP, or one with something else in it. */
static const struct package *package_of(const char *bytes, size_t length)
{
	if (!begins_with(bytes, length, "PK\3\4", 4))
		return NULL;
	for (size_t i = 0; i < ARRAY_COUNT(packages); i++) {
		const struct package *package = &packages[i];
		if ((package->entry && zip_has_entry(bytes, length, package->entry)) ||
		    (package->media_type && zip_has_type(bytes, length, package->media_type)))
			return package;
	}
	return NULL;
}

/* Readers of PDF forgive what a mail program has put before the mark. */
enum document_format document_format(const char *bytes, size_t length)
{
	const struct package *package = package_of(bytes, length);
	size_t near = length < PDF_MARK_WITHIN ? length : PDF_MARK_WITHIN;
	if (package)
		return package->format;
	return memmem(bytes, near, "%PDF-1.", 7) || memmem(bytes, near, "%PDF-2.", 7)
		       ? DOCUMENT_PDF
		       : DOCUMENT_TEXT;
}

/* ---- its text */

/* A document can be made to unpack into any size. */
enum { READER_MEMORY = 1024 * 1024 * 1024 };

/*
 * Who reads it. The document comes on standard input, so that no name is ever
 * taken for an option; pandoc is told to open nothing else it may point to.
 */
static const struct reader {
	const char *package; /**< of Debian */
	bool has_filter;
	const char *words[8];
} readers[] = {
	[DOCUMENT_PDF] = {"poppler-utils", false,
			  {"pdftotext", "-layout", "-enc", "UTF-8", "-", "-"}},
	[DOCUMENT_DOCX] = {"pandoc", true,
			   {"pandoc", "--sandbox", "--from=docx+empty_paragraphs", "--to=plain",
			    "--wrap=none", "--lua-filter=/dev/fd/3"}},
	[DOCUMENT_ODT] = {"pandoc", true,
			  {"pandoc", "--sandbox", "--from=odt", "--to=plain", "--wrap=none",
			   "--lua-filter=/dev/fd/3"}},
};

static enum rc not_read(const struct reader *reader, const struct program_result *result,
			struct error *err)
{
	const char *name = reader->words[0];
	switch (result->end) {
	case PROGRAM_MISSING:
		return error_set(err, RC_NOT_FOUND,
				 _("para leerlo hace falta «%s», que no está instalado; instale el "
				   "paquete %s, o guarde el acta como texto"),
				 name, reader->package);
	case PROGRAM_TOO_SLOW:
		return error_set(err, RC_INVALID,
				 _("«%s» no terminó a tiempo y se detuvo; guarde el acta como "
				   "texto e importe el texto"),
				 name);
	case PROGRAM_TOO_LONG:
		return error_set(err, RC_INVALID,
				 _("el texto pasa de %d MiB; un acta no llega a tanto"),
				 ACTA_MAX_BYTES / (1024 * 1024));
	case PROGRAM_STOPPED:
		return error_set(err, RC_REFUSED, _("se detuvo, como se pidió; no se importó"));
	default:
		break;
	}
	if (strstr(result->complaint, "--sandbox"))
		return error_set(err, RC_INVALID,
				 _("«%s» es demasiado antiguo; hace falta la versión 2.15 o una "
				   "posterior"),
				 name);
	if (strstr(result->complaint, "password"))
		return error_set(err, RC_INVALID,
				 _("está protegido con contraseña; ábralo y guárdelo sin ella"));
	return error_set(err, RC_INVALID,
			 _("«%s» no pudo leerlo: está dañado o protegido; ábralo y guárdelo de "
			   "nuevo (%s)"),
			 name, *result->complaint ? result->complaint : _("no dijo por qué"));
}

static enum rc no_text(enum document_format format, struct error *err)
{
	if (format == DOCUMENT_PDF)
		return error_set(err, RC_INVALID,
				 _("el PDF no tiene texto: parece escaneado; pida el documento "
				   "original, o reconozca antes su texto (OCR)"));
	return error_set(err, RC_INVALID, _("el documento no tiene texto"));
}

static enum rc run_reader(const struct reader *reader, const struct program *program,
			  struct strbuf *out, struct error *err)
{
	struct program_result result;
	enum rc rc = program_run(program, out, &result, err);
	if (rc == RC_OK && result.end != PROGRAM_DONE)
		return not_read(reader, &result, err);
	return rc;
}

enum rc document_text(const char *bytes, size_t length, int patience_ms, struct strbuf *out,
		      struct error *err)
{
	size_t before = out->length;
	enum document_format format = document_format(bytes, length);
	if (format == DOCUMENT_FOREIGN)
		return error_set(err, RC_INVALID, _("no es un acta: %s"),
				 _(package_of(bytes, length)->advice));
	if (format == DOCUMENT_TEXT) {
		strbuf_add(out, bytes, length);
		return RC_OK;
	}
	const struct reader *reader = &readers[format];
	const struct program program = {
		.words = reader->words,
		.input = bytes,
		.input_length = length,
		.script = reader->has_filter ? document_filters[0].text : NULL,
		.output_max = ACTA_MAX_BYTES,
		.memory_max = READER_MEMORY,
		.patience_ms = patience_ms,
	};
	enum rc rc = run_reader(reader, &program, out, err);
	if (rc != RC_OK)
		return rc;
	const char *text = out->data + before;
	if (strspn(text, " \t\r\n\f") == out->length - before) {
		strbuf_truncate(out, before);
		return no_text(format, err);
	}
	return RC_OK;
}
