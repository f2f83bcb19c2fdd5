/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/closing.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/exchange/minutes.h"
#include "nucleo/exchange/roll.h"
#include "nucleo/store/record_set.h"
#include "nucleo/store/row.h"
#include "nucleo/store/setting.h"

/* ---- what is missing */

/* The record of a meeting, read at once. */
struct closing_record {
	struct record_set meeting, items, entries, followups, attendees, progress;
	prose_spans marked; /* of each entry */
	char *quorum; /* why there was none; NULL: there was */
	bool is_quorum_back;
};

static void record_free(struct closing_record *record)
{
	record_set_release(&record->meeting);
	record_set_release(&record->items);
	record_set_release(&record->entries);
	record_set_release(&record->followups);
	record_set_release(&record->attendees);
	record_set_release(&record->progress);
	vector_release(&record->marked);
	free(record->quorum);
}

static enum rc load_record(struct store *store, int64_t meeting, struct closing_record *record,
			   struct error *err)
{
	const struct list_query parts = {.meeting = meeting};
	const struct {
		enum record_kind_id kind;
		struct record_set *set;
	} sets[] = {
		{RECORD_AGENDA, &record->items},	{RECORD_RESOLUTION, &record->entries},
		{RECORD_FOLLOWUP, &record->followups}, {RECORD_ATTENDEE, &record->attendees},
		{RECORD_PROGRESS, &record->progress},
	};
	enum rc rc = meeting_record_load(store, meeting, &record->meeting, err);
	for (size_t i = 0; i < ARRAY_COUNT(sets) && rc == RC_OK; i++)
		rc = record_set_load(sets[i].set, store, sets[i].kind, &parts, err);
	return rc;
}

static struct closing_facts facts_of(const struct closing_record *record)
{
	return (struct closing_facts){
		.meeting = record_set_at(&record->meeting, 0),
		.items = record_set_at(&record->items, 0),
		.item_count = record->items.count,
		.entries = record_set_at(&record->entries, 0),
		.entry_count = record->entries.count,
		.followups = record_set_at(&record->followups, 0),
		.followup_count = record->followups.count,
		.attendees = record_set_at(&record->attendees, 0),
		.attendee_count = record->attendees.count,
		.progress = record_set_at(&record->progress, 0),
		.progress_count = record->progress.count,
		.marked = record->marked.items,
		.quorum = record->quorum,
		.is_quorum_back = record->is_quorum_back,
	};
}

/* What the detector marks in each entry. */
static void mark_sentences(const struct minutes_context *context, struct closing_record *record)
{
	for (size_t i = 0; i < record->entries.count; i++) {
		const struct resolution *entry = record_set_at(&record->entries, i);
		vector_push(&record->marked, capture_detect(&context->capture, entry->text,
							    entry->organization, 0));
	}
}

/* By those who came at all; then by those who were left at the end. */
static char *quorum_fault(const struct roll *roll, const struct quorum_rule *rule, bool *is_back)
{
	struct quorum_count count;
	struct strbuf text;
	day_minute lost, regained = roll_quorum_regained(roll, rule, &lost);
	strbuf_init(&text);
	roll_count(roll, DAY_MINUTE_NONE, &count);
	if (!quorum_is_met(rule, &count)) {
		quorum_add_sentence(&text, rule, &count);
	} else if (lost != DAY_MINUTE_NONE) {
		strbuf_adds(&text, _("el quórum se perdió a las "));
		daytime_add_local(&text, lost);
	}
	*is_back = quorum_is_met(rule, &count) && regained != DAY_MINUTE_NONE;
	if (*is_back) {
		strbuf_adds(&text, _(" y volvió a haberlo a las "));
		daytime_add_local(&text, regained);
	}
	char *fault = text.length ? strbuf_detach(&text) : NULL;
	strbuf_release(&text);
	return fault;
}

static enum rc load_quorum(struct store *store, int64_t meeting, struct closing_record *record,
			   struct error *err)
{
	struct quorum_rule rule;
	struct roll roll = {0};
	enum rc rc = setting_load_quorum(store, &rule, err);
	if (rc == RC_OK && quorum_rule_is_set(&rule)) {
		rc = roll_load(store, meeting, &roll, err);
		if (rc == RC_OK)
			record->quorum = quorum_fault(&roll, &rule, &record->is_quorum_back);
		roll_release(&roll);
	}
	return rc;
}

enum rc closing_check(struct store *store, int64_t meeting, struct closing_report *report,
		      struct error *err)
{
	struct closing_record record = {0};
	struct closing_report found = {0};
	struct minutes_context context;
	enum rc rc = load_record(store, meeting, &record, err);
	if (rc == RC_OK)
		rc = load_quorum(store, meeting, &record, err);
	if (rc == RC_OK)
		rc = minutes_context_load(store, meeting, &context, err);
	if (rc == RC_OK) {
		mark_sentences(&context, &record);
		const struct closing_facts facts = facts_of(&record);
		closing_review(&facts, &found);
		*report = found;
		minutes_context_release(&context);
	}
	record_free(&record);
	return rc;
}

