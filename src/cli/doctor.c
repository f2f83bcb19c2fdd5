/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/health.h"

enum { LABEL_COLUMNS = 22, INDENT = 4 };

/* ---- what was found */

static void add_json(struct strbuf *out, const health_findings *findings)
{
	struct json_writer json;
	json_init(&json, out);
	json_object_begin(&json);
	json_name(&json, "findings");
	json_array_begin(&json);
	for (int i = 0; i < HEALTH_CHECKS; i++) {
		const struct health_finding *finding = health_find(findings, (enum health_check)i);
		if (!finding)
			continue;
		json_object_begin(&json);
		json_string_member(&json, "check", health_check_name(finding->check));
		json_string_member(&json, "status", health_status_name(finding->status));
		json_string_member(&json, "value", finding->value);
		json_string_member(&json, "advice", finding->advice);
		json_object_end(&json);
	}
	json_array_end(&json);
	json_string_member(&json, "worst", health_status_name(health_worst(findings)));
	json_object_end(&json);
	strbuf_addch(out, '\n');
}

static void add_wrapped(struct strbuf *out, const char *text, int columns)
{
	while (*text) {
		size_t length = utf8_fit_words(text, columns - INDENT);
		strbuf_addf(out, "%*s%.*s\n", INDENT, "", (int)length, text);
		text += length;
		while (*text == ' ')
			text++;
	}
}

static void add_finding(struct strbuf *out, const struct health_finding *finding, int columns)
{
	const char *label = _(health_check_label(finding->check));
	int room = LABEL_COLUMNS - utf8_width(label);
	strbuf_addf(out, "  %s %s%*s%s\n", health_status_sign(finding->status), label,
		    room > 0 ? room : 1, "", finding->value);
	if (finding->advice)
		add_wrapped(out, finding->advice, columns);
}

static void add_group(struct strbuf *out, const health_findings *findings, enum health_group group,
		      int columns)
{
	bool is_first = true;
	for (int i = 0; i < HEALTH_CHECKS; i++) {
		const struct health_finding *finding = health_find(findings, (enum health_check)i);
		if (!finding || health_check_group(finding->check) != group)
			continue;
		if (is_first)
			strbuf_addf(out, "%s\n", _(health_group_label(group)));
		is_first = false;
		add_finding(out, finding, columns);
	}
}

static void add_text(struct strbuf *out, const health_findings *findings)
{
	static const char *const sums[HEALTH_STATUSES] = {
		[HEALTH_OK] = N_("Todo está bien."),
		[HEALTH_NOTICE] = N_("Funciona; hay avisos que conviene leer."),
		[HEALTH_UNKNOWN] = N_("Algo no se pudo mirar."),
		[HEALTH_PROBLEM] = N_("Hay un problema: lea los consejos de arriba."),
	};
	for (int group = 0; group < HEALTH_GROUPS; group++)
		add_group(out, findings, (enum health_group)group, cli_columns());
	strbuf_addf(out, "%s\n", _(sums[health_worst(findings)]));
}

/* ---- looking */

static void look_here(struct cli *cli, struct store *store, health_findings *findings)
{
	struct store_health *health = store_health_new(store, cli->is_given[CLI_REPLAY]);
	while (store_health_step(health, findings))
		continue;
	store_health_free(health);
}

/* What is seen of the drive stays apart: it may come while this machine is looked at. */
static void look_at_drive(struct cli *cli, health_findings *findings)
{
	bool is_done;
	struct share *share = cli->workplace.share;
	share_wait_for_check(share, cli->config.wait_ms);
	const health_findings *found = share_findings(share, &is_done);
	for (size_t i = 0; i < found->count; i++)
		health_add(findings, found->items[i].check, found->items[i].status,
			   found->items[i].value, found->items[i].advice);
}

static void look(struct cli *cli, health_findings *findings)
{
	struct store *store = cli->workplace.store;
	if (cli->workplace.share)
		share_check(cli->workplace.share, cli->is_given[CLI_FULL]);
	look_here(cli, store, findings);
	if (cli->workplace.share)
		look_at_drive(cli, findings);
}

static bool is_problem(const health_findings *findings, enum health_check check)
{
	const struct health_finding *finding = health_find(findings, check);
	return finding && finding->status == HEALTH_PROBLEM;
}

/* ---- mending: only what is damaged */

static enum rc repair(struct cli *cli, health_findings *findings, struct error *err)
{
	struct store *store = cli->workplace.store;
	enum rc rc = RC_OK;
	bool is_damaged = is_problem(findings, HEALTH_REPLICA) ||
			  is_problem(findings, HEALTH_HISTORY) ||
			  is_problem(findings, HEALTH_REPLAY) || store_is_damaged(store);
	if (!cli->workplace.share)
		return error_set(err, RC_USAGE, _("la demostración no se comparte"));
	if (is_damaged)
		rc = share_repair(cli->workplace.share, cli->config.wait_ms, err);
	if (rc == RC_OK && is_problem(findings, HEALTH_DRAFTS) && store_set_drafts_aside(store))
		cli_notice(_("los borradores dañados quedaron apartados con otro nombre"));
	if (rc != RC_OK)
		return rc;
	/* What the drive has after what was in the file that the copy was made from. */
	(void)share_sync(cli->workplace.share, cli->config.wait_ms);
	health_findings_release(findings);
	look(cli, findings);
	return RC_OK;
}

static enum rc report(struct cli *cli, const health_findings *findings, struct error *err)
{
	if (cli->is_given[CLI_JSON])
		add_json(&cli->out, findings);
	else
		add_text(&cli->out, findings);
	enum rc rc = health_outcome(findings);
	if (rc != RC_OK)
		error_set(err, rc, "%s", ""); /* all has been said */
	return rc;
}

/* A database that cannot be used is opened too, as far as that goes. */
enum rc cli_doctor(struct cli *cli, struct error *err)
{
	health_findings findings = {0};
	cli->workplace.any_schema = true;
	enum rc rc = cli_load_config(cli, err);
	if (rc == RC_OK)
		rc = workplace_open(&cli->workplace, &cli->config, err);
	if (rc == RC_OK)
		look(cli, &findings);
	if (rc == RC_OK && cli->is_given[CLI_REPAIR])
		rc = repair(cli, &findings, err);
	if (rc == RC_OK)
		rc = report(cli, &findings, err);
	health_findings_release(&findings);
	return rc;
}
