/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CONFIG_H
#define NUCLEO_EXCHANGE_CONFIG_H

#include <stdbool.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

enum {
	CONFIG_MAX_BYTES = 64 * 1024,
	CONFIG_VALUE_MAX = 200, /**< bytes of what the program writes into it */
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
	char *post;  /**< her post there; NULL: not said */
	bool as_observer; /**< she writes although that institution observes */
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
 * db, as, post and mouse (yes or no). The file alone says the last two, and the
 * post is that of the institution it says. A line that means
 * nothing is reported in `notices`, one line of text each, and skipped.
 * RC_INVALID when the file is no UTF-8 text or too large, RC_IO when it cannot
 * be read; a missing one is no error.
 */
enum rc config_load(struct config *config, struct strbuf *notices, struct error *err)
	ATTR_NODISCARD;

struct config_setting {
	const char *name, *value; /**< an empty value takes the setting out */
};

/**
 * Keeps settings in the file, which is made where there is none; all other lines stay as they are.
 * After a crash it is as before or as it shall be. RC_USAGE for a value that is no line of at
 * most CONFIG_VALUE_MAX bytes, else as config_load(); nothing is changed then.
 */
enum rc config_keep(const struct config_setting *settings, size_t count, struct error *err)
	ATTR_NODISCARD;
/** Appends the text of the file; nothing when there is none. Errors as those of config_load(). */
enum rc config_read(const char *path, struct strbuf *text, struct error *err) ATTR_NODISCARD;

/** Reads seconds ("10", "0.5") into milliseconds; -1 when it is no number from 0 to 3600. */
int config_parse_wait(const char *text);

#endif
