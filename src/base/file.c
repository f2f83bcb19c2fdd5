/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"

static enum rc open_error(const char *path, struct error *err)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return error_set(err, RC_NOT_FOUND, _("no existe el archivo «%s»"), path);
	if (errno == EACCES)
		return error_set(err, RC_IO,
				 _("no tiene permiso para leer «%s»; pídalo a quien lo guarda"),
				 path);
	return error_set(err, RC_IO, _("no se puede leer «%s»: %s"), path, strerror(errno));
}

static enum rc too_large(const char *path, off_t size, size_t limit, struct error *err)
{
	const size_t unit = limit >= 1024 * 1024 ? 1024 * 1024 : 1024;
	const char *name = unit > 1024 ? "MiB" : "KiB";
	return error_set(err, RC_INVALID,
			 _("«%s» ocupa %zu %s; se leen archivos de hasta %zu %s"), path,
			 ((size_t)size + unit - 1) / unit, name, limit / unit, name);
}

static enum rc check_kind(int fd, const char *path, size_t limit, struct error *err)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return open_error(path, err);
	if (S_ISDIR(st.st_mode))
		return error_set(err, RC_INVALID, _("«%s» es una carpeta, no un archivo"), path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, RC_INVALID, _("«%s» no es un archivo común"), path);
	if (st.st_size > (off_t)limit)
		return too_large(path, st.st_size, limit, err);
	return RC_OK;
}

/* The size is checked again while reading: the file may grow meanwhile. */
static enum rc read_all(int fd, const char *path, size_t limit, struct strbuf *out,
			struct error *err)
{
	char chunk[16384];
	size_t start = out->length;
	ssize_t got;
	while ((got = read(fd, chunk, sizeof(chunk))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(err, RC_IO, _("no se puede leer «%s»: %s"), path,
					 strerror(errno));
		strbuf_add(out, chunk, (size_t)got);
		if (out->length - start > limit)
			return error_set(err, RC_INVALID, _("«%s» pasa de %zu bytes"), path, limit);
	}
	return RC_OK;
}

enum rc file_read(const char *path, size_t limit, struct strbuf *out, struct error *err)
{
	size_t start = out->length;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return open_error(path, err);
	enum rc rc = check_kind(fd, path, limit, err);
	if (rc == RC_OK)
		rc = read_all(fd, path, limit, out, err);
	if (rc != RC_OK)
		strbuf_truncate(out, start);
	close(fd);
	return rc;
}

static bool write_some(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t wrote = write(fd, bytes, length);
		if (wrote < 0 && errno != EINTR)
			return false;
		bytes += wrote > 0 ? wrote : 0;
		length -= wrote > 0 ? (size_t)wrote : 0;
	}
	return true;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	return write_some(fd, bytes, length) && fsync(fd) == 0;
}

static enum rc copy_bytes(int from, int to, const char *path, const char *other, struct error *err)
{
	char chunk[65536];
	ssize_t got;
	while ((got = read(from, chunk, sizeof(chunk))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(err, RC_IO, _("no se puede leer «%s»: %s"), path,
					 strerror(errno));
		if (!write_some(to, chunk, (size_t)got))
			return error_set(err, RC_IO, _("no se pudo escribir «%s»: %s"), other,
					 strerror(errno));
	}
	return RC_OK;
}

static enum rc copy_to(int from, const char *path, const char *other, struct error *err)
{
	int to = open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (to < 0)
		return error_set(err, errno == EEXIST ? RC_REFUSED : RC_IO,
				 _("no se pudo escribir «%s»: %s"), other, strerror(errno));
	enum rc rc = copy_bytes(from, to, path, other, err);
	if (close(to) != 0 && rc == RC_OK)
		rc = error_set(err, RC_IO, _("no se pudo escribir «%s»: %s"), other,
			       strerror(errno));
	if (rc != RC_OK)
		unlink(other);
	return rc;
}

enum rc file_copy(const char *path, const char *other, int64_t limit, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return open_error(path, err);
	enum rc rc = check_kind(fd, path, (size_t)limit, err);
	if (rc == RC_OK)
		rc = copy_to(fd, path, other, err);
	close(fd);
	return rc;
}

enum rc file_replace(const char *path, const char *bytes, size_t length, struct error *err)
{
	struct strbuf fresh;
	int failure = 0;
	strbuf_init(&fresh);
	strbuf_addf(&fresh, "%s.XXXXXX", path);
	int fd = mkstemp(fresh.data);
	if (fd < 0 || !write_all(fd, bytes, length))
		failure = errno;
	if (fd >= 0 && close(fd) != 0 && !failure)
		failure = errno;
	if (!failure && rename(fresh.data, path) != 0)
		failure = errno;
	if (failure && fd >= 0)
		unlink(fresh.data);
	strbuf_release(&fresh);
	return failure ? error_set(err, RC_IO, _("no se pudo escribir «%s»: %s"), path,
				   strerror(failure))
		       : RC_OK;
}

enum rc file_make_parent(const char *path, struct error *err)
{
	struct strbuf folder;
	enum rc rc = RC_OK;
	strbuf_init(&folder);
	for (const char *slash = strchr(path + (*path == '/'), '/'); slash && rc == RC_OK;
	     slash = strchr(slash + 1, '/')) {
		strbuf_reset(&folder);
		strbuf_add(&folder, path, (size_t)(slash - path));
		if (mkdir(folder.data, 0700) != 0 && errno != EEXIST)
			rc = error_set(err, RC_IO, _("no se puede crear la carpeta «%s»: %s"),
				       folder.data, strerror(errno));
	}
	strbuf_release(&folder);
	return rc;
}

char *file_expand_home(const char *path)
{
	const char *home = getenv("HOME");
	struct strbuf out;
	strbuf_init(&out);
	if (strncmp(path, "~/", 2) == 0 && home)
		strbuf_addf(&out, "%s%s", home, path + 1);
	else
		strbuf_adds(&out, path);
	return strbuf_detach(&out);
}

void file_add_size(struct strbuf *out, int64_t bytes)
{
	if (bytes < 1000)
		strbuf_addf(out, _("%lld bytes"), (long long)bytes);
	else if (bytes < 1000000)
		strbuf_addf(out, "%lld kB", (long long)(bytes + 500) / 1000);
	else
		strbuf_addf(out, _("%lld,%lld MB"), (long long)bytes / 1000000,
			    (long long)bytes % 1000000 / 100000);
}

/* The specification says a relative path in these variables is to be ignored. */
static char *xdg_path(const char *variable, const char *fallback, const char *name)
{
	struct strbuf path;
	const char *base = getenv(variable), *home = getenv("HOME");
	strbuf_init(&path);
	if (base && base[0] == '/')
		strbuf_adds(&path, base);
	else
		strbuf_addf(&path, "%s/%s", home && *home ? home : ".", fallback);
	strbuf_addf(&path, "/nucleo/%s", name);
	return strbuf_detach(&path);
}

char *file_config_path(const char *name)
{
	return xdg_path("XDG_CONFIG_HOME", ".config", name);
}

char *file_data_path(const char *name)
{
	return xdg_path("XDG_DATA_HOME", ".local/share", name);
}

char *file_state_path(const char *name)
{
	return xdg_path("XDG_STATE_HOME", ".local/state", name);
}
