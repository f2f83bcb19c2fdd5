/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SYNC_SHARE_RIG_H
#define NUCLEO_TESTS_SYNC_SHARE_RIG_H

#include "test.h"

#include <sys/types.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"

/*
 * The rig of `make check-share`: people on several mounts of one folder (mounts.sh)
 * who add follow-ups with the real program, while processes and mounts are killed
 * and stopped. It never touches a mount itself while one may be frozen, and waits
 * for no process that may hang behind it.
 */

/** What became of the wish to add a follow-up, as its client said. */
enum fate {
	FATE_OPEN,
	FATE_SAVED,   /**< acknowledged: on the drive */
	FATE_QUEUED,  /**< acknowledged: kept here, and to reach the drive later */
	FATE_UNKNOWN, /**< the client was killed before it could say */
	FATE_COUNT,
};

struct note {
	unsigned user;
	enum fate fate;
	int ms; /**< what it took */
};

/** Somebody at a machine: a mount, and a home of her own. */
struct user {
	unsigned mount;
	char *home, *database;
};

/** A program that adds one note; the worker it forks carries the same mark. */
struct client {
	pid_t pid;
	unsigned user;
	size_t note;
	int64_t began;
	bool killed;
};

/** A process that was stopped, and when it is to go on. */
struct stop {
	pid_t pid;
	int64_t until;
};

enum mount_state {
	MOUNT_UP,
	MOUNT_FROZEN, /**< its sshfs is stopped: each call hangs */
	MOUNT_DEAD,   /**< its sshfs was killed: each call fails */
	MOUNT_LEAVING,
	MOUNT_BARE, /**< only the empty folder it lay on is there */
	MOUNT_COMING,
};

struct mount {
	enum mount_state state;
	int64_t until;
	pid_t helper; /**< mounts.sh, when LEAVING or COMING */
};

enum mischief { KILLS, STOPS, FREEZES, REMOUNTS, MISCHIEFS };

enum { RIG_MOUNTS = 4, RIG_USERS = 16 };

struct rig {
	const char *mounts, *script; /**< the folder of mounts.sh, and itself */
	char *nucleo;		     /**< the program */
	char folder[32];	/**< homes and outputs */
	unsigned mount_count, user_count, clients_each;
	unsigned gap; /**< milliseconds between two harms on average, 0: no harm */
	struct mount mount[RIG_MOUNTS];
	struct user users[RIG_USERS];
	VECTOR(struct note) notes;
	VECTOR(struct client) clients;
	VECTOR(struct stop) stops;
	size_t saved;
	unsigned done[MISCHIEFS];
	int64_t next_mischief;
	uint64_t random;
};

/** A random number below `limit`, of the seed. */
unsigned rig_random(struct rig *rig, unsigned limit);
/** Prints what is wrong and ends the program; what may explain it is kept. */
_Noreturn void rig_fail(const struct rig *rig, const char *format, ...) ATTR_PRINTF(2, 3);

/* ---- share_process.c */

/** Starts the program for a user with its output in a file of that name; all its processes have
 *  `mark` in their environment. The words end with NULL. */
pid_t process_start(const struct rig *rig, const struct user *user, const char *mark,
		    const char *output, const char *const *words);
/** Runs mounts.sh with one option for a machine, counted from 0. */
pid_t process_start_script(const struct rig *rig, const char *option, unsigned mount);
/** Whether it has ended, with its wait status; never waits. */
bool process_has_ended(pid_t pid, int *status);
/** The processes of the program that carry the mark. */
typedef VECTOR(pid_t) process_ids;
void process_find(const char *mark, process_ids *found);
/** The sshfs of a machine, or 0. */
pid_t process_sshfs(const struct rig *rig, unsigned mount);
/** Owned name of a file in the folder of the rig. */
char *rig_path(const struct rig *rig, const char *name);
/** Replaces `out` by a file in the folder of the rig. */
void rig_read(const struct rig *rig, const char *name, struct strbuf *out);
/** Runs the program to its end, which is to be a good one, and gives what it wrote. */
void rig_run(const struct rig *rig, unsigned user, const char *const *words, struct strbuf *out);

/* ---- share_mischief.c */

/** Does what is due: wakes what was stopped, brings mounts back, and now and then does harm. */
void mischief_go_on(struct rig *rig, int64_t now);
/** Ends all harm; true once everything is as it was. */
bool mischief_is_over(struct rig *rig, int64_t now);
/** What all processes of a client have in their environment. */
void client_mark(char *out, size_t size, size_t note);

/* ---- share_check.c */

/** Lets all people see everything, and judges what they then have. */
void check_all(struct rig *rig);
/** How long one waits to see what another saved; printed, not judged. */
void check_visibility(struct rig *rig);

#endif
