/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CONFIG_H
#define NUCLEO_EXCHANGE_CONFIG_H

#include <stdbool.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

enum {
	CONFIG_MAX_BYTES = 64 * 1024,
	CONFIG_WAIT_DEFAULT_MS = 10 * 1000,
	CONFIG_WAIT_MAX_MS = 3600 * 1000,
};

/**
 * What this person works on and as whom. Whoever reads the command line fills
 * what it says; config_load() completes the rest. Strings are owned.
 */
struct config {
	char *db;    /**< path of the database; NULL: not said yet */
	char *actor; /**< acronym of the institution she acts for; NULL: not said */
	bool read_only;
	bool demo; /**< work on a throw-away copy of the demo */
	int wait_ms;
	bool no_mouse; /**< clicks and the wheel are left to the terminal */
};

void config_init(struct config *config);
void config_release(struct config *config);

/**
 * Fills `db` and `actor` where they are NULL: from NUCLEO_DB and NUCLEO_AS,
 * then the file $XDG_CONFIG_HOME/nucleo/config, then (db) the user's data
 * folder. The file has one `name = value` a line and '#' comments; names are
 * db, as and mouse (yes or no; the file alone says it). A line that means
 * nothing is reported in `notices`, one line of text each, and skipped.
 * RC_INVALID when the file is no UTF-8 text or too large, RC_IO when it cannot
 * be read; a missing one is no error.
 */
enum rc config_load(struct config *config, struct strbuf *notices, struct error *err)
	ATTR_NODISCARD;

/** Reads seconds ("10", "0.5") into milliseconds; -1 when it is no number from 0 to 3600. */
int config_parse_wait(const char *text);

#endif
