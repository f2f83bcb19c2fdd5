/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/digest.h"
#include "nucleo/sync/folder_parts.h"

char *folder_temporary_name(const struct folder *folder)
{
	struct strbuf name;
	strbuf_init(&name);
	strbuf_addf(&name, "%s/%s", folder->temporary_folder, random_id_new().hex);
	return strbuf_detach(&name);
}

const char *folder_temporary(struct folder *folder)
{
	return vector_push(&folder->temporaries, folder_temporary_name(folder));
}

bool folder_is_taken(int failure)
{
	return failure == EEXIST || failure == ENOTEMPTY || failure == ENOTDIR;
}

/* The permission bits that what is made in a folder shall have. */
static mode_t bits_in(const char *folder, mode_t mask, mode_t otherwise)
{
	struct stat st;
	return stat(folder, &st) == 0 ? st.st_mode & mask : otherwise;
}

/* What a umask, here or of the server, took away. Not all servers keep such bits: when they cannot
 * be set, what is there has to do. */
static void set_bits(int fd, mode_t bits)
{
	struct stat st;
	bool is_set = fstat(fd, &st) == 0 && (st.st_mode & 07777) == bits;
	if (!is_set && fchmod(fd, bits) != 0)
		return;
}

/* A folder appears with its bits: one made first and opened to others later would lock them out
 * for ever if the maker died in between. Somebody may have been faster; that is as good. */
static int make_one(const char *path)
{
	struct strbuf fresh;
	struct stat st;
	int failure = 0;
	if (stat(path, &st) == 0)
		return S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
	strbuf_init(&fresh);
	strbuf_addf(&fresh, "%s.%s", path, random_id_new().hex);
	if (mkdir(fresh.data, 0700) != 0) {
		failure = errno;
	} else {
		char *parent = folder_parent(path);
		int fd = open(fresh.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd >= 0) {
			set_bits(fd, bits_in(parent, 07777, 0700));
			close(fd);
		}
		free(parent);
		if (rename(fresh.data, path) != 0) {
			failure = errno;
			rmdir(fresh.data);
			if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
				failure = 0;
		}
	}
	strbuf_release(&fresh);
	return failure;
}

static int look_for_folder(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return errno;
	return S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
}

/* Where a drive is not mounted, what is written would lie hidden below it, and those who look at
 * it would find a log that has lost everything. */
int folder_found(struct folder *folder)
{
	int failure = folder->is_known ? look_for_folder(folder->path) : make_one(folder->path);
	folder->is_known |= failure == 0;
	return failure;
}

int folder_ensure(struct folder *folder, const char *name)
{
	char *path = folder_locate(folder, name);
	int failure = make_one(path);
	free(path);
	return failure;
}

static int make_above(struct folder *folder, const char *name)
{
	const char *slash = strrchr(name, '/');
	if (!slash)
		return ENOENT;
	char *above = mem_strndup(name, (size_t)(slash - name));
	int failure = folder_ensure(folder, above);
	if (failure == ENOENT) {
		failure = make_above(folder, above);
		if (!failure)
			failure = folder_ensure(folder, above);
	}
	free(above);
	return failure;
}

int folder_write(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t wrote = write(fd, bytes, length);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return errno;
		bytes += wrote;
		length -= (size_t)wrote;
	}
	return 0;
}

static int copy_local(int fd, int local)
{
	char piece[65536];
	off_t at = 0;
	int failure = 0;
	while (!failure) {
		ssize_t got = pread(local, piece, sizeof(piece), at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		if (got == 0)
			return 0;
		failure = folder_write(fd, piece, (size_t)got);
		at += got;
	}
	return failure;
}

int folder_write_and_sync(int fd, const struct folder_content *content)
{
	int failure = content->bytes ? folder_write(fd, content->bytes, content->length)
				     : copy_local(fd, content->fd);
	if (failure)
		return failure;
	return fsync(fd) != 0 ? errno : 0;
}

mode_t folder_file_bits(const struct folder *folder)
{
	return bits_in(folder->path, 0666, 0600);
}

/* With its bits at once where that is possible: setting them is two more round trips. */
int folder_create(const struct folder *folder, const char *path, int *fd)
{
	mode_t bits = folder_file_bits(folder);
	int opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, bits);
	if (opened < 0)
		return errno;
	set_bits(opened, bits);
	*fd = opened;
	return 0;
}

