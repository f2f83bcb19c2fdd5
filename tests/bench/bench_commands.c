/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/list_sql.h"

static double command_time(const struct bench *bench, char *const *arguments, int times)
{
	double took[32];
	int count = bench_times(bench, times);
	for (int i = 0; i < count; i++)
		took[i] = measure_command(arguments);
	return measure_percentile(took, (size_t)count, 50);
}

/* ---- lists ---- */

/* What `nucleo list followups` asks the database, as one text for the sqlite3 shell. */
static char *followups_sql(const char *path)
{
	struct store *store = NULL;
	struct store_options options = {.path = path, .mode = STORE_READ_ONLY};
	const struct list_query all = {0};
	struct list_filter filter;
	struct strbuf sql;
	char *limit;
	if (store_open(&options, &store, NULL) != RC_OK ||
	    list_filter_init(&filter, store, RECORD_FOLLOWUP, NULL, NULL) != RC_OK)
		exit(1);
	strbuf_init(&sql);
	for (int i = 0; i < list_segment_count(&filter); i++) {
		list_add_sql(&sql, &filter, i, &all, false);
		strbuf_adds(&sql, ";\n");
	}
	while ((limit = strstr(sql.data, ":limit")) != NULL)
		memcpy(limit, "-1    ", 6);
	list_filter_release(&filter);
	store_close(store);
	return strbuf_detach(&sql);
}

void bench_lists(const struct bench *bench)
{
	char db[] = "--db", list[] = "list", kind[] = "followups", json[] = "--json";
	char shell[] = "sqlite3", shell_json[] = "-json", what[64];
	char *path = bench->databases[1], *sql = followups_sql(path);
	char *words[] = {bench->nucleo, db, path, list, kind, json, NULL};
	char *peer[] = {shell, shell_json, path, sql, NULL};
	bool has_peer = measure_is_installed(shell);
	double ours = command_time(bench, words, 9);
	snprintf(what, sizeof(what), "list followups --json, %d rows", bench->followups[1]);
	bench_print_heading("commands");
	bench_print(&(struct bench_row){what, "ms", ours, 15,
					has_peer ? "sqlite3 -json" : NULL,
					has_peer ? command_time(bench, peer, 9) : NAN});
	char filtered[] = "informe", *some[] = {bench->nucleo, db,   bench->databases[2],
						list,	       kind, filtered, json, NULL};
	snprintf(what, sizeof(what), "list followups WORD --json, among %d", bench->followups[2]);
	bench_print(&(struct bench_row){what, "ms", command_time(bench, some, 5), NAN, NULL, NAN});
	free(sql);
}

/* As soon as the program has the command, its row is there. */
void bench_search(const struct bench *bench)
{
	char db[] = "--db", search[] = "search", help[] = "--help", text[] = "informe";
	char json[] = "--json", what[64];
	char *known[] = {bench->nucleo, search, help, NULL};
	char *words[] = {bench->nucleo, db, bench->databases[2], search, text, json, NULL};
	if (isnan(measure_command(known)))
		return;
	/* The first one makes the index. */
	snprintf(what, sizeof(what), "search, %d follow-ups, the first time", bench->followups[2]);
	bench_print(&(struct bench_row){what, "ms", measure_command(words), NAN, NULL, NAN});
	snprintf(what, sizeof(what), "search, %d follow-ups", bench->followups[2]);
	bench_print(&(struct bench_row){what, "ms", command_time(bench, words, 9), 20, NULL, NAN});
}

/* ---- imports ---- */

/* The name is to be a new one each time: a database is more than its file. */
static char *new_database(const struct bench *bench, const char *name)
{
	char db[] = "--db", init[] = "init";
	char *path = bench_path(bench, name);
	char *words[] = {bench->nucleo, db, path, init, NULL};
	if (isnan(measure_command(words)))
		exit(1);
	return path;
}

static double import_time(const struct bench *bench, char **files, int count, int time)
{
	char db[] = "--db", import[] = "import", kind[] = "acta", name[32];
	snprintf(name, sizeof(name), "import-%d.db", time);
	char *path = new_database(bench, name);
	char **words = mem_alloc_zero((size_t)count + 6, sizeof(*words));
	char *const first[] = {bench->nucleo, db, path, import, kind};
	memcpy(words, first, sizeof(first));
	for (int i = 0; i < count; i++)
		words[5 + i] = files[i];
	double took = measure_command(words);
	free(words);
	free(path);
	return took;
}

static char *write_acta(const struct bench *bench, struct dice *dice, int number, int count)
{
	char name[32];
	struct strbuf text;
	strbuf_init(&text);
	snprintf(name, sizeof(name), "acta-%04d.txt", number);
	char *path = bench_path(bench, name);
	group_add_acta(&text, dice, number, count);
	FILE *file = fopen(path, "w");
	if (!file || fputs(text.data, file) < 0 || fclose(file) != 0)
		exit(1);
	strbuf_release(&text);
	return path;
}

void bench_imports(const struct bench *bench)
{
	int count = bench->is_short ? 10 : 1000;
	struct dice dice = {1};
	double times[8], many;
	char what[64];
	char **files = mem_alloc_zero((size_t)count, sizeof(*files));
	for (int i = 0; i < count; i++)
		files[i] = write_acta(bench, &dice, i, count);
	for (int i = 0; i < 5; i++)
		times[i] = import_time(bench, files, 1, i);
	many = import_time(bench, files, count, 5);
	snprintf(what, sizeof(what), "import of %d actas", count);
	bench_print(&(struct bench_row){"import of an acta", "ms", measure_percentile(times, 5, 50),
					20, NULL, NAN});
	bench_print(&(struct bench_row){what, "ms", many, 10000, NULL, NAN});
	for (int i = 0; i < count; i++)
		free(files[i]);
	free(files);
}

/* ---- commits ---- */

static double commit_syncs(const struct bench *bench, char *path)
{
	/* What the names of these calls end in, at the parenthesis of their arguments. */
	static const char *const syncs[] = {"sync(", "sync_file_range(", "syncfs(", NULL};
	char db[] = "--db", add[] = "add", kind[] = "followup", what[] = "description=Medir";
	char *words[] = {bench->nucleo, db, path, add, kind, what, NULL};
	char *traced[MEASURE_ARGUMENTS], *log = bench_path(bench, "log");
	double count = NAN;
	/* The first command gives the database its log. */
	if (!isnan(measure_command(words)) &&
	    measure_traced(words, traced, "trace=fsync,fdatasync,sync_file_range,msync,sync,syncfs",
			   log) &&
	    !isnan(measure_command(traced)))
		count = measure_count(log, syncs);
	free(log);
	return count;
}

/* What it takes is measured by bench_share. */
void bench_commits(const struct bench *bench)
{
	char *path = new_database(bench, "commit.db");
	bench_print_heading("a change, on this disk");
	bench_print(&(struct bench_row){"syncs of a commit (strace)", "", commit_syncs(bench, path),
					4, NULL, NAN});
	free(path);
}
