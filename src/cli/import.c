/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_import.h"
#include "nucleo/exchange/acta_report.h"

/* A run over several files: one that fails does not keep the others out. */
struct import_run {
	struct cli *cli;
	struct store *store;
	struct json_writer json;
	bool as_json, dry_run;
	enum rc worst;
	size_t failed;
};

static void report_failure(struct import_run *run, const char *path, struct error *err)
{
	error_prefix(err, "%s", path);
	if (run->as_json) {
		json_object_begin(&run->json);
		json_name(&run->json, "file");
		json_string(&run->json, path);
		json_name(&run->json, "error");
		json_string(&run->json, err->text);
		json_object_end(&run->json);
	}
	cli_notice(err->text);
	if (rc_exit_status(err->code) > rc_exit_status(run->worst))
		run->worst = err->code;
	run->failed++;
}

static void import_one(struct import_run *run, const char *path)
{
	struct acta_import_result result;
	struct error err;
	struct strbuf *out = &run->cli->out;
	if (acta_import_file(run->store, path, run->dry_run, &result, &err) != RC_OK) {
		report_failure(run, path, &err);
		return;
	}
	if (run->as_json)
		acta_report_json(&run->json, path, &result, run->dry_run);
	else
		acta_report_text(out, path, &result, run->dry_run);
	acta_import_result_release(&result);
}

static enum rc import_actas(struct import_run *run, struct error *err)
{
	struct cli *cli = run->cli;
	enum rc rc = RC_OK;
	json_init(&run->json, &cli->out);
	if (run->as_json)
		json_array_begin(&run->json);
	for (size_t i = 1; i < cli->arg_count && rc == RC_OK; i++) {
		import_one(run, cli->args[i]);
		rc = cli_drain(cli, err);
	}
	if (run->as_json) {
		json_array_end(&run->json);
		strbuf_addch(&cli->out, '\n');
	}
	if (rc != RC_OK || run->worst == RC_OK)
		return rc;
	if (cli->arg_count == 2)
		return error_set(err, run->worst, "%s", "");
	return error_set(err, run->worst, _("%zu de %zu archivos no se importaron"), run->failed,
			 cli->arg_count - 1);
}

enum rc cli_import(struct cli *cli, struct error *err)
{
	struct import_run run = {
		.cli = cli,
		.as_json = cli->is_given[CLI_JSON],
		.dry_run = cli->is_given[CLI_DRY_RUN],
	};
	if (!utf8_equal_folded(cli->args[0], "acta") && !utf8_equal_folded(cli->args[0], "actas"))
		return error_set(err, RC_USAGE, _("no se sabe importar «%s»; se importan: acta"),
				 cli->args[0]);
	enum rc rc = cli_open_store(cli, &run.store, err);
	return rc == RC_OK ? import_actas(&run, err) : rc;
}
