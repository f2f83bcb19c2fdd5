/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/publication.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/worker_parts.h"
#include "nucleo/sync/folder.h"
#include "nucleo/sync/place.h"

enum {
	POLL_MS = 1000,	      /* how often a drive is looked at that has not answered yet */
	LOCK_TRY_MS = 20,     /* how often another process of the user is waited for */
	LOCK_PATIENCE_MS = 8000,
	CALM_MS = 2000,	      /* without a change, before the file people see is written */
	PUBLISH_SHARE = 20,   /* at most one part in so many of the time goes into that */
	PUBLISH_PAUSE_MAX_MS = 10 * 60 * 1000,
	LINGER_MAX_MS = 30 * 1000, /* a worker outlives its program by so much at most */
};

#define PUBLISH_AFTER "publish_after"
#define NOTICE "notice"

void worker_send(struct worker *worker, enum worker_answer kind, int code, int64_t number,
		 const char *text)
{
	struct channel_message message = {.kind = kind, .code = code, .number = number};
	channel_set_text(&message, text);
	channel_send(worker->channel, &message);
}

bool worker_is_wanted(struct worker *worker)
{
	struct pollfd program = {.fd = worker->channel->fd, .events = POLLIN};
	return poll(&program, 1, 0) == 0 || !(program.revents & (POLLHUP | POLLERR));
}

/* ---- one process of a user at a time */

static enum rc open_lock(struct worker *worker, struct error *err)
{
	char *path = share_place_file(&worker->place, "lock");
	enum rc rc = file_make_parent(path, err);
	if (rc == RC_OK)
		worker->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (rc == RC_OK && worker->lock < 0)
		rc = error_set(err, RC_IO, _("no se puede escribir «%s»: %s"), path,
			       strerror(errno));
	free(path);
	return rc;
}

static enum rc lock(struct worker *worker, struct error *err)
{
	int64_t end = clock_monotonic_ms() + LOCK_PATIENCE_MS;
	enum rc rc = worker->lock < 0 ? open_lock(worker, err) : RC_OK;
	while (rc == RC_OK && flock(worker->lock, LOCK_EX | LOCK_NB) != 0) {
		if (clock_monotonic_ms() > end || !worker_is_wanted(worker))
			return error_set(err, RC_BUSY,
					 _("otro nucleo de este usuario está ocupado con «%s»"),
					 worker->place.called);
		poll(NULL, 0, LOCK_TRY_MS);
	}
	return rc;
}

static void unlock(struct worker *worker)
{
	flock(worker->lock, LOCK_UN);
}

/* ---- the file people see */

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

static void recall_turn(struct worker *worker)
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
static void keep_notice(struct worker *worker, const struct strbuf *notice)
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

static void tell_kept_notice(struct worker *worker)
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
	keep_notice(worker, &notice);
	strbuf_release(&notice);
	int64_t now = clock_monotonic_ms();
	worker->publish_after = now + (now - before) * PUBLISH_SHARE;
	remember_turn(worker);
}

static bool may_write(const struct worker *worker)
{
	return !(worker->flags & WORKER_READ_ONLY) && !worker->refusal;
}

static bool is_time_to_publish(const struct worker *worker, int calm_ms)
{
	int64_t now = clock_monotonic_ms();
	return worker->is_unpublished && may_write(worker) && worker->is_joined &&
	       now >= worker->publish_after && now >= worker->changed_at + calm_ms;
}

/* ---- rounds */

/* What is known after a round, of the drive and of the queue. */
struct outcome {
	struct share_report report;
	int64_t news;
};

static void away(struct outcome *outcome, const char *reason)
{
	outcome->report.condition = SHARE_AWAY;
	snprintf(outcome->report.reason, sizeof(outcome->report.reason), "%s", reason);
}

static void take_condition(struct outcome *outcome, enum rc rc, const char *reason)
{
	away(outcome, reason);
	if (rc == RC_REFUSED)
		outcome->report.condition = SHARE_NEWER;
	else if (rc == RC_INVALID || rc == RC_IO)
		outcome->report.condition = SHARE_DAMAGED;
}

