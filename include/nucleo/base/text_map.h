/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_TEXT_MAP_H
#define NUCLEO_BASE_TEXT_MAP_H

#include <stddef.h>
#include <stdint.h>

/** Finds numbers by a text, as fast with a hundred thousand of them. Zeroed is empty. */
struct text_map {
	struct text_map_entry {
		char *text; /**< owned; NULL: free */
		uint64_t hash;
		size_t value;
	} *entries;
	size_t count, capacity; /**< the capacity is a power of two, never quite full */
};

/** What text_map_get() gives for a text that is not there. */
#define TEXT_MAP_NONE SIZE_MAX

/** Sets the value of `text`, which is copied; what it was before, or TEXT_MAP_NONE. */
size_t text_map_put(struct text_map *map, const char *text, size_t value);
size_t text_map_get(const struct text_map *map, const char *text);
void text_map_release(struct text_map *map);

#endif
