/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/roll.h"

static enum rc print_part(struct cli *cli, struct store *store, enum record_kind_id kind,
			  int64_t meeting, struct error *err)
{
	struct cli_listing part = {.kind = kind, .query = {.meeting = meeting}};
	strbuf_addch(&cli->out, '\n');
	return cli_print_list(cli, store, &part, err);
}

static enum rc print_quorum(struct cli *cli, struct store *store, int64_t meeting,
			    struct error *err)
{
	struct strbuf text;
	strbuf_init(&text);
	enum rc rc = roll_add_acta_quorum(store, meeting, &text, err);
	if (text.length)
		strbuf_addf(&cli->out, "\n%s\n", text.data);
	strbuf_release(&text);
	return rc;
}

/* A meeting is its agenda and who was there; an operation, its edits. */
static enum rc print_parts(struct cli *cli, struct store *store, enum record_kind_id kind,
			   int64_t key, struct error *err)
{
	if (kind == RECORD_HISTORY)
		return cli_print_edits(cli, store, key, err);
	if (kind != RECORD_MEETING || cli->is_given[CLI_JSON])
		return RC_OK;
	enum rc rc = print_quorum(cli, store, key, err);
	if (rc == RC_OK)
		rc = print_part(cli, store, RECORD_AGENDA, key, err);
	return rc == RC_OK ? print_part(cli, store, RECORD_ATTENDEE, key, err) : rc;
}

enum rc cli_show(struct cli *cli, struct error *err)
{
	struct store *store;
	int64_t key;
	const struct record_kind *kind = cli_kind(cli->args[0], err);
	if (!kind)
		return RC_USAGE;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc != RC_OK)
		return rc;
	rc = store_find(store, kind->id, cli->args[1], &key, err);
	if (rc == RC_OK)
		rc = cli_print_record(cli, store, kind, key, err);
	if (rc == RC_OK)
		rc = print_parts(cli, store, kind->id, key, err);
	return rc;
}
