/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_DOCTOR_TEST_H
#define NUCLEO_TESTS_DOCTOR_TEST_H

#include "store/members_test.h"

/** What tests of health share: members on a drive, and their copies of it. */

/** Three operations; Ana has all of them. */
void doctor_begin(struct home *home);
/** Runs doctor --json for a member; whatever is not well has advice. */
void doctor(struct home *home, const char *member, int status);
/** One finding of the last output: its status, and what its value has. */
void assert_finding(struct home *home, const char *check, const char *status, const char *value);
/** Puts what nobody wrote at the beginning of the first page of a table of a member's copy. */
void damage_table(const struct home *home, const char *member, const char *table);

#endif
