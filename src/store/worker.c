/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/worker.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/upgrade.h"
#include "nucleo/store/worker_parts.h"
#include "nucleo/sync/folder.h"

enum {
	POLL_MS = 1000, /* how often a drive is looked at that has not answered yet */
	PROGRESS_MS = 300,
	CLOCK_TOLERANCE_S = 5 * 60,
	BACKUP_MS = 5000, /* after the opening, before the backup of the day is seen to */
	HEAD_MS = 5000,   /* between two looks whether the drive still has what it had */
	CALM_MS = 2000, /* without a change, before the file people see is written */
};

void worker_send(struct worker *worker, enum worker_answer kind, int code, int64_t number,
		 const char *text)
{
	struct channel_message message = {.kind = (int32_t)kind, .code = code, .number = number};
	channel_set_text(&message, text);
	channel_send(worker->channel, &message);
}

void worker_tell_progress(struct worker *worker)
{
	int64_t now = clock_monotonic_ms();
	if (now < worker->progress_at + PROGRESS_MS)
		return;
	worker->progress_at = now;
	worker_send(worker, WORKER_PROGRESS, 0, 0, "");
}

bool worker_is_wanted(struct worker *worker)
{
	struct pollfd program = {.fd = worker->channel->fd, .events = POLLIN};
	return poll(&program, 1, 0) == 0 || !(program.revents & (POLLHUP | POLLERR));
}

/* ---- requests */

static void answer_state(struct worker *worker, const struct worker_outcome *outcome,
			 int64_t serial)
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
	worker_leave(worker);
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
	free(worker->actor);
	free(worker->post);
	free(worker->screen);
	free(worker->people);
	if (worker->lock >= 0)
		close(worker->lock);
	*worker = (struct worker){.channel = worker->channel, .lock = -1};
}

static enum rc open_first(struct worker *worker, struct error *err)
{
	struct worker_outcome outcome = {.report.condition = SHARE_FINE};
	bool is_new = worker->flags & WORKER_CREATE;
	enum rc rc = is_new ? RC_OK : worker_check_exists(worker, err);
	if (rc == RC_OK)
		rc = worker_lock(worker, WORKER_LOCK_PATIENCE_MS, err);
	if (rc != RC_OK)
		return rc;
	rc = worker_join_log(worker, is_new, &outcome, err);
	worker_unlock(worker);
	return rc;
}

static enum rc open_replica(struct worker *worker, struct error *err)
{
	struct error none;
	if (!(worker->flags & WORKER_CREATE) && worker_open_current(worker, &none) == RC_OK)
		return RC_OK;
	return open_first(worker, err);
}

static void note_opening(struct worker *worker)
{
	struct strbuf now;
	strbuf_init(&now);
	clock_add_utc(&now);
	snprintf(worker->since, sizeof(worker->since), "%s", now.data);
	strbuf_release(&now);
	worker->opened_at = clock_monotonic_ms();
}

static void tell_moved(void *context)
{
	worker_tell_progress(context);
}

/* `text` is who acts, a line feed and the path. */
static void set_place(struct worker *worker, const char *text, int flags)
{
	worker_release(worker);
	const char *path = strchr(text, '\n');
	worker->flags = flags;
	worker->actor = mem_strndup(text, path ? (size_t)(path - text) : 0);
	note_opening(worker);
	share_place_init(&worker->place, path ? path + 1 : "");
	worker->log = folder_open(worker->place.log);
	worker->beside = folder_open_beside(worker->place.log);
	worker->log->moved = worker->beside->moved = tell_moved;
	worker->log->moved_context = worker->beside->moved_context = worker;
}

static void open_database(struct worker *worker, const struct channel_message *request)
{
	struct error err = {.code = RC_OK};
	set_place(worker, request->text, request->code);
	atomic_store(&worker->channel->pulse->busy_since, clock_monotonic_ms());
	enum rc rc = open_replica(worker, &err);
	atomic_store(&worker->channel->pulse->busy_since, 0);
	worker_send(worker, WORKER_OPENED, (int)rc, 0, rc == RC_OK ? worker->uuid.hex : err.text);
}

static void republish(struct worker *worker)
{
	struct share_report report;
	struct error err;
	const struct share_round round = {
		.replica = worker->replica, .drive = worker->log, .log = &worker->uuid};
	if (worker->is_joined && worker_may_write(worker) &&
	    worker_lock(worker, WORKER_LOCK_PATIENCE_MS, &err) == RC_OK) {
		if (share_publish_again(&round, &report, &err) == RC_OK)
			worker_note_change(worker, &report);
		worker_unlock(worker);
	}
	worker->check_head = true;
}

