/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/operation_edits.h"
#include "nucleo/store/publication.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/snapshot.h"
#include "nucleo/store/worker_parts.h"
#include "nucleo/sync/folder.h"
#include "nucleo/sync/folder_move.h"
#include "nucleo/sync/place.h"

/*
 * The log of the restored database is made whole beside the one in use, under a name of its own,
 * and so is this user's replica of it. Then the present log leaves under a dated name and the new
 * one takes its place. Whoever finds neither of them there, for a program ended between the two,
 * but both dated names with one date, puts the new one in its place: worker_finish_restore().
 */
#define RESTORED "-log.restored-"
#define BEFORE "-log.before-"

struct restore {
	struct worker *worker;
	char *file;	    /* the copy that is restored, local */
	struct store *copy; /* the same, open */
	char stamp[WORKER_STAMP_SIZE];
	char *restored, *before; /* paths of the logs */
	char *published;	 /* name of the file people saw */
	struct drive *drive;	 /* of the new log */
	struct log_format format;
	bool has_replica, is_published_aside;
};

static char *dated(const char *path, const char *suffix, const char *stamp)
{
	struct strbuf out;
	strbuf_init(&out);
	strbuf_addf(&out, "%s%s%s", path, suffix, stamp);
	return strbuf_detach(&out);
}

/* Without what some file systems do not have in names. */
static void make_stamp(char *stamp, size_t size)
{
	struct strbuf now;
	size_t length = 0;
	strbuf_init(&now);
	clock_add_utc(&now);
	for (size_t i = 0; i < now.length && length + 1 < size; i++)
		if (now.data[i] != '-' && now.data[i] != ':')
			stamp[length++] = now.data[i];
	stamp[length] = '\0';
	strbuf_release(&now);
}

static void restore_init(struct restore *restore, struct worker *worker, const char *name)
{
	const struct share_place *place = &worker->place;
	*restore = (struct restore){.worker = worker, .file = share_place_file(place, name)};
	make_stamp(restore->stamp, sizeof(restore->stamp));
	restore->restored = dated(place->path, RESTORED, restore->stamp);
	restore->before = dated(place->path, BEFORE, restore->stamp);
	restore->published = dated(place->name, ".before-", restore->stamp);
	restore->drive = folder_open(restore->restored);
	restore->drive->moved = worker->log->moved;
	restore->drive->moved_context = worker->log->moved_context;
}

static void restore_end(struct restore *restore)
{
	store_close(restore->copy);
	folder_close(restore->drive);
	free(restore->file);
	free(restore->restored);
	free(restore->before);
	free(restore->published);
}

/* ---- the new log */

/* A row of "setting" that nothing reads: there is no operation without an edit. */
static enum rc compose_remark(struct restore *restore, const struct log_head *head,
			      struct strbuf *text, struct error *err)
{
	struct random_id id = random_id_new();
	struct strbuf name;
	struct operation *operation = operation_new();
	strbuf_init(&name);
	strbuf_addf(&name, "restored-%s", id.hex);
	operation_set_words(operation,
			    _("Restaura la base de un respaldo que llegaba a la operación %lld"),
			    (long long)head->number);
	operation_insert(operation, "setting");
	operation_field(operation, "name", value_text(name.data));
	operation_field(operation, "value", value_text(restore->stamp));
	free(restore->copy->actor);
	restore->copy->actor = mem_strdup(restore->worker->actor);
	enum rc rc = operation_compose(operation, restore->copy, &id, text, err);
	operation_free(operation);
	strbuf_release(&name);
	return rc;
}

/* The first thing the restored database says of itself. */
static enum rc append_remark(struct restore *restore, struct error *err)
{
	struct log_head head;
	struct strbuf text;
	strbuf_init(&text);
	enum rc rc = history_head(restore->copy, &head, err);
	if (rc == RC_OK)
		rc = compose_remark(restore, &head, &text, err);
	if (rc == RC_OK && (!log_set_parent(text.data, text.length, &head.hash) ||
			    log_append(restore->drive, &head, text.data, text.length, err) !=
				    LOG_DONE))
		rc = error_set(err, RC_BUSY, _("el disco no responde"));
	strbuf_release(&text);
	return rc;
}

