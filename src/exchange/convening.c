/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/convening.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/convening_parts.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/model/agenda_clock.h"
#include "nucleo/store/convening.h"
#include "nucleo/store/setting.h"

struct proposal *proposal_add(struct proposal_list *list, enum proposal_group group,
			      const char *title)
{
	struct proposal *proposal = vector_add(&list->proposals);
	struct strbuf line;
	strbuf_init(&line);
	record_add_line(&line, title, CONVENING_TITLE_COLUMNS);
	*proposal = (struct proposal){.group = group, .title = strbuf_detach(&line)};
	return proposal;
}

bool convening_speaks_of(const char *title, const char *folded)
{
	struct strbuf text;
	strbuf_init(&text);
	utf8_fold(&text, title);
	bool speaks = strstr(text.data, folded) != NULL;
	strbuf_release(&text);
	return speaks;
}

void convening_add_age(const struct proposing *proposing, day_number since, struct strbuf *out)
{
	int days = proposing->convening->date - since;
	unsigned long meetings = 0;
	for (size_t i = 0; i < proposing->held.count; i++) {
		const struct meeting *meeting = record_set_at(&proposing->held, i);
		meetings += meeting->date > since;
	}
	if (days > 0)
		strbuf_addf(out,
			    ngettext("hace %d día", "hace %d días", (unsigned long)days), days);
	if (days > 0 && meetings)
		strbuf_addf(out, ngettext(", %lu reunión", ", %lu reuniones", meetings), meetings);
}

/* ---- the usual items */

static bool is_on_agenda(const struct proposing *proposing, const char *title)
{
	for (size_t i = 0; i < proposing->agenda.count; i++) {
		const struct agenda_item *item = record_set_at(&proposing->agenda, i);
		if (utf8_equal_folded(item->title, title))
			return true;
	}
	return false;
}

/* A meeting that has an agenda was given what it needs: the usual items are there to be taken,
 * unless a person asks for those of another meeting. */
static struct proposal *add_standing(struct proposing *proposing, const char *title)
{
	struct proposal *proposal = proposal_add(proposing->list, PROPOSAL_STANDING, title);
	proposal->is_taken = !proposing->agenda.count || proposing->convening->copied_from;
	return proposal;
}

static enum rc propose_usual(struct proposing *proposing, struct error *err)
{
	struct strbuf lines;
	strbuf_init(&lines);
	enum rc rc = setting_load(proposing->store, SETTING_STANDING_ITEMS, &lines, NULL, err);
	for (char *rest = lines.data, *title; (title = strtok_r(rest, "\n", &rest)) != NULL;)
		if (!is_on_agenda(proposing, title))
			add_standing(proposing, title);
	strbuf_release(&lines);
	return rc;
}

/* Which proposal stands for an item of the agenda that is copied, from 1; 0 for none. */
static size_t copy_of(const struct record_set *items, const size_t *places, int64_t key)
{
	for (size_t i = 0; key && i < items->count; i++)
		if (((const struct agenda_item *)record_set_at(items, i))->key == key)
			return places[i];
	return 0;
}

/* What an item was about then comes by itself if it still matters. */
static bool is_usual(const struct agenda_item *item)
{
	return !item->followup_key && !item->commitment_key && !item->carried_key &&
	       !item->parked;
}

static void copy_item(struct proposing *proposing, const struct agenda_item *item, size_t parent)
{
	struct proposal *proposal = add_standing(proposing, item->title);
	proposal->presenter = item->presenter ? mem_strdup(item->presenter) : NULL;
	proposal->minutes = item->minutes_planned;
	proposal->parent = parent;
}

static enum rc propose_copy(struct proposing *proposing, struct error *err)
{
	struct list_query query = {.meeting = proposing->convening->copied_from};
	struct record_set items;
	enum rc rc = record_set_load(&items, proposing->store, RECORD_AGENDA, &query, err);
	size_t *places = mem_alloc_zero(items.count + 1, sizeof(*places));
	for (size_t i = 0; i < items.count; i++) {
		const struct agenda_item *item = record_set_at(&items, i);
		if (!is_usual(item) || is_on_agenda(proposing, item->title))
			continue;
		copy_item(proposing, item, copy_of(&items, places, item->parent_key));
		places[i] = proposing->list->proposals.count;
	}
	free(places);
	record_set_release(&items);
	return rc;
}

/* ---- what other meetings left */

struct leftover {
	struct proposing *proposing;
	enum proposal_group group; /* of those wanted in this round */
};

static bool is_about(const struct agenda_item *item, int64_t followup, int64_t commitment)
{
	return (item->followup_key && item->followup_key == followup) ||
	       (item->commitment_key && item->commitment_key == commitment);
}

static size_t proposal_of(const struct proposal_list *list, int64_t item)
{
	for (size_t i = 0; item && i < list->proposals.count; i++)
		if (list->proposals.items[i].carried_from == item)
			return i + 1;
	return 0;
}

