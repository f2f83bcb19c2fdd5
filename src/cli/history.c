/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/cli/print.h"

enum rc cli_history(struct cli *cli, struct error *err)
{
	struct store *store;
	struct cli_listing listing = {.kind = RECORD_HISTORY};
	enum rc rc = cli_format(cli, &listing.format, err);
	if (rc == RC_OK)
		rc = cli_open_store(cli, &store, err);
	if (rc != RC_OK)
		return rc;
	rc = cli_print_list(cli, store, &listing, err);
	return rc;
}
