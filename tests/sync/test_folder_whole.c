/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/folder_test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RIVALS 8

/* A local file of some length whose bytes say where they are and which file it is. */
static FILE *make_local(size_t length, unsigned which)
{
	FILE *local = tmpfile();
	assert_non_null(local);
	for (size_t i = 0; i < length; i++)
		putc((int)((i * 7 + i / 256 + which) % 251), local);
	assert_int_equal(fflush(local), 0);
	return local;
}

static enum drive_result publish(struct folder_test *test, size_t length, unsigned which)
{
	FILE *local = make_local(length, which);
	enum drive_result result = test->beside->ops->publish(test->beside, "acta.db",
							       fileno(local), &test->err);
	fclose(local);
	return result;
}

static void assert_same(FILE *a, FILE *b)
{
	int c;
	rewind(a);
	rewind(b);
	do {
		c = getc(a);
		assert_int_equal(c, getc(b));
	} while (c != EOF);
}

static void assert_fetches(struct folder_test *test, size_t length, unsigned which)
{
	/* What an earlier try left in the local file is of no account. */
	FILE *local = make_local(3000000, 9), *expected = make_local(length, which);
	assert_int_equal(test->beside->ops->fetch(test->beside, "acta.db", fileno(local),
						   &test->err),
			 DRIVE_DONE);
	assert_same(local, expected);
	fclose(local);
	fclose(expected);
}

static enum drive_result fetch(struct drive *drive, const char *name, struct error *err)
{
	FILE *local = tmpfile();
	enum drive_result result = drive->ops->fetch(drive, name, fileno(local), err);
	fclose(local);
	return result;
}

/* The log is there before anything is published beside it. */
static int set_up(void **state)
{
	if (folder_test_set_up(state) != 0)
		return -1;
	struct folder_test *test = *state;
	int failed = folder_test_put(test, "FORMAT", "") != DRIVE_DONE;
	folder_tidy(test->drive);
	return failed;
}

static void whole_files_go_and_come(void **state)
{
	static const size_t lengths[] = {2000000, 65536, 1, 0};
	struct folder_test *test = *state;
	assert_int_equal(fetch(test->beside, "acta.db", &test->err), DRIVE_ABSENT);
	for (unsigned i = 0; i < ARRAY_COUNT(lengths); i++) {
		assert_int_equal(publish(test, lengths[i], i), DRIVE_DONE);
		assert_fetches(test, lengths[i], i);
	}
	assert_int_equal(calls.unsynced_names, 0);
}

/* People see this folder: nothing but the two they know lies in it. */
static void temporaries_lie_in_the_folder_of_the_log(void **state)
{
	struct folder_test *test = *state;
	mode_t before = umask(077);
	assert_int_equal(publish(test, 10, 0), DRIVE_DONE);
	umask(before);
	assert_int_equal(folder_test_entries(test->beside, ""), 2);
	assert_int_equal(folder_test_entries(test->drive, ""), 2);
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 0);
	assert_int_equal(folder_test_mode(test, ""), 0775);
	assert_int_equal(folder_test_mode(test, "../acta.db"), 0664);
	assert_int_equal(folder_self_test(test->beside, &test->err), RC_OK);
	assert_int_equal(folder_test_entries(test->beside, ""), 2);
	assert_true(folder_test_entries(test->drive, "tmp") > 0);
	folder_tidy(test->beside);
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 0);
}

static void assert_old_one_stays(struct folder_test *test)
{
	assert_int_equal(publish(test, 500000, 1), DRIVE_UNKNOWN);
	assert_int_equal(test->err.code, RC_BUSY);
	/* Half a database on a full disk would keep it full. */
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 0);
	memset(&calls, 0, sizeof(calls));
	assert_fetches(test, 1000, 0);
}

static void what_cannot_be_published_leaves_the_old_file(void **state)
{
	struct folder_test *test = *state;
	assert_int_equal(publish(test, 1000, 0), DRIVE_DONE);
	calls.rename_fails = EBUSY;
	assert_old_one_stays(test);
	calls.sync_fails = EIO;
	assert_old_one_stays(test);
	calls.write_fails = ENOSPC;
	calls.write_budget = 100000;
	assert_old_one_stays(test);
}

