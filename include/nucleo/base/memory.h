/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_MEMORY_H
#define NUCLEO_BASE_MEMORY_H

#include <stddef.h>

#include "nucleo/base/attributes.h"

/**
 * Allocation that never returns NULL. Running out of memory has one way out:
 * a message and exit status 5. That is safe at every point because a change is
 * one database transaction, and the terminal is restored at exit.
 */
void *mem_alloc(size_t size) ATTR_MALLOC;
void *mem_alloc_zero(size_t count, size_t size) ATTR_MALLOC;
/** As realloc for `count` elements of `size` bytes; overflow counts as out of memory. */
void *mem_resize(void *block, size_t count, size_t size)
	__attribute__((returns_nonnull, warn_unused_result));
/** Owned copy of `text`. */
char *mem_strdup(const char *text) ATTR_MALLOC;
/** Owned copy of `text`, or NULL for NULL. */
char *mem_strdup_null(const char *text) ATTR_NODISCARD;
/** Owned, terminated copy of the first `length` bytes. */
char *mem_strndup(const char *text, size_t length) ATTR_MALLOC;

#endif
