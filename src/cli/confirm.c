/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/exchange/closing.h"
#include "nucleo/store/record_set.h"

/* The follow-ups of a meeting, and which of them are to be confirmed. */
struct confirm_run {
	struct cli *cli;
	struct store *store;
	struct record_set followups;
	struct closing_table table;
};

static enum rc load(struct confirm_run *run, struct error *err)
{
	const struct list_query parts = {.meeting = run->table.meeting};
	return record_set_load(&run->followups, run->store, RECORD_FOLLOWUP, &parts, err);
}

static void confirm(struct confirm_run *run, int64_t followup)
{
	if (!closing_table_row(&run->table, followup))
		vector_push(&run->table.rows,
			    ((struct closing_choice){.followup = followup,
						     .verdict = CLOSING_CONFIRM}));
}

static void choose_complete(struct confirm_run *run)
{
	for (size_t i = 0; i < run->followups.count; i++) {
		const struct followup *followup = record_set_at(&run->followups, i);
		if (followup->status == FOLLOWUP_PROPOSED && closing_is_complete(followup))
			confirm(run, followup->key);
	}
}

static enum rc choose_named(struct confirm_run *run, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 1; i < run->cli->arg_count && rc == RC_OK; i++) {
		int64_t key = 0;
		rc = store_find(run->store, RECORD_FOLLOWUP, run->cli->args[i], &key, err);
		if (rc == RC_OK)
			confirm(run, key);
	}
	return rc;
}

static enum rc commit(struct confirm_run *run, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = closing_confirm(run->store, &run->table, operation, err);
	bool is_wanted = rc == RC_OK && !run->cli->is_given[CLI_DRY_RUN];
	if (is_wanted && operation_is_empty(operation))
		cli_notice(_("no hay nada que confirmar"));
	else if (is_wanted)
		rc = cli_commit(run->cli, operation, err);
	operation_free(operation);
	return rc;
}

static bool is_confirmed(const struct confirm_run *run, const struct followup *followup)
{
	return closing_table_row(&run->table, followup->key) != NULL;
}

/* Those confirmed, or those still proposed. */
static void add_codes(struct confirm_run *run, struct json_writer *json, bool confirmed)
{
	json_array_begin(json);
	for (size_t i = 0; i < run->followups.count; i++) {
		const struct followup *followup = record_set_at(&run->followups, i);
		if (followup->status == FOLLOWUP_PROPOSED &&
		    is_confirmed(run, followup) == confirmed)
			json_string(json, followup->id);
	}
	json_array_end(json);
}

static void print_json(struct confirm_run *run)
{
	struct json_writer json;
	json_init(&json, &run->cli->out);
	json_object_begin(&json);
	json_name(&json, "confirmed");
	add_codes(run, &json, true);
	json_name(&json, "proposed");
	add_codes(run, &json, false);
	json_object_end(&json);
	strbuf_addch(&run->cli->out, '\n');
}

static void print_text(struct confirm_run *run)
{
	struct strbuf *out = &run->cli->out;
	for (size_t i = 0; i < run->followups.count; i++) {
		const struct followup *followup = record_set_at(&run->followups, i);
		if (followup->status != FOLLOWUP_PROPOSED)
			continue;
		strbuf_addf(out, "%s %s  %s\n", is_confirmed(run, followup) ? "✓" : "·",
			    followup->id, followup->description);
		if (!is_confirmed(run, followup))
			strbuf_addf(out, "    %s\n",
				    closing_is_complete(followup)
					    ? _("queda propuesta")
					    : _("queda propuesta: diga quién y hasta cuándo"));
	}
}

/* What is printed is how they were before: those that were proposed. */
static enum rc confirm_all(struct confirm_run *run, struct error *err)
{
	enum rc rc = load(run, err);
	if (rc == RC_OK && run->cli->arg_count > 1)
		rc = choose_named(run, err);
	else if (rc == RC_OK)
		choose_complete(run);
	if (rc == RC_OK)
		rc = commit(run, err);
	if (rc == RC_OK)
		(run->cli->is_given[CLI_JSON] ? print_json : print_text)(run);
	record_set_release(&run->followups);
	closing_table_release(&run->table);
	return rc;
}

enum rc cli_confirm(struct cli *cli, struct error *err)
{
	struct confirm_run run = {.cli = cli};
	enum rc rc = cli_open_store(cli, &run.store, err);
	if (rc == RC_OK)
		rc = store_find(run.store, RECORD_MEETING, cli->args[0], &run.table.meeting, err);
	return rc == RC_OK ? confirm_all(&run, err) : rc;
}
