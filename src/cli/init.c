/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"

static void print_path(struct cli *cli, const char *path)
{
	struct json_writer json;
	if (!cli->is_given[CLI_JSON]) {
		strbuf_addf(&cli->out, _("Base de datos creada: %s\n"), path);
		return;
	}
	json_init(&json, &cli->out);
	json_object_begin(&json);
	json_name(&json, "path");
	json_string(&json, path);
	json_object_end(&json);
	strbuf_addch(&cli->out, '\n');
}

enum rc cli_initialise(struct cli *cli, struct error *err)
{
	if (cli->config.demo)
		return error_set(err, RC_USAGE, _("la demostración no se crea: ya está hecha"));
	enum rc rc = cli_load_config(cli, err);
	if (rc == RC_OK)
		rc = workplace_create(&cli->workplace, &cli->config, err);
	if (rc == RC_OK)
		print_path(cli, cli->config.db);
	return rc;
}
