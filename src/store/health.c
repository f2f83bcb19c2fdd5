/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/health.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/digest.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/search_parts.h"
#include "nucleo/store/upgrade.h"
#include "nucleo/store/verify.h"

enum { CHAIN_PIECE = 500 /* operations whose hashes are looked at in one piece */ };
/* What a person types and has not saved; see "local.db" beside the replica. */
#define DRAFTS_NAME "local.db"

struct store_health {
	struct store *store;
	bool replay;
	size_t step;
	VECTOR(char *) tables; /* still to be looked at */
	struct log_head chain; /* as far as the history was followed */
	char *damage;	       /* of the tables; NULL: none yet */
};

bool store_is_damaged(const struct store *store)
{
	return store->is_damaged;
}

static void note_damage(struct store_health *health, const char *text)
{
	if (!health->damage)
		health->damage = mem_strdup(text);
}

/* ---- the tables */

static void list_tables(struct store_health *health)
{
	struct query query;
	struct error err;
	query_begin(&query, health->store, STATEMENT_TABLE_NAMES);
	while (query_next(&query)) {
		const char *name = query_text(&query, 0, NULL);
		if (name)
			vector_push(&health->tables, mem_strdup(name));
	}
	if (query_end(&query, &err) != RC_OK)
		note_damage(health, err.text);
}

/* What SQLite says of it is for support; it is one line. */
static void check_table(struct store_health *health, const char *table)
{
	struct query query;
	struct error err;
	query_begin(&query, health->store, STATEMENT_TABLE_INTEGRITY);
	query_bind_text(&query, ":table", table);
	const char *verdict = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	if (verdict && strcmp(verdict, "ok") != 0)
		note_damage(health, verdict);
	if (query_end(&query, &err) != RC_OK)
		note_damage(health, err.text);
}

static void check_references(struct store_health *health)
{
	struct query query;
	struct error err;
	query_begin(&query, health->store, STATEMENT_REFERENCES_BROKEN);
	if (query_next(&query)) {
		struct strbuf text;
		const char *table = query_text(&query, 0, NULL);
		strbuf_init(&text);
		strbuf_addf(&text, _("una fila de «%s» nombra otra que no está"),
			    table ? table : "?");
		note_damage(health, text.data);
		strbuf_release(&text);
	}
	if (query_end(&query, &err) != RC_OK)
		note_damage(health, err.text);
}

/* One table a piece, then the references between them. */
static bool step_tables(struct store_health *health, health_findings *findings)
{
	if (health->tables.count) {
		char *table = health->tables.items[--health->tables.count];
		check_table(health, table);
		free(table);
		return true;
	}
	check_references(health);
	health_judge_replica(findings, health->damage);
	return false;
}

/* ---- the history */

/* Whether a row of the history comes after `chain`, which then moves there. */
static bool follows(struct log_head *chain, struct query *query)
{
	size_t length;
	const char *parent = query_text(query, 1, NULL), *hash = query_text(query, 2, NULL);
	const char *text = query_text(query, 3, &length);
	if (query_integer(query, 0) != chain->number + 1 || !parent || !hash || !text ||
	    strcmp(parent, chain->hash.hex) != 0)
		return false;
	chain->hash = digest_of(text, length);
	return strcmp(chain->hash.hex, hash) == 0;
}

static bool break_chain(struct store_health *health, health_findings *findings, const char *damage)
{
	health_judge_history(findings, health->chain.number, damage);
	return false;
}

static bool step_chain(struct store_health *health, health_findings *findings)
{
	struct query query;
	struct error err;
	int64_t before = health->chain.number;
	bool is_whole = true;
	query_begin(&query, health->store, STATEMENT_HISTORY_CHAIN);
	query_bind_integer(&query, ":after", before);
	query_bind_integer(&query, ":limit", CHAIN_PIECE);
	while (is_whole && query_next(&query)) {
		is_whole = follows(&health->chain, &query);
		health->chain.number += is_whole;
	}
	if (query_end(&query, &err) != RC_OK)
		return break_chain(health, findings, err.text);
	if (!is_whole) {
		error_set(&err, RC_INVALID,
			  _("la operación %lld de la copia no es la que se guardó"),
			  (long long)health->chain.number + 1);
		return break_chain(health, findings, err.text);
	}
	if (health->chain.number == before + CHAIN_PIECE)
		return true;
	health_judge_history(findings, health->chain.number, NULL);
	return false;
}

static bool step_replay(struct store_health *health, health_findings *findings)
{
	struct error err;
	if (!health->replay)
		return false;
	enum rc rc = store_verify(health->store, &err);
	health_judge_replay(findings, rc == RC_OK ? NULL : err.text);
	return false;
}

/* ---- what belongs to it */

static int64_t file_size(const char *path, const char *end)
{
	struct strbuf name;
	struct stat st;
	strbuf_init(&name);
	strbuf_addf(&name, "%s%s", path, end);
	int64_t size = stat(name.data, &st) == 0 ? (int64_t)st.st_size : 0;
	strbuf_release(&name);
	return size;
}

static bool step_size(struct store_health *health, health_findings *findings)
{
	const char *path = health->store->path;
	health_judge_size(findings, file_size(path, ""), file_size(path, "-wal"));
	return false;
}

