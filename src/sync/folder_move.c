/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/sync/folder_move.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/sync/folder_parts.h"

/* In a log there are folders of operations, and in those files; where there are no hard links each
 * of these is a folder once more. */
enum { DEPTH_MAX = 4 };

/* An answer that was lost, or a name asked for too early: what is there now tells. */
static enum drive_result look(const char *path, const char *other, int failure, struct error *err)
{
	struct stat st;
	bool is_there = lstat(path, &st) == 0;
	bool is_moved = lstat(other, &st) == 0;
	if (!is_there && is_moved)
		return DRIVE_DONE;
	if (!is_there && errno == ENOENT)
		return DRIVE_ABSENT;
	if (is_moved && (failure == ENOTEMPTY || failure == EEXIST || failure == ENOTDIR))
		return DRIVE_TAKEN;
	return folder_failed(path, failure, err);
}

enum drive_result folder_move(const char *path, const char *other, struct error *err)
{
	if (rename(path, other) != 0)
		return look(path, other, errno, err);
	folder_sync_parent(other);
	return DRIVE_DONE;
}

static void discard_below(int folder, const char *name, int depth)
{
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
	if (!entries) {
		if (fd >= 0)
			close(fd);
		return;
	}
	for (struct dirent *entry; (entry = readdir(entries));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlinkat(fd, entry->d_name, 0) != 0 && depth < DEPTH_MAX)
			discard_below(fd, entry->d_name, depth + 1);
	}
	closedir(entries);
	unlinkat(folder, name, AT_REMOVEDIR);
}

void folder_discard(const char *path)
{
	discard_below(AT_FDCWD, path, 0);
}
