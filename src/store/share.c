/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/share.h"

#include <poll.h>
#include <stdatomic.h>
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
#include "nucleo/store/share_place.h"
#include "nucleo/store/worker.h"

enum {
	STUCK_MS = 3000,  /* a call to the drive that takes longer is told */
	FINISH_MS = 2000, /* how long the end waits for the file people see */
	CLOSE_MS = 200,
	LOOK_MS = 100,	  /* Ctrl-C is seen this often */
	RETRY_MS = 200,	  /* between two tries of a command */
	RESTORE_MS = 60000, /* more than that, without a sign, for what is done once */
};

struct share {
	struct channel channel;
	struct share_place place;
	struct share_options options;
	struct store *store;
	int64_t serial, answered; /* of rounds asked for, and the last that has ended */
	bool is_opened;		  /* the worker has answered */
	struct channel_message opened;
	bool is_upgraded; /* the worker has answered that */
	struct channel_message upgraded;
	bool is_restored; /* likewise */
	struct channel_message restored;
	enum share_condition condition;
	bool has_looked; /* the worker has said something about the drive */
	struct strbuf reason;
	int64_t people;		   /* others who have it open */
	struct strbuf people_text; /* and who they are, as the worker says it */
	struct strbuf person;	   /* who is here, as it was told the worker */
	bool has_moved, is_other_log, has_committed;
	bool is_away; /* a wait was in vain: the next commits of a command do not wait again */
	struct strbuf notice;
	int64_t check, checked; /* serials of checks asked for, and of the last that has ended */
	health_findings findings;
	bool is_repairing; /* asked for, and not answered yet */
	struct channel_message repaired;
};

static void reopen(struct share *share);

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

/* ---- what the worker says */

static void set_reason(struct share *share, const char *reason)
{
	strbuf_reset(&share->reason);
	strbuf_adds(&share->reason, reason);
}

/* What could never be published is not queued. */
static void heed_condition(struct share *share)
{
	if (!share->store)
		return;
	if (share->condition == SHARE_READ_ONLY || share->condition == SHARE_NEWER)
		store_set_read_only(share->store, share->reason.data);
	if (share->is_other_log && share->options.on_screen)
		store_set_read_only(share->store,
				    _("en el disco hay ahora otra base: vuelva a abrir nucleo"));
}

static void take_state(struct share *share, const struct channel_message *message)
{
	share->condition = message->code >= 0 && message->code < SHARE_CONDITIONS
				   ? (enum share_condition)message->code
				   : SHARE_AWAY;
	set_reason(share, message->text);
	if (message->serial)
		share->answered = message->serial;
	share->has_moved |= (message->number & WORKER_MOVED) != 0;
	share->is_other_log |= (message->number & WORKER_OTHER_LOG) != 0;
	if (message->number & WORKER_REPLACED)
		reopen(share);
	heed_condition(share);
	share->has_looked = true;
}

static void take_finding(struct share *share, const struct channel_message *message)
{
	const char *advice = strchr(message->text, '\n');
	if (message->serial != share->check || message->code < 0 ||
	    message->code >= HEALTH_CHECKS || message->number < 0 ||
	    message->number >= HEALTH_STATUSES || !advice)
		return;
	char *value = mem_strndup(message->text, (size_t)(advice - message->text));
	health_add(&share->findings, (enum health_check)message->code,
		   (enum health_status)message->number, value, advice[1] ? advice + 1 : NULL);
	share->has_moved = true;
	free(value);
}

static void add_notice(struct share *share, const char *text)
{
	strbuf_addf(&share->notice, "%s%s", share->notice.length ? "\n" : "", text);
}

/* What a screen asked for without waiting. */
static void take_repaired(struct share *share, const struct channel_message *message)
{
	share->is_repairing = false;
	share->has_moved = true;
	share->repaired = *message;
	reopen(share);
	if (share->options.on_screen && message->code != RC_OK)
		add_notice(share, message->text);
}

static void take(struct share *share, const struct channel_message *message)
{
	switch ((enum worker_answer)message->kind) {
	case WORKER_OPENED:
		share->is_opened = true;
		share->opened = *message;
		break;
	case WORKER_STATE:
		take_state(share, message);
		break;
	case WORKER_UPGRADED:
		share->is_upgraded = true;
		share->upgraded = *message;
		break;
	case WORKER_RESTORED:
		share->is_restored = true;
		share->restored = *message;
		break;
	case WORKER_NOTICE:
		add_notice(share, message->text);
		break;
	case WORKER_PEOPLE:
		share->people = message->number;
		strbuf_reset(&share->people_text);
		strbuf_adds(&share->people_text, message->text);
		break;
	case WORKER_FINDING:
		take_finding(share, message);
		break;
	case WORKER_CHECKED:
		share->checked = message->serial;
		share->has_moved = true;
		break;
	case WORKER_REPAIRED:
		take_repaired(share, message);
		break;
	case WORKER_PROGRESS:
		break;
	}
}

static void worker_died(struct share *share)
{
	share->condition = SHARE_AWAY;
	set_reason(share, _("el proceso que habla con el disco terminó; vuelva a abrir nucleo"));
}

