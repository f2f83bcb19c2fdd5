/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTA_IMPORT_H
#define NUCLEO_EXCHANGE_ACTA_IMPORT_H

#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/model/acta.h"
#include "nucleo/store/store.h"

enum acta_import_outcome {
	ACTA_IMPORT_NEW,       /**< the meeting was not there before */
	ACTA_IMPORT_UPDATED,   /**< the meeting was there and differed */
	ACTA_IMPORT_UNCHANGED, /**< nothing differed; nothing was written */
};

/** What an import did, or with `dry_run` would have done. */
struct acta_import_result {
	struct acta acta; /**< the reading, owned */
	enum acta_import_outcome outcome;
	int64_t number; /**< of the operation in the history; 0 when nothing was written */
	int added, changed, removed; /**< rows */
	int new_organizations;       /**< made because the acta names them */
	int unknown_organizations;   /**< of these, the ones marked for review */
};

void acta_import_result_release(struct acta_import_result *result);

/** The text of an acta; everything borrowed. */
struct acta_source {
	const char *name; /**< of the file, without its folder */
	const char *bytes;
	size_t length;
	const char *sha256; /**< of the document the text was taken from; NULL: it is the file */
};

/**
 * Reads one acta and brings the database to what it says, matched by meeting
 * number: new rows are added, changed ones set, and rows the acta no longer
 * has removed, in one operation. Follow-ups somebody has taken in hand (any
 * status but proposed) are left alone. The very file that was imported last
 * for its meeting changes nothing, whatever was edited since; another one for
 * an approved acta is refused. When somebody else writes meanwhile it starts
 * over, some times. With `dry_run` nothing is written. On an error nothing was
 * written and `result` is empty.
 */
enum rc acta_import_text(struct store *store, const struct acta_source *source, bool dry_run,
			 struct acta_import_result *result, struct error *err) ATTR_NODISCARD;

/** As acta_import_text() for the file at `path`: a text, or a document (document_text.h). */
enum rc acta_import_file(struct store *store, const char *path, bool dry_run,
			 struct acta_import_result *result, struct error *err) ATTR_NODISCARD;

#endif
