/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/model/health.h"
#include "nucleo/store/history.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/snapshot.h"
#include "nucleo/store/worker_parts.h"
#include "nucleo/sync/base_name.h"
#include "nucleo/sync/folder_survey.h"
#include "nucleo/sync/place.h"

/*
 * How the drive is. What is written for it lies among the temporaries and goes at the end: no
 * operation, for the log is for ever. What is found is told piece by piece.
 */

enum {
	LOOK_BACK = 50,	      /* operations, unless all of them are asked for */
	PUT_BYTES = 2 * 1024, /* a usual operation */
};

struct check {
	struct worker *worker;
	int64_t serial;
	bool is_full;
	struct folder_survey survey;
	struct log_audit log;
};

/* A call that hangs is told as such, a check that takes long is not. */
static void begin_step(struct check *check)
{
	atomic_store(&check->worker->channel->pulse->busy_since, clock_monotonic_ms());
	worker_tell_progress(check->worker);
}

/* Sends what was judged, and forgets it. */
static void tell(struct check *check, health_findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct health_finding *finding = &findings->items[i];
		struct channel_message message = {.kind = WORKER_FINDING,
						  .code = (int32_t)finding->check,
						  .serial = check->serial,
						  .number = (int64_t)finding->status};
		struct strbuf text;
		strbuf_init(&text);
		strbuf_addf(&text, "%s\n%s", finding->value,
			    finding->advice ? finding->advice : "");
		channel_set_text(&message, text.data);
		channel_send(check->worker->channel, &message);
		strbuf_release(&text);
	}
	health_findings_release(findings);
	begin_step(check);
}

/* ---- the folder */

static bool answers(struct check *check, health_findings *findings)
{
	struct error err = {.code = RC_OK};
	struct drive *drive = check->worker->log;
	begin_step(check);
	enum drive_result result = folder_survey(drive, &check->survey, &err);
	/* A database without log is read where there can be none. */
	if (result == DRIVE_DONE || (result == DRIVE_ABSENT && check->worker->is_alone))
		health_judge_answers(findings);
	else
		health_judge_away(findings, result == DRIVE_ABSENT ? _("el disco no está conectado")
								   : err.text);
	return result == DRIVE_DONE;
}

static void check_place(struct check *check, health_findings *findings)
{
	struct error err;
	const char *path = check->worker->place.log;
	const struct place place = place_of(path);
	const struct health_place facts = {
		.words = _(place.words),
		.type = place.type,
		.options = place.options,
		.refusal = place_check(path, &err) == RC_OK ? NULL : err.text,
	};
	health_judge_place(findings, &facts);
}

static void check_survey(struct check *check, health_findings *findings)
{
	const struct folder_survey *survey = &check->survey;
	const struct health_access access = {
		.bits = survey->bits,
		.can_write = survey->can_write,
		.is_asked = (check->worker->flags & WORKER_READ_ONLY) != 0,
	};
	health_judge_access(findings, &access);
	health_judge_space(findings, survey->available, survey->total);
	health_judge_leftovers(findings, survey->temporaries, survey->old, survey->turns);
}

static void check_put(struct drive *drive, health_findings *findings)
{
	struct error err;
	int64_t took = 0, ahead = 0;
	enum rc rc = folder_time_put(drive, PUT_BYTES, &took, &err);
	health_judge_write(findings, took, rc == RC_OK ? NULL : err.text);
	bool is_known = folder_clock_ahead(drive, &ahead);
	health_judge_clock(findings, is_known, ahead);
}

static void judge_no_writing(health_findings *findings)
{
	const char *reason = _("aquí solo se lee: nada se escribe para probarlo");
	health_judge_primitive(findings, NULL, RC_REFUSED, reason);
	health_judge_write(findings, 0, reason);
	health_judge_clock(findings, false, 0);
}

