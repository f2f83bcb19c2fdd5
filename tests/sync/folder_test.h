/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SYNC_FOLDER_TEST_H
#define NUCLEO_TESTS_SYNC_FOLDER_TEST_H

#include "test.h"

#include <sys/stat.h>

#include "nucleo/sync/folder.h"

#define NOBODY 65534

/** What happens to one of the calls that the C library is asked for. */
enum call_fault {
	CALL_BEFORE, /**< an error, and nothing happened */
	CALL_AFTER,  /**< it happened, and the answer was lost */
	CALL_RESENT, /**< it happened, was sent again, and says that it cannot be done twice */
	CALL_DEATH,  /**< the program ends there: this call and all after it come to nothing */
	CALL_FAULTS,
};

/** What the calls that stand in for those of the C library are to do and have seen. */
struct calls {
	int link_fails;		 /* errno of every link(), 0: works */
	bool link_overwrites;	 /* as on a server that does not keep the promise */
	int sync_fails;		 /* errno of every fsync() of a file */
	int rename_fails;	 /* errno of every rename() */
	int write_fails;	 /* errno of the writes after... */
	size_t write_budget;	 /* ... so many bytes */
	ino_t synced[64];	 /* files that were forced to the disk */
	size_t synced_count;
	unsigned unsynced_names; /* names given to files that were not */
	bool skips_disk;	 /* forces nothing to it, to be quick */
	unsigned count;		 /* calls so far */
	unsigned fault_at;	 /* at this one, the fault; 0: at none */
	enum call_fault fault;
	int failure; /* errno of it */
	bool was_injected, is_dead;
};
extern struct calls calls;

/** The test's own folder, and the drives in it. */
struct folder_test {
	char path[64], log[80];
	struct drive *drive, *beside;
	struct error err;
};

int folder_test_set_up(void **state);
/** The same in a folder of another file system. */
int folder_test_set_up_in(void **state, const char *home);
int folder_test_tear_down(void **state);

enum drive_result folder_test_put(struct folder_test *test, const char *name, const char *bytes);
void folder_test_assert_reads(struct drive *drive, const char *name, const char *bytes);
/** Permission bits of a name in the log's folder. */
mode_t folder_test_mode(const struct folder_test *test, const char *name);
/** How many names there are in a folder. */
unsigned folder_test_entries(struct drive *drive, const char *folder);
/** Runs it as somebody who owns nothing here, also where the tests run as root: 0 is good. */
int folder_test_as_nobody(const struct folder_test *test,
			  int (*act)(const struct folder_test *test));

#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown(name, folder_test_set_up, folder_test_tear_down)

#endif
