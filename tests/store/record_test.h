/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_RECORD_TEST_H
#define NUCLEO_TESTS_RECORD_TEST_H

#include "store/store_test.h"

#include "nucleo/exchange/record_edit.h"

/** What tests of the writing of records share: a group with a record of every kind. */

#define RECORD_DATABASE "base.db"

/** One record of each kind, by kind. */
extern int64_t record_keys[RECORD_KIND_COUNT];

/** Makes the group. */
struct store *record_store(void);
/** Adds a record as `nucleo add` would, from FIELD=VALUE words with NULL at the end. */
int64_t add_record(struct store *store, enum record_kind_id kind, const char *const *words);
#define ADD(kind, ...) add_record(store, kind, (const char *const[]){__VA_ARGS__, NULL})

struct record_edit *begin_edit(struct store *store, enum record_kind_id kind, int64_t key);
void put_text(struct record_edit *edit, const char *field, const char *text);
const char *shown_text(const struct record_edit *edit, const char *field);
/** Commits what is written and frees the edit; false when nothing changed. */
bool save_edit(struct store *store, struct record_edit *edit);
enum rc try_save_edit(struct store *store, struct record_edit *edit, struct error *err);

/** The words of the last operation. */
void assert_words(const char *expected);

/** Copies the database as it is. */
void snapshot(const char *name);
/** Takes the last operation back, from its text alone: that is all that undoing has. */
void take_back(struct store *store);
/** Fails unless all shared tables are as in the copy. */
void assert_as(struct store *store, const char *copy);

#endif
