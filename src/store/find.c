/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/list.h"

static const enum statement_id find_statements[RECORD_KIND_COUNT] = {
	[RECORD_ORGANIZATION] = STATEMENT_FIND_ORGANIZATION,
	[RECORD_PLAN] = STATEMENT_FIND_PLAN,
	[RECORD_COMMITMENT] = STATEMENT_FIND_COMMITMENT,
	[RECORD_MILESTONE] = STATEMENT_FIND_MILESTONE,
	[RECORD_PROGRESS] = STATEMENT_FIND_PROGRESS,
	[RECORD_BLOCKER] = STATEMENT_FIND_BLOCKER,
	[RECORD_MEETING] = STATEMENT_FIND_MEETING,
	[RECORD_AGENDA] = STATEMENT_FIND_AGENDA,
	[RECORD_ATTENDEE] = STATEMENT_FIND_ATTENDEE,
	[RECORD_RESOLUTION] = STATEMENT_FIND_RESOLUTION,
	[RECORD_FOLLOWUP] = STATEMENT_FIND_FOLLOWUP,
	[RECORD_INDICATOR] = STATEMENT_FIND_INDICATOR,
	[RECORD_DOCUMENT] = STATEMENT_FIND_DOCUMENT,
	[RECORD_PERSON] = STATEMENT_FIND_PERSON,
	[RECORD_HISTORY] = STATEMENT_FIND_HISTORY,
	[RECORD_TRASH] = STATEMENT_FIND_TRASH,
};

/* What a search found: the one that is exactly so, else the only one. */
struct found {
	int64_t key;
	int count, exact_count;
	struct strbuf choices;
};

static void add_choice(struct found *found, struct query *query)
{
	const char *label = query_text(query, 1, NULL);
	bool is_exact = query_integer(query, 2) != 0;
	if (!found->count || (is_exact && !found->exact_count))
		found->key = query_integer(query, 0);
	found->count++;
	found->exact_count += is_exact;
	strbuf_addf(&found->choices, "%s%s", found->choices.length ? ", " : "", label ? label : "");
}

static enum rc decide(const struct found *found, const char *code, int64_t *key, struct error *err)
{
	if (!found->count)
		return error_set(err, RC_NOT_FOUND, _("no hay «%s»"), code);
	if (found->count > 1 && found->exact_count != 1)
		return error_set(err, RC_INVALID, _("«%s» puede ser %s; escriba cuál"), code,
				 found->choices.data);
	*key = found->key;
	return RC_OK;
}

enum rc store_find(struct store *store, enum record_kind_id kind, const char *code, int64_t *key,
		   struct error *err)
{
	struct query query;
	struct found found = {0};
	const char *slash = strrchr(code, '/');
	strbuf_init(&found.choices);
	query_begin(&query, store, find_statements[kind]);
	query_bind_text(&query, ":code", code);
	query_bind_text_n(&query, ":above", code, slash ? (size_t)(slash - code) : 0);
	query_bind_text(&query, ":own", slash ? slash + 1 : code);
	while (query_next(&query))
		add_choice(&found, &query);
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		rc = decide(&found, code, key, err);
	strbuf_release(&found.choices);
	return rc;
}