/* close() tells of writes that a server refused late. */
static int write_file(const struct folder *folder, const char *path,
		      const struct folder_content *content)
{
	int fd = -1;
	int failure = folder_create(folder, path, &fd);
	if (failure)
		return failure;
	failure = folder_write_and_sync(fd, content);
	if (close(fd) != 0 && !failure)
		failure = errno;
	return failure;
}

static int write_folder(const struct folder *folder, const char *path,
			const struct folder_content *content)
{
	struct strbuf inside;
	int failure = make_one(path);
	if (failure)
		return failure;
	strbuf_init(&inside);
	strbuf_addf(&inside, "%s/%s", path, FOLDER_BYTES);
	failure = write_file(folder, inside.data, content);
	strbuf_release(&inside);
	return failure;
}

static int write_temporary(struct folder *folder, enum folder_primitive primitive, const char *path,
			   const struct folder_content *content)
{
	int (*write_one)(const struct folder *, const char *, const struct folder_content *) =
		primitive == FOLDER_RENAME ? write_folder : write_file;
	int failure = write_one(folder, path, content);
	if (failure != ENOENT)
		return failure;
	failure = folder_ensure(folder, folder->temporary_folder);
	return failure ? failure : write_one(folder, path, content);
}

/* A name survives a power cut once its folder is on the disk. Many network file systems see to
 * that themselves and refuse the call. */
void folder_sync_parent(const char *path)
{
	char *parent = folder_parent(path);
	int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
	free(parent);
}

static int give_name(struct folder *folder, int (*give)(const char *, const char *),
		     const char *temporary, const char *name)
{
	char *path = folder_locate(folder, name);
	int failure = give(temporary, path) != 0 ? errno : 0;
	if (failure == ENOENT) {
		failure = make_above(folder, name);
		if (!failure)
			failure = give(temporary, path) != 0 ? errno : 0;
	}
	free(path);
	return failure;
}

static void sync_name(const struct folder *folder, const char *name)
{
	char *path = folder_locate(folder, name);
	folder_sync_parent(path);
	free(path);
}

static int name_temporary(struct folder *folder, enum folder_primitive primitive,
			  const char *temporary, const char *name)
{
	char *path = folder_locate(folder, temporary);
	int failure = give_name(folder, primitive == FOLDER_RENAME ? rename : link, path, name);
	free(path);
	return failure;
}

static int put_fresh(struct folder *folder, enum folder_primitive primitive, const char *name,
		     const struct folder_content *content)
{
	const char *temporary = folder_temporary(folder);
	char *path = folder_locate(folder, temporary);
	int failure = write_temporary(folder, primitive, path, content);
	free(path);
	return failure ? failure : name_temporary(folder, primitive, temporary, name);
}

/* Somebody may have tidied up the one that lay ready. */
int folder_put(struct folder *folder, enum folder_primitive primitive, const char *name,
	       const struct folder_content *content)
{
	const char *ready = primitive == FOLDER_LINK ? folder_fill_spare(folder, content) : NULL;
	int failure = ready ? name_temporary(folder, primitive, ready, name) : ENOENT;
	if (failure == ENOENT)
		failure = put_fresh(folder, primitive, name, content);
	if (!failure)
		sync_name(folder, name);
	return failure;
}

/* What got no name is removed at once: it may be a whole database, on a disk that is full. Which of
 * the two files has the name after a power cut is no matter, as long as it is whole. */
int folder_overwrite(struct folder *folder, const char *name, const struct folder_content *content)
{
	char *temporary = folder_locate(folder, folder_temporary(folder));
	int failure = write_temporary(folder, FOLDER_LINK, temporary, content);
	if (!failure)
		failure = give_name(folder, rename, temporary, name);
	if (failure)
		unlink(temporary);
	free(temporary);
	return failure;
}
