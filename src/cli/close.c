/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/assignments.h"
#include "nucleo/cli/command.h"

#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/exchange/closing.h"
#include "nucleo/store/record_set.h"

/* A meeting on its way to being closed, and what it lacked before. */
struct closing_run {
	struct cli *cli;
	struct store *store;
	struct closing_wish wish;
	struct closing_report report;
};

static enum rc read_reason(struct cli *cli, struct assignments *list, const char **reason,
			   struct error *err)
{
	enum rc rc = assignments_parse(list, cli, 1, err);
	for (size_t i = 0; i < list->pairs.count && rc == RC_OK; i++) {
		if (strcmp(list->pairs.items[i].field, "reason") != 0)
			return error_set(err, RC_USAGE, _("«%s»: close solo toma reason="),
					 list->pairs.items[i].field);
		*reason = list->pairs.items[i].value;
	}
	return rc;
}

static enum rc commit(struct closing_run *run, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = closing_close(run->store, &run->wish, operation, err);
	if (rc == RC_OK)
		rc = cli_commit(run->cli, operation, err);
	operation_free(operation);
	return rc;
}

static void add_remarks(struct json_writer *json, const struct closing_report *report, bool hints)
{
	json_array_begin(json);
	for (size_t i = 0; i < report->remarks.count; i++) {
		const struct closing_remark *remark = &report->remarks.items[i];
		if (remark->is_hint != hints)
			continue;
		json_object_begin(json);
		json_string_member(json, "kind", enum_name(&closing_kind_names, (int)remark->kind));
		json_string_member(json, "item", remark->label);
		json_string_member(json, "record", remark->code);
		json_string_member(json, "text", remark->text);
		json_string_member(json, "mend", remark->mend);
		json_object_end(json);
	}
	json_array_end(json);
}

static void print_json(struct closing_run *run, const struct meeting *meeting)
{
	struct json_writer json;
	json_init(&json, &run->cli->out);
	json_object_begin(&json);
	json_string_member(&json, "meeting", meeting->number);
	json_string_member(&json, "status", enum_name(&meeting_status_names, meeting->status));
	json_daytime_member(&json, "closed", meeting->closed);
	json_string_member(&json, "closing_reason", meeting->closing_reason);
	json_name(&json, "missing");
	add_remarks(&json, &run->report, false);
	json_name(&json, "hints");
	add_remarks(&json, &run->report, true);
	json_object_end(&json);
	strbuf_addch(&run->cli->out, '\n');
}

static void print_text(struct closing_run *run, const struct meeting *meeting)
{
	struct strbuf *out = &run->cli->out;
	for (size_t i = 0; i < run->report.remarks.count; i++) {
		const struct closing_remark *remark = &run->report.remarks.items[i];
		strbuf_addf(out, "%s ", remark->is_hint ? "·" : "!");
		if (*remark->where)
			strbuf_addf(out, "%s: ", remark->where);
		strbuf_addf(out, "%s\n    %s\n", remark->text, remark->mend);
	}
	if (!run->report.remarks.count)
		strbuf_addf(out, "%s\n", _("No falta nada."));
	strbuf_addf(out, "%s: %s", meeting->number,
		    enum_label(&meeting_status_names, meeting->status));
	if (meeting->closed != DAY_MINUTE_NONE) {
		strbuf_adds(out, " · ");
		daytime_add_local(out, meeting->closed);
	}
	if (meeting->closing_reason)
		strbuf_addf(out, " · %s", meeting->closing_reason);
	strbuf_addch(out, '\n');
}

/* As it is now, whatever became of it. */
static enum rc print(struct closing_run *run, struct error *err)
{
	struct record_set set = {0};
	const struct list_query itself = {.key = run->wish.meeting, .limit = 1};
	enum rc rc = record_set_load(&set, run->store, RECORD_MEETING, &itself, err);
	if (rc == RC_OK && set.count)
		(run->cli->is_given[CLI_JSON] ? print_json : print_text)(run,
									 record_set_at(&set, 0));
	record_set_release(&set);
	return rc;
}

/* What is missing is the answer, also where it keeps the meeting open. */
static enum rc close_meeting(struct closing_run *run, struct error *err)
{
	struct error unprinted;
	enum rc rc = closing_check(run->store, run->wish.meeting, &run->report, err);
	if (rc != RC_OK)
		return rc;
	if (!run->cli->is_given[CLI_DRY_RUN])
		rc = commit(run, err);
	if (rc == RC_OK)
		rc = print(run, err);
	else if (rc == RC_REFUSED)
		(void)!print(run, &unprinted);
	closing_report_release(&run->report);
	return rc;
}

enum rc cli_close(struct cli *cli, struct error *err)
{
	struct closing_run run = {.cli = cli, .wish.now = clock_time_of_day()};
	struct assignments list = {0};
	enum rc rc = read_reason(cli, &list, &run.wish.reason, err);
	if (rc == RC_OK)
		rc = cli_open_store(cli, &run.store, err);
	if (rc == RC_OK)
		rc = store_find(run.store, RECORD_MEETING, cli->args[0], &run.wish.meeting, err);
	if (rc == RC_OK)
		rc = close_meeting(&run, err);
	assignments_release(&list);
	return rc;
}