static enum rc publish_history(struct restore *restore, struct error *err)
{
	const struct share_round round = {.replica = restore->copy, .drive = restore->drive};
	struct share_report report;
	enum rc rc = share_publish_again(&round, &report, err);
	if (rc == RC_OK && report.condition != SHARE_FINE)
		rc = error_set(err, RC_BUSY, "%s", report.reason);
	return rc == RC_OK ? append_remark(restore, err) : rc;
}

static enum rc make_log(struct restore *restore, struct error *err)
{
	const struct snapshot_copy file = {restore->file, restore->worker->place.called,
					   restore->worker->beside};
	struct log_head head;
	int64_t schema = 0;
	enum rc rc = place_check(restore->worker->place.log, err);
	if (rc == RC_OK)
		rc = snapshot_open(&file, &restore->copy, &head, err);
	if (rc == RC_OK)
		rc = schema_first(restore->copy, &schema, err);
	if (rc == RC_OK)
		rc = folder_self_test(restore->drive, err);
	if (rc == RC_OK)
		rc = publish_history(restore, err);
	return rc == RC_OK ? log_create_format(restore->drive, (int)schema, &restore->format, err)
			   : rc;
}

/* What waited in the backup waits in it. Nothing uses it before its log is in its place. */
static enum rc make_replica(struct restore *restore, struct error *err)
{
	char *path = share_place_replica(&restore->worker->place, &restore->format.uuid);
	enum rc rc = replica_adopt_queue(restore->copy, &restore->format.uuid, err);
	store_close(restore->copy);
	restore->copy = NULL;
	if (rc == RC_OK)
		rc = worker_name_replica(restore->file, path, err);
	restore->has_replica = rc == RC_OK;
	free(path);
	return rc;
}

/* ---- in the place of the other */

static enum rc not_moved(enum drive_result result, const char *path, struct error *err)
{
	if (result == DRIVE_TAKEN)
		return error_set(err, RC_BUSY, _("otra persona está restaurando la misma base"));
	if (result == DRIVE_ABSENT)
		return error_set(err, RC_BUSY, _("falta «%s»: otra persona lo movió"), path);
	return RC_BUSY;
}

static enum rc put_published_aside(struct restore *restore, struct error *err)
{
	struct drive *beside = restore->worker->beside;
	enum drive_result result = beside->ops->set_aside(beside, restore->worker->place.name,
							  restore->published, err);
	restore->is_published_aside = result == DRIVE_DONE;
	return result == DRIVE_DONE || result == DRIVE_ABSENT
		       ? RC_OK
		       : not_moved(result, restore->worker->place.called, err);
}

static bool is_in_place(struct restore *restore)
{
	struct log_format found;
	struct error none;
	struct drive *log = restore->worker->log;
	return log->ops->refresh(log, "", &none) == DRIVE_DONE &&
	       log_read_format(log, &found, &none) == RC_OK &&
	       strcmp(found.uuid.hex, restore->format.uuid.hex) == 0;
}

/* A member who comes by in between may have put it there already. */
static enum rc take_place(struct restore *restore, struct error *err)
{
	const char *log = restore->worker->place.log;
	enum drive_result result = folder_move(restore->restored, log, err);
	if (result == DRIVE_DONE || is_in_place(restore))
		return RC_OK;
	return not_moved(result, restore->restored, err);
}

static enum rc switch_logs(struct restore *restore, struct error *err)
{
	const char *log = restore->worker->place.log;
	enum rc rc = put_published_aside(restore, err);
	if (rc != RC_OK)
		return rc;
	enum drive_result result = folder_move(log, restore->before, err);
	if (result != DRIVE_DONE && result != DRIVE_ABSENT)
		return not_moved(result, log, err);
	rc = take_place(restore, err);
	if (rc == RC_OK || result == DRIVE_ABSENT)
		return rc;
	if (folder_move(restore->before, log, NULL) != DRIVE_DONE)
		error_prefix(err, _("«%s» quedó en «%s»"), log, restore->before);
	return rc;
}

