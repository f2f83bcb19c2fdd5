/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_MINUTES_TEST_H
#define NUCLEO_TESTS_MINUTES_TEST_H

#include "store/record_test.h"

#include "nucleo/exchange/minutes.h"

/** What tests of the record of a meeting share: the group, its meeting convened. */

extern struct group group;

/** Fills an empty database with it; gives the store back. */
struct store *convene(struct store *store);
/** Makes one nobody will miss after a power cut. */
struct store *meeting_store(void);

/** What a line of the meeting amounts to; release it. */
void read_line(struct store *store, const char *line, struct capture *capture);
/** Reads a line and commits it, the figures its words say included. */
enum rc try_line(struct store *store, const struct minutes_place *place, const char *line,
		 int64_t *entry, struct error *err);
/** Compares the first column of the first row. */
void assert_sql(const char *sql, const char *expected);

#endif
