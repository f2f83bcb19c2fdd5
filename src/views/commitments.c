/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/list_view.h"
#include "nucleo/views/phrases.h"

enum {
	COLUMN_CODE,
	COLUMN_TITLE,
	COLUMN_LEAD,
	COLUMN_BAR,
	COLUMN_PERCENT,
	COLUMN_CHANGE,
	COLUMN_PACE,
	COLUMN_BLOCKER,
	COLUMN_COUNT
};

/* At 40 columns the code, the bar, the figure and the sign of the pace remain. */
static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_CODE] = {.title = N_("C"), .min = 3, .max = 8, .weight = 1},
	[COLUMN_TITLE] = {.title = N_("Compromiso"), .min = 12, .weight = 40, .drop = 4},
	[COLUMN_LEAD] = {.title = N_("Resp."), .min = 8, .max = 12, .weight = 4, .drop = 5},
	[COLUMN_BAR] = {.title = N_("Avance"), .min = 10, .is_bar = true},
	[COLUMN_PERCENT] = {.title = "%", .min = 5, .align = ALIGN_RIGHT},
	[COLUMN_CHANGE] = {.title = N_("Δ"), .min = 5, .align = ALIGN_RIGHT, .drop = 3},
	[COLUMN_PACE] = {.title = N_("Ritmo"), .brief = N_("R"), .min = 1, .max = 10, .weight = 30},
	[COLUMN_BLOCKER] = {.title = "", .min = 1, .drop = 1},
};

static enum role pace_role(int pace)
{
	switch (pace) {
	case PACE_AHEAD:
		return ROLE_GOOD;
	case PACE_BEHIND:
		return ROLE_WARNING;
	default:
		return ROLE_DIM;
	}
}

/* With both decimals it may be wider than its column, which then has it in whole points. */
static void fill_change(const struct commitment *commitment, struct table_row *row)
{
	int change = commitment->percent - commitment->previous_percent;
	struct strbuf text;
	char points[16];
	if (commitment->percent == PERCENT_NONE || commitment->previous_percent == PERCENT_NONE ||
	    !change) {
		bool same = commitment->previous_percent != PERCENT_NONE && !change;
		table_row_text(row, COLUMN_CHANGE, ROLE_TEXT, same ? "=" : "—");
		return;
	}
	strbuf_init(&text);
	strbuf_addch(&text, change > 0 ? '+' : '-');
	percent_add(&text, abs(change));
	snprintf(points, sizeof(points), "%+d", (change + (change > 0 ? 50 : -50)) / 100);
	table_row_text(row, COLUMN_CHANGE, ROLE_TEXT, text.data);
	table_row_brief(row, COLUMN_CHANGE, points);
	strbuf_release(&text);
}

static void fill_figures(const struct commitment *commitment, struct table_row *row)
{
	struct strbuf text;
	strbuf_init(&text);
	table_row_bar(row, COLUMN_BAR, ROLE_BAR, commitment->percent,
		      commitment->expected_percent);
	percent_add(&text, commitment->percent);
	table_row_text(row, COLUMN_PERCENT, ROLE_TEXT, text.length ? text.data : "—");
	strbuf_release(&text);
	fill_change(commitment, row);
}

/* What the row may have to cut or only has a sign for. */
static void fill_note(const struct commitment *commitment, struct table_row *row)
{
	struct strbuf note;
	if (!commitment->title && !commitment->blocker)
		return;
	strbuf_init(&note);
	strbuf_addf(&note, "%s · %s", commitment->called, phrase_title(commitment->title));
	if (commitment->blocker)
		strbuf_addf(&note, _(" · bloqueado: %s"), commitment->blocker);
	table_row_note(row, note.data);
	strbuf_release(&note);
}

/* Where two plans have the same code, it takes the plan to tell which one this is. */
static void fill_title(const struct commitment *commitment, struct table_row *row)
{
	struct strbuf title;
	strbuf_init(&title);
	if (strcmp(commitment->called, commitment->code) != 0)
		strbuf_addf(&title, "%s · ", commitment->plan);
	strbuf_adds(&title, phrase_title(commitment->title));
	table_row_text(row, COLUMN_TITLE, commitment->title ? ROLE_TEXT : ROLE_DIM, title.data);
	strbuf_release(&title);
}

static void fill(const void *record, struct table_row *row)
{
	const struct commitment *commitment = record;
	char lead[64] = "?";
	if (commitment->lead && *commitment->lead)
		snprintf(lead, sizeof(lead), "%.*s", (int)strcspn(commitment->lead, "\n"),
			 commitment->lead);
	table_row_text(row, COLUMN_CODE, ROLE_TITLE, commitment->code);
	fill_title(commitment, row);
	table_row_text(row, COLUMN_LEAD, ROLE_TEXT, lead);
	fill_figures(commitment, row);
	table_row_text(row, COLUMN_PACE, pace_role(commitment->pace),
		       enum_label(&pace_names, commitment->pace));
	table_row_brief(row, COLUMN_PACE, enum_sign(&pace_names, commitment->pace));
	table_row_text(row, COLUMN_BLOCKER, ROLE_BAD, commitment->blocked ? "⚑" : "");
	fill_note(commitment, row);
}

