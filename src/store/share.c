/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/share_parts.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/interrupt.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/rescue.h"

enum {
	FINISH_MS = 2000, /* how long the end waits for the file people see */
	CLOSE_MS = 200,
	RETRY_MS = 200, /* between two tries of a command */
};

enum rc share_start(struct share **share, struct error *err)
{
	struct channel channel;
	enum rc rc = channel_start(&channel, worker_run, err);
	if (rc != RC_OK)
		return rc;
	struct share *started = mem_alloc_zero(1, sizeof(*started));
	started->channel = channel;
	strbuf_init(&started->notice);
	strbuf_init(&started->reason);
	strbuf_init(&started->people_text);
	strbuf_init(&started->person);
	*share = started;
	return RC_OK;
}

static bool has_upgraded(const struct share *share)
{
	return share->is_upgraded;
}

enum rc share_upgrade(struct share *share, int wait_ms, struct error *err)
{
	const char *actor = share->options.store.actor;
	struct channel_message request = {.kind = WORKER_UPGRADE};
	channel_set_text(&request, actor ? actor : "");
	share->is_upgraded = false;
	if (!channel_send(&share->channel, &request) ||
	    !share_wait_until(share, has_upgraded, wait_ms))
		return error_set(err, RC_BUSY,
				 _("el disco no responde, y no se sabe si la base se actualizó: "
				   "repita «nucleo upgrade» más tarde"));
	share->has_committed = true; /* there is something to be published at the end */
	return share->upgraded.code == RC_OK
		       ? RC_OK
		       : error_set(err, (enum rc)share->upgraded.code, "%s", share->upgraded.text);
}

/* ---- opening */

static bool nothing_waits(struct share *share)
{
	struct pending_counts counts = {0};
	return pending_count(share->store, &counts, NULL) == RC_OK && !counts.waiting;
}

/* One more round; false when there is no time for it, or no use in it. */
static bool try_again(struct share *share, int64_t left)
{
	if (left <= 0 || !share_sync(share, (int)left) || interrupt_is_pending())
		return false;
	if (share->condition == SHARE_AWAY)
		poll(NULL, 0, left < RETRY_MS ? (int)left : RETRY_MS);
	return share->condition == SHARE_FINE || share->condition == SHARE_AWAY;
}

/* A command waits until what it did is on the drive, once in vain; the screen goes on. Ctrl-C ends
 * the wait, not the program: it still says that the operation is kept. */
static void after_commit(void *context)
{
	struct share *share = context;
	share->has_committed = true;
	if (share->options.on_screen) {
		(void)share_sync(share, 0);
		return;
	}
	struct interrupt interrupt;
	int64_t end = clock_monotonic_ms() + share->options.wait_ms;
	interrupt_hold(&interrupt);
	while (!share->is_away && !nothing_waits(share))
		share->is_away = !try_again(share, end - clock_monotonic_ms());
	interrupt_release(&interrupt);
}

/* What was queued in the file that had the name before, until just now: it is nowhere else. */
static void take_over(struct share *share, struct store *opened)
{
	struct rescue_report report;
	struct error err;
	if (rescue_between(share->store, opened, &report, &err) != RC_OK)
		share_add_notice(share, err.text);
	rescue_report_release(&report);
	store_become(share->store, opened);
	store_has_changed(share->store);
	share->has_moved = true;
}

static enum rc open_file(struct share *share, const struct random_id *uuid, struct store **opened,
			 struct error *err)
{
	struct store_options options = share->options.store;
	char *path = share_place_replica(&share->place, uuid);
	options.path = path;
	options.called = share->place.called;
	enum rc rc = replica_open(&options, opened, err);
	free(path);
	return rc;
}

static enum rc open_replica(struct share *share, const struct random_id *uuid, struct error *err)
{
	struct store *opened = NULL;
	enum rc rc = open_file(share, uuid, &opened, err);
	if (rc != RC_OK)
		return rc;
	store_close(share->store);
	share->store = opened;
	share_heed_condition(share);
	store_on_commit(opened, after_commit, share);
	return RC_OK;
}

enum rc share_open_current(struct share *share, struct error *err)
{
	struct random_id uuid;
	enum rc rc = share_place_current(&share->place, &uuid, err);
	return rc == RC_OK ? open_replica(share, &uuid, err) : rc;
}

/* Everybody goes on with the same struct. */
void share_reopen(struct share *share)
{
	struct random_id uuid;
	struct error err;
	struct store *opened = NULL;
	if (!share->store || !store_has_moved(share->store) ||
	    share_place_current(&share->place, &uuid, &err) != RC_OK)
		return;
	if (open_file(share, &uuid, &opened, &err) == RC_OK)
		take_over(share, opened);
	else
		share_add_notice(share, err.text);
}