/* Waits until `is_done`, taking in what comes. Progress prolongs it. */
static bool wait_until(struct share *share, bool (*is_done)(const struct share *share),
		       int wait_ms)
{
	struct channel_message message;
	int64_t end = clock_monotonic_ms() + wait_ms;
	while (!is_done(share)) {
		int64_t left = end - clock_monotonic_ms();
		if (left < 0 || interrupt_is_pending())
			return false;
		switch (channel_receive(&share->channel, left < LOOK_MS ? (int)left : LOOK_MS,
					&message)) {
		case CHANNEL_MESSAGE:
			if (message.kind == WORKER_PROGRESS)
				end = clock_monotonic_ms() + wait_ms;
			take(share, &message);
			break;
		case CHANNEL_TIMEOUT:
			if (left <= LOOK_MS)
				return is_done(share);
			break;
		case CHANNEL_CLOSED:
			worker_died(share);
			return false;
		}
	}
	return true;
}

static bool has_answered(const struct share *share)
{
	return share->answered >= share->serial;
}

static bool has_opened(const struct share *share)
{
	return share->is_opened;
}

static void take_all(struct share *share)
{
	struct channel_message message;
	enum channel_event event;
	while ((event = channel_receive(&share->channel, 0, &message)) == CHANNEL_MESSAGE)
		take(share, &message);
	if (event == CHANNEL_CLOSED)
		worker_died(share);
}

static bool ask(struct share *share, enum worker_request kind, int wait_ms)
{
	struct channel_message message = {.kind = (int32_t)kind, .serial = ++share->serial};
	if (!channel_send(&share->channel, &message)) {
		take_all(share);
		return false;
	}
	return wait_until(share, has_answered, wait_ms);
}

bool share_sync(struct share *share, int wait_ms)
{
	return ask(share, WORKER_SYNC, wait_ms);
}

bool share_republish(struct share *share, int wait_ms)
{
	return ask(share, WORKER_REPUBLISH, wait_ms);
}

bool share_look_at_people(struct share *share, int wait_ms)
{
	return ask(share, WORKER_LOOK, wait_ms);
}

/* Nobody waits for it: when it cannot be sent, it is sent the next time. */
void share_tell_person(struct share *share, const char *screen)
{
	struct channel_message request = {.kind = WORKER_PERSON};
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s\n%s\n%s", store_actor(share->store), store_post(share->store),
		    screen);
	channel_set_text(&request, text.data);
	if (strcmp(text.data, share->person.data) != 0 && channel_send(&share->channel, &request)) {
		strbuf_reset(&share->person);
		strbuf_adds(&share->person, text.data);
	}
	strbuf_release(&text);
}

/* The worker may not have come back from the drive for long: whoever was there then may be gone. */
static bool is_here(const struct presence_person *person)
{
	return person->age_ms < PRESENCE_GONE_MS + PRESENCE_CLOCK_MS;
}

void share_people(const struct share *share, struct share_people *people)
{
	presence_people all = {0};
	*people = (struct share_people){.text = mem_strdup(share->people_text.data)};
	worker_read_people(people->text, clock_monotonic_ms(), &all);
	for (size_t i = 0; i < all.count; i++)
		if (is_here(&all.items[i]))
			vector_push(&people->list, all.items[i]);
	people->unnamed = share->people - (int64_t)all.count;
	vector_release(&all);
}

void share_people_release(struct share_people *people)
{
	vector_release(&people->list);
	free(people->text);
	*people = (struct share_people){0};
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
	    !wait_until(share, has_upgraded, wait_ms))
		return error_set(err, RC_BUSY,
				 _("el disco no responde, y no se sabe si la base se actualizó: "
				   "repita «nucleo upgrade» más tarde"));
	share->has_committed = true; /* there is something to be published at the end */
	return share->upgraded.code == RC_OK
		       ? RC_OK
		       : error_set(err, (enum rc)share->upgraded.code, "%s", share->upgraded.text);
}

/* ---- how it is */

void share_check(struct share *share, bool is_full)
{
	struct channel_message request = {.kind = WORKER_CHECK, .code = is_full};
	request.serial = ++share->check;
	health_findings_release(&share->findings);
	if (!channel_send(&share->channel, &request))
		take_all(share);
}

static bool has_checked(const struct share *share)
{
	return share->checked >= share->check;
}

static bool is_stuck(const struct share *share)
{
	int64_t since = atomic_load(&share->channel.pulse->busy_since);
	return since && clock_monotonic_ms() - since > STUCK_MS;
}

const health_findings *share_findings(struct share *share, bool *is_done)
{
	*is_done = has_checked(share);
	if (!*is_done && (share->is_away || is_stuck(share) || share->channel.fd < 0))
		health_judge_away(&share->findings, _("el disco no responde"));
	return &share->findings;
}

void share_wait_for_check(struct share *share, int wait_ms)
{
	if (!share->is_away && !wait_until(share, has_checked, wait_ms))
		share->is_away = true;
}

static bool has_repaired(const struct share *share)
{
	return !share->is_repairing;
}

