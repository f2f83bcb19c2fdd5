/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/readback_view.h"

#include "nucleo/base/i18n.h"
#include "nucleo/model/closing.h"
#include "nucleo/views/phrases.h"

/* What is read of one item. */

static bool is_read(const struct readback_view *page, const struct resolution *entry, int64_t item)
{
	return entry->item_key == item && (page->shows_private || !entry->is_private);
}

size_t readback_entries(const struct readback_view *page, int64_t item)
{
	size_t count = 0;
	for (size_t i = 0; i < page->records.entries.count; i++)
		count += is_read(page, record_set_at(&page->records.entries, i), item);
	return count;
}

/* ---- follow-ups */

static void show_followup(struct readback_view *page, const struct followup *followup)
{
	struct strbuf line;
	strbuf_init(&line);
	strbuf_addf(&line, "→ %s · ", followup->id);
	if (followup->responsible && *followup->responsible)
		record_list_add(&line, followup->responsible, ", ");
	else
		strbuf_adds(&line, _("sin responsable"));
	strbuf_adds(&line, " · ");
	if (followup->due == DATE_NONE) {
		strbuf_adds(&line, _("sin fecha"));
	} else {
		strbuf_adds(&line, _("vence "));
		date_add_local(&line, followup->due);
	}
	if (followup->due_text)
		strbuf_addf(&line, " («%s»)", followup->due_text);
	if (followup->commitment)
		strbuf_addf(&line, " · %s", followup->commitment);
	pager_text(&page->pager, closing_is_complete(followup) ? ROLE_TITLE : ROLE_WARNING,
		   line.data);
	pager_text(&page->pager, ROLE_TEXT, followup->description);
	strbuf_release(&line);
}

/* Of an entry; of 0, those of the item that came from no entry. */
static void show_followups(struct readback_view *page, int64_t entry, int64_t item)
{
	for (size_t i = 0; i < page->records.followups.count; i++) {
		const struct followup *followup = record_set_at(&page->records.followups, i);
		if (followup->entry_key != entry || followup->item_key != item ||
		    followup->status == FOLLOWUP_DROPPED)
			continue;
		pager_gap(&page->pager);
		show_followup(page, followup);
	}
}

/* ---- entries */

static void show_decision(struct readback_view *page, const struct resolution *entry)
{
	struct strbuf line;
	strbuf_init(&line);
	strbuf_adds(&line, _("DECISIÓN"));
	if (entry->decision_number)
		strbuf_addf(&line, " %s", entry->decision_number);
	if (entry->decision_kind != ENUM_NONE)
		strbuf_addf(&line, " · %s", enum_label(&decision_kind_names, entry->decision_kind));
	pager_text(&page->pager, ROLE_GOOD, line.data);
	strbuf_release(&line);
}

static void show_speaker(struct readback_view *page, const struct resolution *entry)
{
	struct strbuf line;
	strbuf_init(&line);
	if (entry->organization)
		strbuf_adds(&line, entry->organization);
	if (entry->kind == ENTRY_REQUEST || entry->kind == ENTRY_UNDERTAKING)
		strbuf_addf(&line, "%s%s", line.length ? " · " : "",
			    enum_label(&entry_kind_names, entry->kind));
	if (entry->is_private)
		strbuf_addf(&line, "%s%s", line.length ? " · " : "", _("nota privada"));
	if (line.length)
		pager_text(&page->pager, entry->is_private ? ROLE_DIM : ROLE_TITLE, line.data);
	strbuf_release(&line);
}

static void show_outcome(struct readback_view *page, const struct resolution *entry)
{
	struct strbuf line;
	if (entry->tally)
		pager_text(&page->pager, ROLE_TEXT, entry->tally);
	if (entry->objections) {
		strbuf_init(&line);
		strbuf_addf(&line, _("Reservas: %s"), entry->objections);
		pager_text(&page->pager, ROLE_WARNING, line.data);
		strbuf_release(&line);
	}
	if (entry->is_doubt)
		pager_text(&page->pager, ROLE_WARNING, _("? Por aclarar"));
}

static void show_entry(struct readback_view *page, const struct resolution *entry)
{
	if (entry->kind == ENTRY_DECISION)
		show_decision(page, entry);
	show_speaker(page, entry);
	pager_text(&page->pager, entry->is_private ? ROLE_DIM : ROLE_TEXT, entry->text);
	show_outcome(page, entry);
	show_followups(page, entry->key, entry->item_key);
}

static void show_entries(struct readback_view *page, int64_t item, bool end)
{
	size_t count = readback_entries(page, item), shown = 0;
	for (size_t i = 0; i < page->records.entries.count; i++) {
		const struct resolution *entry = record_set_at(&page->records.entries, i);
		if (!is_read(page, entry, item))
			continue;
		pager_gap(&page->pager);
		if (end && ++shown == count)
			pager_show_next(&page->pager);
		show_entry(page, entry);
	}
	show_followups(page, 0, item);
}

static void show_measurements(struct readback_view *page, int64_t item)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < page->records.progress.count; i++) {
		const struct progress *progress = record_set_at(&page->records.progress, i);
		if (progress->item_key != item)
			continue;
		strbuf_addf(&text, "%s%s\u00A0", text.length ? ", " : "", progress->commitment);
		phrase_percent(&text, progress->percent);
	}
	if (text.length) {
		pager_gap(&page->pager);
		pager_field(&page->pager, _("Mediciones"), text.data);
	}
	strbuf_release(&text);
}

/* ---- pages */

static void show_item(struct readback_view *page, const struct agenda_item *item, bool end)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s. %s", item->label, item->title);
	pager_heading(&page->pager, text.data);
	if (item->presenter)
		pager_text(&page->pager, ROLE_DIM, item->presenter);
	if (item->parked || item->state == ITEM_DEFERRED)
		pager_text(&page->pager, ROLE_WARNING, _("Queda para la próxima reunión."));
	show_measurements(page, item->key);
	if (!readback_entries(page, item->key)) {
		pager_gap(&page->pager);
		pager_text(&page->pager, ROLE_DIM, _("Nada anotado en este punto."));
	}
	show_entries(page, item->key, end);
	strbuf_release(&text);
}

/* On the wall, while no item is treated: the agenda. */
static void show_agenda(struct readback_view *page, const struct meeting *meeting)
{
	struct strbuf text;
	strbuf_init(&text);
	date_add_local(&text, meeting->date);
	strbuf_addch(&text, ' ');
	phrase_hours(&text, meeting);
	pager_heading(&page->pager, meeting->number);
	pager_text(&page->pager, ROLE_TEXT, text.data);
	pager_gap(&page->pager);
	for (size_t i = 0; i < page->records.items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->records.items, i);
		const char *sign = enum_sign(&item_state_names, item->state);
		strbuf_reset(&text);
		strbuf_addf(&text, "%s %s. %s", *sign ? sign : " ", item->label, item->title);
		pager_text(&page->pager, ROLE_TEXT, text.data);
	}
	strbuf_release(&text);
}

void readback_fill(struct readback_view *page, bool end)
{
	const struct meeting *meeting = readback_meeting(page);
	const struct agenda_item *item = readback_page_item(page, page->at);
	pager_clear(&page->pager);
	if (!meeting)
		return;
	if (page->is_projector && !page->item) {
		show_agenda(page, meeting);
	} else if (item) {
		show_item(page, item, end);
	} else if (readback_pages(page)) {
		pager_heading(&page->pager, _("Antes del primer punto"));
		show_entries(page, 0, end);
	} else {
		pager_text(&page->pager, ROLE_DIM, _("La reunión no tiene orden del día."));
	}
}
