/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A drive that hangs, for programs under test (LD_PRELOAD): while the file named by HANG_WHILE is
 * there, calls that touch a path below HANG_BELOW do not return.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void hang_below(const char *path)
{
	const char *below = getenv("HANG_BELOW"), *signal = getenv("HANG_WHILE");
	struct statx there;
	if (!below || !signal || !path || strncmp(path, below, strlen(below)) != 0)
		return;
	while (syscall(SYS_statx, AT_FDCWD, signal, 0, STATX_TYPE, &there) == 0)
		poll(NULL, 0, 10);
}

static int open_hanging(const char *path, int flags, mode_t mode)
{
	hang_below(path);
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
	return open_hanging(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list more;
	va_start(more, flags);
	mode_t mode = mode_of(flags, more);
	va_end(more);
	return open_hanging(path, flags, mode);
}

int statx(int folder, const char *restrict path, int flags, unsigned mask,
	  struct statx *restrict found)
{
	hang_below(path);
	return (int)syscall(SYS_statx, folder, path, flags, mask, found);
}

int stat(const char *restrict path, struct stat *restrict found)
{
	hang_below(path);
	return fstatat(AT_FDCWD, path, found, 0);
}

int lstat(const char *restrict path, struct stat *restrict found)
{
	hang_below(path);
	return fstatat(AT_FDCWD, path, found, AT_SYMLINK_NOFOLLOW);
}

int access(const char *path, int mode)
{
	hang_below(path);
	return faccessat(AT_FDCWD, path, mode, 0);
}

int link(const char *from, const char *to)
{
	hang_below(to);
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int rename(const char *from, const char *to)
{
	hang_below(to);
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int mkdir(const char *path, mode_t mode)
{
	hang_below(path);
	return mkdirat(AT_FDCWD, path, mode);
}
