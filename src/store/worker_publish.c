/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/store/history.h"
#include "nucleo/store/publication.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/worker_parts.h"

enum {
	PUBLISH_SHARE = 20, /* at most one part in so many of the time goes into that file */
	PUBLISH_PAUSE_MAX_MS = 10 * 60 * 1000,
	LINGER_MAX_MS = 30 * 1000, /* a worker outlives its program by so much at most */
	BASE_EVERY = 1024,	   /* operations, between two snapshots for first opens */
};

#define PUBLISH_AFTER "publish_after"
#define NOTICE "notice"

/*
 * When it may be written next is kept for the next command. The clock begins anew when the machine
 * does, and is then far below what was kept: that counts for nothing.
 */
static void remember_turn(struct worker *worker)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%lld", (long long)worker->publish_after);
	if (replica_remember(worker->replica, PUBLISH_AFTER, text.data, NULL) != RC_OK)
		worker->publish_after = 0;
	strbuf_release(&text);
}

void worker_recall_turn(struct worker *worker)
{
	struct strbuf text;
	int64_t latest = clock_monotonic_ms() + PUBLISH_PAUSE_MAX_MS;
	strbuf_init(&text);
	if (replica_recall(worker->replica, PUBLISH_AFTER, &text, NULL) == RC_OK)
		worker->publish_after = strtoll(text.data, NULL, 10);
	if (worker->publish_after > latest)
		worker->publish_after = 0;
	strbuf_release(&text);
}

/* It comes about when the program has ended, or is about to: somebody reads it the next time. */
void worker_keep_notice(struct worker *worker, const struct strbuf *notice)
{
	struct strbuf all;
	if (!notice->length)
		return;
	strbuf_init(&all);
	if (replica_recall(worker->replica, NOTICE, &all, NULL) == RC_OK) {
		strbuf_addf(&all, "%s%s", all.length ? "\n" : "", notice->data);
		if (replica_remember(worker->replica, NOTICE, all.data, NULL) != RC_OK)
			worker_send(worker, WORKER_NOTICE, 0, 0, notice->data);
	}
	strbuf_release(&all);
}

void worker_tell_kept_notice(struct worker *worker)
{
	struct strbuf all;
	strbuf_init(&all);
	if (replica_recall(worker->replica, NOTICE, &all, NULL) == RC_OK && all.length &&
	    replica_remember(worker->replica, NOTICE, NULL, NULL) == RC_OK)
		worker_send(worker, WORKER_NOTICE, 0, 0, all.data);
	strbuf_release(&all);
}

/* The folder may be another one by now, or a mount point without its drive. */
static bool is_log_there(struct worker *worker)
{
	struct log_format format;
	struct error err;
	return log_read_format(worker->log, &format, &err) == RC_OK &&
	       strcmp(format.uuid.hex, worker->uuid.hex) == 0;
}

void worker_publish(struct worker *worker)
{
	const struct publication publication = {
		.replica = worker->replica, .drive = worker->beside, .name = worker->place.name};
	struct strbuf notice;
	struct error err;
	int64_t before = clock_monotonic_ms();
	strbuf_init(&notice);
	if (is_log_there(worker) &&
	    publication_update(&publication, &notice, &err) == PUBLICATION_DONE)
		worker->is_unpublished = false;
	worker_keep_notice(worker, &notice);
	strbuf_release(&notice);
	int64_t now = clock_monotonic_ms();
	worker->publish_after = now + (now - before) * PUBLISH_SHARE;
	remember_turn(worker);
}

void worker_publish_again(struct worker *worker)
{
	struct error none;
	worker->is_unpublished = true;
	if (worker->replica && is_log_there(worker) &&
	    publication_replace(worker->replica, worker->beside, worker->place.name, &none) ==
		    PUBLICATION_DONE)
		worker->is_unpublished = false;
}

bool worker_may_write(const struct worker *worker)
{
	return !(worker->flags & WORKER_READ_ONLY) && !worker->refusal;
}

bool worker_is_time_to_publish(const struct worker *worker, int calm_ms)
{
	int64_t now = clock_monotonic_ms();
	return worker->is_unpublished && worker_may_write(worker) && worker->is_joined &&
	       now >= worker->publish_after && now >= worker->changed_at + calm_ms;
}

/* Whoever publishes a multiple makes the snapshot: one that fails is made at the next one. */
void worker_publish_base(struct worker *worker, int64_t before, int64_t after)
{
	struct error err;
	if (before / BASE_EVERY < after / BASE_EVERY)
		(void)publication_add_base(worker->replica, worker->log, &err);
}

/* The program has ended: what it did is on the drive. The file people see is brought up to date
 * when its turn comes, unless somebody else has done that by then. */
static void publish_late(struct worker *worker)
{
	int64_t left = worker->publish_after - clock_monotonic_ms();
	if (!worker->is_unpublished || !worker_may_write(worker) ||
	    left > LINGER_MAX_MS)
		return;
	if (left > 0)
		poll(NULL, 0, (int)left);
	if (worker_lock(worker, 0, NULL) != RC_OK)
		return;
	worker_publish(worker);
	worker_unlock(worker);
}

void worker_linger(struct worker *worker)
{
	if (!worker->replica)
		return;
	bool has_written = worker_has_written(worker);
	publish_late(worker);
	if (has_written)
		worker_back_up(worker);
}
