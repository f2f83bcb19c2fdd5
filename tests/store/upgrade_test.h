/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_UPGRADE_TEST_H
#define NUCLEO_TESTS_UPGRADE_TEST_H

#include "store/replica_test.h"

#include "nucleo/store/schema_data.h"

/**
 * What tests of upgrades share. They are linked with a schema to come: after the released scripts
 * it has tests/store/next/notes.sql (a table and a column) and plans.sql (a table made anew).
 */
#define NEWEST schema_script_count
#define RELEASED (NEWEST - 2)

/** Makes and opens a replica of a log that began with the released schema. */
struct store *released_replica(const char *name);
int64_t schema_of_replica(struct store *replica);

/** Commits and frees as a program would that knows no newer schema. */
void commit_released(struct store *replica, struct operation *operation);
/** A follow-up made so. */
void commit_released_followup(struct store *replica, const char *what);
/** A small group made so. */
struct group released_group(struct store *replica);

/** Upgrades by as many steps as it takes. */
enum rc try_upgrade(struct store *replica, struct drive *drive, struct error *err);
void upgrade(struct store *replica, struct drive *drive);

/** Owned text of the migration to `number` that follows `head`. */
char *migration_text(int64_t number, const struct log_head *head, struct log_operation *operation);

#endif