/* By a drive of its own, whose temporaries go when this ends: what the worker made ready stays. */
static void check_writing(struct check *check, health_findings *findings)
{
	struct error err = {.code = RC_OK};
	if (!check->survey.can_write || check->worker->flags & WORKER_READ_ONLY) {
		judge_no_writing(findings);
		return;
	}
	struct drive *drive = folder_open(check->worker->place.log);
	enum rc rc = drive->ops->refresh(drive, "", &err) == DRIVE_DONE ? RC_OK : RC_BUSY;
	if (rc == RC_OK)
		rc = folder_self_test(drive, &err);
	const char *word = folder_primitive(drive);
	/* Whatever it says, it was refused although the folder can be written. */
	health_judge_primitive(findings, rc == RC_REFUSED ? "" : word, rc, err.text);
	if (rc == RC_OK)
		check_put(drive, findings);
	folder_tidy_own(drive);
	folder_close(drive);
}

/* ---- the log */

static void judge_heads(struct check *check, health_findings *findings)
{
	struct log_head own = log_head_none(), same;
	struct strbuf text;
	struct error err;
	const struct log_head *last = &check->log.last;
	enum health_heads heads = HEADS_SAME;
	strbuf_init(&text);
	if (history_head(check->worker->replica, &own, &err) != RC_OK)
		heads = HEADS_UNREADABLE;
	else if (own.number > last->number)
		heads = HEADS_AHEAD;
	else if (own.number < last->number)
		heads = HEADS_BEHIND;
	else if (strcmp(own.hash.hex, last->hash.hex) != 0)
		heads = HEADS_FORKED;
	if (heads == HEADS_AHEAD && last->number &&
	    replica_operation(check->worker->replica, last->number, &same, &text, &err) == RC_OK &&
	    strcmp(same.hash.hex, last->hash.hex) != 0)
		heads = HEADS_FORKED;
	health_judge_heads(findings, heads, last->number, own.number);
	strbuf_release(&text);
}

static void check_log(struct check *check, health_findings *findings)
{
	struct error err = {.code = RC_OK};
	enum log_result result = log_look_through(
		check->worker->log, check->is_full ? 0 : LOOK_BACK, &check->log, &err);
	if (result == LOG_UNKNOWN) {
		health_add(findings, HEALTH_LOG, HEALTH_UNKNOWN, _("el disco no responde"),
			   err.text);
		return;
	}
	const struct health_log facts = {
		.first = check->log.first,
		.last = check->log.last.number,
		.highest = check->log.highest,
		.damage = result == LOG_DONE ? NULL : err.text,
	};
	health_judge_log(findings, &facts);
	if (result == LOG_DONE)
		judge_heads(check, findings);
}

static void check_reads(struct check *check, health_findings *findings)
{
	struct health_times times = {.count = 0};
	struct log_format format;
	struct error err;
	for (size_t i = 0; i < HEALTH_TRIES; i++) {
		int64_t before = clock_monotonic_us();
		if (log_read_format(check->worker->log, &format, &err) == RC_BUSY ||
		    log_check_head(check->worker->log, &check->log.last, &err) == LOG_UNKNOWN)
			continue;
		times.took[times.count++] = clock_monotonic_us() - before;
		begin_step(check);
	}
	health_judge_reads(findings, &times);
}

static void check_bases(struct check *check, health_findings *findings)
{
	struct worker *worker = check->worker;
	drive_names names = {0};
	struct log_head at = log_head_none();
	struct worker_copy copy;
	struct error err;
	int64_t count = 0;
	if (worker->log->ops->list(worker->log, "", &names, &err) != DRIVE_DONE)
		return;
	for (size_t i = 0; i < names.count; i++)
		count += base_name_read(&at, names.items[i]);
	size_t newest = base_name_highest(&names, INT64_MAX);
	enum rc rc = RC_OK;
	worker_copy_init(&copy, worker);
	if (newest != BASE_NAME_NONE) {
		bool is_base = base_name_read(&at, names.items[newest]);
		rc = worker_copy_fetch(&copy, worker->log, names.items[newest], names.items[newest],
				       &err);
		if (rc == RC_OK && is_base && strcmp(copy.head.hash.hex, at.hash.hex) != 0)
			rc = error_set(&err, RC_IO, _("«%s» no es lo que su nombre dice"),
				       names.items[newest]);
	}
	health_judge_bases(findings, count, at.number,
			   rc == RC_OK || rc == RC_BUSY ? NULL : err.text);
	worker_copy_release(&copy);
	drive_names_release(&names);
}

/* ---- the file people see */

