/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "bench/measure.h"
#include "bench/table.h"

/** The table `make bench` prints, and what its rows are measured on. */

#define BENCH_SIZES 3

struct bench {
	bool is_short;                   /**< small groups, few repetitions: does it run at all */
	const char *folder;              /**< for files, on the disk the program is built on */
	char *nucleo;                    /**< path of the program */
	int followups[BENCH_SIZES];      /**< of each group, growing */
	char *databases[BENCH_SIZES];    /**< one a size */
};

/** Owned path of a file in the bench's folder. */
char *bench_path(const struct bench *bench, const char *name);
/** How often something is done: all of `count`, or a few of them. */
int bench_times(const struct bench *bench, int count);

void bench_start(const struct bench *bench);
void bench_keys(const struct bench *bench);
void bench_rest(const struct bench *bench);
void bench_lists(const struct bench *bench);
void bench_search(const struct bench *bench);
void bench_imports(const struct bench *bench);
void bench_commits(const struct bench *bench);
void bench_room(const struct bench *bench);

#endif
