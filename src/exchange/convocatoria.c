/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/convocatoria.h"

#include <string.h>

#include "nucleo/base/text_map.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/model/agenda_clock.h"
#include "nucleo/store/children.h"

/* The list has the pending ones first, those due first before the others. */
static bool keep_pending(void *context, const void *row)
{
	const struct followup *followup = row;
	return followup_is_pending(followup->status) && record_set_add(context, row);
}

static bool is_late(const struct commitment *commitment)
{
	return commitment->blocked || commitment->pace == PACE_BEHIND;
}

/* Of the plan people work on, which the list has first. */
struct late_commitments {
	struct record_set *set;
	char *plan;
};

static bool keep_late(void *context, const void *row)
{
	struct late_commitments *late = context;
	const struct commitment *commitment = row;
	if (!late->plan)
		late->plan = mem_strdup(commitment->plan);
	if (strcmp(late->plan, commitment->plan) != 0)
		return false;
	return !is_late(commitment) || record_set_add(late->set, row);
}

static enum rc load_commitments(struct store *store, struct record_set *set, struct error *err)
{
	const struct list_query all = {.limit = 0};
	struct late_commitments late = {.set = set};
	set->kind = &record_kinds[RECORD_COMMITMENT];
	enum rc rc = store_list(store, RECORD_COMMITMENT, &all, keep_late, &late, err);
	free(late.plan);
	return rc;
}

static enum rc load_records(struct store *store, int64_t meeting, struct convocatoria *notice,
			    struct error *err)
{
	const struct list_query all = {.limit = 0}, parts = {.meeting = meeting};
	notice->followups.kind = &record_kinds[RECORD_FOLLOWUP];
	enum rc rc = meeting_record_load(store, meeting, &notice->meetings, err);
	if (rc == RC_OK)
		rc = record_set_load(&notice->all_items, store, RECORD_AGENDA, &parts, err);
	if (rc == RC_OK)
		rc = record_set_load(&notice->organizations, store, RECORD_ORGANIZATION, &all, err);
	if (rc == RC_OK)
		rc = store_list(store, RECORD_FOLLOWUP, &all, keep_pending, &notice->followups,
				err);
	return rc == RC_OK ? load_commitments(store, &notice->commitments, err) : rc;
}

/* What was left for another meeting goes with its parts, which stand behind it. */
static void choose_items(struct convocatoria *notice)
{
	key_list left_out = {0};
	for (size_t i = 0; i < notice->all_items.count; i++) {
		const struct agenda_item *item = record_set_at(&notice->all_items, i);
		if (item->parked || key_list_has(&left_out, item->parent_key)) {
			vector_push(&left_out, item->key);
			continue;
		}
		vector_push(&notice->items, item);
		notice->minutes += clock_planned(item);
	}
	vector_release(&left_out);
}

/* The debt of each acronym in a list, one a line; that of nobody for none. An acronym is of an
 * institution of the same database. */
static struct convocatoria_debt *next_debt(struct convocatoria *notice, struct text_map *places,
					   const char **acronyms)
{
	size_t length = strcspn(*acronyms, "\n");
	char *acronym = mem_strndup(*acronyms, length);
	size_t place = text_map_get(places, acronym);
	free(acronym);
	*acronyms += length + ((*acronyms)[length] == '\n');
	return &notice->debts.items[place < notice->debts.count ? place
								 : notice->debts.count - 1];
}

static void share_out(struct convocatoria *notice, struct text_map *places)
{
	for (size_t i = 0; i < notice->followups.count; i++) {
		const struct followup *followup = record_set_at(&notice->followups, i);
		const char *who = followup->responsible ? followup->responsible : "";
		do {
			struct convocatoria_debt *debt = next_debt(notice, places, &who);
			vector_push(&debt->followups, followup);
		} while (*who);
	}
	for (size_t i = 0; i < notice->commitments.count; i++) {
		const struct commitment *commitment = record_set_at(&notice->commitments, i);
		const char *who = commitment->lead ? commitment->lead : "";
		do {
			struct convocatoria_debt *debt = next_debt(notice, places, &who);
			vector_push(&debt->commitments, commitment);
		} while (*who);
	}
}

static void find_debts(struct convocatoria *notice)
{
	struct text_map places = {0};
	for (size_t i = 0; i < notice->organizations.count; i++) {
		const struct organization *organization =
			record_set_at(&notice->organizations, i);
		vector_add(&notice->debts)->organization = organization;
		text_map_put(&places, organization->acronym, i);
	}
	(void)vector_add(&notice->debts);
	share_out(notice, &places);
	text_map_release(&places);
}

enum rc convocatoria_load(struct store *store, int64_t meeting, struct convocatoria *notice,
			  struct error *err)
{
	struct convocatoria made = {.minutes = 0};
	enum rc rc = load_records(store, meeting, &made, err);
	if (rc != RC_OK) {
		convocatoria_release(&made);
		return rc;
	}
	choose_items(&made);
	find_debts(&made);
	*notice = made;
	return RC_OK;
}

void convocatoria_release(struct convocatoria *notice)
{
	for (size_t i = 0; i < notice->debts.count; i++) {
		vector_release(&notice->debts.items[i].followups);
		vector_release(&notice->debts.items[i].commitments);
	}
	vector_release(&notice->debts);
	vector_release(&notice->items);
	record_set_release(&notice->meetings);
	record_set_release(&notice->all_items);
	record_set_release(&notice->followups);
	record_set_release(&notice->commitments);
	record_set_release(&notice->organizations);
}

const struct meeting *convocatoria_meeting(const struct convocatoria *notice)
{
	return record_set_at(&notice->meetings, 0);
}

bool convocatoria_owes(const struct convocatoria_debt *debt)
{
	return debt->followups.count || debt->commitments.count;
}

int convocatoria_length(const struct meeting *meeting)
{
	if (meeting->starts == DAY_MINUTE_NONE || meeting->ends == DAY_MINUTE_NONE)
		return 0;
	return daytime_between(meeting->starts, meeting->ends);
}
