/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/machine.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/operation_edits.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/schema_data.h"
#include "nucleo/store/upgrade.h"

/* ---- what it would do */

static char *own(struct query *query, int column)
{
	const char *text = query_text(query, column, NULL);
	return mem_strdup(text ? text : "");
}

/* This machine has the new program already, whatever it wrote with before. */
static bool is_outdated(struct query *query, const char *this_host)
{
	const char *host = query_text(query, 1, NULL), *program = query_text(query, 2, NULL);
	return (!host || strcmp(host, this_host) != 0) &&
	       (!program || strverscmp(program, PACKAGE_VERSION) < 0);
}

static enum rc find_outdated(struct upgrade_plan *plan, struct store *store, struct error *err)
{
	struct query query;
	struct strbuf since;
	char host[MACHINE_NAME_SIZE];
	machine_name(host);
	strbuf_init(&since);
	date_add_iso(&since, store_today(store) - UPGRADE_DAYS);
	query_begin(&query, store, STATEMENT_HISTORY_PROGRAMS);
	query_bind_text(&query, ":since", since.data);
	while (query_next(&query))
		if (is_outdated(&query, host))
			*vector_add(&plan->outdated) =
				(struct upgrade_outdated){own(&query, 0), own(&query, 1),
							  own(&query, 2), own(&query, 3)};
	enum rc rc = query_end(&query, err);
	strbuf_release(&since);
	return rc;
}

enum rc upgrade_plan(struct upgrade_plan *plan, struct store *store, struct error *err)
{
	*plan = (struct upgrade_plan){.newest = schema_script_count};
	enum rc rc = schema_number(store, &plan->schema, err);
	return rc == RC_OK ? find_outdated(plan, store, err) : rc;
}

void upgrade_plan_release(struct upgrade_plan *plan)
{
	for (size_t i = 0; i < plan->outdated.count; i++) {
		struct upgrade_outdated *outdated = &plan->outdated.items[i];
		free(outdated->by);
		free(outdated->host);
		free(outdated->program);
		free(outdated->at);
	}
	vector_release(&plan->outdated);
}

const char *upgrade_name(int64_t number)
{
	return number >= 1 && number <= schema_script_count ? schema_scripts[number - 1].name : "";
}

/* ---- doing it */

/* On what the group has, and without leaving a trace: one that fails is not published. */
static enum rc rehearse(struct store *replica, const struct log_head *head,
			const struct strbuf *text, struct error *err)
{
	enum rc rc = transaction_begin_write(replica, err);
	if (rc != RC_OK)
		return rc;
	rc = replica_take_back(replica, err);
	if (rc == RC_OK)
		rc = history_run(replica, head, text->data, text->length, err);
	enum rc undone = query_run(replica, STATEMENT_ROLLBACK, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? undone : rc;
}

/* It is run when it comes in with the next round, as by everybody else. */
static enum rc publish(const struct share_round *round, const struct log_head *head,
		       const struct strbuf *text, struct error *err)
{
	switch (log_append(round->drive, head, text->data, text->length, err)) {
	case LOG_DONE:
		return RC_OK;
	case LOG_LOST:
		if (round->turn)
			turn_lost(round->turn, round->drive, clock_monotonic_ms());
		return RC_OK;
	default:
		return RC_BUSY;
	}
}

static enum rc migrate(const struct share_round *round, int64_t number, const char *by,
		       struct error *err)
{
	struct strbuf text;
	struct log_head head;
	struct random_id id;
	strbuf_init(&text);
	enum rc rc = history_head(round->replica, &head, err);
	operation_compose_migration(number, by, &id, &text);
	if (rc == RC_OK && !log_set_parent(text.data, text.length, &head.hash))
		rc = edit_malformed(err, "op, parent");
	if (rc == RC_OK)
		rc = rehearse(round->replica, &head, &text, err);
	if (rc == RC_OK)
		rc = publish(round, &head, &text, err);
	strbuf_release(&text);
	return rc;
}

enum rc upgrade_step(const struct share_round *round, const char *by, bool *is_done,
		     struct error *err)
{
	struct share_report report;
	int64_t schema = 0;
	*is_done = false;
	enum rc rc = share_run(round, &report, err);
	if (rc == RC_OK && report.condition != SHARE_FINE)
		rc = error_set(err, report.condition == SHARE_AWAY ? RC_BUSY : RC_REFUSED, "%s",
			       report.reason);
	if (rc == RC_OK && report.wait_ms)
		poll(NULL, 0, (int)report.wait_ms);
	if (rc != RC_OK || report.has_more)
		return rc;
	rc = schema_number(round->replica, &schema, err);
	*is_done = rc == RC_OK && schema >= schema_script_count;
	return rc == RC_OK && !*is_done ? migrate(round, schema + 1, by, err) : rc;
}
