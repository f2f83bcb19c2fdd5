/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/share_parts.h"

#include <stdatomic.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/interrupt.h"

enum {
	STUCK_MS = 3000, /* a call to the drive that takes longer is told */
	LOOK_MS = 100,	 /* Ctrl-C is seen this often */
};

/* ---- what the worker says */

static void set_reason(struct share *share, const char *reason)
{
	strbuf_reset(&share->reason);
	strbuf_adds(&share->reason, reason);
}

/* What could never be published is not queued. */
void share_heed_condition(struct share *share)
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
		share_reopen(share);
	share_heed_condition(share);
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

void share_add_notice(struct share *share, const char *text)
{
	strbuf_addf(&share->notice, "%s%s", share->notice.length ? "\n" : "", text);
}

/* What a screen asked for without waiting. */
static void take_repaired(struct share *share, const struct channel_message *message)
{
	share->is_repairing = false;
	share->has_moved = true;
	share->repaired = *message;
	share_reopen(share);
	if (share->options.on_screen && message->code != RC_OK)
		share_add_notice(share, message->text);
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
		share_add_notice(share, message->text);
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

void share_worker_died(struct share *share)
{
	share->condition = SHARE_AWAY;
	set_reason(share, _("el proceso que habla con el disco terminó; vuelva a abrir nucleo"));
}

/* Waits until `is_done`, taking in what comes. Progress prolongs it. */
bool share_wait_until(struct share *share, bool (*is_done)(const struct share *share),
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
			share_worker_died(share);
			return false;
		}
	}
	return true;
}

static bool has_answered(const struct share *share)
{
	return share->answered >= share->serial;
}

void share_take_all(struct share *share)
{
	struct channel_message message;
	enum channel_event event;
	while ((event = channel_receive(&share->channel, 0, &message)) == CHANNEL_MESSAGE)
		take(share, &message);
	if (event == CHANNEL_CLOSED)
		share_worker_died(share);
}

bool share_ask(struct share *share, enum worker_request kind, int wait_ms)
{
	struct channel_message message = {.kind = (int32_t)kind, .serial = ++share->serial};
	if (!channel_send(&share->channel, &message)) {
		share_take_all(share);
		return false;
	}
	return share_wait_until(share, has_answered, wait_ms);
}

bool share_sync(struct share *share, int wait_ms)
{
	return share_ask(share, WORKER_SYNC, wait_ms);
}

bool share_republish(struct share *share, int wait_ms)
{
	return share_ask(share, WORKER_REPUBLISH, wait_ms);
}

bool share_is_stuck(const struct share *share)
{
	int64_t since = atomic_load(&share->channel.pulse->busy_since);
	return since && clock_monotonic_ms() - since > STUCK_MS;
}

bool share_poll(struct share *share)
{
	share_take_all(share);
	bool has_moved = share->has_moved;
	share->has_moved = false;
	return has_moved;
}

int share_descriptor(const struct share *share)
{
	return share->channel.fd;
}
