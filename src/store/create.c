/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/schema_data.h"

static enum rc exists_error(const char *path, struct error *err)
{
	return error_set(err, RC_REFUSED, _("ya existe «%s»; no se ha tocado"), path);
}

static enum rc create_error(const char *path, struct error *err)
{
	return error_set(err, RC_IO, _("no se puede crear «%s»: %s"), path, strerror(errno));
}

enum rc store_make_empty(const char *path, const char *wanted, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return create_error(wanted, err);
	close(fd);
	return RC_OK;
}

static enum rc build(const char *path, const struct store_options *options,
		     const struct random_id *uuid, struct error *err)
{
	struct store *store = NULL;
	enum rc rc = store_connect(path, options, &store, err);
	if (rc == RC_OK)
		rc = store_tune(store, err);
	if (rc == RC_OK)
		rc = schema_build(store, options->schema ? options->schema : schema_script_count,
				  err);
	if (rc == RC_OK && uuid)
		rc = replica_adopt(store, uuid, err);
	store_close(store);
	return rc;
}

/* A name itself must survive a power cut too. */
static void sync_folder(const char *path)
{
	struct strbuf folder;
	const char *slash = strrchr(path, '/');
	strbuf_init(&folder);
	if (slash)
		strbuf_add(&folder, path, (size_t)(slash - path) + 1);
	int fd = open(slash ? folder.data : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	strbuf_release(&folder);
}

/* Some file systems have no hard links; there a rename that does not replace serves. */
enum rc store_take_name(const char *temporary, const char *path, struct error *err)
{
	bool is_done = link(temporary, path) == 0;
	if (is_done)
		unlink(temporary);
	else if (errno != EEXIST)
		is_done = renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0;
	if (!is_done)
		return errno == EEXIST ? exists_error(path, err) : create_error(path, err);
	sync_folder(path);
	return RC_OK;
}

/* What SQLite keeps beside a file, and leaves there when it cannot finish its work. */
static void remove_beside(const char *path)
{
	static const char *const suffixes[] = {"-journal", "-wal", "-shm"};
	for (size_t i = 0; i < ARRAY_COUNT(suffixes); i++) {
		struct strbuf name;
		strbuf_init(&name);
		strbuf_addf(&name, "%s%s", path, suffixes[i]);
		unlink(name.data);
		strbuf_release(&name);
	}
}

void store_remove(const char *path)
{
	unlink(path);
	remove_beside(path);
}

enum rc store_make_file(const struct store_options *options, const struct random_id *uuid,
			struct error *err)
{
	struct stat st;
	struct strbuf temporary;
	struct store_options writing = *options;
	if (lstat(options->path, &st) == 0)
		return exists_error(options->path, err);
	strbuf_init(&temporary);
	strbuf_addf(&temporary, "%s.%s.tmp", options->path, random_id_new().hex);
	writing.mode = STORE_READ_WRITE;
	enum rc rc = store_make_empty(temporary.data, options->path, err);
	if (rc == RC_OK) {
		rc = build(temporary.data, &writing, uuid, err);
		if (rc == RC_OK)
			rc = store_take_name(temporary.data, options->path, err);
		if (rc != RC_OK)
			unlink(temporary.data);
		remove_beside(temporary.data);
	}
	strbuf_release(&temporary);
	return rc;
}

enum rc store_create(const struct store_options *options, struct store **store, struct error *err)
{
	enum rc rc = store_make_file(options, NULL, err);
	return rc == RC_OK ? store_open(options, store, err) : rc;
}
