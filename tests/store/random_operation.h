/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_RANDOM_OPERATION_H
#define NUCLEO_TESTS_RANDOM_OPERATION_H

#include "store/store_test.h"

/** A generator of its own, so that a failure can be run again from its seed. */
struct dice {
	uint64_t state;
};

struct dice dice_new(uint64_t seed);
unsigned dice_throw(struct dice *dice, unsigned sides);

/**
 * One to three edits of a database that has test_group(), as a member would make them from what
 * she sees there: rows with open codes and with written ones, fields, rows that go, unique codes
 * that change places. Many edit the same, and write the same.
 */
struct operation *operation_random(struct store *store, struct dice *dice);

#endif
