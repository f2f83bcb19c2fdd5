/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/convening_parts.h"
#include "nucleo/store/convening.h"
#include "nucleo/store/setting.h"

/* What the group owes: pending follow-ups, and commitments that are blocked or stand still. */

enum { FOLLOWUPS_MAX = 2000 };

static char *list_line(const char *list)
{
	struct strbuf line;
	strbuf_init(&line);
	record_list_add(&line, list, ", ");
	if (line.length)
		return strbuf_detach(&line);
	strbuf_release(&line);
	return NULL;
}

static void add_part(struct strbuf *out, const char *part)
{
	if (*part)
		strbuf_addf(out, "%s%s", out->length ? " · " : "", part);
}

/* ---- follow-ups */

static const struct meeting *meeting_held(const struct proposing *proposing, int64_t key)
{
	for (size_t i = 0; key && i < proposing->held.count; i++) {
		const struct meeting *meeting = record_set_at(&proposing->held, i);
		if (meeting->key == key)
			return meeting;
	}
	return NULL;
}

/* "arrastrada desde AM-2023-05, punto 3, hace 45 días, 2 reuniones" */
static void add_origin(const struct proposing *proposing, const struct followup *followup,
		       struct strbuf *out)
{
	const struct meeting *meeting = meeting_held(proposing, followup->meeting_key);
	struct strbuf part;
	if (!followup->meeting)
		return;
	strbuf_init(&part);
	if (followup->item)
		strbuf_addf(&part, _("arrastrada desde %s, punto %s"), followup->meeting,
			    followup->item);
	else
		strbuf_addf(&part, _("arrastrada desde %s"), followup->meeting);
	add_part(out, part.data);
	strbuf_reset(&part);
	if (meeting)
		convening_add_age(proposing, meeting->date, &part);
	add_part(out, part.data);
	strbuf_release(&part);
}

static void add_due(const struct proposing *proposing, const struct followup *followup,
		    struct strbuf *out)
{
	int days = proposing->convening->date - followup->due;
	struct strbuf part;
	if (followup->due == DATE_NONE)
		return;
	strbuf_init(&part);
	strbuf_adds(&part, days > 0 ? _("vencida el ") : _("vence el "));
	date_add_local(&part, followup->due);
	add_part(out, part.data);
	strbuf_release(&part);
}

static char *followup_detail(const struct proposing *proposing, const struct followup *followup)
{
	struct strbuf out;
	strbuf_init(&out);
	strbuf_adds(&out, followup->id);
	if (followup->status != FOLLOWUP_OPEN)
		add_part(&out, enum_label(&followup_status_names, followup->status));
	add_due(proposing, followup, &out);
	add_origin(proposing, followup, &out);
	return strbuf_detach(&out);
}

static bool has_followup(const struct proposing *proposing, int64_t key)
{
	for (size_t i = 0; i < proposing->agenda.count; i++)
		if (((const struct agenda_item *)record_set_at(&proposing->agenda, i))
			    ->followup_key == key)
			return true;
	return false;
}

/* The pending ones come first in their list. */
static bool add_followup(void *context, const void *row)
{
	struct proposing *proposing = context;
	const struct followup *followup = row;
	if (!followup_is_pending(followup->status))
		return false;
	if (has_followup(proposing, followup->key))
		return true;
	struct proposal *proposal =
		proposal_add(proposing->list, PROPOSAL_FOLLOWUP, followup->description);
	proposal->code = mem_strdup(followup->id);
	proposal->detail = followup_detail(proposing, followup);
	proposal->presenter = list_line(followup->responsible);
	proposal->followup = followup->key;
	proposal->carried = followup->carried;
	proposal->is_taken =
		followup->due != DATE_NONE && followup->due <= proposing->convening->date;
	return true;
}

enum rc convening_propose_followups(struct proposing *proposing, struct error *err)
{
	const struct list_query query = {.limit = FOLLOWUPS_MAX};
	return store_list(proposing->store, RECORD_FOLLOWUP, &query, add_followup, proposing, err);
}

/* ---- commitments */

struct stalling {
	struct proposing *proposing;
	key_list moved;
	size_t meetings; /* without movement, of those that are not in `moved`; 0: not known */
	int64_t plan;
	bool is_found;
	day_number plan_starts;
};