static void add_left_detail(const struct leftover *left, const struct agenda_item *item,
			    struct strbuf *out)
{
	strbuf_addf(out,
		    left->group == PROPOSAL_PARKED ? _("aplazado en %s: no llegó a tratarse")
						   : _("diferido en %s, punto %s"),
		    item->meeting, item->label);
}

/* One that was about what is proposed anyway, or stands on the agenda, comes no second time. */
static bool is_there(const struct proposing *proposing, const struct agenda_item *item)
{
	for (size_t i = 0; i < proposing->list->proposals.count; i++) {
		struct proposal *other = &proposing->list->proposals.items[i];
		if (!is_about(item, other->followup, other->commitment))
			continue;
		other->carried_from = item->key;
		other->minutes = other->minutes ? other->minutes : item->minutes_planned;
		other->is_taken = true;
		return true;
	}
	for (size_t i = 0; i < proposing->agenda.count; i++) {
		const struct agenda_item *other = record_set_at(&proposing->agenda, i);
		if (is_about(item, other->followup_key, other->commitment_key))
			return true;
	}
	return false;
}

static bool add_left(void *context, const void *row)
{
	const struct leftover *left = context;
	const struct agenda_item *item = row;
	struct proposal_list *list = left->proposing->list;
	size_t parent = proposal_of(list, item->parent_key);
	struct strbuf text;
	if (item->parked != (left->group == PROPOSAL_PARKED) || is_there(left->proposing, item))
		return false;
	struct proposal *proposal = proposal_add(list, left->group, item->title);
	proposal->is_taken = true;
	proposal->carried_from = item->key;
	proposal->followup = item->followup_key;
	proposal->commitment = item->commitment_key;
	proposal->presenter = item->presenter ? mem_strdup(item->presenter) : NULL;
	proposal->minutes = item->minutes_planned;
	proposal->parent = parent;
	strbuf_init(&text);
	strbuf_addf(&text, "%s/%s", item->meeting, item->label);
	proposal->code = strbuf_detach(&text);
	add_left_detail(left, item, &text);
	proposal->detail = strbuf_detach(&text);
	return false;
}

static enum rc propose_left(struct proposing *proposing, const key_list *keys,
			    enum proposal_group group, struct error *err)
{
	struct leftover left = {proposing, group};
	enum rc rc = RC_OK;
	for (size_t i = 0; i < keys->count && rc == RC_OK; i++) {
		struct list_query query = {.key = keys->items[i], .limit = 1};
		rc = store_list(proposing->store, RECORD_AGENDA, &query, add_left, &left, err);
	}
	return rc;
}

static enum rc propose_leftovers(struct proposing *proposing, struct error *err)
{
	key_list keys = {0};
	enum rc rc = store_items_left(proposing->store, proposing->convening->meeting,
				      proposing->convening->date, &keys, err);
	if (rc == RC_OK)
		rc = propose_left(proposing, &keys, PROPOSAL_DEFERRED, err);
	if (rc == RC_OK)
		rc = propose_left(proposing, &keys, PROPOSAL_PARKED, err);
	vector_release(&keys);
	return rc;
}

/* ---- all of it */

static bool take_held(void *context, const void *row)
{
	struct proposing *proposing = context;
	const struct meeting *meeting = row;
	bool is_held = meeting->status != MEETING_DRAFT && meeting->status != MEETING_CONVENED;
	if (is_held && meeting->date < proposing->convening->date &&
	    meeting->key != proposing->convening->meeting)
		record_set_add(&proposing->held, row);
	return true;
}

static enum rc load(struct proposing *proposing, struct error *err)
{
	const struct list_query any = {0};
	const struct list_query agenda = {.meeting = proposing->convening->meeting};
	proposing->held.kind = &record_kinds[RECORD_MEETING];
	enum rc rc = store_list(proposing->store, RECORD_MEETING, &any, take_held, proposing, err);
	if (rc == RC_OK && agenda.meeting)
		rc = record_set_load(&proposing->agenda, proposing->store, RECORD_AGENDA, &agenda,
				     err);
	for (size_t i = 0; rc == RC_OK && i < proposing->agenda.count; i++)
		proposing->list->minutes += clock_planned(record_set_at(&proposing->agenda, i));
	return rc;
}

static enum rc propose_all(struct proposing *proposing, struct error *err)
{
	enum rc rc = load(proposing, err);
	if (rc == RC_OK && proposing->convening->copied_from)
		rc = propose_copy(proposing, err);
	else if (rc == RC_OK)
		rc = propose_usual(proposing, err);
	if (rc == RC_OK)
		rc = convening_propose_commitments(proposing, err);
	if (rc == RC_OK)
		rc = convening_propose_followups(proposing, err);
	return rc == RC_OK ? propose_leftovers(proposing, err) : rc;
}

enum rc convening_propose(struct store *store, const struct convening *convening,
			  struct proposal_list *list, struct error *err)
{
	struct proposing proposing = {.store = store, .convening = convening, .list = list};
	enum rc rc = propose_all(&proposing, err);
	record_set_release(&proposing.held);
	record_set_release(&proposing.agenda);
	if (rc != RC_OK)
		proposal_list_release(list);
	return rc;
}
