/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/interrupt.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica_parts.h"

/* Of SQLite's machine, between two signs that a check goes on. */
enum { STEPS = 100000 };

enum { CHANGE_COUNTER = 24, VALID_FOR = 92, WRITER = 96, MARK = 0x4E75636C };

static void put_32(unsigned char *bytes, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(number >> (24 - 8 * i));
}

static uint32_t get_32(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

bool snapshot_header_read(const unsigned char *header, size_t length, int64_t *number)
{
	if (length < SNAPSHOT_HEADER_SIZE || memcmp(header, "SQLite format 3", 16) != 0 ||
	    get_32(header + WRITER) != MARK ||
	    get_32(header + CHANGE_COUNTER) != get_32(header + VALID_FOR))
		return false;
	*number = get_32(header + CHANGE_COUNTER);
	return true;
}

static enum rc write_error(const char *path, struct error *err)
{
	return error_set(err, RC_IO, _("no se pudo escribir «%s»: %s"), path, strerror(errno));
}

static enum rc mark(const char *path, int64_t number, struct error *err)
{
	unsigned char count[4], valid[8];
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return write_error(path, err);
	put_32(count, (uint32_t)number);
	put_32(valid, (uint32_t)number);
	put_32(valid + 4, MARK);
	bool is_done = pwrite(fd, count, sizeof(count), CHANGE_COUNTER) == sizeof(count) &&
		       pwrite(fd, valid, sizeof(valid), VALID_FOR) == sizeof(valid);
	enum rc rc = is_done ? RC_OK : write_error(path, err);
	close(fd);
	return rc;
}

/* What waits stays as texts, which whoever restores the file runs again. */
static enum rc keep_queue(struct store *copy, struct error *err)
{
	struct pending_counts counts;
	enum rc rc = pending_count(copy, &counts, err);
	if (rc != RC_OK || counts.waiting + counts.parked)
		return rc;
	return store_run_sql(copy, "DROP TABLE pending", err);
}

/* Of a copy of a replica: the group's part alone, with or without the queue. */
static enum rc strip(struct store *copy, bool with_queue, struct log_head *head, struct error *err)
{
	enum rc rc = store_run_sql(copy, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY",
				   err);
	if (rc == RC_OK && copy->is_replica)
		rc = transaction_begin_write(copy, err);
	if (rc != RC_OK || !copy->is_replica)
		return rc == RC_OK ? history_head(copy, head, err) : rc;
	rc = replica_take_back(copy, err);
	if (rc == RC_OK)
		rc = with_queue ? keep_queue(copy, err)
				: store_run_sql(copy, "DROP TABLE pending", err);
	if (rc == RC_OK)
		rc = store_run_sql(copy, "DROP TABLE local_state", err);
	if (rc == RC_OK)
		rc = history_head(copy, head, err);
	rc = transaction_end(copy, rc, err);
	return rc == RC_OK ? store_run_sql(copy, "PRAGMA journal_mode = DELETE", err) : rc;
}

static enum rc write_file(struct store *store, const char *path, bool with_queue,
			  struct log_head *head, struct error *err)
{
	struct store *copy = NULL;
	struct store_options options = {.path = path, .throw_away = true, .any_schema = true};
	enum rc rc = replica_copy(store, path, err);
	if (rc == RC_OK)
		rc = store_open_file(&options, store->is_replica, &copy, err);
	if (rc == RC_OK)
		rc = strip(copy, with_queue, head, err);
	store_close(copy);
	if (rc == RC_OK)
		rc = mark(path, head->number, err);
	if (rc != RC_OK)
		store_remove(path);
	return rc;
}

enum rc snapshot_write(struct store *replica, const char *path, struct log_head *head,
		       struct error *err)
{
	return write_file(replica, path, false, head, err);
}

enum rc snapshot_write_with_queue(struct store *store, const char *path, struct log_head *head,
				  struct error *err)
{
	return write_file(store, path, true, head, err);
}

static enum rc check_integrity(struct store *store, struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, store, STATEMENT_INTEGRITY);
	const char *verdict = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	if (!verdict || strcmp(verdict, "ok") != 0)
		found = error_set(err, RC_IO, _("«%s» está dañado: %s"), store_path(store),
				  verdict ? verdict : "?");
	enum rc rc = query_end(&query, err);
	return rc != RC_OK ? rc : found;
}

/* A file that came in part has the size of the whole in its header. */
static enum rc check_size(struct store *store, const char *path, struct error *err)
{
	struct query query;
	int64_t size = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	off_t length = fd >= 0 ? lseek(fd, 0, SEEK_END) : -1;
	if (fd >= 0)
		close(fd);
	query_begin(&query, store, STATEMENT_FILE_SIZE);
	if (query_next(&query))
		size = query_integer(&query, 0);
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK && size != length)
		rc = error_set(err, RC_IO, _("«%s» llegó incompleto"), store_path(store));
	return rc;
}

static int tell_moved(void *context)
{
	if (context)
		drive_moved(context);
	return interrupt_is_pending();
}

/* Rows lie all over the file, and each is looked for from every index. */
static void prepare_check(struct store *store, const struct snapshot_copy *copy)
{
	sqlite3_exec(store->db, "PRAGMA mmap_size = 4294967296", NULL, NULL, NULL);
	sqlite3_progress_handler(store->db, STEPS, tell_moved,
				 (struct drive *)(uintptr_t)copy->drive);
}

static void end_check(struct store *store)
{
	sqlite3_exec(store->db, "PRAGMA mmap_size = 0", NULL, NULL, NULL);
	sqlite3_progress_handler(store->db, 0, NULL, NULL);
}

enum rc snapshot_open(const struct snapshot_copy *copy, struct store **store,
		      struct log_head *head, struct error *err)
{
	struct store *opened = NULL;
	struct store_options options = {
		.path = copy->path, .called = copy->called, .throw_away = true, .any_schema = true};
	enum rc rc = store_open(&options, &opened, err);
	if (rc != RC_OK)
		return rc;
	prepare_check(opened, copy);
	rc = check_size(opened, copy->path, err);
	if (rc == RC_OK)
		rc = check_integrity(opened, err);
	if (rc == RC_OK)
		rc = history_head(opened, head, err);
	end_check(opened);
	if (rc != RC_OK) {
		store_close(opened);
		return rc;
	}
	*store = opened;
	return RC_OK;
}