static void judge_copy(struct check *check, health_findings *findings)
{
	struct worker *worker = check->worker;
	struct worker_copy copy;
	struct error err;
	worker_copy_init(&copy, worker);
	enum rc rc = worker_copy_fetch(&copy, worker->beside, worker->place.name,
				       worker->place.called, &err);
	if (rc == RC_BUSY)
		health_add(findings, HEALTH_PUBLISHED, HEALTH_UNKNOWN, _("no se puede leer"),
			   err.text);
	else
		health_judge_published(findings, rc == RC_OK ? PUBLISHED_FINE : PUBLISHED_DAMAGED,
				       copy.head.number, check->log.last.number,
				       rc == RC_OK ? NULL : err.text);
	worker_copy_release(&copy);
}

static void check_published(struct check *check, health_findings *findings)
{
	struct worker *worker = check->worker;
	struct strbuf header;
	struct error err;
	int64_t number;
	strbuf_init(&header);
	enum drive_result result = worker->beside->ops->read(worker->beside, worker->place.name,
							     SNAPSHOT_HEADER_SIZE, &header, &err);
	bool is_database = header.length == SNAPSHOT_HEADER_SIZE &&
			   memcmp(header.data, "SQLite format 3", 16) == 0;
	bool is_ours =
		snapshot_header_read((const unsigned char *)header.data, header.length, &number);
	strbuf_release(&header);
	if (result == DRIVE_ABSENT)
		health_judge_published(findings, PUBLISHED_ABSENT, 0, 0, NULL);
	else if (result == DRIVE_DONE && is_database && !is_ours)
		health_judge_published(findings, PUBLISHED_FOREIGN, 0, 0, NULL);
	else
		judge_copy(check, findings);
}

static void check_foreign(struct check *check, health_findings *findings)
{
	struct worker *worker = check->worker;
	drive_names names = {0};
	struct strbuf start;
	struct error err;
	const char *last = "";
	int64_t count = 0;
	strbuf_init(&start);
	strbuf_addf(&start, "%s.foreign-", worker->place.name);
	if (worker->beside->ops->list(worker->beside, "", &names, &err) == DRIVE_DONE) {
		for (size_t i = 0; i < names.count; i++) {
			if (strncmp(names.items[i], start.data, start.length) != 0)
				continue;
			count++;
			if (strcmp(names.items[i], last) > 0)
				last = names.items[i];
		}
		health_judge_foreign(findings, count, last);
	}
	strbuf_release(&start);
	drive_names_release(&names);
}

/* ---- who is there */

static size_t same_as(const presence_people *people, size_t at)
{
	size_t count = 0;
	for (size_t i = 0; i < people->count; i++)
		if (strcmp(people->items[i].program, people->items[at].program) == 0) {
			if (i < at)
				return 0;
			count++;
		}
	return count;
}

static void check_programs(struct check *check, health_findings *findings)
{
	struct worker *worker = check->worker;
	presence_people people = {0};
	struct strbuf seen;
	int64_t now = clock_monotonic_ms();
	strbuf_init(&seen);
	presence_look(&worker->presence, worker->log, now);
	presence_list(&worker->presence, now, &people);
	for (size_t i = 0; i < people.count; i++) {
		size_t count = same_as(&people, i);
		if (!count)
			continue;
		strbuf_addf(&seen, _("%s%zu con nucleo %s"), seen.length ? ", " : "", count,
			    people.items[i].program);
	}
	health_judge_programs(findings, PACKAGE_VERSION, seen.data);
	vector_release(&people);
	strbuf_release(&seen);
}

void worker_check(struct worker *worker, const struct channel_message *request)
{
	static void (*const parts[])(struct check * check, health_findings * findings) = {
		check_place, check_survey,    check_writing, check_log,	     check_reads,
		check_bases, check_published, check_foreign, check_programs,
	};
	struct check check = {
		.worker = worker, .serial = request->serial, .is_full = request->code == 1};
	health_findings findings = {0};
	check.log.last = log_head_none();
	bool is_there = answers(&check, &findings);
	tell(&check, &findings);
	for (size_t i = 0; is_there && i < ARRAY_COUNT(parts); i++) {
		parts[i](&check, &findings);
		tell(&check, &findings);
	}
	atomic_store(&worker->channel->pulse->busy_since, 0);
	struct channel_message done = {.kind = WORKER_CHECKED, .serial = request->serial};
	channel_send(worker->channel, &done);
}
