/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_HEALTH_H
#define NUCLEO_STORE_HEALTH_H

#include <stdbool.h>

#include "nucleo/model/health.h"
#include "nucleo/store/store.h"

/**
 * How a database of this machine is: a replica with what belongs to it, or a database alone.
 * Nothing is changed and the drive is not touched. Done in bounded pieces, so that a screen can
 * go on answering keys.
 */
struct store_health;

/** `store` is borrowed. With `replay` also whether the tables are what the history says, which
 *  runs all of it again in one piece. */
struct store_health *store_health_new(struct store *store, bool replay) ATTR_NODISCARD;
/** One piece, with what it found; false: that was the last one. */
bool store_health_step(struct store_health *health, health_findings *findings);
void store_health_free(struct store_health *health);

/** Whether this connection came upon pages that are not as they were written. */
bool store_is_damaged(const struct store *store);

/** Gives a file of drafts that is damaged another name, for whoever wants to look; whether there
 *  was one. */
bool store_set_drafts_aside(const struct store *store);

#endif
