/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/machine.h"

#include <string.h>
#include <unistd.h>

/* A name that is too long may come without its end. */
void machine_name(char name[MACHINE_NAME_SIZE])
{
	memset(name, 0, MACHINE_NAME_SIZE);
	if (gethostname(name, MACHINE_NAME_SIZE - 1) != 0)
		name[0] = '\0';
}
