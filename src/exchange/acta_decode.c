/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/acta_reader.h"
#include "nucleo/exchange/acta_text.h"

/* What people hand over instead of a text, by its first bytes. */
struct magic {
	const char *bytes;
	size_t length;
	const char *what;
};

static const struct magic magics[] = {
	{"\xFF\xFE", 2, N_("está en UTF-16; guárdelo como texto en UTF-8")},
	{"\xFE\xFF", 2, N_("está en UTF-16; guárdelo como texto en UTF-8")},
	{"PK\x03\x04", 4,
	 N_("es un archivo comprimido (ZIP); descomprímalo e importe los documentos que trae")},
	{"%PDF", 4, N_("es un PDF; conviértalo antes con «pdftotext -layout»")},
	{"\xD0\xCF\x11\xE0", 4,
	 N_("es un documento antiguo de Word, o tiene contraseña; ábralo y guárdelo sin "
	    "contraseña como DOCX o PDF")},
	{"{\\rtf", 5, N_("es un documento RTF; ábralo y guárdelo como DOCX o PDF")},
	{"\x1F\x8B", 2, N_("es un archivo comprimido; descomprímalo antes")},
	{"\x89PNG", 4, N_("es una imagen; hace falta el texto del acta")},
	{"\xFF\xD8\xFF", 3, N_("es una imagen; hace falta el texto del acta")},
	{"GIF8", 4, N_("es una imagen; hace falta el texto del acta")},
	{"II*\0", 4, N_("es una imagen; hace falta el texto del acta")},
	{"MM\0*", 4, N_("es una imagen; hace falta el texto del acta")},
	{"SQLite format 3", 15, N_("es una base de datos; hace falta el texto del acta")},
};

static const char *foreign_format(const char *bytes, size_t length)
{
	for (size_t i = 0; i < ARRAY_COUNT(magics); i++)
		if (length >= magics[i].length &&
		    memcmp(bytes, magics[i].bytes, magics[i].length) == 0)
			return magics[i].what;
	if (length >= 4 && (!bytes[0] != !bytes[1]) && !bytes[0] == !bytes[2])
		return magics[0].what;
	return NULL;
}

static enum rc check_limits(const char *bytes, size_t length, struct error *err)
{
	if (length > ACTA_MAX_BYTES)
		return error_set(err, RC_INVALID,
				 _("el texto pasa de %d MiB; un acta no llega a tanto"),
				 ACTA_MAX_BYTES / (1024 * 1024));
	if (length && text_line_of(bytes, length - 1) > ACTA_MAX_LINES)
		return error_set(err, RC_INVALID,
				 _("el texto pasa de %d líneas; un acta no llega a tanto"),
				 ACTA_MAX_LINES);
	return RC_OK;
}

enum rc acta_decode(const char *bytes, size_t length, struct strbuf *out,
		    struct text_decoding *decoding, struct error *err)
{
	const char *what = foreign_format(bytes, length);
	enum rc rc = check_limits(bytes, length, err);
	if (rc == RC_OK && what)
		rc = error_set(err, RC_INVALID, _("no es un texto: %s"), _(what));
	return rc == RC_OK ? text_decode(bytes, length, out, decoding, err) : rc;
}
