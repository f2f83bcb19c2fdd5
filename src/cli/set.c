/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/assignments.h"
#include "nucleo/cli/command.h"
#include "nucleo/exchange/record_edit.h"

bool cli_can_edit(enum record_kind_id kind)
{
	return record_edit_knows(kind);
}

enum rc cli_set(struct cli *cli, struct error *err)
{
	struct assignments list = {0};
	const struct record_kind *kind = cli_kind(cli->args[0], err);
	if (!kind)
		return RC_USAGE;
	if (cli_is_attendance(kind->id, cli->args[1]))
		return cli_set_attendees(cli, err);
	enum rc rc = assignments_parse(&list, cli, 2, err);
	if (rc == RC_OK)
		rc = cli_change_record(cli, kind, cli->args[1], &list, err);
	assignments_release(&list);
	return rc;
}
