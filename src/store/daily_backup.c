/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/daily_backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/backup.h"
#include "nucleo/store/history.h"

#define FOLDER "backups"
#define LOCK_NAME FOLDER "/lock"

enum { DAYS = 7, WEEKS = 4, MONTHS = 12, DATE_LENGTH = 10, HASH_LENGTH = 8 };

/* ---- their names */

static void add_name(struct strbuf *out, day_number day, const struct log_head *head)
{
	strbuf_adds(out, FOLDER "/");
	date_add_iso(out, day);
	strbuf_addf(out, "-%" PRId64 "-%.*s.db", head->number, HASH_LENGTH, head->hash.hex);
}

/* Whether it is such a name, to the letter. */
static bool read_name(struct daily_backup *backup, const char *name)
{
	struct strbuf again;
	struct log_head head = {0};
	char date[DATE_LENGTH + 1], *end;
	if (strlen(name) <= DATE_LENGTH + 1)
		return false;
	snprintf(date, sizeof(date), "%.*s", DATE_LENGTH, name);
	backup->day = date_parse_iso(date);
	head.number = backup->operations = strtoll(name + DATE_LENGTH + 1, &end, 10);
	snprintf(head.hash.hex, sizeof(head.hash.hex), "%.*s", HASH_LENGTH, *end ? end + 1 : "");
	snprintf(backup->hash, sizeof(backup->hash), "%.*s", HASH_LENGTH, head.hash.hex);
	if (backup->day == DATE_NONE)
		return false;
	strbuf_init(&again);
	add_name(&again, backup->day, &head);
	bool is = strcmp(again.data + strlen(FOLDER "/"), name) == 0;
	strbuf_release(&again);
	return is;
}

static int newest_first(const void *a, const void *b)
{
	const struct daily_backup *left = a, *right = b;
	if (left->day != right->day)
		return left->day < right->day ? 1 : -1;
	return (left->operations < right->operations) - (left->operations > right->operations);
}

static void add_file(daily_backups *backups, const char *folder, const char *name)
{
	struct daily_backup backup = {0};
	struct strbuf path;
	struct stat st;
	if (!read_name(&backup, name))
		return;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", folder, name);
	if (lstat(path.data, &st) == 0 && S_ISREG(st.st_mode)) {
		backup.bytes = st.st_size;
		backup.path = strbuf_detach(&path);
		*vector_add(backups) = backup;
	}
	strbuf_release(&path);
}

void daily_backups_read(daily_backups *backups, const struct share_place *place)
{
	char *folder = share_place_file(place, FOLDER);
	DIR *entries = opendir(folder);
	for (struct dirent *entry; entries && (entry = readdir(entries));)
		add_file(backups, folder, entry->d_name);
	if (entries)
		closedir(entries);
	free(folder);
	if (backups->count)
		qsort(backups->items, backups->count, sizeof(*backups->items), newest_first);
}

void daily_backups_release(daily_backups *backups)
{
	for (size_t i = 0; i < backups->count; i++)
		free(backups->items[i].path);
	vector_release(backups);
}

/* ---- which stay */

/* Day 0 is 1970-01-01, a Thursday. */
static int64_t week_of(day_number day)
{
	int64_t since_monday = (int64_t)day + 3;
	return since_monday >= 0 ? since_monday / 7 : (since_monday - 6) / 7;
}

static int64_t month_of(day_number day)
{
	struct civil_date date = date_to_civil(day);
	return (int64_t)date.year * 12 + date.month;
}

static int64_t day_of(day_number day)
{
	return day;
}

/* The newest comes first in its period. */
static void keep_newest(const daily_backups *backups, bool *keep,
			int64_t (*period)(day_number day), int periods)
{
	int64_t last = 0;
	int found = 0;
	for (size_t i = 0; i < backups->count && found < periods; i++) {
		int64_t now = period(backups->items[i].day);
		if (found && now == last)
			continue;
		last = now;
		keep[i] = true;
		found++;
	}
}

