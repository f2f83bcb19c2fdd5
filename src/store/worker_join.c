/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/publication.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/rescue.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/schema_data.h"
#include "nucleo/store/snapshot.h"
#include "nucleo/store/worker_parts.h"
#include "nucleo/sync/base_name.h"
#include "nucleo/sync/folder.h"
#include "nucleo/sync/place.h"

/* What is remembered of a replica that is a copy of a database without log. */
#define ALONE "alone"
/* How long a process waits for another of the same user. */
#define LOCAL_WAIT_MS 10000

/* ---- replicas on the local disk */

static enum rc open_replica(struct worker *worker, const struct random_id *uuid, struct error *err)
{
	struct store *opened = NULL;
	char *path = share_place_replica(&worker->place, uuid);
	const struct store_options options = {
		.path = path,
		.called = worker->place.called,
		.wait_ms = LOCAL_WAIT_MS,
		.any_schema = true};
	enum rc rc = replica_open(&options, &opened, err);
	if (rc == RC_OK)
		rc = replica_relax(opened, err);
	if (rc == RC_OK) {
		/* Whoever has the other file open must be told. */
		worker->is_replaced |= worker->replica && store_has_moved(worker->replica) &&
				       strcmp(worker->uuid.hex, uuid->hex) == 0;
		store_close(worker->replica);
		worker->replica = opened;
		worker->uuid = *uuid;
	} else {
		store_close(opened);
	}
	free(path);
	return rc;
}

enum rc worker_open_current(struct worker *worker, struct error *err)
{
	struct random_id uuid;
	enum rc rc = share_place_current(&worker->place, &uuid, err);
	return rc == RC_OK ? open_replica(worker, &uuid, err) : rc;
}

static bool has_replica(const struct worker *worker, const struct random_id *uuid)
{
	char *path = share_place_replica(&worker->place, uuid);
	bool has = access(path, F_OK) == 0;
	free(path);
	return has;
}

static enum rc switch_to(struct worker *worker, const struct random_id *uuid, struct error *err)
{
	enum rc rc = open_replica(worker, uuid, err);
	return rc == RC_OK ? share_place_set_current(&worker->place, uuid, err) : rc;
}

/* ---- from a file on the drive */

