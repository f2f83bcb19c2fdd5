/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "nucleo/sync/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"
#include "nucleo/sync/folder_parts.h"

struct folder *folder_of(struct drive *drive)
{
	return (struct folder *)drive;
}

char *folder_locate(const struct folder *folder, const char *name)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_adds(&path, folder->path);
	if (*name)
		strbuf_addf(&path, "/%s", name);
	return strbuf_detach(&path);
}

enum drive_result folder_failed(const char *name, int failure, struct error *err)
{
	if (failure == ENOSPC || failure == EDQUOT)
		error_set(err, RC_BUSY, _("no queda espacio en el disco compartido"));
	else if (failure == EACCES || failure == EPERM || failure == EROFS)
		error_set(err, RC_BUSY, _("no tiene permiso para «%s» en el disco compartido"),
			  name);
	else
		error_set(err, RC_BUSY, _("el disco no responde (%s)"), strerror(failure));
	return DRIVE_UNKNOWN;
}

char *folder_parent(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return mem_strdup(".");
	return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

/* ENOENT alone says that there is nothing. */
enum drive_result folder_not_there(const char *name, int failure, struct error *err)
{
	return failure == ENOENT ? DRIVE_ABSENT : folder_failed(name, failure, err);
}

/* Where a forced statx() is refused, opening the folder asks the server as well. */
static int ask_server(const char *path)
{
	struct statx fresh;
	if (statx(AT_FDCWD, path, AT_STATX_FORCE_SYNC, STATX_BASIC_STATS, &fresh) == 0)
		return 0;
	if (errno == ENOENT)
		return ENOENT;
	DIR *opened = opendir(path);
	if (!opened)
		return errno;
	closedir(opened);
	return 0;
}

static enum drive_result refresh(struct drive *drive, const char *name, struct error *err)
{
	char *path = folder_locate(folder_of(drive), name);
	int failure = ask_server(path);
	free(path);
	folder_of(drive)->is_known |= failure == 0;
	return failure ? folder_not_there(*name ? name : folder_of(drive)->path, failure, err)
		       : DRIVE_DONE;
}

/* A link, a device or a pipe that somebody put there is neither followed nor waited for. */
static int open_file(const char *path, int *fd)
{
	struct stat st;
	int opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (opened < 0)
		return errno;
	int failure = fstat(opened, &st) != 0 ? errno : 0;
	if (!failure && !S_ISREG(st.st_mode))
		failure = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	if (failure)
		close(opened);
	else
		*fd = opened;
	return failure;
}

/* The bytes of a name that was given by renaming a folder lie in that folder. */
int folder_open_name(const struct folder *folder, const char *name, int *fd)
{
	char *path = folder_locate(folder, name);
	int failure = open_file(path, fd);
	if (failure == EISDIR) {
		struct strbuf inside;
		strbuf_init(&inside);
		strbuf_addf(&inside, "%s/%s", path, FOLDER_BYTES);
		failure = open_file(inside.data, fd);
		strbuf_release(&inside);
		failure = failure == ENOENT ? EINVAL : failure;
	}
	free(path);
	return failure;
}

static int read_some(int fd, size_t limit, struct strbuf *out)
{
	char chunk[16384];
	while (limit) {
		ssize_t got = read(fd, chunk, limit < sizeof(chunk) ? limit : sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		if (got == 0)
			return 0;
		strbuf_add(out, chunk, (size_t)got);
		limit -= (size_t)got;
	}
	return 0;
}

static enum drive_result read_name(struct drive *drive, const char *name, size_t limit,
				   struct strbuf *out, struct error *err)
{
	int fd = -1;
	size_t start = out->length;
	int failure = folder_open_name(folder_of(drive), name, &fd);
	if (failure)
		return folder_not_there(name, failure, err);
	folder_of(drive)->is_known = true;
	failure = read_some(fd, limit, out);
	close(fd);
	if (!failure)
		return DRIVE_DONE;
	strbuf_truncate(out, start);
	return folder_failed(name, failure, err);
}

static enum drive_result put_if_absent(struct drive *drive, const char *name, const char *bytes,
				       size_t length, struct error *err)
{
	struct folder *folder = folder_of(drive);
	if (folder->primitive == FOLDER_UNTESTED && folder_self_test(drive, err) != RC_OK)
		return DRIVE_UNKNOWN;
	const struct folder_content content = {.bytes = bytes, .length = length};
	int failure = folder_put(folder, folder->primitive, name, &content);
	if (folder_is_taken(failure))
		return DRIVE_TAKEN;
	return failure ? folder_failed(name, failure, err) : DRIVE_DONE;
}

static enum drive_result replace(struct drive *drive, const char *name, const char *bytes,
				 size_t length, struct error *err)
{
	const struct folder_content content = {.bytes = bytes, .length = length};
	int failure = folder_overwrite(folder_of(drive), name, &content);
	return failure ? folder_failed(name, failure, err) : DRIVE_DONE;
}

static enum drive_result publish(struct drive *drive, const char *name, int fd, struct error *err)
{
	const struct folder_content content = {.fd = fd};
	int failure = folder_overwrite(folder_of(drive), name, &content);
	return failure ? folder_failed(name, failure, err) : DRIVE_DONE;
}

static int list_path(const char *path, drive_names *names)
{
	struct dirent *entry;
	DIR *opened = opendir(path);
	if (!opened)
		return errno;
	while ((errno = 0, entry = readdir(opened)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			vector_push(names, mem_strdup(entry->d_name));
	int failure = errno;
	closedir(opened);
	return failure;
}

static enum drive_result list(struct drive *drive, const char *name, drive_names *names,
			      struct error *err)
{
	size_t before = names->count;
	char *path = folder_locate(folder_of(drive), name);
	int failure = ask_server(path);
	if (!failure)
		failure = list_path(path, names);
	while (failure && names->count > before)
		free(names->items[--names->count]);
	free(path);
	return failure ? folder_not_there(name, failure, err) : DRIVE_DONE;
}

static enum drive_result remove_name(struct drive *drive, const char *name, struct error *err)
{
	char *path = folder_locate(folder_of(drive), name);
	int failure = unlink(path) != 0 ? errno : 0;
	free(path);
	return failure ? folder_not_there(name, failure, err) : DRIVE_DONE;
}

/* Takes over both strings. */
static struct drive *open_folder(char *path, char *temporary_folder)
{
	static const struct drive_ops ops = {
		.refresh = refresh,
		.read = read_name,
		.put_if_absent = put_if_absent,
		.replace = replace,
		.list = list,
		.remove = remove_name,
		.fetch = folder_fetch,
		.publish = publish,
		.set_aside = folder_set_aside,
	};
	struct folder *folder = mem_alloc_zero(1, sizeof(*folder));
	folder->drive.ops = &ops;
	folder->path = path;
	folder->temporary_folder = temporary_folder;
	return &folder->drive;
}

struct drive *folder_open(const char *path)
{
	return open_folder(mem_strdup(path), mem_strdup(FOLDER_TEMPORARIES));
}

struct drive *folder_open_beside(const char *log_path)
{
	struct strbuf temporary_folder;
	size_t length = strlen(log_path);
	while (length > 1 && log_path[length - 1] == '/')
		length--;
	char *path = mem_strndup(log_path, length);
	const char *slash = strrchr(path, '/');
	strbuf_init(&temporary_folder);
	strbuf_addf(&temporary_folder, "%s/" FOLDER_TEMPORARIES, slash ? slash + 1 : path);
	struct drive *drive = open_folder(folder_parent(path), strbuf_detach(&temporary_folder));
	free(path);
	return drive;
}

void folder_close(struct drive *drive)
{
	struct folder *folder = folder_of(drive);
	if (!folder)
		return;
	folder_give_up_spare(folder);
	drive_names_release(&folder->temporaries);
	free(folder->temporary_folder);
	free(folder->path);
	free(folder);
}
