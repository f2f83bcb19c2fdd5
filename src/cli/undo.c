/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <errno.h>
#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/cli/print.h"
#include "nucleo/store/undo.h"

static enum rc parse_number(const char *text, int64_t *number, struct error *err)
{
	char *end;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || value < 1)
		return error_set(
			err, RC_USAGE,
			_("«%s» no es el número de una operación; «nucleo history» los da"), text);
	*number = value;
	return RC_OK;
}

/* What is queued has no place in the history yet. */
static void report_queued(struct cli *cli, const char *words)
{
	struct json_writer json;
	json_init(&json, &cli->out);
	json_object_begin(&json);
	json_name(&json, "number");
	json_null(&json);
	json_string_member(&json, "words", words);
	json_object_end(&json);
	strbuf_addch(&cli->out, '\n');
}

static enum rc report(struct cli *cli, struct store *store, int64_t number,
		      enum undo_direction direction, const char *words, struct error *err)
{
	if (cli->is_given[CLI_JSON] && number)
		return cli_print_record(cli, store, &record_kinds[RECORD_HISTORY], number, err);
	if (cli->is_given[CLI_JSON])
		report_queued(cli, words);
	else
		strbuf_addf(&cli->out,
			    direction == UNDO ? _("Deshecho: %s\n") : _("Rehecho: %s\n"), words);
	return RC_OK;
}

static enum rc run(struct cli *cli, enum undo_direction direction, struct error *err)
{
	struct store *store;
	struct undo_request request = {.direction = direction};
	struct strbuf words;
	int64_t number = 0;
	enum rc rc = cli->arg_count ? parse_number(cli->args[0], &request.number, err) : RC_OK;
	if (rc == RC_OK)
		rc = cli_open_store(cli, &store, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&words);
	rc = undo_commit(store, &request, &words, &number, err);
	if (rc == RC_OK)
		rc = report(cli, store, number, direction, words.data, err);
	strbuf_release(&words);
	return rc;
}

enum rc cli_undo(struct cli *cli, struct error *err)
{
	return run(cli, UNDO, err);
}

enum rc cli_redo(struct cli *cli, struct error *err)
{
	return run(cli, REDO, err);
}
