/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTING_H
#define NUCLEO_EXCHANGE_ACTING_H

#include <stdbool.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/store/store.h"

/**
 * In whose name is written, and whether it may be. Names are on trust: nobody is kept out
 * who says another; what is kept is that nobody writes by mistake.
 */

/** What stands between the person who acts and a change. */
enum acting {
	ACTING_FREELY,
	ACTING_OBSERVING, /**< her institution observes today: she has to want it */
	ACTING_NAMELESS,  /**< nobody said who acts */
	ACTING_READ_ONLY, /**< it was asked for, the drive gives no permission, or it has what a
			       newer program wrote */
};

/** What she has said, for as long as the database is open. */
struct acting_terms {
	bool needs_name; /**< nobody writes without having said who she is */
	bool confirms;   /**< she writes although her institution observes */
};

/**
 * Tells, and holds the store (see store_hold()) in accordance: to be called when it was
 * opened, and after what it depends on has changed.
 */
enum rc acting_settle(struct store *store, const struct acting_terms *terms, enum acting *acting,
		      struct error *err) ATTR_NODISCARD;

/**
 * Whether the database knows an institution by that acronym; appends it as the database
 * writes it, else as it is given.
 */
enum rc acting_find(struct store *store, const char *acronym, bool *is_known, struct strbuf *out,
		    struct error *err) ATTR_NODISCARD;

#endif