static void a_full_local_disk_is_not_the_drives_fault(void **state)
{
	struct folder_test *test = *state;
	assert_int_equal(publish(test, 100000, 0), DRIVE_DONE);
	calls.write_fails = ENOSPC;
	calls.write_budget = 70000;
	assert_int_equal(fetch(test->beside, "acta.db", &test->err), DRIVE_UNKNOWN);
	assert_int_equal(test->err.code, RC_IO);
	calls.write_fails = 0;
}

static void odd_files_are_not_fetched(void **state)
{
	static const char *const names[] = {"long", "pipe", "link", "folder"};
	struct folder_test *test = *state;
	char path[200];
	snprintf(path, sizeof(path), "%s/long", test->path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_int_equal(ftruncate(fd, DRIVE_FILE_LIMIT + 1), 0);
	close(fd);
	snprintf(path, sizeof(path), "%s/pipe", test->path);
	assert_int_equal(mkfifo(path, 0600), 0);
	snprintf(path, sizeof(path), "%s/link", test->path);
	assert_int_equal(symlink("long", path), 0);
	snprintf(path, sizeof(path), "%s/folder", test->path);
	assert_int_equal(mkdir(path, 0700), 0);
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		assert_int_equal(fetch(test->beside, names[i], &test->err), DRIVE_UNKNOWN);
}

static enum drive_result set_aside(struct drive *drive, const char *other)
{
	struct error err;
	return drive->ops->set_aside(drive, "acta.db", other, &err);
}

static void what_is_set_aside_writes_over_nothing(void **state)
{
	struct folder_test *test = *state;
	struct drive *drive = test->beside;
	assert_int_equal(set_aside(drive, "acta.db.foreign-1"), DRIVE_ABSENT);
	assert_int_equal(folder_test_entries(drive, ""), 1);
	drive->ops->replace(drive, "acta.db", "ajena", 5, &test->err);
	assert_int_equal(set_aside(drive, "acta.db.foreign-1"), DRIVE_DONE);
	assert_int_equal(set_aside(drive, "acta.db.foreign-1"), DRIVE_ABSENT);
	drive->ops->replace(drive, "acta.db", "otra", 4, &test->err);
	assert_int_equal(set_aside(drive, "acta.db.foreign-1"), DRIVE_TAKEN);
	folder_test_assert_reads(drive, "acta.db.foreign-1", "ajena");
	folder_test_assert_reads(drive, "acta.db", "otra");
}

/* Nothing is removed after a failure: the answer may be all that failed. */
static void a_failed_move_keeps_the_file(void **state)
{
	struct folder_test *test = *state;
	struct drive *drive = test->beside;
	drive->ops->replace(drive, "acta.db", "ajena", 5, &test->err);
	calls.rename_fails = EIO;
	assert_int_equal(set_aside(drive, "acta.db.foreign-1"), DRIVE_UNKNOWN);
	calls.rename_fails = 0;
	folder_test_assert_reads(drive, "acta.db", "ajena");
	assert_int_equal(set_aside(drive, "acta.db.foreign-1"), DRIVE_TAKEN);
	assert_int_equal(set_aside(drive, "acta.db.foreign-2"), DRIVE_DONE);
	folder_test_assert_reads(drive, "acta.db.foreign-2", "ajena");
}

/* Each that finds one sets it aside and publishes its own, as all do at once when they notice. */
static void rivals_lose_no_foreign_file(void **state)
{
	struct folder_test *test = *state;
	struct drive *drive = test->beside;
	pid_t rivals[RIVALS];
	int status, won = 0;
	drive->ops->replace(drive, "acta.db", "ajena", 5, &test->err);
	for (size_t i = 0; i < RIVALS; i++) {
		rivals[i] = fork();
		if (rivals[i])
			continue;
		enum drive_result result = set_aside(drive, "acta.db.foreign-1");
		drive->ops->replace(drive, "acta.db", "nuestra", 7, &test->err);
		_exit(result == DRIVE_DONE);
	}
	for (size_t i = 0; i < RIVALS; i++) {
		assert_int_equal(waitpid(rivals[i], &status, 0), rivals[i]);
		assert_true(WIFEXITED(status));
		won += WEXITSTATUS(status);
	}
	assert_int_equal(won, 1);
	folder_test_assert_reads(drive, "acta.db.foreign-1", "ajena");
}

static int only_fetches(const struct folder_test *test)
{
	struct error err;
	int failures = 0;
	struct drive *drive = folder_open_beside(test->log);
	FILE *local = tmpfile();
	failures += drive->ops->publish(drive, "acta.db", fileno(local), &err) != DRIVE_UNKNOWN;
	failures += set_aside(drive, "acta.db.foreign-1") != DRIVE_UNKNOWN;
	failures += fetch(drive, "acta.db", &err) != DRIVE_DONE;
	fclose(local);
	folder_close(drive);
	return failures;
}

/* What a colleague published is replaced by whoever may write in the folder. */
static int publishes_over(const struct folder_test *test)
{
	struct error err;
	struct drive *drive = folder_open_beside(test->log);
	FILE *local = make_local(2000, 5);
	int failures = drive->ops->publish(drive, "acta.db", fileno(local), &err) != DRIVE_DONE;
	fclose(local);
	folder_close(drive);
	return failures;
}

static void set_modes(const struct folder_test *test, mode_t mode)
{
	static const char *const folders[] = {".", "acta.db-log", "acta.db-log/tmp"};
	char path[200];
	for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", test->path, folders[i]);
		assert_int_equal(chmod(path, mode), 0);
	}
}

