/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_PRESENCE_PERSON_H
#define NUCLEO_SYNC_PRESENCE_PERSON_H

#include <stdint.h>

#include "nucleo/base/vector.h"

/** Somebody who has the database open, as presence.h finds her. */

/** Borrowed; "" where nothing is known. */
struct presence_person {
	const char *id; /**< the same as long as she is there; not used by presence_tell() */
	const char *acronym, *post; /**< of the institution; of the person there */
	const char *host, *screen, *program;
	const char *since; /**< UTC by the clock of that machine, see clock_add_local() */
	const char *told;  /**< likewise: when it wrote this */
	int64_t age_ms;	   /**< since the last sign of life */
};

typedef VECTOR(struct presence_person) presence_people;

/** Without one for so long, somebody is not there. */
#define PRESENCE_GONE_MS 90000
/** So far may the clock of another machine be behind. */
#define PRESENCE_CLOCK_MS (3 * 60 * 1000)

#endif
