/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/views/sala_parts.h"

/* The record of an item: which lines it has, and the one that is selected. */

const struct resolution *sala_record_at(const struct sala *page, size_t i)
{
	return record_set_at(&page->entries, page->record.entries.items[i]);
}

/* ---- what it consists of */

void sala_record_forget_rows(struct sala_record *record)
{
	for (size_t i = 0; i < record->rows.count; i++)
		free(record->rows.items[i].text);
	record->rows.count = 0;
	record->width = 0;
}

void sala_record_release(struct sala_record *record)
{
	sala_record_forget_rows(record);
	vector_release(&record->rows);
	vector_release(&record->entries);
	vector_release(&record->marks);
}

/* Whether it became a follow-up; one that is in other words by now may be of any sentence. */
static bool is_taken(const struct sala *page, const struct resolution *entry,
		     struct prose_span sentence)
{
	for (size_t i = 0; i < page->followups.count; i++) {
		const struct followup *followup = record_set_at(&page->followups, i);
		if (followup->entry_key != entry->key)
			continue;
		const char *words = followup->description, *at = strstr(entry->text, words);
		size_t start = at ? (size_t)(at - entry->text) : 0;
		if (!at || (start < sentence.start + sentence.length &&
			    sentence.start < start + strlen(words)))
			return true;
	}
	return false;
}

/* What became a follow-up needs nobody's attention any more, nor what was decided. */
static struct prose_span find_mark(const struct sala *page, const struct resolution *entry)
{
	const struct capture_context *context = &page->minutes.capture;
	struct prose_span mark = {0, 0};
	if (entry->kind == ENTRY_DECISION)
		return mark;
	do
		mark = capture_detect(context, entry->text, entry->organization,
				      mark.start + mark.length);
	while (mark.length && is_taken(page, entry, mark));
	return mark;
}

static void find_selected(struct sala *page)
{
	struct sala_record *record = &page->record;
	record->selected = record->entries.count ? record->entries.count - 1 : 0;
	for (size_t i = 0; record->selected_key && i < record->entries.count; i++)
		if (sala_record_at(page, i)->key == record->selected_key)
			record->selected = i;
}

/* What has the keys stays selected; beside the line the end is in sight. */
static void stay(struct sala *page)
{
	struct sala_record *record = &page->record;
	bool is_last = record->selected + 1 >= record->entries.count;
	record->selected_key = 0;
	if (record->entries.count && (!is_last || page->part == SALA_RECORD))
		record->selected_key = sala_record_at(page, record->selected)->key;
}

void sala_record_show(struct sala *page)
{
	struct sala_record *record = &page->record;
	const struct table_row *row = table_selected(&page->agenda);
	int64_t before = page->shown;
	page->shown = page->part == SALA_LINE || !row ? page->current : row->key;
	if (before != page->shown)
		record->selected_key = 0;
	sala_record_forget_rows(record);
	record->entries.count = record->marks.count = 0;
	for (size_t i = 0; i < page->entries.count; i++) {
		const struct resolution *entry = record_set_at(&page->entries, i);
		if (entry->item_key != page->shown)
			continue;
		const struct prose_span mark = find_mark(page, entry);
		vector_push(&record->entries, i);
		vector_push(&record->marks, mark);
	}
	find_selected(page);
	stay(page);
}

const struct resolution *sala_record_selected(const struct sala *page)
{
	const struct sala_record *record = &page->record;
	bool has_one = record->selected < record->entries.count;
	return has_one ? sala_record_at(page, record->selected) : NULL;
}

void sala_record_select(struct sala *page, int64_t key)
{
	page->record.selected_key = key;
}

/* ---- moving */

bool sala_record_move(struct sala *page, enum op op)
{
	struct sala_record *record = &page->record;
	size_t count = record->entries.count, at = record->selected;
	size_t last = count ? count - 1 : 0, step = record->page > 2 ? record->page / 2 : 1;
	switch (op) {
	case OP_UP:
		at -= at > 0;
		break;
	case OP_DOWN:
		at += at < last;
		break;
	case OP_PAGE_UP:
		at -= at < step ? at : step;
		break;
	case OP_PAGE_DOWN:
		at += last - at < step ? last - at : step;
		break;
	case OP_FIRST:
		at = 0;
		break;
	case OP_LAST:
		at = last;
		break;
	default:
		return false;
	}
	record->selected = at;
	stay(page);
	return true;
}

bool sala_record_point(struct sala *page, int row, int column)
{
	struct sala_record *record = &page->record;
	if (!region_holds(record->place, row, column))
		return false;
	size_t at = record->top + (size_t)(row - record->place.row);
	if (at >= record->rows.count)
		return false;
	record->selected = record->rows.items[at].entry;
	record->selected_key = sala_record_at(page, record->selected)->key;
	return true;
}
