/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/interrupt.h"
#include "nucleo/base/json.h"
#include "nucleo/exchange/export.h"
#include "nucleo/store/list.h"

/* Where it goes; NULL: to standard output. */
static const char *file_of(const struct cli *cli)
{
	const char *path = cli->value[CLI_OUTPUT];
	return path && strcmp(path, "-") != 0 ? path : NULL;
}

static enum rc choose_format(const struct cli *cli, const struct export *what,
			     enum export_format *format, struct error *err)
{
	const char *name = cli->value[CLI_FORMAT], *path = file_of(cli);
	if (cli->is_given[CLI_JSON] && !path && !name)
		name = export_format_name(EXPORT_JSON);
	enum rc rc = export_format_for(what, name, path, format, err);
	if (rc == RC_OK && cli->is_given[CLI_JSON] && !path && *format != EXPORT_JSON)
		rc = error_set(err, RC_USAGE, _("--json y --format=%s piden formatos distintos"),
			       export_format_name(*format));
	return rc;
}

static void report(struct cli *cli, const char *path, enum export_format format, size_t bytes)
{
	struct json_writer json;
	if (!cli->is_given[CLI_JSON]) {
		strbuf_addf(&cli->out, _("Escrito en %s\n"), path);
		return;
	}
	json_init(&json, &cli->out);
	json_object_begin(&json);
	json_string_member(&json, "file", path);
	json_string_member(&json, "format", export_format_name(format));
	json_integer_member(&json, "bytes", (int64_t)bytes);
	json_object_end(&json);
	strbuf_addch(&cli->out, '\n');
}

/* Ctrl-C meanwhile ends in good order: without a temporary that would be left. */
static enum rc deliver(struct cli *cli, const char *path, const struct strbuf *bytes,
		       struct error *err)
{
	struct interrupt interrupt;
	interrupt_hold(&interrupt);
	enum rc rc = file_deliver(path, bytes, cli->is_given[CLI_YES], err);
	interrupt_release(&interrupt);
	return rc;
}

static enum rc find(struct cli *cli, const struct export *what, struct store **store,
		    int64_t *key, struct error *err)
{
	enum rc rc = cli_open_store(cli, store, err);
	return rc == RC_OK ? store_find(*store, what->kind, cli->args[1], key, err) : rc;
}

enum rc cli_export(struct cli *cli, struct error *err)
{
	enum export_format format;
	struct store *store;
	int64_t key;
	struct strbuf bytes;
	const char *path = file_of(cli);
	const struct export *what = export_named(cli->args[0], err);
	if (!what)
		return RC_USAGE;
	if (cli->arg_count < 2)
		return error_set(err, RC_USAGE, _("diga de cuál: nucleo export %s AM-2024-01"),
				 what->name);
	enum rc rc = choose_format(cli, what, &format, err);
	if (rc == RC_OK)
		rc = find(cli, what, &store, &key, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&bytes);
	rc = what->write(store, key, format, &bytes, err);
	if (rc == RC_OK && path)
		rc = deliver(cli, path, &bytes, err);
	if (rc == RC_OK && path)
		report(cli, path, format, bytes.length);
	else if (rc == RC_OK)
		strbuf_add(&cli->out, bytes.data, bytes.length);
	strbuf_release(&bytes);
	return rc;
}
