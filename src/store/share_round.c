/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/share_round.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/history.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"

/* How much comes in or goes out before somebody else has a turn. */
enum { BATCH_OPERATIONS = 64, BATCH_BYTES = 4 << 20, ROUND_RECEIVED = 256, ROUND_PUBLISHED = 16 };

/* Operations that came and are not applied yet; their texts are owned. */
struct inbox {
	const struct share_round *round;
	struct share_report *report;
	VECTOR(struct log_operation) operations;
	size_t bytes;
	enum rc rc; /* of the replica, when it stopped the pull */
};

static void inbox_clear(struct inbox *inbox)
{
	for (size_t i = 0; i < inbox->operations.count; i++)
		free((char *)(uintptr_t)inbox->operations.items[i].text);
	inbox->operations.count = 0;
	inbox->bytes = 0;
}

static enum rc inbox_receive(struct inbox *inbox, size_t first, size_t count, struct error *err)
{
	inbox->rc = replica_receive(inbox->round->replica, inbox->operations.items + first, count,
				    err);
	if (inbox->rc == RC_OK)
		inbox->report->received += (int64_t)count;
	return inbox->rc;
}

/* All at once; where one of them is not understood, those before it. */
static enum rc inbox_apply(struct inbox *inbox, struct error *err)
{
	size_t count = inbox->operations.count;
	if (!count)
		return RC_OK;
	enum rc rc = inbox_receive(inbox, 0, count, err);
	if (count > 1 && (rc == RC_REFUSED || rc == RC_INVALID)) {
		rc = RC_OK;
		for (size_t i = 0; rc == RC_OK && i < count; i++)
			rc = inbox_receive(inbox, i, 1, err);
	}
	inbox_clear(inbox);
	return rc;
}

/* A log_receive. */
static enum rc inbox_add(void *context, const struct log_operation *operation, struct error *err)
{
	struct inbox *inbox = context;
	struct log_operation *kept = vector_add(&inbox->operations);
	*kept = *operation;
	kept->text = mem_strndup(operation->text, operation->length);
	inbox->bytes += operation->length;
	if (inbox->operations.count < BATCH_OPERATIONS && inbox->bytes < BATCH_BYTES)
		return RC_OK;
	enum rc rc = inbox_apply(inbox, err);
	if (rc == RC_OK && inbox->report->received >= ROUND_RECEIVED) {
		inbox->report->has_more = true;
		rc = RC_BUSY; /* the round ends here, nothing is wrong */
	}
	return rc;
}

static enum rc report_as(struct share_report *report, enum share_condition condition,
			 const char *reason)
{
	report->condition = condition;
	snprintf(report->reason, sizeof(report->reason), "%s", reason);
	return RC_OK;
}

/* What stopped the replica: it lies in what was received, or in the replica itself. */
static enum rc explain_stop(struct share_report *report, enum rc rc, const struct error *stop,
			    struct error *err)
{
	if (rc == RC_OK)
		return RC_OK; /* enough for one round */
	if (rc == RC_REFUSED)
		return report_as(report, SHARE_NEWER, stop->text);
	if (rc == RC_INVALID)
		return report_as(report, SHARE_DAMAGED, stop->text);
	return error_set(err, rc, "%s", stop->text);
}

/*
 * Where our operations are not what the drive has, it may be a folder of the same name that holds
 * another log, or none: then none of what follows is true of ours.
 */
static bool is_elsewhere(const struct share_round *round, struct share_report *report)
{
	struct error reason = {.code = RC_OK};
	struct log_format format;
	if (!round->log)
		return false;
	enum rc rc = log_read_format(round->drive, &format, &reason);
	report->is_other_log = rc == RC_OK && strcmp(format.uuid.hex, round->log->hex) != 0;
	if (rc == RC_OK && !report->is_other_log)
		return false;
	report_as(report,
		  rc == RC_REFUSED   ? SHARE_NEWER
		  : rc == RC_INVALID ? SHARE_DAMAGED
				     : SHARE_AWAY,
		  report->is_other_log ? _("en el disco hay ahora otra base") : reason.text);
	return true;
}

static enum rc rejoin(const struct share_round *round, struct share_report *report,
		      struct error *err);
static enum rc explain_head(const struct share_round *round, struct share_report *report,
			    enum log_result result, const struct error *reason, struct error *err);

static enum rc explain(const struct share_round *round, struct share_report *report,
		       enum log_result result, const struct error *reason, struct error *err)
{
	if ((result == LOG_GONE || result == LOG_FORKED) && is_elsewhere(round, report))
		return RC_OK;
	switch (result) {
	case LOG_UNKNOWN:
		return report_as(report, SHARE_AWAY, reason->text);
	case LOG_DAMAGED:
		return report_as(report, SHARE_DAMAGED, reason->text);
	case LOG_GONE:
		return report_as(report, SHARE_LOST_TAIL, reason->text);
	case LOG_FORKED:
		return rejoin(round, report, err);
	default:
		return RC_OK;
	}
}

