/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_EXPORT_H
#define NUCLEO_EXCHANGE_EXPORT_H

#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/record.h"
#include "nucleo/store/store.h"

/** What can be written out of the database for others to read, and how. */

enum export_format { EXPORT_TEXT, EXPORT_MARKDOWN, EXPORT_ICS, EXPORT_JSON, EXPORT_FORMATS };

/** One row of the table: a thing one exports. */
struct export {
	const char *name;    /**< "convocatoria" */
	const char *english; /**< an alias */
	enum record_kind_id kind; /**< of the record it is about */
	unsigned formats;    /**< bits of its formats */
	/** Appends it, of the record with that key; as it was after an error. */
	enum rc (*write)(struct store *store, int64_t key, enum export_format format,
			 struct strbuf *out, struct error *err);
};

/** The table, ended by a row without name. */
extern const struct export exports[];

/** The export called `word`; otherwise NULL and an RC_USAGE error that says what there is. */
const struct export *export_named(const char *word, struct error *err);

/** The name of a format, which is also how its files end: "ics". */
const char *export_format_name(enum export_format format);
/**
 * The format to use: the one called `name`, else the one the file name `path` ends in, else text;
 * both may be NULL. RC_USAGE, naming the possibilities, for one that is none of the export's.
 */
enum rc export_format_for(const struct export *what, const char *name, const char *path,
			  enum export_format *format, struct error *err) ATTR_NODISCARD;

#endif
