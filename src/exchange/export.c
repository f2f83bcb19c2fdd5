/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/export.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/nearest.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/convocatoria.h"

#define FORMAT_BIT(format) (1u << (format))

static const struct {
	const char *name, *alias;
} formats[EXPORT_FORMATS] = {
	[EXPORT_TEXT] = {"txt", "text"},
	[EXPORT_MARKDOWN] = {"md", "markdown"},
	[EXPORT_ICS] = {"ics", "ical"},
	[EXPORT_JSON] = {"json", "json"},
};

static enum rc write_convocatoria(struct store *store, int64_t key, enum export_format format,
				  struct strbuf *out, struct error *err)
{
	struct convocatoria notice;
	enum rc rc = convocatoria_load(store, key, &notice, err);
	if (rc != RC_OK)
		return rc;
	if (format == EXPORT_ICS)
		rc = convocatoria_add_event(out, &notice, clock_utc_seconds(), err);
	else if (format == EXPORT_JSON)
		convocatoria_add_json(out, &notice);
	else
		convocatoria_add_paper(out, &notice,
				       format == EXPORT_TEXT ? PAPER_TEXT : PAPER_MARKDOWN);
	convocatoria_release(&notice);
	return rc;
}

const struct export exports[] = {
	{
		.name = "convocatoria",
		.english = "notice",
		.kind = RECORD_MEETING,
		.formats = FORMAT_BIT(EXPORT_TEXT) | FORMAT_BIT(EXPORT_MARKDOWN) |
			   FORMAT_BIT(EXPORT_ICS) | FORMAT_BIT(EXPORT_JSON),
		.write = write_convocatoria,
	},
	{.name = NULL},
};

const struct export *export_named(const char *word, struct error *err)
{
	struct nearest nearest;
	struct strbuf names;
	nearest_init(&nearest, word);
	strbuf_init(&names);
	for (const struct export *what = exports; what->name; what++) {
		if (utf8_equal_folded(what->name, word) || utf8_equal_folded(what->english, word)) {
			strbuf_release(&names);
			return what;
		}
		nearest_offer(&nearest, what->name);
		strbuf_addf(&names, "%s%s", names.length ? ", " : "", what->name);
	}
	if (nearest.best)
		error_set(err, RC_USAGE, _("no se puede exportar «%s»; ¿quiso decir «%s»?"), word,
			  nearest.best);
	else
		error_set(err, RC_USAGE, _("no se puede exportar «%s»; hay: %s"), word,
			  names.data);
	strbuf_release(&names);
	return NULL;
}

const char *export_format_name(enum export_format format)
{
	return formats[format].name;
}

static enum rc unknown_format(const struct export *what, const char *word, bool is_ending,
			      struct error *err)
{
	struct strbuf names;
	strbuf_init(&names);
	for (size_t i = 0; i < EXPORT_FORMATS; i++)
		if (what->formats & FORMAT_BIT(i))
			strbuf_addf(&names, "%s%s", names.length ? ", " : "", formats[i].name);
	error_set(err, RC_USAGE,
		  is_ending ? _("no se sabe qué formato es «.%s»; el nombre del archivo termina "
				"en uno de estos: %s")
			    : _("no existe el formato «%s»; hay: %s"),
		  word, names.data);
	strbuf_release(&names);
	return RC_USAGE;
}

/* What a file name ends in, behind its last dot; NULL: nothing. A dot may be in a folder, or begin
 * a name that is hidden. */
static const char *ending_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');
	return dot && dot > name ? dot + 1 : NULL;
}

enum rc export_format_for(const struct export *what, const char *name, const char *path,
			  enum export_format *format, struct error *err)
{
	const char *ending = path ? ending_of(path) : NULL;
	const char *word = name ? name : ending;
	if (!word) {
		*format = EXPORT_TEXT;
		return RC_OK;
	}
	for (size_t i = 0; i < EXPORT_FORMATS; i++) {
		if (!(what->formats & FORMAT_BIT(i)) ||
		    (!utf8_equal_folded(formats[i].name, word) &&
		     !utf8_equal_folded(formats[i].alias, word)))
			continue;
		*format = (enum export_format)i;
		return RC_OK;
	}
	return unknown_format(what, word, !name, err);
}