static enum rc run_upgrade(struct worker *worker, const char *by, struct error *err)
{
	const struct share_round round = {.replica = worker->replica,
					  .drive = worker->log,
					  .turn = &worker->turn,
					  .check_head = true};
	bool is_done = false;
	enum rc rc = RC_OK;
	while (rc == RC_OK && !is_done && worker_is_wanted(worker)) {
		rc = upgrade_step(&round, by, &is_done, err);
		worker_send(worker, WORKER_PROGRESS, 0, 0, "");
	}
	worker_note_change(worker, &(const struct share_report){.published = 1});
	return rc;
}

/* After a round: what waits is published before, as it was made. */
static void upgrade(struct worker *worker, const struct channel_message *request,
		    struct worker_outcome *last)
{
	struct error err = {.code = RC_OK};
	enum rc rc = RC_OK;
	worker_do_rounds(worker, last);
	const struct share_report *report = &last->report;
	if (report->condition != SHARE_FINE)
		rc = error_set(&err, report->condition == SHARE_AWAY ? RC_BUSY : RC_REFUSED, "%s",
			       report->reason);
	else
		rc = worker_lock(worker, WORKER_LOCK_PATIENCE_MS, &err);
	if (rc == RC_OK) {
		rc = run_upgrade(worker, request->text, &err);
		worker_unlock(worker);
	}
	if (rc == RC_BUSY)
		error_prefix(&err, _("la base no se actualizó; repita «nucleo upgrade» más tarde"));
	else if (rc != RC_OK)
		error_prefix(&err, _("la base no se actualizó"));
	worker_send(worker, WORKER_UPGRADED, (int)rc, 0, err.text);
}

static void repair(struct worker *worker)
{
	struct error err = {.code = RC_OK};
	enum rc rc = worker_lock(worker, WORKER_LOCK_PATIENCE_MS, &err);
	if (rc == RC_OK) {
		atomic_store(&worker->channel->pulse->busy_since, clock_monotonic_ms());
		rc = worker_make_anew(worker, &err);
		worker_unlock(worker);
	}
	if (rc != RC_OK)
		error_prefix(&err, _("la copia de esta máquina sigue como estaba"));
	worker_send(worker, WORKER_REPAIRED, (int)rc, 0, err.text);
}

static enum rc run_restore(struct worker *worker, const char *name, char *stamp, struct error *err)
{
	atomic_store(&worker->channel->pulse->busy_since, clock_monotonic_ms());
	enum rc rc = worker_lock(worker, WORKER_LOCK_PATIENCE_MS, err);
	if (rc == RC_OK) {
		rc = worker_restore(worker, name, stamp, err);
		worker_unlock(worker);
	}
	atomic_store(&worker->channel->pulse->busy_since, 0);
	return rc;
}

/* The file people see comes at once: that of before is no longer under its name. */
static void restore(struct worker *worker, const struct channel_message *request,
		    struct worker_outcome *last)
{
	struct error err = {.code = RC_OK};
	char stamp[WORKER_STAMP_SIZE] = "";
	struct strbuf who, name;
	size_t actor = strcspn(request->text, "\n");
	const char *rest = request->text + actor + (request->text[actor] != '\0');
	size_t length = strcspn(rest, "\n");
	strbuf_init(&who);
	strbuf_init(&name);
	strbuf_add(&name, rest, length);
	strbuf_addf(&who, "%.*s%s", (int)actor, request->text, rest + length);
	set_place(worker, who.data, 0);
	enum rc rc = run_restore(worker, name.data, stamp, &err);
	if (rc == RC_OK) {
		worker_do_rounds(worker, last);
		worker_publish_again(worker);
	} else {
		error_prefix(&err, _("no se restauró nada"));
	}
	worker_send(worker, WORKER_RESTORED, (int)rc, 0, rc == RC_OK ? stamp : err.text);
	strbuf_release(&name);
	strbuf_release(&who);
}

