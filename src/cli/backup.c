/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/clock.h"
#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/interrupt.h"
#include "nucleo/base/json.h"
#include "nucleo/store/backup.h"
#include "nucleo/store/daily_backup.h"

/* What was written, and how far behind the group it may be. */
struct written {
	const char *path;
	struct backup_report report;
	struct backup_facts facts;
	bool is_behind; /* the drive did not answer */
};

static void print_json(struct strbuf *out, const struct written *written)
{
	const struct backup_report *report = &written->report;
	struct json_writer json;
	json_init(&json, out);
	json_object_begin(&json);
	json_string_member(&json, "file", written->path);
	json_integer_member(&json, "operations", report->head.number);
	json_string_member(&json, "head", report->head.number ? report->head.hash.hex : NULL);
	json_string_member(&json, "at", report->head.number ? written->facts.at : NULL);
	json_integer_member(&json, "queued", report->queued);
	json_integer_member(&json, "bytes", report->bytes);
	json_string_member(&json, "sha256", report->sha256.hex);
	json_name(&json, "verified");
	json_bool(&json, true);
	json_name(&json, "current");
	json_bool(&json, !written->is_behind);
	json_object_end(&json);
	strbuf_addch(out, '\n');
}

static void print_text(struct strbuf *out, const struct written *written)
{
	const struct backup_report *report = &written->report;
	strbuf_addf(out, _("Respaldo hecho y comprobado: %s\n"), written->path);
	cli_add_last(out, &written->facts);
	if (report->queued)
		strbuf_addf(out,
			    ngettext("  y %lld cambio de esta máquina que está en cola\n",
				     "  y %lld cambios de esta máquina que están en cola\n",
				     (unsigned long)report->queued),
			    (long long)report->queued);
	strbuf_adds(out, "  ");
	file_add_size(out, report->bytes);
	strbuf_addf(out, ", SHA-256 %s\n", report->sha256.hex);
}

void cli_add_last(struct strbuf *out, const struct backup_facts *facts)
{
	if (!facts->operations) {
		strbuf_adds(out, _("  sin ningún cambio todavía\n"));
		return;
	}
	strbuf_addf(out,
		    ngettext("  %lld operación; la última, ", "  %lld operaciones; la última, ",
			     (unsigned long)facts->operations),
		    (long long)facts->operations);
	clock_add_local(out, facts->at);
	if (*facts->by)
		strbuf_addf(out, _(", de %s"), facts->by);
	strbuf_addf(out, ": %s\n", facts->words);
}

/* Ctrl-C ends it in good order: without the temporary that would be left. */
static enum rc write_backup(struct cli *cli, struct store *store, struct written *written,
			    struct error *err)
{
	struct interrupt interrupt;
	interrupt_hold(&interrupt);
	enum rc rc = backup_write(store, written->path, cli->is_given[CLI_REPLAY],
				  &written->report, err);
	interrupt_release(&interrupt);
	return rc;
}

static bool is_behind(struct cli *cli)
{
	struct share_status status;
	if (!cli->workplace.share)
		return false;
	share_status(cli->workplace.share, &status);
	return status.condition != SHARE_FINE && status.condition != SHARE_READ_ONLY;
}

static enum rc back_up(struct cli *cli, const char *path, struct error *err)
{
	struct store *store;
	struct written written = {.path = path};
	cli->workplace.any_schema = true;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = backup_facts(store, &written.facts, err);
	if (rc == RC_OK)
		rc = write_backup(cli, store, &written, err);
	if (rc != RC_OK)
		return rc;
	written.is_behind = is_behind(cli);
	if (cli->is_given[CLI_JSON])
		print_json(&cli->out, &written);
	else
		print_text(&cli->out, &written);
	return RC_OK;
}

/* ---- those that are made every day */

static void list_json(struct strbuf *out, const daily_backups *backups)
{
	struct json_writer json;
	struct strbuf date;
	json_init(&json, out);
	strbuf_init(&date);
	json_array_begin(&json);
	for (size_t i = 0; i < backups->count; i++) {
		const struct daily_backup *backup = &backups->items[i];
		strbuf_reset(&date);
		date_add_iso(&date, backup->day);
		json_object_begin(&json);
		json_string_member(&json, "file", backup->path);
		json_string_member(&json, "date", date.data);
		json_integer_member(&json, "operations", backup->operations);
		json_integer_member(&json, "bytes", backup->bytes);
		json_object_end(&json);
	}
	json_array_end(&json);
	strbuf_addch(out, '\n');
	strbuf_release(&date);
}

static void list_text(struct strbuf *out, const daily_backups *backups)
{
	struct strbuf size;
	strbuf_init(&size);
	for (size_t i = 0; i < backups->count; i++) {
		const struct daily_backup *backup = &backups->items[i];
		strbuf_reset(&size);
		file_add_size(&size, backup->bytes);
		date_add_local(out, backup->day);
		strbuf_addf(out,
			    ngettext("  %6lld operación   %9s  %s\n",
				     "  %6lld operaciones %9s  %s\n",
				     (unsigned long)backup->operations),
			    (long long)backup->operations, size.data, backup->path);
	}
	if (!backups->count)
		strbuf_adds(out, _("Todavía no hay respaldos diarios de esta base.\n"));
	strbuf_release(&size);
}

/* Without the database, which may be the reason for the question. */
static enum rc list_backups(struct cli *cli, struct error *err)
{
	struct share_place place;
	daily_backups backups = {0};
	if (cli->config.demo)
		return error_set(err, RC_USAGE, _("la demostración no tiene respaldos diarios"));
	enum rc rc = cli_load_config(cli, err);
	if (rc != RC_OK)
		return rc;
	share_place_init(&place, cli->config.db);
	daily_backups_read(&backups, &place);
	if (cli->is_given[CLI_JSON])
		list_json(&cli->out, &backups);
	else
		list_text(&cli->out, &backups);
	daily_backups_release(&backups);
	share_place_release(&place);
	return RC_OK;
}

enum rc cli_backup(struct cli *cli, struct error *err)
{
	bool lists = cli->is_given[CLI_LIST];
	if (lists == (cli->arg_count == 1))
		return error_set(err, RC_USAGE,
				 lists ? _("con --list no se dice un archivo")
				       : _("diga en qué archivo; los que ya hay, con --list"));
	return lists ? list_backups(cli, err) : back_up(cli, cli->args[0], err);
}
