/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_FAULT_VFS_H
#define NUCLEO_TESTS_FAULT_VFS_H

#include <stdbool.h>

/**
 * A disk and a memory that fail on demand, under SQLite. What changes the disk
 * is counted: writes, truncations, syncs, deletions.
 */
enum fault {
	FAULT_ONCE,  /**< that one call fails before it does anything */
	FAULT_TORN,  /**< a write is done by half, then fails */
	FAULT_AFTER, /**< the call does its work and then says it failed */
	FAULT_DEAD,  /**< that call and all after it fail: the disk is gone */
	FAULT_KINDS
};

/** Puts both under SQLite; once, before SQLite is used. */
void fault_install(void);
/** The `countdown`-th call from now fails; 0: none. */
void fault_arm_disk(enum fault fault, int countdown);
void fault_arm_memory(int countdown);
/** How often SQLite waited for the disk so far. */
unsigned fault_syncs(void);
/** Ends the faults; whether any happened. */
bool fault_disarm(void);

#endif
