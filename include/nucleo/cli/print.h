/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_CLI_PRINT_H
#define NUCLEO_CLI_PRINT_H

#include "nucleo/cli/cli.h"
#include "nucleo/exchange/record_writer.h"
#include "nucleo/store/list.h"

/** A list to print: what, in which form, and which rows. */
struct cli_listing {
	enum record_kind_id kind;
	enum record_format format;
	struct list_query query;
	size_t rows;                 /**< out: how many were printed */
};

/** The form --json and --csv ask for; RC_USAGE when both are given. */
enum rc cli_format(const struct cli *cli, enum record_format *format, struct error *err)
	ATTR_NODISCARD;
enum rc cli_print_list(struct cli *cli, struct store *store, struct cli_listing *listing,
		       struct error *err) ATTR_NODISCARD;
/** Prints the one record with that key; RC_NOT_FOUND when it has gone. */
enum rc cli_print_record(struct cli *cli, struct store *store, const struct record_kind *kind,
			 int64_t key, struct error *err) ATTR_NODISCARD;

/** Prints what an operation of the history, whose own members were just printed, did. */
enum rc cli_print_edits(struct cli *cli, struct store *store, int64_t key, struct error *err)
	ATTR_NODISCARD;

#endif
