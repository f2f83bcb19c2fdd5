/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_merge.h"

#include <stdlib.h>

struct merge_row merge_row(struct acta_merge *merge, const char *table, int64_t key)
{
	return (struct merge_row){.merge = merge, .table = table, .key = key};
}

void merge_set(struct merge_row *row, const char *column, struct value was, struct value now)
{
	if (value_equal(was, now))
		return;
	operation_change(row->merge->operation, row->table, row->key, column, was, now);
	row->touched = true;
}

void merge_set_text(struct merge_row *row, const char *column, const char *was, const char *now)
{
	merge_set(row, column, value_text(was), value_text(now));
}

/* Sets a column to what was appended to `now`, nothing being null; releases both texts. */
static void set_appended(struct merge_row *row, const char *column, struct strbuf *was,
			 struct strbuf *now)
{
	merge_set_text(row, column, was->length ? was->data : NULL,
		       now->length ? now->data : NULL);
	strbuf_release(was);
	strbuf_release(now);
}

void merge_set_date(struct merge_row *row, const char *column, day_number was, day_number now)
{
	struct strbuf before, after;
	strbuf_init(&before);
	strbuf_init(&after);
	date_add_iso(&before, was);
	date_add_iso(&after, now);
	set_appended(row, column, &before, &after);
}

void merge_set_time(struct merge_row *row, const char *column, day_minute was, day_minute now)
{
	struct strbuf before, after;
	strbuf_init(&before);
	strbuf_init(&after);
	daytime_add_iso(&before, was);
	daytime_add_iso(&after, now);
	set_appended(row, column, &before, &after);
}

void merge_row_done(struct merge_row *row)
{
	row->merge->result->changed += row->touched;
}

int64_t merge_insert(struct acta_merge *merge, const char *table)
{
	merge->result->added++;
	return operation_insert(merge->operation, table);
}

void merge_delete(struct acta_merge *merge, const char *table, int64_t key)
{
	merge->result->removed++;
	operation_delete(merge->operation, table, key);
}

void merge_complete_sectors(struct acta_merge *merge, struct acta *acta)
{
	for (size_t i = 0; i < acta->attendees.count; i++) {
		struct acta_attendee *attendee = &acta->attendees.items[i];
		if (attendee->sector == SECTOR_OTHER)
			attendee->sector = institutions_sector(&merge->institutions,
							       attendee->acronym, attendee->name);
	}
}

static void add_membership(struct acta_merge *merge, int64_t organization, int capacity)
{
	merge_insert(merge, "membership");
	operation_field(merge->operation, "organization", value_key(organization));
	operation_field(merge->operation, "role", value_text(enum_name(&capacity_names, capacity)));
}

int64_t merge_organization(struct acta_merge *merge, const char *acronym,
			   const struct acta_attendee *attendee)
{
	const struct institution_words words = {acronym, attendee ? attendee->name : NULL,
						attendee ? attendee->sector : SECTOR_OTHER};
	bool is_known;
	if (!acronym || !*acronym)
		return 0;
	int64_t key = institutions_find(&merge->institutions, acronym, words.name);
	if (key)
		return key;
	key = institutions_add(&merge->institutions, merge->operation, &words, &is_known);
	merge->result->added++;
	merge->result->new_organizations++;
	merge->result->unknown_organizations += !is_known;
	if (attendee && attendee->capacity != CAPACITY_GUEST)
		add_membership(merge, key, attendee->capacity);
	return key;
}

int64_t merge_organization_key(const struct acta_merge *merge, const char *acronym)
{
	return institutions_key(&merge->institutions, acronym);
}

void merge_set_enum(struct merge_row *row, const char *column, const struct enum_names *names,
		    int was, int now)
{
	merge_set_text(row, column, enum_name(names, was), enum_name(names, now));
}

size_t *merge_pair(struct acta_merge *merge, int which, const struct match_text *wanted,
		   size_t count, const struct match_text *stored)
{
	struct merge_rows *rows = &merge->rows[which];
	size_t *pairs = mem_alloc_zero(count, sizeof(*pairs));
	match_texts(wanted, count, stored, rows->set.count, pairs);
	for (size_t i = 0; i < count; i++)
		if (pairs[i] != MATCH_NONE)
			rows->used[pairs[i]] = true;
	return pairs;
}

int64_t merge_item_key(const struct acta_merge *merge, int item)
{
	return item < 0 ? 0 : merge->item_keys.items[item];
}

int64_t merge_entry_key(const struct acta_merge *merge, int entry)
{
	return entry < 0 ? 0 : merge->entry_keys.items[entry];
}
