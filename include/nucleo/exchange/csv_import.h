/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CSV_IMPORT_H
#define NUCLEO_EXCHANGE_CSV_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/vector.h"
#include "nucleo/model/record.h"
#include "nucleo/store/store.h"

/** Kinds of records a file can make or change, in the order they are written. */
enum csv_kind {
	CSV_PLANS,
	CSV_ORGANIZATIONS,
	CSV_COMMITMENTS,
	CSV_MILESTONES,
	CSV_REPORTS, /**< progress: what one reporter says of a milestone on a day */
	CSV_KINDS
};

enum csv_outcome {
	CSV_UNCHANGED, /**< nothing differed; nothing was written */
	CSV_NEW,       /**< only new records */
	CSV_UPDATED,   /**< records that were there changed */
	CSV_REFUSED    /**< there are errors; nothing was written */
};

/** Something to say about a row; all text is owned. */
struct csv_finding {
	size_t row;   /**< as a spreadsheet numbers it */
	char *column; /**< "avance_pct (D)"; NULL: the row as a whole */
	char *text;
};

/** A row with a figure that an earlier row gave already. */
struct csv_duplicate {
	size_t row, of;
	char *differs; /**< owned list of the headings whose cells are not the same */
};

struct csv_counts {
	int added, changed, unchanged;
};

enum { CSV_ERRORS_SHOWN = 20 };

/** What an import did, or with `dry_run` would have done. */
struct csv_import_result {
	enum record_kind_id kind;
	enum csv_outcome outcome;
	int64_t number; /**< of the operation in the history; 0 when nothing was written */
	size_t rows;    /**< without the headings */
	struct csv_counts counts[CSV_KINDS];
	int unknown_organizations; /**< made, and marked for review */
	int not_reported;          /**< rows of progress without a figure */
	VECTOR(struct csv_duplicate) duplicates;
	/** List of headings no field takes, NULL for none; those of progress go to the note. */
	char *unknown_columns;
	VECTOR(struct csv_finding) remarks;
	VECTOR(struct csv_finding) errors; /**< the first CSV_ERRORS_SHOWN of them */
	size_t error_count;
};

void csv_import_result_release(struct csv_import_result *result);

/** A file, and what was said about it; everything borrowed. */
struct csv_source {
	const char *name; /**< of the file, without its folder */
	const char *bytes;
	size_t length;
	enum record_kind_id kind; /**< one that csv_can_import() */
	const char *plan;         /**< code of the plan its rows are of; NULL: find out */
};

bool csv_can_import(enum record_kind_id kind);

/**
 * Reads one spreadsheet and brings the database to what it says, in one
 * operation or not at all. Records are matched by acronym, plan and code,
 * number within the commitment, and for progress milestone, day and reporter:
 * what is not there is added, what differs is set, and a blank cell leaves the
 * field as it is. Nothing is ever removed but an institution from the parties
 * of a commitment whose cell no longer names it.
 *
 * A figure counts for its milestone while no later day has one; on one day
 * the group's comes before the entity's and that before the counterpart's. A
 * report without a figure says that there was none and supersedes nothing.
 *
 * RC_INVALID with result->errors when the file has errors, and with none there
 * when it cannot be read at all; RC_USAGE when nothing tells the plan. Whatever
 * comes back, the result is to be released.
 */
enum rc csv_import_text(struct store *store, const struct csv_source *source, bool dry_run,
			struct csv_import_result *result, struct error *err) ATTR_NODISCARD;

/** As csv_import_text() for the file at `path`; name, bytes and length of `about` are ignored. */
enum rc csv_import_file(struct store *store, const char *path, const struct csv_source *about,
			bool dry_run, struct csv_import_result *result, struct error *err)
	ATTR_NODISCARD;

#endif
