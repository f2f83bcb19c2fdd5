/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "config.h"

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/store/upgrade.h"

static void add_outdated(struct strbuf *out, const struct upgrade_outdated *outdated)
{
	strbuf_addf(out, "  %s (%s), nucleo %s, ", *outdated->by ? outdated->by : "-",
		    *outdated->host ? outdated->host : "-",
		    *outdated->program ? outdated->program : "?");
	clock_add_local(out, outdated->at);
	strbuf_addch(out, '\n');
}

static void add_plan(struct strbuf *out, const struct upgrade_plan *plan)
{
	strbuf_addf(out, _("La base tiene el esquema %lld y este nucleo usa el %lld:\n"),
		    (long long)plan->schema, (long long)plan->newest);
	for (int64_t i = plan->schema + 1; i <= plan->newest; i++)
		strbuf_addf(out, "  %03lld %s\n", (long long)i, upgrade_name(i));
	if (!plan->outdated.count) {
		strbuf_addf(out,
			    _("Nadie que haya escrito en los últimos %d días tiene un nucleo más "
			      "viejo que este.\n"),
			    UPGRADE_DAYS);
		return;
	}
	strbuf_addf(out,
		    _("Podrán solo leer, hasta que instalen nucleo %s, quienes escribieron en los "
		      "últimos %d días con uno más viejo:\n"),
		    PACKAGE_VERSION, UPGRADE_DAYS);
	for (size_t i = 0; i < plan->outdated.count; i++)
		add_outdated(out, &plan->outdated.items[i]);
}

static void add_plan_json(struct strbuf *out, const struct upgrade_plan *plan, bool is_done)
{
	struct json_writer json;
	json_init(&json, out);
	json_object_begin(&json);
	json_integer_member(&json, "schema", plan->schema);
	json_integer_member(&json, "newest", plan->newest);
	json_name(&json, "migrations");
	json_array_begin(&json);
	for (int64_t i = plan->schema + 1; i <= plan->newest; i++) {
		json_object_begin(&json);
		json_integer_member(&json, "number", i);
		json_string_member(&json, "name", upgrade_name(i));
		json_object_end(&json);
	}
	json_array_end(&json);
	json_name(&json, "outdated");
	json_array_begin(&json);
	for (size_t i = 0; i < plan->outdated.count; i++) {
		const struct upgrade_outdated *outdated = &plan->outdated.items[i];
		json_object_begin(&json);
		json_string_member(&json, "by", outdated->by);
		json_string_member(&json, "host", outdated->host);
		json_string_member(&json, "program", *outdated->program ? outdated->program : NULL);
		json_string_member(&json, "at", outdated->at);
		json_object_end(&json);
	}
	json_array_end(&json);
	json_name(&json, "upgraded");
	json_bool(&json, is_done);
	json_object_end(&json);
	strbuf_addch(out, '\n');
}

/* The plan is shown also when it then fails: it says who is concerned. */
static enum rc carry_out(struct cli *cli, const struct upgrade_plan *plan, struct error *err)
{
	bool is_needed = plan->schema < plan->newest, as_json = cli->is_given[CLI_JSON];
	bool is_wanted = is_needed && cli_will_write(cli);
	if (!as_json && is_needed)
		add_plan(&cli->out, plan);
	else if (!as_json)
		strbuf_addf(&cli->out, _("La base está al día: usa el esquema %lld.\n"),
			    (long long)plan->schema);
	enum rc rc = is_wanted ? share_upgrade(cli->workplace.share, cli->config.wait_ms, err)
			       : RC_OK;
	if (rc == RC_OK && as_json)
		add_plan_json(&cli->out, plan, is_wanted);
	else if (rc == RC_OK && is_wanted)
		strbuf_addf(&cli->out, _("Base actualizada: usa el esquema %lld.\n"),
			    (long long)plan->newest);
	return rc;
}

/* A program that is behind the others has nothing to bring anybody to. */
static enum rc check_not_behind(struct cli *cli, struct error *err)
{
	struct share_status status;
	if (!cli->workplace.share)
		return RC_OK;
	share_status(cli->workplace.share, &status);
	if (status.condition != SHARE_NEWER)
		return RC_OK;
	return error_set(err, RC_REFUSED, _("hay que actualizar este nucleo, no la base: %s"),
			 status.reason);
}

/* The demonstration, which nobody shares, is always made with the newest schema. */
enum rc cli_upgrade(struct cli *cli, struct error *err)
{
	struct store *store;
	struct upgrade_plan plan = {0};
	cli->workplace.any_schema = true;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = check_not_behind(cli, err);
	if (rc == RC_OK)
		rc = upgrade_plan(&plan, store, err);
	if (rc == RC_OK)
		rc = carry_out(cli, &plan, err);
	upgrade_plan_release(&plan);
	return rc;
}
