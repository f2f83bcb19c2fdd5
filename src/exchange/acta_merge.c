/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_merge.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/model/directory.h"
#include "nucleo/model/sector_guess.h"

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

/* Key of the institution with that acronym or full name, stored or made by this import. */
static int64_t find_organization(const struct acta_merge *merge, const char *text)
{
	for (size_t i = 0; text && i < merge->organizations.count; i++) {
		const struct organization *row = record_set_at(&merge->organizations, i);
		if (utf8_equal_folded(row->acronym, text) ||
		    (row->name && utf8_equal_folded(row->name, text)))
			return row->key;
	}
	for (size_t i = 0; text && i < merge->new_organizations.count; i++) {
		const struct merge_organization *made = &merge->new_organizations.items[i];
		if (utf8_equal_folded(made->acronym, text) ||
		    (made->name && utf8_equal_folded(made->name, text)))
			return made->key;
	}
	return 0;
}

/* An acronym that the acta spells out as something else is not the one of the directory. */
static const struct directory_entry *directory_entry_for(const char *acronym, const char *name)
{
	const struct directory_entry *entry = directory_find(acronym);
	struct strbuf words;
	if (!entry || !entry->name || !name)
		return entry;
	strbuf_init(&words);
	utf8_fold(&words, name);
	bool is_same = utf8_has_words(entry->name, words.data);
	strbuf_release(&words);
	return is_same ? entry : NULL;
}

static int64_t find_by_any_name(const struct acta_merge *merge, const char *acronym,
				const char *name)
{
	int64_t key = find_organization(merge, acronym);
	if (!key)
		key = find_organization(merge, name);
	if (key)
		return key;
	const struct directory_entry *entry = directory_entry_for(acronym, name);
	if (entry)
		key = find_organization(merge, entry->acronym);
	if (!key && entry)
		key = find_organization(merge, entry->name);
	return key;
}

static int stored_sector(const struct acta_merge *merge, int64_t organization)
{
	for (size_t i = 0; i < merge->organizations.count; i++) {
		const struct organization *row = record_set_at(&merge->organizations, i);
		if (row->key == organization)
			return row->sector;
	}
	return SECTOR_OTHER;
}

static int likely_sector(const struct directory_entry *entry, const char *acronym,
			 const char *name)
{
	return entry ? entry->sector : sector_of_name(name ? name : acronym);
}

void merge_complete_sectors(struct acta_merge *merge, struct acta *acta)
{
	for (size_t i = 0; i < acta->attendees.count; i++) {
		struct acta_attendee *attendee = &acta->attendees.items[i];
		const struct directory_entry *entry =
			directory_entry_for(attendee->acronym, attendee->name);
		int64_t key = find_by_any_name(merge, attendee->acronym, attendee->name);
		if (attendee->sector != SECTOR_OTHER)
			continue;
		if (key)
			attendee->sector = stored_sector(merge, key);
		else
			attendee->sector = likely_sector(entry, attendee->acronym, attendee->name);
	}
}

static void add_membership(struct acta_merge *merge, int64_t organization, int capacity)
{
	merge_insert(merge, "membership");
	operation_field(merge->operation, "organization", value_key(organization));
	operation_field(merge->operation, "role", value_text(enum_name(&capacity_names, capacity)));
}

/* The acta's word comes before the directory's, and that before what the name says; where the
 * first two differ, or the directory knows nothing, somebody should look at it. */
static int64_t insert_organization(struct acta_merge *merge, const char *acronym, const char *name,
				   int sector)
{
	const struct directory_entry *entry = directory_entry_for(acronym, name);
	bool is_known = entry && (sector == SECTOR_OTHER || sector == entry->sector);
	if (entry) {
		acronym = entry->acronym;
		name = name && !entry->name ? name : entry->name;
	}
	if (sector == SECTOR_OTHER)
		sector = likely_sector(entry, acronym, name);
	char *sort = utf8_sort_key(acronym);
	int64_t key = merge_insert(merge, "organization");
	operation_field(merge->operation, "acronym", value_text(acronym));
	operation_field(merge->operation, "name", value_text(name));
	operation_field(merge->operation, "sector", value_text(enum_name(&sector_names, sector)));
	operation_field(merge->operation, "review", value_integer(!is_known));
	operation_field(merge->operation, "sort", value_text(sort));
	free(sort);
	vector_push(&merge->new_organizations,
		    ((struct merge_organization){key, mem_strdup(acronym), mem_strdup_null(name)}));
	merge->result->new_organizations++;
	merge->result->unknown_organizations += !is_known;
	return key;
}

int64_t merge_organization(struct acta_merge *merge, const char *acronym,
			   const struct acta_attendee *attendee)
{
	const char *name = attendee ? attendee->name : NULL;
	if (!acronym || !*acronym)
		return 0;
	int64_t key = find_by_any_name(merge, acronym, name);
	if (key)
		return key;
	key = insert_organization(merge, acronym, name,
				  attendee ? attendee->sector : SECTOR_OTHER);
	if (attendee && attendee->capacity != CAPACITY_GUEST)
		add_membership(merge, key, attendee->capacity);
	return key;
}

int64_t merge_organization_key(const struct acta_merge *merge, const char *acronym)
{
	for (size_t i = 0; acronym && i < merge->organizations.count; i++) {
		const struct organization *row = record_set_at(&merge->organizations, i);
		if (strcmp(row->acronym, acronym) == 0)
			return row->key;
	}
	return 0;
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
