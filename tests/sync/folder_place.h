/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SYNC_FOLDER_PLACE_H
#define NUCLEO_TESTS_SYNC_FOLDER_PLACE_H

#include "test.h"

#include <sys/stat.h>

#include "nucleo/sync/folder.h"

#define NOBODY 65534

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
};
extern struct calls calls;

/** The test's own folder, and the drives in it. */
struct place {
	char path[64], log[80];
	struct drive *drive, *beside;
	struct error err;
};

int place_set_up(void **state);
int place_tear_down(void **state);

enum drive_result place_put(struct place *place, const char *name, const char *bytes);
void place_assert_reads(struct drive *drive, const char *name, const char *bytes);
/** Permission bits of a name in the log's folder. */
mode_t place_mode(const struct place *place, const char *name);
/** How many names there are in a folder. */
unsigned place_entries(struct drive *drive, const char *folder);
/** Runs it as somebody who owns nothing here, also where the tests run as root: 0 is good. */
int place_as_nobody(const struct place *place, int (*act)(const struct place *place));

#define PLACE_TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)

#endif
