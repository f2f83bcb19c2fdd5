/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/daily_backup.h"
#include "nucleo/store/restore.h"

enum { ANSWER_MAX = 64 };

/* What is there now, as far as that can be told. */
enum present {
	PRESENT_NONE,	 /* the path is free */
	PRESENT_KNOWN,	 /* it was opened and compared */
	PRESENT_UNKNOWN, /* it is there and cannot be read */
};

struct restoring {
	char *file; /* owned */
	struct share_place place;
	struct restore_source source;
	enum present present;
	struct restore_difference difference;
	char replica[4096]; /* where what waits here stays; "": nothing waits */
	struct share_restored restored;
	bool is_done;
};

/* "2024-01-31" is the daily backup of that day, unless there is a file of that name. Owned. */
static char *find_file(const struct restoring *restoring, const char *given)
{
	daily_backups backups = {0};
	char *found = NULL;
	day_number day = date_parse_iso(given);
	if (day == DATE_NONE || access(given, F_OK) == 0)
		return mem_strdup(given);
	daily_backups_read(&backups, &restoring->place);
	for (size_t i = 0; i < backups.count && !found; i++)
		if (backups.items[i].day == day)
			found = mem_strdup(backups.items[i].path);
	daily_backups_release(&backups);
	return found ? found : mem_strdup(given);
}

/* ---- the preview */

static void add_counts(struct strbuf *out, const struct backup_facts *facts)
{
	strbuf_addf(out,
		    _("  instituciones: %lld, compromisos: %lld, reuniones: %lld, "
		      "acciones: %lld\n"),
		    (long long)facts->organizations, (long long)facts->commitments,
		    (long long)facts->meetings, (long long)facts->followups);
}

static void add_source(struct strbuf *out, const struct restoring *restoring)
{
	const struct backup_facts *facts = &restoring->source.facts;
	strbuf_addf(out, _("%s, comprobado:\n"), restoring->file);
	cli_add_last(out, facts);
	add_counts(out, facts);
	if (facts->queued)
		strbuf_addf(out,
			    ngettext("  y %lld cambio que estaba en cola: se publicará también\n",
				     "  y %lld cambios que estaban en cola: se publicarán "
				     "también\n",
				     (unsigned long)facts->queued),
			    (long long)facts->queued);
}

static void add_lost(struct strbuf *out, const struct restore_difference *difference)
{
	for (size_t i = 0; i < difference->count; i++) {
		const struct restore_lost *lost = &difference->latest[i];
		strbuf_adds(out, "    ");
		clock_add_local(out, lost->at);
		strbuf_addf(out, "  %s  %s\n", *lost->by ? lost->by : "-", lost->words);
	}
	if ((size_t)difference->lost > difference->count)
		strbuf_adds(out, "    …\n");
}

static void add_difference(struct strbuf *out, const struct restoring *restoring)
{
	const struct restore_difference *difference = &restoring->difference;
	if (!difference->lost)
		strbuf_adds(out, _("  La base de ahora no tiene nada que el archivo no tenga.\n"));
	else
		strbuf_addf(out,
			    ngettext("  La base de ahora tiene %lld cambio que el archivo no "
				     "tiene y que dejará de verse:\n",
				     "  La base de ahora tiene %lld cambios que el archivo no "
				     "tiene y que dejarán de verse:\n",
				     (unsigned long)difference->lost),
			    (long long)difference->lost);
	add_lost(out, difference);
	if (difference->gained)
		strbuf_addf(out,
			    ngettext("  El archivo tiene %lld cambio que la base de ahora no "
				     "tiene.\n",
				     "  El archivo tiene %lld cambios que la base de ahora no "
				     "tiene.\n",
				     (unsigned long)difference->gained),
			    (long long)difference->gained);
	if (difference->queued)
		strbuf_addf(out,
			    ngettext("  %lld cambio suyo que espera en esta máquina quedará en "
				     "«%s».\n",
				     "  %lld cambios suyos que esperan en esta máquina quedarán en "
				     "«%s».\n",
				     (unsigned long)difference->queued),
			    (long long)difference->queued, restoring->replica);
}

