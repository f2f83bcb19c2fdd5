/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_CLI_CLI_H
#define NUCLEO_CLI_CLI_H

#include <stdbool.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/cli/option.h"
#include "nucleo/exchange/config.h"
#include "nucleo/exchange/workplace.h"

/**
 * One run of the program from its command line: what was asked for and where
 * the answer goes. Everything printed passes through here, so that a full disk
 * or a closed pipe is noticed once, in one place.
 */
struct cli {
	struct config config;
	struct workplace workplace; /**< closed until a command opens it */
	const struct cli_command *command;
	bool is_given[CLI_OPTION_COUNT];
	const char *value[CLI_OPTION_COUNT]; /**< borrowed from argv; NULL without argument */
	char **args;			     /**< what is left after the options */
	size_t arg_count;
	struct strbuf out; /**< standard output, not yet written */
	int64_t parked;      /**< operations that waited for a decision at the beginning */
	bool out_is_closed; /**< nobody reads any more: no more output, and no complaint */
};

/** What cli_run() returns when no command was given: the caller opens the screen. */
#define CLI_OPEN_SCREEN (-1)

void cli_init(struct cli *cli);
void cli_release(struct cli *cli);

/** Runs the command line; returns the exit status (see nucleo(1)) or CLI_OPEN_SCREEN. */
int cli_run(struct cli *cli, int argc, char **argv);

/** Runs one command as if `words` (its name first, `count` of them) had been typed after the
 *  options already read. */
int cli_run_command(struct cli *cli, int count, char **words);

/** Whether the command that was read changes the database; a dry run does not. */
bool cli_will_write(const struct cli *cli);

/**
 * Completes the configuration and opens the database, with notices on standard
 * error. The store is the cli's: cli_release() closes it.
 */
enum rc cli_open_store(struct cli *cli, struct store **store, struct error *err) ATTR_NODISCARD;

/** After a command: RC_BUSY when what it did is not on the drive yet, RC_CONFLICT when it waits for
 *  a decision; prints what a person should read once. */
enum rc cli_settle(struct cli *cli, struct error *err) ATTR_NODISCARD;

/** Completes the configuration from environment and file, printing its notices. */
enum rc cli_load_config(struct cli *cli, struct error *err) ATTR_NODISCARD;

/** Writes `out` to standard output when it is large; RC_IO when that fails. */
enum rc cli_drain(struct cli *cli, struct error *err) ATTR_NODISCARD;
/** Writes all of `out`. */
enum rc cli_flush(struct cli *cli, struct error *err) ATTR_NODISCARD;
/** Prints "nucleo: text" on standard error, without control characters. */
void cli_notice(const char *text);
/** That the database knows no institution of that acronym, which is kept as it was given. */
void cli_notice_unknown_institution(const char *acronym);
/** Columns of the terminal `fd` is; 80 when it is none. */
int cli_columns_of(int fd);
/** Those of standard output. */
int cli_columns(void);

#endif