static void permission_of_the_folder_decides(void **state)
{
	struct folder_test *test = *state;
	set_modes(test, 0777);
	assert_int_equal(publish(test, 1000, 0), DRIVE_DONE);
	assert_int_equal(folder_test_as_nobody(test, publishes_over), 0);
	assert_fetches(test, 2000, 5);
	assert_int_equal(folder_test_mode(test, "../acta.db"), 0666);
	assert_int_equal(chmod(test->path, 0555), 0);
	int failures = folder_test_as_nobody(test, only_fetches);
	assert_int_equal(chmod(test->path, 0755), 0);
	assert_int_equal(failures, 0);
	assert_fetches(test, 2000, 5);
}

static void a_log_is_beside_its_database_however_it_is_named(void **state)
{
	static const char *const paths[] = {"acta.db-log", "./acta.db-log/", "acta.db-log//"};
	struct folder_test *test = *state;
	char *before = getcwd(NULL, 0);
	assert_int_equal(publish(test, 10, 0), DRIVE_DONE);
	assert_int_equal(chdir(test->path), 0);
	for (size_t i = 0; i < ARRAY_COUNT(paths); i++) {
		struct drive *drive = folder_open_beside(paths[i]);
		assert_int_equal(fetch(drive, "acta.db", &test->err), DRIVE_DONE);
		drive->ops->replace(drive, "x", "x", 1, &test->err);
		assert_int_equal(folder_test_entries(drive, ""), 3);
		folder_close(drive);
	}
	assert_int_equal(chdir(before), 0);
	free(before);
}

#define WHOLE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, folder_test_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WHOLE_TEST(whole_files_go_and_come),
		WHOLE_TEST(temporaries_lie_in_the_folder_of_the_log),
		WHOLE_TEST(what_cannot_be_published_leaves_the_old_file),
		WHOLE_TEST(a_full_local_disk_is_not_the_drives_fault),
		WHOLE_TEST(odd_files_are_not_fetched),
		WHOLE_TEST(what_is_set_aside_writes_over_nothing),
		WHOLE_TEST(a_failed_move_keeps_the_file),
		WHOLE_TEST(rivals_lose_no_foreign_file),
		WHOLE_TEST(permission_of_the_folder_decides),
		WHOLE_TEST(a_log_is_beside_its_database_however_it_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
