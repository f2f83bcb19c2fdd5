/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/cli.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/list.h"

enum rc cli_load_config(struct cli *cli, struct error *err)
{
	struct strbuf notices;
	strbuf_init(&notices);
	enum rc rc = config_load(&cli->config, &notices, err);
	strbuf_trim(&notices);
	if (notices.length)
		cli_notice(notices.data);
	strbuf_release(&notices);
	return rc;
}

/* Names are on trust, but a misspelt one would stay in the history for ever. */
static enum rc check_actor(struct store *store, struct error *err)
{
	int64_t key;
	struct strbuf notice;
	const char *actor = store_actor(store);
	if (!*actor)
		return RC_OK;
	enum rc rc = store_find(store, RECORD_ORGANIZATION, actor, &key, err);
	if (rc != RC_NOT_FOUND && rc != RC_INVALID)
		return rc;
	strbuf_init(&notice);
	strbuf_addf(&notice, _("aviso: la base no conoce la institución «%s»; queda como se dio"),
		    actor);
	cli_notice(notice.data);
	strbuf_release(&notice);
	return RC_OK;
}

enum rc cli_open_store(struct cli *cli, struct store **store, struct error *err)
{
	enum rc rc = cli_load_config(cli, err);
	if (rc == RC_OK)
		rc = workplace_open(&cli->workplace, &cli->config, err);
	if (rc == RC_NOT_FOUND)
		return error_set(err, rc,
				 _("no existe la base «%s»; créela con «nucleo init» o diga otra "
				   "con --db"),
				 cli->config.db);
	if (rc == RC_OK && cli->config.demo && cli_will_write(cli))
		cli_notice(_("es la demostración: lo que guarde se borra al terminar"));
	if (rc == RC_OK)
		rc = check_actor(cli->workplace.store, err);
	if (rc == RC_OK)
		*store = cli->workplace.store;
	return rc;
}
