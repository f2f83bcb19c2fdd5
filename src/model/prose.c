/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose.h"

#include <stdlib.h>

void prose_resolution_release(struct prose_resolution *resolution)
{
	free(resolution->objections);
	free(resolution->tally);
}