/* A word from the last self-test spares another, and the look at what else is in the folder. */
static void recall_primitive(struct worker *worker)
{
	struct strbuf word;
	strbuf_init(&word);
	if (replica_recall(worker->replica, "primitive", &word, NULL) == RC_OK)
		(void)folder_set_primitive(worker->log, word.data);
	strbuf_release(&word);
}

static void self_test(struct worker *worker)
{
	struct error err;
	if (!may_write(worker) || folder_primitive(worker->log))
		return;
	enum rc rc = place_check(worker->place.log, &err);
	if (rc == RC_OK)
		rc = folder_self_test(worker->log, &err);
	if (rc == RC_REFUSED)
		worker->refusal = mem_strdup(err.text);
	if (rc == RC_OK && replica_remember(worker->replica, "primitive",
					    folder_primitive(worker->log), &err) != RC_OK)
		return; /* it is tested again the next time */
}

/* What waited for the log that was there before stays where it is. */
static void tell_left_behind(struct worker *worker, const struct pending_counts *counts,
			     const struct random_id *uuid)
{
	struct strbuf text;
	int64_t count = counts->waiting + counts->parked;
	if (!count)
		return;
	char *path = share_place_replica(&worker->place, uuid);
	strbuf_init(&text);
	strbuf_addf(&text,
		    ngettext("«%s» es ahora otra base: %lld cambio que esperaba en la anterior "
			     "queda en «%s»",
			     "«%s» es ahora otra base: %lld cambios que esperaban en la anterior "
			     "quedan en «%s»",
			     (unsigned long)count),
		    worker->place.called, (long long)count, path);
	worker_send(worker, WORKER_NOTICE, 0, 0, text.data);
	strbuf_release(&text);
	free(path);
}

static enum rc join(struct worker *worker, bool is_new, struct outcome *outcome, struct error *err)
{
	struct pending_counts counts = {0};
	bool had_one = worker->replica != NULL;
	const struct random_id uuid = worker->uuid;
	if (had_one && pending_count(worker->replica, &counts, err) != RC_OK)
		return err->code;
	enum rc rc = worker_join(worker, is_new, err);
	if (rc != RC_OK)
		return rc;
	worker->is_joined = worker->check_head = true;
	worker->poll_ms = place_of(worker->place.log).poll_ms;
	if (had_one && strcmp(uuid.hex, worker->uuid.hex) != 0) {
		outcome->news |= WORKER_OTHER_LOG;
		tell_left_behind(worker, &counts, &uuid);
	}
	recall_primitive(worker);
	recall_turn(worker);
	return RC_OK;
}

static void add_report(struct outcome *outcome, const struct share_report *report)
{
	int64_t requeued = outcome->report.requeued + report->requeued;
	if (report->received || report->published || report->requeued)
		outcome->news |= WORKER_MOVED;
	outcome->report = *report;
	outcome->report.requeued = requeued;
}

static void note_change(struct worker *worker, const struct share_report *report)
{
	if (!report->received && !report->published)
		return;
	worker->is_unpublished = true;
	worker->changed_at = clock_monotonic_ms();
}

static void run_rounds(struct worker *worker, struct outcome *outcome)
{
	struct share_report report;
	struct error err;
	do {
		const struct share_round round = {.replica = worker->replica,
						  .drive = worker->log,
						  .log = &worker->uuid,
						  .turn = &worker->turn,
						  .read_only = !may_write(worker),
						  .check_head = worker->check_head};
		enum rc rc = share_run(&round, &report, &err);
		if (rc != RC_OK) {
			take_condition(outcome, rc, err.text);
			return;
		}
		worker->check_head = report.condition != SHARE_FINE;
		worker->is_joined &= !report.is_other_log;
		add_report(outcome, &report);
		note_change(worker, &report);
		if (report.has_more)
			worker_send(worker, WORKER_PROGRESS, 0, report.received + report.published,
				    "");
		if (report.wait_ms)
			poll(NULL, 0, (int)report.wait_ms);
	} while (report.has_more && worker_is_wanted(worker));
}

