/* SPDX-License-Identifier: GPL-3.0-or-later */
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
#include "nucleo/store/connection.h"
#include "nucleo/store/health.h"
#include "nucleo/store/history.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/worker_parts.h"
#include "nucleo/sync/folder.h"
#include "nucleo/sync/place.h"

enum { LOCK_TRY_MS = 20 /* how often another process of the user is waited for */ };

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

enum rc worker_lock(struct worker *worker, int patience_ms, struct error *err)
{
	int64_t end = clock_monotonic_ms() + patience_ms;
	enum rc rc = worker->lock < 0 ? open_lock(worker, err) : RC_OK;
	while (rc == RC_OK && flock(worker->lock, LOCK_EX | LOCK_NB) != 0) {
		if (clock_monotonic_ms() >= end || !worker_is_wanted(worker))
			return error_set(err, RC_BUSY,
					 _("otro nucleo de este usuario está ocupado con «%s»"),
					 worker->place.called);
		poll(NULL, 0, LOCK_TRY_MS);
	}
	return rc;
}

void worker_unlock(struct worker *worker)
{
	flock(worker->lock, LOCK_UN);
}

/* ---- rounds */

static void away(struct worker_outcome *outcome, const char *reason)
{
	outcome->report.condition = SHARE_AWAY;
	snprintf(outcome->report.reason, sizeof(outcome->report.reason), "%s", reason);
}

static void take_condition(struct worker_outcome *outcome, enum rc rc, const char *reason)
{
	away(outcome, reason);
	if (rc == RC_REFUSED)
		outcome->report.condition = SHARE_NEWER;
	else if (rc == RC_INVALID || rc == RC_IO)
		outcome->report.condition = SHARE_DAMAGED;
}

static void take_failure(const struct worker *worker, struct worker_outcome *outcome, enum rc rc,
			 const char *reason)
{
	take_condition(outcome, rc, reason);
	if (store_is_damaged(worker->replica))
		outcome->report.condition = SHARE_COPY_DAMAGED;
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
	if (!worker_may_write(worker) || folder_primitive(worker->log))
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

/* For whoever polls or has something waiting: a command that only reads wants none of it. */
static void learn_place(struct worker *worker)
{
	if (worker->poll_ms)
		return;
	const struct place place = place_of(worker->place.log);
	worker->poll_ms = place.poll_ms;
	worker->is_far = place.kind == PLACE_NETWORK;
}

enum rc worker_join_log(struct worker *worker, bool is_new, struct worker_outcome *outcome,
			struct error *err)
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
	if (worker->flags & WORKER_SCREEN)
		learn_place(worker);
	if (had_one && strcmp(uuid.hex, worker->uuid.hex) != 0) {
		outcome->news |= WORKER_OTHER_LOG;
		tell_left_behind(worker, &counts, &uuid);
	}
	recall_primitive(worker);
	worker_recall_turn(worker);
	return RC_OK;
}

static void add_report(struct worker_outcome *outcome, const struct share_report *report)
{
	int64_t requeued = outcome->report.requeued + report->requeued;
	if (report->received || report->published || report->requeued)
		outcome->news |= WORKER_MOVED;
	outcome->report = *report;
	outcome->report.requeued = requeued;
}

void worker_note_change(struct worker *worker, const struct share_report *report)
{
	if (!report->received && !report->published)
		return;
	worker->is_unpublished = true;
	worker->has_published |= report->published > 0;
	worker->changed_at = clock_monotonic_ms();
}

/* A file open on a disk of this machine would only be in the way of whoever ejects it. */
void worker_prepare(struct worker *worker)
{
	learn_place(worker);
	if (worker->is_far && worker_may_write(worker))
		folder_prepare(worker->log);
}

/* Before the look at what others did: the shorter it is from there to the put, the fewer puts are
 * lost to them. */
static void prepare_for_waiting(struct worker *worker)
{
	struct pending_counts counts;
	if (pending_count(worker->replica, &counts, NULL) == RC_OK && counts.waiting)
		worker_prepare(worker);
}

static void run_rounds(struct worker *worker, struct worker_outcome *outcome)
{
	struct share_report report;
	struct log_head before = log_head_none(), after = log_head_none();
	struct error err;
	bool is_known = history_head(worker->replica, &before, NULL) == RC_OK;
	do {
		const struct share_round round = {.replica = worker->replica,
						  .drive = worker->log,
						  .log = &worker->uuid,
						  .turn = &worker->turn,
						  .read_only = !worker_may_write(worker),
						  .check_head = worker->check_head};
		prepare_for_waiting(worker);
		enum rc rc = share_run(&round, &report, &err);
		if (rc != RC_OK) {
			take_failure(worker, outcome, rc, err.text);
			return;
		}
		worker->check_head = report.condition != SHARE_FINE;
		worker->is_joined &= !report.is_other_log;
		add_report(outcome, &report);
		worker_note_change(worker, &report);
		if (report.has_more)
			worker_tell_progress(worker);
		if (report.wait_ms)
			poll(NULL, 0, (int)report.wait_ms);
	} while (report.has_more && worker_is_wanted(worker));
	if (is_known && report.published && history_head(worker->replica, &after, NULL) == RC_OK)
		worker_publish_base(worker, before.number, after.number);
}

static void tell_requeued(struct worker *worker, const struct worker_outcome *outcome)
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

static void explain_read_only(const struct worker *worker, struct worker_outcome *outcome)
{
	if (outcome->report.condition != SHARE_FINE)
		return;
	if (worker_may_write(worker)) {
		outcome->news |= WORKER_WRITES;
		return;
	}
	outcome->report.condition = SHARE_READ_ONLY;
	snprintf(outcome->report.reason, sizeof(outcome->report.reason), "%s",
		 worker->refusal ? worker->refusal : "");
}

/* Joins first where the log was not seen yet. A database without log has no rounds. */
static void work(struct worker *worker, struct worker_outcome *outcome)
{
	struct error err;
	/* Another process of the user may have made it anew. */
	worker->is_joined = worker->is_joined && worker->replica &&
			    !store_has_moved(worker->replica);
	enum rc rc = worker->is_joined ? RC_OK : worker_join_log(worker, false, outcome, &err);
	if (worker->is_replaced)
		outcome->news |= WORKER_REPLACED | WORKER_MOVED;
	worker->is_replaced = false;
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

void worker_do_rounds(struct worker *worker, struct worker_outcome *outcome)
{
	struct error err;
	*outcome = (struct worker_outcome){.report.condition = SHARE_FINE};
	atomic_store(&worker->channel->pulse->busy_since, clock_monotonic_ms());
	if (worker_lock(worker, WORKER_LOCK_PATIENCE_MS, &err) == RC_OK) {
		work(worker, outcome);
		worker_unlock(worker);
	} else {
		away(outcome, err.text);
	}
	atomic_store(&worker->channel->pulse->busy_since, 0);
}
