/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/roll.h"
#include "nucleo/store/setting.h"
#include "nucleo/views/sala_parts.h"

/* Which meeting the room is of, and what there is of it. */

/* ---- which */

struct search {
	int64_t wanted;   /* looked at last, or in the room already */
	int64_t in_session, wanted_in_session;
	int64_t before, wanted_before; /* not begun yet */
};

static bool consider(void *context, const void *record)
{
	const struct meeting *meeting = record;
	struct search *search = context;
	bool is_wanted = meeting->key == search->wanted;
	bool is_before = meeting->status == MEETING_DRAFT || meeting->status == MEETING_CONVENED;
	if (meeting->status == MEETING_IN_SESSION && !search->in_session)
		search->in_session = meeting->key;
	if (meeting->status == MEETING_IN_SESSION && is_wanted)
		search->wanted_in_session = meeting->key;
	if (is_before && !search->before)
		search->before = meeting->key;
	if (is_before && is_wanted)
		search->wanted_before = meeting->key;
	return true;
}

/* One in session before any other; the one she looks at before those she does not. */
static enum rc find_meeting(struct sala *page, struct error *err)
{
	struct search search = {.wanted = page->session->meeting};
	const struct list_query all = {.limit = 0};
	enum rc rc = store_list(session_store(page->session), RECORD_MEETING, &all, consider,
				&search, err);
	const int64_t order[] = {search.wanted_in_session, search.in_session,
				 search.wanted_before, search.before};
	if (rc != RC_OK)
		return rc;
	page->key = 0;
	for (size_t i = 0; i < ARRAY_COUNT(order) && !page->key; i++)
		page->key = order[i];
	return RC_OK;
}

/* ---- what */

void sala_release_records(struct sala *page)
{
	record_set_release(&page->meeting);
	record_set_release(&page->items);
	record_set_release(&page->entries);
	record_set_release(&page->followups);
	if (page->has_minutes)
		minutes_context_release(&page->minutes);
	page->has_minutes = false;
}

static enum rc load_records(struct sala *page, struct error *err)
{
	struct store *store = session_store(page->session);
	struct list_query itself = {.key = page->key}, parts = {.meeting = page->key};
	enum rc rc = record_set_load(&page->meeting, store, RECORD_MEETING, &itself, err);
	if (rc == RC_OK)
		rc = record_set_load(&page->items, store, RECORD_AGENDA, &parts, err);
	if (rc == RC_OK)
		rc = record_set_load(&page->entries, store, RECORD_RESOLUTION, &parts, err);
	if (rc == RC_OK)
		rc = record_set_load(&page->followups, store, RECORD_FOLLOWUP, &parts, err);
	if (rc == RC_OK)
		rc = entry_origins_update(&page->origins, store, page->key, err);
	if (rc == RC_OK)
		rc = minutes_context_load(store, page->key, &page->minutes, err);
	page->has_minutes = rc == RC_OK;
	return rc;
}

int64_t sala_line_item(const struct sala *page)
{
	bool is_there = !page->line_item || sala_item(page, page->line_item);
	return page->next_entry && is_there ? page->line_item : page->current;
}

/* The one in progress; between two of them the one that was last. */
static int64_t find_current(const struct sala *page)
{
	int64_t last = 0;
	for (size_t i = 0; i < page->items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->items, i);
		if (item->state == ITEM_IN_PROGRESS)
			return item->key;
		if (item->state == ITEM_DONE)
			last = item->key;
	}
	return last;
}

/* Of those who are there now. */
static void take_quorum(struct sala *page, const struct roll *roll, const struct quorum_rule *rule)
{
	struct quorum_count count;
	if (!roll->is_stored) {
		strbuf_adds(&page->quorum, _("Sin asistencia todavía: F4 la toma"));
		return;
	}
	roll_count(roll, page->now, &count);
	quorum_add_sentence(&page->quorum, rule, &count);
	page->is_quorum_lost = !quorum_is_met(rule, &count);
}

static enum rc find_quorum(struct sala *page, struct error *err)
{
	struct store *store = session_store(page->session);
	struct quorum_rule rule;
	struct roll roll;
	strbuf_reset(&page->quorum);
	page->is_quorum_lost = false;
	enum rc rc = setting_load_quorum(store, &rule, err);
	if (rc == RC_OK)
		rc = roll_load(store, page->key, &roll, err);
	if (rc != RC_OK)
		return rc;
	take_quorum(page, &roll, &rule);
	roll_release(&roll);
	return RC_OK;
}

static void add_person(struct strbuf *out, const struct presence_person *person)
{
	strbuf_addf(out, "%s%s", out->length ? ", " : "",
		    *person->acronym ? person->acronym : _("alguien sin nombre"));
}

/* The screen a person tells, in whatever language, is the name of this one and the meeting (see
 * place() in sala.c); a page over another one has its path. */
static bool is_here(const struct presence_person *person, const char *number)
{
	const char *space = strrchr(person->screen, ' ');
	return space && strcmp(space + 1, number) == 0 && !strstr(person->screen, "›");
}

static void find_others(struct sala *page)
{
	struct share_people people = {0};
	strbuf_reset(&page->others);
	if (!page->session->workplace.share || !sala_meeting(page))
		return;
	share_people(page->session->workplace.share, &people);
	for (size_t i = 0; i < people.list.count; i++)
		if (is_here(&people.list.items[i], sala_meeting(page)->number))
			add_person(&page->others, &people.list.items[i]);
	share_people_release(&people);
}

/* One who is only to say who she is writes as soon as she did; who waits for another to begin the
 * session writes as soon as it began. */
static void settle(struct sala *page)
{
	const struct store *store = session_store(page->session);
	const struct meeting *meeting = sala_meeting(page);
	bool was_open = page->is_open;
	page->is_open = meeting && meeting->status == MEETING_IN_SESSION &&
			(!store_is_read_only(store) || store_is_held(store));
	page->current = find_current(page);
	find_others(page);
	sala_draft_settle(page);
	sala_go(page, page->is_open && !was_open ? SALA_LINE : page->part);
	sala_line_read(page);
}

enum rc sala_load(struct sala *page, struct ui *ui, struct error *err)
{
	int64_t before = page->key;
	sala_release_records(page);
	enum rc rc = find_meeting(page, err);
	if (rc == RC_OK && page->key)
		rc = load_records(page, err);
	if (rc != RC_OK)
		return rc;
	if (page->key && page->session->meeting != page->key) {
		page->session->meeting = page->key;
		ui_mark_stale(ui);
	}
	page->now = session_time(page->session);
	page->session->clock_shown = page->now;
	page->session->has_clock = page->key != 0;
	rc = page->key ? find_quorum(page, err) : RC_OK;
	if (rc != RC_OK)
		return rc;
	if (before != page->key) {
		sala_record_select(page, 0);
		page->part = SALA_LINE;
	}
	settle(page);
	rc = before == page->key ? table_load(&page->agenda, err)
				 : table_load_first(&page->agenda, err);
	if (rc == RC_OK && page->part == SALA_LINE)
		(void)!table_select(&page->agenda, page->current, NULL);
	if (rc == RC_OK)
		sala_record_show(page);
	return rc;
}
