/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A machine that fails, for programs under test (LD_PRELOAD): the call number FAULT_AT that changes
 * something on a disk, counted in each process, is its last ("kill" in FAULT_AS), or fails as on a
 * full disk ("fail"). FAULT_IN says in which process: the "program", or its "worker". FAULT_MARK is
 * a file that is there once it has happened.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pid_t program;
static long calls;

__attribute__((constructor)) static void begin(void)
{
	program = getpid();
}

/* Whether this call is to fail. */
static bool is_hit(void)
{
	const char *at = getenv("FAULT_AT"), *as = getenv("FAULT_AS"), *in = getenv("FAULT_IN");
	const char *mark = getenv("FAULT_MARK");
	if (!at || !as || !in || !mark || (strcmp(in, "worker") == 0) != (getpid() != program))
		return false;
	if (++calls != strtol(at, NULL, 10))
		return false;
	long fd = syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY, 0600);
	if (fd >= 0)
		syscall(SYS_close, fd);
	if (strcmp(as, "kill") == 0)
		kill(getpid(), SIGKILL);
	errno = ENOSPC;
	return true;
}

static int open_counted(const char *path, int flags, mode_t mode)
{
	if (flags & O_CREAT && is_hit())
		return -1;
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static mode_t mode_of(int flags, va_list more)
{
	return flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
	va_list more;
	va_start(more, flags);
	mode_t mode = mode_of(flags, more);
	va_end(more);
	return open_counted(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list more;
	va_start(more, flags);
	mode_t mode = mode_of(flags, more);
	va_end(more);
	return open_counted(path, flags, mode);
}

int rename(const char *from, const char *to)
{
	return is_hit() ? -1 : renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int link(const char *from, const char *to)
{
	return is_hit() ? -1 : linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int mkdir(const char *path, mode_t mode)
{
	return is_hit() ? -1 : mkdirat(AT_FDCWD, path, mode);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
	if (fd > STDERR_FILENO && is_hit())
		return -1;
	return syscall(SYS_write, fd, bytes, length);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
	return is_hit() ? -1 : syscall(SYS_pwrite64, fd, bytes, length, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
	return is_hit() ? -1 : syscall(SYS_pwrite64, fd, bytes, length, offset);
}

int fsync(int fd)
{
	return is_hit() ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return is_hit() ? -1 : (int)syscall(SYS_fdatasync, fd);
}
