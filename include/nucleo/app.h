/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_APP_H
#define NUCLEO_APP_H

#include "nucleo/cli/cli.h"

/**
 * What happens without a command: the screens, or without a terminal the list
 * of commitments as text. Where there is no database the screen offers the
 * demonstration, a new one, or another. `cli` holds the options that were
 * given. Returns the exit status; messages go to stderr.
 */
int app_run(struct cli *cli);

#endif
