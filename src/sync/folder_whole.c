/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"
#include "nucleo/sync/folder_parts.h"

/* Which of the two files a piece could not be copied for. */
struct copy_failure {
	int drive, local;
};

static void copy_to_local(const struct drive *drive, int from, int to,
			  struct copy_failure *failure)
{
	char piece[65536];
	int64_t left = DRIVE_FILE_LIMIT;
	while (!failure->drive && !failure->local) {
		ssize_t got = read(from, piece, sizeof(piece));
		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			return;
		left -= got;
		if (got < 0 || left < 0)
			failure->drive = got < 0 ? errno : EFBIG;
		else
			failure->local = folder_write(to, piece, (size_t)got);
		drive_moved(drive);
	}
}

/* A file that is too long is refused before any of it is copied. */
static struct copy_failure fetch_open(const struct drive *drive, int from, int to)
{
	struct copy_failure failure = {0};
	struct stat st;
	if (fstat(from, &st) != 0)
		failure.drive = errno;
	else if (st.st_size > DRIVE_FILE_LIMIT)
		failure.drive = EFBIG;
	else if (lseek(to, 0, SEEK_SET) != 0 || ftruncate(to, 0) != 0)
		failure.local = errno;
	else
		copy_to_local(drive, from, to, &failure);
	return failure;
}

enum drive_result folder_fetch(struct drive *drive, const char *name, int fd, struct error *err)
{
	int from = -1;
	int failure = folder_open_name(folder_of(drive), name, &from);
	if (failure)
		return folder_not_there(name, failure, err);
	struct copy_failure copy = fetch_open(drive, from, fd);
	close(from);
	if (copy.local) {
		error_set(err, RC_IO, _("no se puede copiar «%s» a esta máquina: %s"), name,
			  strerror(copy.local));
		return DRIVE_UNKNOWN;
	}
	return copy.drive ? folder_failed(name, copy.drive, err) : DRIVE_DONE;
}

/* The name is first taken by an empty file, which exactly one machine can make: a file that
 * somebody else set aside there is never written over. Then what is at the old name at that moment
 * moves as one. When that fails the empty file stays: the move may yet be carried out, or have
 * been, and removing it would remove the file. */
static int move_to_free(const char *path, const char *other)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return errno;
	int fd = open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return errno;
	close(fd);
	if (rename(path, other) != 0)
		return errno;
	folder_sync_parent(other);
	return 0;
}

enum drive_result folder_set_aside(struct drive *drive, const char *name, const char *other,
				   struct error *err)
{
	char *path = folder_locate(folder_of(drive), name);
	char *free_path = folder_locate(folder_of(drive), other);
	int failure = move_to_free(path, free_path);
	free(path);
	free(free_path);
	if (failure == EEXIST)
		return DRIVE_TAKEN;
	return failure ? folder_not_there(name, failure, err) : DRIVE_DONE;
}
