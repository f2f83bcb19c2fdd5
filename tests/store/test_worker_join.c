/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the worker finds at a path while the drive below it comes and goes. */
#include "config.h"

#include "store/replica_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/store/worker_parts.h"
#include "nucleo/sync/folder.h"

/* A folder in which the log cannot be seen at first, as while a drive is being mounted. */
static struct {
	struct drive_ops ops;
	enum drive_result (*read)(struct drive *drive, const char *name, size_t limit,
				  struct strbuf *out, struct error *err);
	int blind; /* so many times */
} coming;

static enum drive_result read_once_there(struct drive *drive, const char *name, size_t limit,
					 struct strbuf *out, struct error *err)
{
	if (strcmp(name, "FORMAT") == 0 && coming.blind > 0) {
		coming.blind--;
		return DRIVE_ABSENT;
	}
	return coming.read(drive, name, limit, out, err);
}

static struct worker worker_at(const char *path, int blind)
{
	static struct channel channel = {.fd = -1};
	struct worker worker = {.channel = &channel, .lock = -1};
	share_place_init(&worker.place, path);
	char *lock = share_place_file(&worker.place, "lock");
	assert_done(file_make_parent(lock, err));
	free(lock);
	worker.log = folder_open(worker.place.log);
	worker.beside = folder_open_beside(worker.place.log);
	coming.blind = blind;
	coming.ops = *worker.log->ops;
	coming.read = coming.ops.read;
	coming.ops.read = read_once_there;
	worker.log->ops = &coming.ops;
	return worker;
}

static void release(struct worker *worker)
{
	store_close(worker->replica);
	folder_tidy(worker->log);
	folder_close(worker->log);
	folder_close(worker->beside);
	turn_release(&worker->turn);
	share_place_release(&worker->place);
	free(worker->refusal);
}

static int set_up(void **state)
{
	if (folder_make(state) != 0)
		return -1;
	char *path = folder_path("state");
	setenv("XDG_STATE_HOME", path, 1);
	free(path);
	return 0;
}

/* Makes a database with a follow-up, and another one that waits in the queue. */
static char *make_database(void)
{
	char *path = folder_path("acta.db");
	struct worker worker = worker_at(path, 0);
	worker.flags = WORKER_CREATE;
	assert_done(worker_join(&worker, true, err));
	commit_followup(worker.replica, "publicada");
	assert_int_equal(run_rounds(worker.replica, worker.log).condition, SHARE_FINE);
	worker_publish(&worker);
	commit_followup(worker.replica, "en cola");
	release(&worker);
	return path;
}

/* As often as the drive does not say. */
static void join(struct worker *worker)
{
	struct error err = {.code = RC_OK};
	enum rc rc = RC_BUSY;
	for (int i = 0; i < 8 && rc == RC_BUSY; i++)
		rc = worker_join(worker, false, &err);
	if (rc != RC_OK)
		fail_msg("%s", err.text);
}

/* A machine that looks while the drive is being mounted must not take its database for one that
 * has no log yet, and put a copy of it where its replica is, with all that waits there. */
static void a_log_that_appears_late_is_joined(void **state)
{
	(void)state;
	for (int blind = 0; blind < 4; blind++) {
		char *path = make_database();
		struct worker worker = worker_at(path, blind);
		struct random_id before;
		assert_done(worker_open_current(&worker, err));
		before = worker.uuid;
		join(&worker);
		assert_string_equal(worker.uuid.hex, before.hex);
		assert_sound(worker.replica);
		assert_int_equal(replica_counts(worker.replica).waiting, 1);
		assert_int_equal(run_rounds(worker.replica, worker.log).condition, SHARE_FINE);
		assert_int_equal(replica_counts(worker.replica).waiting, 0);
		assert_int_equal(replica_head(worker.replica).number, 2);
		release(&worker);
		free(path);
		assert_int_equal(folder_remove(state), 0);
		assert_int_equal(set_up(state), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_log_that_appears_late_is_joined, set_up,
						folder_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
