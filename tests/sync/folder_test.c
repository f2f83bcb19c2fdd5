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

/* Whether the call that begins fails without effect. */
static bool fails_before(void)
{
	calls.count++;
	if (calls.is_dead)
		return true;
	if (calls.count != calls.fault_at ||
	    (calls.fault != CALL_BEFORE && calls.fault != CALL_DEATH))
		return false;
	calls.was_injected = true;
	calls.is_dead = calls.fault == CALL_DEATH;
	errno = calls.failure;
	return true;
}

/* What is said of a call that was made; `again` is what is said of it when it is made twice, 0 when
 * that does no harm. */
static int answer(int result, int again)
{
	if (calls.count != calls.fault_at || result < 0)
		return result;
	if (calls.fault == CALL_RESENT && again) {
		calls.was_injected = true;
		return fail_with(again);
	}
	if (calls.fault == CALL_AFTER) {
		calls.was_injected = true;
		return fail_with(calls.failure);
	}
	return result;
}

int open(const char *path, int flags, ...)
{
	va_list arguments;
	va_start(arguments, flags);
	mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
	va_end(arguments);
	if (fails_before())
		return -1;
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
	int result = answer(fd, flags & O_EXCL ? EEXIST : 0);
	if (result < 0 && fd >= 0)
		syscall(SYS_close, fd);
	return result;
}

/* Whatever it says, the file is closed then. */
int close(int fd)
{
	bool is_failing = fails_before();
	int result = (int)syscall(SYS_close, fd);
	return is_failing ? -1 : answer(result, 0);
}

int mkdir(const char *path, mode_t mode)
{
	return fails_before() ? -1 : answer((int)syscall(SYS_mkdir, path, mode), EEXIST);
}

int unlink(const char *path)
{
	return fails_before() ? -1 : answer((int)syscall(SYS_unlink, path), ENOENT);
}

int fsync(int fd)
{
	struct stat st;
	if (fails_before())
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		if (calls.sync_fails)
			return fail_with(calls.sync_fails);
		calls.synced[calls.synced_count++ % ARRAY_COUNT(calls.synced)] = st.st_ino;
	}
	return answer(calls.skips_disk ? 0 : (int)syscall(SYS_fsync, fd), 0);
}

int link(const char *from, const char *to)
{
	if (fails_before())
		return -1;
	calls.unsynced_names += !is_synced(from);
	if (calls.link_fails)
		return fail_with(calls.link_fails);
	if (calls.link_overwrites)
		syscall(SYS_unlink, to);
	return answer((int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0), EEXIST);
}

int rename(const char *from, const char *to)
{
	struct stat st;
	if (fails_before())
		return -1;
	if (stat(from, &st) == 0 && S_ISREG(st.st_mode))
		calls.unsynced_names += !is_synced(from);
	if (calls.rename_fails)
		return fail_with(calls.rename_fails);
	return answer((int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0), ENOENT);
}

/* Who dies while writing leaves the half of it. */
ssize_t write(int fd, const void *bytes, size_t length)
{
	if (fails_before()) {
		if (calls.is_dead && calls.count == calls.fault_at)
			syscall(SYS_write, fd, bytes, length / 2);
		return -1;
	}
	if (calls.write_fails && !calls.write_budget)
		return fail_with(calls.write_fails);
	if (calls.write_fails) {
		length = length < calls.write_budget ? length : calls.write_budget;
		calls.write_budget -= length;
	}
	return answer((int)syscall(SYS_write, fd, bytes, length), 0);
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st, (void)kind, (void)walk;
	return remove(path);
}

int folder_test_set_up(void **state)
{
	return folder_test_set_up_in(state, "/tmp");
}

int folder_test_set_up_in(void **state, const char *home)
{
	struct folder_test *test = calloc(1, sizeof(*test));
	memset(&calls, 0, sizeof(calls));
	snprintf(test->path, sizeof(test->path), "%s/nucleo-folder-XXXXXX", home);
	if (!mkdtemp(test->path) || chmod(test->path, 0775) != 0) {
		free(test);
		return -1;
	}
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