/* ---- the end of the session */

static enum rc refuse_state(const struct meeting *meeting, struct error *err)
{
	switch (meeting->status) {
	case MEETING_IN_SESSION:
		return RC_OK;
	case MEETING_CLOSED:
		return error_set(err, RC_REFUSED, _("%s ya está cerrada"), meeting->number);
	case MEETING_APPROVED:
		return error_set(err, RC_REFUSED, _("%s ya está cerrada y su acta, aprobada"),
				 meeting->number);
	default:
		return error_set(err, RC_REFUSED,
				 _("%s no ha comenzado (%s): comience por un punto en la Sala, o "
				   "con «nucleo set meeting %s status=in_session»"),
				 meeting->number,
				 enum_label(&meeting_status_names, meeting->status),
				 meeting->number);
	}
}

static enum rc refuse_missing(const struct meeting *meeting, const struct closing_report *report,
			      struct error *err)
{
	size_t count = closing_missing(report);
	struct strbuf names;
	strbuf_init(&names);
	closing_add_missing(report, &names);
	enum rc rc = error_set(err, RC_REFUSED,
			       ngettext("%s: falta %zu cosa (%s); complétela, o diga por qué se "
					"cierra así (reason=)",
					"%s: faltan %zu cosas (%s); complételas, o diga por qué "
					"se cierra así (reason=)",
					count),
			       meeting->number, count, names.data);
	strbuf_release(&names);
	return rc;
}

static enum rc check_reason(struct store *store, const struct meeting *meeting, bool has_reason,
			    size_t *missing, struct error *err)
{
	struct closing_report report = {0};
	enum rc rc = closing_check(store, meeting->key, &report, err);
	*missing = rc == RC_OK ? closing_missing(&report) : 0;
	if (*missing && !has_reason)
		rc = refuse_missing(meeting, &report, err);
	closing_report_release(&report);
	return rc;
}

/* The clock of what is in progress stops first: that begins the operation. */
static enum rc add_edits(struct store *store, const struct closing_wish *wish,
			 const char *reason, struct operation *operation, struct error *err)
{
	struct stored_row row = {0};
	enum rc rc = minutes_go_to(store, wish->meeting, 0, wish->now, operation, err);
	if (rc == RC_OK)
		rc = store_row(store, "meeting", wish->meeting, &row, err);
	if (rc == RC_OK) {
		operation_change(operation, "meeting", row.key, "status",
				 row_value(&row, "status"),
				 value_text(enum_name(&meeting_status_names, MEETING_CLOSED)));
		meeting_change_time(operation, "meeting", &row, "closed", wish->now);
		operation_change(operation, "meeting", row.key, "closing_reason",
				 row_value(&row, "closing_reason"),
				 value_text(*reason ? reason : NULL));
	}
	row_release(&row);
	return rc;
}

static void set_closing_words(struct operation *operation, const struct meeting *meeting,
			      const struct closing_wish *wish, size_t missing)
{
	struct strbuf words;
	strbuf_init(&words);
	strbuf_addf(&words, "Cierra la reunión %s", meeting->number);
	if (wish->now != DAY_MINUTE_NONE) {
		strbuf_adds(&words, ", a las ");
		daytime_add_local(&words, wish->now);
	}
	if (missing)
		strbuf_addf(&words, missing == 1 ? ", con motivo: falta %zu cosa"
						 : ", con motivo: faltan %zu cosas",
			    missing);
	operation_set_words(operation, "%s", words.data);
	strbuf_release(&words);
}

enum rc closing_close(struct store *store, const struct closing_wish *wish,
		      struct operation *operation, struct error *err)
{
	struct record_set set = {0};
	struct strbuf reason;
	size_t missing = 0;
	strbuf_init(&reason);
	strbuf_adds(&reason, wish->reason ? wish->reason : "");
	strbuf_trim(&reason);
	enum rc rc = meeting_record_load(store, wish->meeting, &set, err);
	const struct meeting *meeting = rc == RC_OK ? record_set_at(&set, 0) : NULL;
	if (rc == RC_OK)
		rc = refuse_state(meeting, err);
	if (rc == RC_OK)
		rc = check_reason(store, meeting, reason.length > 0, &missing, err);
	if (rc == RC_OK)
		rc = add_edits(store, wish, reason.data, operation, err);
	if (rc == RC_OK)
		set_closing_words(operation, meeting, wish, missing);
	strbuf_release(&reason);
	record_set_release(&set);
	return rc;
}
