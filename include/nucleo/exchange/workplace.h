/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_WORKPLACE_H
#define NUCLEO_EXCHANGE_WORKPLACE_H

#include <stdbool.h>

#include "nucleo/exchange/config.h"
#include "nucleo/store/share.h"

/** The database one works on: one on a drive, or a throw-away copy of the demonstration. */
struct workplace {
	struct store *store; /**< NULL while closed */
	struct share *share; /**< NULL for the demonstration, which nobody shares */
	bool on_screen;
	bool any_schema;     /**< set before it is opened: also one that has to be upgraded */
	char *folder;        /**< of the throw-away copy, owned; NULL for a file */
};

/**
 * Gets ready for a database that is shown on the screen, before the terminal is opened:
 * the drive is then looked at without being asked, and nothing waits for it. Without this
 * a workplace is that of one command.
 */
enum rc workplace_start(struct workplace *workplace, struct error *err) ATTR_NODISCARD;

/** Opens what the configuration names: the demonstration, or the database at `config->db`. */
enum rc workplace_open(struct workplace *workplace, const struct config *config,
		       struct error *err) ATTR_NODISCARD;
/** Makes a new, empty database at `config->db`, with the folders above it, and opens it. */
enum rc workplace_create(struct workplace *workplace, const struct config *config,
			 struct error *err) ATTR_NODISCARD;
/**
 * Makes a private copy of the demonstration in the folder for temporary files
 * and opens it: the embedded records, then the embedded acta through the same
 * reader as any other.
 */
enum rc workplace_open_demo(struct workplace *workplace, const struct config *config,
			    struct error *err) ATTR_NODISCARD;
/** Puts a checked copy (see restore.h) in the place of what `config->db` names, and opens it; there
 *  need not be one, and it need not have been opened before. As share_restore(). */
enum rc workplace_restore(struct workplace *workplace, const struct config *config,
			  const char *name, struct share_restored *restored, struct error *err)
	ATTR_NODISCARD;
/** Closes, and removes a throw-away copy. A closed one may be closed again. */
void workplace_close(struct workplace *workplace);

#endif
