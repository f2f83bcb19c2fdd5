/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/folder_test.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct calls calls;

static bool is_synced(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(calls.synced); i++)
		if (calls.synced[i] == st.st_ino)
			return true;
	return false;
}

static int fail_with(int failure)
{
	errno = failure;
	return -1;
}

int fsync(int fd)
{
	struct stat st;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		if (calls.sync_fails)
			return fail_with(calls.sync_fails);
		calls.synced[calls.synced_count++ % ARRAY_COUNT(calls.synced)] = st.st_ino;
	}
	return (int)syscall(SYS_fsync, fd);
}

int link(const char *from, const char *to)
{
	calls.unsynced_names += !is_synced(from);
	if (calls.link_fails)
		return fail_with(calls.link_fails);
	if (calls.link_overwrites)
		unlink(to);
	return (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int rename(const char *from, const char *to)
{
	struct stat st;
	if (stat(from, &st) == 0 && S_ISREG(st.st_mode))
		calls.unsynced_names += !is_synced(from);
	if (calls.rename_fails)
		return fail_with(calls.rename_fails);
	return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
	if (calls.write_fails && !calls.write_budget)
		return fail_with(calls.write_fails);
	if (calls.write_fails) {
		length = length < calls.write_budget ? length : calls.write_budget;
		calls.write_budget -= length;
	}
	return (ssize_t)syscall(SYS_write, fd, bytes, length);
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st, (void)kind, (void)walk;
	return remove(path);
}

int folder_test_set_up(void **state)
{
	struct folder_test *test = calloc(1, sizeof(*test));
	memset(&calls, 0, sizeof(calls));
	snprintf(test->path, sizeof(test->path), "/tmp/nucleo-folder-XXXXXX");
	if (!mkdtemp(test->path) || chmod(test->path, 0775) != 0)
		return -1;
	snprintf(test->log, sizeof(test->log), "%s/acta.db-log", test->path);
	test->drive = folder_open(test->log);
	test->beside = folder_open_beside(test->log);
	*state = test;
	return 0;
}

int folder_test_tear_down(void **state)
{
	struct folder_test *test = *state;
	int removed = nftw(test->path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	folder_close(test->drive);
	folder_close(test->beside);
	free(test);
	return removed;
}

enum drive_result folder_test_put(struct folder_test *test, const char *name, const char *bytes)
{
	return test->drive->ops->put_if_absent(test->drive, name, bytes, strlen(bytes),
						&test->err);
}

void folder_test_assert_reads(struct drive *drive, const char *name, const char *bytes)
{
	struct strbuf found;
	struct error err;
	strbuf_init(&found);
	assert_int_equal(drive->ops->read(drive, name, 100, &found, &err), DRIVE_DONE);
	assert_string_equal(found.data, bytes);
	strbuf_release(&found);
}

mode_t folder_test_mode(const struct folder_test *test, const char *name)
{
	char path[200];
	struct stat st;
	snprintf(path, sizeof(path), "%s/%s", test->log, name);
	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

unsigned folder_test_entries(struct drive *drive, const char *folder)
{
	drive_names names = {0};
	struct error err;
	assert_int_equal(drive->ops->list(drive, folder, &names, &err), DRIVE_DONE);
	unsigned count = (unsigned)names.count;
	drive_names_release(&names);
	return count;
}

int folder_test_as_nobody(const struct folder_test *test,
			  int (*act)(const struct folder_test *test))
{
	int status;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
			_exit(1);
		_exit(act(test));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}
