/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_UPGRADE_H
#define NUCLEO_STORE_UPGRADE_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/vector.h"
#include "nucleo/store/share_round.h"
#include "nucleo/store/store.h"

/**
 * Bringing a group's database to the schema of this program, when a person says so. Each
 * step is a migration in the history (schema.h) that everybody runs at the same place;
 * whose program does not know it can read what came before, and no more.
 */

/** Somebody who wrote lately with a program older than this one. */
struct upgrade_outdated {
	char *by, *host;
	char *program; /**< its version; "" when that is not known */
	char *at;      /**< the last operation, as clock_add_utc() writes */
};

struct upgrade_plan {
	int64_t schema, newest; /**< what the database has, and what this program uses */
	VECTOR(struct upgrade_outdated) outdated;
};

/** How far back it is looked for who wrote. */
#define UPGRADE_DAYS 90

/** What an upgrade would do, from what this machine knows. Initialised, and to be released, in
 *  any case. */
enum rc upgrade_plan(struct upgrade_plan *plan, struct store *store, struct error *err)
	ATTR_NODISCARD;
void upgrade_plan_release(struct upgrade_plan *plan);

/** Of the script that leads to schema `number`; "" when this program has none. */
const char *upgrade_name(int64_t number);

/**
 * One step: a round, and then the next migration is published in the name of `by`, or nothing is
 * left to do. To be called until then: when somebody else published meanwhile, it may have been
 * the same one. It is never queued: it is on the drive before it is run here, for of what is
 * done on another structure nothing could be taken back.
 *
 * RC_BUSY when the drive does not say: it may be there, and then comes in with the next
 * round. RC_REFUSED with the reason when what is in the tables does not fit, or nothing can
 * be published here.
 */
enum rc upgrade_step(const struct share_round *round, const char *by, bool *is_done,
		     struct error *err) ATTR_NODISCARD;

#endif
