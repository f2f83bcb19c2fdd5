/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/text_map.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"

enum { FIRST_CAPACITY = 64 };

/* FNV-1a, 64 bits. */
static uint64_t hash_of(const char *text)
{
	uint64_t hash = 14695981039346656037u;
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return hash;
}

/* The entry of the text, or the free one where it would go. */
static struct text_map_entry *place_of(const struct text_map *map, const char *text, uint64_t hash)
{
	size_t at = hash & (map->capacity - 1);
	for (;; at = (at + 1) & (map->capacity - 1)) {
		struct text_map_entry *entry = &map->entries[at];
		if (!entry->text || (entry->hash == hash && strcmp(entry->text, text) == 0))
			return entry;
	}
}

static void grow(struct text_map *map)
{
	struct text_map larger = {.count = map->count,
				  .capacity = map->capacity ? 2 * map->capacity : FIRST_CAPACITY};
	larger.entries = mem_alloc_zero(larger.capacity, sizeof(*larger.entries));
	for (size_t i = 0; i < map->capacity; i++) {
		const struct text_map_entry *entry = &map->entries[i];
		if (entry->text)
			*place_of(&larger, entry->text, entry->hash) = *entry;
	}
	free(map->entries);
	*map = larger;
}

size_t text_map_put(struct text_map *map, const char *text, size_t value)
{
	uint64_t hash = hash_of(text);
	if (4 * (map->count + 1) > 3 * map->capacity)
		grow(map);
	struct text_map_entry *entry = place_of(map, text, hash);
	size_t before = entry->text ? entry->value : TEXT_MAP_NONE;
	if (!entry->text) {
		entry->text = mem_strdup(text);
		entry->hash = hash;
		map->count++;
	}
	entry->value = value;
	return before;
}

size_t text_map_get(const struct text_map *map, const char *text)
{
	if (!map->capacity)
		return TEXT_MAP_NONE;
	const struct text_map_entry *entry = place_of(map, text, hash_of(text));
	return entry->text ? entry->value : TEXT_MAP_NONE;
}

void text_map_release(struct text_map *map)
{
	for (size_t i = 0; i < map->capacity; i++)
		free(map->entries[i].text);
	free(map->entries);
	*map = (struct text_map){0};
}
