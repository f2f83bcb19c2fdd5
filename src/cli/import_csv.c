/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/import_run.h"

#include "nucleo/exchange/csv_import.h"
#include "nucleo/exchange/csv_report.h"

enum rc cli_import_csv(struct cli_import *import, const char *path,
		       enum cli_import_outcome *outcome, struct error *err)
{
	static const enum cli_import_outcome outcomes[] = {
		[CSV_UNCHANGED] = CLI_IMPORT_UNCHANGED,
		[CSV_NEW] = CLI_IMPORT_NEW,
		[CSV_UPDATED] = CLI_IMPORT_UPDATED,
	};
	const struct cli *cli = import->cli;
	const struct csv_source about = {
		.kind = record_kind_named(cli->args[0])->id,
		.plan = cli->value[CLI_PLAN],
	};
	struct csv_import_result result;
	enum rc rc = csv_import_file(import->store, path, &about, import->dry_run, &result, err);
	if (import->as_json)
		csv_report_json(&import->json, path, &result, import->dry_run,
				rc == RC_OK ? NULL : err->text);
	else if (rc == RC_OK || result.error_count)
		csv_report_text(&import->cli->out, path, &result, import->dry_run);
	import->has_reported = true;
	if (rc == RC_OK)
		*outcome = outcomes[result.outcome];
	csv_import_result_release(&result);
	return rc;
}