/* As if it had not begun. */
static void take_back(struct restore *restore)
{
	struct error none;
	struct worker *worker = restore->worker;
	char *path = share_place_replica(&worker->place, &restore->format.uuid);
	if (restore->is_published_aside)
		(void)worker->beside->ops->set_aside(worker->beside, restore->published,
						     worker->place.name, &none);
	folder_discard(restore->restored);
	if (restore->has_replica)
		store_remove(path);
	free(path);
}

/* ---- whether */

/* A database that this machine knows and of which nothing is there is on a drive that is away: what
 * would be made is not on it. */
static enum rc check_drive(struct worker *worker, struct error *err)
{
	struct random_id known;
	struct log_format format;
	struct error none;
	enum rc rc = log_read_format(worker->log, &format, &none);
	if (rc == RC_BUSY)
		return error_set(err, RC_BUSY, "%s", none.text);
	if (rc != RC_NOT_FOUND || share_place_current(&worker->place, &known, &none) != RC_OK ||
	    store_check_file(worker->place.called, &none) != RC_NOT_FOUND)
		return RC_OK;
	return error_set(err, RC_BUSY,
			 _("el disco no está conectado: falta «%s», que esta máquina conoce; si "
			   "alguien la borró, restaure con otro nombre (--db)"),
			 worker->place.called);
}

enum rc worker_restore(struct worker *worker, const char *name, char *stamp, struct error *err)
{
	struct restore restore;
	enum rc rc = check_drive(worker, err);
	if (rc == RC_OK)
		rc = file_make_parent(worker->place.path, err);
	if (rc != RC_OK)
		return rc;
	restore_init(&restore, worker, name);
	rc = make_log(&restore, err);
	if (rc == RC_OK)
		rc = make_replica(&restore, err);
	folder_tidy_own(restore.drive);
	if (rc == RC_OK)
		rc = switch_logs(&restore, err);
	if (rc == RC_OK)
		snprintf(stamp, WORKER_STAMP_SIZE, "%s", restore.stamp);
	else if (!is_in_place(&restore))
		take_back(&restore);
	restore_end(&restore);
	return rc;
}

/* ---- one that was cut short */

static bool has_name(const drive_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i], name) == 0)
			return true;
	return false;
}

/* The date of the latest one whose two logs are both beside; borrowed from the names. */
static const char *find_cut_short(const struct worker *worker, const drive_names *names)
{
	const char *found = NULL;
	char *restored = dated(worker->place.name, RESTORED, "");
	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->items[i];
		if (strncmp(name, restored, strlen(restored)) != 0)
			continue;
		const char *stamp = name + strlen(restored);
		char *before = dated(worker->place.name, BEFORE, stamp);
		if (has_name(names, before) && (!found || strcmp(stamp, found) > 0))
			found = stamp;
		free(before);
	}
	free(restored);
	return found;
}

static bool is_whole(const char *path)
{
	struct log_format format;
	struct error none;
	struct drive *drive = folder_open(path);
	bool is = log_read_format(drive, &format, &none) == RC_OK;
	folder_close(drive);
	return is;
}

bool worker_finish_restore(struct worker *worker)
{
	struct error none;
	drive_names names = {0};
	bool is_done = false;
	if (worker->flags & WORKER_READ_ONLY ||
	    worker->beside->ops->list(worker->beside, "", &names, &none) != DRIVE_DONE)
		return false;
	const char *stamp = find_cut_short(worker, &names);
	if (stamp) {
		char *restored = dated(worker->place.path, RESTORED, stamp);
		is_done = is_whole(restored) &&
			  folder_move(restored, worker->place.log, &none) == DRIVE_DONE;
		free(restored);
	}
	drive_names_release(&names);
	worker->is_unpublished |= is_done;
	return is_done;
}
