/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_CLI_IMPORT_RUN_H
#define NUCLEO_CLI_IMPORT_RUN_H

#include "nucleo/base/json.h"
#include "nucleo/cli/cli.h"

/** What came of a file, or with a dry run would have come of it. */
enum cli_import_outcome {
	CLI_IMPORT_NEW,       /**< what it says was not there before */
	CLI_IMPORT_UPDATED,   /**< something was there, and differed */
	CLI_IMPORT_UNCHANGED, /**< nothing was written */
	CLI_IMPORT_OUTCOMES
};

/** A run over several files, as an importer sees it. */
struct cli_import {
	struct cli *cli; /**< a report in text goes to its `out` */
	struct store *store;
	struct json_writer json; /**< with `as_json`: in an array, for one object */
	bool as_json, dry_run;
	bool has_reported; /**< the importer has told of a failure in a report of its own */
};

/**
 * Imports one file, all or nothing, and adds its report: text, or one object.
 * On an error nothing was written; the run says so, with the path in front, and reports it
 * unless the importer has.
 */
typedef enum rc cli_importer(struct cli_import *import, const char *path,
			     enum cli_import_outcome *outcome, struct error *err);

/** The importer of spreadsheets; the first word of the command line is the kind of record. */
enum rc cli_import_csv(struct cli_import *import, const char *path,
		       enum cli_import_outcome *outcome, struct error *err);

/**
 * Opens the database and imports every file the command line names behind its
 * first word. One that fails does not keep the others out. Of several it shows
 * how far it is, on a terminal, and sums up at the end: in the text, or beside
 * the JSON on standard error. A request to end (Ctrl-C) stops it between two
 * files. Gives the worst of the errors, already printed when there was one file.
 */
enum rc cli_import_files(struct cli *cli, cli_importer *importer, struct error *err)
	ATTR_NODISCARD;

#endif
