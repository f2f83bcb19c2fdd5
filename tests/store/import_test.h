/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_IMPORT_TEST_H
#define NUCLEO_TESTS_IMPORT_TEST_H

#include "store/store_test.h"

#include "nucleo/exchange/acta_import.h"

/** What tests of importing actas share. */

/** An acta with a bit of everything; its number is AM-2023-04. */
extern const char import_acta[];
/** Owned copy of `text` with the first `from` made `to`; fails the test when there is none. */
char *import_replace(const char *text, const char *from, const char *to);

/** Imports; any error fails the test. Gives the outcome. */
enum acta_import_outcome import_done(struct store *store, const char *text);
enum rc import_try(struct store *store, const char *text, struct error *err);

/** Number of the last operation of a database that verifies: chain and replay. */
int64_t import_verified_head(const char *name);

/** Owned: the column "x" of all rows of a query, one a line. */
char *import_rows(const char *name, const char *sql);
void import_assert_rows(const char *name, const char *sql, const char *expected);
/** The integer of a query that gives one. */
int64_t import_number(const char *name, const char *sql);
/**
 * Owned: what the last operation did, from its own text, a line for each edit in order: "+" and
 * the table for a new row, "-" for one that went, else the columns set. Without the file's digest.
 */
char *import_last_edits(const char *name);

#endif
