/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/sync/folder_parts.h"

/* What a program that ended badly left behind is surely of no use after this time. */
#define LEFTOVER_SECONDS (24 * 60 * 60)

/* A folder leaves under another name first: a rename of it that a server still has to carry out
 * would else put it, emptied, where an operation belongs. */
static void remove_folder(const char *path)
{
	struct strbuf away, inside;
	strbuf_init(&away);
	strbuf_init(&inside);
	strbuf_addf(&away, "%s-old", path);
	strbuf_addf(&inside, "%s/%s", away.data, FOLDER_BYTES);
	if (rename(path, away.data) == 0) {
		unlink(inside.data);
		rmdir(away.data);
	}
	strbuf_release(&inside);
	strbuf_release(&away);
}

/* Whether it is gone. */
static bool remove_temporary(const struct folder *folder, const char *name)
{
	struct stat st;
	char *path = folder_locate(folder, name);
	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
		remove_folder(path);
	else
		unlink(path);
	bool is_gone = lstat(path, &st) != 0 && errno == ENOENT;
	free(path);
	return is_gone;
}

static void remove_own(struct folder *folder)
{
	drive_names left = {0};
	for (size_t i = 0; i < folder->temporaries.count; i++) {
		char *name = folder->temporaries.items[i];
		if (remove_temporary(folder, name))
			free(name);
		else
			vector_push(&left, name);
	}
	vector_release(&folder->temporaries);
	folder->temporaries = left;
}

/* The present by the clock of the server, which a file just written has. */
static bool server_time(struct folder *folder, time_t *now)
{
	struct stat st;
	const struct folder_content nothing = {.bytes = ""};
	const char *name = folder_temporary(folder);
	bool is_known = folder_overwrite(folder, name, &nothing) == 0;
	char *path = folder_locate(folder, name);
	is_known = is_known && stat(path, &st) == 0;
	if (is_known)
		*now = st.st_mtime;
	free(path);
	return is_known;
}

static void remove_leftover(struct folder *folder, const char *entry, time_t now)
{
	struct strbuf name;
	struct stat st;
	strbuf_init(&name);
	strbuf_addf(&name, "%s/%s", folder->temporary_folder, entry);
	char *path = folder_locate(folder, name.data);
	if (lstat(path, &st) == 0 && st.st_mtime < now - LEFTOVER_SECONDS)
		(void)remove_temporary(folder, name.data);
	free(path);
	strbuf_release(&name);
}

void folder_tidy_own(struct drive *drive)
{
	folder_give_up_spare(folder_of(drive));
	remove_own(folder_of(drive));
}

void folder_tidy(struct drive *drive)
{
	struct folder *folder = folder_of(drive);
	drive_names entries = {0};
	time_t now;
	if (drive->ops->list(drive, folder->temporary_folder, &entries, NULL) == DRIVE_DONE &&
	    entries.count && server_time(folder, &now))
		for (size_t i = 0; i < entries.count; i++)
			remove_leftover(folder, entries.items[i], now);
	drive_names_release(&entries);
	remove_own(folder);
}

bool folder_clock_ahead(struct drive *drive, int64_t *seconds)
{
	time_t there;
	if (!server_time(folder_of(drive), &there))
		return false;
	*seconds = (int64_t)time(NULL) - (int64_t)there;
	remove_own(folder_of(drive));
	return true;
}
