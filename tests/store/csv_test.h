/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_CSV_TEST_H
#define NUCLEO_TESTS_CSV_TEST_H

#include "store/import_test.h"

#include "nucleo/exchange/csv_import.h"

/** What tests of importing spreadsheets share. Imports of the text under that file name. */

/** Any error fails the test; the result is owned. */
struct csv_import_result csv_done(struct store *store, enum record_kind_id kind, const char *name,
				  const char *text);
enum csv_outcome csv_outcome_of(struct store *store, enum record_kind_id kind, const char *name,
				const char *text);
/** Must fail; the result is owned. */
struct csv_import_result csv_fails(struct store *store, enum record_kind_id kind,
				   const char *name, const char *text, struct error *err);

/** Owned text of one list as this program writes it with --csv. */
char *csv_export(struct store *store, enum record_kind_id kind);

/** A small plan of invented commitments, and what was reported of them. */
extern const char csv_milestones[];
extern const char csv_progress[];

#endif