/* The answer before the detail: how the commitments of the plan that runs stand as a whole. Those
 * of plans long over would only blur it, and adding them up would take longer every year. */
struct summary {
	int64_t plan; /**< 0: there is none */
	char plan_code[24];
	day_number plan_starts;
	bool has_begun;
	int plan_count;
	int64_t percent_sum, expected_sum;
	int count, measured, expected, behind, at_zero;
};

static bool add_to_summary(void *context, const void *record)
{
	struct summary *summary = context;
	const struct commitment *commitment = record;
	summary->count++;
	summary->behind += commitment->pace == PACE_BEHIND;
	summary->at_zero += commitment->percent == 0;
	if (commitment->percent != PERCENT_NONE) {
		summary->measured++;
		summary->percent_sum += commitment->percent;
	}
	if (commitment->expected_percent != PERCENT_NONE) {
		summary->expected++;
		summary->expected_sum += commitment->expected_percent;
	}
	return true;
}

struct plan_choice {
	struct summary *summary;
	day_number today;
};

/* The plan that began last; of those still to come the one that comes last. */
static bool choose_plan(void *context, const void *record)
{
	const struct plan_choice *choice = context;
	struct summary *summary = choice->summary;
	const struct plan *plan = record;
	bool has_begun = plan->starts <= choice->today;
	summary->plan_count++;
	if (summary->plan && (summary->has_begun > has_begun ||
			      (summary->has_begun == has_begun &&
			       summary->plan_starts > plan->starts)))
		return true;
	summary->plan = plan->key;
	summary->plan_starts = plan->starts;
	summary->has_begun = has_begun;
	snprintf(summary->plan_code, sizeof(summary->plan_code), "%s", plan->code);
	return true;
}

static enum rc summarize(struct session *session, void *context, struct error *err)
{
	struct store *store = session_store(session);
	struct list_query query = {0};
	struct plan_choice choice = {.summary = context, .today = store_today(store)};
	*choice.summary = (struct summary){0};
	enum rc rc = store_list(store, RECORD_PLAN, &query, choose_plan, &choice, err);
	query.plan = choice.summary->plan;
	if (rc != RC_OK || !query.plan)
		return rc;
	return store_list(store, RECORD_COMMITMENT, &query, add_to_summary, context, err);
}

static int rounded_mean(int64_t sum, int count)
{
	return (int)((sum + (int64_t)count * 50) / ((int64_t)count * 100));
}

static void sentence(const void *context, struct strbuf *out)
{
	const struct summary *summary = context;
	if (!summary->count)
		return;
	if (summary->plan_count > 1)
		strbuf_addf(out, "%s · ", summary->plan_code);
	if (!summary->measured) {
		strbuf_addf(out,
			    ngettext("%d compromiso, todavía sin medir",
				     "%d compromisos, ninguno medido todavía",
				     (unsigned long)summary->count),
			    summary->count);
		return;
	}
	if (summary->expected)
		strbuf_addf(out, _("%d de %d por debajo del ritmo · "), summary->behind,
			    summary->expected);
	strbuf_addf(out, _("media %d %%"), rounded_mean(summary->percent_sum, summary->measured));
	if (summary->expected)
		strbuf_addf(out, _(" · esperado %d %%"),
			    rounded_mean(summary->expected_sum, summary->expected));
	strbuf_addf(out, _(" · en cero: %d"), summary->at_zero);
}

static const char *const fields[COLUMN_COUNT] = {
	[COLUMN_CODE] = "code",
	[COLUMN_TITLE] = "title",
	[COLUMN_LEAD] = "lead",
	[COLUMN_PERCENT] = "percent",
	[COLUMN_CHANGE] = "previous_percent",
	[COLUMN_PACE] = "pace",
	[COLUMN_BLOCKER] = "blocked",
};

static const struct list_spec spec = {
	.kind = RECORD_COMMITMENT,
	.context = CONTEXT_COMMITMENTS,
	.op = commitment_op,
	.name = "commitments",
	.title = N_("Compromisos"),
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.fields = fields,
	.fill = fill,
	.open = commitment_view_new,
	.summarize = summarize,
	.sentence = sentence,
	.summary_size = sizeof(struct summary),
	.note_rows = 2,
	.empty = N_("Aquí van los compromisos del plan. El primero llega con un acta "
		    "(nucleo import acta ARCHIVO), o lo agrega usted con n."),
};

struct view *commitments_view_new(void *context)
{
	return list_view_new(context, &spec);
}
