/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/institutions.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/model/directory.h"
#include "nucleo/model/sector_guess.h"

enum rc institutions_load(struct institutions *institutions, struct store *store, struct error *err)
{
	const struct list_query all = {0};
	return record_set_load(&institutions->stored, store, RECORD_ORGANIZATION, &all, err);
}

void institutions_release(struct institutions *institutions)
{
	record_set_release(&institutions->stored);
	for (size_t i = 0; i < institutions->made.count; i++) {
		free(institutions->made.items[i].acronym);
		free(institutions->made.items[i].name);
	}
	vector_release(&institutions->made);
}

static const struct organization *stored_at(const struct institutions *institutions, size_t i)
{
	return record_set_at(&institutions->stored, i);
}

int64_t institutions_key(const struct institutions *institutions, const char *acronym)
{
	for (size_t i = 0; acronym && i < institutions->stored.count; i++)
		if (strcmp(stored_at(institutions, i)->acronym, acronym) == 0)
			return stored_at(institutions, i)->key;
	return 0;
}

static bool is_called(const char *acronym, const char *name, const char *text)
{
	return utf8_equal_folded(acronym, text) || (name && utf8_equal_folded(name, text));
}

/* Key of the one with that acronym or full name, stored or made by the operation. */
static int64_t find_called(const struct institutions *institutions, const char *text)
{
	for (size_t i = 0; text && i < institutions->stored.count; i++) {
		const struct organization *row = stored_at(institutions, i);
		if (is_called(row->acronym, row->name, text))
			return row->key;
	}
	for (size_t i = 0; text && i < institutions->made.count; i++) {
		const struct institution_made *made = &institutions->made.items[i];
		if (is_called(made->acronym, made->name, text))
			return made->key;
	}
	return 0;
}

/* An acronym that the text spells out as something else is not the one of the directory. */
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

int64_t institutions_find(const struct institutions *institutions, const char *acronym,
			  const char *name)
{
	if (!acronym || !*acronym)
		return 0;
	int64_t key = find_called(institutions, acronym);
	if (!key)
		key = find_called(institutions, name);
	if (key)
		return key;
	const struct directory_entry *entry = directory_entry_for(acronym, name);
	if (entry)
		key = find_called(institutions, entry->acronym);
	if (!key && entry)
		key = find_called(institutions, entry->name);
	return key;
}

static int likely_sector(const struct directory_entry *entry, const char *acronym,
			 const char *name)
{
	return entry ? entry->sector : sector_of_name(name ? name : acronym);
}

int institutions_sector(const struct institutions *institutions, const char *acronym,
			const char *name)
{
	int64_t key = institutions_find(institutions, acronym, name);
	for (size_t i = 0; i < institutions->stored.count; i++)
		if (stored_at(institutions, i)->key == key)
			return stored_at(institutions, i)->sector;
	return key ? SECTOR_OTHER
		   : likely_sector(directory_entry_for(acronym, name), acronym, name);
}

int64_t institutions_add(struct institutions *institutions, struct operation *operation,
			 const struct institution_words *words, bool *is_known)
{
	const char *acronym = words->acronym, *name = words->name;
	const struct directory_entry *entry = directory_entry_for(acronym, name);
	int sector = words->sector;
	*is_known = entry && (sector == SECTOR_OTHER || sector == entry->sector);
	if (entry) {
		acronym = entry->acronym;
		name = name && !entry->name ? name : entry->name;
	}
	if (sector == SECTOR_OTHER)
		sector = likely_sector(entry, acronym, name);
	char *sort = utf8_sort_key(acronym);
	int64_t key = operation_insert(operation, "organization");
	operation_field(operation, "acronym", value_text(acronym));
	operation_field(operation, "name", value_text(name));
	operation_field(operation, "sector", value_text(enum_name(&sector_names, sector)));
	operation_field(operation, "review", value_integer(!*is_known));
	operation_field(operation, "sort", value_text(sort));
	free(sort);
	vector_push(&institutions->made, ((struct institution_made){key, mem_strdup(acronym),
								    mem_strdup_null(name)}));
	return key;
}
