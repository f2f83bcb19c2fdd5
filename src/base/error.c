/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "nucleo/base/utf8.h"

/* vsnprintf may cut inside a character; drop the broken tail. */
static void trim_broken_tail(char *text)
{
	text[utf8_valid_prefix(text, strlen(text))] = '\0';
}

enum rc error_set(struct error *err, enum rc code, const char *format, ...)
{
	if (!err)
		return code;
	va_list args;
	va_start(args, format);
	err->code = code;
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	trim_broken_tail(err->text);
	return code;
}

/* As much of `more` as fits. */
static void append(struct error *err, const char *more)
{
	size_t used = strlen(err->text), length = strlen(more);
	size_t room = sizeof(err->text) - 1 - used;
	if (length > room)
		length = room;
	memcpy(err->text + used, more, length);
	err->text[used + length] = '\0';
}

enum rc error_prefix(struct error *err, const char *format, ...)
{
	char old[sizeof(err->text)];
	va_list args;

	memcpy(old, err->text, sizeof(old));
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	append(err, ": ");
	append(err, old);
	trim_broken_tail(err->text);
	return err->code;
}

int rc_exit_status(enum rc code)
{
	static const int status[] = {
		[RC_OK] = 0,	   [RC_NOT_FOUND] = 1, [RC_INVALID] = 1, [RC_REFUSED] = 1,
		[RC_USAGE] = 2,	   [RC_CONFLICT] = 3,  [RC_BUSY] = 4,	 [RC_IO] = 5,
	};
	return status[code];
}
