/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/import_run.h"

#include <limits.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/interrupt.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/progress.h"

struct run {
	struct cli_import import;
	struct cli_progress progress;
	char **files;
	size_t total, done;
	size_t outcomes[CLI_IMPORT_OUTCOMES];
	size_t failed;
	struct strbuf failures; /* names of the files, "a, b" */
	enum rc worst;
};

static void report_failure(struct run *run, const char *path, struct error *err)
{
	struct json_writer *json = &run->import.json;
	error_prefix(err, "%s", path);
	if (run->import.as_json && !run->import.has_reported) {
		json_object_begin(json);
		json_name(json, "file");
		json_string(json, path);
		json_name(json, "error");
		json_string(json, err->text);
		json_object_end(json);
	}
	cli_notice(err->text);
	if (rc_exit_status(err->code) > rc_exit_status(run->worst))
		run->worst = err->code;
	if (run->failed++)
		strbuf_adds(&run->failures, ", ");
	utf8_fit(&run->failures, path, INT_MAX);
}

static enum rc import_one(struct run *run, cli_importer *importer, struct error *err)
{
	enum cli_import_outcome outcome;
	struct error failure;
	const char *path = run->files[run->done];
	run->import.has_reported = false;
	cli_progress_show(&run->progress, run->done, path);
	enum rc rc = importer(&run->import, path, &outcome, &failure);
	cli_progress_hide(&run->progress);
	if (rc == RC_OK)
		run->outcomes[outcome]++;
	else
		report_failure(run, path, &failure);
	run->done++;
	return cli_drain(run->import.cli, err);
}

static enum rc import_all(struct run *run, cli_importer *importer, struct error *err)
{
	struct interrupt interrupt;
	enum rc rc = RC_OK;
	interrupt_hold(&interrupt);
	while (rc == RC_OK && run->done < run->total && !interrupt_is_pending())
		rc = import_one(run, importer, err);
	interrupt_release(&interrupt);
	return rc;
}

static void add_part(struct strbuf *out, size_t count, const char *format)
{
	if (count)
		strbuf_addf(out, format, count);
}

static void sum_up(struct run *run)
{
	struct strbuf text;
	size_t total = run->total, failed = run->failed;
	size_t added = run->outcomes[CLI_IMPORT_NEW], changed = run->outcomes[CLI_IMPORT_UPDATED];
	strbuf_init(&text);
	strbuf_addf(&text,
		    ngettext("%zu de %zu archivo leído", "%zu de %zu archivos leídos", total),
		    run->done - failed, total);
	add_part(&text, added, ngettext(", %zu nuevo", ", %zu nuevos", added));
	add_part(&text, changed, ngettext(", %zu corregido", ", %zu corregidos", changed));
	add_part(&text, run->outcomes[CLI_IMPORT_UNCHANGED], _(", %zu sin cambios"));
	add_part(&text, failed, _(", %zu con error"));
	if (run->import.dry_run)
		strbuf_adds(&text, _(" (ensayo: no se guardó nada)"));
	if (run->import.as_json)
		cli_notice(text.data);
	else
		strbuf_addf(&run->import.cli->out, "%s\n", text.data);
	strbuf_release(&text);
}

static enum rc verdict(const struct run *run, struct error *err)
{
	size_t left = run->total - run->done;
	if (left)
		return error_set(err, RC_REFUSED,
				 ngettext("se detuvo, como se pidió: quedó %zu archivo sin leer; "
					  "lo importado antes queda guardado",
					  "se detuvo, como se pidió: quedaron %zu archivos sin "
					  "leer; lo importado antes queda guardado",
					  left),
				 left);
	if (run->total == 1)
		return error_set(err, run->worst, "%s", "");
	return error_set(err, run->worst,
			 ngettext("%zu de %zu archivos no se importó: %s",
				  "%zu de %zu archivos no se importaron: %s", run->failed),
			 run->failed, run->total, run->failures.data);
}

static enum rc run_all(struct run *run, cli_importer *importer, struct error *err)
{
	struct cli_import *import = &run->import;
	json_init(&import->json, &import->cli->out);
	if (import->as_json)
		json_array_begin(&import->json);
	enum rc rc = import_all(run, importer, err);
	if (import->as_json) {
		json_array_end(&import->json);
		strbuf_addch(&import->cli->out, '\n');
	}
	if (run->total > 1)
		sum_up(run);
	if (rc == RC_OK && (run->failed || run->done < run->total))
		rc = verdict(run, err);
	return rc;
}

enum rc cli_import_files(struct cli *cli, cli_importer *importer, struct error *err)
{
	struct run run = {
		.import = {.cli = cli,
			   .as_json = cli->is_given[CLI_JSON],
			   .dry_run = cli->is_given[CLI_DRY_RUN]},
		.files = cli->args + 1,
		.total = cli->arg_count - 1,
	};
	enum rc rc = cli_open_store(cli, &run.import.store, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&run.failures);
	cli_progress_init(&run.progress, run.total);
	rc = run_all(&run, importer, err);
	strbuf_release(&run.failures);
	return rc;
}
