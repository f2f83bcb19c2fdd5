/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/minutes_parts.h"

/* The forum this program is made for, as its texts name it. */
static const char group_name[] = "Grupo Núcleo";

/* ---- institutions */

static void add_spoken(struct minutes_names *names, const char *acronym, const char *name)
{
	/* Of a name its first words are enough: "la Alcaldía" for "Alcaldía de Loja". */
	if (!name && strchr(acronym, ' '))
		name = acronym;
	vector_push(&names->spoken, ((struct prose_institution){acronym, name}));
}

/* Those that came are meant first, as when an acta is read. */
static enum rc load_institutions(struct minutes_names *names, struct store *store, int64_t meeting,
				 struct error *err)
{
	const struct list_query query = {.meeting = meeting};
	enum rc rc = institutions_load(&names->institutions, store, err);
	if (rc == RC_OK)
		rc = record_set_load(&names->attendees, store, RECORD_ATTENDEE, &query, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < names->attendees.count; i++) {
		const struct attendee *row = record_set_at(&names->attendees, i);
		if (row->organization)
			add_spoken(names, row->organization, row->name);
	}
	for (size_t i = 0; i < names->institutions.stored.count; i++) {
		const struct organization *row = record_set_at(&names->institutions.stored, i);
		add_spoken(names, row->acronym, row->name);
	}
	return RC_OK;
}

/* ---- commitments */

/* The plan that "C5" is of on a day: the newest in force, else the newest begun. */
struct plan_choice {
	day_number day;
	day_number starts;
	bool is_running;
	char *code; /* owned; NULL: none has begun */
};

static bool choose_plan(void *context, const void *row)
{
	struct plan_choice *choice = context;
	const struct plan *plan = row;
	if (plan->starts == DATE_NONE || plan->starts > choice->day)
		return true;
	bool is_running = plan->ends != DATE_NONE && plan->ends >= choice->day;
	bool is_better = is_running != choice->is_running ? is_running
							   : plan->starts > choice->starts;
	if (choice->code && !is_better)
		return true;
	free(choice->code);
	choice->code = mem_strdup(plan->code);
	choice->starts = plan->starts;
	choice->is_running = is_running;
	return true;
}

static void add_commitment(struct minutes_names *names, const struct commitment *row,
			   const char *code)
{
	char *called = mem_strdup(code);
	vector_push(&names->keys, ((struct minutes_commitment){called, row->key}));
	vector_push(&names->named,
		    ((struct capture_commitment){called, row->title, row->percent}));
}

/* One of the plan in force goes by its bare code, though another plan has the same; its plan may
 * be said all the same. */
static void name_commitments(struct minutes_names *names, const char *plan)
{
	for (size_t i = 0; i < names->commitments.count; i++) {
		const struct commitment *row = record_set_at(&names->commitments, i);
		bool is_in_force = plan && strcmp(row->plan, plan) == 0;
		add_commitment(names, row, is_in_force ? row->code : row->called);
	}
	for (size_t i = 0; plan && i < names->commitments.count; i++) {
		const struct commitment *row = record_set_at(&names->commitments, i);
		if (strcmp(row->plan, plan) == 0 && strcmp(row->called, row->code) != 0)
			add_commitment(names, row, row->called);
	}
}

static enum rc load_commitments(struct minutes_names *names, struct store *store, day_number day,
				struct error *err)
{
	const struct list_query all = {0};
	struct plan_choice choice = {.day = day};
	enum rc rc = store_list(store, RECORD_PLAN, &all, choose_plan, &choice, err);
	if (rc == RC_OK)
		rc = record_set_load(&names->commitments, store, RECORD_COMMITMENT, &all, err);
	if (rc == RC_OK)
		name_commitments(names, choice.code);
	free(choice.code);
	return rc;
}

int64_t minutes_commitment_key(const struct minutes_names *names, const char *code)
{
	for (size_t i = 0; code && *code && i < names->keys.count; i++)
		if (utf8_equal_folded(names->keys.items[i].code, code))
			return names->keys.items[i].key;
	return 0;
}

/* ---- the meeting */

/* The list of meetings is the latest first: the last one seen that is later is the next. */
static bool find_next(void *context, const void *row)
{
	struct prose_context *prose = context;
	const struct meeting *meeting = row;
	if (meeting->date <= prose->meeting_date)
		return false;
	prose->next_meeting = meeting->date;
	return true;
}

static bool copy_meeting(void *context, const void *row)
{
	struct minutes_context *minutes = context;
	const struct meeting *meeting = row;
	minutes->number = mem_strdup(meeting->number);
	minutes->status = meeting->status;
	minutes->capture.prose.meeting_date = meeting->date;
	return false;
}

static enum rc load_meeting(struct store *store, struct minutes_context *context,
			    struct error *err)
{
	const struct list_query one = {.key = context->meeting, .limit = 1}, all = {0};
	enum rc rc = store_list(store, RECORD_MEETING, &one, copy_meeting, context, err);
	if (rc == RC_OK && !context->number)
		return minutes_gone(err);
	return rc == RC_OK ? store_list(store, RECORD_MEETING, &all, find_next,
					&context->capture.prose, err)
			   : rc;
}

void minutes_context_release(struct minutes_context *context)
{
	struct minutes_names *names = context->names;
	if (!names)
		return;
	institutions_release(&names->institutions);
	record_set_release(&names->attendees);
	record_set_release(&names->commitments);
	for (size_t i = 0; i < names->keys.count; i++)
		free(names->keys.items[i].code);
	vector_release(&names->keys);
	vector_release(&names->named);
	vector_release(&names->spoken);
	free(names);
	free(context->number);
	*context = (struct minutes_context){0};
}

enum rc minutes_context_load(struct store *store, int64_t meeting, struct minutes_context *context,
			     struct error *err)
{
	struct minutes_context loaded = {.meeting = meeting};
	struct minutes_names *names = mem_alloc_zero(1, sizeof(*names));
	struct prose_context *prose = &loaded.capture.prose;
	loaded.names = names;
	prose->group = group_name;
	prose->next_meeting = DATE_NONE;
	enum rc rc = load_meeting(store, &loaded, err);
	if (rc == RC_OK)
		rc = load_institutions(names, store, meeting, err);
	if (rc == RC_OK)
		rc = load_commitments(names, store, prose->meeting_date, err);
	if (rc != RC_OK) {
		minutes_context_release(&loaded);
		return rc;
	}
	prose->institutions = names->spoken.items;
	prose->institution_count = names->spoken.count;
	loaded.capture.commitments = names->named.items;
	loaded.capture.commitment_count = names->named.count;
	*context = loaded;
	return RC_OK;
}