bool share_is_repairing(const struct share *share)
{
	return share->is_repairing;
}

enum rc share_repair(struct share *share, int wait_ms, struct error *err)
{
	const struct channel_message request = {.kind = WORKER_REPAIR};
	share->is_repairing = true;
	if (!channel_send(&share->channel, &request) ||
	    !wait_until(share, has_repaired, wait_ms))
		return error_set(err, RC_BUSY,
				 _("el disco no responde: la copia de esta máquina se hace de "
				   "nuevo cuando responda"));
	return share->repaired.code == RC_OK
		       ? RC_OK
		       : error_set(err, (enum rc)share->repaired.code, "%s", share->repaired.text);
}

bool share_poll(struct share *share)
{
	take_all(share);
	bool has_moved = share->has_moved;
	share->has_moved = false;
	return has_moved;
}

int share_descriptor(const struct share *share)
{
	return share->channel.fd;
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
		add_notice(share, err.text);
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
	heed_condition(share);
	store_on_commit(opened, after_commit, share);
	return RC_OK;
}

static enum rc open_current(struct share *share, struct error *err)
{
	struct random_id uuid;
	enum rc rc = share_place_current(&share->place, &uuid, err);
	return rc == RC_OK ? open_replica(share, &uuid, err) : rc;
}

/* Everybody goes on with the same struct. */
static void reopen(struct share *share)
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
		add_notice(share, err.text);
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

/* The worker makes the replica, out of what it finds on the drive. */
static enum rc open_first(struct share *share, struct error *err)
{
	bool is_damaged = err->code == RC_IO || err->code == RC_INVALID;
	bool is_answered = wait_until(share, has_opened, share->options.wait_ms);
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
	enum rc rc = open_current(share, err);
	/* Others may have upgraded it since this machine last looked. */
	if (rc == RC_REFUSED && share_sync(share, share->options.wait_ms))
		rc = open_current(share, err);
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
	bool is_known = !options->create && open_current(share, &none) == RC_OK;
	if (rc == RC_OK && !is_known) {
		err->code = none.code;
		rc = open_first(share, err);
	}
	/* Without a worker the drive is away, no more: what is done is kept in the replica. */
	if (rc != RC_OK && is_known) {
		worker_died(share);
		rc = RC_OK;
	}
	if (rc == RC_OK && !options->on_screen && !share_sync(share, options->wait_ms))
		share->is_away = true;
	if (rc == RC_OK && share->is_other_log && !options->on_screen) {
		share->is_other_log = false;
		rc = open_current(share, err);
	}
	if (rc == RC_OK)
		*store = share->store;
	return rc;
}

bool share_backup(struct share *share, const char *path)
{
	struct channel_message request = {.kind = WORKER_BACKUP, .serial = ++share->serial};
	channel_set_text(&request, path);
	return channel_send(&share->channel, &request);
}

static bool has_restored(const struct share *share)
{
	return share->is_restored;
}

/* However long: who has agreed to it wants to know how it ended, and no time is too long for it. */
static enum rc ask_restore(struct share *share, const char *name, struct error *err)
{
	struct channel_message request = {.kind = WORKER_RESTORE};
	struct strbuf text;
	const char *actor = share->options.store.actor ? share->options.store.actor : "";
	strbuf_init(&text);
	strbuf_addf(&text, "%.*s\n%s\n%s", (int)strcspn(actor, "\n"), actor, name,
		    share->place.called);
	channel_set_text(&request, text.data);
	strbuf_release(&text);
	share->is_restored = false;
	if (!channel_send(&share->channel, &request) ||
	    !wait_until(share, has_restored, share->options.wait_ms + RESTORE_MS))
		return error_set(err, RC_BUSY,
				 _("el disco no responde, y no se sabe si la base se restauró: "
				   "mire qué dice «nucleo history» más tarde"));
	return share->restored.code == RC_OK
		       ? RC_OK
		       : error_set(err, (enum rc)share->restored.code, "%s", share->restored.text);
}

enum rc share_restore(struct share *share, const struct share_options *options, const char *name,
		      struct share_restored *restored, struct error *err)
{
	share->options = *options;
	share_place_release(&share->place);
	share_place_init(&share->place, options->store.path);
	enum rc rc = ask_restore(share, name, err);
	if (rc != RC_OK)
		return rc;
	share->has_committed = true; /* there is something to be published at the end */
	share->is_away = share->is_other_log = false;
	rc = open_current(share, err);
	if (rc != RC_OK)
		return rc;
	if (!options->on_screen && !share_sync(share, options->wait_ms))
		share->is_away = true;
	restored->store = share->store;
	snprintf(restored->stamp, sizeof(restored->stamp), "%.*s",
		 (int)sizeof(restored->stamp) - 1, share->restored.text);
	return RC_OK;
}

void share_close(struct share *share)
{
	if (!share)
		return;
	if (share->store && share->has_committed && !share->is_away)
		(void)ask(share, WORKER_FINISH, FINISH_MS);
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
	if (is_stuck(share) || (share->is_away && share->condition == SHARE_FINE)) {
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
