/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/vector.h"

#include <string.h>

void *vector_grow_(void *items, size_t count, size_t *capacity, size_t size)
{
	if (count == *capacity) {
		size_t grown = *capacity ? *capacity * 2 : 8;
		items = mem_resize(items, grown, size);
		*capacity = grown;
	}
	memset((char *)items + count * size, 0, size);
	return items;
}