void daily_backups_choose(const daily_backups *backups, bool *keep)
{
	int64_t bytes = 0;
	for (size_t i = 0; i < backups->count; i++)
		keep[i] = false;
	keep_newest(backups, keep, day_of, DAYS);
	keep_newest(backups, keep, week_of, WEEKS);
	keep_newest(backups, keep, month_of, MONTHS);
	for (size_t i = 0; i < backups->count; i++) {
		if (!keep[i])
			continue;
		bytes += backups->items[i].bytes;
		keep[i] = i == 0 || bytes <= DAILY_BYTES_MAX;
	}
}

static void prune(const struct share_place *place)
{
	daily_backups backups = {0};
	daily_backups_read(&backups, place);
	bool *keep = mem_alloc_zero(backups.count + 1, sizeof(*keep));
	daily_backups_choose(&backups, keep);
	for (size_t i = 0; i < backups.count; i++)
		if (!keep[i])
			unlink(backups.items[i].path);
	free(keep);
	daily_backups_release(&backups);
}

/* ---- making one */

/* Of a program that ended while it made one: under the lock there is no other. */
static void remove_leftovers(const struct share_place *place)
{
	char *folder = share_place_file(place, FOLDER);
	DIR *entries = opendir(folder);
	for (struct dirent *entry; entries && (entry = readdir(entries));)
		if (strstr(entry->d_name, ".tmp"))
			unlinkat(dirfd(entries), entry->d_name, 0);
	if (entries)
		closedir(entries);
	free(folder);
}

static bool is_needed(const daily_backups *backups, const struct log_head *head, int64_t queued,
		      day_number today)
{
	if (!backups->count)
		return head->number || queued;
	const struct daily_backup *newest = &backups->items[0];
	if (newest->day == today)
		return false;
	return queued || newest->operations != head->number ||
	       strncmp(newest->hash, head->hash.hex, HASH_LENGTH) != 0;
}

static enum rc write_today(struct store *replica, const struct share_place *place, day_number today,
			   const struct log_head *head, struct error *err)
{
	struct strbuf name;
	struct backup_report report;
	strbuf_init(&name);
	add_name(&name, today, head);
	char *path = share_place_file(place, name.data);
	remove_leftovers(place);
	enum rc rc = backup_write(replica, path, false, &report, err);
	if (rc == RC_OK)
		prune(place);
	free(path);
	strbuf_release(&name);
	return rc;
}

static enum rc make_if_needed(struct store *replica, const struct share_place *place,
			      day_number today, bool *is_made, struct error *err)
{
	struct log_head head;
	daily_backups backups = {0};
	int64_t queued = 0;
	enum rc rc = history_head(replica, &head, err);
	if (rc == RC_OK)
		rc = backup_queued(replica, &queued, err);
	daily_backups_read(&backups, place);
	if (rc == RC_OK && is_needed(&backups, &head, queued, today)) {
		rc = write_today(replica, place, today, &head, err);
		*is_made = rc == RC_OK;
	}
	daily_backups_release(&backups);
	return rc;
}

enum rc daily_backup_make(struct store *replica, const struct share_place *place, day_number today,
			  bool *is_made, struct error *err)
{
	char *path = share_place_file(place, LOCK_NAME);
	bool made = false;
	enum rc rc = file_make_parent(path, err);
	int lock = rc == RC_OK ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
	if (rc == RC_OK && lock < 0)
		rc = error_set(err, RC_IO, _("no se puede escribir «%s»: %s"), path,
			       strerror(errno));
	if (rc == RC_OK && flock(lock, LOCK_EX | LOCK_NB) == 0)
		rc = make_if_needed(replica, place, today, &made, err);
	if (lock >= 0)
		close(lock);
	free(path);
	if (rc == RC_OK)
		*is_made = made;
	return rc;
}