static void add_consequences(struct strbuf *out, const struct restoring *restoring)
{
	if (restoring->present == PRESENT_NONE) {
		strbuf_addf(out, _("Se creará la base «%s», que ahora no existe.\n"),
			    restoring->place.called);
		return;
	}
	strbuf_addf(out, _("En lugar de «%s»:\n"), restoring->place.called);
	if (restoring->present == PRESENT_KNOWN)
		add_difference(out, restoring);
	else
		strbuf_adds(out, _("  La base de ahora no se puede leer ni comparar.\n"));
	strbuf_addf(out,
		    _("  La de ahora no se borra: queda al lado, como «%s.before-FECHA»\n"
		      "  y «%s-log.before-FECHA». La restaurada es otra base: a quienes\n"
		      "  tengan abierta la de ahora se les dirá.\n"),
		    restoring->place.name, restoring->place.name);
}

/* ---- as JSON */

static void add_source_json(struct json_writer *json, const struct restoring *restoring)
{
	const struct backup_facts *facts = &restoring->source.facts;
	bool has_any = facts->operations > 0;
	json_string_member(json, "file", restoring->file);
	json_integer_member(json, "operations", facts->operations);
	json_string_member(json, "at", has_any ? facts->at : NULL);
	json_string_member(json, "by", has_any && *facts->by ? facts->by : NULL);
	json_string_member(json, "words", has_any ? facts->words : NULL);
	json_integer_member(json, "schema", facts->schema);
	json_integer_member(json, "queued", facts->queued);
	json_name(json, "records");
	json_object_begin(json);
	json_integer_member(json, "organizations", facts->organizations);
	json_integer_member(json, "commitments", facts->commitments);
	json_integer_member(json, "meetings", facts->meetings);
	json_integer_member(json, "followups", facts->followups);
	json_object_end(json);
}

static void add_present_json(struct json_writer *json, const struct restoring *restoring)
{
	const struct restore_difference *difference = &restoring->difference;
	json_name(json, "present");
	if (restoring->present == PRESENT_NONE) {
		json_null(json);
		return;
	}
	json_object_begin(json);
	json_string_member(json, "path", restoring->place.called);
	json_name(json, "readable");
	json_bool(json, restoring->present == PRESENT_KNOWN);
	if (restoring->present == PRESENT_KNOWN) {
		json_integer_member(json, "common", difference->common);
		json_integer_member(json, "lost", difference->lost);
		json_integer_member(json, "gained", difference->gained);
		json_integer_member(json, "queued", difference->queued);
		json_name(json, "latest");
		json_array_begin(json);
		for (size_t i = 0; i < difference->count; i++) {
			json_object_begin(json);
			json_string_member(json, "at", difference->latest[i].at);
			json_string_member(json, "by", difference->latest[i].by);
			json_string_member(json, "words", difference->latest[i].words);
			json_object_end(json);
		}
		json_array_end(json);
	}
	json_object_end(json);
}

static void add_aside(struct strbuf *out, const struct restoring *restoring, const char *part)
{
	strbuf_addf(out, "%s%s.before-%s", restoring->place.path, part, restoring->restored.stamp);
}

static void print_json(struct strbuf *out, const struct restoring *restoring)
{
	struct json_writer json;
	struct strbuf aside;
	bool is_aside = restoring->is_done && restoring->present != PRESENT_NONE;
	strbuf_init(&aside);
	json_init(&json, out);
	json_object_begin(&json);
	add_source_json(&json, restoring);
	add_present_json(&json, restoring);
	json_name(&json, "restored");
	json_bool(&json, restoring->is_done);
	add_aside(&aside, restoring, "-log");
	json_string_member(&json, "aside", is_aside ? aside.data : NULL);
	json_object_end(&json);
	strbuf_addch(out, '\n');
	strbuf_release(&aside);
}

static void print_done(struct strbuf *out, const struct restoring *restoring)
{
	strbuf_addf(out, _("Base restaurada: %s\n"), restoring->place.called);
	if (restoring->present == PRESENT_NONE)
		return;
	strbuf_adds(out, _("La anterior quedó en "));
	add_aside(out, restoring, "-log");
	strbuf_addch(out, '\n');
}