static void handle(struct worker *worker, const struct channel_message *request,
		   struct worker_outcome *last)
{
	if (request->kind == WORKER_RESTORE) {
		restore(worker, request, last);
		return;
	}
	if (request->kind == WORKER_OPEN && !worker->replica)
		open_database(worker, request);
	if (request->kind == WORKER_PERSON)
		worker_note_person(worker, request->text);
	if (request->kind == WORKER_OPEN || request->kind == WORKER_PERSON || !worker->replica)
		return;
	if (request->kind == WORKER_REPUBLISH)
		republish(worker);
	if (request->kind == WORKER_UPGRADE)
		upgrade(worker, request, last);
	if (request->kind == WORKER_CHECK)
		worker_check(worker, request);
	if (request->kind == WORKER_REPAIR)
		repair(worker);
	worker_do_rounds(worker, last);
	if (request->kind == WORKER_LOOK)
		worker_look_at_people(worker);
	if (request->kind == WORKER_BACKUP)
		worker_back_up_to(worker, request->text, last->report.condition);
	if (request->kind != WORKER_FINISH)
		worker_tell_kept_notice(worker);
	else if (worker_is_time_to_publish(worker, 0))
		worker_publish(worker);
	answer_state(worker, last, request->serial);
}

static bool is_news(const struct worker_outcome *now, const struct worker_outcome *last)
{
	const int64_t once = WORKER_MOVED | WORKER_OTHER_LOG | WORKER_REPLACED;
	return now->news != last->news || (now->news & once) ||
	       now->report.condition != last->report.condition ||
	       strcmp(now->report.reason, last->report.reason) != 0;
}

/* The history says when, by the clock of whoever wrote: one that is wrong is told once. */
static void look_at_clock(struct worker *worker)
{
	int64_t ahead;
	struct strbuf notice;
	if (worker->has_looked_at_clock || !folder_clock_ahead(worker->log, &ahead))
		return;
	worker->has_looked_at_clock = true;
	if (ahead > -CLOCK_TOLERANCE_S && ahead < CLOCK_TOLERANCE_S)
		return;
	strbuf_init(&notice);
	strbuf_addf(&notice,
		    ahead > 0 ? _("el reloj de esta máquina adelanta %lld minutos al del disco: "
				  "corríjalo, o el historial dirá horas falsas")
			      : _("el reloj de esta máquina va %lld minutos atrás del reloj del "
				  "disco: corríjalo, o el historial dirá horas falsas"),
		    (long long)(ahead > 0 ? ahead : -ahead) / 60);
	worker_send(worker, WORKER_NOTICE, 0, 0, notice.data);
	strbuf_release(&notice);
}

/* By itself: a round, and what has time. */
static void look(struct worker *worker, struct worker_outcome *last)
{
	struct worker_outcome now;
	int64_t moment = clock_monotonic_ms();
	if (moment > worker->head_seen_at + HEAD_MS) {
		worker->check_head = true;
		worker->head_seen_at = moment;
	}
	worker_do_rounds(worker, &now);
	if (store_has_changed(worker->replica))
		now.news |= WORKER_MOVED;
	if (is_news(&now, last))
		answer_state(worker, &now, 0);
	*last = now;
	worker_meet(worker);
	if (worker->has_published && now.report.condition == SHARE_FINE)
		worker_prepare(worker);
	if (clock_monotonic_ms() > worker->opened_at + BACKUP_MS) {
		worker_back_up(worker);
		worker_tell_kept_notice(worker);
	}
	if (!worker_is_time_to_publish(worker, CALM_MS))
		return;
	worker_publish(worker);
	worker_tell_kept_notice(worker);
	replica_checkpoint(worker->replica);
	folder_tidy(worker->log);
	folder_tidy_own(worker->beside);
	look_at_clock(worker);
}

/* Until the next look by itself; -1: there is none. What is said meanwhile does not put it off. */
static int ms_to_look(const struct worker *worker, int64_t last_look)
{
	int poll_ms = worker->poll_ms ? worker->poll_ms : POLL_MS;
	int64_t left = last_look + poll_ms - clock_monotonic_ms();
	if (!worker->replica || !(worker->flags & WORKER_SCREEN))
		return -1;
	return left < 0 ? 0 : left > poll_ms ? poll_ms : (int)left;
}

void worker_run(struct channel *channel)
{
	struct worker worker = {.channel = channel, .lock = -1};
	struct worker_outcome last = {.report.condition = SHARE_FINE};
	struct channel_message request;
	int64_t last_look = 0;
	for (;;) {
		switch (channel_receive(channel, ms_to_look(&worker, last_look), &request)) {
		case CHANNEL_MESSAGE:
			handle(&worker, &request, &last);
			if (request.kind != WORKER_PERSON)
				last_look = clock_monotonic_ms();
			break;
		case CHANNEL_TIMEOUT:
			look(&worker, &last);
			last_look = clock_monotonic_ms();
			break;
		case CHANNEL_CLOSED:
			channel_close(channel, 0);
			worker_linger(&worker);
			worker_release(&worker);
			return;
		}
	}
}
