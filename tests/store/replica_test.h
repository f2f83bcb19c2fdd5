/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_REPLICA_TEST_H
#define NUCLEO_TESTS_REPLICA_TEST_H

#include "store/store_test.h"

#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/share_round.h"

/** What tests of replicas share. */

/** Opens one that is there, of whatever schema, and does not wait for the disk when it writes. */
struct store *replica_reopen(const char *name);
/** As a program does, which waits for it. */
struct store *replica_reopen_safely(const char *name);
/** Copies, or removes, the files of a replica in which no transaction is open. */
void replica_copy_files(const char *from, const char *to);
void replica_remove_files(const char *name);
struct log_head replica_head(struct store *replica);
struct pending_counts replica_counts(struct store *replica);
/** Of all rows of the shared tables and of the history; of the tables alone. */
struct digest replica_digest(struct store *replica);
struct digest replica_tables_digest(struct store *replica);
/** Fails unless the file is sound, and its tables without what is pending are what the history
 *  says; leaves it as it was. */
void assert_sound(struct store *replica);
/** Fails unless the file is sound. */
void assert_intact(struct store *replica);
/** First column of the first row of raw SQL, as owned text; "" when null or none. */
char *replica_value(struct store *replica, const char *sql);
/** How often an operation is in the history, and how often it is queued, parked or not. */
int64_t history_count(struct store *replica, const char *id);
int64_t queue_count(struct store *replica, const char *id);

/** Rounds until nothing is left to do or a condition ends them; the last report. */
struct share_report run_rounds(struct store *replica, struct drive *drive);

/** Publishes a text past the store as the operation after `head`, which moves to it. */
void forge_operation(struct drive *drive, struct log_head *head, const char *text, size_t length);

/** Commits a follow-up with an open code; `what` is its description. */
void commit_followup(struct store *replica, const char *what);

#endif
