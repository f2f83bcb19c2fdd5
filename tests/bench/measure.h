/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/group.h"
#include "ui/pty_session.h"

/** How programs are looked at from outside: through a terminal, through /proc, through strace. */

/** A window as people have them. */
enum { MEASURE_ROWS = 40, MEASURE_COLUMNS = 120 };

/** Milliseconds since some fixed moment. */
double measure_now(void);
/** The value below which `percent` of the values lie; sorts them. NAN without values. */
double measure_percentile(double *values, size_t count, int percent);

/** Owned path of a file of the build folder. */
char *measure_built(const char *name) ATTR_NODISCARD;
/** Whether the shell finds the program. */
bool measure_is_installed(const char *program);

/** Makes an environment that does not depend on who measures: locale, terminal, an empty home. */
void measure_environment(const char *home);

/** Makes a group's database at `path`; ends the program with a message when it cannot. */
void measure_make_group(const char *path, const struct group_sizes *sizes);

/** What one frame cost: from the key until the terminal got its last byte. */
struct frame {
	double ms; /**< NAN when no byte came */
	size_t bytes;
};

/** Starts a program on a terminal of that size and waits until it is quiet; `ms` from fork. */
struct frame measure_start(struct pty_session *session, char *const *arguments);
/** Sends a key and waits until what it caused is over. */
struct frame measure_key(struct pty_session *session, const char *key);
/** Ends the program with `key` and forgets the session. */
void measure_finish(struct pty_session *session, const char *key);

/** What is done once after an opening is over by then: the file people see, a look at the clock. */
enum { MEASURE_SETTLE_MS = 4000 };

/** What a program does while nothing happens. */
struct idleness {
	size_t bytes;
	long wakeups; /**< voluntary context switches of all its processes */
};
struct idleness measure_idle(struct pty_session *session, int milliseconds);
/** Proportional set size of the process and its children, in KiB; -1 where it cannot be known. */
long measure_memory(pid_t process);

/** Runs a command without output; gives the milliseconds it took, NAN when it failed. */
double measure_command(char *const *arguments);

/**
 * Puts strace with these calls ("trace=write") in front of a command; false, with the command as it
 * was, when strace is not there or may not trace. `log` and `calls` are borrowed.
 */
bool measure_traced(char *const *arguments, char **traced, const char *calls, const char *log);
/** How often any of the texts (NULL at the end) occurs in the log. */
int measure_count(const char *log, const char *const *texts);
/** Most words of a command. */
enum { MEASURE_ARGUMENTS = 16 };

#endif
