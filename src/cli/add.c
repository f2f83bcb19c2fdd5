/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <string.h>

#include "nucleo/cli/assignments.h"
#include "nucleo/cli/convene.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/record_add.h"

static enum rc add_to(struct cli *cli, struct store *store, const struct record_draft *draft,
		      struct error *err)
{
	struct operation *operation = operation_new();
	int64_t key;
	enum rc rc = record_add(store, draft, operation, &key, err);
	if (rc == RC_OK)
		rc = cli_commit(cli, operation, err);
	operation_free(operation);
	return rc == RC_OK ? cli_print_record(cli, store, draft->kind, key, err) : rc;
}

static enum rc add_listed(struct cli *cli, const struct record_kind *kind,
			  const struct assignments *list, struct error *err)
{
	const struct record_draft draft = {kind, list->pairs.items, list->pairs.count};
	struct store *store;
	enum rc rc = cli_open_store(cli, &store, err);
	return rc == RC_OK ? add_to(cli, store, &draft, err) : rc;
}

/* "add entry AM-2024-01 2 ..." says where the line goes; "add entry meeting=..." names fields. */
static bool is_line(const struct cli *cli, const struct record_kind *kind)
{
	return kind->id == RECORD_RESOLUTION && cli->arg_count > 1 && !strchr(cli->args[1], '=');
}

enum rc cli_add(struct cli *cli, struct error *err)
{
	struct assignments list = {0};
	const struct record_kind *kind = cli_kind(cli->args[0], err);
	if (!kind)
		return RC_USAGE;
	if (is_line(cli, kind))
		return cli_add_entry(cli, err);
	enum rc rc = assignments_parse(&list, cli, 1, err);
	if (rc == RC_OK && kind->id == RECORD_MEETING)
		rc = cli_add_meeting(cli, &list, err);
	else if (rc == RC_OK)
		rc = add_listed(cli, kind, &list, err);
	assignments_release(&list);
	return rc;
}