static bool step_queue(struct store_health *health, health_findings *findings)
{
	struct pending_counts counts = {0};
	struct strbuf since;
	struct error err;
	if (!health->store->is_replica)
		return false;
	if (pending_count(health->store, &counts, &err) != RC_OK) {
		health_add(findings, HEALTH_QUEUE, HEALTH_UNKNOWN, _("no se puede leer"), err.text);
		return false;
	}
	strbuf_init(&since);
	if (*counts.since)
		clock_add_local(&since, counts.since);
	health_judge_queue(findings, counts.waiting, counts.parked, since.data,
			   clock_seconds_since(counts.since));
	strbuf_release(&since);
	return false;
}

/* A file of ours that is not a replica; `head`, which may be NULL, is the number `sql` gives. */
static enum rc check_file(const char *path, const char *sql, int64_t *head, struct error *err)
{
	struct store *file = NULL;
	struct query query;
	const struct store_options options = {.mode = STORE_READ_ONLY};
	enum rc found = RC_OK, rc = store_connect(path, &options, &file, err);
	if (rc != RC_OK)
		return rc;
	query_begin_text(&query, file, "PRAGMA quick_check(1)");
	const char *verdict = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	if (verdict && strcmp(verdict, "ok") != 0)
		found = error_set(err, RC_IO, "%s", verdict);
	rc = query_end(&query, found == RC_OK ? err : NULL);
	if (found == RC_OK && rc == RC_OK && head) {
		query_begin_text(&query, file, sql);
		if (query_next(&query))
			*head = query_integer(&query, 0);
		rc = query_end(&query, err);
	}
	store_close(file);
	return found != RC_OK ? found : rc;
}

static bool step_search(struct store_health *health, health_findings *findings)
{
	struct log_head last = log_head_none();
	struct error err;
	int64_t head = -1;
	if (health->store->throw_away)
		return false;
	char *path = search_index_path(health->store->path);
	enum rc rc = RC_OK;
	if (path && access(path, F_OK) == 0)
		rc = check_file(path, "SELECT head FROM state", &head, &err);
	if (history_head(health->store, &last, NULL) != RC_OK)
		last.number = head;
	int64_t behind = last.number > head ? last.number - head : 0;
	health_judge_search(findings, head < 0 ? -1 : behind, rc == RC_OK ? NULL : err.text);
	free(path);
	return false;
}

static char *drafts_path(const struct store *store)
{
	struct strbuf path;
	const char *slash = strrchr(store->path, '/');
	strbuf_init(&path);
	if (slash)
		strbuf_add(&path, store->path, (size_t)(slash - store->path) + 1);
	strbuf_adds(&path, DRAFTS_NAME);
	return strbuf_detach(&path);
}

static bool step_drafts(struct store_health *health, health_findings *findings)
{
	struct error err;
	if (!health->store->is_replica)
		return false;
	char *path = drafts_path(health->store);
	bool is_there = access(path, F_OK) == 0;
	enum rc rc = is_there ? check_file(path, NULL, NULL, &err) : RC_OK;
	health_judge_drafts(findings, is_there, rc == RC_IO ? err.text : NULL);
	free(path);
	return false;
}

bool store_set_drafts_aside(const struct store *store)
{
	struct error err;
	struct strbuf other;
	if (!store->is_replica)
		return false;
	char *path = drafts_path(store);
	bool is_moved = false;
	if (access(path, F_OK) == 0 && check_file(path, NULL, NULL, &err) == RC_IO) {
		strbuf_init(&other);
		strbuf_addf(&other, "%s.", path);
		clock_add_utc(&other);
		is_moved = replica_move(path, other.data);
		strbuf_release(&other);
	}
	free(path);
	return is_moved;
}

static bool step_schema(struct store_health *health, health_findings *findings)
{
	struct upgrade_plan plan = {0};
	struct strbuf names;
	struct error err;
	strbuf_init(&names);
	if (upgrade_plan(&plan, health->store, &err) == RC_OK) {
		for (size_t i = 0; i < plan.outdated.count; i++)
			strbuf_addf(&names, "%s%s (%s, nucleo %s)", i ? ", " : "",
				    plan.outdated.items[i].by, plan.outdated.items[i].host,
				    *plan.outdated.items[i].program ? plan.outdated.items[i].program
								    : "?");
		health_judge_schema(findings, plan.schema, plan.newest, names.data);
	} else {
		health_add(findings, HEALTH_SCHEMA, HEALTH_UNKNOWN, _("no se puede leer"),
			   err.text);
	}
	upgrade_plan_release(&plan);
	strbuf_release(&names);
	return false;
}

/* ---- piece by piece */

/* Each is called until it has no more to do. */
static bool (*const steps[])(struct store_health *health, health_findings *findings) = {
	step_size,   step_queue,  step_search, step_drafts,
	step_schema, step_tables, step_chain,  step_replay,
};

struct store_health *store_health_new(struct store *store, bool replay)
{
	struct store_health *health = mem_alloc_zero(1, sizeof(*health));
	health->store = store;
	health->replay = replay;
	health->chain = log_head_none();
	list_tables(health);
	return health;
}

bool store_health_step(struct store_health *health, health_findings *findings)
{
	if (health->step < ARRAY_COUNT(steps) && !steps[health->step](health, findings))
		health->step++;
	return health->step < ARRAY_COUNT(steps);
}

void store_health_free(struct store_health *health)
{
	if (!health)
		return;
	for (size_t i = 0; i < health->tables.count; i++)
		free(health->tables.items[i]);
	vector_release(&health->tables);
	free(health->damage);
	free(health);
}
