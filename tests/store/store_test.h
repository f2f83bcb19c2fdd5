/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_STORE_TEST_H
#define NUCLEO_TESTS_STORE_TEST_H

#include "test.h"

#include "nucleo/base/digest.h"
#include "nucleo/store/list.h"
#include "nucleo/store/operation.h"
#include "nucleo/store/record_set.h"
#include "nucleo/store/store.h"

/** What tests of the store share: a database of their own in a temporary folder. */

/** cmocka set-up and tear-down: makes a folder, removes it with all in it. */
int folder_make(void **state);
int folder_remove(void **state);

/** Owned path of a file in the test's folder. */
char *folder_path(const char *name);

/** Of the bytes of a file in the test's folder. */
struct digest test_digest(const char *name);

/** How many entries the test's folder has. */
int files_in_folder(void);

/** The day tests take for today: 17 November 2023. */
day_number test_today(void);

/** Opens (or makes) a database in the test's folder; any error fails the test. */
struct store *test_create(const char *name);
struct store *test_open(const char *name);
/** Makes and opens a replica of a log. */
struct store *test_replica(const char *name);
enum rc test_try_open(const char *name, struct error *err);

/** Fails with the error's text unless the call gave RC_OK. */
#define assert_done(call)                                           \
	do {                                                        \
		struct error done_error = {0};                      \
		struct error *err = &done_error;                    \
		if ((call) != RC_OK)                                \
			fail_msg("%s: %s", #call, done_error.text); \
	} while (0)

/** Commits and frees; returns its number. */
int64_t test_commit(struct store *store, struct operation *operation);
/** Runs raw SQL on the file, as another tool would. */
void test_sql(const char *name, const char *sql);
/** First column of the first row of raw SQL, as owned text; "" when null or none. */
char *test_query(const char *name, const char *sql);

/** Holds the file's write lock for good, as a stuck tool would; writes a byte once it has it. */
void test_hold(const char *name, int pipe_end);

/** A small group: plan paga2, commitments C1 to C3, institutions, a meeting with an agenda. */
struct group {
	int64_t fcd, ame, cne, plan, c1, c2, c3, meeting, item1, item2, item2a, entry;
};
struct group test_group(struct store *store);

/** Adds a row with text columns, name and value by turns, NULL at the end; returns its key. */
int64_t add_row(struct operation *operation, const char *table, ...);

#endif
