/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/assignments.h"
#include "nucleo/cli/command.h"

/* The change people make most often, in few words. */
enum rc cli_done(struct cli *cli, struct error *err)
{
	struct assignments list = {0};
	enum rc rc = assignments_parse(&list, cli, 1, err);
	assignments_add(&list, "status", enum_name(&followup_status_names, FOLLOWUP_DONE));
	if (rc == RC_OK)
		rc = cli_change_record(cli, &record_kinds[RECORD_FOLLOWUP], cli->args[0], &list,
				       err);
	assignments_release(&list);
	return rc;
}
