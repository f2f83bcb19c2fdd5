/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SYNC_GROUP_H
#define NUCLEO_TESTS_SYNC_GROUP_H

#include "sync/chain.h"
#include "sync/simulator.h"

#define GROUP_MACHINES 3
#define GROUP_OPERATIONS 3

/** What a machine has on its own disk, which a crash leaves. */
struct replica {
	struct chain chain;
	size_t published;    /* operations of its own known to be in the log */
	enum log_result end; /* DONE, or GONE or FORKED, at which it stopped */
	bool is_broken;	     /* a message that no fault of this run explains */
};

/** Machines that publish some operations each, and pull until they have. */
struct group {
	struct simulator *simulator;
	struct replica replicas[GROUP_MACHINES];
	bool reads_are_damaged; /* by the faults of this run */
	bool takes_turns;
};

void group_init(struct group *group, unsigned seed);
void group_release(struct group *group);
/** As the worker goes on: pull; publish the oldest pending one; whatever came of it, pull again.
 *  With GONE or FORKED a machine stops. */
void group_member(void *context, size_t machine);
/** What the drive has from the beginning, as somebody new gets it. */
struct chain group_read_log(struct group *group, enum log_result *result);
/** All that every machine published is in the log once, and each has a part of the log. */
void group_check_complete(struct group *group);

/** More seeds for a longer run: NUCLEO_SEEDS=100. */
unsigned group_seeds(unsigned usual);

#endif
