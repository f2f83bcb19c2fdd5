/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SEARCH_TEST_H
#define NUCLEO_TESTS_SEARCH_TEST_H

#include "store/store_test.h"

#include "nucleo/store/search.h"

/** What tests of search share. The index lies below the test's folder. */

/** cmocka set-up and tear-down, of a group or of each test. */
int search_folder_make(void **state);
int search_folder_remove(void **state);

#define IN_A_FOLDER(test)                                                                          \
	cmocka_unit_test_setup_teardown(test, search_folder_make, search_folder_remove)

/** An open follow-up; its key. */
int64_t add_followup(struct operation *operation, const char *code, const char *what);
int64_t commit_followup(struct store *store, const char *code, const char *what);

/** Owned path of the one file of an index there is; NULL when there is none. */
char *index_file(void);

/** Does all the work there is; gives the number of pieces. */
int search_until_ready(struct search *search);
/** Owned: the ids of the hits, the best first, apart by a blank; the kind for an id that is a random
 *  key, "+" at the end when there are more. */
char *search_ids(struct search *search, const char *text, int64_t limit);
/** Searches with an index of its own and fails unless the hits are these. */
void expect_hits(struct store *store, const char *text, const char *ids);
/** The same with one that lives on, after bringing it up to date. */
void expect_found(struct search *search, const char *text, const char *ids);

#endif