static enum rc request_open(struct share *share, struct error *err)
{
	const struct share_options *options = &share->options;
	struct channel_message request = {.kind = WORKER_OPEN};
	request.code = (options->create ? WORKER_CREATE : 0) |
		       (options->store.mode == STORE_READ_ONLY ? WORKER_READ_ONLY : 0) |
		       (options->on_screen ? WORKER_SCREEN : 0);
	struct strbuf text;
	const char *actor = options->store.actor ? options->store.actor : "";
	strbuf_init(&text);
	strbuf_addf(&text, "%.*s\n%s", (int)strcspn(actor, "\n"), actor, share->place.called);
	channel_set_text(&request, text.data);
	strbuf_release(&text);
	if (!channel_send(&share->channel, &request))
		return error_set(err, RC_IO, _("no se pudo empezar a trabajar con el disco"));
	return RC_OK;
}

static bool has_opened(const struct share *share)
{
	return share->is_opened;
}

/* The worker makes the replica, out of what it finds on the drive. */
static enum rc open_first(struct share *share, struct error *err)
{
	bool is_damaged = err->code == RC_IO || err->code == RC_INVALID;
	bool is_answered = share_wait_until(share, has_opened, share->options.wait_ms);
	bool is_found = is_answered && share->opened.code != RC_NOT_FOUND &&
			share->opened.code != RC_BUSY;
	if (is_damaged && !is_found)
		return error_set(err, RC_BUSY,
				 _("la copia de esta máquina está dañada, y el disco de «%s» no "
				   "responde para hacer otra; vuelva a intentarlo"),
				 share->place.called);
	if (!is_answered)
		return error_set(err, RC_BUSY,
				 _("el disco de «%s» no responde, y de esa base no hay todavía una "
				   "copia en esta máquina; vuelva a intentarlo"),
				 share->place.called);
	if (share->opened.code != RC_OK)
		return error_set(err, (enum rc)share->opened.code, "%s", share->opened.text);
	enum rc rc = share_open_current(share, err);
	/* Others may have upgraded it since this machine last looked. */
	if (rc == RC_REFUSED && share_sync(share, share->options.wait_ms))
		rc = share_open_current(share, err);
	return rc;
}

enum rc share_open(struct share *share, const struct share_options *options,
		   struct store **store, struct error *err)
{
	struct error none = {.code = RC_OK};
	share->options = *options;
	share->is_opened = false;
	share_place_release(&share->place);
	share_place_init(&share->place, options->store.path);
	enum rc rc = request_open(share, err);
	bool is_known = !options->create && share_open_current(share, &none) == RC_OK;
	if (rc == RC_OK && !is_known) {
		err->code = none.code;
		rc = open_first(share, err);
	}
	/* Without a worker the drive is away, no more: what is done is kept in the replica. */
	if (rc != RC_OK && is_known) {
		share_worker_died(share);
		rc = RC_OK;
	}
	if (rc == RC_OK && !options->on_screen && !share_sync(share, options->wait_ms))
		share->is_away = true;
	if (rc == RC_OK && share->is_other_log && !options->on_screen) {
		share->is_other_log = false;
		rc = share_open_current(share, err);
	}
	if (rc == RC_OK)
		*store = share->store;
	return rc;
}

void share_close(struct share *share)
{
	if (!share)
		return;
	if (share->store && share->has_committed && !share->is_away)
		(void)share_ask(share, WORKER_FINISH, FINISH_MS);
	store_close(share->store);
	channel_close(&share->channel, CLOSE_MS);
	share_place_release(&share->place);
	strbuf_release(&share->notice);
	strbuf_release(&share->reason);
	health_findings_release(&share->findings);
	strbuf_release(&share->people_text);
	strbuf_release(&share->person);
	free(share);
}

/* ---- what a person is told */

char *share_file(const struct share *share, const char *name)
{
	return share_place_file(&share->place, name);
}

void share_status(struct share *share, struct share_status *status)
{
	struct pending_counts counts = {0};
	*status = (struct share_status){.condition = share->condition,
					.has_looked = share->has_looked,
					.reason = share->reason.data,
					.people = share->people,
					.is_other_log = share->is_other_log};
	/* The wait of a command may well be shorter than what makes a call a stuck one. */
	if (share_is_stuck(share) || (share->is_away && share->condition == SHARE_FINE)) {
		status->condition = SHARE_AWAY;
		status->reason = _("el disco no responde");
	}
	if (pending_count(share->store, &counts, NULL) != RC_OK)
		return;
	status->waiting = counts.waiting;
	status->parked = counts.parked;
	snprintf(status->since, sizeof(status->since), "%s", counts.since);
}

void share_take_notice(struct share *share, struct strbuf *out)
{
	strbuf_adds(out, share->notice.data);
	strbuf_reset(&share->notice);
}