static enum rc pull(const struct share_round *round, struct share_report *report,
		    struct error *err)
{
	struct inbox inbox = {.round = round, .report = report};
	struct error reason = {.code = RC_OK};
	struct log_head head;
	enum rc rc = history_head(round->replica, &head, err);
	if (rc != RC_OK)
		return rc;
	enum log_result result = log_pull(round->drive, &head, inbox_add, &inbox, &reason);
	if (result == LOG_STOPPED) {
		rc = explain_stop(report, inbox.rc, &reason, err);
	} else {
		struct error stop = {.code = RC_OK};
		if (inbox_apply(&inbox, &stop) != RC_OK)
			rc = explain_stop(report, inbox.rc, &stop, err);
		else
			rc = explain(round, report, result, &reason, err);
	}
	inbox_clear(&inbox);
	vector_release(&inbox.operations);
	return rc;
}

/* ---- what waits goes out */

static enum rc after_put(const struct share_round *round, struct share_report *report,
			 enum log_result result, const struct error *reason, struct error *err)
{
	report->has_more = true; /* looked at anew, until nothing waits */
	if (result == LOG_LOST) {
		if (round->turn)
			turn_lost(round->turn, round->drive, clock_monotonic_ms());
		return pull(round, report, err);
	}
	report->has_more = false;
	return explain_head(round, report, result, reason, err);
}

static enum rc publish(const struct share_round *round, struct pending_operation *operation,
		       struct share_report *report, struct error *err)
{
	struct log_head head;
	struct error reason = {.code = RC_OK};
	struct strbuf *text = &operation->text;
	enum rc rc = history_head(round->replica, &head, err);
	if (rc != RC_OK)
		return rc;
	enum log_result result = LOG_INVALID;
	if (log_set_parent(text->data, text->length, &head.hash))
		result = log_append(round->drive, &head, text->data, text->length, &reason);
	/* One that no log takes, for it is too long, is kept for its author. */
	if (result == LOG_INVALID)
		return replica_park(round->replica, operation->number, reason.text, err);
	if (result != LOG_DONE)
		return after_put(round, report, result, &reason, err);
	report->published++;
	return replica_confirm(round->replica, &head, text->data, text->length, err);
}

static int64_t turn_left(const struct share_round *round)
{
	return round->turn ? turn_wait(round->turn, round->drive, clock_monotonic_ms()) : 0;
}

static enum rc publish_waiting(const struct share_round *round, struct share_report *report,
			       struct error *err)
{
	struct pending_operation first;
	pending_operation_init(&first);
	enum rc rc = pending_first(round->replica, &first, err);
	for (int i = 0; rc == RC_OK && first.number && report->condition == SHARE_FINE; i++) {
		report->wait_ms = turn_left(round);
		report->has_more = i >= ROUND_PUBLISHED || report->wait_ms;
		if (report->has_more)
			break;
		rc = publish(round, &first, report, err);
		if (rc == RC_OK)
			rc = pending_first(round->replica, &first, err);
	}
	if (round->turn && !report->has_more)
		turn_end(round->turn, round->drive);
	pending_operation_release(&first);
	return rc;
}

/* ---- a drive that went on otherwise, or lost something */

/* Whether the drive has operation `number` as this replica has it. */
static enum rc has_ours(const struct share_round *round, int64_t number, enum log_result *result,
			struct error *reason, struct error *err)
{
	struct log_head at = log_head_none();
	struct strbuf text;
	strbuf_init(&text);
	enum rc rc = number ? replica_operation(round->replica, number, &at, &text, err) : RC_OK;
	if (rc == RC_OK)
		*result = log_check_head(round->drive, &at, reason);
	strbuf_release(&text);
	return rc;
}

/*
 * The last operation that both have: where the drive has ours at a number, it has
 * all of ours before it, for each names its parent. `*result` is not DONE when the drive
 * does not say.
 */
static enum rc find_common(const struct share_round *round, int64_t *common,
			   enum log_result *result, struct error *reason, struct error *err)
{
	struct log_head head;
	enum rc rc = history_head(round->replica, &head, err);
	int64_t first = 0, last = head.number;
	*result = LOG_DONE;
	while (rc == RC_OK && first < last) {
		int64_t middle = first + (last - first + 1) / 2;
		rc = has_ours(round, middle, result, reason, err);
		if (rc != RC_OK || *result == LOG_UNKNOWN || *result == LOG_DAMAGED)
			return rc;
		if (*result == LOG_DONE)
			first = middle;
		else
			last = middle - 1;
	}
	*result = LOG_DONE;
	*common = first;
	return rc;
}

/*
 * The drive has all that this replica has, and then an operation that follows another one: the
 * server lost some from the middle of the chain, and somebody took a number of theirs.
 */
