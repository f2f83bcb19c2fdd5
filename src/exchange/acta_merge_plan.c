/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/acta_merge.h"

/* Which plan "C5" belongs to: the one the acta names, else the one running on
 * the day of the meeting, else the only one there is. */
static const struct plan *choose_plan(const struct acta *acta, const struct record_set *plans)
{
	const struct plan *running = NULL;
	for (size_t i = 0; i < plans->count; i++) {
		const struct plan *plan = record_set_at(plans, i);
		if (acta->plan_code && strcmp(plan->code, acta->plan_code) == 0)
			return plan;
		if (plan->starts != DATE_NONE && plan->ends != DATE_NONE &&
		    plan->starts <= acta->date && acta->date <= plan->ends)
			running = plan;
	}
	if (running)
		return running;
	return plans->count == 1 ? record_set_at(plans, 0) : NULL;
}

static int64_t insert_plan(struct acta_merge *merge, const char *code)
{
	int64_t key = merge_insert(merge, "plan");
	operation_field(merge->operation, "code", value_text(code));
	operation_field(merge->operation, "title", value_text(merge->acta->plan_title));
	return key;
}

static enum rc load_commitments(struct acta_merge *merge, const struct plan *plan,
				struct error *err)
{
	struct list_query query = {.plan = plan->key};
	return record_set_load(&merge->commitments, merge->store, RECORD_COMMITMENT, &query, err);
}

enum rc merge_plan(struct acta_merge *merge, struct error *err)
{
	struct list_query all = {0};
	struct record_set plans;
	enum rc rc = record_set_load(&plans, merge->store, RECORD_PLAN, &all, err);
	if (rc != RC_OK)
		return rc;
	const struct plan *plan = choose_plan(merge->acta, &plans);
	const char *code = merge->acta->plan_code ? merge->acta->plan_code : "paga";
	merge->plan = plan ? plan->key : 0;
	merge->plan_code = mem_strdup(plan ? plan->code : code);
	if (plan)
		rc = load_commitments(merge, plan, err);
	record_set_release(&plans);
	return rc;
}

static int64_t insert_commitment(struct acta_merge *merge, const char *code)
{
	char *sort = commitment_sort_key(merge->plan_code, code);
	if (!merge->plan)
		merge->plan = insert_plan(merge, merge->plan_code);
	int64_t key = merge_insert(merge, "commitment");
	operation_field(merge->operation, "plan", value_key(merge->plan));
	operation_field(merge->operation, "code", value_text(code));
	operation_field(merge->operation, "sort", value_text(sort));
	free(sort);
	vector_push(&merge->new_commitments, ((struct merge_commitment){.key = key, .code = code}));
	return key;
}

int64_t merge_commitment(struct acta_merge *merge, const char *code)
{
	if (!*code)
		return 0;
	for (size_t i = 0; i < merge->commitments.count; i++) {
		const struct commitment *row = record_set_at(&merge->commitments, i);
		if (strcmp(row->code, code) == 0)
			return row->key;
	}
	for (size_t i = 0; i < merge->new_commitments.count; i++)
		if (strcmp(merge->new_commitments.items[i].code, code) == 0)
			return merge->new_commitments.items[i].key;
	return insert_commitment(merge, code);
}

static const struct progress *take_progress(struct acta_merge *merge, const char *code)
{
	struct merge_rows *rows = &merge->rows[MERGE_PROGRESS];
	for (size_t i = 0; i < rows->set.count; i++) {
		const struct progress *row = merge_at(merge, MERGE_PROGRESS, i);
		if (rows->used[i] || row->milestone || strcmp(row->commitment, code) != 0)
			continue;
		rows->used[i] = true;
		return row;
	}
	return NULL;
}

static void insert_progress(struct acta_merge *merge, const struct acta_measure *measure)
{
	int64_t commitment = merge_commitment(merge, measure->code);
	merge_insert(merge, "progress");
	operation_field(merge->operation, "commitment", value_key(commitment));
	operation_field_date(merge->operation, "as_of", merge->acta->date);
	operation_field(merge->operation, "percent", value_percent(measure->percent));
	operation_field(merge->operation, "meeting", value_key(merge->meeting));
	operation_field(merge->operation, "agenda_item",
			value_key(merge_item_key(merge, measure->item)));
}

/* Reports on milestones are no part of an acta's text. */
static void keep_milestone_reports(struct acta_merge *merge)
{
	for (size_t i = 0; i < merge_count(merge, MERGE_PROGRESS); i++) {
		const struct progress *row = merge_at(merge, MERGE_PROGRESS, i);
		merge->rows[MERGE_PROGRESS].used[i] = row->milestone != NULL;
	}
}

void merge_measures(struct acta_merge *merge)
{
	keep_milestone_reports(merge);
	for (size_t i = 0; i < merge->acta->measures.count; i++) {
		const struct acta_measure *measure = &merge->acta->measures.items[i];
		const struct progress *stored = take_progress(merge, measure->code);
		if (!stored) {
			insert_progress(merge, measure);
			continue;
		}
		struct merge_row row = merge_row(merge, "progress", stored->key);
		merge_set_date(&row, "as_of", stored->as_of, merge->acta->date);
		merge_set(&row, "percent", value_percent(stored->percent),
			  value_percent(measure->percent));
		merge_row_done(&row);
	}
}