static enum rc force_to_disk(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool is_done = fd >= 0 && fsync(fd) == 0;
	enum rc rc = is_done ? RC_OK : error_set(err, RC_IO, _("no se pudo escribir «%s»: %s"),
						 path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return rc;
}

enum rc worker_name_replica(const char *copy, const char *path, struct error *err)
{
	enum rc rc = force_to_disk(copy, err);
	if (rc != RC_OK)
		return rc;
	store_remove(path);
	return rename(copy, path) == 0
		       ? RC_OK
		       : error_set(err, RC_IO, _("no se puede crear «%s»: %s"), path,
				   strerror(errno));
}

/* What lies beside a name that is free would be run on the file that gets it. */
static enum rc make_room(struct worker *worker, const struct random_id *uuid, struct error *err)
{
	if (worker->is_replacing && has_replica(worker, uuid))
		return rescue_set_aside(&worker->place, uuid, err);
	char *path = share_place_replica(&worker->place, uuid);
	store_remove(path);
	free(path);
	return RC_OK;
}

/*
 * Gives the copy the name of the replica of that log, whole and on the disk. A replica that is
 * there stays: what waits to be published is nowhere else, and SQLite would run its WAL on
 * the copy.
 */
static enum rc copy_become_replica(struct worker_copy *copy, struct worker *worker,
				   const struct random_id *uuid, struct error *err)
{
	if (has_replica(worker, uuid) && !worker->is_replacing)
		return switch_to(worker, uuid, err);
	char *path = share_place_replica(&worker->place, uuid);
	enum rc rc = replica_adopt(copy->store, uuid, err);
	store_close(copy->store);
	copy->store = NULL;
	if (rc == RC_OK)
		rc = force_to_disk(copy->path, err);
	if (rc == RC_OK)
		rc = make_room(worker, uuid, err);
	if (rc == RC_OK)
		rc = worker_name_replica(copy->path, path, err);
	free(path);
	return rc == RC_OK ? switch_to(worker, uuid, err) : rc;
}

/* ---- a log that is there */

/* RC_NOT_FOUND: the file is not there, not sound, or not of this log. */
static enum rc build_from(struct worker *worker, struct drive *drive, const char *name,
			  const struct random_id *uuid, struct error *err)
{
	struct worker_copy copy;
	struct error reason = {.code = RC_OK};
	worker_copy_init(&copy, worker);
	enum rc rc = worker_copy_fetch(&copy, drive, name, name, &reason);
	if (rc == RC_OK) {
		enum log_result result = log_check_head(worker->log, &copy.head, &reason);
		rc = result == LOG_DONE ? RC_OK : result == LOG_UNKNOWN ? RC_BUSY : RC_NOT_FOUND;
	}
	if (rc == RC_OK)
		rc = copy_become_replica(&copy, worker, uuid, err);
	else
		rc = error_set(err, rc == RC_BUSY ? RC_BUSY : RC_NOT_FOUND, "%s", reason.text);
	worker_copy_release(&copy);
	return rc;
}

static enum rc build_from_published(struct worker *worker, const struct random_id *uuid,
				    struct error *err)
{
	struct strbuf header;
	int64_t number;
	strbuf_init(&header);
	enum drive_result result = worker->beside->ops->read(worker->beside, worker->place.name,
							     SNAPSHOT_HEADER_SIZE, &header, err);
	bool is_ours = result == DRIVE_DONE &&
		       snapshot_header_read((const unsigned char *)header.data, header.length,
					    &number);
	strbuf_release(&header);
	if (result == DRIVE_UNKNOWN)
		return RC_BUSY;
	return is_ours ? build_from(worker, worker->beside, worker->place.name, uuid, err)
		       : RC_NOT_FOUND;
}

static enum rc build_from_bases(struct worker *worker, const struct random_id *uuid,
				struct error *err)
{
	drive_names names = {0};
	enum rc rc = RC_NOT_FOUND;
	enum drive_result result = worker->log->ops->list(worker->log, "", &names, err);
	while (result == DRIVE_DONE && rc == RC_NOT_FOUND) {
		size_t highest = base_name_highest(&names, INT64_MAX);
		if (highest == BASE_NAME_NONE)
			break;
		rc = build_from(worker, worker->log, names.items[highest], uuid, err);
		free(names.items[highest]);
		names.items[highest] = names.items[--names.count];
	}
	drive_names_release(&names);
	return result == DRIVE_UNKNOWN ? RC_BUSY : rc;
}

static enum rc check_schema(const struct log_format *format, struct error *err)
{
	return format->schema <= schema_script_count
		       ? RC_OK
		       : error_set(err, RC_REFUSED,
				   _("el registro compartido es de un nucleo más nuevo; "
				     "actualice este"));
}

static enum rc build_empty(struct worker *worker, const struct log_format *format,
			   struct error *err)
{
	char *path = share_place_replica(&worker->place, &format->uuid);
	enum rc rc = make_room(worker, &format->uuid, err);
	if (rc == RC_OK)
		rc = replica_create(path, &format->uuid, format->schema, err);
	free(path);
	return rc == RC_OK ? switch_to(worker, &format->uuid, err) : rc;
}

/* From what shortens it, if there is such a thing; else from the first operation on. */
static enum rc build(struct worker *worker, const struct log_format *format, struct error *err)
{
	enum rc rc = build_from_published(worker, &format->uuid, err);
	if (rc == RC_NOT_FOUND)
		rc = build_from_bases(worker, &format->uuid, err);
	return rc == RC_NOT_FOUND ? build_empty(worker, format, err) : rc;
}

/* The drive is asked for all it takes before the damaged one is touched. */
static enum rc replace(struct worker *worker, const struct log_format *format, struct error *err)
{
	worker->is_replacing = true;
	enum rc rc = build(worker, format, err);
	worker->is_replacing = false;
	return rc;
}

static enum rc rescue(struct worker *worker, struct error *err)
{
	struct rescue_report report;
	struct strbuf notice;
	enum rc rc = rescue_queue(&worker->place, &worker->uuid, worker->replica, &report, err);
	if (rc == RC_OK && report.aside) {
		strbuf_init(&notice);
		rescue_report_add(&notice, &report);
		worker_send(worker, WORKER_NOTICE, 0, 0, notice.data);
		strbuf_release(&notice);
	}
	rescue_report_release(&report);
	return rc;
}

static enum rc find_replica(struct worker *worker, const struct log_format *format,
			    struct error *err)
{
	const struct random_id *uuid = &format->uuid;
	struct error reason;
	bool is_open = worker->replica && strcmp(worker->uuid.hex, uuid->hex) == 0;
	if (is_open && !store_has_moved(worker->replica))
		return RC_OK;
	if (!has_replica(worker, uuid))
		return build(worker, format, err);
	enum rc rc = switch_to(worker, uuid, &reason);
	if (rc == RC_IO || rc == RC_INVALID)
		return replace(worker, format, err);
	return rc == RC_OK ? rc : error_set(err, rc, "%s", reason.text);
}

static enum rc join_log(struct worker *worker, const struct log_format *format, struct error *err)
{
	enum rc rc = rescue_resume(&worker->place, &format->uuid, err);
	if (rc == RC_OK)
		rc = find_replica(worker, format, err);
	return rc == RC_OK ? rescue(worker, err) : rc;
}

/* A folder looked for too early is remembered as missing. */
static enum rc read_format(struct worker *worker, struct log_format *format, struct error *err)
{
	if (worker->log->ops->refresh(worker->log, "", err) == DRIVE_UNKNOWN)
		return RC_BUSY;
	enum rc rc = log_read_format(worker->log, format, err);
	return rc == RC_OK ? check_schema(format, err) : rc;
}

/* ---- no log yet */

/* The operations of its history come first: whoever sees the log's format sees them all. */
static enum rc publish_history(struct worker *worker, const struct worker_copy *copy,
			       struct error *err)
{
	const struct share_round round = {.replica = copy->store, .drive = worker->log};
	struct share_report report;
	enum rc rc = share_publish_again(&round, &report, err);
	if (rc == RC_OK && report.condition != SHARE_FINE)
		rc = error_set(err, RC_BUSY, "%s", report.reason);
	return rc;
}

static enum rc give_log(struct worker *worker, struct worker_copy *copy, struct error *err)
{
	struct log_format format;
	int64_t schema = 0;
	enum rc rc = publish_history(worker, copy, err);
	worker_tell_progress(worker);
	if (rc == RC_OK)
		rc = schema_first(copy->store, &schema, err);
	if (rc == RC_OK)
		rc = log_create_format(worker->log, (int)schema, &format, err);
	if (rc == RC_OK)
		rc = copy_become_replica(copy, worker, &format.uuid, err);
	if (rc == RC_OK)
		rc = publication_adopted(worker->replica, worker->beside, worker->place.name, err);
	worker->is_unpublished = rc == RC_OK;
	return rc;
}

/* Where nothing can be written the database is read all the same, from a copy of this moment: its
 * name comes from its content, so that the same content is the same replica. */
static enum rc read_alone(struct worker *worker, struct worker_copy *copy, struct error *err)
{
	struct random_id uuid;
	snprintf(uuid.hex, sizeof(uuid.hex), "%.*s", (int)sizeof(uuid.hex) - 1,
		 copy->head.hash.hex);
	worker->is_alone = true;
	if (worker->replica && strcmp(worker->uuid.hex, uuid.hex) == 0)
		return RC_OK;
	enum rc rc = copy_become_replica(copy, worker, &uuid, err);
	return rc == RC_OK ? replica_remember(worker->replica, ALONE, "1", err) : rc;
}

static enum rc refuse(struct worker *worker, const char *reason)
{
	free(worker->refusal);
	worker->refusal = mem_strdup(reason);
	return RC_OK;
}

static enum rc adopt_copy(struct worker *worker, struct worker_copy *copy, struct error *err)
{
	struct error reason = {.code = RC_OK};
	enum rc writes = worker->flags & WORKER_READ_ONLY ? RC_REFUSED : RC_OK;
	if (writes == RC_OK)
		writes = place_check(worker->place.log, &reason);
	if (writes == RC_OK)
		writes = folder_self_test(worker->log, &reason);
	if (writes == RC_REFUSED) {
		refuse(worker, reason.text);
		return read_alone(worker, copy, err);
	}
	return writes == RC_OK ? give_log(worker, copy, err)
			       : error_set(err, writes, "%s", reason.text);
}

/* A drive that is just being mounted shows its files one look after the other: where there is a
 * database now there may be a log too. */
static enum rc adopt(struct worker *worker, struct error *err)
{
	struct worker_copy copy;
	struct log_format format;
	struct error none;
	enum rc rc = store_check_file(worker->place.called, err);
	if (rc != RC_OK)
		return rc;
	worker_copy_init(&copy, worker);
	rc = worker_copy_fetch(&copy, worker->beside, worker->place.name, worker->place.called,
			       err);
	if (rc == RC_OK && read_format(worker, &format, &none) == RC_OK)
		rc = join_log(worker, &format, err);
	else if (rc == RC_OK)
		rc = adopt_copy(worker, &copy, err);
	worker_copy_release(&copy);
	return rc;
}

/* ---- a new database */

static enum rc check_is_new(struct worker *worker, struct error *err)
{
	struct stat st;
	struct log_format format;
	struct error none;
	if (lstat(worker->place.called, &st) == 0 ||
	    log_read_format(worker->log, &format, &none) != RC_NOT_FOUND)
		return error_set(err, RC_REFUSED, _("ya existe «%s»; no se ha tocado"),
				 worker->place.called);
	return RC_OK;
}

static enum rc create(struct worker *worker, struct error *err)
{
	struct log_format format;
	enum rc rc = check_is_new(worker, err);
	if (rc == RC_OK)
		rc = file_make_parent(worker->place.called, err);
	if (rc == RC_OK)
		rc = place_check(worker->place.log, err);
	if (rc == RC_OK)
		rc = folder_self_test(worker->log, err);
	if (rc == RC_OK)
		rc = log_create_format(worker->log, schema_script_count, &format, err);
	if (rc == RC_OK)
		rc = check_schema(&format, err);
	if (rc == RC_OK)
		rc = build_empty(worker, &format, err);
	if (rc == RC_OK)
		worker_publish(worker);
	return rc;
}

enum rc worker_check_exists(struct worker *worker, struct error *err)
{
	struct log_format format;
	enum rc rc = read_format(worker, &format, err);
	if (rc == RC_NOT_FOUND && worker_finish_restore(worker))
		rc = RC_OK;
	return rc == RC_NOT_FOUND ? store_check_file(worker->place.called, err) : rc;
}

/* A database that had a log is not taken for one that never had: its queue would be lost, and the
 * group divided. */
static enum rc check_log_is_new(struct worker *worker, struct error *err)
{
	struct strbuf alone;
	if (!worker->replica)
		return RC_OK;
	strbuf_init(&alone);
	enum rc rc = replica_recall(worker->replica, ALONE, &alone, err);
	bool had_log = !alone.length;
	strbuf_release(&alone);
	if (rc != RC_OK || !had_log)
		return rc;
	if (store_check_file(worker->place.called, err) == RC_NOT_FOUND)
		return error_set(err, RC_BUSY, _("el disco no está conectado: falta «%s»"),
				 worker->place.called);
	return error_set(err, RC_BUSY,
			 _("falta «%s», el registro de la base que esta máquina conoce: recupérelo "
			   "de un respaldo; para empezar otro, cambie el nombre de «%s»"),
			 worker->place.log, worker->place.called);
}

enum rc worker_join(struct worker *worker, bool is_new, struct error *err)
{
	struct log_format format;
	if (is_new)
		return create(worker, err);
	enum rc rc = read_format(worker, &format, err);
	worker->is_alone = false;
	if (rc == RC_NOT_FOUND && worker_finish_restore(worker))
		rc = read_format(worker, &format, err);
	if (rc == RC_NOT_FOUND)
		rc = check_log_is_new(worker, err) == RC_OK ? adopt(worker, err) : err->code;
	else if (rc == RC_OK)
		rc = join_log(worker, &format, err);
	return rc;
}

/* Of the same log: what is queued is of no other. */
enum rc worker_make_anew(struct worker *worker, struct error *err)
{
	struct log_format format;
	enum rc rc = read_format(worker, &format, err);
	if (rc == RC_NOT_FOUND)
		return error_set(err, RC_BUSY, _("el disco no está conectado: falta «%s»"),
				 worker->place.log);
	if (rc == RC_OK && strcmp(format.uuid.hex, worker->uuid.hex) != 0)
		rc = error_set(err, RC_REFUSED,
			       _("en el disco hay ahora otra base: vuelva a abrir nucleo"));
	if (rc == RC_OK)
		rc = replace(worker, &format, err);
	return rc == RC_OK ? rescue(worker, err) : rc;
}
