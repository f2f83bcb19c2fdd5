/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/term.h"

#include <stdlib.h>
#include <string.h>

void term_close(struct term *term)
{
	if (term)
		term->class->close(term);
}

bool term_is_plain(void)
{
	const char *type = getenv("TERM");
	return type && (strcmp(type, "linux") == 0 || strncmp(type, "vt", 2) == 0);
}
