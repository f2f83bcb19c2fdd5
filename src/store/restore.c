/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/restore.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/snapshot.h"
#include "nucleo/sync/drive.h"

#define COPY_PREFIX "restore-"
enum { LEFTOVER_SECONDS = 24 * 60 * 60 };

/* ---- the file */

/* What a program that ended badly left beside it: SQLite takes it in, or back. */
static enum rc copy_beside(const char *file, const char *path, const char *suffix,
			   struct error *err)
{
	struct strbuf from, to;
	enum rc rc = RC_OK;
	strbuf_init(&from);
	strbuf_init(&to);
	strbuf_addf(&from, "%s%s", file, suffix);
	strbuf_addf(&to, "%s%s", path, suffix);
	if (access(from.data, F_OK) == 0)
		rc = file_copy(from.data, to.data, DRIVE_FILE_LIMIT, err);
	strbuf_release(&to);
	strbuf_release(&from);
	return rc;
}

/* Of programs that ended badly, more than a day ago: another restore may be reading one now. */
static void remove_leftovers(const struct share_place *place)
{
	struct stat st;
	DIR *entries = opendir(place->folder);
	for (struct dirent *entry; entries && (entry = readdir(entries));)
		if (strncmp(entry->d_name, COPY_PREFIX, strlen(COPY_PREFIX)) == 0 &&
		    fstatat(dirfd(entries), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    st.st_mtime < time(NULL) - LEFTOVER_SECONDS)
			unlinkat(dirfd(entries), entry->d_name, 0);
	if (entries)
		closedir(entries);
}

static enum rc copy_file(const char *file, const char *path, struct error *err)
{
	enum rc rc = store_check_file(file, err);
	if (rc == RC_OK)
		rc = file_make_parent(path, err);
	if (rc == RC_OK)
		rc = file_copy(file, path, DRIVE_FILE_LIMIT, err);
	if (rc == RC_OK)
		rc = copy_beside(file, path, "-journal", err);
	return rc == RC_OK ? copy_beside(file, path, "-wal", err) : rc;
}

static enum rc refuse(enum rc rc, const char *file, struct error *err)
{
	struct error reason = *err;
	if (rc == RC_IO || rc == RC_INVALID)
		return error_set(err, rc,
				 _("no se restauró nada de «%s»: %s; pruebe con otro respaldo"),
				 file, reason.text);
	return error_set(err, rc, _("no se restauró nada: %s"), reason.text);
}

static enum rc open_copy(struct restore_source *source, const char *file, struct error *err)
{
	struct log_head head;
	const struct snapshot_copy copy = {.path = source->path, .called = file};
	enum rc rc = snapshot_open(&copy, &source->store, &head, err);
	if (rc == RC_OK)
		rc = backup_check(source->store, true, err);
	return rc == RC_OK ? backup_facts(source->store, &source->facts, err) : rc;
}

enum rc restore_read(struct restore_source *source, const struct share_place *place,
		     const char *file, struct error *err)
{
	struct strbuf name;
	strbuf_init(&name);
	remove_leftovers(place);
	strbuf_addf(&name, COPY_PREFIX "%s.tmp", random_id_new().hex);
	*source = (struct restore_source){.path = share_place_file(place, name.data)};
	source->name = strbuf_detach(&name);
	enum rc rc = copy_file(file, source->path, err);
	if (rc == RC_NOT_FOUND)
		return error_set(err, rc, _("no existe el archivo «%s»"), file);
	if (rc == RC_OK)
		rc = open_copy(source, file, err);
	return rc == RC_OK ? rc : refuse(rc, file, err);
}

void restore_release(struct restore_source *source)
{
	store_close(source->store);
	if (source->path)
		store_remove(source->path);
	free(source->path);
	free(source->name);
	*source = (struct restore_source){.store = NULL};
}

/* ---- against what is there now */

static enum rc hash_at(struct store *store, int64_t number, struct digest *hash, struct error *err)
{
	struct query query;
	*hash = (struct digest){""};
	query_begin(&query, store, STATEMENT_HISTORY_HASH);
	query_bind_integer(&query, ":number", number);
	if (query_next(&query)) {
		const char *text = query_text(&query, 0, NULL);
		snprintf(hash->hex, sizeof(hash->hex), "%s", text ? text : "");
	}
	return query_end(&query, err);
}

/* Each names the one before it: where both have the same one, they have the same before it. */
static enum rc find_common(struct store *a, struct store *b, int64_t last, int64_t *common,
			   struct error *err)
{
	int64_t first = 0;
	enum rc rc = RC_OK;
	while (rc == RC_OK && first < last) {
		struct digest of_a, of_b = {""};
		int64_t middle = first + (last - first + 1) / 2;
		rc = hash_at(a, middle, &of_a, err);
		if (rc == RC_OK)
			rc = hash_at(b, middle, &of_b, err);
		if (strcmp(of_a.hex, of_b.hex) == 0)
			first = middle;
		else
			last = middle - 1;
	}
	*common = first;
	return rc;
}

static enum rc read_latest(struct store *present, struct restore_difference *difference,
			   struct error *err)
{
	struct query query;
	query_begin(&query, present, STATEMENT_HISTORY_LATEST);
	query_bind_integer(&query, ":number", difference->common);
	query_bind_integer(&query, ":limit", RESTORE_LOST_MAX);
	while (query_next(&query) && difference->count < RESTORE_LOST_MAX) {
		struct restore_lost *lost = &difference->latest[difference->count++];
		backup_copy_text(lost->at, sizeof(lost->at), query_text(&query, 0, NULL));
		backup_copy_text(lost->by, sizeof(lost->by), query_text(&query, 1, NULL));
		backup_copy_text(lost->words, sizeof(lost->words), query_text(&query, 2, NULL));
	}
	return query_end(&query, err);
}

enum rc restore_compare(struct store *present, const struct restore_source *source,
			struct restore_difference *difference, struct error *err)
{
	struct log_head head;
	struct pending_counts counts = {0};
	struct restore_difference found = {.count = 0};
	int64_t file = source->facts.operations;
	enum rc rc = history_head(present, &head, err);
	if (rc == RC_OK)
		rc = find_common(present, source->store, head.number < file ? head.number : file,
				 &found.common, err);
	if (rc == RC_OK)
		rc = read_latest(present, &found, err);
	if (rc == RC_OK && present->is_replica)
		rc = pending_count(present, &counts, err);
	found.lost = head.number - found.common;
	found.gained = file - found.common;
	found.queued = counts.waiting + counts.parked;
	if (rc == RC_OK)
		*difference = found;
	return rc;
}
