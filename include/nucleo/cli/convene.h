/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_CLI_CONVENE_H
#define NUCLEO_CLI_CONVENE_H

#include "nucleo/cli/assignments.h"

/** What a command says of an agenda: "proposed", "none" or the meeting it is copied from; and
 *  which of the proposals are taken or left, by code. NULL: not said. */
struct agenda_words {
	const char *agenda, *take, *leave;
};

/** Moves them out of the list of fields; RC_USAGE for one given twice. */
enum rc agenda_words_take(struct agenda_words *words, struct assignments *list,
			  struct error *err) ATTR_NODISCARD;

/** `add meeting`: numbers it when no number is given, and makes its agenda as the words say. */
enum rc cli_add_meeting(struct cli *cli, struct assignments *list, struct error *err)
	ATTR_NODISCARD;

#endif