static enum rc report_no_successor(struct share_report *report, int64_t number)
{
	report->condition = SHARE_DAMAGED;
	snprintf(report->reason, sizeof(report->reason),
		 _("la operación %lld del disco compartido no sigue a la anterior: el servidor "
		   "perdió otras en medio; recupere la carpeta de un respaldo"),
		 (long long)number + 1);
	return RC_OK;
}

/* The group went on without what this replica has: that is published again after what it did. */
static enum rc rejoin(const struct share_round *round, struct share_report *report,
		      struct error *err)
{
	struct error reason = {.code = RC_OK};
	struct log_head head;
	enum log_result result;
	int64_t common = 0;
	enum rc rc = history_head(round->replica, &head, err);
	if (rc == RC_OK)
		rc = find_common(round, &common, &result, &reason, err);
	if (rc == RC_OK && result != LOG_DONE)
		return explain(round, report, result, &reason, err);
	if (rc == RC_OK && common == head.number)
		return report_no_successor(report, common);
	if (rc == RC_OK)
		rc = replica_set_aside(round->replica, err);
	if (rc == RC_OK)
		rc = replica_rewind(round->replica, common, err);
	if (rc != RC_OK)
		return rc;
	report->requeued += head.number - common;
	report->has_more = true;
	return RC_OK;
}

/*
 * What became of our head. Where it is gone the group may have gone on all the same, and not come
 * as far yet: then the drive has another one after the last that both have.
 */
static enum rc explain_head(const struct share_round *round, struct share_report *report,
			    enum log_result result, const struct error *reason, struct error *err)
{
	struct error detail = *reason;
	enum log_result found = result;
	struct log_head head;
	int64_t common = 0;
	if (result != LOG_GONE)
		return explain(round, report, result, reason, err);
	enum rc rc = history_head(round->replica, &head, err);
	if (rc == RC_OK)
		rc = find_common(round, &common, &found, &detail, err);
	if (rc == RC_OK && found == LOG_DONE && common < head.number)
		rc = has_ours(round, common + 1, &found, &detail, err);
	if (rc != RC_OK)
		return rc;
	/* It is there again: the next round sees it. */
	if (found == LOG_DONE || found == LOG_GONE)
		return explain(round, report, LOG_GONE, reason, err);
	return explain(round, report, found, &detail, err);
}

/* Operation `number` of the history, as it is, after the one before it. */
static enum rc append_again(const struct share_round *round, int64_t number,
			    enum log_result *result, struct error *reason, struct error *err)
{
	struct strbuf text, unused;
	struct log_head before = log_head_none(), at;
	enum rc rc = RC_OK;
	strbuf_init(&text);
	strbuf_init(&unused);
	if (number > 1)
		rc = replica_operation(round->replica, number - 1, &before, &unused, err);
	if (rc == RC_OK)
		rc = replica_operation(round->replica, number, &at, &text, err);
	if (rc == RC_OK)
		*result = log_append(round->drive, &before, text.data, text.length, reason);
	strbuf_release(&unused);
	strbuf_release(&text);
	return rc;
}

enum rc share_publish_again(const struct share_round *round, struct share_report *report,
			    struct error *err)
{
	struct error reason = {.code = RC_OK};
	enum log_result result = LOG_DONE;
	struct log_head head;
	int64_t common = 0;
	*report = (struct share_report){.condition = SHARE_FINE};
	if (is_elsewhere(round, report))
		return RC_OK;
	enum rc rc = history_head(round->replica, &head, err);
	if (rc == RC_OK)
		rc = find_common(round, &common, &result, &reason, err);
	for (int64_t i = common + 1; rc == RC_OK && result == LOG_DONE && i <= head.number; i++) {
		rc = append_again(round, i, &result, &reason, err);
		report->published += rc == RC_OK && result == LOG_DONE;
		drive_moved(round->drive);
	}
	if (rc == RC_OK && (result == LOG_LOST || result == LOG_FORKED))
		rc = error_set(err, RC_CONFLICT, _("el disco tiene otras operaciones en su lugar"));
	return rc == RC_OK ? explain(round, report, result, &reason, err) : rc;
}

/* ---- a round */

static enum rc check_head(const struct share_round *round, struct share_report *report,
			  struct error *err)
{
	struct error reason = {.code = RC_OK};
	struct log_head head;
	enum rc rc = history_head(round->replica, &head, err);
	if (rc != RC_OK)
		return rc;
	enum log_result result = log_check_head(round->drive, &head, &reason);
	return explain_head(round, report, result, &reason, err);
}

enum rc share_run(const struct share_round *round, struct share_report *report,
		  struct error *err)
{
	enum rc rc = RC_OK;
	*report = (struct share_report){.condition = SHARE_FINE};
	if (round->check_head)
		rc = check_head(round, report, err);
	if (rc == RC_OK && report->condition == SHARE_FINE && !report->has_more)
		rc = pull(round, report, err);
	if (rc == RC_OK && report->condition == SHARE_FINE && !report->has_more &&
	    !round->read_only)
		rc = publish_waiting(round, report, err);
	return rc;
}
