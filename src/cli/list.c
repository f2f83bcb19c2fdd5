/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/cli/print.h"

static enum rc print_filtered(struct cli *cli, struct cli_listing *listing, struct error *err)
{
	struct store *store;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = cli_print_list(cli, store, listing, err);
	if (rc == RC_OK && !listing->rows && listing->format == RECORD_FORMAT_TEXT)
		cli_notice(_("no hay ninguno"));
	/* An empty message: that there is no row is an answer, not a failure. */
	if (rc == RC_OK && !listing->rows && cli->is_given[CLI_EXIT_CODE])
		rc = error_set(err, RC_NOT_FOUND, "%s", "");
	return rc;
}

enum rc cli_list(struct cli *cli, struct error *err)
{
	struct filter filter;
	const struct record_kind *kind = cli_kind(cli->args[0], err);
	if (!kind)
		return RC_USAGE;
	struct cli_listing listing = {.kind = kind->id, .query.filter = &filter};
	enum rc rc = cli_format(cli, &listing.format, err);
	if (rc != RC_OK)
		return rc;
	rc = cli_parse_filter(cli, 1, &filter, kind, err);
	if (rc == RC_OK)
		rc = print_filtered(cli, &listing, err);
	filter_release(&filter);
	return rc;
}
