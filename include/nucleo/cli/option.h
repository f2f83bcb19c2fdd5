/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_CLI_OPTION_H
#define NUCLEO_CLI_OPTION_H

/** Every option of the command line; its row is in src/cli/option.c. */
enum cli_option_id {
	/* global: before or after the command */
	CLI_DB,
	CLI_AS,
	CLI_AS_OBSERVER,
	CLI_READ_ONLY,
	CLI_WAIT,
	CLI_DEMO,
	CLI_HELP,
	CLI_VERSION,
	/* of some commands */
	CLI_JSON,
	CLI_CSV,
	CLI_EXIT_CODE,
	CLI_DRY_RUN,
	CLI_PLAN,
	CLI_LIMIT,
	CLI_FULL,
	CLI_REPLAY,
	CLI_REPAIR,
	CLI_LIST,
	CLI_YES,
	CLI_FORMAT,
	CLI_OUTPUT,
	CLI_COMMANDS,
	CLI_MEASURE,
	CLI_OPTION_COUNT
};

#define CLI_BIT(id) (1u << (id))
#define CLI_GLOBAL (CLI_BIT(CLI_JSON) - 1)

struct cli_option {
	const char *name;     /**< without the dashes */
	const char *argument; /**< what follows it, for the help; NULL: nothing */
	const char *help;
};

extern const struct cli_option cli_options[CLI_OPTION_COUNT];
/** "-o" says the same as "--output"; 0: no letter does. */
extern const char cli_option_letters[CLI_OPTION_COUNT];

#endif
