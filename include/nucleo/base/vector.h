/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_VECTOR_H
#define NUCLEO_BASE_VECTOR_H

#include <stdlib.h>

#include "nucleo/base/memory.h"

/**
 * Typed growing array: `VECTOR(struct item) items = {0};`. Zeroed is empty.
 * Elements are moved when it grows, so keep indexes, not pointers.
 */
#define VECTOR(type)             \
	struct {                 \
		type *items;     \
		size_t count;    \
		size_t capacity; \
	}

/** Appends a zeroed element and gives its address, valid until the next push. */
#define vector_add(v) (vector_reserve_one(v), (v)->items + (v)->count++)

/** Appends `value`. */
#define vector_push(v, value) (*(vector_add(v)) = (value))

/** Frees the array itself; what the elements own is freed by the caller first. */
#define vector_release(v) (free((v)->items), (v)->items = NULL, (v)->count = (v)->capacity = 0)

#define vector_reserve_one(v)                                                                   \
	((v)->items = vector_grow_((v)->items, (v)->count, &(v)->capacity, sizeof(*(v)->items)))

/** Used by the macros: room for one more element, which is zeroed. */
void *vector_grow_(void *items, size_t count, size_t *capacity, size_t size);

#endif
