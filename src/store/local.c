/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/digest.h"
#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/local_parts.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/side_file.h"

/*
 * FULL: what was typed shall survive a power cut. WAL waits for the disk once where a
 * journal file waits three times, and as the replica beside it the file is on a local disk.
 */
static const struct side_file local_file = {
	.application_id = "1316315980", /* "NucL" */
	.version = "1",
	.settings = "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL;"
		    "PRAGMA synchronous = FULL;"
		    "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY",
	.tables = "CREATE TABLE draft (id INTEGER PRIMARY KEY, holder INTEGER NOT NULL,"
		  " kind TEXT NOT NULL, key INTEGER NOT NULL, title TEXT NOT NULL,"
		  " at TEXT NOT NULL);"
		  "CREATE TABLE draft_text (draft INTEGER NOT NULL, place INTEGER NOT NULL,"
		  " name TEXT NOT NULL, was TEXT NOT NULL, text TEXT NOT NULL,"
		  " PRIMARY KEY (draft, place)) WITHOUT ROWID;",
	.names = "'draft', 'draft_text'",
	.count = "2",
	/* A person is typing: better to try again a second later. */
	.wait_ms = 200,
};

/* ---- who is there */

/*
 * Every program locks the byte of its own number, in a file beside. The kernel ends the lock
 * with the program, whatever that dies of, and no number comes twice, as a process id does.
 * Byte 0 is for whoever opens the file.
 */
static int lock_byte(int fd, int command, int64_t byte, short type)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
	int result;
	do
		result = fcntl(fd, command, &lock);
	while (result != 0 && errno == EINTR);
	if (result != 0)
		return -1;
	return lock.l_type;
}

bool local_is_held(const struct local *local, int64_t holder)
{
	if (holder == local->holder)
		return true;
	int type = holder > 0 ? lock_byte(local->holders, F_OFD_GETLK, holder, F_WRLCK) : -1;
	return type == F_WRLCK;
}

static enum rc hold(struct local *local, struct error *err)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s-holders", local->path);
	enum rc rc = file_make_parent(path.data, err);
	if (rc == RC_OK) {
		local->holders = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (local->holders < 0 ||
		    lock_byte(local->holders, F_OFD_SETLK, local->holder, F_WRLCK) < 0)
			rc = error_set(err, RC_IO, _("no se puede escribir en «%s»: %s"), path.data,
				       strerror(errno));
	}
	strbuf_release(&path);
	return rc;
}

/* ---- the file */

static void set_aside(struct local *local)
{
	struct strbuf other;
	strbuf_init(&other);
	strbuf_addf(&other, "%s.damaged-", local->path);
	clock_add_utc(&other);
	if (replica_move(local->path, other.data))
		strbuf_addf(&local->notice,
			    _("Lo que quedó sin guardar en esta máquina no se puede leer: el "
			      "archivo quedó aparte, como «%s»."),
			    other.data);
	strbuf_release(&other);
}

/* Few pages: reading them all takes less than drawing a screen. */
static enum rc check_pages(struct store *store, struct error *err)
{
	struct query query;
	query_begin_text(&query, store, "PRAGMA quick_check(1)");
	const char *answer = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	bool is_sound = answer && strcmp(answer, "ok") == 0;
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK ? !is_sound : side_file_is_damaged(store))
		rc = error_set(err, RC_INVALID, "%s", store->path);
	return rc;
}

static enum rc open_checked(struct local *local, struct error *err)
{
	enum rc rc = side_file_open(&local_file, local->path, &local->store, err);
	if (rc == RC_OK)
		rc = check_pages(local->store, err);
	if (rc != RC_OK) {
		store_close(local->store);
		local->store = NULL;
	}
	return rc;
}

/* What cannot be read for want of space or rights is left as it is: it may be sound. */
static enum rc open_file(struct local *local, struct error *err)
{
	/* Two programs that find the same damage must not set the new file aside as well. */
	lock_byte(local->holders, F_OFD_SETLKW, 0, F_WRLCK);
	enum rc rc = open_checked(local, err);
	if (rc == RC_INVALID) {
		set_aside(local);
		rc = open_checked(local, err);
	}
	lock_byte(local->holders, F_OFD_SETLK, 0, F_UNLCK);
	return rc;
}

enum rc local_open(const char *path, struct local **local, struct error *err)
{
	struct local *opened = mem_alloc_zero(1, sizeof(*opened));
	opened->path = mem_strdup(path);
	opened->holders = -1;
	opened->holder = random_key();
	strbuf_init(&opened->notice);
	enum rc rc = hold(opened, err);
	if (rc == RC_OK)
		rc = open_file(opened, err);
	if (rc == RC_OK)
		*local = opened;
	else
		local_close(opened);
	return rc;
}

void local_close(struct local *local)
{
	if (!local)
		return;
	store_close(local->store);
	if (local->holders >= 0)
		close(local->holders);
	strbuf_release(&local->notice);
	free(local->path);
	free(local);
}

void local_take_notice(struct local *local, struct strbuf *out)
{
	strbuf_add(out, local->notice.data, local->notice.length);
	strbuf_reset(&local->notice);
}

/* Whether it is damage is known until the next statement, which is what takes the work back. */
static enum rc in_transaction(struct local *local, local_work *work, void *context,
			      bool *is_damaged, struct error *err)
{
	enum rc rc = transaction_begin_write(local->store, err);
	*is_damaged = rc != RC_OK && side_file_is_damaged(local->store);
	if (rc != RC_OK)
		return rc;
	rc = work(local, context, err);
	*is_damaged = rc != RC_OK && side_file_is_damaged(local->store);
	return transaction_end(local->store, rc, err);
}

enum rc local_with_file(struct local *local, local_work *work, void *context, struct error *err)
{
	bool is_damaged = false;
	enum rc rc = local->store ? RC_OK : open_file(local, err);
	if (rc == RC_OK)
		rc = in_transaction(local, work, context, &is_damaged, err);
	if (!is_damaged)
		return rc;
	store_close(local->store);
	local->store = NULL;
	rc = open_file(local, err);
	return rc == RC_OK ? in_transaction(local, work, context, &is_damaged, err) : rc;
}
