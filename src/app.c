/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/app.h"

int app_run(struct cli *cli)
{
	char list[] = "list", commitments[] = "commitments";
	char *words[] = {list, commitments, NULL};
	return cli_run_command(cli, 2, words);
}
