/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_CLI_PROGRESS_H
#define NUCLEO_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "nucleo/base/strbuf.h"

/** One line that says how far a task of several files is. */
struct cli_progress {
	bool is_wanted; /**< standard error is a terminal and there is more than one file */
	bool is_shown;
	size_t total;
	int columns;
};

void cli_progress_init(struct cli_progress *progress, size_t total);
/** Shows that `done` files are done and which one is next. */
void cli_progress_show(struct cli_progress *progress, size_t done, const char *path);
/** Clears the line; before anything else is printed. */
void cli_progress_hide(struct cli_progress *progress);

/** Appends the line, at most `columns` wide; what has no room is left out. */
void cli_progress_add(struct strbuf *out, const struct cli_progress *progress, size_t done,
		      const char *path);

#endif
