/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/sync/drive.h"

#include <string.h>

#include "nucleo/base/i18n.h"

void drive_moved(const struct drive *drive)
{
	if (drive->moved)
		drive->moved(drive->moved_context);
}

void drive_names_release(drive_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	vector_release(names);
}

/* A machine that asked for the name before it was there may go on seeing none. */
static enum drive_result read_back(struct drive *drive, const char *name, size_t limit,
				   struct strbuf *out, struct error *err)
{
	enum drive_result result = drive->ops->read(drive, name, limit, out, err);
	if (result != DRIVE_ABSENT)
		return result;
	const char *slash = strrchr(name, '/');
	char *folder = mem_strndup(name, slash ? (size_t)(slash - name) : 0);
	result = drive->ops->refresh(drive, folder, err);
	free(folder);
	return result == DRIVE_DONE ? drive->ops->read(drive, name, limit, out, err) : result;
}

/* The limit is one byte more: a longer file is another one. */
enum drive_result drive_claim(struct drive *drive, const char *name, const char *bytes,
			      size_t length, struct error *err)
{
	struct strbuf there;
	struct error reason = {.text = ""};
	strbuf_init(&there);
	(void)drive->ops->put_if_absent(drive, name, bytes, length, &reason);
	enum drive_result result = read_back(drive, name, length + 1, &there, err);
	if (result == DRIVE_DONE) {
		if (there.length != length || memcmp(there.data, bytes, length) != 0)
			result = DRIVE_TAKEN;
	} else {
		result = DRIVE_UNKNOWN;
		error_set(err, RC_BUSY, "%s",
			  reason.text[0] ? reason.text : _("el disco no confirma lo escrito"));
	}
	strbuf_release(&there);
	return result;
}
