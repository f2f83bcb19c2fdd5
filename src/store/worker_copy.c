/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/snapshot.h"
#include "nucleo/store/worker_parts.h"

/* A file may be replaced while it is fetched. */
#define FETCH_TRIES 3

void worker_copy_init(struct worker_copy *copy, const struct worker *worker)
{
	struct strbuf name;
	strbuf_init(&name);
	strbuf_addf(&name, "%s.tmp", random_id_new().hex);
	*copy = (struct worker_copy){.path = share_place_file(&worker->place, name.data)};
	strbuf_release(&name);
}

/* One that became a replica has another name by now. */
void worker_copy_release(struct worker_copy *copy)
{
	store_close(copy->store);
	store_remove(copy->path);
	free(copy->path);
}

static enum drive_result fetch(struct drive *drive, const char *name, const char *path,
			       struct error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0) {
		error_set(err, RC_IO, _("no se puede crear «%s»: %s"), path, strerror(errno));
		return DRIVE_UNKNOWN;
	}
	enum drive_result result = drive->ops->fetch(drive, name, fd, err);
	close(fd);
	return result;
}

/* With the journal that a program which ended badly may have left: SQLite rolls it back. */
static enum rc fetch_with_journal(struct drive *drive, const char *name,
				  const struct worker_copy *copy, struct error *err)
{
	struct strbuf remote, local;
	strbuf_init(&remote);
	strbuf_init(&local);
	strbuf_addf(&remote, "%s-journal", name);
	strbuf_addf(&local, "%s-journal", copy->path);
	enum drive_result result = fetch(drive, name, copy->path, err);
	if (result == DRIVE_DONE) {
		enum drive_result journal = fetch(drive, remote.data, local.data, err);
		if (journal == DRIVE_ABSENT)
			unlink(local.data);
		else
			result = journal;
	}
	strbuf_release(&remote);
	strbuf_release(&local);
	if (result == DRIVE_ABSENT)
		return RC_NOT_FOUND;
	return result == DRIVE_DONE ? RC_OK : err->code;
}

enum rc worker_copy_fetch(struct worker_copy *copy, struct drive *drive, const char *name,
			  const char *called, struct error *err)
{
	const struct snapshot_copy source = {copy->path, called, drive};
	enum rc rc = RC_IO;
	for (int i = 0; i < FETCH_TRIES && rc == RC_IO; i++) {
		rc = fetch_with_journal(drive, name, copy, err);
		drive_moved(drive);
		if (rc == RC_OK)
			rc = snapshot_open(&source, &copy->store, &copy->head, err);
	}
	return rc;
}
