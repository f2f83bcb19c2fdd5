/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_merge.h"
#include "nucleo/exchange/acta_parts.h"
#include "nucleo/exchange/meeting_rows.h"

/* What may tell which plan "C5" belongs to; NULL: nothing does. */
struct clues {
	const struct plan *named;   /* by the acta */
	const struct plan *running; /* on the day of the meeting; of several, the newest */
	const struct plan *before;  /* where the acta's percentages are since an earlier import */
	const struct plan *latest;  /* to begin by the day of the meeting */
	size_t running_count;
};

/* The line where the acta first speaks of a commitment by its code; 0: nowhere. */
static int commitment_line(const struct acta *acta)
{
	if (acta->measures.count)
		return acta->measures.items[0].line;
	for (size_t i = 0; i < acta->followups.count; i++)
		if (*acta->followups.items[i].commitment)
			return acta->followups.items[i].line;
	return 0;
}

static bool holds_measures(const struct acta_merge *merge, const struct plan *plan)
{
	for (size_t i = 0; i < merge_count(merge, MERGE_PROGRESS); i++) {
		const struct progress *row = merge_at(merge, MERGE_PROGRESS, i);
		if (strcmp(row->plan, plan->code) == 0)
			return true;
	}
	return false;
}

static bool is_newer(const struct plan *plan, const struct plan *than)
{
	return !than || plan->starts > than->starts;
}

static struct clues find_clues(const struct acta_merge *merge, const struct record_set *plans)
{
	struct clues clues = {0};
	const struct acta *acta = merge->acta;
	for (size_t i = 0; i < plans->count; i++) {
		const struct plan *plan = record_set_at(plans, i);
		bool begun = plan->starts != DATE_NONE && plan->starts <= acta->date;
		if (acta->plan_code && utf8_equal_folded(plan->code, acta->plan_code))
			clues.named = plan;
		if (holds_measures(merge, plan))
			clues.before = plan;
		if (begun && is_newer(plan, clues.latest))
			clues.latest = plan;
		if (!begun || plan->ends == DATE_NONE || plan->ends < acta->date)
			continue;
		clues.running_count++;
		if (is_newer(plan, clues.running))
			clues.running = plan;
	}
	return clues;
}

/* The one plan there is, unless it is over and the acta speaks of another. */
static const struct plan *only_plan(const struct acta *acta, const struct record_set *plans)
{
	const struct plan *plan = plans->count == 1 ? record_set_at(plans, 0) : NULL;
	bool has_dates = plan && (plan->starts != DATE_NONE || plan->ends != DATE_NONE);
	return acta->plan_code && has_dates ? NULL : plan;
}

/* Sure: named by the acta, the only one running that day, or chosen before. Else
 * the newest one begun by then, or the only one there is, which is said aloud. */
static const struct plan *choose_plan(const struct acta_merge *merge,
				      const struct record_set *plans, bool *is_sure)
{
	struct clues clues = find_clues(merge, plans);
	*is_sure = true;
	if (clues.named)
		return clues.named;
	if (clues.running_count == 1 && !merge->acta->plan_code)
		return clues.running;
	if (clues.before)
		return clues.before;
	*is_sure = false;
	if (clues.running)
		return clues.running;
	if (clues.latest && !merge->acta->plan_code)
		return clues.latest;
	return only_plan(merge->acta, plans);
}

static void remark_choice(struct acta_merge *merge, const struct plan *plan, int line)
{
	if (merge->acta->plan_code)
		acta_remark(merge->acta, line,
			    _("el acta nombra el plan %s, que no está en la base: los compromisos "
			      "se anotaron en %s; revíselo"),
			    merge->acta->plan_code, plan->code);
	else
		acta_remark(merge->acta, line,
			    _("el acta no dice de qué plan son los compromisos: se anotaron en %s; "
			      "revíselo"),
			    plan->code);
}

static enum rc no_plan_error(const struct acta *acta, const struct record_set *plans,
			     struct error *err)
{
	struct strbuf codes;
	strbuf_init(&codes);
	for (size_t i = 0; i < plans->count; i++) {
		const struct plan *plan = record_set_at(plans, i);
		strbuf_addf(&codes, "%s%s", i ? ", " : "", plan->code);
	}
	error_set(err, RC_REFUSED,
		  _("no se sabe de qué plan son los compromisos del acta %s: hay %s y ninguno "
		    "había empezado ese día; nómbrelo en el acta (como «Segundo PAGA»)"),
		  acta->number, codes.data);
	strbuf_release(&codes);
	return RC_REFUSED;
}

