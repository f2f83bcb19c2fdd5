/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_GROUP_H
#define BENCH_GROUP_H

#include "bench/words.h"
#include "nucleo/base/error.h"
#include "nucleo/store/operation.h"

/**
 * A made-up group of any size, written as the program writes: operations
 * through the store, so that its history verifies and replays. The same sizes
 * and seed give the same records; keys and ids are random as everywhere.
 */
struct group_sizes {
	int commitments, meetings, followups;
	int plan_size; /**< commitments of each plan */
	uint64_t seed;
};

/** Its plans and meetings are spread over these years. */
enum { GROUP_FIRST_YEAR = 2000, GROUP_YEARS = 24 };

/** Fills an empty store. Small groups have the same proportions as large ones. */
enum rc group_fill(struct store *store, const struct group_sizes *sizes, struct error *err)
	ATTR_NODISCARD;

/** Makes a database at `path` and fills it; RC_REFUSED when there is a file of that name. */
enum rc group_make(const char *path, const struct group_sizes *sizes, struct error *err)
	ATTR_NODISCARD;

/** Appends the text of the acta of meeting `number` of a group ("AM-2001-07"), as it is typed. */
void group_add_acta(struct strbuf *out, struct dice *dice, int number, int meetings);

/** Private to the generator: what is being made. */
struct group_maker {
	struct store *store;
	struct group_sizes sizes;
	struct dice dice;
	struct operation *operation;
	int64_t organizations[WORDS_ORGANIZATIONS];
	int64_t *commitments; /**< keys, owned */
	int64_t *places;      /**< keys of local governments, owned */
	int plan_count, plan_size; /**< plans, and commitments of each */
	int place_count, indicator_count;
	int64_t indicators[64];
	int written; /**< edits of the present operation, about */
	int followups_of_year, year;
};

int64_t maker_row(struct group_maker *maker, const char *table);
void maker_text(struct group_maker *maker, const char *column, const char *text);
void maker_number(struct group_maker *maker, const char *column, int64_t number);
void maker_date(struct group_maker *maker, const char *column, day_number date);
/** Commits what was gathered, when it is enough for one operation or `is_last`. */
enum rc maker_commit(struct group_maker *maker, const char *words, bool is_last,
		     struct error *err) ATTR_NODISCARD;
/** The day meeting `number` (from 0) of `meetings` is held. */
day_number group_meeting_day(int number, int meetings);
void group_add_meeting_number(struct strbuf *out, int number, int meetings);

enum rc maker_add_meetings(struct group_maker *maker, struct error *err) ATTR_NODISCARD;

#endif
