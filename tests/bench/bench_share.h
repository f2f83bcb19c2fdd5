/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_BENCH_SHARE_H
#define BENCH_BENCH_SHARE_H

#include "test.h"

#include <stdatomic.h>

#include "bench/measure.h"
#include "nucleo/base/digest.h"

/**
 * What sharing costs: a group of processes, each with a replica of its own and
 * rounds by itself as the worker of the program does, on one folder that they see
 * through one or several mounts (mounts.sh).
 */

enum {
	SHARE_MACHINES = 4,
	SHARE_CLIENTS = 100,
	SHARE_COMMITS = 128, /**< of one client */
	SHARE_POLLS = 512,   /**< of one client that are kept */
	SHARE_NUMBERS = 2048, /**< operations of one group */
};

/** What one client found, in ms. */
struct share_tally {
	_Atomic bool is_ready, is_idle, is_settled;
	char complaint[512]; /**< what went wrong; "": nothing */
	unsigned commit_count, poll_count;
	double commits[SHARE_COMMITS]; /**< from the commit until it was on the drive */
	double polls[SHARE_POLLS];     /**< rounds that found nothing */
	double seen[SHARE_NUMBERS];    /**< when this client had the operation */
};

/** What all processes see of a run. */
struct share_board {
	_Atomic bool has_begun, is_over;
	_Atomic int64_t last; /**< number of the last operation, once nothing more comes */
	struct {
		unsigned client;
		double at; /**< when its client knew it to be on the drive; 0: not yet */
	} published[SHARE_NUMBERS];
	struct share_tally clients[SHARE_CLIENTS];
};

/** A group at work. */
struct share_run_plan {
	unsigned clients, writers;
	int change_ms;	/**< between two changes of a writer, about */
	int seconds;
};

struct share_bench {
	const char *place;		    /**< what it is called in the table */
	char *machines[SHARE_MACHINES];     /**< the folder as each machine sees it, owned */
	unsigned machine_count;
	char *served;	 /**< as the server sees it, owned */
	char folder[32]; /**< for replicas, on a local disk */
	bool is_short;
	bool is_local;
	double goal_commit, goal_poll, goal_p99_24, goal_p99_96; /**< NAN: none */
	const char *peer;
	double stock_p50; /**< of stock SQLite on one mount */
	struct share_board *board;
	struct random_id uuid; /**< of the present log, which is "ID.log" in the folders */
};

/** Ends the program with a message. */
_Noreturn void share_fail(const char *format, ...) ATTR_PRINTF(1, 2);

/** Owned paths: of the present log below a folder; of the replica of a client, or of the empty
 *  one that they are copied from. */
char *share_log_path(const struct share_bench *bench, const char *folder) ATTR_NODISCARD;
char *share_replica_path(const struct share_bench *bench, unsigned client) ATTR_NODISCARD;

/** The process of one client, from its first breath to its last. */
_Noreturn void share_client(const struct share_bench *bench, const struct share_run_plan *plan,
			    unsigned index);

/** Fails unless everything that was acknowledged is in the log once, and nothing else. */
void share_check_log(const struct share_bench *bench, const struct share_run_plan *plan);
/** The number of the last operation, as the server has it. */
int64_t share_last_number(const struct share_bench *bench);
/** What a change of a client is called; read back by share_check_log(). */
void share_describe(char *out, size_t size, unsigned client, unsigned change);

/** Milliseconds that a commit of one row takes stock SQLite (DELETE, FULL) in a folder. */
double share_stock_time(const char *folder, int count);

#endif
