/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/conflict_edit.h"
#include "nucleo/exchange/conflict_words.h"
#include "nucleo/exchange/return_words.h"

/* ---- what waits for a decision */

static void print_conflicts(struct cli *cli, const conflict_list *list)
{
	struct json_writer json;
	if (!cli->is_given[CLI_JSON]) {
		for (size_t i = 0; i < list->count; i++)
			conflict_add_text(&cli->out, &list->items[i], i + 1);
		if (!list->count)
			strbuf_addf(&cli->out, "%s\n", _("Nada espera una decisión."));
		return;
	}
	json_init(&json, &cli->out);
	json_array_begin(&json);
	for (size_t i = 0; i < list->count; i++)
		conflict_add_json(&json, &list->items[i]);
	json_array_end(&json);
	strbuf_addch(&cli->out, '\n');
}

struct printing {
	struct cli *cli;
	struct json_writer json;
};

static void print_decided_row(void *context, const struct decided_operation *row)
{
	struct printing *printing = context;
	struct strbuf *out = &printing->cli->out;
	if (printing->cli->is_given[CLI_JSON]) {
		json_object_begin(&printing->json);
		json_string_member(&printing->json, "decided_at", row->decided_at);
		json_string_member(&printing->json, "outcome", row->outcome);
		json_name(&printing->json, "operation");
		json_raw(&printing->json, row->text);
		json_object_end(&printing->json);
		return;
	}
	clock_add_local(out, row->decided_at);
	strbuf_addf(out, "  %s  %s (", row->outcome, row->words);
	conflict_add_author(out, row->by, row->at);
	strbuf_adds(out, ")\n");
}

static enum rc print_decided(struct cli *cli, struct store *store, struct error *err)
{
	struct printing printing = {.cli = cli};
	json_init(&printing.json, &cli->out);
	if (cli->is_given[CLI_JSON])
		json_array_begin(&printing.json);
	enum rc rc = conflict_list_decided(store, 0, print_decided_row, &printing, err);
	if (cli->is_given[CLI_JSON]) {
		json_array_end(&printing.json);
		strbuf_addch(&cli->out, '\n');
	}
	return rc;
}

/* What happened when the drive last came back. */
static enum rc print_return(struct cli *cli, struct store *store, struct error *err)
{
	struct return_report report;
	struct json_writer json;
	return_report_init(&report);
	json_init(&json, &cli->out);
	enum rc rc = return_report_load(store, &report, err);
	if (rc == RC_OK && cli->is_given[CLI_JSON])
		return_add_json(&json, &report);
	else if (rc == RC_OK && report.is_there)
		return_add_sentence(&cli->out, &report);
	else if (rc == RC_OK)
		strbuf_adds(&cli->out, _("El disco no ha faltado por mucho tiempo."));
	if (rc == RC_OK)
		strbuf_addch(&cli->out, '\n');
	return_report_release(&report);
	return rc;
}

enum rc cli_conflicts(struct cli *cli, struct error *err)
{
	struct store *store;
	conflict_list list = {0};
	const char *what = cli->arg_count ? cli->args[0] : "";
	if (*what && strcmp(what, "decided") != 0 && strcmp(what, "report") != 0)
		return error_set(err, RC_USAGE, _("«%s»: puede ser decided o report"), what);
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc != RC_OK)
		return rc;
	if (*what)
		return *what == 'd' ? print_decided(cli, store, err)
				    : print_return(cli, store, err);
	rc = conflict_list_load(store, &list, err);
	if (rc == RC_OK)
		print_conflicts(cli, &list);
	conflict_list_release(&list);
	return rc;
}

/* ---- deciding */

/* By its place, as the list says it, or by its id. */
static enum rc find_conflict(const conflict_list *list, const char *word, struct conflict **found,
			     struct error *err)
{
	char *end;
	long place = strtol(word, &end, 10);
	for (size_t i = 0; i < list->count; i++)
		if ((!*end && place == (long)i + 1) || strcmp(list->items[i].op, word) == 0) {
			*found = &list->items[i];
			return RC_OK;
		}
	return error_set(err, RC_NOT_FOUND,
			 _("no hay un cambio «%s» que espere una decisión; vea «nucleo conflicts»"),
			 word);
}

/* "title", "C6.title", or "record" for a whole one. */
static bool is_called(const struct conflict_item *item, const char *name, size_t length)
{
	struct strbuf whole;
	const char *field = item->column[0] ? item->column : "record";
	strbuf_init(&whole);
	strbuf_addf(&whole, "%s.%s", item->record, field);
	bool is_so = (strlen(field) == length && strncmp(field, name, length) == 0) ||
		     (whole.length == length && strncmp(whole.data, name, length) == 0);
	strbuf_release(&whole);
	return is_so && !item->is_internal && item->choices;
}

static enum rc find_item(const struct conflict *conflict, const char *name, size_t length,
			 struct conflict_item **found, struct error *err)
{
	struct strbuf names;
	size_t count = 0;
	strbuf_init(&names);
	for (size_t i = 0; i < conflict->items.count; i++) {
		struct conflict_item *item = &conflict->items.items[i];
		if (item->choices && !item->is_internal)
			strbuf_addf(&names, "%s%s.%s", names.length ? ", " : "", item->record,
				    item->column[0] ? item->column : "record");
		if (!is_called(item, name, length))
			continue;
		*found = item;
		count++;
	}
	enum rc rc = RC_OK;
	if (!count)
		rc = error_set(err, RC_USAGE, _("no hay un campo «%.*s» que decidir; hay: %s"),
			       (int)length, name, names.data);
	else if (count > 1)
		rc = error_set(err, RC_USAGE,
			       _("hay varios campos «%.*s»; diga de qué registro: %s"), (int)length,
			       name, names.data);
	strbuf_release(&names);
	return rc;
}

