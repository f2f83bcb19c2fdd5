/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_CLI_CONVENE_H
#define NUCLEO_CLI_CONVENE_H

#include "nucleo/cli/assignments.h"

/** `add meeting`: numbers it when no number is given, and makes its agenda as agenda=, take= and
 *  leave= say, which are taken out of the list. */
enum rc cli_add_meeting(struct cli *cli, struct assignments *list, struct error *err)
	ATTR_NODISCARD;

#endif
