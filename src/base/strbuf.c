/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"

/* Shared by all empty buffers; never written because capacity is 0. */
static char empty[1];

void strbuf_init(struct strbuf *buf)
{
	*buf = (struct strbuf){.data = empty};
}

void strbuf_release(struct strbuf *buf)
{
	if (buf->capacity)
		free(buf->data);
	strbuf_init(buf);
}

void strbuf_truncate(struct strbuf *buf, size_t length)
{
	if (length >= buf->length)
		return;
	buf->length = length;
	buf->data[length] = '\0';
}

void strbuf_reset(struct strbuf *buf)
{
	strbuf_truncate(buf, 0);
}

static void reserve(struct strbuf *buf, size_t extra)
{
	size_t wanted = buf->length + extra + 1;
	if (wanted <= buf->capacity)
		return;
	size_t grown = buf->capacity * 2 > wanted ? buf->capacity * 2 : wanted + 32;
	buf->data = mem_resize(buf->capacity ? buf->data : NULL, grown, 1);
	buf->capacity = grown;
}

void strbuf_add(struct strbuf *buf, const char *bytes, size_t length)
{
	if (!length)
		return;
	reserve(buf, length);
	memcpy(buf->data + buf->length, bytes, length);
	buf->length += length;
	buf->data[buf->length] = '\0';
}

void strbuf_adds(struct strbuf *buf, const char *text)
{
	strbuf_add(buf, text, strlen(text));
}

void strbuf_addch(struct strbuf *buf, char c)
{
	reserve(buf, 1);
	buf->data[buf->length++] = c;
	buf->data[buf->length] = '\0';
}

void strbuf_addf(struct strbuf *buf, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	size_t room = buf->capacity - (buf->capacity ? buf->length : 0);
	int length = vsnprintf(room ? buf->data + buf->length : NULL, room, format, args);
	va_end(args);
	if (length > 0 && (size_t)length >= room) {
		reserve(buf, (size_t)length);
		vsnprintf(buf->data + buf->length, (size_t)length + 1, format, again);
	}
	if (length > 0)
		buf->length += (size_t)length;
	va_end(again);
}

static int is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void strbuf_trim(struct strbuf *buf)
{
	size_t start = 0;
	while (buf->length && is_blank(buf->data[buf->length - 1]))
		strbuf_truncate(buf, buf->length - 1);
	while (start < buf->length && is_blank(buf->data[start]))
		start++;
	if (!start)
		return;
	memmove(buf->data, buf->data + start, buf->length - start + 1);
	buf->length -= start;
}

char *strbuf_detach(struct strbuf *buf)
{
	char *text = buf->capacity ? buf->data : mem_strdup("");
	strbuf_init(buf);
	return text;
}

char *strbuf_trimmed(const char *text, size_t length)
{
	struct strbuf part;
	strbuf_init(&part);
	strbuf_add(&part, text, length);
	strbuf_trim(&part);
	return strbuf_detach(&part);
}
