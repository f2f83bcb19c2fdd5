/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/bench_share.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/sync/folder.h"
#include "nucleo/sync/log.h"

/* ---- what the server has */

#define MARK "bench c"

void share_describe(char *out, size_t size, unsigned client, unsigned change)
{
	snprintf(out, size, MARK "%03u n%04u", client, change);
}

/* How often each change of each client is in the log. */
struct audit {
	struct log_head head;
	unsigned found[SHARE_CLIENTS][SHARE_COMMITS];
};

/* False when the text is of no change that share_describe() names. */
static bool read_mark(const char *text, unsigned long *client, unsigned long *change)
{
	const char *mark = strstr(text, MARK);
	char *end;
	if (!mark)
		return false;
	*client = strtoul(mark + strlen(MARK), &end, 10);
	if (strncmp(end, " n", 2) != 0)
		return false;
	*change = strtoul(end + 2, &end, 10);
	return *client < SHARE_CLIENTS && *change < SHARE_COMMITS;
}

/* A log_receive. */
static enum rc count_one(void *context, const struct log_operation *operation, struct error *err)
{
	struct audit *audit = context;
	unsigned long client, change;
	char *text = mem_strndup(operation->text, operation->length);
	bool is_known = read_mark(text, &client, &change);
	if (is_known)
		audit->found[client][change]++;
	free(text);
	return is_known ? RC_OK : error_set(err, RC_INVALID, "operation %d is nobody's",
					    (int)operation->at.number);
}

static struct audit *read_log(const struct share_bench *bench)
{
	struct error err;
	struct audit *audit = mem_alloc_zero(1, sizeof(*audit));
	char *path = share_log_path(bench, bench->served);
	struct drive *drive = folder_open(path);
	audit->head = log_head_none();
	if (log_pull(drive, &audit->head, count_one, audit, &err) != LOG_DONE)
		share_fail("the log cannot be read: %s", err.text);
	folder_close(drive);
	free(path);
	return audit;
}

int64_t share_last_number(const struct share_bench *bench)
{
	struct audit *audit = read_log(bench);
	int64_t last = audit->head.number;
	free(audit);
	return last;
}

void share_check_log(const struct share_bench *bench, const struct share_run_plan *plan)
{
	struct audit *audit = read_log(bench);
	int64_t acknowledged = 0;
	for (unsigned i = 0; i < plan->clients; i++) {
		unsigned count = bench->board->clients[i].commit_count;
		acknowledged += count;
		for (unsigned j = 0; j < count; j++)
			if (audit->found[i][j] != 1)
				share_fail("change %u of client %u is %u times in the log", j, i,
					   audit->found[i][j]);
	}
	if (acknowledged != audit->head.number)
		share_fail("%d operations in the log, %d acknowledged", (int)audit->head.number,
			   (int)acknowledged);
	free(audit);
}

/* ---- the peer */

/* The row alone, without history, as SQLite writes by default. */
double share_stock_time(const char *folder, int count)
{
	sqlite3 *db = NULL;
	struct strbuf path;
	double *times = mem_alloc_zero((size_t)count, sizeof(*times));
	strbuf_init(&path);
	strbuf_addf(&path, "%s/stock.db", folder);
	if (sqlite3_open(path.data, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
			 "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;"
			 "CREATE TABLE followup(key INTEGER PRIMARY KEY, code TEXT UNIQUE,"
			 " description TEXT, kind TEXT, status TEXT)",
			 NULL, NULL, NULL) != SQLITE_OK)
		share_fail("%s: %s", path.data, sqlite3_errmsg(db));
	for (int i = 0; i < count; i++) {
		char sql[256];
		snprintf(sql, sizeof(sql),
			 "INSERT INTO followup(code, description, kind, status)"
			 " VALUES ('S-2031-%03d', 'Medir', 'task', 'open')",
			 i);
		double since = measure_now();
		if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
			share_fail("%s: %s", path.data, sqlite3_errmsg(db));
		times[i] = measure_now() - since;
	}
	sqlite3_close(db);
	unlink(path.data);
	strbuf_release(&path);
	double half = measure_percentile(times, (size_t)count, 50);
	free(times);
	return half;
}