static enum rc load_commitments(struct acta_merge *merge, const struct plan *plan,
				struct error *err)
{
	struct list_query query = {.plan = plan->key};
	merge->plan = plan->key;
	merge->plan_code = mem_strdup(plan->code);
	return record_set_load(&merge->commitments, merge->store, RECORD_COMMITMENT, &query, err);
}

static enum rc bind_plan(struct acta_merge *merge, const struct record_set *plans, int line,
			 struct error *err)
{
	bool is_sure;
	const struct plan *plan = choose_plan(merge, plans, &is_sure);
	const char *named = merge->acta->plan_code;
	if (plan) {
		if (!is_sure && (named || plans->count > 1))
			remark_choice(merge, plan, line);
		return load_commitments(merge, plan, err);
	}
	if (plans->count && !named)
		return no_plan_error(merge->acta, plans, err);
	merge->plan_code = mem_strdup(named ? named : "paga");
	acta_remark(merge->acta, line, _("se hizo el plan %s para los compromisos del acta"),
		    merge->plan_code);
	return RC_OK;
}

enum rc merge_plan(struct acta_merge *merge, struct error *err)
{
	struct list_query all = {0};
	struct record_set plans;
	int line = commitment_line(merge->acta);
	if (!line)
		return RC_OK;
	enum rc rc = record_set_load(&plans, merge->store, RECORD_PLAN, &all, err);
	if (rc != RC_OK)
		return rc;
	rc = bind_plan(merge, &plans, line, err);
	record_set_release(&plans);
	return rc;
}

static int64_t insert_plan(struct acta_merge *merge)
{
	int64_t key = merge_insert(merge, "plan");
	operation_field(merge->operation, "code", value_text(merge->plan_code));
	operation_field(merge->operation, "title", value_text(merge->acta->plan_title));
	return key;
}

static int64_t insert_commitment(struct acta_merge *merge, const char *code)
{
	char *sort = commitment_sort_key(merge->plan_code, code);
	if (!merge->plan)
		merge->plan = insert_plan(merge);
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

/* The stored figure of that commitment; one bound to another plan is none of it. */
static const struct progress *take_progress(struct acta_merge *merge, const char *code)
{
	struct merge_rows *rows = &merge->rows[MERGE_PROGRESS];
	for (size_t i = 0; i < rows->set.count; i++) {
		const struct progress *row = merge_at(merge, MERGE_PROGRESS, i);
		if (rows->used[i] || strcmp(row->commitment, code) != 0 ||
		    strcmp(row->plan, merge->plan_code) != 0)
			continue;
		rows->used[i] = true;
		return row;
	}
	return NULL;
}

static void insert_progress(struct acta_merge *merge, const struct acta_measure *measure)
{
	const struct measure_row row = {
		.meeting = merge->meeting,
		.item = merge_item_key(merge, measure->item),
		.commitment = merge_commitment(merge, measure->code),
		.day = merge->acta->date,
		.percent = measure->percent,
	};
	merge->result->added++;
	meeting_add_measure(merge->operation, &row);
}

bool merge_is_report(const struct progress *row)
{
	return row->milestone || row->reporter != ENUM_NONE;
}

static void keep_reports(struct acta_merge *merge)
{
	for (size_t i = 0; i < merge_count(merge, MERGE_PROGRESS); i++)
		merge->rows[MERGE_PROGRESS].used[i] =
			merge_is_report(merge_at(merge, MERGE_PROGRESS, i));
}

static void update_progress(struct acta_merge *merge, const struct progress *stored,
			    const struct acta_measure *measure)
{
	struct merge_row row = merge_row(merge, "progress", stored->key);
	merge_set_date(&row, "as_of", stored->as_of, merge->acta->date);
	merge_set(&row, "percent", value_percent(stored->percent), value_percent(measure->percent));
	merge_set(&row, "agenda_item", value_key(stored->item_key),
		  value_key(merge_item_key(merge, measure->item)));
	merge_row_done(&row);
}

void merge_measures(struct acta_merge *merge)
{
	keep_reports(merge);
	for (size_t i = 0; i < merge->acta->measures.count; i++) {
		const struct acta_measure *measure = &merge->acta->measures.items[i];
		const struct progress *stored = take_progress(merge, measure->code);
		if (stored)
			update_progress(merge, stored, measure);
		else
			insert_progress(merge, measure);
	}
}
