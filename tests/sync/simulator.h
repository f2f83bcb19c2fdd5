/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SYNC_SIMULATOR_H
#define NUCLEO_TESTS_SYNC_SIMULATOR_H

#include "test.h"

#include "nucleo/sync/drive.h"

/**
 * A drive that lies, the same way each time for one seed. One server, several
 * machines with views of their own: names they were told are absent stay absent
 * for 30 s until refreshed, files that may be replaced are read old for 3 s. The
 * clock moves with the calls. Each machine runs on a stack of its own, and at
 * every call to the drive a throw of dice says which goes on.
 */
struct simulator;

enum simulator_fault {
	FAULT_BEFORE,	    /**< an error, and nothing happened */
	FAULT_AFTER,	    /**< it happened, and the answer was lost */
	FAULT_CRASH_BEFORE, /**< the machine ends before the call has its effect */
	FAULT_CRASH_AFTER,  /**< or after it */
	FAULT_FREEZE,	    /**< the call hangs for minutes while others go on, then is carried out */
	FAULT_LATE,	    /**< an error now, and the server carries the call out much later */
	FAULT_TAKEN_BY_US,  /**< it happened, was sent again, and is refused as taken */
	FAULT_LIE_WON,	    /**< says that a taken name was won */
	FAULT_EINVAL,	    /**< happened; for a while this machine cannot read the name */
	FAULT_CUT,	    /**< a read gives the beginning of the file */
	FAULT_FLIP,	    /**< a read gives the file with one bit changed */
	FAULT_NO_SPACE,	    /**< from now on nothing can be written, for some time */
	FAULT_AWAY,	    /**< as FREEZE, for a month */
	FAULT_EPERM,	    /**< a taken name is refused with an error that says nothing of it */
	FAULT_STALE,	    /**< a handle went bad: one look fails, and all is looked at anew */
	FAULT_UNMOUNTED,    /**< for some time the machine sees an empty folder instead of the drive */
	FAULT_COUNT,
	FAULT_LOST_TAIL,    /**< the server's own power cut: the last names it gave are gone */
};

struct simulator *simulator_new(unsigned seed, size_t machines);
void simulator_free(struct simulator *simulator);
/** Before the first run: bytes of stack for each machine, fewer where many runs are made. */
void simulator_set_stack(struct simulator *simulator, size_t size);

/** The drive as this machine sees it. */
struct drive *simulator_drive(struct simulator *simulator, size_t machine);
/** The same beside the log's folder, where what people see lies. */
struct drive *simulator_beside(struct simulator *simulator, size_t machine);
/** Whether the machine's program is still alive: where not, every call fails, and it must end
 *  without leaving anything that outlives it. */
bool simulator_is_alive(struct simulator *simulator, size_t machine);

/** Milliseconds since the beginning. */
int64_t simulator_now(const struct simulator *simulator);
/** The machine's program goes on after that time; others meanwhile. */
void simulator_sleep(struct simulator *simulator, size_t machine, int64_t milliseconds);

/** At the n-th call (from 1) of any machine from now on, the fault and no other; 0: none. */
void simulator_inject(struct simulator *simulator, unsigned call, enum simulator_fault fault);
/** One more after simulator_inject(). */
void simulator_inject_second(struct simulator *simulator, unsigned call, enum simulator_fault fault);
/** How many of them were reached and could be done to that call. */
unsigned simulator_injected(const struct simulator *simulator);
/** Calls made so far. */
unsigned simulator_calls(const struct simulator *simulator);

/** Runs every machine's program to its end; one that was killed is started again. */
void simulator_run(struct simulator *simulator, void (*program)(void *context, size_t machine),
		   void *context);

/** The server forgets a name, as after a power cut of its own. */
void simulator_lose(struct simulator *simulator, const char *name);
/** Makes what lies on a server what lies on the other now: a copied folder, a backup. */
void simulator_copy(struct simulator *to, const struct simulator *from);
/** How often a name was put, overwritten or removed although it was there; must be 0. */
unsigned simulator_overwrites(const struct simulator *simulator);

#endif
