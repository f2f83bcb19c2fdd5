/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/import_run.h"
#include "nucleo/exchange/acta_import.h"
#include "nucleo/exchange/acta_report.h"
#include "nucleo/exchange/csv_import.h"

static enum rc import_acta(struct cli_import *import, const char *path,
			   enum cli_import_outcome *outcome, struct error *err)
{
	static const enum cli_import_outcome outcomes[] = {
		[ACTA_IMPORT_NEW] = CLI_IMPORT_NEW,
		[ACTA_IMPORT_UPDATED] = CLI_IMPORT_UPDATED,
		[ACTA_IMPORT_UNCHANGED] = CLI_IMPORT_UNCHANGED,
	};
	struct acta_import_result result;
	enum rc rc = acta_import_file(import->store, path, import->dry_run, &result, err);
	if (rc != RC_OK)
		return rc;
	if (import->as_json)
		acta_report_json(&import->json, path, &result, import->dry_run);
	else
		acta_report_text(&import->cli->out, path, &result, import->dry_run);
	*outcome = outcomes[result.outcome];
	acta_import_result_release(&result);
	return RC_OK;
}

/* What can be imported: actas, and the kinds of record that come as spreadsheets. */
enum rc cli_import(struct cli *cli, struct error *err)
{
	const char *what = cli->args[0];
	const struct record_kind *kind = record_kind_named(what);
	bool is_acta = utf8_equal_folded(what, "acta") || utf8_equal_folded(what, "actas");
	if (is_acta && cli->is_given[CLI_PLAN])
		return error_set(err, RC_USAGE, _("un acta dice de qué plan habla: quite --plan"));
	if (is_acta)
		return cli_import_files(cli, import_acta, err);
	if (kind && csv_can_import(kind->id))
		return cli_import_files(cli, cli_import_csv, err);
	return error_set(err, RC_USAGE, _("no se sabe importar «%s»; se importan: %s"), what,
			 cli->command->choices);
}