static void tell_requeued(struct worker *worker, const struct outcome *outcome)
{
	struct strbuf text;
	if (!outcome->report.requeued)
		return;
	strbuf_init(&text);
	strbuf_addf(&text,
		    ngettext("el disco perdió %lld operación que esta copia tenía: se volvió a "
			     "publicar después de lo que hizo el grupo",
			     "el disco perdió %lld operaciones que esta copia tenía: se volvieron "
			     "a publicar después de lo que hizo el grupo",
			     (unsigned long)outcome->report.requeued),
		    (long long)outcome->report.requeued);
	worker_send(worker, WORKER_NOTICE, 0, 0, text.data);
	strbuf_release(&text);
}

static void explain_read_only(const struct worker *worker, struct outcome *outcome)
{
	if (outcome->report.condition != SHARE_FINE)
		return;
	if (may_write(worker)) {
		outcome->news |= WORKER_WRITES;
		return;
	}
	outcome->report.condition = SHARE_READ_ONLY;
	snprintf(outcome->report.reason, sizeof(outcome->report.reason), "%s",
		 worker->refusal ? worker->refusal : "");
}

/* Joins first where the log was not seen yet. A database without log has no rounds. */
static void work(struct worker *worker, struct outcome *outcome)
{
	struct error err;
	enum rc rc = worker->is_joined ? RC_OK : join(worker, false, outcome, &err);
	if (rc != RC_OK) {
		take_condition(outcome, rc == RC_NOT_FOUND ? RC_BUSY : rc, err.text);
		return;
	}
	if (!worker->is_alone) {
		self_test(worker);
		run_rounds(worker, outcome);
		tell_requeued(worker, outcome);
	}
	explain_read_only(worker, outcome);
}

static void do_rounds(struct worker *worker, struct outcome *outcome)
{
	struct error err;
	*outcome = (struct outcome){.report.condition = SHARE_FINE};
	atomic_store(&worker->channel->pulse->busy_since, clock_monotonic_ms());
	if (lock(worker, &err) == RC_OK) {
		work(worker, outcome);
		unlock(worker);
	} else {
		away(outcome, err.text);
	}
	atomic_store(&worker->channel->pulse->busy_since, 0);
}

/* ---- requests */

static void answer_state(struct worker *worker, const struct outcome *outcome, int64_t serial)
{
	struct channel_message message = {.kind = WORKER_STATE,
					  .code = (int32_t)outcome->report.condition,
					  .serial = serial,
					  .number = outcome->news};
	channel_set_text(&message, outcome->report.reason);
	channel_send(worker->channel, &message);
}

/* Another path may be tried after one that could not be opened. */
static void worker_release(struct worker *worker)
{
	store_close(worker->replica);
	if (worker->log) {
		turn_end(&worker->turn, worker->log);
		folder_tidy_own(worker->log);
		folder_tidy_own(worker->beside);
	}
	folder_close(worker->log);
	folder_close(worker->beside);
	turn_release(&worker->turn);
	share_place_release(&worker->place);
	free(worker->refusal);
	if (worker->lock >= 0)
		close(worker->lock);
	*worker = (struct worker){.channel = worker->channel, .lock = -1};
}

static enum rc open_first(struct worker *worker, struct error *err)
{
	struct outcome outcome = {.report.condition = SHARE_FINE};
	bool is_new = worker->flags & WORKER_CREATE;
	enum rc rc = is_new ? RC_OK : worker_check_exists(worker, err);
	if (rc == RC_OK)
		rc = lock(worker, err);
	if (rc != RC_OK)
		return rc;
	rc = join(worker, is_new, &outcome, err);
	unlock(worker);
	return rc;
}

static enum rc open_replica(struct worker *worker, struct error *err)
{
	struct error none;
	if (!(worker->flags & WORKER_CREATE) && worker_open_current(worker, &none) == RC_OK)
		return RC_OK;
	return open_first(worker, err);
}

