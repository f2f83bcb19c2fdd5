/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/error.h"
#include "nucleo/base/i18n.h"

static ATTR_NORETURN void out_of_memory(void)
{
	fputs(_("nucleo: no queda memoria; nada a medias quedó guardado. "
		"Cierre otros programas y vuelva a intentarlo.\n"),
	      stderr);
	exit(rc_exit_status(RC_IO));
}

void *mem_alloc(size_t size)
{
	void *block = malloc(size ? size : 1);
	if (!block)
		out_of_memory();
	return block;
}

void *mem_alloc_zero(size_t count, size_t size)
{
	void *block = calloc(count ? count : 1, size ? size : 1);
	if (!block)
		out_of_memory();
	return block;
}

void *mem_resize(void *block, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		out_of_memory();
	size_t wanted = count * size;
	void *grown = realloc(block, wanted > 0 ? wanted : 1);
	if (!grown)
		out_of_memory();
	return grown;
}

char *mem_strndup(const char *text, size_t length)
{
	char *copy = mem_alloc(length + 1);
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *mem_strdup(const char *text)
{
	return mem_strndup(text, strlen(text));
}

char *mem_strdup_null(const char *text)
{
	return text ? mem_strdup(text) : NULL;
}
