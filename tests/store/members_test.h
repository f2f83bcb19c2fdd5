/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_MEMBERS_TEST_H
#define NUCLEO_TESTS_MEMBERS_TEST_H

#include "store/cli_test.h"

#include <sys/types.h>

/**
 * What tests of a shared database share: members with a home each, and a folder "disco" that is
 * the drive to all of them, with "acta.db" in it. All of it lies in the struct home of a test.
 *
 * Below tests/sync/mounts.sh, which sets $MOUNTS, the drive is a folder of its server: ana finds it
 * on the first mount and all others on the second; it leaves when both are unmounted.
 */

/** cmocka set-up; home_remove() takes it down. */
int members_make(void **state);
#define WITH_MEMBERS(test) cmocka_unit_test_setup_teardown(test, members_make, home_remove)

/** From now on commands are those of this member, on the database of the drive. */
void become(const struct home *home, const char *member);

/** Runs a command of a member and fails, saying why, when its exit status is another. */
#define AS(home, member, wanted, ...)               \
	do {                                        \
		become(home, member);               \
		EXPECT(home, wanted, __VA_ARGS__);  \
	} while (0)

/** Begins one without waiting for it; its outputs go into MEMBER.out and MEMBER.err. */
pid_t member_start(struct home *home, const char *member, const char *const *words);
#define START(home, member, ...) \
	member_start(home, member, (const char *const[]){__VA_ARGS__, NULL})
/** Waits for its end; its outputs are then those of the home. */
int member_finish(struct home *home, const char *member, pid_t child);

/** The process that talks with the drive for a program that runs. */
pid_t worker_of(pid_t program);

/** Owned path of the program under test. */
char *program_path(void);

/** The drive goes, as one that is no longer mounted does: the folder is empty. And comes back. */
void drive_leaves(const struct home *home);
void drive_returns(const struct home *home);

/** Programs begun from now on do not come back from the drive while it hangs; false where that
 *  cannot be played. */
bool drive_may_hang(const struct home *home);
/** The same, and it hangs from now on. */
bool drive_hangs(const struct home *home);
void drive_answers(const struct home *home);

/** Owned path of a member's copy of the database that was found at the path last. */
char *replica_path(const struct home *home, const char *member);
/** How many operations wait in the queue of a member's copy, parked ones too; waits until they
 *  are so many. */
int64_t queued(const struct home *home, const char *member);
void wait_for_queue(const struct home *home, const char *member, int64_t count);

/** Owned path of a file on the drive. */
char *on_drive(const struct home *home, const char *name);
/** Owned path of an operation on the drive. */
char *operation_path(const struct home *home, int64_t number);
int64_t operations_on_drive(const struct home *home);
void copy_file(const char *from, const char *to);
void remove_file(const char *path);
/** Its whole content, owned. */
char *file_text(const char *path);

/** Waits until no process of a member is left. */
void wait_for_silence(const struct home *home);

/** Fails unless all of them (NULL at the end) have the same history and the same records, that
 *  many operations long. */
void assert_alike(struct home *home, int count, const char *const *members);
#define ALIKE(home, count, ...) \
	assert_alike(home, count, (const char *const[]){__VA_ARGS__, NULL})

/** Fails when the last messages have it. */
void assert_no_err(const struct home *home, const char *part);
/** Runs SQL on a file, as another tool would. */
void sql_on(const char *path, const char *sql);
/** Owned: the names below a folder, sorted within each folder, a line each. */
char *names_below(const char *path);

#endif