static void open_database(struct worker *worker, const struct channel_message *request)
{
	struct error err = {.code = RC_OK};
	worker_release(worker);
	worker->flags = request->code;
	share_place_init(&worker->place, request->text);
	worker->log = folder_open(worker->place.log);
	worker->beside = folder_open_beside(worker->place.log);
	atomic_store(&worker->channel->pulse->busy_since, clock_monotonic_ms());
	enum rc rc = open_replica(worker, &err);
	atomic_store(&worker->channel->pulse->busy_since, 0);
	worker_send(worker, WORKER_OPENED, (int)rc, 0, rc == RC_OK ? worker->uuid.hex : err.text);
}

static void finish(struct worker *worker)
{
	if (is_time_to_publish(worker, 0))
		worker_publish(worker);
}

static void republish(struct worker *worker)
{
	struct share_report report;
	struct error err;
	const struct share_round round = {
		.replica = worker->replica, .drive = worker->log, .log = &worker->uuid};
	if (worker->is_joined && may_write(worker) && lock(worker, &err) == RC_OK) {
		if (share_publish_again(&round, &report, &err) == RC_OK)
			note_change(worker, &report);
		unlock(worker);
	}
	worker->check_head = true;
}

static void handle(struct worker *worker, const struct channel_message *request,
		   struct outcome *last)
{
	if (request->kind == WORKER_OPEN && !worker->replica)
		open_database(worker, request);
	if (request->kind == WORKER_OPEN || !worker->replica)
		return;
	if (request->kind == WORKER_REPUBLISH)
		republish(worker);
	do_rounds(worker, last);
	if (request->kind == WORKER_FINISH)
		finish(worker);
	else
		tell_kept_notice(worker);
	answer_state(worker, last, request->serial);
}

static bool is_news(const struct outcome *now, const struct outcome *last)
{
	return now->news != last->news || (now->news & (WORKER_MOVED | WORKER_OTHER_LOG)) ||
	       now->report.condition != last->report.condition ||
	       strcmp(now->report.reason, last->report.reason) != 0;
}

/* By itself: a round, and what has time. */
static void look(struct worker *worker, struct outcome *last)
{
	struct outcome now;
	do_rounds(worker, &now);
	if (store_has_changed(worker->replica))
		now.news |= WORKER_MOVED;
	if (is_news(&now, last))
		answer_state(worker, &now, 0);
	*last = now;
	if (!is_time_to_publish(worker, CALM_MS))
		return;
	worker_publish(worker);
	tell_kept_notice(worker);
	replica_checkpoint(worker->replica);
	folder_tidy(worker->log);
	folder_tidy_own(worker->beside);
}

static int poll_ms(const struct worker *worker)
{
	return worker->poll_ms ? worker->poll_ms : POLL_MS;
}

/* The program has ended: what it did is on the drive. The file people see is brought up to date
 * when its turn comes, unless somebody else has done that by then. */
static void linger(struct worker *worker)
{
	int64_t left = worker->publish_after - clock_monotonic_ms();
	if (!worker->replica || !worker->is_unpublished || !may_write(worker) ||
	    left > LINGER_MAX_MS)
		return;
	if (left > 0)
		poll(NULL, 0, (int)left);
	if (flock(worker->lock, LOCK_EX | LOCK_NB) != 0)
		return;
	worker_publish(worker);
	unlock(worker);
}

void worker_run(struct channel *channel)
{
	struct worker worker = {.channel = channel, .lock = -1};
	struct outcome last = {.report.condition = SHARE_FINE};
	struct channel_message request;
	for (;;) {
		bool by_itself = worker.replica && worker.flags & WORKER_SCREEN;
		switch (channel_receive(channel, by_itself ? poll_ms(&worker) : -1, &request)) {
		case CHANNEL_MESSAGE:
			handle(&worker, &request, &last);
			break;
		case CHANNEL_TIMEOUT:
			look(&worker, &last);
			break;
		case CHANNEL_CLOSED:
			channel_close(channel, 0);
			linger(&worker);
			worker_release(&worker);
			return;
		}
	}
}