static enum rc bad_choice(const char *word, struct error *err)
{
	return error_set(err, RC_USAGE,
			 _("«%s» no es una decisión: diga mine (lo mío), theirs (lo otro), both "
			   "(los dos), drop (descartarlo) o CAMPO==TEXTO"),
			 word);
}

static enum rc choose_item(struct store *store, struct conflict *conflict, const char *word,
			   struct error *err)
{
	struct conflict_item *item = NULL;
	const char *value = strchr(word, '=');
	enum rc rc = find_item(conflict, word, (size_t)(value - word), &item, err);
	if (rc != RC_OK)
		return rc;
	value++;
	if (*value == '=') {
		rc = conflict_edit_text(store, conflict, item, value + 1, err);
		return rc == RC_OK ? rc : error_prefix(err, "%s", item->column);
	}
	enum conflict_choice choice = conflict_choice_named(value);
	if (!choice)
		return bad_choice(word, err);
	if (!conflict_choose(item, choice))
		return error_set(err, RC_USAGE, _("%s: eso no se puede elegir aquí"), word);
	return RC_OK;
}

/* A choice for all of it, and others for some fields. */
static enum rc choose(struct cli *cli, struct store *store, struct conflict *conflict,
		      struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 1; i < cli->arg_count && rc == RC_OK; i++) {
		const char *word = cli->args[i];
		if (strchr(word, '='))
			continue;
		conflict->is_dropped |=
			utf8_equal_folded(word, "drop") || utf8_equal_folded(word, "descartar");
		if (conflict->is_dropped)
			continue;
		if (!conflict_choice_named(word))
			return bad_choice(word, err);
		conflict_choose_all(conflict, conflict_choice_named(word));
	}
	for (size_t i = 1; i < cli->arg_count && rc == RC_OK; i++)
		if (strchr(cli->args[i], '='))
			rc = choose_item(store, conflict, cli->args[i], err);
	return rc;
}

/* Names what is still open: it is no use to guess. */
static enum rc check_complete(const struct conflict *conflict, struct error *err)
{
	struct strbuf open;
	enum rc rc = RC_OK;
	strbuf_init(&open);
	for (size_t i = 0; i < conflict->items.count; i++) {
		const struct conflict_item *item = &conflict->items.items[i];
		if (item->needs_decision && item->choice == CONFLICT_OPEN && !conflict->is_dropped)
			strbuf_addf(&open, "%s%s=", open.length ? " " : "",
				    item->column[0] ? item->column : "record");
	}
	if (open.length && !conflict->follows)
		rc = error_set(err, RC_USAGE, _("falta decidir %s"), open.data);
	strbuf_release(&open);
	return rc;
}

static void report(struct cli *cli, const struct conflict *conflict)
{
	struct json_writer json;
	if (!cli->is_given[CLI_JSON]) {
		strbuf_addf(&cli->out, _("Decidido: %s\n"), conflict->words);
		return;
	}
	json_init(&json, &cli->out);
	json_object_begin(&json);
	json_string_member(&json, "decided", conflict->op);
	json_string_member(&json, "words", conflict->words);
	json_object_end(&json);
	strbuf_addch(&cli->out, '\n');
}

enum rc cli_decide(struct cli *cli, struct error *err)
{
	struct store *store;
	struct conflict *conflict = NULL;
	conflict_list list = {0};
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc != RC_OK)
		return rc;
	rc = conflict_list_load(store, &list, err);
	if (rc == RC_OK)
		rc = find_conflict(&list, cli->args[0], &conflict, err);
	if (rc == RC_OK)
		rc = choose(cli, store, conflict, err);
	if (rc == RC_OK)
		rc = check_complete(conflict, err);
	if (rc == RC_OK)
		rc = conflict_decide(store, conflict, err);
	if (rc == RC_OK) {
		report(cli, conflict);
		/* What waited before is one less: what is parked now is news. */
		cli->parked = cli->parked > 0 ? cli->parked - 1 : 0;
	}
	conflict_list_release(&list);
	return rc;
}

/* ---- a command that ends with one */

/* The newest one, in place of what the command printed, which did not come to be. */
void cli_print_conflict(struct cli *cli)
{
	conflict_list list = {0};
	struct json_writer json;
	struct error ignored;
	if (conflict_list_load(cli->workplace.store, &list, &ignored) == RC_OK && list.count) {
		strbuf_reset(&cli->out);
		json_init(&json, &cli->out);
		json_object_begin(&json);
		json_name(&json, "conflict");
		conflict_add_json(&json, &list.items[list.count - 1]);
		json_object_end(&json);
		strbuf_addch(&cli->out, '\n');
	}
	conflict_list_release(&list);
}

enum rc cli_commit(struct cli *cli, struct operation *operation, struct error *err)
{
	struct store *store = cli->workplace.store;
	struct error unkept;
	char *kept = NULL;
	enum rc rc = operation_commit(operation, store, NULL, err);
	if (rc != RC_CONFLICT || conflict_keep(operation, store, &kept, &unkept) != RC_OK)
		return rc;
	if (!kept) /* it did apply the second time */
		return RC_OK;
	free(kept);
	if (cli->is_given[CLI_JSON])
		cli_print_conflict(cli);
	return error_set(
		err, RC_CONFLICT,
		_("otra persona cambió lo mismo entretanto: lo suyo queda guardado en esta "
		  "máquina y espera su decisión: vea «nucleo conflicts»"));
}

enum rc cli_commit_if_any(struct cli *cli, struct operation *operation, struct error *err)
{
	if (!operation_is_empty(operation))
		return cli_commit(cli, operation, err);
	cli_notice(_("no hay nada que cambiar: ya estaba así"));
	return RC_OK;
}
