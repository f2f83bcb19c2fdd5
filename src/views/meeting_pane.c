/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/meeting_view.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/agenda_edit.h"
#include "nucleo/views/convening.h"
#include "nucleo/views/phrases.h"

/* What stands beside the tree of a meeting: the heading of the acta, or an item. */

const struct meeting *meeting_view_meeting(const struct meeting_view *page)
{
	return page->records.meeting.count ? record_set_at(&page->records.meeting, 0) : NULL;
}

const struct agenda_item *meeting_view_item(const struct meeting_view *page)
{
	const struct table_row *row = table_selected(&page->tree);
	for (size_t i = 0; row && row->key && i < page->records.items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->records.items, i);
		if (item->key == row->key)
			return item;
	}
	return NULL;
}

static void add_part(struct strbuf *out, const char *part)
{
	if (part && *part)
		strbuf_addf(out, "%s%s", out->length ? " · " : "", part);
}

/* Who speaks, and what it amounts to when it is more than a note. */
static void show_entry_heading(struct meeting_view *page, const struct resolution *entry)
{
	struct strbuf text;
	strbuf_init(&text);
	add_part(&text, entry->organization);
	if (entry->kind != ENTRY_NOTE)
		add_part(&text, enum_label(&entry_kind_names, entry->kind));
	add_part(&text, entry->decision_number);
	add_part(&text, enum_label(&decision_kind_names, entry->decision_kind));
	if (entry->is_private)
		add_part(&text, _("nota privada"));
	if (entry->is_doubt)
		add_part(&text, _("por aclarar"));
	if (text.length)
		pager_text(&page->pager, ROLE_TITLE, text.data);
	strbuf_release(&text);
}

static void show_objections(struct meeting_view *page, const char *objections)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, _("Objeciones: %s"), objections);
	pager_text(&page->pager, ROLE_WARNING, text.data);
	strbuf_release(&text);
}

static void show_entry_followups(struct meeting_view *page, const struct resolution *entry)
{
	for (size_t i = 0; i < page->records.followups.count; i++) {
		const struct followup *followup = record_set_at(&page->records.followups, i);
		struct strbuf line;
		if (followup->entry_key != entry->key)
			continue;
		strbuf_init(&line);
		strbuf_addf(&line, _("→ acción %s · "), followup->id);
		record_list_add(&line, followup->responsible, ", ");
		detail_link(&page->detail, RECORD_FOLLOWUP, followup->key, 0, line.data);
		strbuf_release(&line);
	}
}

static void show_entry(struct meeting_view *page, const struct resolution *entry)
{
	pager_gap(&page->pager);
	if (entry->key == page->entry)
		pager_show_next(&page->pager);
	show_entry_heading(page, entry);
	pager_text(&page->pager, ROLE_TEXT, entry->text);
	if (entry->tally)
		pager_text(&page->pager, ROLE_DIM, entry->tally);
	if (entry->objections)
		show_objections(page, entry->objections);
	show_entry_followups(page, entry);
}

static void show_measurements(struct meeting_view *page, const char *label)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < page->records.progress.count; i++) {
		const struct progress *progress = record_set_at(&page->records.progress, i);
		if (!progress->item || strcmp(progress->item, label) != 0)
			continue;
		strbuf_addf(&text, "%s%s\u00A0", text.length ? ", " : "", progress->commitment);
		phrase_percent(&text, progress->percent);
	}
	pager_field(&page->pager, _("Mediciones"), text.data);
	strbuf_release(&text);
}

/* How many there are of the item; of 0, those before any. */
static size_t show_entries(struct meeting_view *page, int64_t item)
{
	size_t before = page->places.count;
	for (size_t i = 0; i < page->records.entries.count; i++) {
		const struct resolution *entry = record_set_at(&page->records.entries, i);
		if (entry->item_key != item)
			continue;
		if (!item && page->places.count == before)
			pager_heading(&page->pager, _("Antes del primer punto"));
		vector_push(&page->places,
			    ((struct entry_place){page->pager.blocks.count, i}));
		show_entry(page, entry);
	}
	return page->places.count - before;
}

/* Nothing is said of it once the agenda cannot be arranged any more. */
static void show_lack_of_items(struct meeting_view *page, const struct meeting *meeting)
{
	struct error closed;
	if (page->records.items.count || agenda_edit_check(meeting, &closed) != RC_OK)
		return;
	pager_gap(&page->pager);
	pager_text(&page->pager, ROLE_DIM,
		   _("Sin orden del día: n agrega un punto, t propone los que la reunión "
		     "podría tratar."));
}

static void show_heading(struct meeting_view *page, const struct meeting *meeting)
{
	struct strbuf text;
	strbuf_init(&text);
	pager_heading(&page->pager, meeting->number);
	date_add_local(&text, meeting->date);
	pager_field(&page->pager, _("Fecha"), text.data);
	strbuf_reset(&text);
	phrase_hours(&text, meeting);
	pager_field(&page->pager, _("Hora"), text.data);
	pager_field(&page->pager, _("Lugar"), meeting->place);
	pager_field(&page->pager, _("Estado"), enum_label(&meeting_status_names, meeting->status));
	strbuf_reset(&text);
	daytime_add_local(&text, meeting->opened);
	pager_field(&page->pager, _("Comenzó"), text.data);
	strbuf_reset(&text);
	daytime_add_local(&text, meeting->closed);
	pager_field(&page->pager, _("Concluyó"), text.data);
	pager_field(&page->pager, _("Motivo del cierre"), meeting->closing_reason);
	strbuf_reset(&text);
	strbuf_addf(&text, "%lld", (long long)meeting->present_count);
	pager_field(&page->pager, _("Asistentes"), text.data);
	pager_field(&page->pager, _("Quórum"), page->quorum.data);
	pager_field(&page->pager, _("Elaborado por"), meeting->prepared_by);
	strbuf_reset(&text);
	record_list_add(&text, meeting->signatories, "\n");
	pager_field(&page->pager, _("Firman"), text.data);
	strbuf_reset(&text);
	record_list_add(&text, meeting->annexes, "\n");
	pager_field(&page->pager, _("Anexos"), text.data);
	strbuf_release(&text);
	show_lack_of_items(page, meeting);
	show_entries(page, 0);
}

static void show_item(struct meeting_view *page, const struct agenda_item *item)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s. %s", item->label, item->title);
	pager_heading(&page->pager, text.data);
	strbuf_release(&text);
	meeting_agenda_show(page, item);
	show_measurements(page, item->label);
	if (!show_entries(page, item->key))
		pager_text(&page->pager, ROLE_DIM, _("Sin resoluciones en este punto."));
}

/* What stands beside the tree: of the selected row, made anew when it changes. */
void meeting_view_show(struct meeting_view *page)
{
	const struct table_row *row = table_selected(&page->tree);
	int64_t key = row ? row->key : 0;
	if (page->shown == key)
		return;
	if (page->shown != -1) {
		pager_release(&page->pager);
		pager_init(&page->pager);
	}
	page->shown = key;
	page->detail.targets.count = 0;
	page->places.count = 0;
	if (!key && meeting_view_meeting(page))
		show_heading(page, meeting_view_meeting(page));
	if (meeting_view_item(page))
		show_item(page, meeting_view_item(page));
}
