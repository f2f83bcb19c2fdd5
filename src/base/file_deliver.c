/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"

/* How many names are tried for the file that is to take the real one. */
enum { NAMES_MAX = 100 };

static enum rc failed(const char *path, int reason, struct error *err)
{
	if (reason == ENOENT || reason == ENOTDIR)
		return error_set(err, RC_IO,
				 _("no se pudo escribir «%s»: la carpeta no existe"), path);
	if (reason == EACCES || reason == EPERM || reason == EROFS)
		return error_set(err, RC_IO,
				 _("no se pudo escribir «%s»: no tiene permiso; elija otra "
				   "carpeta"),
				 path);
	return error_set(err, RC_IO, _("no se pudo escribir «%s»: %s"), path, strerror(reason));
}

static enum rc check_name(const char *path, bool replaces, struct error *err)
{
	struct stat st;
	size_t length = strlen(path);
	if (!length)
		return error_set(err, RC_REFUSED, _("diga el nombre del archivo"));
	if (path[length - 1] == '/' || (stat(path, &st) == 0 && S_ISDIR(st.st_mode)))
		return error_set(err, RC_REFUSED,
				 _("«%s» es una carpeta: diga el nombre del archivo"), path);
	if (lstat(path, &st) != 0)
		return RC_OK;
	if (!replaces)
		return error_set(err, RC_REFUSED, _("ya existe «%s»; no se ha tocado"), path);
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return error_set(err, RC_REFUSED, _("«%s» no es un archivo común"), path);
	return RC_OK;
}

/* Opens a new file beside `path`; -1 with errno. mkstemp() would keep others from reading it. */
static int open_beside(const char *path, struct strbuf *name)
{
	int fd = -1;
	for (int i = 0; i < NAMES_MAX && fd < 0; i++) {
		strbuf_reset(name);
		strbuf_addf(name, "%s.%ld-%d.tmp", path, (long)getpid(), i);
		fd = open(name->data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

/* 0, or what errno says. */
static int write_bytes(int fd, const struct strbuf *bytes)
{
	size_t done = 0;
	int failure = 0;
	while (done < bytes->length && !failure) {
		ssize_t wrote = write(fd, bytes->data + done, bytes->length - done);
		if (wrote >= 0)
			done += (size_t)wrote;
		else if (errno != EINTR)
			failure = errno;
	}
	if (!failure && fsync(fd) != 0)
		failure = errno;
	if (close(fd) != 0 && !failure)
		failure = errno;
	return failure;
}

/* Takes the name unless somebody else did meanwhile. A share may know neither way of asking for
 * that: there the look before has to do. */
static int take_name(const char *temporary, const char *path)
{
	if (link(temporary, path) == 0) {
		unlink(temporary);
		return 0;
	}
	if (errno == EEXIST)
		return EEXIST;
	if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	return rename(temporary, path) == 0 ? 0 : errno;
}

static enum rc put(const char *path, const struct strbuf *bytes, bool replaces,
		   struct error *err)
{
	struct strbuf temporary;
	strbuf_init(&temporary);
	int fd = open_beside(path, &temporary);
	int failure = fd < 0 ? errno : write_bytes(fd, bytes);
	if (!failure && replaces)
		failure = rename(temporary.data, path) == 0 ? 0 : errno;
	else if (!failure)
		failure = take_name(temporary.data, path);
	if (failure && fd >= 0)
		unlink(temporary.data);
	strbuf_release(&temporary);
	if (failure == EEXIST)
		return error_set(err, RC_REFUSED, _("ya existe «%s»; no se ha tocado"), path);
	return failure ? failed(path, failure, err) : RC_OK;
}

enum rc file_deliver(const char *path, const struct strbuf *bytes, bool replaces,
		     struct error *err)
{
	enum rc rc = check_name(path, replaces, err);
	if (rc != RC_OK)
		return rc;
	char *real = replaces ? realpath(path, NULL) : NULL;
	rc = put(real ? real : path, bytes, replaces, err);
	free(real);
	return rc;
}
