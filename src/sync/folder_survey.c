/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/sync/folder_survey.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/sync/folder_parts.h"

#define TURN_PREFIX "turn-"
#define DAY_S (24 * 60 * 60)
/* Looked at each: a folder that somebody filled costs no more. */
#define MOST_TEMPORARIES 200

static void look_at_space(const char *path, struct folder_survey *survey)
{
	struct statvfs st;
	survey->available = survey->total = -1;
	if (statvfs(path, &st) != 0)
		return;
	survey->available = (int64_t)st.f_bavail * (int64_t)st.f_frsize;
	survey->total = (int64_t)st.f_blocks * (int64_t)st.f_frsize;
}

static bool is_old(const struct folder *folder, const char *entry, time_t now)
{
	struct strbuf name;
	struct stat st;
	strbuf_init(&name);
	strbuf_addf(&name, "%s/%s", folder->temporary_folder, entry);
	char *path = folder_locate(folder, name.data);
	bool is = lstat(path, &st) == 0 && st.st_mtime < now - DAY_S;
	free(path);
	strbuf_release(&name);
	return is;
}

static void count_temporaries(struct folder *folder, struct folder_survey *survey)
{
	drive_names names = {0};
	time_t now = time(NULL);
	if (folder->drive.ops->list(&folder->drive, folder->temporary_folder, &names, NULL) !=
	    DRIVE_DONE)
		return;
	survey->temporaries = (int64_t)names.count;
	for (size_t i = 0; i < names.count && i < MOST_TEMPORARIES; i++)
		survey->old += is_old(folder, names.items[i], now);
	drive_names_release(&names);
}

static void count_turns(struct folder *folder, struct folder_survey *survey)
{
	drive_names names = {0};
	if (folder->drive.ops->list(&folder->drive, "", &names, NULL) != DRIVE_DONE)
		return;
	for (size_t i = 0; i < names.count; i++)
		survey->turns += strncmp(names.items[i], TURN_PREFIX, strlen(TURN_PREFIX)) == 0;
	drive_names_release(&names);
}

enum drive_result folder_survey(struct drive *drive, struct folder_survey *survey,
				struct error *err)
{
	struct folder *folder = folder_of(drive);
	struct stat st;
	enum drive_result result = drive->ops->refresh(drive, "", err);
	if (result != DRIVE_DONE)
		return result;
	if (stat(folder->path, &st) != 0)
		return folder_not_there(folder->path, errno, err);
	*survey = (struct folder_survey){.bits = st.st_mode & 07777,
					 .can_write = access(folder->path, W_OK | X_OK) == 0};
	look_at_space(folder->path, survey);
	count_temporaries(folder, survey);
	count_turns(folder, survey);
	return DRIVE_DONE;
}

static enum rc check_bytes(struct drive *drive, const char *name, const struct strbuf *bytes,
			   struct error *err)
{
	struct strbuf found;
	strbuf_init(&found);
	enum drive_result result = drive->ops->read(drive, name, bytes->length + 1, &found, err);
	bool is_same = found.length == bytes->length &&
		       memcmp(found.data, bytes->data, bytes->length) == 0;
	strbuf_release(&found);
	if (result == DRIVE_DONE && is_same)
		return RC_OK;
	if (result == DRIVE_UNKNOWN)
		return RC_BUSY;
	return error_set(err, RC_IO, _("el disco no devuelve lo que se escribió en él"));
}

enum rc folder_time_put(struct drive *drive, size_t length, int64_t *took, struct error *err)
{
	struct folder *folder = folder_of(drive);
	struct strbuf bytes;
	strbuf_init(&bytes);
	while (bytes.length < length)
		strbuf_addch(&bytes, 'n');
	char *name = folder_temporary_name(folder);
	vector_push(&folder->temporaries, mem_strdup(name));
	const struct folder_content content = {.bytes = bytes.data, .length = bytes.length};
	int64_t before = clock_monotonic_us();
	int failure = folder_put(folder, folder->primitive, name, &content);
	enum rc rc = failure ? RC_BUSY : RC_OK;
	if (failure)
		(void)folder_failed(name, failure, err);
	else
		rc = check_bytes(drive, name, &bytes, err);
	if (rc == RC_OK)
		*took = clock_monotonic_us() - before;
	free(name);
	strbuf_release(&bytes);
	return rc;
}
