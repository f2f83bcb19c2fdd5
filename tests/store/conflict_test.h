/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_CONFLICT_TEST_H
#define NUCLEO_TESTS_CONFLICT_TEST_H

#include "store/replica_test.h"

#include "nucleo/store/conflict.h"

/** Two members, FCD and AME, whose replicas have the same group, and the folder they share. */
struct desk {
	struct drive *drive;
	struct store *ours, *theirs;
	struct group group;
};

int desk_make(void **state);
int desk_remove(void **state);
#define AT_DESK(test) cmocka_unit_test_setup_teardown(test, desk_make, desk_remove)

struct drive *desk_drive(void);
struct store *desk_open(const char *name, const char *actor);

/** Theirs comes after ours: what conflicts is parked at theirs. */
void desk_exchange(struct desk *desk);
/** Fails unless both have the same rows and history, and are sound. */
void assert_desk_alike(struct desk *desk);

/** Sets a column of a row from what it holds. */
void desk_set(struct store *replica, const char *table, int64_t key, const char *column,
	      const char *now);
/** The only parked operation; release it. */
struct conflict only_conflict(struct store *replica);
/** Decides the first parked operation by one choice for all of it. */
void decide_first(struct store *replica, enum conflict_choice choice);

#endif