static bool has_commitment(const struct proposing *proposing, int64_t key)
{
	for (size_t i = 0; i < proposing->agenda.count; i++)
		if (((const struct agenda_item *)record_set_at(&proposing->agenda, i))
			    ->commitment_key == key)
			return true;
	return false;
}

static char *commitment_detail(const struct commitment *commitment, size_t stuck)
{
	struct strbuf out, part;
	strbuf_init(&out);
	strbuf_init(&part);
	if (commitment->blocker)
		strbuf_addf(&part, _("bloqueado: %s"), commitment->blocker);
	add_part(&out, part.data);
	strbuf_reset(&part);
	if (stuck)
		strbuf_addf(&part,
			    ngettext("sin movimiento en %zu reunión",
				     "sin movimiento en %zu reuniones", (unsigned long)stuck),
			    stuck);
	add_part(&out, part.data);
	strbuf_reset(&part);
	if (commitment->percent == PERCENT_NONE) {
		strbuf_adds(&part, _("sin avance informado"));
	} else {
		percent_add(&part, commitment->percent);
		strbuf_adds(&part, "\u00A0%"); /* no break before the sign */
	}
	add_part(&out, part.data);
	strbuf_release(&part);
	return strbuf_detach(&out);
}

static char *commitment_title(const struct commitment *commitment)
{
	struct strbuf title;
	strbuf_init(&title);
	strbuf_addf(&title, "%s. %s", commitment->called,
		    commitment->title ? commitment->title : "(por confirmar)");
	return strbuf_detach(&title);
}

static bool add_commitment(void *context, const void *row)
{
	struct stalling *stalling = context;
	const struct commitment *commitment = row;
	struct proposing *proposing = stalling->proposing;
	bool is_stuck = stalling->meetings && !key_list_has(&stalling->moved, commitment->key);
	if (commitment->percent == PERCENT_FULL || (!is_stuck && !commitment->blocker) ||
	    has_commitment(proposing, commitment->key))
		return true;
	char *title = commitment_title(commitment);
	struct proposal *proposal = proposal_add(proposing->list, PROPOSAL_COMMITMENT, title);
	free(title);
	proposal->code = mem_strdup(commitment->called);
	proposal->detail = commitment_detail(commitment, is_stuck ? stalling->meetings : 0);
	proposal->presenter = list_line(commitment->lead);
	proposal->commitment = commitment->key;
	proposal->is_taken = true;
	return true;
}

/* The plan that runs on the day: of several the one begun last. */
static bool consider_plan(void *context, const void *row)
{
	struct stalling *stalling = context;
	const struct plan *plan = row;
	day_number date = stalling->proposing->convening->date;
	if (plan->starts != DATE_NONE && plan->starts > date)
		return true;
	if (!stalling->is_found || plan->starts >= stalling->plan_starts) {
		stalling->plan = plan->key;
		stalling->plan_starts = plan->starts;
		stalling->is_found = true;
	}
	return true;
}

/* Since the meeting that many back; with fewer behind it nothing stands still yet. */
static enum rc find_moved(struct stalling *stalling, struct error *err)
{
	const struct record_set *held = &stalling->proposing->held;
	int meetings = 0;
	enum rc rc = setting_load_stuck_meetings(stalling->proposing->store, &meetings, err);
	if (rc != RC_OK || meetings < 1 || held->count < (size_t)meetings)
		return rc;
	const struct meeting *since = record_set_at(held, (size_t)meetings - 1);
	stalling->meetings = (size_t)meetings;
	return store_commitments_moved(stalling->proposing->store, since->date, &stalling->moved,
				       err);
}

enum rc convening_propose_commitments(struct proposing *proposing, struct error *err)
{
	struct stalling stalling = {.proposing = proposing};
	const struct list_query any = {0};
	enum rc rc = store_list(proposing->store, RECORD_PLAN, &any, consider_plan, &stalling, err);
	if (rc == RC_OK)
		rc = find_moved(&stalling, err);
	const struct list_query of_plan = {.plan = stalling.plan};
	if (rc == RC_OK && stalling.is_found)
		rc = store_list(proposing->store, RECORD_COMMITMENT, &of_plan, add_commitment,
				&stalling, err);
	vector_release(&stalling.moved);
	return rc;
}
