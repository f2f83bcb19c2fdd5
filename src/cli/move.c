/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/cli/command.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/agenda_edit.h"

static enum rc move(struct cli *cli, struct store *store, const struct agenda_step *step,
		    struct error *err)
{
	struct operation *operation = operation_new();
	int64_t item = 0;
	enum rc rc = store_find(store, RECORD_AGENDA, cli->args[0], &item, err);
	if (rc == RC_OK)
		rc = agenda_edit_move(store, item, step, operation, err);
	if (rc == RC_OK)
		rc = cli_commit_if_any(cli, operation, err);
	operation_free(operation);
	return rc == RC_OK ? cli_print_record(cli, store, &record_kinds[RECORD_AGENDA], item, err)
			   : rc;
}

enum rc cli_move(struct cli *cli, struct error *err)
{
	struct agenda_step step;
	struct store *store;
	if (!agenda_step_read(cli->args[1], &step))
		return error_set(err, RC_USAGE, _("«%s» no dice a dónde: %s o un número"),
				 cli->args[1], agenda_step_choices());
	enum rc rc = cli_open_store(cli, &store, err);
	return rc == RC_OK ? move(cli, store, &step, err) : rc;
}