/* ---- whether, and doing it */

/* A database that cannot be opened is what a restore is for; one on a drive that is away is not. */
static enum rc open_present(struct cli *cli, struct restoring *restoring, struct error *err)
{
	struct store *store = NULL;
	cli->workplace.any_schema = true;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc == RC_NOT_FOUND) {
		restoring->present = PRESENT_NONE;
		return RC_OK;
	}
	if (rc == RC_IO || rc == RC_INVALID || rc == RC_BUSY) {
		cli_notice(err->text);
		restoring->present = PRESENT_UNKNOWN;
		return RC_OK;
	}
	restoring->present = PRESENT_KNOWN;
	return rc;
}

static enum rc compare(struct cli *cli, struct restoring *restoring, struct error *err)
{
	struct random_id uuid;
	struct error none;
	if (restoring->present != PRESENT_KNOWN)
		return RC_OK;
	enum rc rc = restore_compare(cli->workplace.store, &restoring->source,
				     &restoring->difference, err);
	if (rc != RC_OK || !restoring->difference.queued ||
	    share_place_current(&restoring->place, &uuid, &none) != RC_OK)
		return rc;
	char *path = share_place_replica(&restoring->place, &uuid);
	snprintf(restoring->replica, sizeof(restoring->replica), "%s", path);
	free(path);
	return RC_OK;
}

static enum rc refuse(struct error *err)
{
	return error_set(err, RC_REFUSED, _("no se restauró nada"));
}

/* A word, for a letter is typed by mistake. */
static enum rc confirm(struct cli *cli, const struct restoring *restoring, struct error *err)
{
	char answer[ANSWER_MAX] = "";
	if (restoring->present == PRESENT_NONE || cli->is_given[CLI_YES])
		return RC_OK;
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return error_set(err, RC_USAGE,
				 _("no se restauró nada: aquí no hay a quién preguntar; vea antes "
				   "qué haría con --dry-run y repita la orden con --yes"));
	enum rc rc = cli_flush(cli, err);
	if (rc != RC_OK)
		return rc;
	fputs(_("Escriba «restaurar» para hacerlo: "), stderr);
	fflush(stderr);
	if (!fgets(answer, sizeof(answer), stdin))
		return refuse(err);
	answer[strcspn(answer, "\r\n")] = '\0';
	return utf8_equal_folded(answer, _("restaurar")) ? RC_OK : refuse(err);
}

static enum rc carry_out(struct cli *cli, struct restoring *restoring, struct error *err)
{
	bool as_json = cli->is_given[CLI_JSON];
	if (!as_json) {
		add_source(&cli->out, restoring);
		add_consequences(&cli->out, restoring);
	}
	enum rc rc = RC_OK;
	if (cli_will_write(cli))
		rc = confirm(cli, restoring, err);
	if (rc == RC_OK && cli_will_write(cli)) {
		rc = workplace_restore(&cli->workplace, &cli->config, restoring->source.name,
				       &restoring->restored, err);
		restoring->is_done = rc == RC_OK;
	}
	if (rc == RC_OK && as_json)
		print_json(&cli->out, restoring);
	else if (restoring->is_done)
		print_done(&cli->out, restoring);
	return rc;
}

enum rc cli_restore(struct cli *cli, struct error *err)
{
	struct restoring restoring = {.present = PRESENT_NONE};
	if (cli->config.demo)
		return error_set(err, RC_USAGE,
				 _("la demostración no se restaura: diga otra base con --db"));
	enum rc rc = open_present(cli, &restoring, err);
	share_place_init(&restoring.place, cli->config.db ? cli->config.db : "");
	restoring.file = find_file(&restoring, cli->args[0]);
	if (rc == RC_OK)
		rc = restore_read(&restoring.source, &restoring.place, restoring.file, err);
	if (rc == RC_OK)
		rc = compare(cli, &restoring, err);
	if (rc == RC_OK)
		rc = carry_out(cli, &restoring, err);
	restore_release(&restoring.source);
	share_place_release(&restoring.place);
	free(restoring.file);
	return rc;
}
