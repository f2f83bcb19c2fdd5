/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_merge.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"

bool merge_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

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

void merge_set_date(struct merge_row *row, const char *column, day_number was, day_number now)
{
	struct strbuf before, after;
	strbuf_init(&before);
	strbuf_init(&after);
	date_add_iso(&before, was);
	date_add_iso(&after, now);
	merge_set_text(row, column, was == DATE_NONE ? NULL : before.data,
		       now == DATE_NONE ? NULL : after.data);
	strbuf_release(&before);
	strbuf_release(&after);
}

void merge_set_time(struct merge_row *row, const char *column, day_minute was, day_minute now)
{
	struct strbuf before, after;
	strbuf_init(&before);
	strbuf_init(&after);
	daytime_add_iso(&before, was);
	daytime_add_iso(&after, now);
	merge_set_text(row, column, was == DAY_MINUTE_NONE ? NULL : before.data,
		       now == DAY_MINUTE_NONE ? NULL : after.data);
	strbuf_release(&before);
	strbuf_release(&after);
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

static int64_t known_organization(const struct acta_merge *merge, const char *acronym)
{
	for (size_t i = 0; i < merge->organizations.count; i++) {
		const struct organization *row = record_set_at(&merge->organizations, i);
		if (utf8_equal_folded(row->acronym, acronym) ||
		    (row->name && utf8_equal_folded(row->name, acronym)))
			return row->key;
	}
	for (size_t i = 0; i < merge->new_organizations.count; i++)
		if (utf8_equal_folded(merge->new_organizations.items[i].acronym, acronym))
			return merge->new_organizations.items[i].key;
	return 0;
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
	if (!acronym || !*acronym)
		return 0;
	int64_t key = known_organization(merge, acronym);
	if (key)
		return key;
	char *sort = utf8_sort_key(acronym);
	key = merge_insert(merge, "organization");
	operation_field(merge->operation, "acronym", value_text(acronym));
	operation_field(merge->operation, "name", value_text(attendee ? attendee->name : NULL));
	operation_field(merge->operation, "sector",
			value_text(enum_name(&sector_names,
					     attendee ? attendee->sector : SECTOR_OTHER)));
	operation_field(merge->operation, "review", value_integer(1));
	operation_field(merge->operation, "sort", value_text(sort));
	free(sort);
	if (attendee && attendee->capacity != CAPACITY_GUEST)
		add_membership(merge, key, attendee->capacity);
	vector_push(&merge->new_organizations,
		    ((struct merge_organization){.key = key, .acronym = mem_strdup(acronym)}));
	merge->result->new_organizations++;
	return key;
}

int64_t merge_item_key(const struct acta_merge *merge, int item)
{
	return item < 0 ? 0 : merge->item_keys.items[item];
}

int64_t merge_entry_key(const struct acta_merge *merge, int entry)
{
	return entry < 0 ? 0 : merge->entry_keys.items[entry];
}
