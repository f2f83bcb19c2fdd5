/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"

static void report(struct cli *cli, bool was_needed)
{
	struct json_writer json;
	if (!cli->is_given[CLI_JSON]) {
		strbuf_addf(&cli->out, "%s\n",
			    was_needed
				    ? _("El disco tiene otra vez todo lo que esta máquina conoce.")
				    : _("El disco tiene todo lo que esta máquina conoce."));
		return;
	}
	json_init(&json, &cli->out);
	json_object_begin(&json);
	json_name(&json, "republished");
	json_bool(&json, was_needed);
	json_object_end(&json);
	strbuf_addch(&cli->out, '\n');
}

/* Nobody but a person who knows what happened to the drive can say that this is right. */
enum rc cli_republish(struct cli *cli, struct error *err)
{
	struct store *store;
	struct share_status status;
	enum rc rc = cli_open_store(cli, &store, err);
	struct share *share = cli->workplace.share;
	if (rc != RC_OK)
		return rc;
	if (!share)
		return error_set(err, RC_USAGE, _("la demostración no se comparte"));
	share_status(share, &status);
	bool was_needed = status.condition == SHARE_LOST_TAIL;
	if (was_needed && !share_republish(share, cli->config.wait_ms))
		return error_set(err, RC_BUSY, _("el disco no responde; vuelva a intentarlo"));
	share_status(share, &status);
	if (status.condition != SHARE_FINE)
		return error_set(err, status.condition == SHARE_AWAY ? RC_BUSY : RC_REFUSED, "%s",
				 status.reason);
	report(cli, was_needed);
	return RC_OK;
}
